import time
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_crm.domain.quicklog import LONGEST_TAG, Entry, parse_line
from tui_crm.domain.text import fold_width
from tui_crm.domain.trade_lines import Reading
from tui_crm.domain.trade_links import with_record
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade

TODAY = date(2026, 11, 21)  # a Saturday
QUOTE = Quote(TODAY, "USD", 8_600, "FOB", "Shenzhen", moq=5000)
IN_3_DAYS, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


def said(line: str) -> Entry:
    return parse_line(line, TODAY)


def traded(entry: Entry) -> list[Record]:
    return [reading.record for reading in entry.records]


def meaning(entry: Entry) -> dict[str, object]:
    """What an entry says, whatever the place of the marks in the line."""
    own = ("note", "spans", "findings")
    return {name: getattr(entry, name) for name in Entry.__slots__ if name not in own}


def test_the_english_line_of_the_manual() -> None:
    entry = said("sent PI, asked about payment >3d send sample #price-sensitive @wa !hot $FOB Shenzhen 0.86/5000")
    assert meaning(entry) == meaning(
        Entry(
            "",
            channel="whatsapp",
            tags=("price-sensitive",),
            temperature="hot",
            next_on=IN_3_DAYS,
            next_action="send sample",
            records=(Reading(QUOTE, length=len("FOB Shenzhen 0.86/5000")),),
        )
    )
    assert entry.note == "sent PI, asked about payment"
    assert entry.findings == ()
    assert [span.kind for span in entry.spans] == ["note", "next", "tag", "channel", "temperature", "trade"]


@pytest.mark.parametrize(
    "line",
    [
        "发PI，问付款 >3天 寄样品 #价敏感 @微信 !热 $FOB 深圳 0.86/5000",
        "发PI，问付款＞３天寄样品＃价敏感＠微信！热＄ＦＯＢ深圳０．８６／５０００",
        "发PI，问付款。>3天，寄样品；#价敏感，@微信，!热，$FOB深圳0.86/5000",
    ],
)
def test_the_chinese_line_of_the_manual(line: str) -> None:
    entry = said(line)
    assert entry.note.rstrip("。") == "发PI，问付款"
    assert (entry.next_on, entry.next_action) == (IN_3_DAYS, "寄样品")
    assert (entry.channel, entry.tags, entry.temperature) == ("wechat", ("价敏感",), "hot")
    assert traded(entry) == [Quote(TODAY, "USD", 8_600, "FOB", "深圳", moq=5000)]
    assert entry.findings == ()


@pytest.mark.parametrize(
    "line",
    [
        "wrote to a@b.com",
        "sells C# books",
        "x>y and 2=2",
        "they want 50!",
        "the parcel #562729",
        "价格很好！客户下单",
        "￥5000 paid",
        "MOQ>5000",
        "a # b @ c ! d = e > ",
        "price-#3",
        "so >",
        "100% ok!",
    ],
)
def test_what_is_no_mark_is_plain_text(line: str) -> None:
    entry = said(line)
    assert entry.note == line.strip()
    assert entry.findings == ()
    assert meaning(entry) == meaning(Entry(""))


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("@Anna said hi", "@email"),
        ("they are !furious", "!hot"),
        ("=dreaming of more", "=quoted"),
        (">50 pcs ok", ">3d"),
        (">无锡出差", ">3d"),
        (">2020-01-01 call", "from today on"),
        (">none", ">none waits"),
        (">无", ">none waits"),
        ("$abc", "no single price"),
        ("$0.86-0.90 asked", "no single price"),
        ("$FBO Shenzhen 0.86", "FOB"),
        ("$PI20240517-A", "no sum"),
        ("$by sea ETD 12/20 ETA 12/10", "ETA cannot be before"),
        ("#" + "a" * (LONGEST_TAG + 1), "too long"),
    ],
)
def test_a_mark_that_cannot_be_read_stays_in_the_note_and_is_pointed_out(line: str, advice: str) -> None:
    entry = said(line)
    assert entry.note == line
    assert [advice in str(finding) for finding in entry.findings] == [True]
    assert [span.kind for span in entry.spans].count("problem") == 1
    assert meaning(entry) == meaning(Entry(""))


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("@wa hi @email", {"channel": "whatsapp"}),
        ("!hot so !cold", {"temperature": "hot"}),
        (">fri >mon", {"next_on": FRIDAY}),
        *(("=quoted x =new", {"stage": "quoted"}), (">none no budget >3d", {"no_next_reason": "no budget"})),
    ],
)
def test_only_tags_may_come_twice(line: str, first: dict[str, object]) -> None:
    entry = said(line)
    assert {name: getattr(entry, name) for name in first} == first
    assert line.split()[-1] in entry.note
    assert len(entry.findings) == 1


