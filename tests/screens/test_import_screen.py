"""Choosing a sheet, looking at the plan, bringing it in and taking it back, driven by keys on a real book.

Each run of the screen is a journey past many of its keys: starting it is what costs time.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.builders import a_customer, a_session
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.screens.import_dates import DateOrderPicker
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


def write(path: Path, *rows: str, headers: str = HEADERS) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join((headers, *rows)) + "\n", encoding="utf-8-sig")
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
    for _ in range(400):
        screen = pilot.app.screen
        if isinstance(screen, ImportScreen) and screen._phase is phase:
            await pilot.pause()
            return shown(pilot)
        await pilot.pause(0.02)
    raise AssertionError(f"never came to {phase}; {screen_text(pilot.app)}")


async def until_shown(pilot: Pilot[None], text: str) -> str:
    """Wait until the screen says something; all that it then shows."""
    for _ in range(400):
        if text in shown(pilot):
            return shown(pilot)
        await pilot.pause(0.02)
    raise AssertionError(f"never showed {text!r}; {screen_text(pilot.app)}")


def shown(pilot: Pilot[None]) -> str:
    """The screen as text, line breaks and blanks as single blanks."""
    return " ".join(screen_text(pilot.app).split())


async def press(pilot: Pilot[None], *keys: str) -> None:
    """One key after the other, each seen through."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def type_path(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one(PathLine).go_on_to(text)
    await pilot.pause()


def names(session: Session) -> list[str]:
    return sorted(row.name for row in find(session, "", None).rows)


async def test_from_typing_a_path_to_the_book_and_back(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Documents").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    a_customer(session, name="Acme Inc", country="US")
    headers = f"{HEADERS},Zusatz"
    told = ROWS[0].replace("asked for 5000 pcs", "sent PI20261110-A USD 4280")
    rows = (
        f"{told},wants FSC",
        f"{ROWS[1]},eco",
        "Ost Ltd,火星,Eva,eva@ost.example,2026-11-12,电话,no interest,,,,dear",
    )
    sheet = write(tmp_path / "my sheets" / "follow up.csv", *rows, headers=headers)
    async with importing(session) as pilot:
        line = pilot.app.screen.query_one(PathLine)
        await pilot.press("d", "m", "1", "u", "q")
        assert line.value == "dm1uq"  # letters are text while a path is typed
        await type_path(pilot, str(tmp_path / "my"))
        await press(pilot, "tab", "f", "tab")
        assert line.value == str(sheet)
        await pilot.press("enter")
        seen = await until(pilot, Phase.PREVIEW)
        assert "+ 2 new ~ 1 updated" in seen
        assert "Zusatz wants FSC" in seen  # the customer in hand, in full
        await until_shown(pilot, "1 record of trade in the notes — y")

        await press(pilot, "shift+tab")
        assert "row 4, 国家 · follow up" in shown(pilot)
        await press(pilot, "tab", "c", "enter", *"needs", "enter")
        assert "Needs as you chose" in shown(pilot)
        await press(pilot, "backspace")
        assert "own field as you chose" in shown(pilot)
        await press(pilot, "u")
        assert "Needs as you chose" in shown(pilot)
        await press(pilot, "u")
        assert "own field not recognised" in shown(pilot)
        await press(pilot, "enter", *"needs", "enter", "escape")
        await until(pilot, Phase.PREVIEW)
        assert "Needs wants FSC" in await until_shown(pilot, "1 record of trade")

        await press(pilot, "y")
        assert "✓ PI20261110-A" in shown(pilot)
        await press(pilot, "down", "space")
        assert "1 customer left out" in shown(pilot)
        await press(pilot, "R")
        assert "The report is in" in shown(pilot)
        (report,) = (tmp_path / "Documents").iterdir()
        assert '"follow up","4","","Ost Ltd","Left out, as you chose."' in report.read_text(encoding="utf-8-sig")

        await pilot.press("enter")
        assert "2 customers · 2 entries · 1 record of trade brought in" in await until(pilot, Phase.DONE)
        assert names(session) == ["Acme Inc", "Nordlicht GmbH"]
        card = cards.card(session, find(session, "nordlicht").rows[0].id)
        assert (card.customer.country, card.customer.stage, card.customer.needs) == ("DE", "quoted", "wants FSC")
        assert [entry.note for entry in card.activities] == ["sent PI20261110-A USD 4280"]
        assert [invoice.number for invoice in card.trade.invoices] == ["PI20261110-A"]
        assert card.step.action == "send PI"
        await press(pilot, "u")
        assert "Undone" in shown(pilot)
        assert names(session) == ["Acme Inc"]

        await pilot.press("enter")
        await until(pilot, Phase.PREVIEW)
        await pilot.press("enter")
        await until(pilot, Phase.DONE)
        operations = len(history.operations(session))
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, ImportScreen)

        await pilot.app.push_screen(ImportScreen(session, str(sheet)))
        assert "= 3 unchanged" in await until(pilot, Phase.PREVIEW)
        await press(pilot, "enter")
        assert "in the book already" in shown(pilot)
        assert len(history.operations(session)) == operations
        again = write(tmp_path / "next month.csv", f"{ROWS[0]},new wish", headers=headers)
        await press(pilot, "escape")
        await type_path(pilot, str(again))
        await pilot.press("enter")
        assert "1 as last time" in await until(pilot, Phase.PREVIEW)


