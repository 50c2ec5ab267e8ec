"""The files that people really have: all are read or refused with advice, and nothing in them is lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.sheets import DATA, TODAY, ZONE, Book, plan
from tests.exchange.words import words_of
from tui_crm.domain.countries import find_country
from tui_crm.domain.messages import Problem
from tui_crm.domain.text import squash
from tui_crm.domain.values import NextStep
from tui_crm.domain.vocabulary import CHANNEL, GRADE, KIND, SOURCE, STAGE, TEMPERATURE
from tui_crm.exchange.days import next_day, past_moment
from tui_crm.exchange.layout import SheetKind
from tui_crm.exchange.plan import Plan
from tui_crm.exchange.tables import Cell, read_tables, shown

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="needs the shared data beside the checkout")

FOLDERS = ("1_crm_exports", "2_zh_followup", "3_vcards", "4_torture", "8_followup_sheets")
FILES = (
    sorted(file for folder in FOLDERS for file in (DATA / folder).rglob("*") if file.is_file()) if DATA.exists() else []
)
FOLLOWUP = DATA / "8_followup_sheets"
WORKBOOK = FOLLOWUP / "followup_overview_and_customer_sheets.xlsx"
STANDARD = FOLLOWUP / "ten_standard_columns_utf8bom.csv"
CONTACTS = DATA / "1_crm_exports/atomic_crm/contacts.csv"


def test_every_file_is_brought_in_with_a_report_or_refused_with_advice(tmp_path: Path) -> None:
    """All of them in one other process, which may take a gigabyte, and 20 seconds for a file."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.exchange.every_file", str(tmp_path)],
        input="\n".join(map(str, FILES)), capture_output=True, text=True, encoding="utf-8", cwd=Path(__file__).parents[2],
    )  # fmt: skip
    outcomes = {outcome.pop("file"): outcome for outcome in map(json.loads, told.stdout.splitlines())}
    assert [file for file in FILES if str(file) not in outcomes] == [], told.stderr[-2000:]
    assert {file: came for file, came in outcomes.items() if not _is_well(Path(file).name, came)} == {}


def _is_well(name: str, came: dict[str, Any]) -> bool:
    return name in came["refused"] if "refused" in came else bool(came.get("report")) and came["lost"] == []


@pytest.mark.parametrize(
    "file",
    [WORKBOOK, STANDARD, FOLLOWUP / "simple_log_gbk.csv", CONTACTS, DATA / "1_crm_exports/waimao_prospects.csv"],
    ids=lambda file: file.name,
)
def test_every_cell_is_found_again(file: Path) -> None:
    tables = read_tables(file)
    made = plan(*tables)
    found = Found(made)
    cells = [(table.name, row.number, cell) for table in tables for row in _body(table.rows) for cell in row.cells]
    assert [place for place in cells if place[2] is not None and not found.holds(place[2])] == []


def _body(rows):  # type: ignore[no-untyped-def]
    """Without the header row and what labels the lines of a block."""
    return [
        row
        for row in rows
        if shown(row.cells[0]) not in ("客户名称", "客户名", "客户公司", "日期", "商务记录", "id", "name")
    ]


