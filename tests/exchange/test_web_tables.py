"""Web pages and XML that are called .xls."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.sheets import only, plan
from tui_crm.domain.messages import Problem
from tui_crm.exchange.tables import Table, read_tables

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><style>td {{color: red}}</style></head>
<body><!-- <table><tr><td>not this</table> --><table border=1>
<tr><th>公司<th>联系人</th><th>邮箱</th></tr>
<tr><td rowspan="2">Nord &amp; Co&nbsp;GmbH</td><td style='mso-number-format:"\\@"'>Anna<br>Schmidt</td><td>anna@nord.example</td></tr>
<tr><td>Bo</td><td><b>bo@nord.example</b>
</table><table><tr><td colspan=2>&lt;x&gt;</td><td>y<table><tr><td>inner</td></tr></table></td></tr></table></body></html>"""
XML = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="1"/></Styles>
<Worksheet ss:Name="客户"><Table ss:ExpandedColumnCount="3">
<Row><Cell><Data ss:Type="String">公司</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">日期</Data></Cell></Row>
<Row ss:Index="4"><Cell><Data ss:Type="String">Nord&#10;GmbH</Data></Cell><Cell/><Cell><Data ss:Type="DateTime">2026-11-05T00:00:00.000</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="Empty"><Table/></Worksheet>
<Worksheet ss:Name="2"><Table><Row><Cell ss:MergeDown="1"><Data>x</Data></Cell></Row><Row><Cell><Data>y</Data></Cell></Row></Table></Worksheet>
</Workbook>"""


def read(tmp_path: Path, data: bytes) -> list[Table]:
    file = tmp_path / "customers.xls"
    file.write_bytes(data)
    return read_tables(file)


def rows(table: Table) -> list[tuple[object, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "utf-16"])
def test_the_tables_of_a_page(tmp_path: Path, charset: str) -> None:
    first, inner, second = read(tmp_path, PAGE.format(charset=charset).encode(charset))
    assert rows(first) == [
        ("公司", "联系人", "邮箱"),
        ("Nord & Co GmbH", "Anna\nSchmidt", "anna@nord.example"),
        ("Nord & Co GmbH", "Bo", "bo@nord.example"),
    ]
    assert (rows(inner), rows(second)) == ([("inner",)], [("<x>", None, "y")])
    assert len(only(plan(first)).customer.contacts) == 2


def test_the_sheets_of_excels_old_xml(tmp_path: Path) -> None:
    first, second = read(tmp_path, XML.encode())
    assert (first.name, [row.number for row in first.rows]) == ("客户", [1, 4])
    assert rows(first) == [("公司", None, "日期"), ("Nord\nGmbH", None, "2026-11-05")]
    assert rows(second) == [("x",), ("x", "y")]


def test_a_page_without_a_table_is_refused_and_a_broken_one_read(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"save it as \.xlsx"):
        read(tmp_path, b"<html><body>Please log in")
    assert rows(*read(tmp_path, b"<table><td>0</tr><tr><td>a<td>b\x1b[2J<tr><td>c")) == [("0",), ("a", "b␛[2J"), ("c",)]


def test_tags_without_end_do_not_take_forever(tmp_path: Path) -> None:
    for piece in (b"<", b"<!--", b"<td ", b'<td a="', b"<style>"):
        with pytest.raises(Problem):
            read(tmp_path, b"<table>" + piece * 100_000)
