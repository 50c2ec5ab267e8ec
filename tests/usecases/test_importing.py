"""Bringing a sheet in: shown first, all or nothing, and only once."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, on_day
from tests.store.test_history import a_random_act, contents
from tui_crm.config import Settings
from tui_crm.domain.values import Contact, NextStep, Reach
from tui_crm.exchange import plan as planning_of_imports
from tui_crm.exchange.plan import Plan
from tui_crm.store import reindexing
from tui_crm.usecases import agenda, cards, customers, finding, history, importing, indexing, logging, planning
from tui_crm.usecases.session import Session

HEADERS = (
    "客户公司",
    "国家",
    "联系人",
    "邮箱",
    "电话",
    "跟进时间",
    "跟进方式",
    "沟通内容",
    "下次跟进时间",
    "下次跟进内容",
    "标签",
    "报价",
    "内部编号",
)
NORD = (
    "Nord GmbH",
    "德国",
    "Anna",
    "anna@nord.example",
    "0170 1234567",
    "2026-11-10",
    "邮件",
    "问价格",
    "2026-11-24",
    "寄样品",
    "价敏感",
    "FOB SHENZHEN USD 0.86/pc",
    "A-1",
)
SUED = ("Süd SARL", "法国", "Luc", "luc@sued.example", "", "2026-11-12", "电话", "要样品", "", "", "", "", "A-2")
HOSTILE = ("=1+1\x1b[2J", "Nowhere", "[/nope]", "a@b.com?bcc=x@evil.com", "'; drop table customer;--", "", "", "", "31/2/2026", "", "", "", "")  # fmt: skip


def a_sheet(tmp_path: Path, *rows: Iterable[str], name: str = "sheet.csv") -> Path:
    file = tmp_path / name
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADERS, *rows])
    return file


def verdicts(plan: Plan) -> tuple[int, int, int]:
    return plan.count("new"), plan.count("update"), plan.count("same")


def test_a_plan_writes_nothing_and_tells_what_would_be_written(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    before = contents(session)
    plan = importing.read_plan(session, a_sheet(tmp_path, NORD, SUED))
    assert (verdicts(plan), contents(session), history.operations(session)) == ((2, 0, 0), before, [])


def test_an_import_is_one_operation_and_one_undo_takes_it_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    before = contents(session)
    applied = importing.apply_plan(session, importing.read_plan(session, a_sheet(tmp_path, NORD, SUED)))
    assert applied == importing.Applied(new=2, updated=0, entries=2)
    assert [str(op.label) for op in history.operations(session)] == ["Imported 2 customers"]
    card = cards.card(session, finding.the_one(session, "nord").id)
    assert (card.customer.country, card.customer.tags, card.customer.owner) == ("DE", ("价敏感",), "me")
    assert card.customer.custom == {"内部编号": "A-1"}
    assert card.customer.contacts[0].reaches == (Reach("email", "anna@nord.example"), Reach("phone", "+49 170 1234567"))
    assert [(entry.note, entry.channel, entry.author) for entry in card.activities] == [("问价格", "email", "me")]
    assert card.step == NextStep(in_days(6), "寄样品", by_hand=True, latest_on=in_days(6))
    assert [(quote.price, quote.currency) for quote in card.trade.quotes] == [(8600, "USD")]
    history.undo(session)
    assert contents(session) == before


def test_a_bare_price_is_in_the_currency_of_the_settings(tmp_path: Path) -> None:
    session = a_session(tmp_path, settings=Settings(name="me", currency="EUR"))
    row = (*NORD[:11], "FOB SHENZHEN 0.86/pc", "")
    importing.apply_plan(session, importing.read_plan(session, a_sheet(tmp_path, row)))
    (quote,) = cards.card(session, finding.the_one(session, "nord").id).trade.quotes
    assert (quote.price, quote.currency) == (8600, "EUR")


def test_hostile_cells_come_in_harmless_and_once(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    file = a_sheet(tmp_path, HOSTILE, NORD)
    plan = importing.read_plan(session, file)
    assert plan.notes
    importing.apply_plan(session, plan)
    stored = repr(contents(session))
    assert "\\x1b" not in stored
    for kept in ("=1+1␛[2J", "Nowhere", "[/nope]", "a@b.com?bcc=x@evil.com", "drop table customer", "31/2/2026"):
        assert kept in stored
    assert verdicts(importing.read_plan(session, file)) == (0, 0, 2)


def work_on(session: Session) -> None:
    """What a user does to imported customers in a morning."""
    nord, sued = (finding.the_one(session, name).id for name in ("nord", "sued"))
    logging.log(session, nord, "sent the sample, DHL 562729 >none waits for the test #vip -#价敏感 !hot =sampling")
    customers.edit_customer(
        session, nord, cards.existing(session, nord).version, {"name": "Nordwind AG", "country": "AT", "remarks": "moved"}
    )  # fmt: skip
    (anna,) = cards.existing(session, nord).contacts
    customers.save_contact(session, nord, Contact("Berta", reaches=(Reach("email", "b@nordwind.example"),), main=True))
    customers.remove_contact(session, nord, anna.id)
    planning.set_stage(session, sued, "lost", "price")
    planning.set_grade(session, sued, "C")
    customers.archive(session, sued)


def nothing(session: Session) -> None:
    pass


def undone_and_redone(session: Session) -> None:
    history.undo(session)
    history.redo(session)


def worked_on_undone_and_redone(session: Session) -> None:
    work_on(session)
    done = sum(op.kind == "do" for op in history.operations(session))
    for _ in range(done):
        history.undo(session)
    assert agenda.book_is_empty(session)
    for _ in range(done):
        history.redo(session)


def worked_on_at_random(session: Session) -> None:
    rng = random.Random(7)
    for _ in range(25):
        a_random_act(session, rng)


@pytest.mark.parametrize(
    "meanwhile", [nothing, work_on, undone_and_redone, worked_on_undone_and_redone, worked_on_at_random]
)
def test_a_second_import_of_the_same_sheet_changes_nothing(
    tmp_path: Path, meanwhile: Callable[[Session], None]
) -> None:
    session = a_session(tmp_path)
    file = a_sheet(tmp_path, NORD, SUED)
    importing.apply_plan(session, importing.read_plan(session, file))
    meanwhile(session)
    before = contents(session)
    for later in (session, on_day(session, in_days(30))):
        plan = importing.read_plan(later, file)
        assert verdicts(plan) == (0, 0, 2)
        assert importing.apply_plan(later, plan) == importing.Applied(0, 0, 0)
        assert contents(session) == before


def test_after_undo_the_sheet_comes_in_again(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    file = a_sheet(tmp_path, NORD, SUED)
    importing.apply_plan(session, importing.read_plan(session, file))
    history.undo(session)
    plan = importing.read_plan(session, file)
    assert verdicts(plan) == (2, 0, 0)
    importing.apply_plan(session, plan)
    assert {row.name for row in finding.find(session, "").rows} == {"Nord GmbH", "Süd SARL"}


def test_a_new_row_adds_to_the_customer_it_speaks_of_and_overwrites_nothing(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    importing.apply_plan(session, importing.read_plan(session, a_sheet(tmp_path, NORD, SUED)))
    nord = finding.the_one(session, "nord").id
    planning.snooze(session, nord, "20")
    later = (*NORD[:5], "2026-11-17", "WhatsApp", "嫌贵", "2026-11-30", "再报价", "大客户", "", "A-1")
    grown = a_sheet(tmp_path, NORD, later, SUED)
    plan = importing.read_plan(session, grown)
    assert verdicts(plan) == (0, 1, 1)
    applied = importing.apply_plan(session, plan)
    assert (applied.new, applied.updated, applied.entries) == (0, 1, 1)
    card = cards.card(session, nord)
    assert [entry.note.partition(" → ")[0] for entry in card.activities] == ["嫌贵", "问价格"]
    assert (card.step.due_on, card.step.action) == (in_days(20), "寄样品"), "what the user has promised stays"
    assert (card.customer.tags, len(card.customer.contacts)) == (("价敏感", "大客户"), 1)
    assert verdicts(importing.read_plan(session, grown)) == (0, 0, 2)


@pytest.mark.parametrize(
    "known",
    [
        {"name": "NORD gmbh & co. kg"},
        {"name": "Other", "contacts": (Contact("A", reaches=(Reach("email", "anna@nord.example"),)),)},
        {"name": "Other", "contacts": (Contact("A", reaches=(Reach("whatsapp", "+49 1701234567"),)),)},
        {"name": "Nord GmbH", "archived": True},
    ],
)
def test_a_customer_that_is_there_is_added_to(tmp_path: Path, known: dict[str, object]) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, last_contact=days_ago(90), **{"contacts": (), **known})  # type: ignore[arg-type]
    plan = importing.read_plan(session, a_sheet(tmp_path, NORD))
    assert verdicts(plan) == (0, 1, 0)
    importing.apply_plan(session, plan)
    card = cards.card(session, customer)
    assert card.customer.name == known["name"]
    assert [entry.note for entry in card.activities] == ["问价格", "asked for the drawing, they need 5000 pcs"]
    assert session.book.value("SELECT count(*) FROM customer") == 1


class Stopped(Exception):
    pass


def many(number: int) -> list[tuple[str, ...]]:
    return [(f"Firma {n:04}", "DE", *("",) * 3, "2026-11-10", "", f"asks for {n}", *("",) * 5) for n in range(number)]


@pytest.mark.parametrize("after", [1, 3, 5, 6])  # 5 and later: while the lists and the search are brought up to date
def test_an_import_that_is_stopped_leaves_the_book_as_it_was(tmp_path: Path, after: int) -> None:
    session = a_session(tmp_path)
    a_customer(session)
    before, done = contents(session), history.operations(session)
    plan = importing.read_plan(session, a_sheet(tmp_path, *many(650)))
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int = 0, /) -> None:
        told.append((done, total))
        if len(told) == after:
            raise Stopped

    with pytest.raises(Stopped):
        importing.apply_plan(session, plan, progress)
    assert told == [(done, 1300) for done in (0, 200, 400, 600, 650, 1150)][:after]
    assert (contents(session), history.operations(session)) == (before, done)
    assert finding.find(session, "asks").rows == ()

    assert importing.apply_plan(session, plan).new == 650
    assert len(finding.find(session, "asks", None).rows) == 650


def test_other_processes_plan_and_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = ("Ost KG", "DE", "Kim", "luc@sued.example", *("",) * 9)
    also_nord = (
        "Nord Handel",
        "DE",
        "Anna",
        "anna@nord.example",
        "",
        "2026-11-14",
        "",
        "收到定金 USD 1290",
        *("",) * 5,
    )
    made = []
    for where in ("here", "elsewhere"):
        session = a_session(tmp_path, name=f"{where}.db")
        importing.apply_plan(session, importing.read_plan(session, a_sheet(tmp_path, NORD)))
        if where == "elsewhere":
            for module, name in ((planning_of_imports, "LARGE"), (importing, "LARGE"), (reindexing, "SMALL")):
                monkeypatch.setattr(module, name, 0)
        file = a_sheet(tmp_path, SUED, NORD, also_nord, shared, *many(450), HOSTILE, (*NORD[:7], "later", *NORD[8:]))
        plan = importing.read_plan(session, file)
        assert importing.apply_plan(session, plan) == importing.Applied(453, 1, 453)
        if where == "elsewhere":
            assert not session.search_is_whole()
            assert len(finding.find(session, "c:DE", None).rows) == 452
            assert "1 of 454" in str(finding.find(session, "asks").findings[0])
            assert indexing.rebuild_index(session, anew=False)
        assert not indexing.index_is_stale(session)
        assert len(finding.find(session, "asks", None).rows) == 450
        tables = ("standing", "open_money", "open_trade", "customer_tag", "imported_row", "reach")
        rows = [session.book.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in tables]
        told = [(name, one.words) for name, one in importing.all_told(session, plan)]
        planned = [each if not each.existing else (each.activities, dict(each.changes)) for each in plan.customers]
        made.append((planned, list(plan.notes), plan.verdicts, plan.sums, told, rows))
        history.undo(session)
        assert session.book.value("SELECT count(*) FROM customer") == 1
    assert made[0] == made[1]
    assert any("Perhaps the two are one" in note.message.template for note in made[0][1])
    assert made[0][4] == [("Nord GmbH", "收到定金 USD 1290")]


def test_reading_can_be_stopped_too(tmp_path: Path) -> None:
    session = a_session(tmp_path)

    def progress(done: int, total: int = 0, /) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        importing.read_plan(session, a_sheet(tmp_path, *many(2100)), progress=progress)
    assert agenda.book_is_empty(session)


def test_a_sheet_is_read_as_of_the_day_of_the_session(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    plan = importing.read_plan(session, a_sheet(tmp_path, NORD))
    importing.apply_plan(session, plan)
    assert cards.existing(session, finding.the_one(session, "nord").id).created_on == TODAY
