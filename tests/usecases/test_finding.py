"""The search line over a whole book, and the one customer a script means."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, noon
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.names import query_words
from tui_crm.domain.query import LONGEST_LINE
from tui_crm.domain.query_words import FIELDS
from tui_crm.domain.quicklog import parse_line
from tui_crm.domain.text import clean, fold
from tui_crm.domain.values import Contact, Customer, NextStep, Reach, Sample
from tui_crm.store import writing
from tui_crm.usecases import cards, customers, finding, logging, trade
from tui_crm.usecases.session import Session

MUELLER, DAHUA, NORDIC, OST, RASHID, ZAVOD, GONE = (
    "Müller Werkzeugbau GmbH", "深圳市大华进出口有限公司", "Nordic Supply ApS", "Østergård Trading", "Al-Rashid Trading",
    "ООО Завод Металл", "Archived Müller Ltd",
)  # fmt: skip
EVERYONE = {MUELLER, DAHUA, NORDIC, OST, RASHID, ZAVOD}


def person(name: str, *reaches: tuple[str, str]) -> tuple[Contact, ...]:
    return (Contact(name, reaches=tuple(Reach(*reach) for reach in reaches), main=True),)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A book to be read only: one customer for each kind of question."""
    session = a_session(tmp_path_factory.mktemp("book"))
    juergen = person("Jürgen Groß", ("email", "j.gross@mueller-bau.example"), ("phone", "+49 170 1234567"))
    juergen = (replace(juergen[0], position="chief buyer"),)
    mueller = a_customer(
        session, "hot", name=MUELLER, grade="S", stage="quoted", city="Köln", tags=("price",), contacts=juergen
    )
    wang = person("王小明", ("wechat", "wxm_dahua"), ("phone", "+86 138 0013 8000"))
    dahua = a_customer(
        session, "potential", name=DAHUA, grade="A", country="CN", city="深圳", tags=("价敏感", "price-sensitive"), contacts=wang,
        last_contact=days_ago(10), promised=in_days(2), action="催款",
    )  # fmt: skip
    nordic = a_customer(
        session, "cold", name=NORDIC, grade="C", country="DK", owner="李四", contacts=person("Bo", ("email", "bo@x.example")),
        last_contact=days_ago(40), remarks="pays 100% in advance, C# shop, 50_50",
    )  # fmt: skip
    a_customer(
        session, "sample", name=OST, grade="", country="DK", stage="paused", paused_until=in_days(30), contacts=(),
        created_on=days_ago(3),
    )  # fmt: skip
    a_customer(session, "hot", name=RASHID, country="SA", stage="lost", contacts=(), last_contact=days_ago(90))
    zavod = a_customer(
        session, "existing", name=ZAVOD, country="RU", contacts=person("Юлия"), needs="шестерни и валы", tags=("b2b",)
    )
    a_customer(session, "hot", name=GONE, archived=True, tags=("price",), last_contact=days_ago(9))
    logging.log(session, mueller, "asked for the drawing of the gearbox @wa $FOB Ningbo 1.25/100", noon(days_ago(9)))
    logging.log(session, mueller, "问付款方式，要提单 >none waits", noon(days_ago(9)))
    with session.operation(Message("test")):
        writing.set_next_step(session.book, mueller, None, "me")
        writing.set_next_step(session.book, nordic, NextStep(days_ago(3), "send the catalogue", by_hand=True), "me")
    logging.log(session, zavod, "просят каталог @fair >none ждут бюджет", noon(TODAY))
    trade.add(session, dahua, Sample(shipped_on=days_ago(3)))
    return session


def names(session: Session, line: str) -> list[str]:
    return [row.name for row in finding.find(session, line).rows]


# Words ----------------------------------------------------------------------------------------------------------------

WORDS = {
    MUELLER: (
        "müller muller mueller MÜLLER mÜl werkzeug wErKzEuGbAu gmbh köln koeln koln jürgen juergen jurgen groß gross "
        "j.gross@mueller-bau.example mueller-bau gearbox GEARBOX draw 付款 付款方式 提单 tidan 1234567 +491701234567 "
        "01701234567 00491701234567 4567 170"
    ),
    DAHUA: "大华 深圳 深圳市大华进出口有限公司 华 进出口 dahua DaHua shenzhen sz szsdh dh dahuajinchukou 王小明 小明 wangxiaoming wxm "
    "wxm_dahua 13800138000 +8613800138000 138 0138000 价敏感 jiamingan price-sensitive",
    NORDIC: "nordic SUPPLY advance bo@x.example 100% c# 50_50",
    OST: "østergård ostergard oestergaard OSTERGÅRD øster",
    RASHID: "al-rashid rashid RASHID",
    ZAVOD: "завод ЗАВОД металл юлия ЮЛИЯ шестерни каталог просят ката",
}  # fmt: skip


