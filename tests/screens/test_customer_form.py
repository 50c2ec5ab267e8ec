"""The new-customer form, driven by keys on a real book and read as text."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import a_customer, a_session
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.domain.fields import BY_NAME
from tui_crm.domain.values import Customer, Reach
from tui_crm.screens.customer_form import CustomerForm
from tui_crm.screens.offers import meant, offers
from tui_crm.screens.widgets.typing import OneLine
from tui_crm.usecases import cards, drafts
from tui_crm.usecases.finding import find
from tui_crm.usecases.session import Session

SIZES = [(120, 36), (80, 24), (40, 12)]
ORDER = ["name", "country", "person", "email", "phone", "kind", "temperature", "grade", "source", "tags", "remarks"]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


@asynccontextmanager
async def form(session: Session, name: str = "", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The form on the stage, drawn."""
    stage = Stage()
    async with stage.run_test(size=size) as pilot:
        await stage.open(CustomerForm(session, name), pilot)
        yield pilot


async def fill(pilot: Pilot[None], **texts: str) -> None:
    """Type into these lines, from the top, and leave each; then stand on the last one."""
    form = pilot.app.screen
    assert isinstance(form, CustomerForm)
    for name in (name for name in ORDER if name in texts or name == ORDER[-1]):
        form.row(name).enter()
        await pilot.pause()
        if name in texts:
            line = pilot.app.focused
            assert isinstance(line, OneLine)
            line.replace(texts[name], *line.selection)
            await pilot.pause()


async def save(pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+s")
    await pilot.pause()


def shown(pilot: Pilot[None]) -> str:
    """The dialog's text without its frame, as one line."""
    return " ".join(" ".join(screen_text(pilot.app).replace("│", " ").split()).split())


def the_only(session: Session) -> Customer:
    (row,) = find(session, "").rows
    return cards.existing(session, row.id)


async def test_a_customer_is_added(session: Session) -> None:
    async with form(session) as pilot:
        await fill(
            pilot, name="Nordlicht GmbH", country="ger", person="Anna", email="Anna@Nordlicht.example",
            phone="040 123456; WhatsApp: +49 170 1234567", kind="5", temperature="h", grade="2", source="展会",
            tags="价敏感, VIP gold", remarks="met at the fair",
        )  # fmt: skip
        await save(pilot)
        customer = the_only(session)
        assert pilot.app.answers == [customer.id]  # type: ignore[attr-defined]
    assert (customer.name, customer.country, customer.kind) == ("Nordlicht GmbH", "DE", "wholesaler")
    assert (customer.temperature, customer.grade, customer.source) == ("hot", "A", "trade_show")
    assert (customer.tags, customer.remarks, customer.owner) == (("价敏感", "VIP", "gold"), "met at the fair", "me")
    (anna,) = customer.contacts
    assert anna.name == "Anna"
    assert anna.main
    assert anna.reaches == (
        Reach("email", "anna@nordlicht.example"),
        Reach("phone", "+49 40 123456"),
        Reach("whatsapp", "+49 170 1234567"),
    )


async def test_company_country_and_one_way_to_reach_are_enough(session: Session) -> None:
    async with form(session, "Acme") as pilot:
        await pilot.press("tab", *"us", "tab", "tab", "tab", *"wechat: acme88", "ctrl+s")
        await pilot.pause()
    customer = the_only(session)
    assert (customer.name, customer.temperature, customer.stage) == ("Acme", "potential", "new")
    assert customer.contacts[0].reaches == (Reach("wechat", "acme88"),)


async def test_enter_goes_from_line_to_line_and_saves_on_the_last(session: Session) -> None:
    async with form(session) as pilot:
        await pilot.press(*"Acme", "enter", *"us", "enter", "enter", *"a@acme.example")
        await pilot.press(*["enter"] * 8)
        await pilot.pause()
        assert len(pilot.app.answers) == 1  # type: ignore[attr-defined]
    assert the_only(session).name == "Acme"


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]])
async def test_every_mistake_is_shown_at_its_line_and_nothing_typed_is_lost(
    session: Session, size: tuple[int, int]
) -> None:
    wrong = {
        "country": "Atlantis",
        "email": "a@b.com,evil@x.com",
        "phone": "+49?text=hi",
        "kind": "zzz",
        "temperature": "99",
    }
    async with form(session, size=size) as pilot:
        await fill(pilot, **wrong)
        await save(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, CustomerForm)
        complaints = {row.key: str(row.query_one(".complaint").render()) for row in dialog._rows}
        assert {key for key, text in complaints.items() if text} == {"name", *wrong}
        assert "Atlantis" in complaints["country"]
        assert "needs the company's name" in shown(pilot)
        assert pilot.app.focused in dialog.row("name").walk_children()
        assert {key: dialog.typed()[key] for key in wrong} == wrong
        await pilot.press(*"Acme")
        assert "needs the company's name" not in shown(pilot)
    assert find(session, "").rows == ()


async def test_without_any_way_to_reach_somebody_it_says_so(session: Session) -> None:
    async with form(session) as pilot:
        await fill(pilot, name="Acme", country="us")
        await save(pilot)
        assert "at least one way to reach" in shown(pilot)


async def test_a_likely_duplicate_is_named_while_typing_and_asked_about_once(session: Session) -> None:
    a_customer(session, name="Nordlicht Handels GmbH", owner="li")
    async with form(session) as pilot:
        await fill(pilot, name="nordlicht handels", country="de", email="x@y.example")
        await pilot.press(*"rem")
        await pilot.pause(0.3)
        assert "Nordlicht Handels GmbH (li) · same company name" in shown(pilot)
        await save(pilot)
        assert "Ctrl+S once more" in shown(pilot)
        assert len(find(session, "").rows) == 1
        await save(pilot)
        assert len(pilot.app.answers) == 1  # type: ignore[attr-defined]
    assert len(find(session, "").rows) == 2


