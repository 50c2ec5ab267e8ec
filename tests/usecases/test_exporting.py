"""Customers as files: whole or not at all, private, and nothing in them that a spreadsheet would run or cut."""

from __future__ import annotations

import csv
import os
import stat
import threading
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, noon
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.values import Activity, Contact, Order, Quote, Reach
from tui_crm.exchange.delimited import read_delimited
from tui_crm.exchange.sheet_names import SheetNames
from tui_crm.exchange.tables import read_tables
from tui_crm.i18n import tell
from tui_crm.store import writing
from tui_crm.usecases import exporting, finding, trade
from tui_crm.usecases.session import Session, Stopped

FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil","x")',
    "@SUM(1)",
    "+1+1",
    "-1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    "'=1",
    "+cmd|x",
    "-x",
)
NUMBERS = ("+49 170 1234567", "-5.00", "007", "123456789012345678", "+49 (0)30 123-45 ext 5", "-15%")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


@pytest.mark.parametrize("text", [*FORMULAS, *NUMBERS, '<a> & "b"', "_x0041_", "two\nlines", "深圳 😀", "it's"])
def test_every_text_comes_out_as_it_is_and_is_never_a_formula(tmp_path: Path, session: Session, text: str) -> None:
    a_customer(session, buys=text)
    for kind in ("csv", "tsv", "xlsx"):
        exporting.export(session, tmp_path / f"x.{kind}")
    for kind, delimiter in (("csv", ","), ("tsv", "\t")):
        data = (tmp_path / f"x.{kind}").read_bytes()
        (row,) = csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter=delimiter)
        assert row["Buys"] == (f"'{text}" if text in FORMULAS else text)
        table = read_delimited(data, "x")
        assert table.rows[1].cells[table.rows[0].cells.index("Buys")] == text
        assert data.startswith(b'\xef\xbb\xbf"')
    head, row = (row.cells for row in read_tables(tmp_path / "x.xlsx")[0].rows)
    assert row[head.index("Buys")] == text
    assert b"<f>" not in zipfile.ZipFile(tmp_path / "x.xlsx").read("xl/worksheets/sheet1.xml")