@pytest.mark.parametrize(("word", "name"), [(word, name) for name, words in WORDS.items() for word in words.split()])
def test_a_word_finds_names_people_addresses_and_notes_in_any_script_and_spelling(
    book: Session, word: str, name: str
) -> None:
    assert name in names(book, word)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("trading", {OST, RASHID}),
        ("müller gearbox", {MUELLER}),
        ("gearbox 付款", {MUELLER}),
        ("gearbox каталог", set()),
        ("drawing,gearbox", {MUELLER}),
        ("大华 王小明 138", {DAHUA}),
        ('"the gearbox"', {MUELLER}),
        ('"gearbox the"', set()),
        ('"付款方式"', {MUELLER}),
        ('"进出口有限"', {DAHUA}),
        ('"100% in"', {NORDIC}),
        ('"50_50"', {NORDIC}),
        ('"chief buyer"', {MUELLER}),
        ('"buyer chief"', set()),
        ('"1_0% in"', set()),
        ("华大", set()),
        ("xyzzy", set()),
        ("archived", set()),
    ],
)
def test_all_words_have_to_be_there(book: Session, line: str, found: set[str]) -> None:
    assert set(names(book, line)) == found


def test_a_name_that_begins_so_comes_first(book: Session) -> None:
    assert names(book, "müller") == [MUELLER]
    assert names(book, "müller is:archived") == [GONE]
    assert names(book, "dahua")[0] == DAHUA


# Filters --------------------------------------------------------------------------------------------------------------

FILTERS = [
    ("", EVERYONE),
    ("#price", {MUELLER}),
    ("#pri", {MUELLER, DAHUA}),
    ("#PRICE-S", {DAHUA}),
    ("#价敏感", {DAHUA}),
    ("＃价敏感", {DAHUA}),
    ("#price,b2b", {MUELLER, ZAVOD}),
    ("#price #b2b", set()),
    ("#价敏感 #price-sensitive", {DAHUA}),
    ("tag:b2b", {ZAVOD}),
    ("-#price", EVERYONE - {MUELLER}),
    ("#unheard", set()),
    ("t:hot", {MUELLER, RASHID}),
    ("温度：热", {MUELLER, RASHID}),
    ("t:cold,existing", {NORDIC, ZAVOD}),
    ("-t:hot", EVERYONE - {MUELLER, RASHID}),
    ("g:S,A", {MUELLER, DAHUA}),
    ("g:s", {MUELLER}),
    ("st:quoted", {MUELLER}),
    ("阶段:已报价", {MUELLER}),
    ("st:new -c:DK", {DAHUA, ZAVOD}),
    ("c:DE", {MUELLER}),
    ("c:Germany", {MUELLER}),
    ("国家:德国", {MUELLER}),
    ("c:dk,sa", {NORDIC, OST, RASHID}),
    ("ch:wa", {MUELLER}),
    ("ch:微信", set()),
    ("ch:展会", {ZAVOD}),
    ("owner:me", EVERYONE - {NORDIC}),
    ("owner:李四", {NORDIC}),
    ("负责人:我", EVERYONE - {NORDIC}),
    ("due:today", set()),
    ("due:<today", {MUELLER, NORDIC}),
    ("due:<=fri", {MUELLER, NORDIC, DAHUA}),
    ("due:fri", {DAHUA}),
    ("due:>today", {DAHUA, OST}),
    ("due:>=12/18", {OST}),
    ("到期:<明天", {MUELLER, NORDIC}),
    ("late:>3", {MUELLER}),
    ("late:3", {MUELLER, NORDIC}),
    ("late:=3", {NORDIC}),
    ("late:>1w", set()),
    ("last:>30d", {NORDIC, RASHID, OST}),
    ("last:>30d -st:lost", {NORDIC, OST}),
    ("last:<2w", {MUELLER, DAHUA, ZAVOD}),
    ("last:=9", {MUELLER}),
    ("last:<11/1", {NORDIC, RASHID, OST}),
    ("上次:>1个月", {NORDIC, RASHID, OST}),
    ("quote:open", {MUELLER}),
    ("-quote:open", EVERYONE - {MUELLER}),
    ("sample:waiting", {DAHUA}),
    ("no:next", {MUELLER, RASHID, ZAVOD}),
    ("-no:next", {DAHUA, NORDIC, OST}),
    ("is:archived", {GONE}),
    ("is:lost", {RASHID}),
    ("is:paused", {OST}),
    ("是:暂停", {OST}),
    ("is:overdue", {MUELLER, NORDIC}),
    ("-is:lost -is:paused", EVERYONE - {RASHID, OST}),
    ("is:archived #price", {GONE}),
    ("t:hot müller", {MUELLER}),
    ("t:hot -müller", {RASHID}),
    ("-gearbox", EVERYONE - {MUELLER}),
    ('-"the gearbox"', EVERYONE - {MUELLER}),
    ('-"gearbox the"', EVERYONE),
    ('-"chief buyer"', EVERYONE - {MUELLER}),
    ("-大华 c:cn", set()),
    ("-trading c:dk", {NORDIC}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "found"), FILTERS)
