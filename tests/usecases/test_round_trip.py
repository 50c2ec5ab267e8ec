"""Out as a sheet, edited there, and in again: exactly the edited cells, and a word where both sides have changed one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tests.screen import in_chinese
from tests.store.test_history import contents
from tui_crm.domain.own_fields import OwnField
from tui_crm.domain.values import Contact, Customer, Order, Quote, Reach
from tui_crm.exchange.planned import Conflict, PlannedCustomer
from tui_crm.i18n import tell
from tui_crm.usecases import cards, customers, exporting, history, importing, logging, own_fields, planning, trade
from tui_crm.usecases.session import Session

Edit = Callable[[list[dict[str, Any]]], object]
ANNA = Contact(
    "Anna Schmidt",
    "CEO",
    (Reach("email", "anna@nord.example"), Reach("phone", "+49 170 1234567"), Reach("phone", "+49 30 555-12")),
    True,
)
BEN = Contact("Ben", "", (Reach("whatsapp", "+49 171 7654321"), Reach("linkedin", "https://www.linkedin.com/in/ben")))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = a_session(tmp_path)
    own_fields.define(session, OwnField("credit days", "number"))
    a_customer(
        session, "hot", name="Nord GmbH", contacts=(ANNA, BEN), tags=("价敏感", "big deal"), remarks="first line\n=second, “quoted”",
        last_contact=days_ago(3), promised=in_days(2), action="send PI", custom={"credit days": "007"},
    )  # fmt: skip
    a_customer(session, "cold", name="-5 Ltd", country="US", last_contact=days_ago(30), stage="quoted")
    return session


def out(session: Session, file: Path) -> Path:
    exporting.export(session, file, force=True)
    return file


def edited(file: Path, edit: Edit) -> Path:
    """The file as somebody has edited its rows and saved it."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows: list[dict[str, Any]] = list(csv.DictReader(stream))
        edit(rows)
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return file
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    head, *body = ([cell.value for cell in row] for row in sheet.iter_rows())
    rows = [dict(zip(head, row, strict=True)) for row in body]
    edit(rows)
    sheet.delete_rows(1, sheet.max_row)
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        sheet.append(row)
    book.save(file)
    return file


def back(session: Session, file: Path, **how: Any) -> list[PlannedCustomer]:
    """Bring it in; returns what was planned that is not the same."""
    plan = importing.read_plan(session, file, **how)
    importing.apply_plan(session, plan)
    return [planned for planned in plan.customers if planned.verdict != "same"]


def named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(row for row in rows if row.get("Company", row.get("公司")) in (name, f"'{name}"))


def nord(session: Session) -> Customer:
    return cards.existing(session, 1)


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.tsv"])
def test_an_untouched_file_changes_nothing_whatever_language_it_is_in(
    tmp_path: Path, session: Session, name: str
) -> None:
    before = contents(session)
    out(session, tmp_path / name)
    with in_chinese():
        assert back(session, tmp_path / name) == []
        out(session, tmp_path / name)
    plan = importing.read_plan(session, tmp_path / name)
    assert [planned.verdict for planned in plan.customers] == ["same", "same"]
    assert list(plan.notes) == []
    assert contents(session) == before


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_exactly_the_edited_cells_go_into_the_book(tmp_path: Path, session: Session, name: str) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        row = named(rows, "Nord GmbH")
        row |= {
            "City": "Kiel", "Country": "丹麦", "Temperature": "老客户", "Grade": "", "Tags": "big deal; new one", "Buys": "+1 pallet",
            "E-mail": "anna@nord.example; office@nord.example", "Position": "", "Phone 2": "0171 99 88 77", "credit days": "30",
            "Next date": "2026-12-01", "Remarks": "",
        }  # fmt: skip

    before = nord(session)
    (planned,) = back(session, edited(out(session, tmp_path / name), edit))
    assert planned.verdict == "update"
    after = nord(session)
    assert (after.city, after.country, after.temperature, after.grade, after.remarks) == (
        "Kiel",
        "DK",
        "existing",
        "",
        "",
    )
    assert (after.tags, after.buys, dict(after.custom)) == (("big deal", "new one"), "+1 pallet", {"credit days": "30"})
    anna, ben = after.contacts
    assert (anna.name, anna.position, anna.main) == ("Anna Schmidt", "", True)
    assert anna.reaches == (ANNA.reaches[0], Reach("email", "office@nord.example"), *ANNA.reaches[1:])
    assert ben.reaches == (*BEN.reaches, Reach("phone", "+45 171 99 88 77"))
    step = cards.card(session, 1).step
    assert (step.due_on, step.action, step.by_hand) == (date(2026, 12, 1), "send PI", True)
    assert len(cards.card(session, 1).activities) == 1
    history.undo(session)
    assert nord(session).contacts[0].reaches == before.contacts[0].reaches
    assert nord(session).tags == ("价敏感", "big deal")


