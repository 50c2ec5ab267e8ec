"""Erasing a person: the words are gone from the file byte for byte, what stays is readable, and nothing brings them back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_customer, a_session, days_ago, noon
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.values import Activity, Contact, Invoice, Reach
from tui_crm.store import trade, writing
from tui_crm.usecases import (
    attachments,
    backups,
    cards,
    customers,
    drafts,
    exporting,
    finding,
    forgetting,
    history,
    merging,
    persons,
    recent,
    trust,
)
from tui_crm.usecases.findings import State
from tui_crm.usecases.json_books import read_book
from tui_crm.usecases.session import Session

ANNA = Contact(
    "Anna Zwetschge", "CEO", (Reach("email", "anna.z@nord.example"), Reach("phone", "+49 170 1234567")), True
)
BOB = Contact("Bob Nord", "", (Reach("email", "bob@nord.example"),))
TRACES = ("zwetschge", "anna.z@", "1234567")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = a_session(tmp_path)
    yield found
    found.close()


@pytest.fixture
def nord(session: Session) -> int:
    """A customer with Anna, Bob, and a log that speaks of both."""
    customer = a_customer(session, name="Nord GmbH", contacts=(ANNA, BOB), remarks="Anna likes tea; 王小明 too")
    say(session, customer, "Anna Zwetschge asked for prices, write to anna.z@nord.example")
    say(session, customer, "Bob said hello")
    return customer


def say(session: Session, customer: int, note: str) -> None:
    with session.operation(Message("Logged {channel} with {name}", {"channel": "email", "name": "Nord GmbH"})):
        writing.add_activity(session.book, customer, Activity(noon(days_ago(3)), "email", note, author="me"))


def raw(folder: Path, *words: str) -> list[str]:
    """Which of these words stand in any file of the book, in any case."""
    found = []
    for file in folder.rglob("*"):
        content = file.read_bytes().lower() if file.is_file() else b""
        found += [f"{word} in {file.name}" for word in words if word.encode() in content]
    return found


def forget(session: Session, who: str, with_files: bool = False) -> forgetting.Forgotten:
    return forgetting.forget(session, persons.find(session, who), "[erased]", with_files)


def notes(session: Session, customer: int) -> list[str]:
    return sorted(entry.note for entry in cards.card(session, customer).activities)


def test_nothing_of_the_person_is_left_in_the_files(session: Session, nord: int, tmp_path: Path) -> None:
    other = a_customer(session, name="Süd SARL")
    say(session, other, "met Anna Zwetschge at the fair, and Anna Other")
    customers.remove_contact(session, nord, cards.card(session, nord).customer.contacts[0].id)
    history.undo(session)
    drafts.keep(session, cards.card(session, nord).customer.uid, "call anna tomorrow")
    recent.keep_search(session, "zwetschge")
    assert raw(tmp_path, *TRACES)

    done = forget(session, "ANNA.Z@nord.example")
    assert raw(tmp_path, *TRACES) == []
    assert (done.texts, done.settled) == (3, True)
    assert notes(session, nord) == ["Bob said hello", "[erased] asked for prices, write to [erased]"]
    assert notes(session, other) == ["met [erased] at the fair, and Anna Other"]
    left = cards.card(session, nord).customer
    assert left.remarks == "[erased] likes tea; 王小明 too"
    assert [(person.name, person.main) for person in left.contacts] == [("Bob Nord", True)]
    assert drafts.kept(session, left.uid) == "call [erased] tomorrow"
    assert finding.find(session, "zwetschge").rows == ()
    assert [row.id for row in finding.find(session, "prices").rows] == [nord]
    assert [row.id for row in finding.find(session, "bob").rows] == [nord]


def test_history_stays_readable_and_brings_nothing_back(session: Session, nord: int, tmp_path: Path) -> None:
    customers.remove_contact(session, nord, cards.card(session, nord).customer.contacts[0].id)
    with_bob_only = [operation.id for operation in history.operations(session)]
    history.undo(session)
    forget(session, "Anna Zwetschge")
    told = history.operations(session)
    assert str(told[0].label) == "Erased a person at Nord GmbH"
    assert "Removed [erased] at Nord GmbH" in [str(operation.label) for operation in told]
    assert all(history.changes(session, operation.id) for operation in told if operation.kind == "do")

    with pytest.raises(Problem, match="cannot be brought back"):
        history.undo(session)
    removed, said_bob, _said_anna, made = with_bob_only
    for take in (history.undo, history.redo):
        with pytest.raises(Problem, match=r"erased since|is undone already"):
            take(session, removed)
    with pytest.raises(Problem, match="erased since"):
        history.undo(session, made)
    history.undo(session, said_bob)
    history.redo(session, said_bob)
    assert "Anna" not in str(cards.card_as_of(session, nord, session.today))
    assert raw(tmp_path, *TRACES) == []


def test_work_after_an_erasure_is_undone_as_ever(session: Session, nord: int) -> None:
    forget(session, "Anna Zwetschge")
    before = notes(session, nord)
    say(session, nord, "Bob wants samples")
    history.undo(session)
    assert notes(session, nord) == before


def test_somebody_who_was_taken_off_long_ago_is_found_and_erased(session: Session, tmp_path: Path) -> None:
    nord = a_customer(session, name="Nord GmbH", contacts=(ANNA, BOB))
    customers.remove_contact(session, nord, cards.card(session, nord).customer.contacts[0].id)
    forget(session, "anna.z@nord.example")
    assert raw(tmp_path, *TRACES) == []
    with pytest.raises(Problem, match="Nobody"):
        persons.find(session, "anna.z@nord.example")


def test_a_name_that_was_changed_goes_too(session: Session, nord: int, tmp_path: Path) -> None:
    anna = cards.card(session, nord).customer.contacts[0]
    customers.save_contact(
        session, nord, Contact("Anna Meyer", id=anna.id, uid=anna.uid, version=1, reaches=anna.reaches)
    )
    forget(session, "Anna Meyer")
    assert raw(tmp_path, *TRACES, "meyer") == []


def test_the_preview_says_what_is_done(session: Session, nord: int, tmp_path: Path) -> None:
    with session.operation(Message("PI")):
        trade.add(session.book, nord, Invoice("PI-1", session.today, "USD", 100, remark="for Anna"))
    backup = tmp_path / "book.before-v6.db"
    backup.write_bytes(b"..anna.z@nord.example..")
    (tmp_path / "book.before-v5.db").write_bytes(b"nobody")
    found = persons.held(session, persons.find(session, "Anna Zwetschge"), "[erased]")
    texts = {(mention.table, mention.text) for mention in found.mentions}
    assert ("invoice", "for Anna") in texts
    assert len(found.history) == 3
    assert forgetting.backups(session, found) == (backup,)

    done = forget(session, "Anna Zwetschge")
    assert (done.texts, done.backups) == (len(texts), (backup,))
    invoice = cards.card(session, nord).trade.invoices[0]
    assert (invoice.number, invoice.amount, invoice.remark) == ("PI-1", 100, "for [erased]")


def test_a_customer_that_is_the_person_keeps_its_trade_only(session: Session, tmp_path: Path) -> None:
    solo = a_customer(session, name="Zwetschge Import", contacts=(ANNA,), city="Ulm", custom={"Dog": "Rex"})
    say(session, solo, "Zwetschge wants 500")
    merging.merge(session, solo, a_customer(session, name="Zwetschge Imports", contacts=(ANNA,), remarks="Rex"))
    (tmp_path / "pass.txt").write_text("Zwetschge")
    attachments.attach(session, solo, "pass.txt", attachments.take_in(session.book.path, tmp_path / "pass.txt"))
    (tmp_path / "pass.txt").unlink()
    with session.operation(Message("PI")):
        trade.add(session.book, solo, Invoice("PI-1", session.today, "USD", 100))
    before = tmp_path.parent / f"{tmp_path.name}.json"
    exporting.export(session, before)
    forgetting.forget(session, persons.behind(session, solo), "[erased]", with_files=True)
    left = cards.card(session, solo)
    assert raw(tmp_path, *TRACES, "ulm", "rex") == []
    assert left.customer.name.startswith("[erased]")
    assert (left.customer.archived, left.customer.contacts, left.attachments) == (True, (), ())
    assert (left.trade.invoices[0].number, notes(session, solo)) == ("PI-1", ["[erased] wants 500"])
    assert not read_book(session, before).changes
    assert all(found.state is State.SOUND for found in trust.examine(session) if found.check == "rows")


def test_an_import_does_not_bring_an_erased_person_back(session: Session, nord: int, tmp_path: Path) -> None:
    exporting.export(session, tmp_path / "book.json")
    forget(session, "Anna Zwetschge")
    plan = read_book(session, tmp_path / "book.json")
    assert (plan.changes, plan.erased) == (False, 1)


def test_putting_a_backup_back_says_that_the_person_comes_with_it(session: Session, nord: int) -> None:
    backup = backups.back_up(session)
    assert backups.preview(session, backup).erased is None
    forget(session, "Anna Zwetschge")
    warning = backups.preview(session, backup).erased
    assert warning is not None and warning.values == {"count": 1}
    assert backups.preview(session, backups.back_up(session)).erased is None


def test_an_address_shared_with_a_colleague_stays_with_the_colleague(session: Session) -> None:
    shared = Reach("email", "info@nord.example")
    people = (Contact("Anna Zwetschge", reaches=(shared,)), Contact("Bob Nord", reaches=(shared,)))
    nord = a_customer(session, name="Nord GmbH", contacts=people)
    say(session, nord, "wrote to info@nord.example")
    with pytest.raises(persons.SeveralPeople):
        persons.find(session, "info@nord.example")
    forget(session, "Anna Zwetschge")
    assert notes(session, nord) == ["wrote to info@nord.example"]
    assert [person.name for person in cards.card(session, nord).customer.contacts] == ["Bob Nord"]
