"""Drawing for terminals that cannot show everything: few colours, none, or few characters. Each is a filter over what is
drawn; `looks` says when."""

from __future__ import annotations

import sys
from functools import lru_cache

from rich.cells import split_graphemes
from rich.color import Color as Ink
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class NamedColours(LineFilter):
    """Draws what a theme calls bright black as dim text and, as a ground, as reversed text: many palettes hide that colour,
    and without any colour only this is left."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text in looks that every terminal has."""
        return [Segment(text, _named(style), control) if style else Segment(text, style, control)
                for text, style, control in segments]  # fmt: skip


_QUIET = 8
_DIM, _REVERSED = Style(color="default", dim=True), Style(color="default", bgcolor="default", reverse=True)


@lru_cache(1024)
def _named(style: Style) -> Style:
    if style.bgcolor is not None and style.bgcolor.number == _QUIET:
        return style + _REVERSED
    if style.color is not None and style.color.number == _QUIET:
        return style + _DIM
    return style


class Nearest256(LineFilter):
    """Draws with the 256 colours of the xterm palette. Rich would do so too, but makes dark grounds blue and green."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text in colours of that palette."""
        return [Segment(text, _in_256(style), control) if style else Segment(text, style, control)
                for text, style, control in segments]  # fmt: skip


@lru_cache(1024)
def _in_256(style: Style) -> Style:
    return style + Style(color=_ink(style.color), bgcolor=_ink(style.bgcolor))


def _ink(colour: Ink | None) -> Ink | None:
    if colour is None or colour.triplet is None or colour.type is not ColorType.TRUECOLOR:
        return colour
    return Ink.from_ansi(nearest_256(*colour.triplet))


_STEPS = (0, 95, 135, 175, 215, 255)


@lru_cache(1024)
def nearest_256(red: int, green: int, blue: int) -> int:
    """The number of the colour of the xterm palette that looks most like this one."""
    cube = [min(range(6), key=lambda at, part=part: abs(_STEPS[at] - part)) for part in (red, green, blue)]  # type: ignore[misc]
    grey = max(0, min(23, round(((red + green + blue) / 3 - 8) / 10)))
    level = 8 + 10 * grey
    far_cube = _far((red, green, blue), tuple(_STEPS[at] for at in cube))
    if _far((red, green, blue), (level, level, level)) <= far_cube:
        return 232 + grey
    return 16 + 36 * cube[0] + 6 * cube[1] + cube[2]


def _far(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How different two colours look, after a well-known approximation that weighs red by its mean."""
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    mean = (one[0] + other[0]) / 2
    return (2 + mean / 256) * red**2 + 4 * green**2 + (2 + (255 - mean) / 256) * blue**2


class PlainMarks(LineFilter):
    """Draws marks and lines in ASCII, one cell for one; what the terminal's encoding lacks becomes question marks."""

    def __init__(self) -> None:
        super().__init__()
        self._encoding = getattr(sys.__stderr__, "encoding", None) or "utf-8"  # what Textual writes to

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells in characters that are there."""
        return [
            segment if control or text.isascii() else Segment(plain(text, self._encoding), style, control)
            for segment in segments
            for text, style, control in (segment,)
        ]


_ASCII = str.maketrans({
    "…": ".", "·": ".", "•": "*", "●": "*", "○": "o", "★": "*", "✓": "+", "▸": ">", "▾": "v", "▲": "^", "▼": "v",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "⏎": "<", "↺": "<", "↶": "<", "−": "-", "–": "-", "—": "-", "×": "x",
    "≠": "#", "≈": "~", "“": '"', "”": '"', "‘": "'", "’": "'",
    "━": "=", "╸": "-", "─": "-", "│": "|", "┃": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┌": "+", "┐": "+",
    "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+",
    "█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "#", "▍": "|", "▎": "|", "▏": "|", "▐": "|", "▕": "|", "▔": "-",
    "▁": " ", "▂": " ", "▃": " ", "▄": " ", "▅": " ", "▆": " ", "▇": " ", "▀": " ", "\xa0": " ",
})  # fmt: skip


@lru_cache(2048)
def plain(text: str, encoding: str = "utf-8") -> str:
    """`text` with our marks and lines in ASCII, in as many cells, and question marks for what `encoding` lacks."""
    text = text.translate(_ASCII)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        pieces = [(text[start:end], cells) for start, end, cells in split_graphemes(text)[0]]
        return "".join(piece if _fits(piece, encoding) else "?" * cells for piece, cells in pieces)
    return text


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
