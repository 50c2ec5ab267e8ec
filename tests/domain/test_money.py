from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.messages import Problem
from tui_crm.domain.money import (
    CURRENCIES,
    CURRENCY_ALIASES,
    find_currency,
    format_price,
    format_sum,
    parse_amount,
    parse_price,
    parse_sum,
    price_total,
    sum_text,
)

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


# Sums ----------------------------------------------------------------------------------------------------------------

SUMS = [
    ("USD 4280", "USD", 428_000),
    ("usd4280", "USD", 428_000),
    ("4,280.00 USD", "USD", 428_000),
    ("$4280", "USD", 428_000),
    ("US$ 4,280", "USD", 428_000),
    ("4.280,50 €", "EUR", 428_050),
    ("￥１２３", "CNY", 12_300),
    ("1,234.56", "EUR", 123_456),
    ("1.234,56", "EUR", 123_456),
    ("JPY 4280", "JPY", 4_280),
    ("KWD 1.234", "KWD", 1_234),
    ("4280美元", "USD", 428_000),
    ("1.2万美元", "USD", 1_200_000),
    ("4.3k", "EUR", 430_000),
    ("0", "EUR", 0),
    ("999,999,999,999.99", "EUR", 99_999_999_999_999),
]


@pytest.mark.parametrize(("text", "currency", "minor"), SUMS)
def test_sums_are_read_with_their_currency(text: str, currency: str, minor: int) -> None:
    assert parse_sum(text, "EUR") == (currency, minor)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-5", "less than nothing"),
        ("USD −5", "less than nothing"),
        ("1e9", "not an amount"),
        ("1,2,3", "not an amount"),
        ("9" * 500, "not an amount"),
        ("NaN", "no sum"),
        ("USD", "no sum"),
        ("1000000000000", "at most 12 digits"),
        ("1.234", "more decimals than EUR"),
        ("JPY 5.5", "more decimals than JPY"),
        ("USF 5", "USD"),
        ("5 Taler", "no currency known"),
        ("USD 5 EUR", "one currency"),
    ],
)
def test_what_is_no_sum_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(Problem, match=why):
        parse_sum(text, "EUR")


@given(st.text(max_size=60))
def test_any_text_is_a_sum_or_refused(text: str) -> None:
    for parse in (parse_sum, parse_price):
        with suppress(Problem):
            currency, amount = parse(text, "USD")
            assert currency in CURRENCIES
            assert 0 <= amount < 10**16


@given(st.integers(0, 10**15 - 1), st.sampled_from(sorted(CURRENCIES)))
def test_a_sum_shown_is_read_back(minor: int, currency: str) -> None:
    if minor // 10 ** CURRENCIES[currency] < 10**12:
        assert parse_sum(format_sum(minor, currency), "USD") == (currency, minor)
        assert parse_sum(f"{currency} {sum_text(minor, currency)}", "USD") == (currency, minor)


def test_sums_are_shown_with_the_decimals_of_their_currency() -> None:
    shown = [format_sum(428_000, "USD"), format_sum(4_280, "JPY"), format_sum(1_234, "KWD"), format_sum(-5, "EUR")]
    assert shown == ["USD 4,280.00", "JPY 4,280", "KWD 1.234", "EUR -0.05"]


def test_a_price_has_four_decimals_at_most() -> None:
    assert parse_price("0.8651 €", "USD") == ("EUR", 8_651)
    with pytest.raises(Problem, match="four decimals"):
        parse_price("0.86515", "USD")


@pytest.mark.parametrize(
    ("price", "count", "currency", "total"),
    [(8_600, 5_000, "USD", 430_000), (8_651, 3, "USD", 260), (12_550, 2, "JPY", 3), (15_000, 3, "KWD", 4_500)],
)
def test_a_price_times_pieces_is_rounded_half_up(price: int, count: int, currency: str, total: int) -> None:
    assert price_total(price, count, currency) == total