@pytest.mark.parametrize(
    ("line", "day", "action"),
    [
        (">fri call Anna", FRIDAY, "call Anna"),
        ("> fri call Anna", FRIDAY, "call Anna"),
        (">next fri visit", FRIDAY, "visit"),
        (">3天寄样品", IN_3_DAYS, "寄样品"),
        ("＞３天　寄样品", IN_3_DAYS, "寄样品"),
        (">12/5：催款，再发目录", date(2026, 12, 5), "催款，再发目录"),
        (">today", TODAY, ""),
        (">3d mail a@b.com, x>y", IN_3_DAYS, "mail a@b.com, x>y"),
    ],
)
def test_the_next_step_reaches_to_the_next_mark(line: str, day: date, action: str) -> None:
    for typed, note in ((line, ""), (f"{line} #tag", ""), (f"hi {line} @wa there", "hi there")):
        entry = said(typed)
        assert (entry.next_on, entry.next_action, entry.note) == (day, action, note)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (">none waits for budget #a", "waits for budget"),
        (">无 等预算", "等预算"),
        (">无，等预算", "等预算"),
        (">NONE: gone", "gone"),
    ],
)
def test_no_next_step_needs_a_reason(line: str, reason: str) -> None:
    entry = said(line)
    assert (entry.no_next_reason, entry.next_on, entry.findings) == (reason, None, ())


@pytest.mark.parametrize(
    ("line", "stage", "note"),
    [
        ("=quoted sent it", "quoted", "sent it"),
        ("=已报价 发了", "quoted", "发了"),
        ("=closed won great", "ordered", "great"),
        ("=paused", "paused", ""),
        ("=paused they move house", "paused", "they move house"),
    ],
)
def test_stages(line: str, stage: str, note: str) -> None:
    entry = said(line)
    assert (entry.stage, entry.note, entry.paused_until, entry.lost_reason) == (stage, note, None, "")
    assert entry.findings == ()


@pytest.mark.parametrize("line", ["=lost price too high #a", "=closed lost, price too high"])
def test_why_a_customer_is_lost(line: str) -> None:
    assert (said(line).stage, said(line).lost_reason, said(line).note) == ("lost", "price too high", "")


@pytest.mark.parametrize("line", ["=流失 价格太高", "=流失价格太高", "＝流失：价格太高"])
def test_why_a_customer_is_lost_in_chinese(line: str) -> None:
    assert (said(line).stage, said(line).lost_reason) == ("lost", "价格太高")


def test_lost_without_a_reason_is_pointed_out() -> None:
    assert said("=lost").stage == "lost"
    assert "why" in str(said("=lost #a").findings[0])


@pytest.mark.parametrize(
    ("line", "until", "note"),
    [
        ("=paused 2w", date(2026, 12, 5), ""),
        ("=paused until 12/24 they move", date(2026, 12, 24), "they move"),
        ("=暂停 两周", date(2026, 12, 5), ""),
        ("=暂停两周 搬厂", date(2026, 12, 5), "搬厂"),
        ("=暂停到12月5日", date(2026, 12, 5), ""),
    ],
)
def test_paused_until_a_day(line: str, until: date, note: str) -> None:
    assert (said(line).stage, said(line).paused_until, said(line).note) == ("paused", until, note)


