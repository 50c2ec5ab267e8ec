"""What the search line offers to go on with, and what it says where nobody is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import TODAY, a_customer, a_session, days_ago
from tests.screen import in_chinese
from tui_crm.i18n import tell
from tui_crm.usecases import advising, completing, finding, logging
from tui_crm.usecases.session import Session


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A book to be read only."""
    session = a_session(tmp_path_factory.mktemp("book"))
    first = a_customer(session, "hot", name="Müller GmbH", tags=("price", "vip"), last_contact=days_ago(3))
    a_customer(session, "cold", name="大华", country="CN", tags=("price", "price-sensitive", "价敏感"), owner="李四")
    a_customer(session, "cold", name="Nordic", country="DK", grade="C", tags=("trade fair",))
    a_customer(session, "hot", name="Gone", country="FR", tags=("gone",), archived=True)
    logging.log(session, first, "asked for the drawing of the gearbox")
    return session


def offers(session: Session, line: str, cursor: int | None = None) -> list[str]:
    known = completing.known(session)
    return [offer.text for offer in completing.completions(known, line, cursor or len(line), TODAY).offers]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("#", ["price", "gone", "price-sensitive", '"trade fair"', "vip", "价敏感"]),
        ("#pri", ["price", "price-sensitive"]),
        ("#价", ["价敏感"]),
        ("#jia", ["价敏感"]),
        ("＃jia", ["价敏感"]),
        ("müller #v", ["vip"]),
        ("-#price,v", ["vip"]),
        ("#price", ["price-sensitive"]),
        ('#"trade', ['"trade fair"']),
        ("t:", ["hot", "potential", "cold", "existing", "sample"]),
        ("t:h", ["hot"]),
        ("t:热", []),
        ("温度:", ["热", "潜力", "冷", "老客户", "样品"]),
        ("温度：leng", ["冷"]),
        ("t:hot", []),
        ("t:hot,c", ["cold"]),
        ("c:", ["CN", "DK", "FR", "DE"]),
        ("c:Germ", ["DE"]),
        ("国家:德", ["DE"]),
        ("c:DE", []),
        ("la", ["late:", "last:"]),
        ("dua", []),
        ("vi", ["#vip"]),
        ("owner:", ["me", "李四"]),
        ("due:<", ["<=today", "<=7d"]),
        ("到期:<", ["<=今天", "<=7天", "<=月底"]),
        ("quote:", ["open"]),
        ("no:", ["next"]),
        ("t:hto", ["t:hot"]),
        ("temprature:hot", ["temperature:hot"]),
        ("c:Germny", ["c:DE"]),
        ("", []),
        ("t:hot ", []),
        ("xyzzy", []),
    ],
)
def test_what_a_line_could_go_on_with(book: Session, line: str, offered: list[str]) -> None:
    assert offers(book, line) == offered


def test_an_offer_says_what_it_is(book: Session) -> None:
    known = completing.known(book)

    def first(line: str) -> tuple[str, str]:
        return completing.completions(known, line, len(line), TODAY).offers[0]

    assert first("#pri") == ("price", "2")
    assert first("c:den") == ("DK", "Denmark")
    assert first("due:<") == ("<=today", "due by Wed 18 Nov")
    assert first("la") == ("late:", "late:>7 (days)")
    assert first("st:quo") == ("quoted", "已报价")
    with in_chinese():
        assert first("st:quo") == ("quoted", "已报价")
        assert first("阶段:已报") == ("已报价", "quoted")


def test_an_offer_stands_where_the_cursor_is(book: Session) -> None:
    line = "foo t:h and more"
    found = completing.completions(completing.known(book), line, 7, TODAY)
    assert (found.start, found.typed, found.offers[0].text) == (6, "h", "hot")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='"#-:,<>=*^()%_\\ tgcdue大华müller1：＃', max_size=30))
def test_whatever_is_offered_for_any_text_is_understood(book: Session, line: str) -> None:
    found = completing.completions(completing.known(book), line, len(line), TODAY)
    assert line[found.start :] == found.typed or found.kind == "mend"
    for offer in found.offers[:3]:
        taken = finding.find(book, line[: found.start] + offer.text, 1)
        assert offer.text.endswith(":") or len(taken.query.findings) <= len(finding.find(book, line, 1).query.findings)


# Where nobody is found ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#pricy", "No customer has the tag #pricy. Did you mean #price?"),
        ("#zzz", "No customer has the tag #zzz. # alone lists all tags."),
        ("gearbux", "“gearbux” is in no name, person, address, tag or log. “gearb” finds 1."),
        ("xyzzy", "“xyzzy” is in no name, person, address, tag or log."),
        ("c:US", "There is no such customer: country: United States."),
        ("t:hot c:CN", "Without “t:hot” it finds 1. Without “c:CN” it finds 1."),
        ("-t:hot,cold,potential,existing,sample", "Everybody is left out by “-t:hot,cold,potential,existing,sample”."),
        ("c:FR", "There is no such customer: country: France. 1 archived would be found: add is:archived."),
        ("NEAR(foo", "“NEAR(foo” is searched as a word. Leave it out: words are found wherever they stand."),
        (
            "müller AND nordic",
            "“AND” is searched as a word. Leave it out: all words have to be found anyway.",
        ),
        ("name:müller", "“müller” alone finds 1."),
        ("c:Atlantis", ""),
        ("(" * 5000, "Type a name, a phone number, a word of the log, a #tag or a filter such as t:hot."),
        ("x" * 1_000_000, f"“{'x' * 40}…” is in no name, person, address, tag or log."),
        ("xyzzy .*", "“xyzzy” is in no name, person, address, tag or log."),
        ("\x1b[2J", "“␛[2J” is in no name, person, address, tag or log."),
    ],
)
def test_nobody_is_found_for_a_reason(book: Session, line: str, said: str) -> None:
    result = finding.find(book, line)
    assert result.rows == ()
    advice = advising.advice(book, result.query, completing.known(book))
    assert " ".join(tell(message) for message in advice) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#", "“#” goes on with a tag (#price-sensitive); all are listed as you type."),
        ("-＃", "“-＃” goes on with a tag (#price-sensitive); all are listed as you type."),
        ('"', '“"” goes on with words to be found just as they are written, such as “deposit paid”.'),
        ("-", "“-” goes on with what is to be left out, such as -#price-sensitive."),
        ("due:<=", "To filter, write due:today, due:<fri or due:>5/6."),
        (
            "due:2026-02-30",
            "“due:2026-02-30” is searched as a word. “2026-02-30” is on no calendar: check day, month and year.",
        ),
        (
            "到期:>2月30日",
            "“到期:>2月30日” is searched as a word. “2月30日” is on no calendar: check day, month and year.",
        ),
        ("tmp:hot", "There is no filter “tmp:”. Did you mean temp:hot? “tmp:hot” is searched as a word."),
        (
            "name:",
            "There is no filter “name:”, so “name:” is searched as a word. "
            "Filters: tag: t: g: st: c: ch: owner: due: late: last: quote: sample: no: is:.",
        ),
        ("，。!", "“，。!” has no letter or digit to search for."),
        (
            "(" * 5000,
            f"Only the first 2000 characters are searched for. “{'(' * 40}…” has no letter or digit to search for.",
        ),
    ],
)
def test_what_is_not_understood_is_pointed_out(book: Session, line: str, said: str) -> None:
    assert " ".join(tell(finding) for finding in finding.find(book, line).findings) == said
