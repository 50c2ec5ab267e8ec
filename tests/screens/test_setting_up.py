"""What is set up once, and what is kept beside a customer: tags, own fields, rates, files, people, addresses."""

import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.builders import a_customer, a_session
from tests.screen import Stage, screen_text
from tests.test_desktop import install
from tui_crm.app import CrmApp
from tui_crm.config import Places, load_settings
from tui_crm.domain.values import Contact, Reach
from tui_crm.screens.all_tags import AllTags
from tui_crm.screens.attachments import FilesScreen
from tui_crm.screens.card import CardScreen
from tui_crm.screens.card_list import CardList
from tui_crm.screens.own_fields import OwnFieldsScreen
from tui_crm.screens.rates import RatesScreen
from tui_crm.usecases import attachments, cards, tagging
from tui_crm.usecases.session import Session

ANNA = Contact("Anna Schmidt", "buyer", (Reach("email", "anna@firma.example"), Reach("wechat", "anna_s")), True)
BOSS = Contact("Max Boss", "CEO", (Reach("phone", "+49 40 123456"),))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


async def type_in(pilot: Pilot[None], *texts: str) -> None:
    """Type texts into line after line, and save the form."""
    for text in texts:
        await pilot.press(*text, "tab")
    await pilot.press("ctrl+s")
    await pilot.pause()


async def go_to(pilot: Pilot[None], text: str) -> None:
    """Put the cursor on the card's line that says this."""
    lines = pilot.app.screen.query_one(CardList)
    lines.go_to(next(at for at, line in enumerate(lines.lines) if text in f"{line.label}{line.text}"))
    await pilot.pause()


async def test_a_taken_name_offers_to_merge_and_undo_parts_them_again(session: Session) -> None:
    a_customer(session, tags=("haggler", "hagler"))
    a_customer(session, tags=("haggler",))
    stage = Stage()
    async with stage.run_test(size=(80, 24)) as pilot:
        await stage.open(AllTags(session), pilot)
        await pilot.press("c", "2", "j", "enter", "ctrl+u", *"haggler", "enter")
        await pilot.pause()
        assert "merge: #hagler (1) becomes #haggler (2)" in screen_text(stage)
        await pilot.press("1")
        await pilot.pause()
        assert "2 customers   ● red" in screen_text(stage)
        assert [tag.name for tag in tagging.every(session)] == ["haggler"]
        await pilot.press("u")
        await pilot.pause()
    assert [(tag.name, tag.count) for tag in tagging.every(session)] == [("haggler", 2), ("hagler", 1)]


async def test_a_field_of_ones_own_is_chosen_on_the_card(session: Session) -> None:
    customer = a_customer(session)
    stage = Stage()
    async with stage.run_test(size=(120, 60)) as pilot:
        await stage.open(OwnFieldsScreen(session), pilot)
        await pilot.press("n")
        await pilot.pause()
        await type_in(pilot, "Certificate", "ch", "CE, SDS")
        assert "choice: CE, SDS" in screen_text(stage)
        await stage.open(CardScreen(session, customer), pilot)
        await pilot.press("d")
        await go_to(pilot, "Certificate")
        await pilot.press("enter", "2")
        await pilot.pause()
        assert "Certificate saved" in screen_text(stage)
    assert cards.existing(session, customer).custom == {"Certificate": "SDS"}


async def test_a_rate_needs_an_own_currency_which_every_screen_then_has(session: Session, tmp_path: Path) -> None:
    a_customer(session)  # an empty book would ask something else
    places = Places(tmp_path, tmp_path)
    app = CrmApp(session, places)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(RatesScreen(session))
        await pilot.pause(0.3)  # it opens, then asks
        await pilot.press(*"rmb", "enter")
        await pilot.pause(0.3)
        await pilot.press("n", *"USD 7.12", "enter")
        await pilot.pause()
        assert "1 USD = 7.12 CNY" in screen_text(app)
        assert {screen.session.settings.own_currency for screen in app.screen_stack} == {"CNY"}  # type: ignore[attr-defined]
    assert load_settings(places.settings).own_currency == "CNY"


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the program that opens links")
async def test_an_address_is_copied_where_the_cursor_is_and_opened_from_the_list_of_all(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMUX", "SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    install(tmp_path, "xclip")
    opened = install(tmp_path, "xdg-open")
    customer = a_customer(session, contacts=(BOSS, ANNA))
    stage = Stage()
    async with stage.run_test(size=(120, 40)) as pilot:
        await stage.open(CardScreen(session, customer), pilot)
        await go_to(pilot, "anna_s")
        await pilot.press("y")
        await stage.workers.wait_for_complete()
        assert "Copied: anna_s  (WeChat · ★ Anna Schmidt)" in screen_text(stage)
        assert stage.clipboard == "anna_s"
        await pilot.press("o")  # a WeChat name has no link
        await stage.workers.wait_for_complete()
        assert "There is no link to open this. Copied: anna_s" in screen_text(stage)
        await pilot.press("home", "o")
        await pilot.pause()
        shown = screen_text(stage)
        assert shown.index("anna@firma.example") < shown.rindex("+49 40 123456")  # the main contact first
        await pilot.press("1")
        await stage.workers.wait_for_complete()
        assert "Opened: anna@firma.example" in screen_text(stage)
    assert opened.read_text() == "mailto:anna@firma.example\n"


async def test_a_file_is_kept_and_stands_on_the_card(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    customer = a_customer(session)
    (tmp_path / "图纸 A.pdf").write_bytes(b"x" * 1_234_567)
    stage = Stage()
    async with stage.run_test(size=(120, 60)) as pilot:
        await stage.open(FilesScreen(session, customer), pilot)
        await pilot.press("n", "o", "enter")
        await stage.workers.wait_for_complete()
        assert "There is no file" in screen_text(stage)
        await pilot.press("backspace", "backspace", "图", "tab", "enter")
        await stage.workers.wait_for_complete()
        assert "Kept: 图纸 A.pdf" in screen_text(stage)
        await pilot.press("delete", "u")
        await pilot.pause()
        await stage.open(CardScreen(session, customer), pilot)
        await pilot.pause()
        assert "图纸 A.pdf  1.2 MB · Wed 18 Nov" in screen_text(stage)
    assert [file.name for file in attachments.of(session, customer)] == ["图纸 A.pdf"]


async def test_who_decides_stands_first_whoever_is_the_main_contact(session: Session) -> None:
    customer = a_customer(session, contacts=(ANNA, BOSS))
    stage = Stage()
    async with stage.run_test(size=(120, 40)) as pilot:
        await stage.open(CardScreen(session, customer), pilot)
        await go_to(pilot, "Max Boss")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("tab", "tab", *"老板", "tab", "d", "ctrl+s")
        await pilot.pause()
        shown = screen_text(stage)
    assert "Max Boss  CEO · owner · decides" in shown
    assert shown.index("Max Boss") < shown.index("★ Anna Schmidt")
