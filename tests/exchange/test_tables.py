"""Delimited files: whatever wrote them, every row arrives, and what is odd is told with its line."""

from __future__ import annotations

import codecs
import os
from datetime import date, datetime, time
from pathlib import Path

import pytest

from tui_crm.domain.messages import Problem
from tui_crm.exchange.tables import Cell, Table, read_tables, shown

SHEET = "客户名,国家,最近内容\nABC GmbH,德国,报价已发，问MOQ\nMüller & Söhne,奥地利,开发信未回\n"
WESTERN = "Company;City;Note\nSociété Générale;Besançon;prix trop élevé\nMüller;Köln;wartet\n"


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    def reading(data: bytes | str, name: str = "list.csv") -> Table:
        file = tmp_path / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        (table,) = read_tables(file)
        return table

    return reading


def texts(table: Table) -> list[list[str]]:
    return [[shown(cell) for cell in row.cells] for row in table.rows]


def notes(table: Table) -> str:
    return "\n".join(str(note.message) for note in table.notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_chinese_arrives_in_every_coding_a_spreadsheet_writes(read, encoding: str) -> None:
    table = read(SHEET.encode(encoding))
    assert texts(table)[1] == ["ABC GmbH", "德国", "报价已发，问MOQ"]
    assert texts(table)[2][0] == "Müller & Söhne"


def test_utf_16_without_its_mark_but_big_endian_is_seen_too(read) -> None:
    assert texts(read(codecs.BOM_UTF16_BE + SHEET.encode("utf-16-be")))[1][1] == "德国"


def test_western_letters_are_not_taken_for_chinese_and_the_guess_is_told(read) -> None:
    table = read(WESTERN.encode("cp1252"))
    assert texts(table)[1] == ["Société Générale", "Besançon", "prix trop élevé"]
    assert "cp1252" in notes(table)


def test_traditional_chinese_is_read_and_the_guess_is_told(read) -> None:
    table = read("客戶名稱,國家,備註\n台灣貿易有限公司,台灣,電話聯絡，等待回覆\n".encode("cp950"))
    assert texts(table)[1][0] == "台灣貿易有限公司"
    assert "cp950" in notes(table)


def test_one_line_in_another_coding_does_not_spoil_the_others(read) -> None:
    lines = SHEET.encode() + "深圳客户,中国,已联系\n".encode("gb18030")
    table = read(lines)
    assert [row[0] for row in texts(table)] == ["客户名", "ABC GmbH", "Müller & Söhne", "深圳客户"]
    assert "line 4" in notes(table)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read, delimiter: str) -> None:
    rows = [["company", "note", "city"], ["ABC", "a, b; c", "Rome"], ["DEF", "x", "Oslo"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert texts(read(text)) == rows


def test_the_delimiter_that_excel_names_is_believed(read) -> None:
    table = read("sep=;\ncompany;note\nABC;x,y\n")
    assert texts(table) == [["company", "note"], ["ABC", "x,y"]]
    assert [row.number for row in table.rows] == [2, 3]


def test_a_cell_keeps_its_lines_and_its_quotation_marks(read) -> None:
    assert texts(read('a,b\r\n"one\r\ntwo","say ""hi"""\r\n'))[1] == ["one\ntwo", 'say "hi"']


def test_old_mac_line_ends_are_line_ends(read) -> None:
    assert texts(read("a,b\r1,2\r3,4\r")) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_an_unclosed_quotation_mark_costs_its_line_not_the_file(read) -> None:
    rows = "".join(f"customer {n},Rome\n" for n in range(2000))
    table = read(f'company,city\n"broken,Oslo\n{rows}')
    assert len(table.rows) == 2002
    assert texts(table)[1] == ['"broken', "Oslo"]
    assert "line 2 (1 in all)" in notes(table)


def test_text_behind_a_closing_quotation_mark_is_kept(read) -> None:
    table = read('company,city\n"A" B,Oslo\nC,Rome\n')
    assert texts(table)[1] == ['"A" B', "Oslo"]
    assert "line 2" in notes(table)


def test_ragged_rows_are_read_and_told(read) -> None:
    table = read("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3\n")
    assert texts(table)[2:4] == [["4", "5"], ["6", "7", "8", "9"]]
    assert "line 3, 4 (2 in all)" in notes(table)


def test_nul_is_shown_and_told(read) -> None:
    table = read("company,city\nA\0B,Rome\n")
    assert texts(table)[1][0] == "A␀B"
    assert "line 2" in notes(table)


def test_a_huge_cell_is_kept_whole(read) -> None:
    table = read(f"company,note\nABC,{'x' * 200_000}\n")
    assert len(texts(table)[1][1]) == 200_000
    assert "kept whole" in notes(table)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+1+1", "-1+1", "＝1+1", "=cmd|' /C calc'!A0"])
def test_the_guard_of_our_own_export_comes_off(read, text: str) -> None:
    assert texts(read(f'a,b\n"\'{text}",x\n'))[1][0] == text


@pytest.mark.parametrize("text", ["'t Hart BV", "+49 170 1234567", "-5.00", "007", "123456789012345678"])
def test_other_text_stays_as_it_is(read, text: str) -> None:
    assert texts(read(f"a,b\n{text},x\n"))[1][0] == text


@pytest.mark.parametrize("text", ["\x1b[2J", "\x1b]0;pwned\x07", "\x9b2J", "\u202egnp.exe"])
def test_nothing_in_a_cell_can_steer_a_terminal(read, text: str) -> None:
    cell = texts(read(f"a,b\nx{text}y,x\n"))[1][0]
    assert not any(char < " " or "\x7f" <= char < "\xa0" or char == "\u202e" for char in cell)


def test_blank_rows_and_cells_go_and_row_numbers_stay(read) -> None:
    table = read("a,b,,\n,,,\n1,,,\n")
    assert [(row.number, row.cells) for row in table.rows] == [(1, ("a", "b")), (3, ("1",))]


def test_progress_is_told_and_may_stop_the_reading(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("company\n" + "x\n" * 5000)
    seen: list[int] = []

    def tell(done: int, total: int = 0, /) -> None:
        seen.append(done)
        assert total == 5002  # with the header, and the line that ends with the last line feed

    read_tables(file, tell)
    assert seen == [1000, 2000, 3000, 4000, 5000]

    def stop(done: int, total: int = 0, /) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_tables(file, stop)


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "remove the password"),
        (b"<html><body>not a table", "save it as .xlsx"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "save it as .xlsx"),
        (b"%PDF-1.7", "Import an .xlsx or CSV"),
        (b'[{"name": "ABC"}]', "JSON file"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "git lfs pull"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(tmp_path: Path, data: bytes, advice: str) -> None:
    file = tmp_path / "客户.xls"
    file.write_bytes(data)
    with pytest.raises(Problem) as refused:
        read_tables(file)
    assert "客户.xls" in str(refused.value)
    assert advice in str(refused.value)


def test_a_file_that_is_not_there_yet_is_told_from_an_empty_one(tmp_path: Path) -> None:
    for name, advice in (("~$list.xlsx", "marks that a workbook is open"), ("list.xlsx.crdownload", "not downloaded")):
        (tmp_path / name).write_bytes(b"x")
        with pytest.raises(Problem, match=advice):
            read_tables(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(Problem, match="no ordinary file"):
        read_tables(tmp_path / "pipe.csv")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "list.csv"
    file.write_text("公司\nABC\n", encoding="utf-8")
    whole = Path.read_bytes

    def while_it_is_written(path: Path) -> bytes:
        data = whole(path)
        path.write_bytes(data + b"DEF\n")
        return data

    monkeypatch.setattr(Path, "read_bytes", while_it_is_written)
    with pytest.raises(Problem, match="just being written"):
        read_tables(file)


def test_a_missing_file_and_a_folder_are_explained(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.csv", "There is no file"), (tmp_path, "is a folder")):
        with pytest.raises(Problem, match=why):
            read_tables(path)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("x", "x"),
        (True, "TRUE"),
        (3, "3"),
        (8613800138000.0, "8613800138000"),
        (1.25, "1.25"),
        (date(2026, 11, 5), "2026-11-05"),
        (datetime(2026, 11, 5), "2026-11-05"),
        (datetime(2026, 11, 5, 14, 30), "2026-11-05 14:30:00"),
        (time(14, 30), "14:30:00"),
    ],
)
def test_a_cell_is_shown_as_a_person_would_type_it(cell: Cell, text: str) -> None:
    assert shown(cell) == text