def test_every_filter_finds_its_customers(book: Session, line: str, found: set[str]) -> None:
    result = finding.find(book, line)
    assert {row.name for row in result.rows} == found
    assert result.findings == ()
    assert not result.more


def test_every_field_is_asked_in_the_table_above() -> None:
    asked = {field.name for field in FIELDS if any(f"{n}:" in line for n in field.names for line, _ in FILTERS)}
    assert asked == {field.name for field in FIELDS}


@pytest.mark.parametrize(
    "word", ["müller", "gearbox", "trading", "大华", "付款", "1234567", "xyzzy", "юлия", "shenzhen"]
)
def test_a_word_and_its_negation_part_the_book(book: Session, word: str) -> None:
    found, others = set(names(book, word)), set(names(book, f"-{word}"))
    assert found | others == EVERYONE
    assert found & others == set()


def test_without_words_the_most_urgent_come_first(book: Session) -> None:
    rows = finding.find(book, "").rows
    due = [row for row in rows if row.due_on is not None and row.due_on <= TODAY]
    assert list(rows[: len(due)]) == due
    assert [row.score for row in due] == sorted((row.score for row in due), reverse=True)
    later = [row.due_on for row in rows[len(due) :] if row.due_on is not None]
    assert later == sorted(later)


def test_only_the_first_are_fetched_and_the_rest_is_told_of(book: Session) -> None:
    result = finding.find(book, "", 2)
    assert (len(result.rows), result.more) == (2, True)
    assert finding.find(book, "trading", 1).more
    assert not finding.find(book, "trading", 2).more


@pytest.mark.parametrize(
    "line", ["t:tepid", "c:Atlantis", "due:someday", "late:very", "last:long", "nosuch:thing", "st:", "is:happy"]
)
def test_a_filter_that_is_not_understood_is_pointed_out(book: Session, line: str) -> None:
    assert len(finding.find(book, line).findings) == 1


def test_the_question_is_told_in_words(book: Session) -> None:
    told = [str(message) for message in finding.find(book, "müller t:hot -#b2b").meaning]
    assert told == ["with “müller”", "temperature: hot", "tag: not b2b"]


HOSTILE = (
    '"', '""', "'", "NEAR(", "NEAR(a b)", "name:", "terms:a", "a AND", "OR", "NOT", "a OR b", "^", "^a", "*", "a*", "(", "(" * 5000,
    "'; drop table customer;--", "\x00", "a\x00b", "%", "_", "\\", "{a}", "[/nope] [", "\x1b[2J", "\ud800x", "#", "#,", "-", "--",
    '-"', "#'", "t:'", "due:<", "late:>99999m", "last:>99999m", "last:<99999m", "due:>9999-12-31", "late:99999", "x" * 9000,
    "a " * 3000, "#" * 300, "é" * 300, "\u202e", "👨‍👩‍👧‍👦", '"%_\\', "𠀀", "ﷺ" * 100, "g:" + "A," * 500,
)  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("sign", ["", "-", "t:hot ", "müller "])
def test_nothing_typed_breaks_the_search(book: Session, line: str, sign: str) -> None:
    result = finding.find(book, sign + line)
    assert {row.name for row in result.rows} <= EVERYONE
    assert len(result.query.text) <= LONGEST_LINE
    assert all(str(message) for message in (*result.meaning, *result.findings))


@pytest.mark.parametrize(
    "line",
    ['"', "#", "-", "%", "_", "^", "!!!", "（）", "、。", "(" * 5000, "'; --", "müller %", "a " * 600_000, "due:2026-02-30", "name:x", "t:("],
    ids=range(16),
)  # fmt: skip
def test_what_cannot_be_searched_for_is_said(book: Session, line: str) -> None:
    result = finding.find(book, line)
    assert result.findings
    assert finding.count(book, line) == len(result.rows)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30) | st.text(alphabet='"#-:,<>=*^()%_\\ tgcdue大华müller1', max_size=30))
def test_no_text_breaks_the_search(book: Session, line: str) -> None:
    finding.find(book, line)


# What was put in can be found again -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return a_session(tmp_path_factory.mktemp("growing"))


