"""The first start: three ways in, at any size, in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.screen import Stage, in_chinese, screen_text
from tui_crm.screens.welcome import Welcome
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    yield session
    session.close()


async def answers(session: Session, *keys: str) -> list[object]:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(Welcome(session), pilot)
        await pilot.press(*keys)
        await pilot.pause()
        return app.answers


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["1"], "import"),
        (["2"], "demo"),
        (["3"], "new"),
        (["enter"], "import"),
        (["down", "enter"], "demo"),
        (["j", "j", "enter"], "new"),
        (["down", "down", "up", "enter"], "demo"),
        (["tab", "enter"], "demo"),
        (["L"], "language"),
        (["ctrl+l"], "language"),
        (["escape"], ""),
        (["q"], ""),
    ],
)
async def test_keys_answer(session: Session, keys: list[str], answer: str) -> None:
    assert await answers(session, *keys) == [answer]


async def test_a_click_is_enough(session: Session) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(Welcome(session), pilot)
        line = next(at for at, line in enumerate(screen_text(app).splitlines()) if "example book" in line)
        await pilot.click(offset=(20, line + 1))
        await pilot.pause()
        assert app.answers == ["demo"]


async def test_everything_is_in_sight_at_80x24_in_both_languages(session: Session) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(Welcome(session), pilot)
        for words in (
            "1  Import a sheet",
            "2  Try the example book",
            "3  Add the first customer",
            "L 中文",
            "stays on this",
        ):
            assert words in screen_text(app)
        with in_chinese():
            await app.open(Welcome(session), pilot)
            for words in ("1  导入跟进表", "2  看看示例客户", "3  新建第一个客户", "L English", "这台电脑上"):
                assert words in screen_text(app)


async def test_at_40x12_the_offer_in_hand_is_in_sight(session: Session) -> None:
    app = Stage()
    async with app.run_test(size=(40, 12)) as pilot:
        await app.open(Welcome(session), pilot)
        for words in ("1  Import a sheet", "2  Try the example book", "3  Add the first customer"):
            assert words in screen_text(app)
            await pilot.press("down")
            await pilot.pause()
