"""Old and open workbooks, read by a process of their own."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.exchange.sheets import DATA
from tui_crm.domain.messages import Problem
from tui_crm.exchange import old_workbook
from tui_crm.exchange.tables import read_tables, shown

ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="客户">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
REAL = DATA / "2_zh_followup"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="needs the shared data beside the checkout")


def text(value: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{value}</text:p></table:table-cell>'


def ods(tmp_path: Path, *rows: str, manifest: str = "<m/>") -> Path:
    file = tmp_path / "客户.ods"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format("".join(rows)))
        archive.writestr("META-INF/manifest.xml", manifest)
    return file


def test_cells_keep_their_kind_and_place(tmp_path: Path) -> None:
    file = ods(
        tmp_path,
        f"<table:table-row>{text('公司')}{text('a&#x9;b')}</table:table-row>",
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
        "<table:table-row><table:table-cell/>"
        '<table:table-cell office:value-type="date" office:date-value="2026-11-05"/>'
        '<table:table-cell office:value-type="float" office:value="12"/>'
        '<table:table-cell office:value-type="float" office:value="6.3"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>',
    )
    (table,) = read_tables(file)
    assert (table.name, [row.number for row in table.rows]) == ("客户", [1, 5])
    assert table.rows[1].cells == (None, date(2026, 11, 5), 12, 6.3, True)
    assert type(table.rows[1].cells[2]) is int


def test_a_small_file_of_endless_cells_is_refused(tmp_path: Path) -> None:
    cell = text("a" * 20_000, 'table:number-columns-repeated="100"')
    with pytest.raises(Problem, match=r"客户\.ods takes more time or memory"):
        read_tables(ods(tmp_path, f'<table:table-row table:number-rows-repeated="900000">{cell}</table:table-row>'))


def test_a_process_that_says_nothing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_workbook, "SILENCE", 0.0)
    monkeypatch.setattr(old_workbook, "_LOOK_EVERY", 0.01)
    with pytest.raises(Problem, match="more time or memory"):
        read_tables(ods(tmp_path, f"<table:table-row>{text('x')}</table:table-row>"))


def test_who_stops_the_reading_stops_the_process(tmp_path: Path) -> None:
    def stop(*done: int) -> None:
        raise KeyboardInterrupt

    rows = f"<table:table-row>{text('x')}</table:table-row>" * 3000
    with pytest.raises(KeyboardInterrupt):
        read_tables(ods(tmp_path, rows), stop)


def test_what_needs_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="remove the password"):
        read_tables(ods(tmp_path, "", manifest="<manifest:encryption-data/>"))


@needs_data
def test_an_old_workbook_reads_as_the_new_one_does() -> None:
    """The same sheet in both formats, with every way Chinese Excel formats a day; the old one does not tell the sign of a currency."""
    old, new = (read_tables(REAL / f"easyexcel_dateformats_zh.{ending}")[0] for ending in ("xls", "xlsx"))
    same = [[shown(cell).strip("¥￥") for cell in row.cells] for row in old.rows]
    assert same == [[shown(cell).strip("¥￥") for cell in row.cells] for row in new.rows]
    assert [row.cells[0] for row in old.rows[1:]] == [datetime(2020, 1, 1, 1, 1, 1)] * 27


@needs_data
def test_merged_cells_are_filled_down_and_sheets_told_apart() -> None:
    tables = read_tables(REAL / "easyexcel_six_sheets.xls")
    assert [table.name for table in tables] == [f"Sheet{number}" for number in range(1, 7)]
    (spanned,) = read_tables(DATA / "4_torture/csv/messytables_horror/span_rich.xls")
    assert [shown(row.cells[1]) for row in spanned.rows[1:3]] == ["MERGE", "MERGE"]


@needs_data
@pytest.mark.parametrize("name", ["calamine_issue_530", "calamine_strict_iso_paths", "exceljs_invalid-xml"])
def test_a_workbook_that_breaks_the_format_is_read_by_the_second_reader(name: str) -> None:
    (table,) = read_tables(DATA / f"4_torture/xlsx/{name}.xlsx")
    assert table.rows
    assert "not written quite as it should be" in str(table.notes[0].message)
