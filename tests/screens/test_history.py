"""The history screen: what was done, what it changed, and taking it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.domain.messages import Message
from tui_crm.screens.changes import Changes
from tui_crm.screens.history import HistoryScreen
from tui_crm.screens.widgets.change_words import label
from tui_crm.store.migrations import columns_of
from tui_crm.store.schema import TRACKED
from tui_crm.usecases import cards, customers, history, logging, planning
from tui_crm.usecases.history import BOOKKEEPING, FieldChange, RowChange
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    yield session
    session.close()


async def shown_after(session: Session, *keys: str, size: tuple[int, int] = (100, 30)) -> str:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        await app.open(HistoryScreen(session), pilot)
        await pilot.press(*keys)
        await pilot.pause()
        return screen_text(app)


async def test_operations_are_listed_newest_first_with_author_and_size(session: Session) -> None:
    customer = a_customer(session, name="Müller GmbH")
    planning.set_grade(session, customer, "A")
    planning.retag(session, customer, ["VIP"])
    lines = (await shown_after(session)).splitlines()
    assert "History" in lines[0]
    assert "Wed 18 Nov" in lines[1]
    assert "Tagged Müller GmbH #VIP" in lines[2]
    assert "Müller GmbH is now grade A" in lines[3]
    assert lines[3].split()[-2:] == ["me", "1"]
    assert f"{session.now.astimezone():%H:%M}" in lines[2]


async def test_the_operation_under_the_cursor_is_undone_after_a_question_unless_it_is_the_last(
    session: Session,
) -> None:
    customer, other = a_customer(session, "cold", name="Müller GmbH", grade="C"), a_customer(session, name="Bolt Ltd")
    planning.set_grade(session, customer, "A")
    planning.set_grade(session, other, "S")
    app = Stage()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.open(HistoryScreen(session), pilot)
        await pilot.press("down", "u")
        await pilot.pause()
        question = screen_text(app)
        assert "Undo “Müller GmbH is now grade A”?" in question
        assert "A  →  C" in question
        await pilot.press("escape")
        assert cards.existing(session, customer).grade == "A"
        await pilot.press("u", "enter")
        await pilot.pause()
        assert cards.existing(session, customer).grade == "C"
        undone, _last, original, *_ = screen_text(app).splitlines()[2:]
        assert "Undone: Müller GmbH is now grade A" in undone
        assert "↶" in original
        await pilot.press("u")
        assert "is undone already" in screen_text(app)
        await pilot.press("U")
        assert cards.existing(session, customer).grade == "A"
        assert "↶" not in screen_text(app).splitlines()[5]
        await pilot.press("home", "down", "down", "u")
        assert cards.existing(session, other).grade == "B", "the last is undone at once"
        await pilot.press("down", "down", "down", "u")
        assert "“Müller GmbH is now grade A” (" in screen_text(app)
        assert "changed the same customer later; undo that first." in " ".join(screen_text(app).split())
        await pilot.press("escape")
        assert app.answers == [None]


async def test_the_history_of_one_customer_is_widened_and_searched(session: Session) -> None:
    customer, other = a_customer(session, name="Müller GmbH"), a_customer(session, name="Bolt Ltd")
    planning.set_grade(session, customer, "A")
    planning.set_grade(session, other, "S")
    app = Stage()
    async with app.run_test(size=(120, 30)) as pilot:
        await app.open(HistoryScreen(session, cards.existing(session, customer)), pilot)
        alone = screen_text(app)
        assert "Müller GmbH is now grade A" in alone
        assert "Bolt" not in alone
        assert "B  →  A" in alone, "what changed stands beside the list"
        await pilot.press("f")
        assert "Bolt Ltd is now grade S" in screen_text(app)
        await pilot.press("/", *"grade bolt")
        await pilot.pause(0.2)
        found = screen_text(app)
        assert "Bolt Ltd is now grade S" in found
        assert "Müller GmbH is now" not in found
        await pilot.press(*"xyz")
        await pilot.pause(0.2)
        assert "No operation holds" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause(0.2)
        assert "Müller GmbH is now grade A" in screen_text(app)


async def test_an_empty_history_says_so(session: Session) -> None:
    shown = await shown_after(session, "enter", "u")
    assert "There is nothing to undo." in shown
    assert "Nothing has been done" in await shown_after(session)


async def test_enter_shows_what_changed_field_by_field(session: Session) -> None:
    customer = a_customer(session, name="Müller GmbH", grade="C", city="Bonn")
    version = cards.existing(session, customer).version
    customers.edit_customer(session, customer, version, {"city": "Berlin", "remarks": "[/nope] ["})
    shown = await shown_after(session, "enter")
    assert "Customer changed" in shown
    assert "Bonn  →  Berlin" in shown
    assert "–  →  [/nope] [" in shown
    assert not any(word in shown for word in ("version", "company_key"))


async def test_a_logged_line_is_told_with_all_it_changed(session: Session) -> None:
    customer = a_customer(session, "cold", name="Müller GmbH", promised=TODAY, action="call")
    logging.log(session, customer, "sent PI >3d send sample #VIP @wa !hot $FOB Shenzhen 0.86/5000")
    shown = await shown_after(session, "enter", size=(100, 60))
    for words in (
        "cold  →  hot",
        "#VIP",
        "USD 0.86",
        "Next step changed",
        "open  →  done",
        "Sat 21 Nov",
        "WhatsApp",
        "sent PI",
    ):
        assert words in shown
    with in_chinese():
        chinese = await shown_after(session, "enter", size=(100, 60))
    for words in ("冷  →  热", "新增跟进记录", "11月21日 周六", "单价", "待办  →  已完成"):
        assert words in chinese


def test_every_field_that_is_told_has_a_name(session: Session) -> None:
    for table in TRACKED:
        for column in columns_of(session.book.connection, table):
            field = FieldChange(column, "", "1")
            if column not in BOOKKEEPING | {"custom"} and table not in ("imported_row",):
                assert label(RowChange(table, "", "changed", (field,)), field) != column, (table, column)


def test_changes_are_plain_values_without_bookkeeping(session: Session) -> None:
    customer = a_customer(session, "cold", name="Müller GmbH")
    planning.snooze(session, customer, "3")
    (operation, *_) = history.operations(session)
    (change,) = history.changes(session, operation.id)
    assert (change.what, change.customer, change.event) == ("next_step", "Müller GmbH", "added")
    assert [(field.field, field.new) for field in change.fields] == [("due_on", planning.read_day("3", TODAY))]


def test_of_a_long_operation_the_first_changes_are_read(session: Session) -> None:
    customer = a_customer(session)
    planning.retag(session, customer, [f"tag{n}" for n in range(300)])
    (operation, *_) = history.operations(session)
    assert operation.changes == 600
    assert len(history.changes(session, operation.id, 100)) == 50


async def test_a_long_operation_says_that_there_is_more(session: Session) -> None:
    customer = a_customer(session)
    planning.retag(session, customer, [f"tag{n}" for n in range(300)])
    assert "the first 200 of 600 rows" in await shown_after(session, "enter", "G", size=(80, 24))


async def test_a_long_history_is_read_on_at_the_end(session: Session) -> None:
    customer = a_customer(session, name="Erste GmbH")
    for number in range(120):
        planning.retag(session, customer, [f"tag{number}"])
    shown = await shown_after(session, "G", "G")
    assert "#tag0" in shown


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_no_text_from_data_steers_the_terminal(session: Session, size: tuple[int, int]) -> None:
    for text in HOSTILE:
        with session.operation(Message("Added {name}", {"name": text})):
            pass
        customer = a_customer(session, name=text, remarks=text)
        planning.set_stage(session, customer, "lost", text)
    app = Stage()
    async with app.run_test(size=size) as pilot:
        await app.open(HistoryScreen(session), pilot)
        for number, _operation in enumerate(history.operations(session)):
            if number % 3 == 0:  # each text is in some label and in some change
                await pilot.press("enter")
                assert isinstance(app.screen, Changes)
                assert is_harmless(screen_text(app))
                await pilot.press("escape")
            await pilot.press("down")
            assert is_harmless(screen_text(app))