def test_the_workbook_has_the_shape_reps_know(tmp_path: Path, session: Session) -> None:
    nord = a_customer(
        session, "hot", name="Nord: GmbH [1]/" + "x" * 40, last_contact=days_ago(3), promised=TODAY,
        contacts=(Contact("Anna", "CEO", (Reach("phone", "+49 170 1234567"),), True),),
    )  # fmt: skip
    a_customer(session, "cold", name="Nord: GmbH [1]/" + "x" * 40 + "y")
    trade.add(session, nord, Quote(date(2026, 11, 1), "USD", 8600, "FOB", "Shenzhen", "pc", 5000))
    trade.add(session, nord, Order(date(2026, 11, 2), "JPY", 123456, "PO-1"))
    done = exporting.export(session, tmp_path / "x.xlsx")
    assert done.customers == 2
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    overview, first, second, traded = book.worksheets
    assert (overview.title, traded.title) == ("Overview", "Trade")
    assert first.title == "Nord GmbH 1 " + "x" * 19 and second.title == "Nord GmbH 1 " + "x" * 15 + " (2)"
    assert (overview.freeze_panes, first.freeze_panes) == ("B2", "B3")
    assert (overview.print_title_rows, overview.print_title_cols, first.print_title_rows) == ("$1:$1", "$A:$A", "$1:$2")
    assert (overview.page_setup.paperSize, first.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
    assert overview.auto_filter.ref == overview.dimensions
    head = [cell.value for cell in overview[1]]
    row = dict(zip(head, overview[2], strict=True))
    assert row["Last contact"].value == datetime(2026, 11, 15) and row["Last contact"].is_date
    assert row["Phone"].value == "+49 170 1234567" and row["Phone"].number_format == "@"
    assert row["Temperature"].fill.fgColor.rgb == "FFFCE4D6"
    assert row["Last note"].alignment.wrap_text
    assert [cell.value for cell in first[1]][:5] == [
        "Customer",
        "Nord: GmbH [1]/" + "x" * 40,
        None,
        "Country",
        "Germany",
    ]
    lines = {row[1].value: row for row in traded.iter_rows(min_row=2)}
    assert (lines["quote"][7].value, lines["quote"][9].value) == (0.86, "USD")
    assert (lines["order"][8].value, lines["order"][8].number_format, lines["order"][9].value) == (
        123456,
        "#,##0",
        "JPY",
    )
    names = zipfile.ZipFile(tmp_path / "x.xlsx").namelist()
    assert not [name for name in names if "docProps" in name]


def test_what_a_cell_cannot_hold_goes_on_in_the_next_row_and_is_said(tmp_path: Path, session: Session) -> None:
    note = "深" * 40_000
    customer = a_customer(session, name="Long Ltd")
    with session.operation(Message("x")):
        writing.add_activity(session.book, customer, Activity(noon(TODAY), "email", note))
    done = exporting.export(session, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    parts = [row[2].value for row in book["Long Ltd"].iter_rows(min_row=3)]
    assert "".join(parts) == note and len(parts) == 3
    assert [tell(told) for told in done.notes] == [
        "Texts too long for a cell of Excel are cut in the overview, 1 in all; a CSV file has them whole."
    ]


def test_a_row_is_as_high_as_its_longest_text(tmp_path: Path, session: Session) -> None:
    for note in ("short", "two lines\nof it", "话" * 130, "word " * 500):
        a_customer(session, name=note[:9].strip(), remarks=note)
    exporting.export(session, tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    heights = {sheet.cell(row, 1).value: sheet.row_dimensions[row].height for row in range(2, 6)}
    assert heights == {"short": None, "two lines": 30, "话" * 9: 9 * 15, "word word": 12 * 15}


def test_a_workbook_too_large_to_come_back_says_so(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_crm.exchange.sheet_book.LARGEST_UNPACKED", 1_000)
    a_customer(session)
    assert ["CSV" in tell(note) for note in exporting.export(session, tmp_path / "x.xlsx").notes] == [True]


def test_of_many_customers_the_log_is_one_sheet(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_crm.exchange.sheet_book.SHEETS_FOR", 1)
    monkeypatch.setattr("tui_crm.exchange.xlsx_file.MOST_ROWS", 3)
    for name in ("A", "B", "C"):
        a_customer(session, name=name, last_contact=days_ago(1))
    exporting.export(session, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Overview", "Overview (2)", "Log entries", "Log entries (2)"]
    said = [row[0].value for name in book.sheetnames[2:] for row in book[name].iter_rows(min_row=2)]
    assert said == ["A", "B", "C"]


def test_sheet_names_are_short_legal_and_once_each() -> None:
    names = SheetNames()
    given = [names.fit(title) for title in ("a/b", "A?B", "", "'x'", "History", "😀" * 40, "深" * 40, "深" * 40)]
    assert given == ["a b", "A B (2)", "-", "x", "History (2)", "😀" * 15, "深" * 31, "深" * 27 + " (2)"]


def test_a_file_is_private_whole_and_never_overwritten_unasked(tmp_path: Path, session: Session) -> None:
    a_customer(session)
    file = tmp_path / "x.csv"
    exporting.export(session, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("mine")
    with pytest.raises(exporting.Exists):
        exporting.export(session, file)
    assert file.read_text() == "mine"
    exporting.export(session, file, force=True)
    assert "Company" in file.read_text()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".crm")] == []


@pytest.mark.parametrize(
    ("name", "says"),
    [("folder.csv", "is a folder"), ("none/x.csv", "There is no folder"), ("x.doc", "the ending says"), ("book.csv", "belongs to the book"),
     ("link.csv", "belongs to the book")],
)  # fmt: skip
def test_places_that_cannot_be_written_are_refused(tmp_path: Path, name: str, says: str) -> None:
    session = a_session(tmp_path, name="book.csv")
    a_customer(session)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "book.csv")
    with pytest.raises(Problem, match=says):
        exporting.export(session, tmp_path / name, force=True)
    assert finding.find(session, "").count == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_customer(session)
    for kind in ("csv", "xlsx"):
        file = tmp_path / f"x.{kind}"
        file.write_text("mine")
        with monkeypatch.context() as patched:
            patched.setattr("tui_crm.whole_files._private", lambda path, flags: _full(path))
            with pytest.raises(Problem, match="disk is full"):
                exporting.export(session, file, force=True)
        assert file.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".csv", ".xlsx", ".new")) == [
        "x.csv",
        "x.xlsx",
    ]


def _full(path: str) -> int:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    return os.open("/dev/full", os.O_RDWR)


def test_stopped_half_way_leaves_no_file(tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        a_customer(session)
    monkeypatch.setattr(exporting, "_CHUNK", 1)
    done: list[int] = []
    for kind in ("csv", "xlsx"):
        done.clear()
        with (
            session.watched(lambda _what, at, _of: done.append(at), lambda: len(done) > 1),
            pytest.raises(Stopped),
        ):
            exporting.export(session, tmp_path / f"x.{kind}")
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("book")] == []
    assert finding.find(session, "").count == 3  # the reading state is left as well


def test_only_whom_the_search_finds_and_archived_ones_only_when_asked(tmp_path: Path, session: Session) -> None:
    a_customer(session, "hot", name="Hot Ltd")
    gone = a_customer(session, "hot", name="Gone Ltd")
    with session.operation(Message("x")):
        writing.update_customer(session.book, gone, {"archived": True})
    assert exporting.export(session, tmp_path / "all.csv").customers == 1
    assert exporting.export(session, tmp_path / "hot.csv", exporting.found(session, "t:hot")).customers == 1
    with pytest.raises(Problem, match="Nobody is found"):
        exporting.found(session, "t:cold")


def test_gb18030_for_old_excel(tmp_path: Path, session: Session) -> None:
    a_customer(session, name="深圳 😀 Müller")
    exporting.export(session, tmp_path / "x.csv", encoding="gb18030")
    assert "深圳 😀 Müller" in (tmp_path / "x.csv").read_bytes().decode("gb18030")


def test_offered_names_are_free_and_legal(tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Documents").mkdir()
    first = exporting.offered(TODAY, "xlsx")
    assert first == str(tmp_path / "Documents" / "crm-2026-11-18.xlsx")
    Path(first).touch()
    assert exporting.offered(TODAY, "xlsx").endswith("crm-2026-11-18-2.xlsx")
    assert Path(exporting.offered(TODAY, "csv", "A/B: Ltd?")).name == "A B_ Ltd_-2026-11-18.csv"


def test_what_is_written_meanwhile_is_not_in_the_file(tmp_path: Path, session: Session) -> None:
    a_customer(session, name="Before Ltd")
    other = replace(session)
    with session.book.one_state():

        def add() -> None:
            a_customer(other, name="After Ltd")
            other.close()

        thread = threading.Thread(target=add)
        thread.start()
        thread.join()
        names = [out.customer.name for out in exporting.chunks(session, [1, 2], False)]
    assert names == ["Before Ltd"]
