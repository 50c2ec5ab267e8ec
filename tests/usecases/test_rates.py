"""Sums in the user's own currency, at the rates of the day."""

from pathlib import Path

import pytest

from tests.builders import TODAY, a_session, days_ago
from tui_crm.config import Settings
from tui_crm.domain.messages import Problem
from tui_crm.usecases import history, rates
from tui_crm.usecases.rates import OwnSum


def test_the_rate_of_the_day_counts(tmp_path: Path) -> None:
    session = a_session(tmp_path, settings=Settings(name="me", own_currency="CNY"))
    sums = {"USD": 10_000, "EUR": 500}
    assert rates.in_own(session, sums, TODAY) == OwnSum("CNY", 0, ("USD", "EUR"))
    for typed in ("USD 7.00 1 nov", "USD 7.10", "USD 7.20"):  # the last of one day replaces the one before
        rates.put(session, rates.typed_rate(session, typed))
    assert rates.in_own(session, sums, TODAY) == OwnSum("CNY", 72_000, ("EUR",))
    assert rates.in_own(session, sums, days_ago(3)) == OwnSum("CNY", 70_000, ("EUR",))
    assert rates.in_own(session, sums, days_ago(30)) == OwnSum("CNY", 0, ("USD", "EUR"))
    assert [str(rate.rate) for rate in rates.listed(session)] == ["7.20", "7.00"]
    history.undo(session)
    assert rates.in_own(session, sums, TODAY) == OwnSum("CNY", 71_000, ("EUR",))
    rates.remove(session, rates.listed(session)[0])
    assert rates.in_own(session, sums, TODAY) == OwnSum("CNY", 70_000, ("EUR",))


def test_without_an_own_currency_nothing_is_converted(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    assert rates.in_own(session, {"USD": 1}, TODAY) is None
    with pytest.raises(Problem, match="your own"):
        rates.typed_rate(session, "USD 7.12")
    assert (rates.own_currency("人民币"), rates.own_currency(" ")) == ("CNY", "")