def test_tags_are_added_and_taken_off() -> None:
    entry = said("hi #new,#b2b; -#old －＃旧 #new #价敏感，ok")
    assert (entry.tags, entry.untag, entry.note) == (("new", "b2b", "价敏感"), ("old", "旧"), "hi ok")


def test_words_behind_a_quote_are_the_note_again() -> None:
    entry = said("$FOB Shenzhen 0.86/5000，问付款 >3d x")
    assert (traded(entry), entry.note, entry.next_action) == ([QUOTE], "问付款", "x")


def test_a_quote_without_a_currency_is_in_that_of_the_settings() -> None:
    (quote,) = traded(parse_line("$CIF Hamburg 12.5", TODAY, "EUR"))
    assert isinstance(quote, Quote)
    assert quote.currency == "EUR"


MARKS = [
    "#a-b", "-#old", "@wa", "!hot", "=quoted", ">3d send sample", "$FOB Shenzhen 0.86/5000", "$PI20240517-A USD 4280",
    "$order PO-7 500 pcs @ 0.86", "$paid $1290 deposit",
]  # fmt: skip


def test_a_mark_reads_every_kind_of_record() -> None:
    entry = said(
        "all of it $PI20240517-A USD 4280 $DHL 562729 3 specs, grey board $order PO-77 USD 4300 deposit 30% >3d ask "
        "$paid $1290 for PO-77 $海运 宁波-汉堡 12/20离港 30天，告诉客户"
    )
    assert traded(entry) == [
        Invoice("PI20240517-A", TODAY, "USD", 428_000),
        Sample("3 specs", "DHL", "562729", TODAY),
        Order(TODAY, "USD", 430_000, "PO-77", deposit=129_000),
        Payment(TODAY, "USD", 129_000),
        Shipment("sea", "宁波", "汉堡", date(2026, 12, 20), 30, date(2027, 1, 19)),
    ]
    assert [reading.about for reading in entry.records] == ["", "", "", "PO-77", ""]
    assert (entry.note, entry.next_action, entry.findings) == ("all of it grey board 告诉客户", "ask", ())


@pytest.mark.parametrize(
    ("line", "record"),
    [
        ("DHL 562729 3 specs grey board", Sample("3 specs grey board", "DHL", "562729", TODAY)),
        ("顺丰 SF1234567890 两个颜色，问收货人", Sample("两个颜色", "SF", "SF1234567890", TODAY)),
        ("PI20240517-A USD 4280, they check it", Invoice("PI20240517-A", TODAY, "USD", 428_000)),
        ("FOB Shenzhen 0.86/pc MOQ 5000 for the A60", Quote(TODAY, "USD", 8_600, "FOB", "Shenzhen", "pc", 5000)),
    ],
)
def test_a_note_that_begins_with_a_record_records_it_and_keeps_its_words(line: str, record: Record) -> None:
    for typed in (line, f"{line} >3d ask #vip"):
        entry = said(typed)
        assert (traded(entry), entry.note, entry.findings) == ([record], line, ())
        assert entry.spans[0].kind == "told"
    assert traded(parse_line(line, TODAY, trade=with_record(Trade(), record))) == []


@pytest.mark.parametrize(
    "line",
    ["sent DHL 562729", "PI sent", "PI20240517-A 3 pages", "FOB price too high", "FOB since 2019", "DHL lost it"],
)
def test_what_only_mentions_trade_records_nothing(line: str) -> None:
    assert traded(said(line)) == []


