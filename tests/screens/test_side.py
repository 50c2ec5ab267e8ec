"""The pane beside the list: what it says of a customer adds up."""

from __future__ import annotations

import pytest

from tests.screens.test_dialogs import a_row
from tui_crm.domain.messages import Message
from tui_crm.domain.values import AgendaRow, Reason
from tui_crm.screens.widgets.side import reason_lines


def scored(*points: float) -> AgendaRow:
    """A row whose score has these points."""
    reasons = tuple(Reason("temperature", each, Message(f"worth {each}")) for each in points)
    return a_row()._replace(reasons=reasons, score=sum(points))


@pytest.mark.parametrize("points", [(10,), (10, 6, 1.5, 2), (10, 6, 1.5, 2, 3, -2), (4, 4, 2, -2, 0)], ids=str)
def test_the_points_shown_add_up_to_the_score(points: tuple[float, ...]) -> None:
    row = scored(*points)
    shown = [line[0][0].strip().replace("−", "-") for line in reason_lines(row) if isinstance(line[0], tuple)]
    assert round(sum(map(float, shown)), 2) == row.score
    assert 0 < len(shown) <= 4
    assert "+0.00" not in shown
