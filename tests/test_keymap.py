"""The keymap: what people write for keys, what is said of lines that cannot be used, and that no key does two things."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tui_crm.screens
from tests import keys_doc
from tui_crm.cli import main
from tui_crm.commands import BY_ID, COMMANDS
from tui_crm.key_names import NoKey, read_key
from tui_crm.key_rules import BESIDE_OTHERS
from tui_crm.keymap import PRESETS, of_preset, preset_of, read_keymap, write_preset
from tui_crm.keys_in_force import all_keys_of, key_of, keyed, use_keys
from tui_crm.screens.base import Speaks
from tui_crm.screens.keys import names, rebound

# Names of keys -------------------------------------------------------------------------------------------------------

MEANT = {
    "l": "l", "L": "L", "shift+l": "L", "ctrl+t": "ctrl+t", "Ctrl+T": "ctrl+t", "<C-t>": "ctrl+t", "^t": "ctrl+t",
    "alt+1": "alt+1", "Option+1": "alt+1", "F2": "f2", "Shift+F2": "shift+f2", "space": "space", " ": "space", "空格": "space",
    "del": "delete", "PgDn": "pagedown", "Page Down": "pagedown", "esc": "escape", "，": ",", "？": "?", "。": ".",
    "ｌ": "l", "question_mark": "?", "-": "-", "+": "+", "ö": "ö", "ctrl+→": "ctrl+right", "ctrl＋t": "ctrl+t",
}  # fmt: skip
REFUSED = {
    "ctrl+1": "alt+1", "ctrl+shift+t": "ctrl+t", "ctrl+m": "alt+m", "Ctrl+I": "alt+i", "ctrl+[": "", "ctrl+h": "alt+h",
    "super+l": "alt+l", "cmd+1": "alt+1", "gg": "g", "客": "", "alt+f": "ctrl+f", "alt+f4": "shift+f4", "ctrl+space": "space",
    "f13": "shift+f1", "tab": "", "pagedwn": "pagedown", "": "", "£": "alt+3", "shift+1": "", "shift+pgup": "ctrl+pageup",
    "ctrl+c": "alt+c", "alt+enter": "", "\x07": "",
}  # fmt: skip


@pytest.mark.parametrize("written", MEANT)
def test_a_key_is_read_as_people_write_it(written: str) -> None:
    assert read_key(written) == MEANT[written]


@pytest.mark.parametrize("written", REFUSED)
def test_a_key_that_no_terminal_sends_is_refused_with_another(written: str) -> None:
    with pytest.raises(NoKey) as refused:
        read_key(written)
    assert refused.value.instead == REFUSED[written]
    assert not refused.value.instead or read_key(refused.value.instead) == refused.value.instead


# Files ---------------------------------------------------------------------------------------------------------------

FILES = {
    'log = "W"\nsnooze = ["ctrl+1", "f6"]': [(2, "ctrl+1", 'snooze = ["s", "f6"]')],
    '# mine\n\nlgo = "w"': [(3, "lgo", "log = …")],
    'log = l\nstage = "W"': [(1, "quotation marks", 'log = "l"')],
    'log: "w"': [(1, "quotation marks", 'log = "w"')],
    'log = "x"': [(1, "x is on no_answer already", 'no_answer = ["')],
    'log = "w"\nwhy = "w"': [(1, "w is on why already", 'why = ["'), (2, "in line 1", 'why = "')],
    'log = "M"\nwhy = "M"': [(2, "M is on log already, in line 1", 'why = "')],
    'log = "M"\nlog = "N"': [(2, "line 1", "")],
    'undo = "enter"': [(1, "Enter", 'undo = ["u", "ctrl+z"]')],
    'new = "5"': [(1, "Digits", 'new = ["n", "f4"]')],
    "agenda = 2": [(1, "quotation marks", 'agenda = "2"')],
    'palette = "M"': [(1, "input method", 'palette = ["M", "ctrl+p"]')],
    'lock = "M"': [(1, "while you type", 'lock = "alt+l"')],
    'down = "x"': [(1, "of their own", 'down = ["j", "down"]')],
    'preset = "vmi"': [(1, "vmi", 'preset = "vim"')],
    '[keys]\nlog = "M"': [(1, "", "")],
    'tag = ["M",\ngrade = "C"\n': [(1, "", 'tag = "M"')],
    'view_7 = "f3"': [(1, "list of views", "")],
    'log = "gg"': [(1, "two keys", 'log = ["l", "f2"]')],
}  # fmt: skip


@pytest.mark.parametrize("text", FILES)
def test_what_cannot_be_used_is_told_with_its_line_and_another(text: str) -> None:
    keymap = read_keymap(text)
    told = [(mistake.line, str(mistake.why), mistake.instead) for mistake in keymap.mistakes]
    assert [line for line, _why, _instead in told] == [line for line, _why, _instead in FILES[text]], told
    for (_line, why, instead), (_, part, begins) in zip(told, FILES[text], strict=True):
        assert part in why
        assert instead.startswith(begins) and bool(instead) == bool(begins)


@pytest.mark.parametrize("text", FILES)
def test_what_is_suggested_can_be_written(text: str) -> None:
    for mistake in read_keymap(text).mistakes:
        if mistake.instead and "…" not in mistake.instead and "already" not in str(mistake.why):
            wrong = [str(other.why) for other in read_keymap(mistake.instead).mistakes]
            assert all("already" in why for why in wrong), mistake.instead


def test_one_wrong_line_spoils_no_other() -> None:
    keymap = read_keymap('grade = ["C",\n  "f8"]\nlog = oops\nviews ＝ “；”\nstage = ["W", "f5"]\ntheme = []\n')
    assert [mistake.line for mistake in keymap.mistakes] == [3]
    assert keymap.keys == {"grade": ("C", "f8"), "views": (";",), "stage": ("W", "f5"), "theme": ()}
    assert [note.line for note in keymap.notes] == [4, 6]


def test_two_commands_change_places() -> None:
    keymap = read_keymap('log = ["a", "f2"]\nreached = ["l", "alt+1"]')
    assert not keymap.mistakes
    assert keymap.keys == {"log": ("a", "f2"), "reached": ("l", "alt+1")}


def test_enter_esc_and_arrows_stay() -> None:
    keymap = read_keymap('open = "O"\nback = "Z"\ndown = "N"\nowner = "ctrl+home"')
    assert not keymap.mistakes
    assert keymap.keys["open"] == ("O", "enter")
    assert keymap.keys["back"] == ("Z", "escape")
    assert keymap.keys["down"] == ("N", "down")


def test_choosing_a_preset_leaves_the_lines_of_the_user(tmp_path: Path) -> None:
    file = tmp_path / "keymap.toml"
    file.write_text('# mine\nlog = ["W", "f2"]\npreset = "vim"  # for now\n', encoding="utf-8")
    write_preset(file, "fkeys")
    assert file.read_text(encoding="utf-8") == '# mine\nlog = ["W", "f2"]\npreset = "fkeys"\n'
    assert preset_of(file) == "fkeys"
    write_preset(tmp_path / "new.toml", "vim")
    assert preset_of(tmp_path / "new.toml") == "vim"


def test_sentences_name_the_keys_in_force() -> None:
    use_keys({"undo": ("W", "f7"), "new": ("f3",), "theme": ()})
    assert keyed("{undo} undoes, {new} adds {n}", "undo", "new", n=3) == "W undoes, F3 adds 3"
    assert all_keys_of("undo") == "W F7"
    assert key_of("theme") == ": theme"


# Presets and screens -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_no_key_twice_and_none_that_no_terminal_sends(preset: str) -> None:
    keys = of_preset(preset)
    assert [key for key, times in Counter(key for each in keys.values() for key in each).items() if times > 1] == []
    assert {key for each in keys.values() for key in each} == {read_key(key) for each in keys.values() for key in each}
    for command in COMMANDS:
        assert bool(keys[command.id]) == bool(command.keys or command.twins)
        assert not command.twins or any(len(key) > 1 for key in keys[command.id]), command.id


def test_under_the_preset_without_letters_no_letter_does_anything() -> None:
    assert [key for keys in of_preset("fkeys").values() for key in keys if len(key) == 1 and not key.isdigit()] == []


def screens() -> list[type[Speaks]]:
    """Every screen and dialog there is."""
    for module in pkgutil.walk_packages(tui_crm.screens.__path__, "tui_crm.screens."):
        importlib.import_module(module.name)
    found: list[type[Speaks]] = [Speaks]
    for kind in found:
        found += [each for each in kind.__subclasses__() if each not in found]
    return [kind for kind in found if hasattr(kind, "_merged_bindings")]


SCREENS = screens()


def assert_one_command_a_key(moved: dict[str, tuple[str, ...]]) -> None:
    use_keys(moved)
    for screen in SCREENS:
        usual = screen._merged_bindings  # type: ignore[attr-defined]
        now = rebound(usual).key_to_bindings
        assert all(len({binding.action for binding in here}) == 1 for here in now.values())
        actions = {
            binding.id: binding.action for here in usual.key_to_bindings.values() for binding in here if binding.id
        }
        for command, action in actions.items():
            for key in moved.get(command, ()):
                assert [binding.action for binding in now[names(key)[0]]] == [action], (screen, command, key)


@pytest.mark.parametrize("preset", PRESETS)
def test_under_a_preset_every_command_has_its_keys_on_every_screen(preset: str) -> None:
    assert_one_command_a_key(dict(read_keymap(f'preset = "{preset}"').keys))


MARKS, LETTERS = ".,;/#=-+'*", "abcdefghijklmnopqrstuvwxyz"
some_keys = st.lists(
    st.sampled_from(
        [*MARKS, *LETTERS, *LETTERS.upper(), "shift+f5", "delete", "space", *(f"f{number}" for number in range(1, 13))]
        + [f"{held}+{letter}" for letter in LETTERS for held in ("alt", "ctrl")]
    ),
    max_size=3,
)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(sorted(BY_ID)), some_keys, max_size=12), st.sampled_from(sorted(PRESETS)))
def test_no_keymap_gives_a_key_two_commands_on_a_screen(lines: dict[str, list[str]], preset: str) -> None:
    text = f'preset = "{preset}"\n' + "".join(f"{name} = {keys!r}\n" for name, keys in lines.items())
    keymap = read_keymap(text)
    assert len(keymap.mistakes) + len(lines) >= len([name for name in lines if name in keymap.keys])
    assert_one_command_a_key(dict(keymap.keys))


def test_the_keys_that_screens_have_of_their_own_are_known() -> None:
    for screen in SCREENS:
        bound = screen._merged_bindings.key_to_bindings  # type: ignore[attr-defined]
        theirs = {key for key, here in bound.items() if any(binding.id is None for binding in here)}
        theirs -= {"ctrl+c", "super+c", "tab", "shift+tab", "space", "ideographic_space"}
        theirs = {key for key in theirs if not key.startswith("fullwidth_") and not key.isdigit()}
        for command in {binding.id for here in bound.values() for binding in here if binding.id}:
            left = {name for key in BESIDE_OTHERS.get(command, ()) for name in names(key)}
            assert theirs <= left, (screen, command)


def test_the_document_has_every_command_with_its_keys() -> None:
    for page in keys_doc.PAGES:
        assert keys_doc.whole(page) == page.read_text(encoding="utf-8"), "run python -m tests.keys_doc"


def test_the_verb_lists_keys_and_checks_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    (tmp_path / "keymap.toml").write_text('log = "W"\nsnooze = "ctrl+1"\n', encoding="utf-8")
    assert main(["keys", "--json"], print) == 0  # type: ignore[arg-type]
    listed = {each["id"]: each["keys"] for each in json.loads(capsys.readouterr().out)}
    assert (listed["log"], listed["snooze"]) == (["W"], ["s", "f6"])
    assert main(["keys", "--check"], print) == 2  # type: ignore[arg-type]
    said = capsys.readouterr().err
    assert f"{tmp_path / 'keymap.toml'}:2: “ctrl+1”" in said
    assert 'Write: snooze = ["s", "f6"]' in said
    assert 'Write: log = ["W", "f2"]' in said
    assert main(["keys", "--preset", "vim"], print) == 0  # type: ignore[arg-type]
    assert "h ←" in capsys.readouterr().out
    assert not (tmp_path / "book.db").exists()
