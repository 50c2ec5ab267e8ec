"""The small dialogs, driven by keys and read as text."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from textual import events

from tests.builders import TODAY
from tests.screen import HOSTILE, Stage, in_chinese, is_harmless, screen_text
from tui_crm.commands import COMMANDS
from tui_crm.domain.messages import Problem
from tui_crm.domain.priority import Engine, Moment, Standing
from tui_crm.domain.values import AgendaRow, NextStep
from tui_crm.domain.vocabulary import STAGES, TEMPERATURES
from tui_crm.screens.ask import Ask
from tui_crm.screens.base import Dialog
from tui_crm.screens.palette import Palette
from tui_crm.screens.picker import Choice, Picker, best
from tui_crm.screens.snooze import Snooze
from tui_crm.screens.tags import TagChange, TagPicker
from tui_crm.screens.why import Why
from tui_crm.usecases.planning import later_day

SIZES = [(120, 36), (80, 24), (40, 12)]
IDS = [command.id for command in COMMANDS]
TAGS = [("price-sensitive", 30), ("价敏感", 23), ("VIP-gold", 14), ("潜力大", 12), ("VIP", 3)]


def temperatures(current: str = "hot", **more: Any) -> Picker:
    return Picker("Temperature", [Choice(code, code, f"hint {code}") for code in TEMPERATURES], current, **more)


def stages() -> Picker:
    return Picker("Stage", [Choice(code, code) for code in STAGES], "quoted")


def grades() -> Picker:
    return Picker("Grade", [Choice(grade, grade) for grade in "SABCE"], "S")


def many() -> Picker:
    return Picker(
        "Country", [Choice(f"c{n}", name) for n, name in enumerate(["Germany", "德国", "Ghana", *"abcdefghij"])]
    )


def snooze(name: str = "Müller GmbH") -> Snooze:
    return Snooze(name, lambda text: later_day(text, TODAY), TODAY)


def tags(*on: str, name: str = "Müller GmbH") -> TagPicker:
    return TagPicker(name, on, TAGS)


def a_row(
    name: str = "Müller GmbH", action: str = "send the revised PI", due: date | None = date(2026, 11, 14)
) -> AgendaRow:
    standing = Standing("hot", "A", NextStep(due, action, "whatsapp", by_hand=bool(action), latest_on=due))
    reasons = Engine().explain(standing, Moment(TODAY))
    return AgendaRow(
        id=1, uid="u", name=name, country="DE", city="", zone="", temperature="hot", grade="A", stage="quoted", owner="me",
        due_on=due, days_late=(TODAY - due).days if due else 0, overdue=bool(due), by_hand=True, estimated=False,
        next_action=action, channel="whatsapp", score=sum(reason.points for reason in reasons), reasons=reasons,
    )  # fmt: skip


async def answer_to(dialog: Dialog[Any], *keys: str, size: tuple[int, int] = (80, 24)) -> list[Any]:
    """What a dialog has answered after these keys: nothing yet is an empty list."""
    app = Stage()
    async with app.run_test(size=size) as pilot:
        await app.open(dialog, pilot)
        await pilot.press(*keys)
        await pilot.pause()
        return app.answers


async def seen(dialog: Dialog[Any], *keys: str, size: tuple[int, int] = (80, 24)) -> str:
    """What a dialog shows after these keys."""
    app = Stage()
    async with app.run_test(size=size) as pilot:
        await app.open(dialog, pilot)
        await pilot.press(*keys)
        await pilot.pause()
        return screen_text(app)


@pytest.mark.parametrize(
    ("dialog", "keys", "answer"),
    [
        (temperatures, ["3"], "cold"),
        (temperatures, ["enter"], "hot"),
        (temperatures, ["j", "down", "enter"], "cold"),
        (temperatures, ["down", "k", "up", "enter"], "hot"),
        (temperatures, ["G", "enter"], "sample"),
        (temperatures, ["q"], None),
        (temperatures, ["escape"], None),
        (grades, ["b"], "B"),
        (stages, ["enter"], "quoted"),
        (stages, ["9"], "lost"),
        (stages, ["0"], "paused"),
        (many, ["g", "e", "enter"], "c0"),
        (many, ["d", "g", "enter"], "c1"),
        (many, ["down", "down", "enter"], "c2"),
        (many, ["escape"], None),
        (snooze, ["1"], "1"),
        (snooze, ["3"], "3"),
        (snooze, ["7"], "7"),
        (snooze, ["７"], "7"),
        (snooze, ["down", "enter"], "3"),
        (snooze, [*"fri", "enter"], "fri"),
        (snooze, [*"25", "enter"], "25"),
        (snooze, ["tab", *"12", "enter"], "12"),
        (snooze, ["down", "down", "down", *"3w", "enter"], "3w"),
        (snooze, [*"下周三", "enter"], "下周三"),
        (snooze, ["escape"], None),
        (tags, ["enter"], None),
        (tags, [*"pri", "enter"], TagChange(("price-sensitive",))),
        (tags, [*"jia", "enter"], TagChange(("价敏感",))),
        (tags, [*"敏感", "enter"], TagChange(("价敏感",))),
        (tags, [*"sens", "enter"], TagChange(("price-sensitive",))),
        (tags, [*"vip", "enter"], TagChange(("VIP",))),
        (tags, ["#", *"new one", "enter"], TagChange(("new-one",))),
        (tags, [*"vip", "tab", *"pri", "tab", "enter"], TagChange(("VIP", "price-sensitive"))),
        (tags, [*"vip", "tab", *"vip", "tab", "enter"], None),
        (tags, [*"a", ",", *"价敏感", "，", "enter"], TagChange(("a", "价敏感"))),
        (tags, [*"vip", "escape"], None),
        (lambda: tags("VIP", "潜力大"), ["down", "enter"], TagChange((), ("VIP",))),
        (lambda: tags("VIP", "潜力大"), ["down", "tab", "down", "tab", "enter"], TagChange((), ("VIP", "潜力大"))),
        (lambda: tags("VIP"), [*"vip", "tab", *"qian", "enter"], TagChange(("潜力大",), ("VIP",))),
        (lambda: Palette(IDS), [*"undo", "enter"], "undo"),
        (lambda: Palette(IDS), [*"SNO", "enter"], "snooze"),
        (lambda: Palette(IDS), [*"lftmsg", "enter"], "left_message"),
        (lambda: Palette(IDS), [*"pinyin", "enter"], "search"),
        (lambda: Palette(["log", "why"]), ["down", "enter"], "why"),
        (lambda: Palette(IDS), ["escape"], None),
    ],
)  # fmt: skip
async def test_keys_answer(dialog: Callable[[], Dialog[Any]], keys: list[str], answer: object) -> None:
    assert await answer_to(dialog(), *keys) == [answer]


def hostile_dialogs() -> list[Dialog[Any]]:
    markup, escape, long = HOSTILE[0], HOSTILE[2], HOSTILE[4]
    return [
        Picker(markup, [Choice(str(n), text, text) for n, text in enumerate(HOSTILE)], "0"),
        Picker(escape, [Choice(str(n), text) for n, text in enumerate(HOSTILE * 2)]),
        TagPicker(long, [HOSTILE[0]], [(text, 3) for text in HOSTILE]),
        TagPicker(markup, HOSTILE, []),
        *(Ask(text, text, lambda typed: typed, initial=text, placeholder=text) for text in (markup, escape, long)),
        *(snooze(text) for text in (markup, escape, long)),
        *(Why(a_row(text, text)) for text in HOSTILE),
    ]


@pytest.mark.parametrize("size", SIZES[1:])
async def test_no_text_from_data_is_markup_or_steers_the_terminal(size: tuple[int, int]) -> None:
    app = Stage()
    async with app.run_test(size=size) as pilot:
        for dialog in hostile_dialogs():
            await app.open(dialog, pilot)
            await pilot.press("down")
            assert is_harmless(screen_text(app))
            await pilot.press("escape")
        assert app.answers == [None] * len(hostile_dialogs())


@pytest.mark.parametrize("text", HOSTILE[:2])
async def test_markup_is_shown_as_it_is(text: str) -> None:
    dialogs: list[Dialog[Any]] = [
        Picker("x", [Choice("a", text)]),
        Ask(text, text, lambda typed: typed),
        snooze(text),
        TagPicker("x", [], [(text, 1)]),
        Why(a_row(action=text)),
    ]
    for dialog in dialogs:
        assert text in await seen(dialog)


@pytest.mark.parametrize("size", SIZES)
async def test_every_dialog_shows_its_last_line_or_scrolls_to_it(size: tuple[int, int]) -> None:
    lists: list[tuple[Dialog[Any], str]] = [
        (stages(), "paused"),
        (tags(), "#VIP"),
        (Palette(IDS), "Ctrl+Q"),
        (Why(a_row()), "in all"),
    ]
    for dialog, last in lists:
        assert last in await seen(dialog, *["pagedown"] * 20, size=size)
    assert "Wed 25 Nov" in await seen(snooze(), size=size)


async def test_a_picker_tries_on_what_the_cursor_comes_to_and_says_why_it_cannot() -> None:
    tried: list[str] = []

    def try_on(code: str) -> None:
        tried.append(code)
        if code == "cold":
            raise Problem("The theme {name} is broken", name="[/cold]")

    shown = await seen(temperatures(on_move=try_on), "down", "down")
    assert tried == ["potential", "cold"]
    assert "The theme [/cold] is broken" in shown
    assert "●" in shown


async def test_the_present_choice_is_marked_and_narrowing_says_when_nothing_is_left() -> None:
    assert "4 ● quoted" in await seen(stages())
    shown = await seen(many(), *"zzz")
    assert "Germany" not in shown
    assert "Nothing fits" in shown
    assert await answer_to(many(), *"zzz", "enter") == []


async def test_ask_keeps_what_was_typed_until_it_can_be_used() -> None:
    def ask() -> Ask:
        return Ask("Müller GmbH", "Until when?", lambda text: later_day(text, TODAY), "nonsense")

    shown = await seen(ask(), "enter")
    assert "nonsense" in shown
    assert await answer_to(ask(), "enter") == []
    complaint = next(line for line in shown.splitlines() if "“nonsense”" in line)
    assert complaint not in await seen(ask(), "enter", "x")
    assert await answer_to(ask(), "enter", *["backspace"] * 8, *"3d", "enter") == ["3d"]


async def test_snooze_says_which_day_is_meant_while_it_is_typed() -> None:
    shown = await seen(snooze(), *"next fri")
    assert [part in shown for part in ("Thu 19 Nov", "Sat 21 Nov", "Wed 25 Nov", "Fri 27 Nov", "in 9 days")] == [
        True
    ] * 5
    assert "not a day yet" in await seen(snooze(), *"nex")


@pytest.mark.parametrize(("typed", "complaint"), [("yesterday", "is not after today"), ("nonsense", "nonsense")])
async def test_snooze_keeps_a_phrase_that_cannot_be_used(typed: str, complaint: str) -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(snooze(), pilot)
        await pilot.press(*typed, "enter")
        assert app.answers == []
        assert screen_text(app).count(typed) >= 1
        assert complaint in screen_text(app)


async def test_a_pasted_digit_is_text() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(snooze(), pilot)
        app.screen.focused.post_message(events.Paste("7\nq"))  # type: ignore[union-attr]
        await pilot.pause()
        assert app.answers == []
        assert "in a week" in screen_text(app).splitlines()[11]
        await pilot.press("enter")
        assert app.answers == ["7"]


async def test_tags_show_what_will_change_before_it_is_saved() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(tags("VIP"), pilot)
        assert "close, nothing changed" in screen_text(app)
        await pilot.press(*"pri")
        assert "put on" in screen_text(app)
        await pilot.press("tab", *"vip")
        assert "save  +#price-sensitive" in screen_text(app)
        assert "take off" in screen_text(app)
        await pilot.press("tab", *"brandneu")
        assert "save  +#price-sensitive −#VIP" in screen_text(app)
        assert "new tag" in screen_text(app)


async def test_why_adds_up() -> None:
    shown = await seen(Why(a_row()))
    lines = [line.strip("│ ") for line in shown.splitlines()]
    points = [float(line.split()[0]) for line in lines if line and line[0].isdigit() and "." in line.split()[0]]
    assert sum(points[:-1]) == pytest.approx(points[-1])
    assert points[-1] == a_row().score
    assert lines.index("send the revised PI") < lines.index("Sat 14 Nov · 4 d late · WhatsApp")
    assert "4 d late, overdue" in shown


async def test_why_explains_a_customer_without_a_next_step() -> None:
    shown = await seen(Why(a_row(due=None, action="")))
    assert "no day is set" in shown
    assert "no next step" in shown


@pytest.mark.parametrize("key", ["escape", "q", "w", "f9", "enter"])
async def test_why_closes(key: str) -> None:
    assert await answer_to(Why(a_row()), key) == [None]


async def test_the_palette_finds_by_either_language_and_by_sound() -> None:
    with in_chinese():
        for typed in ("undo", "chex", "撤销"):
            assert await answer_to(Palette(IDS), *typed, "enter") == ["undo"]
    assert await answer_to(Palette(IDS), *"qqqq", "enter") == []
    assert "No command is called so." in await seen(Palette(IDS), *"qqqq")


async def test_the_palette_offers_only_what_the_screen_can_do_and_no_mere_movements() -> None:
    shown = await seen(Palette(["log", "down", "page_up", "palette"]), size=(80, 24))
    assert "F2" in shown
    assert not any(word in shown for word in ("Down", "PgUp", "Ctrl+P", "Undo"))


def test_best_puts_equal_before_beginning_before_holding_and_keeps_the_order_otherwise() -> None:
    names = ["a vip", "vip-gold", "VIP", "vip-silver", "other"]
    assert best("vip", ((name, (name,)) for name in names)) == ["VIP", "vip-gold", "vip-silver", "a vip"]
    assert best("gold vip", ((name, (name,)) for name in names)) == ["vip-gold"]
    assert best(" ", ((name, (name,)) for name in names)) == names


async def test_dialogs_speak_chinese() -> None:
    with in_chinese():
        shown = [await seen(dialog) for dialog in (snooze(), tags("VIP"), Why(a_row()), Palette(IDS), stages())]
    for text, words in zip(shown, ("明天", "没有改动", "紧急度合计", "输入查找", "取消"), strict=True):
        assert words in text


def test_a_change_of_tags_reads_as_one_line() -> None:
    assert str(TagChange(("a", "b"), ("c",))) == "+#a +#b −#c"
