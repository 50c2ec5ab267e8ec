"""Hostile text through every entrance and exit: stored as `clean` shows it, unchanged from then on, harmless wherever it goes."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.builders import TODAY, a_customer, a_session
from tests.exchange.sheets import DATA
from tui_crm import i18n
from tui_crm.cli import main as crm
from tui_crm.config import load_settings
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.money import format_price, format_sum
from tui_crm.domain.text import clean, escaped, visible
from tui_crm.domain.values import Contact, Customer
from tui_crm.exchange.encodings import decode
from tui_crm.exchange.tables import read_tables
from tui_crm.keymap import load_keymap
from tui_crm.themes import look_over
from tui_crm.usecases import backups, cards, customers, exporting, importing, logging
from tui_crm.usecases.json_books import apply_book, read_book
from tui_crm.usecases.session import Session

CORPUS = DATA / "4_torture/strings"
WORST = (
    "\x1b[2J", "\x1b]0;pwned\x07", "\x1b]52;c;cm0gLXJm\x1b\\", "\x1b]8;;http://evil\x1b\\x", "\x1bP+q544e\x1b\\", "\x1b[6n",
    "\x9b2J", "\x9d0;x\x9c", "a\x85b", "a\x7fb", "a\x00b", "good\rEVIL", "\u202egnp.exe", "\u2066x\u2069", "\ufeffx",
    "x\U000e0041", "a\u200bb", "a\u00adb", "e" + "\u0301" * 200, "👨‍👩‍👧‍👦", "[/nope] [", "[link=http://evil]y[/link]",
    "[@click=app.quit]x[/]", '"', "NEAR(", "a AND", "'; drop table customer;--", "=1+1", "=HYPERLINK(1)", "@SUM(1)", "+1+1", "-1+1",
    "\t=1", " =1", "＝1+1", "=cmd|' /C calc'!A0", "+49 170 1234567", "-5.00", "007", "123456789012345678", "{x}", "{0}", "{",
    "%s%n", "N" * 3000, "深圳" * 900, "../../etc/passwd", "NaN", "null", "true", "[]", '{"a":1}', "1e5", "\\u001b[2J", "\u2028x",
)  # fmt: skip
STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]")
FIELDS = ("city", "industry", "buys", "needs", "remarks", "competitors")


def corpus() -> list[str]:
    """Every string of the folder: naughty strings, formulas, and the literals of other projects' tests of width and escapes."""
    texts: list[str] = json.loads((CORPUS / "blns.json").read_text(encoding="utf-8"))
    for file in sorted(CORPUS.glob("*.txt")):
        source = file.read_text(encoding="utf-8")
        if file.name.endswith(".py.txt"):
            literals = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
            texts += [text for text in literals if isinstance(text, str)]
        else:
            texts += source.split("\n")
    for file in sorted(CORPUS.glob("*.md")):
        texts += [line.replace("<ESC>", "\x1b") for line in file.read_text(encoding="utf-8").split("\n")]
    return [text for text in dict.fromkeys(texts) if not re.search("[\ud800-\udfff]", text)]


def sources() -> Iterator[object]:
    yield pytest.param(lambda: WORST, id="worst")
    missing = pytest.mark.skipif(not CORPUS.exists(), reason="needs the shared data beside the checkout")
    yield pytest.param(corpus, id="corpus", marks=missing)


def stored(session: Session, texts: Sequence[str]) -> list[tuple[int, Customer]]:
    """Customers with these texts in all their fields, through the verb that a form uses: as given, with their id."""
    texts = [text for text in dict.fromkeys(texts) if clean(text)]
    rest, found = iter(texts), []
    while part := list(islice(rest, len(FIELDS) + 2)):
        part += ["x"] * (len(FIELDS) + 2 - len(part))
        given = Customer(
            f"{len(found)} {part[0]}"[:200], "DE", owner="me", **dict(zip(FIELDS, part[1:], strict=False)),
            contacts=(Contact(f"p {part[-1]}"[:100]),), created_on=TODAY,
        )  # fmt: skip
        found.append((customers.add_customer(session, given).id, given))
    return found