ALPHABETS = (
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("aäöüßéøłIıİñ 深圳大华市重银长乐了 ёЯяїґ αΩς 한국어 ไทย हिन्दी عربي עברית カタカナ 0129-_'’.@/"),
)
TEXTS = st.one_of([st.text(letters, min_size=1, max_size=40) for letters in ALPHABETS])


def first_word(text: str) -> str:
    """The first word with something in it to search for, as a user would type it; one that a sign stands before which is
    itself letters (㍱ is hPa) is the end of a word."""
    begins = (word for word in re.findall(r"\w+", text) if re.search(rf"(?<!\w){re.escape(fold(word))}", fold(text)))
    return next((word for word in begins if query_words(word)), "")


def found(session: Session, word: str) -> list[int]:
    return [row.id for row in finding.find(session, word, None).rows]


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_what_was_logged_is_found_by_its_first_word(growing: Session, text: str) -> None:
    entry = parse_line(clean(text), growing.today)
    word = first_word(entry.note)
    assume(word and not entry.stage)
    customer = a_customer(growing, name="Zzz", contacts=())
    logging.log(growing, customer, text)
    assert customer in found(growing, word)


@settings(max_examples=80, deadline=None)
@given(TEXTS, st.sampled_from(["name", "city", "buys", "needs", "remarks", "industry", "person", "tag"]))
def test_what_was_added_is_found_by_its_first_word(growing: Session, text: str, field: str) -> None:
    word = first_word(clean(text))
    assume(word and clean(text))
    told = Customer("Zzz", "DE", remarks="nothing", contacts=(Contact("Nobody"),))
    typed: dict[str, dict[str, object]] = {
        "person": {"contacts": (Contact(text),)},
        "tag": {"tags": (text,)},
    }
    fields = {name: getattr(told, name) for name in ("name", "country", "remarks", "contacts")}
    added = customers.add_customer(growing, Customer(**fields | typed.get(field, {field: text})))  # type: ignore[arg-type]
    assert added.id in found(growing, word)


# The one --------------------------------------------------------------------------------------------------------------


def test_the_one_is_named_by_uid_name_or_a_search_that_finds_one(book: Session) -> None:
    mueller = finding.the_one(book, MUELLER)
    assert mueller.name == MUELLER
    assert finding.the_one(book, mueller.uid) == finding.the_one(book, f" {mueller.uid} ") == mueller
    assert finding.by_uid(book, mueller.uid) == mueller
    for said in ("müller werkzeugbau gmbh", "gearbox", "t:hot -st:lost", "1234567"):
        assert finding.the_one(book, said).id == mueller.id
    assert finding.the_one(book, "dahua").name == DAHUA


def test_an_archived_one_is_named_whole(book: Session) -> None:
    gone = finding.the_one(book, GONE)
    assert gone.archived
    assert finding.the_one(book, gone.uid) == gone
    assert finding.the_one(book, "is:archived").id == gone.id
    with pytest.raises(Problem):
        finding.the_one(book, "archived")


def test_several_are_named(book: Session) -> None:
    with pytest.raises(finding.SeveralFound) as several:
        finding.the_one(book, "trading")
    assert {row.name for row in several.value.rows} == {OST, RASHID}


@pytest.mark.parametrize("text", ["", "  ", "xyzzy", "\x00", '"', "\ud800", "t:tepid", "Müller Werkzeugbau AG x"])
def test_none_is_a_problem(book: Session, text: str) -> None:
    with pytest.raises(Problem):
        finding.the_one(book, text)


def test_a_name_that_looks_like_a_search_or_is_part_of_others(tmp_path_factory: pytest.TempPathFactory) -> None:
    session = a_session(tmp_path_factory.mktemp("names"))
    for name in ("c:DE Trading", "Acme", "Acme Tools", "Acme Trading", "#1 Tools"):
        a_customer(session, name=name)
    for name in ("c:DE Trading", "Acme", "ACME", "#1 tools"):
        assert finding.the_one(session, name).name.casefold() == name.casefold()
    twins = [a_customer(session, name="Bolt", archived=archived) for archived in (True, False)]
    assert finding.the_one(session, "bolt").id == twins[1]
    a_customer(session, name="BOLT")
    with pytest.raises(finding.SeveralFound):
        finding.the_one(session, "bolt")


def test_tags_are_counted_most_used_first(book: Session) -> None:
    assert finding.tags(book) == [("price", 2), ("b2b", 1), ("price-sensitive", 1), ("价敏感", 1)]


def test_a_found_row_is_the_card_of_its_customer(book: Session) -> None:
    (row,) = finding.find(book, "大华").rows
    assert cards.card(book, row.id).row == row
