"""The keys at the foot of a screen or a dialog: as many as fit, each whole, and a click on one presses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.visual import Visual

PRESS = "press"
"""In the meta of a style: the key that a click here presses."""
DO = "do"
"""In the meta of a style: the command that a click here runs."""
_NAMED = {
    "Enter": "enter", "Esc": "escape", "Tab": "tab", "Space": "space", "Del": "delete", "Home": "home", "End": "end",
    "PgDn": "pagedown", "PgUp": "pageup", "Insert": "insert", "↑": "up", "↓": "down", "←": "left", "→": "right",
}  # fmt: skip
"""Keys as people read them (`commands.key_label`), and as Textual calls them."""
_WORD = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)*(?:Enter|Esc|Tab|Space|Del|Home|End|PgDn|PgUp|Insert|F\d+)(?![A-Za-z])"
                   r"|(?:Ctrl|Alt|Shift)\+\S|[!-~←-↓−](?= |$)")  # fmt: skip
_ENTRY = re.compile(r"[^\s·](?:(?!  | · ).)*")
_STAY = ("?", "Esc", "F1", "q")
"""Keys that are shown as long as anything is: out of here, and more about it."""


def doing(words: Content, command: str) -> Content:
    """`words` that run a command of the screen when they are clicked."""
    return words.stylize(Style.from_meta({DO: command}))


class KeyBar(Static):
    """One line of keys. Those that do not fit are left out, never cut."""

    def __init__(self, content: Content | str = "", *, id: str | None = "keys") -> None:
        super().__init__(content, id=id, markup=False)

    def render(self) -> Visual:
        """As many keys as there is room for."""
        shown = self.content
        line = shown if isinstance(shown, Content) else Content(str(shown))
        return keys_line(_standing_out(line), self.content_size.width)


def keys_line(line: Content, width: int) -> Content:
    """`line`, keys with what they do between ` · ` or two blanks, without the entries that `width` has no room for; each
    entry presses its key."""
    entries = list(_entries(line))
    while len(entries) > 1 and _end(line, entries) > width:
        gone = next((at for at in range(len(entries) - 1, 0, -1) if not _stays(line, entries[at])), len(entries) - 1)
        line, entries = _without(line, entries, gone)
    for start, end in entries:
        key = key_meant(line.plain[start:end])
        if key:
            line = line.stylize(Style.from_meta({PRESS: key}), start, end)
    return line


def _standing_out(line: Content) -> Content:
    """A line that was written as one text, its keys made to stand out as in `keys.key_line`, which needs no dots between."""
    if " · " not in line.plain:
        return line
    for start, end in _entries(line):
        found = _WORD.match(line.plain[start:end])
        if found:
            line = line.stylize("$accent bold", start, start + found.end())
    return Content("  ").join(line.split(" · "))


def key_meant(entry: str) -> str:
    """The key, as Textual calls it, that an entry tells of: `Enter open` → `enter`; empty where it tells of several."""
    first = _WORD.match(entry)
    if first is None:
        inside = re.search(r"\b(Enter|Esc|Tab)\b", entry)
        return _NAMED[inside[1]] if inside else ""
    following = _WORD.match(entry[first.end() :].lstrip())
    return "" if following and len(following[0]) == 1 else _name(first[0])


def _name(label: str) -> str:
    from ..keys import names

    if len(label) == 1 and label.isascii():
        return names(label)[0]
    *held, key = label.split("+")
    return "+".join([*map(str.lower, held), _NAMED.get(key, key.lower())])


def _entries(line: Content) -> Iterator[tuple[int, int]]:
    for found in _ENTRY.finditer(line.plain):
        yield found.start(), found.start() + len(found[0].rstrip())


def _end(line: Content, entries: list[tuple[int, int]]) -> int:
    return line[: entries[-1][1]].cell_length


def _stays(line: Content, entry: tuple[int, int]) -> bool:
    return line.plain[entry[0] : entry[1]].startswith(_STAY)


def _without(line: Content, entries: list[tuple[int, int]], gone: int) -> tuple[Content, list[tuple[int, int]]]:
    """The line without one entry and what parts it from its neighbour."""
    if gone:
        kept = line[: entries[gone - 1][1]] + line[entries[gone][1] :]
    else:
        kept = line[: entries[0][0]] + line[entries[1][0] :]
    return kept, list(_entries(kept))