def test_a_record_that_is_known_stays_in_the_note() -> None:
    known = Trade(invoices=(Invoice("PI 20240517-A", TODAY, "USD", 428_000, id=1),))
    entry = parse_line("again $PI20240517-A USD 4280 @wa", TODAY, trade=known)
    assert (traded(entry), entry.note) == ([], "again $PI20240517-A USD 4280")
    assert "in the book already" in str(entry.findings[0])


@given(st.permutations(MARKS))
def test_the_order_of_marks_does_not_matter(marks: list[str]) -> None:
    first = said("sent PI " + " ".join(MARKS))
    entry = said("sent PI " + " ".join(marks))
    assert meaning(entry) | {"records": set(entry.records)} == meaning(first) | {"records": set(first.records)}
    assert entry.note == first.note == "sent PI"


def test_a_note_may_stand_between_the_marks_whose_words_end() -> None:
    for marks in permutations(["@wa", "!hot", "#x"]):
        entry = said(f"sent {marks[0]} PI {marks[1]} again {marks[2]}")
        assert entry.note == "sent PI again"
        assert (entry.channel, entry.temperature, entry.tags) == ("whatsapp", "hot", ("x",))


WORDS = st.sampled_from(
    [
        "sent PI",
        "wants 3000",
        "发PI",
        "问付款",
        "a@b.com",
        "C#",
        "x>y",
        "50!",
        "DHL #562729",
        "PI20240517-A USD 4280",
        "$DHL 562729 3 specs",
        "$海运 宁波-汉堡 12/20离港",
        "@Anna",
        ">50 pcs",
        "$abc",
        "=no",
    ]
)
LINES = st.lists(st.one_of(st.sampled_from(MARKS), WORDS), max_size=8).map(" ".join)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@given(LINES)
def test_full_width_and_ascii_are_read_alike(line: str) -> None:
    ascii_entry, wide_entry = said(line), said(line.translate(FULL_WIDTH))
    assert fold_width(wide_entry.note) == fold_width(ascii_entry.note)
    assert [span.kind for span in wide_entry.spans] == [span.kind for span in ascii_entry.spans]
    exact = ("channel", "tags", "untag", "temperature", "stage", "next_on")
    assert [getattr(wide_entry, name) for name in exact] == [getattr(ascii_entry, name) for name in exact]
    assert fold_width(wide_entry.next_action) == ascii_entry.next_action
    assert [type(it) for it in traded(wide_entry)] == [type(it) for it in traded(ascii_entry)]


TYPED = st.one_of(st.text(), st.text(alphabet="＞>#＃@！!=＝$-−,，。、 \t\n3d5/天微信hotwaABC无热0.8é\u0301"), LINES)


@settings(max_examples=300)
@given(TYPED)
def test_nothing_typed_is_lost(line: str) -> None:
    entry = said(line)
    inside = [line[span.start : span.end] for span in entry.spans]
    assert "".join("".join(inside).split()) == "".join(line.split())
    assert all(a.end <= b.start for a, b in zip(entry.spans, entry.spans[1:], strict=False))
    noted = "".join(line[s.start : s.end] for s in entry.spans if s.kind in ("note", "told", "problem"))
    assert "".join(noted.split()) == "".join(entry.note.split())


@given(TYPED)
def test_what_stays_in_the_note_as_a_problem_is_pointed_out(line: str) -> None:
    entry = said(line)
    assert len(entry.findings) >= sum(span.kind == "problem" for span in entry.spans)


@pytest.mark.parametrize(
    "piece",
    ["#a ", "> x ", "@wa ", "=lost ", ">3d x", "$0.86 ", "x", "，", "#价", "!热", "-# ", "$FOB ", "$paid $1 ", "$PI1 "],
)
def test_a_pasted_page_is_read_in_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        line = piece * (length // len(piece))
        started = time.process_time()
        said(line)
        return time.process_time() - started

    eighth = min(seconds(12_500), seconds(12_500))
    assert seconds(100_000) < 30 * eighth + 0.1