def test_a_sheet_sorted_cut_and_mangled_by_a_spreadsheet_is_still_untouched(tmp_path: Path, session: Session) -> None:
    def mangle(rows: list[dict[str, Any]]) -> None:
        rows.reverse()
        for row in rows:
            row["Created on"] = (date.fromisoformat(row["Created on"]) - date(1899, 12, 30)).days
            row["Next date"] = f"{date.fromisoformat(row['Next date']):%d.%m.%Y}"
            row["Last contact"] = f"{date.fromisoformat(row['Last contact']):%m/%d/%Y}"
            row["credit days"] = row["credit days"].lstrip("0")
            row["WhatsApp 2"] = row["WhatsApp 2"].lstrip("+").replace(" ", "")
            del row["Website"], row["Contact"]
            first = next(iter(row))
            row[first] = row.pop(first)  # to the end

    before = contents(session)
    assert back(session, edited(out(session, tmp_path / "x.csv"), mangle)) == []
    assert contents(session) == before


def test_a_cell_changed_on_both_sides_is_a_conflict_and_the_book_keeps_its_word(
    tmp_path: Path, session: Session
) -> None:
    file = out(session, tmp_path / "x.csv")
    customers.edit_customer(session, 1, nord(session).version, {"city": "Hamburg", "industry": "toys"})
    planning.set_temperature(session, 1, "cold")

    def edit(rows: list[dict[str, Any]]) -> None:
        named(rows, "Nord GmbH").update({"City": "Kiel", "Language": "Deutsch"})

    (planned,) = back(session, edited(file, edit))
    assert (planned.verdict, planned.conflicts) == ("conflict", (Conflict("City", "Kiel", "Hamburg"),))
    after = nord(session)
    assert (after.city, after.industry, after.temperature, after.language) == ("Hamburg", "toys", "cold", "Deutsch")
    (planned,) = back(session, file, conflicts="sheet")
    assert planned.conflicts == (Conflict("City", "Kiel", "Hamburg"),)
    assert (nord(session).city, nord(session).industry, nord(session).temperature) == ("Kiel", "toys", "cold")


def test_both_sides_to_the_same_is_no_conflict(tmp_path: Path, session: Session) -> None:
    file = edited(out(session, tmp_path / "x.csv"), lambda rows: named(rows, "Nord GmbH").update({"City": "Kiel"}))
    customers.edit_customer(session, 1, nord(session).version, {"city": "Kiel"})
    assert back(session, file) == []


def test_deleted_rows_change_nothing_and_new_rows_are_new_customers(tmp_path: Path, session: Session) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        gone = named(rows, "-5 Ltd")
        copied = dict(named(rows, "Nord GmbH")) | {"Company": "Copied SA", "E-mail": "", "Phone": "", "WhatsApp 2": ""}
        blank = dict.fromkeys(gone, "") | {"Company": "Fresh SARL", "Country": "France", "Contact": "Luc"}
        rows.remove(gone)
        rows += [copied, blank]

    planned = back(session, edited(out(session, tmp_path / "x.csv"), edit))
    assert {(one.verdict, one.customer.name) for one in planned} == {("new", "Copied SA"), ("new", "Fresh SARL")}
    assert cards.existing(session, 2).name == "-5 Ltd"


