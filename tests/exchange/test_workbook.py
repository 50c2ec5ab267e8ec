"""Workbooks: dates of every format, merged cells, bombs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tui_crm.domain.messages import Problem
from tui_crm.exchange.tables import Table, read_tables, shown


def saved(tmp_path: Path, fill: Callable[[openpyxl.Workbook], object]) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    file = tmp_path / "book.xlsx"
    book.save(file)
    return file


def changed(file: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one of its parts rewritten."""
    out = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == part else data)
    file.write_bytes(out.getvalue())
    return file


def texts(table: Table) -> list[list[str]]:
    return [[shown(cell) for cell in row.cells] for row in table.rows]


def test_every_sheet_is_a_table_and_empty_ones_are_none(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["客户", "ABC"])
        book.create_sheet("空")
        book.create_sheet("Log").append(["x", None, 3])

    tables = read_tables(saved(tmp_path, fill))
    assert [(table.name, texts(table)) for table in tables] == [("Sheet", [["客户", "ABC"]]), ("Log", [["x", "", "3"]])]


def test_the_content_says_it_is_a_workbook_not_the_name(tmp_path: Path) -> None:
    file = saved(tmp_path, lambda book: book.active.append(["客户"]))
    other = file.rename(tmp_path / "export.csv")
    assert texts(read_tables(other)[0]) == [["客户"]]


@pytest.mark.parametrize("number_format", [*range(27, 32), 36, *range(50, 55), 57, 58])
def test_days_formatted_by_a_chinese_number_alone_are_days(tmp_path: Path, number_format: int) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = 46347
        book.active["A1"].number_format = "0.00"

    file = saved(tmp_path, fill)
    styled = changed(
        file, "xl/styles.xml", lambda xml: re.sub(r'(<cellXfs.*)numFmtId="2"', rf'\1numFmtId="{number_format}"', xml)
    )
    assert shown(read_tables(styled)[0].rows[0].cells[0]) == "2026-11-21"


def test_days_moments_and_numbers_keep_their_kind(tmp_path: Path) -> None:
    at = datetime(2026, 11, 5, 14, 30)
    file = saved(tmp_path, lambda book: book.active.append([at, date(2026, 11, 5), 12.5, True, "2026.11.5"]))
    cells = read_tables(file)[0].rows[0].cells
    assert cells == (at, datetime(2026, 11, 5), 12.5, True, "2026.11.5")


def test_a_cell_merged_over_rows_speaks_for_each_of_them(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.active
        for row in (
            ["外贸客户跟进表"],
            ["客户", "联系人"],
            ["ABC", "Anna"],
            [None, "Bert"],
            [None, "Cora"],
            ["DEF", "Dora"],
        ):
            page.append(row)
        page.merge_cells("A1:B1")
        page.merge_cells("A3:A5")

    rows = texts(read_tables(saved(tmp_path, fill))[0])
    assert rows == [
        ["外贸客户跟进表"],
        ["客户", "联系人"],
        ["ABC", "Anna"],
        ["ABC", "Bert"],
        ["ABC", "Cora"],
        ["DEF", "Dora"],
    ]


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    file = saved(tmp_path, lambda book: book.active.append(["ABC", "=A1+7"]))
    (table,) = read_tables(file)
    assert [(note.row, note.column, note.text) for note in table.notes] == [(1, "B", "=A1+7")]


def test_comments_are_not_read_and_that_is_told(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "ABC"
        book.active["A1"].comment = openpyxl.comments.Comment("call back", "me")

    assert "Comments" in str(read_tables(saved(tmp_path, fill))[0].notes[0].message)


def test_one_cell_in_the_far_corner_is_told_and_costs_nothing(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"] = "ABC"
        book.active["XFD1048576"] = "far"

    (table,) = read_tables(saved(tmp_path, fill))
    assert texts(table) == [["ABC"]]
    assert [(note.row, note.column, note.text) for note in table.notes] == [(1_048_576, "XFD", "far")]


def test_escapes_of_the_format_are_characters_and_characters_are_harmless(tmp_path: Path) -> None:
    file = saved(tmp_path, lambda book: book.active.append(["ABC_x000D_DEF", "a_x001B_[2J", "SKU_x5"]))
    assert texts(read_tables(file)[0]) == [["ABC\nDEF", "a␛[2J", "SKU_x5"]]


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = saved(tmp_path, lambda book: book.active.append(["ABC"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<row/>" * 3_000_000)
    with pytest.raises(Problem, match="not opened"):
        read_tables(file)


LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("prologue", [LAUGHS, OUTSIDE])
def test_entities_are_refused(tmp_path: Path, part: str, prologue: str) -> None:
    file = saved(tmp_path, lambda book: book.active.append(["ABC"]))
    hostile = changed(file, part, lambda xml: prologue + re.sub(r"<\?xml.*?\?>", "", xml))
    with pytest.raises(Problem, match="damaged"):
        read_tables(hostile)


@pytest.mark.parametrize(
    ("parts", "advice"),
    [
        (["mimetype", "content.xml"], "damaged"),
        (["[Content_Types].xml", "xl/workbook.bin"], "damaged"),
        (["a.csv", "b.csv"], "Unpack it"),
        (["[Content_Types].xml"], "damaged"),
    ],
)
def test_other_archives_are_refused_with_advice(tmp_path: Path, parts: list[str], advice: str) -> None:
    file = tmp_path / "list.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    with pytest.raises(Problem, match=advice):
        read_tables(file)


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    file = saved(tmp_path, lambda book: book.active.append(["ABC"]))
    file.write_bytes(file.read_bytes()[:-400])
    with pytest.raises(Problem, match="damaged"):
        read_tables(file)


def test_stopping_while_reading_is_not_taken_for_damage(tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for number in range(1500):
            book.active.append([number])

    def stop(done: int, total: int = 0, /) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_tables(saved(tmp_path, fill), stop)
