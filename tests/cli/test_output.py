"""What reaches the terminal: aligned, cut to its width, and without a byte that could steer it."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.cli import output
from tui_crm.cli.table import Column, cells, cut, table, wrapped
from tui_crm.domain.messages import Message
from tui_crm.domain.priority import Engine
from tui_crm.store.book import Book

from .conftest import Crm

HOSTILE = [
    "\x1b[2J", "\x1b]0;pwned\x07", "\x1b]52;c;cm0gLXJm\x1b\\", "\x1b]8;;http://evil\x1b\\x", "\x1bP+q544e\x1b\\", "\x1b[6n",
    "\x9b2J", "\x9d0;x\x9c", "\x85", "\x7f", "good\rEVIL", "a\nb", "a\tb", "\u202egnp.exe", "\u2066x\u2069", "\ufeffx",
    "\U000e0041", "\u2028", "e" + "\u0301" * 200, "👨‍👩‍👧‍👦", "[/nope] [", "[link=http://evil]y[/link]", "{name}", "%s", '"\\',
]  # fmt: skip
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


@pytest.fixture
def hostile_book(crm: Crm, add: Callable[..., str], home: Path) -> list[str]:
    """A book whose rows hold what no cleaning would let in, as a damaged or foreign file might."""
    uids = [add(f"Nord {number}", "--contact", "Anna", "--tag", "vip") for number, _text in enumerate(HOSTILE)]
    for uid in uids:
        crm("log", uid, "call >1d action $FOB Shenzhen 0.86")
    book = Book(home / "book.db", Engine())
    with book.operation("\x1b[2J", datetime.now(UTC), Message("\x1b]0;pwned\x07")):
        for uid, text in zip(uids, HOSTILE, strict=True):
            book.run("UPDATE customer SET name = ?, city = ?, remarks = ?, owner = ?, custom = ? WHERE uid = ?",
                     (text, text, text, text, json.dumps({text: text}), uid))  # fmt: skip
            (customer,) = book.rows("SELECT id FROM customer WHERE uid = ?", (uid,))[0]
            for column in ("contact.name", "activity.note", "activity.author", "next_step.action", "quote.place"):
                relation, _dot, name = column.partition(".")
                book.run(f"UPDATE {relation} SET {name} = ? WHERE customer_id = ?", (text, customer))
        book.run("UPDATE tag SET name = ?", ("".join(HOSTILE),))
    book.close()
    return uids


def test_no_value_from_data_steers_the_terminal(crm: Crm, hostile_book: list[str]) -> None:
    readers = [("due",), ("find", ""), ("history",), *((verb, uid) for verb in ("show", "why") for uid in hostile_book)]
    for words in readers:
        for format in ((), ("--json",)):
            answer = crm(*words, *format, today="2026-12-01")
            assert answer.code == 0
            assert not CONTROL.search(answer.out), words
            assert format == () or json.loads(answer.out)
    several = crm("show", "c:DE")
    assert several.code == 2
    assert not CONTROL.search(several.err)


def test_json_gives_the_text_back_as_it_is(crm: Crm, hostile_book: list[str]) -> None:
    for uid, text in zip(hostile_book, HOSTILE, strict=True):
        card = crm("show", uid, "--json").json
        assert (card["name"], card["contacts"][0]["name"], card["activities"][0]["note"]) == (text, text, text)
        assert card["custom"] == {text: text}


def test_columns_align_by_cells(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("Müller", "DE"), ("深圳汇通", "CN"), ("e\u0301a", "FR")]
    table([Column("name", 4), Column("land")], rows)
    lines = capsys.readouterr().out.splitlines()
    starts = {cells(line[: line.index(land)]) for line, land in zip(lines, ("land", "DE", "CN", "FR"), strict=True)}
    assert starts == {10}  # eight cells of 深圳汇通 and the gap


def test_a_column_without_content_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    table([Column("name"), Column("grade"), Column("land")], [("a", "", "DE")])
    assert capsys.readouterr().out == "name  land\na     DE\n"


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)


@given(texts, st.integers(1, 40))
def test_cut_text_fits_and_says_so(text: str, width: int) -> None:
    short = cut(text, width)
    assert cells(short) <= width
    assert short == text if cells(text) <= width else short.endswith("…") and text.startswith(short[:-1])


@given(texts, st.integers(2, 40))
def test_wrapped_text_fits_and_loses_only_blanks(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=5), st.integers(10, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setenv("COLUMNS", str(width))
        patch.setattr(output, "show", lambda shown: lines.extend(text for text, _look in shown))
        table([Column("one", 5), Column("two", 5, right=True), Column("three", 5, wraps=True)], rows)
    assert all(cells(line) <= width for line in lines)
    assert not any(unicodedata.category(char) == "Cc" for line in lines for char in line)
