"""Colours that rows are filled with, and the legend of a sheet that says what they mean: 红色=热客户 黄色=潜力."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from unicodedata import normalize

from .codes import codes_of
from .tables import Cell, Row, Table, shown

_AXES = ("temperature", "grade", "stage", "kind")
_HUES: Mapping[str, int] = {
    "红": 0, "red": 0, "橙": 32, "orange": 32, "黄": 55, "yellow": 55, "绿": 115, "green": 115, "青": 180, "cyan": 180,
    "蓝": 212, "blue": 212, "紫": 275, "purple": 275, "粉": 330, "pink": 330, "灰": -1, "gray": -1, "grey": -1,
}  # fmt: skip
_OUTER = 100
"""Rows at both ends of a sheet that are looked at for a legend."""
_WIDEST = 45
"""Degrees between a colour and the word for it at most."""
_PAIR = re.compile(
    r"(?P<colour>红|橙|黄|绿|青|蓝|紫|粉|灰|\b(?:red|orange|yellow|green|cyan|blue|purple|pink|gr[ae]y)\b)(?:色)?(?:底色|底|标记|填充|背景|行)?"
    r"\s*(?:=+>?|:|→|为|是|表示|代表|指|means?|-{1,2}|—+|–)\s*(?P<text>[^,;、|/。\n\s=:]+(?:[ ](?:customers?|clients?|leads?))?)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"图例|颜色说明|颜色|标注|说明|legend|colou?rs?|key", re.IGNORECASE)
_CUSTOMERS = re.compile(r"(?:客户|的)$|\s+(?:customers?|clients?|leads?)$", re.IGNORECASE)
_THEME = re.compile(r"<a:(dk1|lt1|dk2|lt2|accent[1-6])>.*?(?:lastClr|srgbClr val)=\"([0-9A-Fa-f]{6})\"", re.DOTALL)
_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
_OFFICE = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47")


@dataclass(frozen=True, slots=True)
class Told:
    """What a colour means: the field ("" for none of ours), and the word of the legend."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of a sheet: by row the one that most of its filled cells have (RRGGBB), what colours mean, and the rows in which the
    legend stands."""

    rows: Mapping[int, str] = field(default_factory=dict)
    legend: Mapping[str, Told] = field(default_factory=dict)
    lines: frozenset[int] = frozenset()


class Fills:
    """The filled cells of one sheet while it is read: runs of columns with their colour, kept once for rows that look the same."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[tuple[int, str], ...]] = {}
        self._same: dict[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]] = {}

    def keep(self, row: int, cells: Sequence[tuple[int, str]]) -> None:
        """Remember the coloured cells (column from 1, colour) of a row."""
        told = tuple(cells)
        self.rows[row] = self._same.setdefault(told, told)


def painted(tables: Sequence[Table], fills: Sequence[Fills]) -> list[Table]:
    """The tables with the colours of their rows; a legend counts for every sheet that has none itself."""
    if not any(own.rows for own in fills):
        return list(tables)
    legends = [_legend(_outer(table.rows), own) for table, own in zip(tables, fills, strict=True)]
    shared = next((legend for legend in legends if legend.by_colour or legend.by_hue), _Legend())
    result = []
    for table, own, legend in zip(tables, fills, legends, strict=True):
        says = legend if legend.by_colour or legend.by_hue else shared
        rows = {row.number: colour for row in table.rows if (colour := _colour_of(row, own, says))} if own.rows else {}
        meant = {colour: told for colour in {*rows.values()} if (told := says.of(colour))}
        lines = frozenset(legend.lines)
        result.append(replace(table, paint=Paint(rows, meant, lines)) if rows or lines else table)
    return result


def colours_of(book: Any) -> dict[int, str]:
    """The colour (RRGGBB) of each style of a workbook that fills cells with one; white, black and the pale greys of headers are none."""
    found = {}
    palette = _palette((book.loaded_theme or b"").decode("utf-8", "replace"))
    for number, style in enumerate(book._cell_styles):
        fill = book._fills[style.fillId] if style.fillId < len(book._fills) else None
        if fill is not None and getattr(fill, "fill_type", None) == "solid":
            colour = _rgb(fill.fgColor, palette)
            if colour and _hue(colour) is not None:
                found[number] = colour
    return found


@dataclass(slots=True)
class _Legend:
    by_colour: dict[str, Told] = field(default_factory=dict)
    by_hue: dict[int, Told] = field(default_factory=dict)
    lines: set[int] = field(default_factory=set)

    def of(self, colour: str) -> Told | None:
        """What a colour means: by the fill of the legend itself, else by the nearest of its words for colours."""
        if colour in self.by_colour:
            return self.by_colour[colour]
        hue = _hue(colour)
        if hue is None or not self.by_hue:
            return None
        nearest = min(self.by_hue, key=lambda known: _apart(known, hue))
        return self.by_hue[nearest] if _apart(nearest, hue) <= _WIDEST else None


