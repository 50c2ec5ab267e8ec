"""What the program remembers of what the user knows."""

from pathlib import Path
from types import MappingProxyType

import pytest

from tui_crm.usecases import learned
from tui_crm.usecases.learned import KNOWN, Learned


def test_what_was_used_often_enough_is_known_for_good(tmp_path: Path) -> None:
    learned.save(tmp_path, Learned(MappingProxyType({"log": KNOWN, "why": KNOWN - 1})))
    learned.keep_welcomed(tmp_path)
    known = learned.load(tmp_path)
    assert known.welcomed
    assert [known.knows(command) for command in ("log", "why", "undo")] == [True, False, False]


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"used": 3, "welcomed": 1}', '{"used": {"log": "x"}, "welcomed": true}', "\x00"]
)
def test_a_damaged_file_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / learned.FILE).write_text(text)
    assert learned.load(tmp_path) == Learned()


def test_where_nothing_can_be_written_nothing_is_said(tmp_path: Path) -> None:
    learned.save(tmp_path / "missing", Learned())