async def test_dates_sheets_and_help_in_chinese(session: Session, tmp_path: Path) -> None:
    sheet = write(tmp_path / "my sheets" / "follow up.csv", ROWS[0].replace("2026-11-10", "5/6/2026"))
    with in_chinese():
        async with importing(session, size=(80, 24)) as pilot:
            dropped = str(sheet).replace(" ", "\\ ")
            pilot.app.screen.query_one(PathLine).post_message(Paste(dropped))
            await press(pilot, "enter")
            await until_shown(pilot, "5/6/2026 是哪一天？")
            await press(pilot, "enter")
            assert "看不出是哪一种" in shown(pilot)  # nothing is taken that nobody has pointed at
            await press(pilot, "escape", "enter")  # asked again before anything is written
            assert isinstance(pilot.app.screen, DateOrderPicker)
            await press(pilot, "down", "enter")
            assert "2026-06-05" in await until(pilot, Phase.PREVIEW)
            await press(pilot, "f6")  # asked anew
            await until_shown(pilot, "5/6/2026 是哪一天？")
            await press(pilot, "m")
            assert "2026-05-06" in await until(pilot, Phase.PREVIEW)

            await press(pilot, "s")
            assert "表头第 1 行" in shown(pilot)
            await press(pilot, "space", "escape")
            assert "+ 0 新增" in await until(pilot, Phase.PREVIEW)
            await press(pilot, "f8", "space", "h")
            assert "表头在哪一行" in shown(pilot)
            await press(pilot, "escape", "escape")
            assert "+ 1 新增" in await until(pilot, Phase.PREVIEW)
            await press(pilot, "b")
            assert "没有两边都改过的内容" in shown(pilot)
            await press(pilot, "question_mark")
            assert "表头在第几行" in shown(pilot)
            await press(pilot, "escape", "enter")
            assert "已导入 1 个客户" in await until(pilot, Phase.DONE)
    card = cards.card(session, find(session, "nordlicht").rows[0].id)
    assert card.activities[0].happened_at.astimezone().date().isoformat() == "2026-05-06"


async def test_nothing_in_a_file_or_its_name_breaks_the_screens(session: Session, tmp_path: Path) -> None:
    quoted = ['"' + text.replace('"', '""') + '"' for text in HOSTILE]
    rows = [",".join(['"x' + cell[1:], "德国", *quoted]) for cell in quoted]
    for name in ("[bold] [@click=app.quit].csv", "a\x1b[2J.csv", "b\u202egnp.csv", os.fsdecode(b"c\xff.csv")):
        write(tmp_path / "names" / name, *rows, headers=",".join(["Company", "Country", *quoted]))
    async with importing(session, size=(80, 24)) as pilot:
        await type_path(pilot, str(tmp_path / "names") + "/")
        assert is_harmless(screen_text(pilot.app))
        await press(pilot, "down", "enter")
        await until(pilot, Phase.PREVIEW)
        for key in ("down", "tab", "down", "tab", "end", "c", "down", "enter", "escape", "x", "escape", "s", "h", "escape",
                    "escape", "f1", "escape"):  # fmt: skip
            await press(pilot, key)
            assert is_harmless(screen_text(pilot.app))
        await until(pilot, Phase.PREVIEW)
        await press(pilot, "enter")
        assert is_harmless(await until(pilot, Phase.DONE))


async def test_what_cannot_be_read_is_explained_and_reading_stops_when_told(session: Session, tmp_path: Path) -> None:
    files = {"empty.csv": (b"", "is empty"), "fake.xlsx": (b"%PDF-1.4 nothing", "PDF"), "missing.csv": (None, "missing.csv"),
             "broken.xlsx": (b"PK\x03\x04garbage", "broken.xlsx")}  # fmt: skip
    async with importing(session) as pilot:
        line = pilot.app.screen.query_one(PathLine)
        for name, (content, complaint) in files.items():
            if content is not None:
                (tmp_path / name).write_bytes(content)
            await type_path(pilot, str(tmp_path / name))
            await press(pilot, "enter")
            status = pilot.app.screen.query_one("#status")
            for _ in range(200):
                if status.has_class("wrong") and complaint in str(status.render()):
                    break
                await pilot.pause(0.02)
            assert complaint in str(status.render())
            assert line.value == str(tmp_path / name)
            assert pilot.app.focused is line
        many = (ROWS[0].replace("Nordlicht", f"Firma {n}") for n in range(20_000))
        await type_path(pilot, str(write(tmp_path / "long.csv", *many)))
        await press(pilot, "enter", "escape")
        assert "Stopped; nothing was changed" in await until(pilot, Phase.FILE)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ImportScreen)
    assert names(session) == []


@pytest.mark.skipif(not DATA.exists(), reason="the sheets of ../shared/data are not here")
async def test_a_real_workbook_comes_in_whole_and_goes_again_on_a_tiny_screen(session: Session) -> None:
    async with importing(session, str(next(DATA.glob("*.xlsx"))), (40, 12)) as pilot:
        await until(pilot, Phase.PREVIEW)
        await pilot.press("enter")
        await until(pilot, Phase.DONE)
        assert len(names(session)) > 60
        await press(pilot, "u")
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
    (tmp_path / "a b.csv").write_text("x")
    for form in ("{}", "'{}'", '"{}"', "{}\n"):
        assert typed_path(form.format(tmp_path / "a b.csv")) == tmp_path / "a b.csv"
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