def is_legend(text: str) -> bool:
    """Whether a text says what colours mean."""
    return bool(_pairs(text))


def _outer(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows among which a legend can stand: the first and the last of a sheet."""
    return rows if len(rows) <= 2 * _OUTER else (*rows[:_OUTER], *rows[-_OUTER:])


def _legend(rows: Sequence[Row], fills: Fills) -> _Legend:
    legend = _Legend()
    for row in rows:
        colours = dict(fills.rows.get(row.number, ()))
        pairs = [(at, found) for at, cell in enumerate(row.cells, 1) if isinstance(cell, str) for found in _pairs(cell)]
        if pairs:
            if len({at for at, _ in pairs}) == sum(not _is_label(cell) for cell in row.cells if cell is not None):
                legend.lines.add(row.number)
            for at, (hue, told) in pairs:
                legend.by_hue[hue] = told
                if at in colours and sum(other == at for other, _ in pairs) == 1:
                    legend.by_colour[colours[at]] = told
        elif colours and (patches := _patches(row, colours)):
            legend.lines.add(row.number)
            legend.by_colour.update(patches)
    return legend


def _pairs(text: str) -> list[tuple[int, Told]]:
    plain = normalize("NFKC", text)
    if len(plain) > 200 or (not any(sign in plain for sign in "红橙黄绿青蓝紫粉灰") and not plain.isascii()):
        return []
    return [(_HUES[found["colour"].casefold()], _told(found["text"])) for found in _PAIR.finditer(plain)]


def _patches(row: Row, colours: Mapping[int, str]) -> dict[str, Told]:
    """A row of patches: every word in it is one of ours and has a colour of its own, or right before it."""
    found: dict[str, Told] = {}
    for at, cell in enumerate(row.cells, 1):
        if cell is None or _is_label(cell):
            continue
        told = _told(shown(cell))
        colour = colours.get(at) or colours.get(at - 1)
        if not told.field or colour is None or found.get(colour, told) != told:
            return {}
        found[colour] = told
    return found


def _is_label(cell: Cell) -> bool:
    return _LABEL.fullmatch(shown(cell).strip(" :：")) is not None


def _told(text: str) -> Told:
    plain = normalize("NFKC", text).strip()
    for word in (plain, _CUSTOMERS.sub("", plain)):
        for axis in _AXES:
            if any(code.exact for code in codes_of(axis, word)):
                return Told(axis, word)
    return Told("", plain)


def _colour_of(row: Row, fills: Fills, legend: _Legend) -> str:
    """The colour of a row: one that the legend knows, else the one of its first cell or of most of them."""
    colours = dict(fills.rows.get(row.number, ()))
    if not colours:
        return ""
    filled = [at for at, cell in enumerate(row.cells, 1) if cell is not None]
    counted = Counter(colours[at] for at in filled if at in colours)
    known = [colour for colour in counted if legend.of(colour)]
    if known:
        return max(known, key=counted.__getitem__)
    most, count = counted.most_common(1)[0] if counted else ("", 0)
    return most if count * 2 > len(filled) else colours.get(filled[0], "") if filled else ""


@cache
def _hue(colour: str) -> int | None:
    """Degrees on the wheel of colours, -1 for grey; None for white, near white and black."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = rgb_to_hls(red, green, blue)
    if light > 0.97 or light < 0.08:
        return None
    if strength < 0.12 or max(red, green, blue) - min(red, green, blue) < 0.04:
        return -1 if light < 0.93 else None
    return round(hue * 360) % 360


def _apart(one: int, other: int) -> int:
    if one < 0 or other < 0:
        return 0 if one == other else 360
    return min(abs(one - other), 360 - abs(one - other))


def _palette(theme: str) -> tuple[str, ...]:
    found = dict(_THEME.findall(theme[:20_000]))
    return tuple(found.get(name, usual).upper() for name, usual in zip(_ORDER, _OFFICE, strict=True))


def _rgb(colour: Any, palette: Sequence[str]) -> str:
    from openpyxl.styles.colors import COLOR_INDEX

    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper() if len(str(colour.rgb)) in (6, 8) else ""
    if colour.type == "indexed":
        return COLOR_INDEX[colour.indexed][-6:].upper() if colour.indexed < len(COLOR_INDEX) else ""
    if colour.type == "theme" and colour.theme < len(palette):
        return _tinted(palette[colour.theme], float(colour.tint or 0))
    return ""


def _tinted(colour: str, tint: float) -> str:
    """A colour of the theme made lighter (to 1) or darker (to -1), as Excel does it."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, min(max(light, 0), 1), strength))