async def test_what_was_typed_comes_back_after_escape_and_is_forgotten_once_saved(session: Session) -> None:
    async with form(session) as pilot:
        await fill(pilot, name="Acme", country="us", remarks="half way")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.answers == [None]  # type: ignore[attr-defined]
    async with form(session) as pilot:
        assert "Acme" in shown(pilot)
        assert "half way" in shown(pilot)
        assert "is back" in shown(pilot)
        await fill(pilot, email="a@acme.example")
        await save(pilot)
    assert the_only(session).remarks == "half way"
    assert drafts.all_kept(session) == {}


async def test_what_was_typed_comes_back_after_a_crash(session: Session) -> None:
    async with form(session) as pilot:
        await fill(pilot, name="Acme", remarks="x")
    async with form(session) as pilot:
        assert "Acme" in shown(pilot)


async def test_a_kept_form_and_a_fresh_one_change_places(session: Session) -> None:
    async with form(session) as pilot:
        await fill(pilot, name="Acme")
        await pilot.press("escape")
    async with form(session, "Other Ltd") as pilot:
        assert "Other Ltd" in shown(pilot)
        assert "Ctrl+R brings it back" in shown(pilot)
        await pilot.press("ctrl+r")
        assert "Acme" in shown(pilot)
        await pilot.press("ctrl+r")
        assert "Other Ltd" in shown(pilot)
        await fill(pilot, country="us", email="o@other.example")
        await save(pilot)
    assert the_only(session).name == "Other Ltd"
    async with form(session) as pilot:
        assert "Acme" in shown(pilot)


@pytest.mark.parametrize("kept", ["no json", "{}", "[3]", json.dumps([{"name": 5, "bogus": "x"}])])
async def test_a_damaged_draft_is_no_harm(session: Session, kept: str) -> None:
    drafts.keep(session, "new-customer", kept)
    async with form(session) as pilot:
        assert "New customer" in shown(pilot)


@pytest.mark.parametrize("size", SIZES[2:3])
@pytest.mark.parametrize("first", [0, 4])
async def test_no_text_breaks_the_form(session: Session, size: tuple[int, int], first: int) -> None:
    """Every field has another hostile text; `first` says with which they begin."""
    texts = [*HOSTILE, "\ud800x"][first:] + [*HOSTILE, "\ud800x"][:first]
    for text in texts[:3]:
        a_customer(session, name=text if "\ud800" not in text else "x", owner=text if "\ud800" not in text else "x")
    async with form(session, size=size) as pilot:
        await fill(pilot, **dict(zip(ORDER, texts * len(ORDER), strict=False)))
        await pilot.pause(0.2)
        assert is_harmless(screen_text(pilot.app))
        await save(pilot)
        assert is_harmless(screen_text(pilot.app))
        await pilot.press("escape")
    async with form(session, size=size) as pilot:
        assert is_harmless(screen_text(pilot.app))


async def test_hostile_names_and_remarks_are_stored_clean(session: Session) -> None:
    for number, text in enumerate(HOSTILE[1:4]):
        async with form(session) as pilot:
            await fill(
                pilot, name=text, country="us", email=f"a{number}@acme.example", remarks=text, tags=text, person=text
            )
            await save(pilot)
            await save(pilot)
            assert len(pilot.app.answers) == 1, text  # type: ignore[attr-defined]
    for row in find(session, "", None).rows:
        stored = cards.existing(session, row.id)
        assert is_harmless(stored.name + stored.remarks + " ".join(stored.tags) + stored.contacts[0].name)


async def test_in_chinese(session: Session) -> None:
    with in_chinese():
        async with form(session) as pilot:
            for part in ("新建客户", "公司 *", "国家 *", "联系人姓名", "电话/WhatsApp", "备注"):
                assert part in shown(pilot), part
            await fill(pilot, name="宏达", country="德", phone="微信：hongda", kind="批", source="展会")
            await save(pilot)
    customer = the_only(session)
    assert (customer.country, customer.kind, customer.source) == ("DE", "wholesaler", "trade_show")


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("kind", "factory", "factory"), ("kind", "FACTORY", "factory"), ("kind", "工厂", "factory"), ("kind", "1", "factory"),
        ("kind", "fac", "factory"), ("kind", "end", "end_user"), ("kind", "trading company", "trader"), ("kind", "zzz", None),
        ("kind", "", None), ("kind", "99", None), ("grade", "s", "S"), ("grade", "1", "S"), ("grade", "A级", "A"),
        ("temperature", "热", "hot"), ("temperature", "sam", "sample"), ("source", "social media", "social"),
        ("country", "de", "DE"), ("country", "deguo", "DE"), ("country", "德国", "DE"), ("country", "germ", "DE"),
        ("country", "Guinea", "GN"), ("country", "xyz", None), ("country", "", None),
    ],
)  # fmt: skip
def test_what_is_meant_by_what_is_typed(field: str, typed: str, code: str | None) -> None:
    offer = meant(BY_NAME[field], typed)
    assert (offer.code if offer else None) == code


def test_an_empty_line_offers_the_whole_vocabulary_with_digits() -> None:
    assert [offer.digit for offer in offers(BY_NAME["grade"], "")] == ["1", "2", "3", "4", "5"]
    assert offers(BY_NAME["city"], "x") == []
