"""The first start: what is asked and guessed, the ways in, at any size, in both languages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.screen import Stage, in_chinese, screen_text
from tui_crm import i18n
from tui_crm.app import CrmApp
from tui_crm.config import Places, load_settings
from tui_crm.screens.welcome import Beginning, Welcome
from tui_crm.usecases.session import Session

WORDS = ("1  Import a sheet", "2  Try the example book", "3  Add the first customer", "4  Take the five-minute tour")
GUESSED = (("language", "en"), ("name", "me"), ("workdays", "12345"))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = a_session(tmp_path)
    yield session
    session.close()


async def test_keys_answer(session: Session) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, asks, answer in (
            (["1"], True, Beginning("import", GUESSED)),
            (["enter", "enter", "enter", "down", "enter"], True, Beginning("demo", GUESSED)),
            (["tab", "tab", "right", "3"], True, Beginning("new", (*GUESSED[:2], ("workdays", "123456")))),
            (["down", "1", "enter", "4"], True, Beginning("tour", (GUESSED[0], ("name", "me1"), GUESSED[2]))),
            (["escape"], True, Beginning("")),
            (["enter"], False, Beginning("import")),
            (["j", "j", "k", "enter"], False, Beginning("demo")),
            (["q"], False, Beginning("")),
        ):
            await app.open(Welcome(session, asks), pilot)
            await pilot.press(*keys)
            await pilot.pause()
            assert app.answers.pop() == answer


async def test_all_is_in_sight_at_80x24_and_a_click_is_enough(session: Session) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        with in_chinese():
            await app.open(Welcome(session), pilot)
            for words in (
                "1  导入跟进表",
                "2  看看示例客户",
                "3  新建第一个客户",
                "4  五分钟入门",
                "周日至四",
                "这台电脑上",
            ):
                assert words in screen_text(app)
            await pilot.press("left")  # English, at once
            await pilot.pause()
        for words in (*WORDS, "‹ English ›", "Your name", "‹ Mon–Fri ›", "Sun–Thu", "stays on this"):
            assert words in screen_text(app)
        line = next(at for at, line in enumerate(screen_text(app).splitlines()) if "example book" in line)
        await pilot.click(offset=(20, line + 1))
        await pilot.pause()
        assert [answer.way for answer in app.answers] == ["demo"]


async def test_at_40x12_what_is_in_hand_is_in_sight(session: Session) -> None:
    app = Stage()
    async with app.run_test(size=(40, 12)) as pilot:
        await app.open(Welcome(session), pilot)
        for words in ("Language", "Your name", "Working days", *WORDS):
            assert words in screen_text(app)
            await pilot.press("down")
            await pilot.pause(0.1)


async def test_the_answers_are_kept_and_not_asked_for_again(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "LC_ALL", "zh_CN.UTF-8")
    assert i18n.system_language() == "zh_CN"
    places = Places(tmp_path, tmp_path)
    app = CrmApp(session, places)
    async with app.run_test(size=(80, 24)) as pilot:
        while "Working days" not in screen_text(app):
            await pilot.pause(0.05)
        await pilot.press("down", *["backspace"] * 4, *"Li", "down", "right", "3")
        await pilot.pause(0.2)
        assert "New customer" in screen_text(app)
        assert (app.session.actor, app.session.settings.workdays) == ("Li", "123456")
    settings = load_settings(places.settings)
    assert (settings.language, settings.name, settings.workdays) == ("en", "Li", "123456")
    assert app.is_welcomed()
    assert not app.is_first_start
