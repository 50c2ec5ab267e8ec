"""The card, driven by keys on a real book and read as text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, noon
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.domain.clocks import local_time
from tui_crm.domain.messages import Message
from tui_crm.domain.text import clean
from tui_crm.domain.values import Activity, Contact, Order, Quote, Reach, Sample, Shipment
from tui_crm.screens.card import CardScreen
from tui_crm.screens.card_list import CardList
from tui_crm.screens.widgets.timeline import Timeline
from tui_crm.screens.widgets.typing import OneLine
from tui_crm.screens.widgets.wrap import wrap
from tui_crm.store import trade as store_trade
from tui_crm.store import writing
from tui_crm.usecases import cards, customers, drafts, logging
from tui_crm.usecases.session import Session

SIZES = [(120, 36), (80, 24), (40, 12)]
ANNA = Contact(
    "Anna Schmidt", "buyer", (Reach("email", "anna@nordlicht.example"), Reach("phone", "+49 40 123456")), True
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


@asynccontextmanager
async def card_of(session: Session, customer: int, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[None]]:
    """The card on the stage, drawn."""
    stage = Stage()
    async with stage.run_test(size=size) as pilot:
        await stage.open(CardScreen(session, customer), pilot)
        await pilot.pause(0.05)
        yield pilot


async def go_to(pilot: Pilot[None], kind: str, key: str | int) -> None:
    """Put the cursor on the first line about this."""
    lines = pilot.app.screen.query_one(CardList)
    lines.go_to(next(at for at, line in enumerate(lines.lines) if (line.kind, line.key) == (kind, key)))
    await pilot.pause()


async def edit(pilot: Pilot[None], field: str, text: str) -> None:
    """Open a field with Enter and put a text in place of the old one, without saving."""
    await go_to(pilot, "field", field)
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("ctrl+u", "ctrl+k")
    await put(pilot, text)


async def put(pilot: Pilot[None], text: str) -> None:
    """Put a text into the focused line, whatever characters it has."""
    line = pilot.app.focused
    if isinstance(line, OneLine):
        line.replace(text, *line.selection)
    else:
        line.text = text  # type: ignore[union-attr]
    await pilot.pause()


def nordlicht(session: Session, **more: object) -> int:
    fields: dict[str, object] = {"name": "Nordlicht GmbH", "city": "Hamburg", "contacts": (ANNA,), **more}
    return a_customer(session, "hot", **fields)  # type: ignore[arg-type]


def log_entries(session: Session, customer: int, count: int) -> None:
    with session.operation(Message("test")):
        for number in range(count):
            entry = Activity(noon(TODAY - timedelta(number)), "email", f"entry number {number:03}", "new", "me")
            writing.add_activity(session.book, customer, entry)


async def test_shows_who_whom_what_next_and_what_was_said(session: Session) -> None:
    customer = nordlicht(session, tags=("价敏感", "haggler"), promised=in_days(3), action="send revised PI")
    logging.log(session, customer, "asked for 5000 pcs >3d send revised PI", noon(days_ago(2)))
    with session.operation(Message("test")):
        store_trade.add(session.book, customer, Quote(TODAY, "USD", 8600, "FOB", "Shenzhen", "pc", 5000, "bags"))
        store_trade.add(session.book, customer, Sample("3 specs", "DHL", "562729", days_ago(4)))
    async with card_of(session, customer, (120, 48)) as pilot:
        shown = screen_text(pilot.app)
    for part in (
        "Nordlicht GmbH", "Hamburg, Germany", "hot", "#价敏感 #haggler", "send revised PI", "promised", "★ Anna Schmidt", "buyer",
        "anna@nordlicht.example", "+49 40 123456", "FOB Shenzhen USD 0.86/pc", "DHL 562729", "arrives in 1d",
        "asked for 5000 pcs", "Mon 16 Nov",
    ):  # fmt: skip
        assert part in shown, part


async def test_shows_the_time_at_the_customers_place(session: Session) -> None:
    customer = nordlicht(session, country="IN", city="Mumbai")
    async with card_of(session, customer) as pilot:
        shown = screen_text(pilot.app)
    assert f"{local_time('IN Asia/Kolkata', session.now).at:%H:%M}" == "09:30"
    assert "Mumbai, India  09:30" in shown


@pytest.mark.parametrize("size", [SIZES[2]])
@pytest.mark.parametrize("text", HOSTILE[1::2])
async def test_no_value_breaks_the_card(session: Session, size: tuple[int, int], text: str) -> None:
    stored = clean(text)
    person = Contact(stored, stored, (Reach("other", stored),), True)
    customer = a_customer(
        session, name=stored, city=stored, buys=stored, remarks=stored, needs=stored, tags=(stored,) * 1, owner=stored,
        contacts=(person,), custom={stored: stored}, action=stored, promised=in_days(1),
    )  # fmt: skip
    with session.operation(Message("test")):
        writing.add_activity(session.book, customer, Activity(noon(TODAY), "email", stored, "new", stored, "", stored))
        store_trade.add(session.book, customer, Quote(TODAY, "USD", None, "FOB", stored, stored, 1, stored))
        store_trade.add(session.book, customer, Sample(stored, stored, stored, TODAY, None, stored))
        order = Order(TODAY, stored, 1, stored, stored, 0, stored, None, None, stored, unit=stored, remark=stored)
        store_trade.add(session.book, customer, order)
        store_trade.add(session.book, customer, Shipment(stored, stored, stored, container=stored, bill=stored))
    async with card_of(session, customer, size) as pilot:
        for key in ("end", "tab", "end", "tab", "home"):
            await pilot.press(key)
            assert is_harmless(screen_text(pilot.app))
        await edit(pilot, "remarks", text)
        assert is_harmless(screen_text(pilot.app))


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("name", "Nordlicht Handels GmbH", "Nordlicht Handels GmbH"),
        ("country", "奥地利", "AT"),
        ("country", "austr", "AU"),
        ("city", "Kiel", "Kiel"),
        ("buys", "canvas totes", "canvas totes"),
        ("owner", "li", "li"),
        ("remarks", "第一行 second", "第一行 second"),
    ],
)
@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_field_is_edited_in_place(
    session: Session, size: tuple[int, int], field: str, typed: str, stored: str
) -> None:
    customer = nordlicht(session, remarks="old")
    async with card_of(session, customer, size) as pilot:
        await edit(pilot, field, typed)
        await pilot.press("enter")
        await pilot.pause()
        assert "saved" in screen_text(pilot.app)
    assert getattr(cards.existing(session, customer), field) == stored


async def test_an_empty_field_of_the_drawer_is_unfolded_and_filled(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        assert "Website" not in screen_text(pilot.app)
        await pilot.press("d")
        await edit(pilot, "website", "nordlicht.example")
        await pilot.press("enter")
        await pilot.pause()
    assert cards.existing(session, customer).website == "https://nordlicht.example"


@pytest.mark.parametrize(
    ("field", "typed", "complaint"),
    [
        ("name", "", "needs the company's name"),
        ("country", "xyz", "“xyz” is no country"),
        ("website", "javascript:alert(1)", "no web address"),
        ("zone", "Mars/Olympus", "no time zone"),
    ],
)
async def test_what_cannot_be_stored_stays_typed_with_the_reason_under_it(
    session: Session, field: str, typed: str, complaint: str
) -> None:
    customer = nordlicht(session)
    before = cards.existing(session, customer)
    async with card_of(session, customer) as pilot:
        await pilot.press("d")
        await edit(pilot, field, typed)
        await pilot.press("enter")
        await pilot.pause()
        assert complaint in " ".join(screen_text(pilot.app).split("▏")[0].split()) or complaint in screen_text(
            pilot.app
        )
        assert pilot.app.focused.value == typed  # type: ignore[union-attr]
        await pilot.press("escape")
        await pilot.pause()
        assert not pilot.app.screen.query("#editor")
    assert cards.existing(session, customer) == before


async def test_letters_are_text_while_a_field_is_open_and_other_commands_wait(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await edit(pilot, "city", "")
        await pilot.press("q", "l", "x", "f2")
        await pilot.pause()
        assert "First finish the field" in screen_text(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
    assert cards.existing(session, customer).city == "qlx"
    assert cards.card(session, customer).activities == ()


async def test_a_pasted_text_is_kept_whole(session: Session) -> None:
    from textual.events import Paste

    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await edit(pilot, "city", "")
        pilot.app.focused.post_message(Paste("Bad\r\nHomburg\nq"))  # type: ignore[union-attr]
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    assert cards.existing(session, customer).city == "Bad Homburg q"


async def test_a_change_by_somebody_else_is_shown_before_it_is_overwritten(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await edit(pilot, "city", "Kiel")
        customers.edit_customer(session, customer, cards.existing(session, customer).version, {"city": "Bremen"})
        await pilot.press("enter")
        await pilot.pause()
        assert "Changed in the meantime: now “Bremen”" in screen_text(pilot.app)
        assert pilot.app.focused.value == "Kiel"  # type: ignore[union-attr]
        assert cards.existing(session, customer).city == "Bremen"
        await pilot.press("enter")
        await pilot.pause()
    assert cards.existing(session, customer).city == "Kiel"


async def test_a_change_of_another_field_meanwhile_is_no_conflict(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await edit(pilot, "city", "Kiel")
        customers.edit_customer(session, customer, cards.existing(session, customer).version, {"buys": "totes"})
        await pilot.press("enter")
        await pilot.pause()
    now = cards.existing(session, customer)
    assert (now.city, now.buys) == ("Kiel", "totes")


async def test_a_field_being_typed_survives_the_end_of_the_program(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await pilot.press("d")
        await edit(pilot, "needs", "a long text half way")
    async with card_of(session, customer) as pilot:
        await pilot.pause(0.1)
        assert "what you typed last time is kept" in screen_text(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert "a long text half way" in screen_text(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
    assert cards.existing(session, customer).needs == "a long text half way"
    assert drafts.all_kept(session) == {}


@pytest.mark.parametrize(
    ("field", "keys", "stored"), [("temperature", "3", "cold"), ("grade", "1", "S"), ("kind", "2", "agent")]
)
async def test_a_vocabulary_field_is_chosen_with_a_digit(session: Session, field: str, keys: str, stored: str) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await go_to(pilot, "field", field)
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press(keys)
        await pilot.pause()
    assert getattr(cards.existing(session, customer), field) == stored


async def test_a_person_is_added_with_several_addresses_in_one_line(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await go_to(pilot, "person", 0)
        await pilot.press("enter")
        await pilot.pause()
        for text in (
            "Bernd Krause",
            "CEO",
            "boss",
            "拍板",
            "bernd@nordlicht.example; WhatsApp: +49 170 1234567; 微信：bernd_k",
        ):
            await put(pilot, text)
            await pilot.press("enter")
        await pilot.pause()
        assert "Bernd Krause" in screen_text(pilot.app)
    _, bernd = cards.existing(session, customer).contacts
    assert (bernd.name, bernd.position, bernd.rank, bernd.role) == ("Bernd Krause", "CEO", "owner", "decides")
    assert not bernd.main
    assert {reach.kind: reach.value for reach in bernd.reaches} == {
        "email": "bernd@nordlicht.example",
        "whatsapp": "+49 170 1234567",
        "wechat": "bernd_k",
    }


async def test_a_wrong_address_is_refused_under_its_line_and_stays(session: Session) -> None:
    customer = nordlicht(session)
    anna = cards.existing(session, customer).contacts[0]
    async with card_of(session, customer) as pilot:
        await go_to(pilot, "person", anna.id)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("tab", "tab", "tab", "tab", "ctrl+u")
        await put(pilot, "a@b.com?bcc=x@evil.com")
        await pilot.press("ctrl+s")
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "is no e-mail address" in shown
        assert "a@b.com?bcc=x@evil.com" in shown
    assert cards.existing(session, customer).contacts == (anna,)


async def test_a_person_becomes_the_main_contact_and_another_leaves(session: Session) -> None:
    customer = nordlicht(session)
    customers.save_contact(session, customer, Contact("Bernd", reaches=(Reach("wechat", "bernd_k"),)))
    anna, bernd = cards.existing(session, customer).contacts
    async with card_of(session, customer) as pilot:
        await go_to(pilot, "person", bernd.id)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("f7")
        await pilot.pause()
        assert [person.name for person in cards.existing(session, customer).contacts if person.main] == ["Bernd"]
        await go_to(pilot, "person", anna.id)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("f8")
        await pilot.pause()
        assert [person.name for person in cards.existing(session, customer).contacts] == ["Bernd"]
        await pilot.press("u")
        await pilot.pause()
    assert {person.name for person in cards.existing(session, customer).contacts} == {"Anna Schmidt", "Bernd"}


async def test_the_log_is_loaded_page_by_page_down_to_its_first_entry(session: Session) -> None:
    customer = nordlicht(session)
    log_entries(session, customer, 123)
    async with card_of(session, customer) as pilot:
        await pilot.press("tab")
        for _ in range(4):
            await pilot.press("end")
            await pilot.pause(0.05)
        assert "entry number 122" in screen_text(pilot.app)
        await pilot.press("home")
        await pilot.pause()
        assert "entry number 000" in screen_text(pilot.app)


async def test_tab_changes_between_card_and_log_on_a_narrow_screen(session: Session) -> None:
    customer = nordlicht(session)
    log_entries(session, customer, 3)
    async with card_of(session, customer, (80, 24)) as pilot:
        assert "entry number 001" not in screen_text(pilot.app)
        await pilot.press("tab")
        await pilot.pause(0.05)
        shown = screen_text(pilot.app)
        assert "entry number 001" in shown
        assert "Anna Schmidt" not in shown
        await pilot.press("escape")
        await pilot.pause(0.05)
        assert "Anna Schmidt" in screen_text(pilot.app)


@pytest.mark.parametrize("size", SIZES[:2])
async def test_a_line_is_logged_on_the_card_and_undone(session: Session, size: tuple[int, int]) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer, size) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press(*"sent PI", "space", "greater_than_sign", *"3d")
        await pilot.press("enter")
        await pilot.pause()
        assert [entry.note for entry in cards.card(session, customer).activities] == ["sent PI"]
        assert "21 Nov" in screen_text(pilot.app)
        await pilot.press("u")
        await pilot.pause()
    assert cards.card(session, customer).activities == ()


async def test_one_key_outcome(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert "no answer" in screen_text(pilot.app)
    assert cards.card(session, customer).activities[0].outcome == "no_answer"


async def test_archive_and_bring_back(session: Session) -> None:
    customer = nordlicht(session)
    async with card_of(session, customer) as pilot:
        await pilot.app.screen.action_do("archive")  # type: ignore[attr-defined]
        await pilot.pause()
        assert cards.existing(session, customer).archived
        assert "archived" in screen_text(pilot.app)
        await pilot.app.screen.action_do("archive")  # type: ignore[attr-defined]
        await pilot.pause()
    assert not cards.existing(session, customer).archived


async def test_undoing_the_customer_away_leaves_the_card(session: Session) -> None:
    from tui_crm.domain.values import Customer

    customer = customers.add_customer(session, Customer("Gone Ltd", "US", contacts=(ANNA,))).id
    async with card_of(session, customer) as pilot:
        await pilot.press("u")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, CardScreen)


async def test_the_cursor_only_stops_where_enter_does_something(session: Session) -> None:
    customer = nordlicht(session, custom={"信用额度": "50k"})
    async with card_of(session, customer) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CardScreen)
        await pilot.press("d", "g")
        seen = []
        for _ in range(60):
            line = screen.current_line()
            assert line is not None
            assert line.kind
            seen.append(line.kind)
            await pilot.press("down")
        assert {"next", "field", "person", "custom", "created", "drawer"} <= set(seen)


async def test_in_chinese(session: Session) -> None:
    customer = nordlicht(session, tags=("价敏感",))
    with in_chinese():
        async with card_of(session, customer) as pilot:
            shown = screen_text(pilot.app)
            for part in ("公司", "德国", "联系人", "下一步", "添加联系人", "还没有跟进"):
                assert part in shown, part
            await edit(pilot, "country", "法")
            assert "法国" in screen_text(pilot.app)
            await pilot.press("enter")
            await pilot.pause()
    assert cards.existing(session, customer).country == "FR"


def test_the_timeline_says_all_of_a_note(session: Session) -> None:
    note = "客户要求降价5%，说土耳其供应商报价更低。" * 3 + " and then " + "x" * 90 + " end"
    timeline = Timeline(TODAY)
    for width in (2, 7, 20, 61):
        lines = timeline._entry(Activity(noon(TODAY), "email", note), width)
        said = "".join(text for line in lines[1:] for text, _ in line)
        assert "".join(said.split()) == "".join(note.split())


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120), st.integers(2, 40), st.booleans())
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int, words: bool) -> None:
    lines = wrap(text, width, words)
    assert lines
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_wrapping_breaks_at_blanks_and_between_chinese_characters_but_not_before_a_comma() -> None:
    assert wrap("send the revised PI", 12) == ["send the", "revised PI"]
    assert wrap("客户要求降价，等确认", 12) == ["客户要求降", "价，等确认"]
    assert wrap("#价敏感 #潜力大客户", 14, words=True) == ["#价敏感", "#潜力大客户"]
    assert wrap("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert wrap("", 10) == [""]
