from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.trade import INCOTERMS, estimated_arrival, leading_quote, parse_quote, parse_sample
from tui_crm.domain.values import Quote, Sample

TODAY = date(2026, 11, 21)
SHEETS = Path(__file__).parents[2] / "../shared/data/8_followup_sheets/followup_overview_and_customer_sheets.xlsx"


def a_quote(price: int, incoterm: str = "", place: str = "", currency: str = "USD", **more: object) -> Quote:
    return Quote(TODAY, currency, price, incoterm, place, **more)  # type: ignore[arg-type]


QUOTES = [
    ("FOB Shenzhen 0.86/5000", a_quote(8_600, "FOB", "Shenzhen", moq=5000)),
    ("FOB 深圳 0.86/5000", a_quote(8_600, "FOB", "深圳", moq=5000)),
    ("FOB深圳0.86/5000", a_quote(8_600, "FOB", "深圳", moq=5000)),
    ("ＦＯＢ　深圳　０．８６／５０００", a_quote(8_600, "FOB", "深圳", moq=5000)),
    ("FOB SHENZHEN USD 0.86/pc（MOQ 5000）", a_quote(8_600, "FOB", "SHENZHEN", unit="pc", moq=5000)),
    ("FOB SHENZHEN USD 0.86/pc, MOQ 5000", a_quote(8_600, "FOB", "SHENZHEN", unit="pc", moq=5000)),
    ("fob shenzhen usd0.86/pc moq 5,000 pcs", a_quote(8_600, "FOB", "shenzhen", unit="pc", moq=5000)),
    ("CIF Hamburg EUR 12.5/kg MOQ 300", a_quote(125_000, "CIF", "Hamburg", "EUR", unit="kg", moq=300)),
    ("CIF Hamburg €12.5 per kg", a_quote(125_000, "CIF", "Hamburg", "EUR", unit="kg")),
    ("DDP 1,280.00 /set", a_quote(12_800_000, "DDP", unit="set")),
    ("EXW 18", a_quote(180_000, "EXW")),
    ("$0.86", a_quote(8_600)),
    ("0.86", a_quote(8_600)),
    ("FOB 宁波 6.5元/个，起订量1万个", a_quote(65_000, "FOB", "宁波", "CNY", unit="个", moq=10_000)),
    ("CFR Santos USD 1,050/公斤 MOQ 2k", a_quote(10_500_000, "CFR", "Santos", unit="公斤", moq=2000)),
    ("USD 0.86/pc FOB Shenzhen MOQ 5000", a_quote(8_600, "FOB", "Shenzhen", unit="pc", moq=5000)),
    ("CIP New York USD 2,3/pc", a_quote(23_000, "CIP", "New York", unit="pc")),
    ("LED bulb A60 FOB Shenzhen 0.86/5000", a_quote(8_600, "FOB", "Shenzhen", moq=5000, product="LED bulb A60")),
    ("FOB Shenzhen 0.86/5000 A60 bulb", a_quote(8_600, "FOB", "Shenzhen", moq=5000, product="A60 bulb")),
    ("model 2835 FOB Shenzhen 0.86", a_quote(8_600, "FOB", "Shenzhen", product="model 2835")),
    ("FOB Shenzhen 0.86/pc A60, MOQ 5000", a_quote(8_600, "FOB", "Shenzhen", unit="pc", moq=5000, product="A60")),
    ("FOB Shenzhen, China USD 0.86", a_quote(8_600, "FOB", "Shenzhen", product="China")),
    ("报FOB价0.86", a_quote(8_600, "FOB", product="报")),
    ("FOB Shenzhen 0.8651", a_quote(8_651, "FOB", "Shenzhen")),
]


@pytest.mark.parametrize(("text", "quote"), QUOTES)
def test_a_quote_is_read_from_the_prose_of_traders(text: str, quote: Quote) -> None:
    assert parse_quote(text, TODAY) == quote


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FOB Shenzhen",
        "FOB Shenzhen 5%",
        "3个规格",
        "2026-11-18",
        "12:30",
        "0.00",
        "MOQ 5000",
        "A60",
        "FOB Shenzhen 0.86555",
        *("FOB 0.86-0.90", "0.86~0.9", "FOB Shenzhen 0.86 or 0.90", "FOB Shenzhen 0.86, CIF Hamburg 0.95"),
        *("FOB Shenzhen 0.86/5000 and USD 500 for tools", "FOB Shenzhen 0.86/1000, MOQ 5000", "0.86/5.5", "1e9", "NaN"),
        *("PI20240517-A USD 4280", "定金 USD 1200 已付", "deposit $500", "USD 99999999999999999999"),
    ],
)
def test_nothing_is_guessed_where_no_single_price_stands(text: str) -> None:
    assert parse_quote(text, TODAY) is None


def test_a_full_date_at_the_start_is_the_day_of_the_quote() -> None:
    quote = parse_quote("2024.05.10 FOB SHENZHEN USD 0.86/pc, MOQ 5000", TODAY)
    assert quote == Quote(date(2024, 5, 10), "USD", 8_600, "FOB", "SHENZHEN", unit="pc", moq=5000)


