from __future__ import annotations

from collections import Counter

from tui_crm.commands import COMMANDS, key_label
from tui_crm.screens.agenda import AgendaScreen


def test_ids_and_keys_are_unique() -> None:
    assert max(Counter(command.id for command in COMMANDS).values()) == 1
    used = Counter(key for command in COMMANDS for key in (*command.keys, *command.twins))
    assert [key for key, times in used.items() if times > 1] == []


def test_every_letter_has_a_twin_that_works_under_an_input_method() -> None:
    for command in COMMANDS:
        if any(len(key) == 1 and not key.isdigit() for key in command.keys):
            assert command.twins, command.id


def test_no_twin_is_a_bare_letter() -> None:
    assert [c.id for c in COMMANDS for twin in c.twins if len(twin) == 1 and not twin.isdigit()] == []


def test_every_binding_of_the_list_can_be_done() -> None:
    bound = {binding.action for binding in AgendaScreen.BINDINGS}  # type: ignore[union-attr]
    for action in bound:
        assert hasattr(AgendaScreen, f"do_{action[4:-2]}"), action


def test_keys_are_labelled_as_people_read_them() -> None:
    assert [key_label(key) for key in ("ctrl+t", "pagedown", "f2", "alt+1", "/", "escape")] == [
        "Ctrl+T",
        "PgDn",
        "F2",
        "Alt+1",
        "/",
        "Esc",
    ]