class Found:
    """Whether a cell is found again: as it stands, or each piece of it as a word, a code, a day, a number, a price."""

    PARTS = re.compile(r"[\s、，；;/（）()#：:]+")
    UNSAID = frozenset({"客户", "报价", "样品", "尽快", "MOQ"})
    VOCABULARIES = (STAGE, TEMPERATURE, GRADE, KIND, SOURCE, CHANNEL)

    def __init__(self, made: Plan) -> None:
        self.text = words_of(made)
        self.letters = squash(self.text)
        self.digits = re.sub(r"\D+", "", self.text)

    def holds(self, cell: Cell) -> bool:
        text = shown(cell)
        if text in self.text or self._as_day(cell) or self._as_number(text):
            return True
        return all(self._holds_part(part) for part in self.PARTS.split(text) if part)

    def _holds_part(self, part: str) -> bool:
        ways = (self._as_word, self._as_code, self._as_country, self._as_day, self._as_price)
        return part in self.UNSAID or any(way(part) for way in ways)

    def _as_word(self, text: str) -> bool:
        return squash(text) in self.letters

    def _as_code(self, text: str) -> bool:
        return any(code in self.text for code in (known.find(text) for known in self.VOCABULARIES) if code)

    def _as_country(self, text: str) -> bool:
        land = find_country(text)
        return land is not None and land.code in self.text

    def _as_day(self, cell: Cell) -> bool:
        try:
            past = past_moment(cell, TODAY, None, ZONE).day
        except Problem:
            return False
        coming = next_day(cell, TODAY, TODAY, None).day
        return any(day.isoformat() in self.text for day in (past, coming) if day)

    def _as_number(self, text: str) -> bool:
        """A phone number, however it is grouped."""
        digits = re.sub(r"\D+", "", text)
        return len(digits) >= 7 and digits in self.digits

    def _as_price(self, text: str) -> bool:
        """`1.33` is stored as 13300 ten-thousandths."""
        return re.fullmatch(r"\d+\.\d+", text) is not None and str(round(float(text) * 10_000)) in self.text


def test_the_workbook_of_a_rep_is_understood_whole() -> None:
    made = plan(*read_tables(WORKBOOK))
    assert made.count("new") == 64
    assert [sheet.kind for sheet in made.sheets] == [SheetKind.CUSTOMERS] + [SheetKind.LOG_OF_ONE] * 18
    assert not any(planned.derived_temperature for planned in made.customers)
    assert all(planned.customer.country and planned.customer.contacts[0].reaches for planned in made.customers)
    by_name = {planned.customer.name: planned for planned in made.customers}
    twice = by_name["Rivermark Chemicals Ltd."]
    assert {"首单已到港，质量满意", "重复登记"} <= {entry.note for entry in twice.activities}
    machinery = by_name["Blue Harbor Machinery S.A. de C.V."]
    assert (len(machinery.activities), len(machinery.quotes), len(machinery.samples)) == (5, 1, 1)
    assert machinery.next_step == NextStep(TODAY, "发CIF报价单", by_hand=True)
    assert sum(len(planned.quotes) for planned in made.customers) == 11


def test_the_ten_standard_columns() -> None:
    made = plan(*read_tables(STANDARD))
    by_name = {planned.customer.name: planned for planned in made.customers}
    first = by_name["Marlin Trading Ltd"]
    assert first.next_step == NextStep(date(2026, 11, 15), "发目录和案例", by_hand=True)
    assert [entry.note for entry in first.activities] == ["已联系"]
    assert by_name["Monte Claro Trading GmbH"].next_step == NextStep(None, "回MOQ和交期")
    assert by_name["Luna Lighting Est."].customer.remarks.startswith("要SDS")
    assert "见名片" in by_name["Luna Lighting Est."].customer.remarks
    assert by_name["Kestrel Packaging Sp. z o.o."].customer.tags == ("跟进中",)


def test_contacts_are_grouped_under_their_company() -> None:
    made = plan(*read_tables(CONTACTS))
    assert (made.count("new"), sum(len(planned.customer.contacts) for planned in made.customers)) == (55, 500)
    happened = {entry.happened_at for planned in made.customers for entry in planned.activities}
    assert datetime.fromisoformat("2024-08-14T11:39:02+00:00") in happened


def test_the_same_workbook_again_changes_nothing() -> None:
    tables = read_tables(WORKBOOK)
    book = Book()
    book.take(plan(*tables, book=book))
    assert plan(*tables, book=book).count("same") == 64
    forgetful = Book()
    forgetful.take(plan(*tables, book=forgetful), remember=False)
    assert plan(*tables, book=forgetful).count("same") == 64