def test_the_currency_of_the_settings_holds_where_none_is_written() -> None:
    assert parse_quote("FOB Shenzhen 0.86", TODAY, "EUR") == a_quote(8_600, "FOB", "Shenzhen", "EUR")
    assert parse_quote("FOB Shenzhen $0.86", TODAY, "EUR") == a_quote(8_600, "FOB", "Shenzhen", "USD")


def test_only_the_rules_of_incoterms_2020_are_terms() -> None:
    assert len(INCOTERMS) == 11
    for term in INCOTERMS:
        quote = parse_quote(f"{term.lower()} Rotterdam 1.5", TODAY)
        assert quote and (quote.incoterm, quote.place) == (term, "Rotterdam")
    old = parse_quote("C&F Lagos 0.86", TODAY)
    assert old and old.incoterm == ""


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("FOB Shenzhen 0.86/5000 and they ask for samples", "FOB Shenzhen 0.86/5000"),
        ("FOB 深圳 0.86/5000，问付款", "FOB 深圳 0.86/5000"),
        ("FOB Shenzhen 0.86/pc (MOQ 5000) asked about payment", "FOB Shenzhen 0.86/pc (MOQ 5000)"),
        ("0.86 sent by mail, they think MOQ 500 is better", "0.86"),
    ],
)
def test_a_leading_quote_ends_with_its_last_term(text: str, understood: str) -> None:
    found = leading_quote(text, TODAY)
    assert found is not None
    assert text[: found.length] == understood
    assert found.quote.product == ""


@given(st.text())
def test_any_text_is_a_quote_or_none(text: str) -> None:
    parse_quote(text, TODAY)
    parse_sample(text, TODAY)


@given(
    st.sampled_from(INCOTERMS),
    st.sampled_from(["Shenzhen", "宁波", "New York", "Le Havre"]),
    st.integers(1, 10**9),
    st.integers(1, 10**7),
)
def test_a_quote_written_out_is_read_back(term: str, place: str, price: int, moq: int) -> None:
    text = f"{term} {place} {price / 10_000:.4f}/{moq}"
    assert parse_quote(text, TODAY) == a_quote(price, term, place, moq=moq)


SAMPLES = [
    ("DHL#562729，3个规格", Sample("3个规格", "DHL", "562729", TODAY)),
    ("DHL 562729 3 specs grey board", Sample("3 specs grey board", "DHL", "562729", TODAY)),
    ("2026.11.18 DHL#633348，4个规格", Sample("4个规格", "DHL", "633348", date(2026, 11, 18))),
    ("2024.05.15 DHL 562729, 3 specs, grey board", Sample("3 specs, grey board", "DHL", "562729", date(2024, 5, 15))),
    ("顺丰 SF1234567890 两个颜色", Sample("两个颜色", "SF", "SF1234567890", TODAY)),
    ("2 colours fedex 7712 3456 7890", Sample("2 colours", "FedEx", "7712 3456 7890", TODAY)),
    ("UPS 1Z999AA10123456784", Sample("", "UPS", "1Z999AA10123456784", TODAY)),
    ("EMS单号：EE123456789CN 灰板", Sample("灰板", "EMS", "EE123456789CN", TODAY)),
    ("快递单号：773412345 灰板", Sample("灰板", "", "773412345", TODAY)),
    ("样品DHL已寄，3个规格", Sample("样品 已寄，3个规格", "DHL", "", TODAY)),
]


@pytest.mark.parametrize(("text", "sample"), SAMPLES)
def test_a_sample_is_read_from_the_prose_of_traders(text: str, sample: Sample) -> None:
    assert parse_sample(text, TODAY) == sample


@pytest.mark.parametrize("text", ["", "3 specs", "#562729", "grey board 562729", "DHL " * 200])
def test_what_names_no_parcel_is_no_sample(text: str) -> None:
    assert parse_sample(text, TODAY) is None


@pytest.mark.parametrize(
    ("courier", "days"),
    [
        ("DHL", 5),
        ("dhl", 5),
        ("FedEx", 5),
        ("UPS", 5),
        ("TNT", 6),
        ("EMS", 12),
        ("顺丰", 6),
        ("SF", 6),
        ("Aramex", 7),
        ("", 7),
    ],
)
def test_arrival_is_estimated_from_the_usual_days_of_the_courier(courier: str, days: int) -> None:
    arrival = estimated_arrival(Sample(courier=courier, shipped_on=TODAY))
    assert arrival is not None
    assert (arrival - TODAY).days == days


def test_what_is_not_shipped_arrives_on_no_day() -> None:
    assert estimated_arrival(Sample(courier="DHL")) is None
    assert estimated_arrival(Sample(courier="DHL", shipped_on=date.max)) is None


@pytest.mark.skipif(not SHEETS.exists(), reason="the real sheets are not beside this checkout")
def test_every_quote_and_sample_of_the_real_sheets_is_read() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    read = {"报价": parse_quote, "样品": parse_sample}
    seen = {"报价": 0, "样品": 0}
    for sheet in openpyxl.load_workbook(SHEETS, read_only=True):
        for label, text, *_ in (row for row in sheet.iter_rows(values_only=True) if len(row) > 1 and row[0] in read):
            found = read[label](text, TODAY)
            assert found is not None, text
            assert found.product == "" if isinstance(found, Quote) else found.tracking.isdigit(), text
            seen[label] += 1
    assert all(seen.values())
