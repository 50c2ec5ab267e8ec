from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.messages import Problem
from tui_crm.domain.money import CURRENCIES, CURRENCY_ALIASES, find_currency, format_price, parse_amount

AMOUNTS = [
    ("0.86", "0.86"),
    ("4280", "4280"),
    ("1,234.56", "1234.56"),
    ("1.234,56", "1234.56"),
    ("1,234,567", "1234567"),
    ("1.234.567", "1234567"),
    ("1.234.567,8", "1234567.8"),
    ("1 234 567,89", "1234567.89"),
    ("1\u202f234,5", "1234.5"),
    ("1'234.50", "1234.50"),
    ("12,34,567.00", "1234567.00"),
    ("12,5", "12.5"),
    ("1,2345", "1.2345"),
    ("0,860", "0.860"),
    ("１，２３４．５６", "1234.56"),
    (" 7 ", "7"),
    ("007", "7"),
    ("999999999999", "999999999999"),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_amounts_are_read_as_traders_write_them(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


def test_a_lone_comma_groups_thousands_and_a_lone_dot_is_the_decimal_sign() -> None:
    assert parse_amount("1,234") == Decimal(1234)
    assert parse_amount("1.234") == Decimal("1.234")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "NaN",
            "inf",
            "1e9",
            "1E9",
            "-5.00",
            "+5",
            "0x10",
            "1_000",
            "12,",
            ",5",
            ".",
            "1,23,4",
            "1,234.567.89",
        ),
        *(
            "1.234,567,8",
            "5²",
            "½",
            "USD 5",
            "5%",
            "1,,000",
            "1 2345",
            "1,234 567",
            "٣",
            "1" * 13,
            "1" * 100_000,
            "1\x00",
        ),
    ],
)
def test_what_is_no_amount_is_refused_with_advice(text: str) -> None:
    with pytest.raises(Problem, match=r"1234\.56"):
        parse_amount(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Problem):
        assert parse_amount(text) >= 0


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_an_amount_written_the_english_and_the_german_way_is_the_same(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate({ord(","): ".", ord("."): ","})
    assert parse_amount(english) == parse_amount(german) == amount


@pytest.mark.parametrize(
    ("price", "currency", "shown"),
    [
        (8_600, "USD", "USD 0.86"),
        (10_000, "USD", "USD 1.00"),
        (8_650, "EUR", "EUR 0.865"),
        (8_651, "EUR", "EUR 0.8651"),
        (12_800_000, "USD", "USD 1,280.00"),
        (1_250_000, "JPY", "JPY 125"),
        (1_255_000, "JPY", "JPY 125.5"),
        (15_000, "KWD", "KWD 1.500"),
    ],
)
def test_prices_are_shown_with_the_decimals_they_need(price: int, currency: str, shown: str) -> None:
    assert format_price(price, currency) == shown


@given(st.integers(0, 10**15), st.sampled_from(sorted(CURRENCIES)))
def test_a_price_shown_can_be_read_again(price: int, currency: str) -> None:
    code, _, amount = format_price(price, currency).partition(" ")
    assert code == currency
    if not (CURRENCIES[currency] == 0 and "." not in amount):
        assert parse_amount(amount) * 10_000 == price


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("$", "USD"),
        ("＄", "USD"),
        ("€", "EUR"),
        ("¥", "CNY"),
        ("￥", "CNY"),
        ("RMB", "CNY"),
        ("£", "GBP"),
        ("usd", "USD"),
        *(("美金", "USD"), ("HK$", "HKD"), (" eur ", "EUR"), ("pcs", None), ("", None), ("XXX", None)),
    ],
)
def test_currencies_are_known_by_code_sign_and_word(word: str, code: str | None) -> None:
    assert find_currency(word) == code


def test_every_alias_names_a_known_currency() -> None:
    assert set(CURRENCY_ALIASES.values()) <= set(CURRENCIES)