def test_a_later_day_and_a_new_note_are_a_new_entry_and_a_rewritten_note_is_told(
    tmp_path: Path, session: Session
) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        row = named(rows, "Nord GmbH")
        row |= {"Last contact": days_ago(1).isoformat(), "Channel": "微信", "Last note": "price agreed, PI wanted"}
        named(rows, "-5 Ltd")["Last note"] = "history rewritten"

    file = edited(out(session, tmp_path / "x.csv"), edit)
    plan = importing.read_plan(session, file)
    importing.apply_plan(session, plan)
    newest, older = cards.card(session, 1).activities
    assert (newest.note, newest.channel, newest.happened_at.astimezone().date()) == (
        "price agreed, PI wanted", "wechat", days_ago(1),
    )  # fmt: skip
    assert older.note.startswith("asked for the drawing")
    assert ["The log is not changed by a sheet" in tell(note.message) for note in plan.notes] == [True]
    assert [entry.note for entry in cards.card(session, 2).activities] == [older.note]


def test_what_cannot_be_used_is_told_with_its_row_and_the_book_stays(tmp_path: Path, session: Session) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        named(rows, "Nord GmbH").update({"Country": "Atlantis", "Company": "", "Stage": "lost", "E-mail": "no address", "Next date": "soonish"})  # fmt: skip

    before = contents(session)
    file = edited(out(session, tmp_path / "x.csv"), edit)
    assert back(session, file) == []
    assert contents(session) == before
    notes = {note.column: note.row for note in importing.read_plan(session, file).notes}
    assert set(notes) == {"Country", "Company", "Stage", "E-mail", "Next date"}
    assert len(set(notes.values())) == 1


def test_a_day_that_cannot_be_read_does_not_take_the_action_along(tmp_path: Path, session: Session) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        named(rows, "Nord GmbH").update({"Next date": "soonish", "Next action": "send two samples"})

    file = edited(out(session, tmp_path / "x.csv"), edit)
    assert len(back(session, file)) == 1
    step = cards.card(session, 1).step
    assert (step.due_on, step.action) == (in_days(2), "send two samples")
    assert "Next date" in {note.column for note in importing.read_plan(session, file).notes}


