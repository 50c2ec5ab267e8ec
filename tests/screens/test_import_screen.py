"""Choosing a sheet, looking at the plan, bringing it in and taking it back, driven by keys on a real book."""

import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.builders import a_customer, a_session
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.screens.importing import ImportScreen, Phase
from tui_crm.screens.widgets.filechooser import PathLine
from tui_crm.screens.widgets.sheet_files import Entry, completed, continuations, near, typed_path
from tui_crm.usecases import cards, history
from tui_crm.usecases.finding import find
from tui_crm.usecases.session import Session

DATA = Path(__file__).parents[2] / "../shared/data/8_followup_sheets"
HEADERS = "客户公司,国家,联系人姓名,联系方式,跟进时间,跟进方式,沟通内容,客户状态,下次跟进计划,备注"
ROWS = (
    "Nordlicht GmbH,德国,Anna,anna@nordlicht.example,2026-11-10,邮件,asked for 5000 pcs,已报价,2026-11-20 send PI,met at fair",
    "Acme Inc,美国,Bob,bob@acme.example,2026-11-12,电话,wants samples,打样,2026-11-25 寄样,",
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write(tmp_path / "my sheets" / "follow up.csv", *ROWS)


def write(path: Path, *rows: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join((HEADERS, *rows)) + "\n", encoding="utf-8-sig")
    return path


@asynccontextmanager
async def importing(session: Session, path: str = "", size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[None]]:
    """The import screen on the stage, drawn."""
    stage = Stage()
    async with stage.run_test(size=size) as pilot:
        await stage.open(ImportScreen(session, path), pilot)
        yield pilot


async def until(pilot: Pilot[None], phase: Phase) -> str:
    """Wait for a phase; what the screen then shows."""
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    for _ in range(200):
        if screen._phase is phase:
            await pilot.pause()
            return screen_text(pilot.app)
        await pilot.pause(0.05)
    raise AssertionError(f"never came to {phase}; {screen_text(pilot.app)}")


async def type_path(pilot: Pilot[None], text: str) -> None:
    line = pilot.app.screen.query_one(PathLine)
    line.go_on_to(text)
    await pilot.pause()


def names(session: Session) -> list[str]:
    return sorted(row.name for row in find(session, "", None).rows)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_from_the_file_to_the_book_and_back(session: Session, sheet: Path, size: tuple[int, int]) -> None:
    async with importing(session, size=size) as pilot:
        await type_path(pilot, str(sheet))
        await pilot.press("enter")
        shown = await until(pilot, Phase.PREVIEW)
        assert "+ 2 new" in shown
        assert "Nordlicht" in shown
        assert names(session) == []
        await pilot.press("enter")
        shown = await until(pilot, Phase.DONE)
        assert "2 customers · 2 entries brought in" in " ".join(shown.split())
        assert names(session) == ["Acme Inc", "Nordlicht GmbH"]
        await pilot.press("u")
        await pilot.pause()
        assert "Undone" in screen_text(pilot.app)
    assert names(session) == []


async def test_what_was_brought_in_is_complete(session: Session, sheet: Path) -> None:
    async with importing(session, str(sheet)) as pilot:
        await until(pilot, Phase.PREVIEW)
        await pilot.press("enter")
        await until(pilot, Phase.DONE)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ImportScreen)
    row = next(row for row in find(session, "nordlicht").rows)
    card = cards.card(session, row.id)
    assert (card.customer.country, card.customer.stage) == ("DE", "quoted")
    assert [entry.note for entry in card.activities] == ["asked for 5000 pcs"]
    assert card.step.action == "send PI"
    assert len(history.operations(session)) == 1


async def test_the_same_file_again_changes_nothing(session: Session, sheet: Path) -> None:
    for _ in range(2):
        async with importing(session, str(sheet)) as pilot:
            shown = await until(pilot, Phase.PREVIEW)
            await pilot.press("enter")
            await pilot.pause(0.3)
    assert "= 2 unchanged" in shown
    assert "in the book already" in shown
    assert len(history.operations(session)) == 1


