"""One line, one record: as reps write it, in both languages and widths."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_crm.domain.messages import Problem
from tui_crm.domain.trade_lines import EXAMPLES, kind_of, leading_record, parse_record, told_record
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment

TODAY = date(2026, 11, 18)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def fob(**more: Any) -> Quote:
    return Quote(TODAY, "USD", 8_600, "FOB", **{"place": "Shenzhen", **more})


def po(amount: int = 430_000, **more: Any) -> Order:
    return Order(TODAY, "USD", amount, **{"number": "PO-77", **more})


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


LINES: dict[str, Record] = {
    # quotes
    "FOB Shenzhen 0.86/pc MOQ 5000": fob(unit="pc", moq=5000),
    "FOB Shenzhen 0.86/pc MOQ 5000 valid 30d": fob(unit="pc", moq=5000, valid_until=day(12, 18)),
    "FOB Shenzhen 0.86/5000 valid until 12/30 qty 6000": fob(moq=5000, valid_until=day(12, 30), quantity=6000),
    "FOB 深圳 0.86/5000 有效期30天": fob(place="深圳", moq=5000, valid_until=day(12, 18)),
    "FOB深圳0.86 有效至12月30日 数量：6000": fob(place="深圳", valid_until=day(12, 30), quantity=6000),
    "FOB Shenzhen 0.86 A60 bulb accepted": fob(product="A60 bulb", status="accepted"),
    # samples
    "DHL 562729 3 specs grey board": Sample("3 specs grey board", "DHL", "562729", TODAY),
    "DHL 562729 3 specs shipped 5/15 arrived 5/20": Sample("3 specs", "DHL", "562729", day(5, 15), day(5, 20)),
    "2026.05.15 DHL 562729, 3 specs, grey board": Sample("3 specs, grey board", "DHL", "562729", day(5, 15)),
    "顺丰 SF1234567890 两个颜色 11月15日寄出 11/17签收 反馈：太薄": Sample(
        "两个颜色", "SF", "SF1234567890", day(11, 15), day(11, 17), "太薄"
    ),
    "sample no. S-12 EMS EE123456789CN expected 12/1": Sample(
        "", "EMS", "EE123456789CN", TODAY, number="S-12", expected_on=day(12, 1)
    ),
    "samples 3 specs grey board": Sample("3 specs grey board"),
    "DHL 562729 feedback too thin, wants 3 mm": Sample("", "DHL", "562729", TODAY, feedback="too thin, wants 3 mm"),
    # PIs
    "PI20240517-A USD 4280": Invoice("PI20240517-A", TODAY, "USD", 428_000),
    "2024.05.17 PI20240517-A USD 4280": Invoice("PI20240517-A", day(5, 17, 2024), "USD", 428_000),
    "PI20240517-A 4.280,50 € 5/17 by mail": Invoice("PI20240517-A", day(5, 17), "EUR", 428_050, remark="by mail"),
    "PI 2024-77 4280 sent yesterday": Invoice("2024-77", day(11, 17), "USD", 428_000),
    "形式发票 20240517-A 4280美元": Invoice("20240517-A", TODAY, "USD", 428_000),
    # orders
    "order PO-77 USD 4300 deposit 30% T/T balance 7/1": po(
        deposit=129_000, terms="T/T", balance_due_on=day(7, 1, 2027)
    ),
    "订单 PO-77 USD 4300 定金30% 尾款7/1": po(deposit=129_000, balance_due_on=day(7, 1, 2027)),
    "trial order USD 500": po(50_000, number="", kind="trial"),
    "试单 500美元 灰板": po(50_000, number="", kind="trial", product="灰板"),
    "order PO-77 5000 pcs x 0.86": po(quantity=5000, unit="pcs", price=8_600),
    "PO-77 5,000 pcs LED bulbs @ USD 0.86/pc": po(quantity=5000, unit="pcs", price=8_600, product="LED bulbs"),
    "订单PO-77 5000个×0.86": po(quantity=5000, unit="个", price=8_600),
    "order PO-77 USD 0.86/pc x 5000 T/T 30/70": po(deposit=129_000, terms="T/T", quantity=5000, unit="pc", price=8_600),
    "order PO-77 USD 4300 deposit USD 1290 due 12/1 balance USD 3010 before shipment": po(
        deposit=129_000, deposit_due_on=day(12, 1), remark="balance USD 3010 before shipment"
    ),
    "order PO-77 USD 4300, 30% deposit, 70% balance against B/L copy": po(
        deposit=129_000, remark="70% balance against B/L copy"
    ),
    "order 4500012345 USD 4300 L/C at sight": po(number="4500012345", terms="L/C at sight"),
    "合同 PO-77 USD 4300 30/70 T/T": po(deposit=129_000, terms="T/T"),
    "order PO-77 USD 4300 O/A 60 days 11/5": Order(day(11, 5), "USD", 430_000, "PO-77", terms="O/A 60 days"),
    "订单PO-77 USD 4300 定金12月1日前付30% 电汇": po(deposit=129_000, deposit_due_on=day(12, 1), terms="T/T"),
    "order PO-77 500 pcs 1/2 inch valve x 8.60": po(quantity=500, unit="pcs", price=86_000, product="1/2 inch valve"),
    # payments
    "paid USD 1290 deposit": Payment(TODAY, "USD", 129_000, "deposit"),
    "paid $1,290 deposit 11/3 minus bank charges": Payment(
        day(11, 3), "USD", 129_000, "deposit", remark="minus bank charges"
    ),
    "收到定金 USD 1290": Payment(TODAY, "USD", 129_000, "deposit"),
    "昨天收到尾款3010美元": Payment(day(11, 17), "USD", 301_000, "balance"),
    "付款 1.2万美元 全款": Payment(TODAY, "USD", 1_200_000, "full"),
    # shipments
    "shipped by sea Ningbo - Hamburg ETD 6/20 30d B/L COSU123 container TCLU1234567": Shipment(
        "sea", "Ningbo", "Hamburg", day(6, 20, 2027), 30, day(7, 20, 2027), container="TCLU1234567", bill="COSU123"
    ),
    "海运 宁波-汉堡 12/20 离港 30天": Shipment("sea", "宁波", "汉堡", day(12, 20), 30, day(1, 19, 2027)),
    "海运 宁波到汉堡 离港11/1 到港12/5": Shipment("sea", "宁波", "汉堡", day(11, 1), arrives_on=day(12, 5)),
    "by air Shanghai to Frankfurt ETD 11/25 ETA 11/28 AWB 176-12345675": Shipment(
        "air", "Shanghai", "Frankfurt", day(11, 25), arrives_on=day(11, 28), bill="176-12345675"
    ),
    "sea Ningbo - Los Angeles ETD 12/20 ETA 1/15 vessel EVER GIVEN": Shipment(
        "sea", "Ningbo", "Los Angeles", day(12, 20), arrives_on=day(1, 15, 2027), remark="vessel EVER GIVEN"
    ),
    "海运 12/20走 1/25到": Shipment("sea", departs_on=day(12, 20), arrives_on=day(1, 25, 2027)),
    "train Yiwu - Duisburg ETD 12/1 18 days": Shipment("rail", "Yiwu", "Duisburg", day(12, 1), 18, day(12, 19)),
    "shipped by courier DHL 1234567890": Shipment("courier", departs_on=TODAY, bill="DHL 1234567890"),
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_read_as_the_record_it_says(line: str) -> None:
    assert parse_record(line, TODAY, "USD").record == LINES[line]


@pytest.mark.parametrize("line", [line for line in LINES if line.isascii()])
def test_a_line_may_be_typed_in_full_width(line: str) -> None:
    wide, plain = parse_record(line.translate(FULL_WIDTH), TODAY, "USD").record, LINES[line]
    assert type(wide) is type(plain)
    for name in (
        "price",
        "amount",
        "deposit",
        "quantity",
        "moq",
        "shipped_on",
        "valid_until",
        "balance_due_on",
        "arrives_on",
    ):
        assert getattr(wide, name, None) == getattr(plain, name, None)


@pytest.mark.parametrize(
    ("line", "kind"),
    [("PO-77 USD 4300", "order"), ("USD 1290 deposit", "payment"), ("20240517-A USD 4280", "invoice"),
     ("Ningbo - Hamburg 12/20", "shipment"), ("3 specs grey board", "sample"), ("0.86/pc", "quote")],
)  # fmt: skip
def test_a_verb_that_names_the_kind_needs_no_word_for_it(line: str, kind: str) -> None:
    named = parse_record(line, TODAY, "USD", kind)
    assert type(named.record).__name__.lower() == kind


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("paid USD 1290 deposit for PO-77 6/3", "PO-77"),
        ("付款 USD 500 订单PO-77", "PO-77"),
        ("收到定金 USD 500 PI20240517-A", "PI20240517-A"),
        ("paid USD 500 for order 4500012345", "4500012345"),
        ("paid USD 500 for samples", ""),
        ("order PO-77 USD 4300 for PI20240517-A", "PI20240517-A"),
        ("by sea ETD 12/20 for PO-77", "PO-77"),
    ],
)
def test_what_a_record_belongs_to_is_kept_as_its_number(line: str, about: str) -> None:
    assert parse_record(line, TODAY, "USD").about == about


BAD = [
    ("FOB Shenzhen MOQ 5000", "no single price"),
    ("FOB Shenzhen 0.86 or 0.90", "no single price"),
    ("CIF Hamburg 1 234,56 EUR/set", "without blanks"),
    ("FOB Shenzhen 0.86 MOQ 5 000", "without blanks"),
    ("paid 1 234,56 €", "without blanks"),
    ("paid USD 5.000", "more decimals"),
    ("FBO Shenzhen 0.86/pc", "FOB"),
    ("fbo shenzhen 0.86/pc", "FOB"),
    ("FOV Shenzhen 0.86/pc", "FOB"),
    ("DDU Lagos 0.86", "DAP"),
    ("C&F Lagos 0.86", "CFR"),
    ("PI20240517-A", "no sum"),
    ("PI20240517-A USD -4280", "less than nothing"),
    ("PI20240517-A 1e9", "not an amount"),
    ("PI20240517-A USD NaN", "no sum"),
    ("PI20240517-A USD 0", "more than nothing"),
    ("PI20240517-A XYZ 4280", "no currency known"),
    ("PI20240517-A ฿4280", "no currency known"),
    ("PI20240517-A USD 4280 EUR 300", "both be the sum"),
    ("PI20240517-A USD 1000000000000", "at most 12 digits"),
    ("PI20240517-A USD 42.801", "more decimals"),
    ("PI20240517-A USD 4280 2/30", "on no calendar"),
    ("order PO-77 grey board", "no sum"),
    ("order PO-77 5000 pcs x EUR 0.86 USD 4300", "one currency"),
    ("order PO-77 grey board x 0.86", "no sum"),
    ("order 2026-11-01 USD 500 balance 2026-10-01", "balance cannot be due before"),
    ("paid the deposit", "no sum"),
    ("by sea ETD 12/20 ETA 12/10", "ETA cannot be before"),
    ("by sea ETD 13/45", "on no calendar"),
    ("DHL 562729 shipped 5/15 arrived 5/10", "cannot have arrived before"),
    ("FOB Shenzhen 0.86 valid until 2026-11-01", "cannot end before"),
    ("gibberish", "FOB Shenzhen"),
    ("", "FOB Shenzhen"),
    ("x" * 401, "at most 400 characters"),
]


@pytest.mark.parametrize(("line", "why"), BAD)
def test_what_cannot_be_read_is_refused_with_the_reason(line: str, why: str) -> None:
    with pytest.raises(Problem, match=why):
        parse_record(line, TODAY, "USD")


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_example_of_each_kind_can_be_typed(kind: str) -> None:
    assert kind_of(EXAMPLES[kind]) == kind
    parse_record(EXAMPLES[kind], TODAY, "USD")


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("PI20240517-A USD 4280 sent by mail, they want 3000 more", "PI20240517-A USD 4280"),
        ("PI20240517-A, USD 4280, 5/17, they were happy", "PI20240517-A, USD 4280, 5/17"),
        ("paid USD 1290 deposit for PO-77, next USD 3010 in June", "paid USD 1290 deposit for PO-77"),
        ("paid USD 1290 and asks for the balance sheet", "paid USD 1290"),
        ("收到定金 USD 1290，安排生产", "收到定金 USD 1290"),
        ("DHL#562729，3个规格，问地址", "DHL#562729，3个规格"),
        ("order PO-77 5000 pcs x 0.86 deposit 30% they want red", "order PO-77 5000 pcs x 0.86 deposit 30%"),
        ("FOB Shenzhen 0.86/5000 valid 30d. They rejected it", "FOB Shenzhen 0.86/5000 valid 30d"),
        ("海运 宁波-汉堡 12/20离港 30天，告诉客户", "海运 宁波-汉堡 12/20离港 30天"),
    ],
)
def test_inside_a_note_a_record_ends_with_its_last_term(text: str, understood: str) -> None:
    assert text[: leading_record(text, TODAY, "USD").length] == understood


WORDS = sorted(
    {word for line, _why in BAD for word in line.split()} | {word for line in LINES for word in line.split()}
)
TYPED = st.one_of(
    st.text(max_size=400), st.lists(st.sampled_from([*WORDS, ",", "，", "30%", "x", "|"]), max_size=60).map(" ".join)
)


@settings(max_examples=200, deadline=None)
@given(TYPED, st.sampled_from([None, *EXAMPLES]))
def test_any_text_is_read_or_refused_and_never_dropped(text: str, kind: str | None) -> None:
    with suppress(Problem):
        leading_record(text, TODAY, "USD")
    told_record(text, TODAY, "USD")
    with suppress(Problem):
        assert parse_record(text, TODAY, "USD", kind).length == len(text)


@pytest.mark.parametrize(
    "piece", ["FOB ", "order ", "1 ", "0.86 ", "sea a - b ", "PI2024 ", "1,", "paid a, ", "5000 x ", "30% ", "12/1 "]
)
def test_no_line_takes_long(piece: str) -> None:
    line = (piece * 400)[:400]
    started = time.process_time()
    for read in (parse_record, leading_record, told_record):
        with suppress(Problem):
            read(line, TODAY, "USD")
    assert time.process_time() - started < 0.5