def test_new_rows_of_a_customers_own_sheet_are_new_entries(tmp_path: Path, session: Session) -> None:
    logging.log(session, 1, "sent the catalogue")
    file = out(session, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book["Nord GmbH"]
    assert sheet["A3"].is_date
    sheet.insert_rows(3)
    sheet["A3"], sheet["B3"], sheet["C3"] = datetime(2026, 11, 17), "phone", "asked about payment"
    book.save(file)
    (planned,) = back(session, file)
    assert [entry.note for entry in planned.activities] == ["asked about payment"]
    assert [e.note for e in cards.card(session, 1).activities][:2] == ["sent the catalogue", "asked about payment"]
    assert back(session, file) == []


def test_an_entry_below_the_trade_of_a_customers_own_sheet_is_one_too(tmp_path: Path, session: Session) -> None:
    trade.add(session, 1, Quote(TODAY, "USD", 8600, "FOB", "Shenzhen"))
    file = out(session, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(file)
    book["Nord GmbH"].append([datetime(2026, 11, 17), None, "asked about payment"])
    book.save(file)
    (planned,) = back(session, file)
    assert [entry.note for entry in planned.activities] == ["asked about payment"]


def test_what_is_changed_in_the_rows_of_log_and_trade_is_told(tmp_path: Path, session: Session) -> None:
    logging.log(session, 1, "sent the catalogue")
    trade.add(session, 1, Quote(TODAY, "USD", 8600, "FOB", "Shenzhen", "pc", 5000))
    trade.add(session, 1, Order(days_ago(2), "USD", 430000, "PO-1"))
    file = out(session, tmp_path / "x.xlsx")
    assert not importing.read_plan(session, file).notes
    book = openpyxl.load_workbook(file)
    own, traded = book["Nord GmbH"], book["Trade"]
    last = own.max_row
    own["B3"], own[f"C{last}"] = "visit", "PO-1 for 5000"
    heads = {cell.value: cell.column for cell in traded[1]}
    row = next(cells[0].row for cells in traded.iter_rows() if cells[heads["Number"] - 1].value == "PO-1")
    traded.cell(row, heads["Amount"]).value = 5000
    traded.delete_cols(heads["Unit"])
    book.save(file)
    told = {(note.table, note.row, note.column, note.text) for note in importing.read_plan(session, file).notes}
    assert told == {
        ("Nord GmbH", 3, "Channel", "visit"), ("Nord GmbH", last, "What was said", "PO-1 for 5000"),
        ("Trade", row, "Amount", "5000"),
    }  # fmt: skip
    for name in ("Overview", "-5 Ltd", "Nord GmbH"):
        book.remove(book[name])
    book.save(file)
    assert len(importing.read_plan(session, file).notes) == 1


def test_letters_that_a_coding_lacks_are_no_edit(tmp_path: Path, session: Session) -> None:
    customers.edit_customer(session, 1, 1, {"city": "Beyoğlu 😀", "remarks": "“São Paulo”? – Yılmaz"})
    with in_chinese():
        file = out(session, tmp_path / "x.csv")
    text = file.read_text("utf-8-sig")
    file.write_bytes(text.encode("gbk", "replace"))
    assert file.read_text("gbk") != text
    assert back(session, file) == []
    edited_text = file.read_text("gbk").replace("Beyo?lu", "Beyo?lu 2")
    file.write_bytes(edited_text.encode("gbk"))
    (planned,) = back(session, file)
    assert set(planned.changes) == {"city"}


def test_the_same_said_in_another_way_is_no_conflict_the_second_time(tmp_path: Path, session: Session) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        named(rows, "Nord GmbH").update({"Grade": "a", "Phone": "0170 999 888", "Website": "nord.example"})

    file = edited(out(session, tmp_path / "x.csv"), edit)
    (planned,) = back(session, file)
    assert set(planned.changes) == {"grade", "website"}
    assert back(session, file) == []


def test_cards_that_come_back_change_nothing(tmp_path: Path, session: Session) -> None:
    customers.edit_customer(session, 1, 1, {"buys": "cups"})
    assert back(session, out(session, tmp_path / "x.vcf")) == []


def test_a_day_of_the_rhythm_that_is_emptied_is_told(tmp_path: Path, session: Session) -> None:
    file = edited(out(session, tmp_path / "x.csv"), lambda rows: named(rows, "-5 Ltd").update({"Next date": ""}))
    assert [note.column for note in importing.read_plan(session, file).notes] == ["Next date"]
    assert back(session, file) == []


def test_an_emptied_next_step_goes_and_one_of_the_rhythm_is_no_edit_after_the_rhythm_has_moved(
    tmp_path: Path, session: Session
) -> None:
    file = out(session, tmp_path / "x.csv")
    logging.log(session, 2, "called")  # moves what the rhythm had planned
    edited(file, lambda rows: named(rows, "Nord GmbH").update({"Next date": "", "Next action": ""}))
    (planned,) = back(session, file)
    assert (planned.customer.name, planned.ends_step) == ("Nord GmbH", True)
    step = cards.card(session, 1).step
    assert (step.by_hand, step.action) == (False, "")
    assert step.due_on and step.due_on < TODAY + timedelta(10)


def test_a_quote_since_does_not_count_as_an_edit(tmp_path: Path, session: Session) -> None:
    file = out(session, tmp_path / "x.csv")
    trade.add(session, 1, Quote(TODAY, "USD", 8600, "FOB", "Shenzhen"))
    assert back(session, file) == []
