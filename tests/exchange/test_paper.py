"""Pages to print: nothing in the data gets out of its cell, and text stays in its columns."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session, days_ago, in_days
from tests.screen import HOSTILE, in_chinese, is_harmless
from tui_crm.cli.paper_text import WIDTH, text
from tui_crm.cli.table import cells
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Contact, Quote, Reach
from tui_crm.exchange.paper import html
from tui_crm.usecases import exporting, printing, trade
from tui_crm.usecases.session import Session

EVIL = ("<script>alert(1)</script>", '</td></tr></table><img src=x onerror="x">', "&lt;b&gt;", "</title><p>", *HOSTILE)
OURS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "section",
        "h1",
        "h2",
        "p",
        "dl",
        "div",
        "dt",
        "dd",
        "bdi",
        "span",
    ),
    *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "b", "small"),
}


class Seen(HTMLParser):
    """What a browser makes of a page: tags, each closed in order, attributes, text."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.said = ""
        self._open: list[str] = []
        self.feed(document)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        if tag not in ("meta", "col"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


def evil_book(tmp_path: Path) -> Session:
    session = a_session(tmp_path)
    for evil in EVIL:
        people = (Contact(evil, evil, (Reach("phone", "+49 170 1234567"), Reach("wechat", evil)), True),)
        customer = a_customer(
            session, "hot", name=evil[:200], city=evil[:60], remarks=evil, needs=evil, promised=days_ago(1), action=evil,
            last_contact=days_ago(1), contacts=people, tags=("a<b",),
        )  # fmt: skip
        trade.add(session, customer, Quote(days_ago(3), "USD", 8600, "FOB", evil[:60], "pc", 5000, evil[:60]))
    return session


def test_no_text_becomes_anything_but_text(tmp_path: Path) -> None:
    session = evil_book(tmp_path)
    exporting.export(session, tmp_path / "cards.html")
    cards = (tmp_path / "cards.html").read_text()
    for document in (
        cards,
        *("".join(html([page], page.title)) for page in (printing.today(session), printing.quotes(session))),
    ):
        seen = Seen(document)
        assert seen.tags <= OURS
        assert seen.attributes <= {"lang", "charset", "http-equiv", "content", "name", "style", "class"}
        assert is_harmless(document)
        for evil in EVIL[:4]:
            assert evil in seen.said
    assert cards.count("<section>") == len(EVIL)


def test_the_plain_text_keeps_to_its_width_in_both_languages(tmp_path: Path) -> None:
    session = evil_book(tmp_path)
    with in_chinese():
        pages = [printing.today(session), printing.quotes(session), printing.card(session, 1)]
        lines = [line for page in pages for line in text(page)]
    assert max(map(cells, lines)) <= WIDTH
    assert all(map(is_harmless, lines))
    assert "今日跟进" in lines


def test_the_agenda_says_whom_to_call_and_leaves_room(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, "hot", name="Firma", promised=days_ago(2), action="call about the PI", last_contact=days_ago(4))
    a_customer(session, name="Later", promised=in_days(2))
    said = "\n".join(text(printing.today(session)))
    assert "[ ]  Firma" in said
    assert "____" in said
    assert "Later" not in said
    for part in ("call about the PI", "2!", "Anna Schmidt", "2026-11-14", "1 customer"):
        assert part in said


def test_sums_of_quotes_are_by_currency_and_without_those_that_ended(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Firma")
    for quote in (
        Quote(days_ago(3), "USD", 8600, moq=5000),
        Quote(days_ago(3), "EUR", 20000, quantity=100),
        Quote(days_ago(30), "USD", 990000, moq=1000, valid_until=days_ago(1)),
        Quote(days_ago(3), "USD", 990000, moq=1000, status="rejected"),
    ):
        trade.add(session, customer, quote)
    said = "\n".join(text(printing.quotes(session)))
    assert "3 quotes" in said
    assert "sum USD 4,300.00" in said
    assert "sum EUR 200.00" in said
    assert "expired" in said
    with pytest.raises(Problem):
        printing.quotes(session, [a_customer(session)])


def test_a_long_list_is_cut_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = a_session(tmp_path)
    monkeypatch.setattr(printing, "MOST", 2)
    for _ in range(3):
        a_customer(session, promised=days_ago(1))
    assert printing.today(session).remark == "The first 2 of 3."
    assert printing.found(session, "").remark == "The first 2 of 3."
