"""Rates as people type them, and sums in several currencies as one."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TODAY
from tui_crm.domain.messages import Problem
from tui_crm.domain.rates import OwnSum, added_up, read_rate


@pytest.mark.parametrize(
    ("typed", "currency", "rate", "since"),
    [
        ("USD 7.12", "USD", "7.12", TODAY),
        ("1 USD = 7.12 CNY", "USD", "7.12", TODAY),
        ("美元 7.12", "USD", "7.12", TODAY),
        ("１ＵＳＤ＝7.12元", "USD", "7.12", TODAY),
        ("JPY 0.048", "JPY", "0.048", TODAY),
        ("EUR: 7.80 11月1日", "EUR", "7.80", date(2026, 11, 1)),
        ("USD 7.12 CNY yesterday", "USD", "7.12", date(2026, 11, 17)),
    ],
)
def test_a_rate_is_read(typed: str, currency: str, rate: str, since: date) -> None:
    read = read_rate(typed, "CNY", TODAY)
    assert (read.currency, str(read.rate), read.since, read.own) == (currency, rate, since, "CNY")


@pytest.mark.parametrize(
    "typed", ["", "USD", "7.12", "USD x", "USD 0", "USD -1", "CNY 1", "USD 7.12 EUR", "XXX 3", "USD 1 2"]
)
def test_what_is_no_rate_is_refused(typed: str) -> None:
    with pytest.raises(Problem):
        read_rate(typed, "CNY", TODAY)


def test_sums_are_added_up_once_rounded_half_to_even() -> None:
    rates = {"USD": Decimal("7.125"), "JPY": Decimal("0.05"), "KWD": Decimal(20)}
    assert added_up({"USD": 100, "JPY": 100, "EUR": 5}, "CNY", rates) == OwnSum("CNY", 1212, ("EUR",))  # 7.125 + 5.00
    assert added_up({"USD": 300}, "CNY", {"USD": Decimal("0.015")}) == OwnSum("CNY", 4)  # 4.5 fen
    assert added_up({"CNY": 7, "KWD": 1000}, "CNY", rates) == OwnSum("CNY", 2007)
    assert added_up({"CNY": 250}, "JPY", {"CNY": Decimal(20)}) == OwnSum("JPY", 50)


@given(st.integers(-(10**14), 10**14))
def test_the_own_currency_keeps_every_unit(amount: int) -> None:
    assert added_up({"CNY": amount}, "CNY", {}).amount == amount