async def test_tab_shows_the_notes_and_what_each_sheet_was_taken_for(session: Session, tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.csv", ROWS[0].replace("德国", "火星"))
    async with importing(session, str(sheet)) as pilot:
        await until(pilot, Phase.PREVIEW)
        assert "asked for 5000 pcs" in screen_text(pilot.app)  # the customer in hand, in full
        await pilot.press("tab")
        await pilot.pause()
        assert "row 2" in screen_text(pilot.app)
        await pilot.press("tab")
        await pilot.pause()
        assert "a: customers, 1 rows" in screen_text(pilot.app)


async def test_ambiguous_dates_are_asked_about_before_anything_is_written(session: Session, tmp_path: Path) -> None:
    sheet = write(tmp_path / "a.csv", ROWS[0].replace("2026-11-10", "5/6/2026"))
    async with importing(session, str(sheet)) as pilot:
        shown = await until(pilot, Phase.PREVIEW)
        assert "is 5/6/2026 the 5th of June (d) or May 6th (m)?" in shown
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert names(session) == []
        await pilot.press("d")
        await until(pilot, Phase.PREVIEW)
        await pilot.press("enter")
        await until(pilot, Phase.DONE)
    (row,) = find(session, "nordlicht").rows
    assert cards.card(session, row.id).activities[0].happened_at.astimezone().date().isoformat() == "2026-06-05"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("empty.csv", b"", "is empty"),
        ("fake.xlsx", b"%PDF-1.4 nothing", "PDF"),
        ("broken.xlsx", b"PK\x03\x04garbage", "broken.xlsx"),
        ("missing.csv", None, "missing.csv"),
    ],
)
async def test_a_file_that_cannot_be_read_is_explained_and_stays_named(
    session: Session, tmp_path: Path, name: str, content: bytes | None, complaint: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    async with importing(session) as pilot:
        await type_path(pilot, str(tmp_path / name))
        await pilot.press("enter")
        for _ in range(100):
            await pilot.pause(0.05)
            if pilot.app.screen.query_one("#status").has_class("wrong"):
                break
        assert complaint in str(pilot.app.screen.query_one("#status").render())
        assert pilot.app.screen.query_one(PathLine).value == str(tmp_path / name)
        assert pilot.app.focused is pilot.app.screen.query_one(PathLine)


async def test_escape_stops_the_reading(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = write(tmp_path / "long.csv", *(ROWS[0].replace("Nordlicht", f"Firma {n}") for n in range(30_000)))
    async with importing(session, str(sheet)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("escape")
        shown = await until(pilot, Phase.FILE)
        assert "Stopped; nothing was changed" in shown
        assert threading.active_count() < 20
    assert names(session) == []


@pytest.mark.parametrize("text", HOSTILE)
async def test_nothing_in_a_sheet_breaks_the_screen(session: Session, tmp_path: Path, text: str) -> None:
    cell = '"' + text.replace('"', '""') + '"'
    sheet = write(tmp_path / "h.csv", ",".join([cell, "德国", *[cell] * 8]), ",".join([f"x{cell[1:-1]}", *[cell] * 9]))
    async with importing(session, str(sheet), (80, 24)) as pilot:
        assert is_harmless(await until(pilot, Phase.PREVIEW))
        for key in ("down", "tab", "down", "tab", "end", "tab", "enter"):
            await pilot.press(key)
            await pilot.pause()
            assert is_harmless(screen_text(pilot.app))


async def test_hostile_file_names_are_only_shown(session: Session, tmp_path: Path) -> None:
    for name in ("[bold] [@click=app.quit].csv", "a\x1b[2J.csv", "b\u202egnp.csv", os.fsdecode(b"c\xff.csv")):
        write(tmp_path / "names" / name, *ROWS)
    async with importing(session, size=(80, 24)) as pilot:
        await type_path(pilot, str(tmp_path / "names") + "/")
        for _ in range(4):
            await pilot.press("enter")
            assert is_harmless(await until(pilot, Phase.PREVIEW))
            await pilot.press("escape")
            await until(pilot, Phase.FILE)
            await type_path(pilot, str(tmp_path / "names") + "/")
            assert is_harmless(screen_text(pilot.app))
            await pilot.press("down", "down", "down")


async def test_tab_completes_through_folders_and_enter_reads(session: Session, sheet: Path) -> None:
    async with importing(session) as pilot:
        await type_path(pilot, str(sheet.parent.parent / "my"))
        await pilot.press("tab")
        line = pilot.app.screen.query_one(PathLine)
        assert line.value == str(sheet.parent) + "/"
        await pilot.press("f", "tab")
        assert line.value == str(sheet)
        await pilot.press("enter")
        assert "+ 2 new" in await until(pilot, Phase.PREVIEW)


@pytest.mark.parametrize("form", ["{}", "'{}'", '"{}"', "{}\n", "file://{}", "escaped"])
async def test_a_file_dropped_on_the_window_is_found(session: Session, sheet: Path, form: str) -> None:
    text = str(sheet).replace(" ", "\\ ") if form == "escaped" else form.format(sheet)
    if form.startswith("file"):
        text = text.replace(" ", "%20")
    async with importing(session) as pilot:
        pilot.app.screen.query_one(PathLine).post_message(Paste(text))
        await pilot.pause()
        await pilot.press("enter")
        assert "+ 2 new" in await until(pilot, Phase.PREVIEW)


async def test_letters_are_text_while_a_path_is_typed(session: Session) -> None:
    async with importing(session) as pilot:
        await pilot.press("d", "m", "1", "u", "q", "j")
        assert pilot.app.screen.query_one(PathLine).value == "dm1uqj"
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ImportScreen)


async def test_an_existing_customer_is_shown_as_updated(session: Session, sheet: Path) -> None:
    a_customer(session, name="Nordlicht GmbH", country="DE")
    async with importing(session, str(sheet)) as pilot:
        shown = await until(pilot, Phase.PREVIEW)
    assert "+ 1 new" in shown
    assert "~ 1 updated" in shown


async def test_in_chinese(session: Session, sheet: Path) -> None:
    with in_chinese():
        async with importing(session, str(sheet)) as pilot:
            assert "2 新增" in await until(pilot, Phase.PREVIEW)
            await pilot.press("enter")
            assert "已导入 2 个客户" in await until(pilot, Phase.DONE)


@pytest.mark.skipif(not DATA.exists(), reason="the sheets of ../shared/data are not here")
@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.*")) if DATA.exists() else [])
async def test_real_sheets_come_in_whole_and_go_again(session: Session, name: str) -> None:
    async with importing(session, str(DATA / name)) as pilot:
        await until(pilot, Phase.PREVIEW)
        await pilot.press("enter")
        await until(pilot, Phase.DONE)
        assert len(names(session)) > 2
        await pilot.press("u")
        await pilot.pause()
    assert names(session) == []


def test_typed_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = tmp_path / 'it\'s "a" file.csv'
    odd.write_text("x")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert typed_path(str(odd)) == odd
    assert typed_path('~/it\'s "a" file.csv') == odd
    assert typed_path(f"  {tmp_path}/nothing here.csv ") == tmp_path / "nothing here.csv"
    assert typed_path("'/a/b c.csv'") == Path("/a/b c.csv")
    assert typed_path("/a/b\\ c.csv") == Path("/a/b c.csv")
    assert typed_path("'/a/b'\\''s.csv'") == Path("/a/b's.csv")
    assert typed_path("file:///a/b%20%E8%A1%A8.csv") == Path("/a/b 表.csv")
    for strange in ("", "'", '"', "\\", "~nobody-here/x", "a\0b", "x" * 5000):
        typed_path(strange)
        continuations(strange)


def test_continuations_and_completion(tmp_path: Path) -> None:
    for name in ("Orders.csv", "orders 2.xlsx", "notes.pdf", ".hidden.csv"):
        (tmp_path / name).write_text("x")
    (tmp_path / "orders-old").mkdir()
    found = continuations(f"{tmp_path}/or")
    assert [entry.path.name for entry in found] == ["orders 2.xlsx", "Orders.csv", "orders-old"]
    assert completed(f"{tmp_path}/or", found) == f"{tmp_path}/orders"
    assert completed(f"{tmp_path}/or", [Entry(tmp_path / "orders-old", True)]) == f"{tmp_path}/orders-old/"
    assert completed("x", []) == "x"
    assert continuations(f"{tmp_path}/no/such/") == []
    assert ".hidden.csv" in {entry.path.name for entry in continuations(f"{tmp_path}/.")}


def test_sheets_lying_near_are_offered_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Downloads").mkdir()
    for number, name in enumerate(("old.csv", "Downloads/new.xlsx", "readme.txt", "~$new.xlsx")):
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (number * 1000, number * 1000))
    assert [entry.path.name for entry in near()] == ["new.xlsx", "old.csv"]
