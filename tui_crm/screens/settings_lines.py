"""How settings are drawn: one on a line, and what is known of the one in hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len
from textual.content import Content

from ..domain.text import visible
from ..i18n import _, tell
from ..settings_rules import fitting
from ..settings_table import POINTS, Entry, range_words, shown, words_of
from .safety import own
from .why import strip_of
from .widgets.cells import fit
from .widgets.rowlist import OPEN, Cells

_POINTS = 8
_BAR = 14
_LONGEST = 10
"""Points that a full bar stands for."""
LABEL = 26
"""Cells of the column of names; less where there is no room."""


@dataclass(frozen=True, slots=True)
class Line:
    """A setting as it stands: its value, its default, and whether it was changed here and is not saved yet."""

    entry: Entry
    value: Any
    usual: Any
    changed: bool = False
    told: str = ""

    @property
    def label(self) -> str:
        """Its name."""
        return words_of(self.entry)[0]

    @property
    def differs(self) -> bool:
        """Whether it is not as it was when the program came."""
        return bool(self.entry.key) and self.value != self.usual

    @property
    def words(self) -> str:
        """Its value; of what is set elsewhere, what is said of it."""
        return shown(self.entry, self.value) if self.entry.key else self.told


def drawn(line: Line, width: int) -> Cells:
    """Mark, name, value; what it does as far as there is room."""
    label = label_width(width)
    room = max(0, width - label - 3)
    value = line.words if line.entry.key else f"{line.words}  …" if line.words else "…"
    kept = min(room, max(26, cell_len(value) + 2)) if room >= 70 else room
    strip = ""
    if line.entry.unit == POINTS:
        value, kept = value.rjust(_POINTS), min(room, _POINTS + 2)
        strip = strip_of(abs(line.value) / _LONGEST, max(0, min(_BAR, room - kept - 2)))
    mark, look = (" ● ", "accent") if line.changed else (" • ", "soon") if line.differs else ("   ", "dim")
    return [
        (mark, look + OPEN),
        (fit(line.label, label), "plain" + OPEN),
        (fit(value, kept), "strong" if line.differs or line.changed else "dim" if not line.entry.key else "plain"),
        (fit(strip or words_of(line.entry)[1], room - kept), "dim" + OPEN),
    ]


def label_width(width: int) -> int:
    """Cells of the column of names in a list of this width."""
    return min(LABEL, max(12, width // 2))


def about(line: Line, width: int) -> Content:
    """What the setting does; its default, what fits, and how it is called in the file."""
    entry = line.entry
    parts: list[str] = []
    if entry.key:
        usual = "–" if line.usual is None else shown(entry, line.usual)
        parts.append(_("default: {value}").format(value=usual))
        if isinstance(line.value, int | float) and not isinstance(line.value, bool):
            parts.append(range_words(entry))
        parts.append(entry.key)
    said = fit("  ·  ".join(parts), max(10, width)).rstrip()
    return Content.assemble((visible(words_of(entry)[1]), ""), "\n", own(Content.styled(visible(said), "$dim")))


def fits(entry: Entry, usual: Any) -> str:
    """What can be typed for it, in words."""
    if isinstance(usual, int | float):
        return range_words(entry) + "".join(f"  ·  {number} {_(words)}" for number, words in entry.special.items())
    return "" if isinstance(usual, str) else tell(fitting(entry.key, usual))