@pytest.mark.parametrize("texts", list(sources()))
def test_what_is_stored_is_what_was_shown_and_comes_back_unchanged(
    tmp_path: Path,
    texts: Callable[[], Sequence[str]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = a_session(tmp_path)
    given = stored(session, texts())
    for customer_id, customer in given:
        kept = cards.card(session, customer_id).customer
        for field in ("name", *FIELDS):
            said = clean(getattr(customer, field), lines=field in ("needs", "remarks"))
            assert getattr(kept, field).split() == said.split(), field
    assert logging.log(session, given[0][0], "x " + " ".join(texts()[:40])) is not None
    _comes_back(session, tmp_path)
    session.close()

    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    for words in (
        ["find", ""],
        ["find", "", "--json"],
        ["history"],
        ["report", "today"],
        ["export", "-"],
        ["show", "0", "--json"],
    ):
        crm(words, lambda *_given: 0)
    told = capsys.readouterr()
    assert STEERS.findall(told.out + told.err) == []
    assert "had to stop" not in told.err


def _comes_back(session: Session, folder: Path) -> None:
    """As JSON into an empty book, value by value; as a sheet into the same, where nothing is new; no cell is a formula."""
    for kind in ("json", "csv", "xlsx"):
        exporting.export(session, folder / f"out.{kind}")
    other = a_session(folder, name="other.db")
    apply_book(other, read_book(other, folder / "out.json"))
    everybody = "SELECT name, city, industry, buys, needs, remarks, competitors, custom FROM customer ORDER BY uid"
    assert other.book.rows(everybody) == session.book.rows(everybody)
    for table in ("contact", "activity"):
        column = "name" if table == "contact" else "note"
        assert other.book.rows(f"SELECT {column} FROM {table} ORDER BY uid") == session.book.rows(
            f"SELECT {column} FROM {table} ORDER BY uid"
        )
    other.close()
    assert set(importing.plan_tables(session, read_tables(folder / "out.csv")).verdicts) == {"same"}
    with zipfile.ZipFile(folder / "out.xlsx") as archive:
        assert not any(re.search(rb"<f[ >]", archive.read(name)) for name in archive.namelist() if "/sheet" in name)


def test_what_never_was_cleaned_is_harmless_wherever_it_goes(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for text in WORST:
        a_customer(session, name=f"{text} ", city=text, owner=text, custom={text: text}, stage=text)
    for kind in ("csv", "tsv", "json", "vcf", "ics", "html", "xlsx"):
        exporting.export(session, tmp_path / f"out.{kind}")
        assert STEERS.findall(_text_of(tmp_path / f"out.{kind}")) == []
    for text in WORST:
        said = i18n.tell(Message("{stage} {country} {any}", {"stage": text, "country": text, "any": text}))
        assert visible(said) == said
        assert visible(format_sum(1, text) + format_price(1, text)) == format_sum(1, text) + format_price(1, text)
        assert json.loads(escaped(json.dumps(text, ensure_ascii=False))) == text


def _text_of(file: Path) -> str:
    """What a program that opens an exported file reads."""
    if file.suffix != ".xlsx":
        return file.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(file) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def test_nothing_that_nobody_sees_gets_to_the_screen_and_scripts_that_spell_with_joiners_do() -> None:
    for unseen in "\u200b\u200e\u200f\u2060\u00ad\u061c\u180e\u3164\ufeff":
        assert visible(f"Ac{unseen}me") == "Ac\ufffdme"
    for spelled in ("👨‍👩‍👧‍👦", "می‌خواهم", "क्‍ष"):
        assert visible(spelled) == spelled


# Files that are read at the start ---------------------------------------------------------------------------------------


def _fifo(path: Path) -> None:
    os.mkfifo(path)


ODD_FILES: dict[str, Callable[[Path], object]] = {
    "folder": lambda path: path.mkdir(),
    "fifo": _fifo,
    "itself": lambda path: path.symlink_to(path),
    "endless": lambda path: path.symlink_to("/dev/zero"),
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "GBK": lambda path: path.write_bytes('name = "张三"\n'.encode("gbk")),
    "UTF-16": lambda path: path.write_bytes('name = "x"\n'.encode("utf-16")),
    "10 MB": lambda path: path.write_bytes(b"# " + b"x\n" * 5_000_000),
    "a long line": lambda path: path.write_bytes(b'name = "' + b"x" * 30_000 + b'"\n'),
    "brackets": lambda path: path.write_bytes(b"name = " + b"[" * 9_000 + b"]" * 9_000),
    "tables": lambda path: path.write_bytes(b"name = " + b"{a=" * 3_000 + b"1" + b"}" * 3_000),
    "a huge number": lambda path: path.write_bytes(b"capacity = " + b"9" * 5_000),
    "NUL": lambda path: path.write_bytes(b'name = "a\0b"\n'),
    "not a number": lambda path: path.write_bytes(b"[weights]\nlateness = nan\n"),
    "a day": lambda path: path.write_bytes(b"capacity = 2026-01-01\n"),
    "escapes": lambda path: path.write_bytes(b'currency = "\\u001b[2J\\u202e"\n'),
}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices as files of Unix")
@pytest.mark.parametrize("odd", ODD_FILES)
def test_whatever_stands_in_place_of_a_settings_file_is_told_in_a_sentence(tmp_path: Path, odd: str) -> None:
    file = tmp_path / "settings.toml"
    ODD_FILES[odd](file)
    with pytest.raises(Problem) as refused:
        load_settings(file)
    keymap, theme = load_keymap(file), look_over(file)
    assert keymap.mistakes and theme
    for said in (refused.value.message, keymap.mistakes[0].why.message, theme[0].message):
        text = i18n.tell(said)
        assert visible(text) == text
        assert len(text) < 1000


# Books that another program has written ---------------------------------------------------------------------------------

ODD_VALUES = {
    "no UTF-8": "UPDATE customer SET name = CAST(x'41ff80fe' AS TEXT)",
    "bytes": "UPDATE contact SET name = x'00ff1b'",
    "no day": "UPDATE standing SET due_on = char(27) || '[2J'",
    "no number": "UPDATE quote SET price = 'x'",
    "no JSON": "UPDATE customer SET custom = '{'",
    "no table": "DROP TABLE customer_tag",
    "no note": "UPDATE meta SET value = x'00ff1b'",
}


@pytest.mark.parametrize("odd", ODD_VALUES)
def test_a_book_with_values_that_crm_never_writes_is_told_of_and_never_put_back(
    tmp_path: Path, odd: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = a_session(tmp_path)
    a_customer(session, "hot", name="Acme", promised=TODAY)
    assert crm_quote(session)
    made = backups.back_up(session)
    tampered(made.file, ODD_VALUES[odd])
    forged = replace(made, sha256=hashlib.sha256(made.file.read_bytes()).hexdigest())
    with pytest.raises(Problem, match="never writes"):
        backups.restore(session, forged)
    session.close()

    tampered(tmp_path / "book.db", ODD_VALUES[odd])
    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    for words in (["due"], ["find", ""], ["show", "Acme"], ["doctor"]):
        crm(words, lambda *_given: 0)
    told = capsys.readouterr()
    assert "had to stop" not in told.err
    assert "never writes" in told.out + told.err
    assert STEERS.findall(told.out + told.err) == []


def crm_quote(session: Session) -> bool:
    return logging.log(session, 1, "told them $FOB Shenzhen 0.86/5000") is not None


def tampered(file: Path, sql: str) -> None:
    """The file after another program had it, which knows nothing of history."""
    connection = dbapi2.connect(str(file), isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(sql)
    connection.close()


def test_a_backup_with_a_trigger_or_a_view_of_somebody_else_is_never_put_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_customer(session, name="Acme")
    for sql in (
        "CREATE TRIGGER evil AFTER INSERT ON activity BEGIN DELETE FROM customer; END",
        "CREATE TRIGGER history_x AFTER INSERT ON activity BEGIN INSERT INTO change VALUES (1); DELETE FROM customer; END",
        "CREATE VIEW other AS SELECT * FROM customer",
    ):  # fmt: skip
        made = backups.back_up(session)
        connection = dbapi2.connect(str(made.file), isolation_level=None)
        connection.execute(sql)
        connection.close()
        with pytest.raises(Problem, match="never writes"):
            backups.restore(session, replace(made, sha256=hashlib.sha256(made.file.read_bytes()).hexdigest()))
    assert session.book.value("SELECT count(*) FROM customer") == 1


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"Company,\0City\nAcme\n\0,Bonn\n", "utf-8"),  # a stray NUL behind a comma is no UTF-16
        ("公司,城市\n甲,波恩\n".encode("utf-16-le"), "utf-16-le"),
        ("Company,City\nAcme,Bonn\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_a_stray_nul_does_not_make_a_sheet_utf_16(data: bytes, encoding: str) -> None:
    assert decode(data).encoding == encoding
