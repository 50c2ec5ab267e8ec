"""Breaking text into lines of so many cells: at blanks, between Chinese characters, and only then inside a word."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

_NEVER_FIRST = "，。、；：？！）】》”’,.;:?!)]}%…"
"""Marks that stay with what they follow."""


def wrap(text: str, width: int, words: bool = False) -> list[str]:
    """`text` in lines of at most `width` cells; its own line breaks are kept. Always at least one line.

    With `words`, Chinese too is broken at blanks only, where a word fits a line.
    """
    return [line for part in text.split("\n") for line in _wrap_line(part, max(2, width), words)]


def _wrap_line(text: str, width: int, words: bool) -> Iterator[str]:
    if cell_len(text) <= width:
        yield text
        return
    line, size = "", 0
    for piece, cells in _pieces(text, width, words):
        if size + cells > width and line:
            yield line.rstrip()
            line, size = "", 0
            if piece.isspace():
                continue
        line += piece
        size += cells
    if line.strip() or not text:
        yield line.rstrip()


def _pieces(text: str, width: int, words: bool) -> Iterator[tuple[str, int]]:
    """What may stand at the end of a line: words with their marks, single blanks, wide characters one by one; with cells."""
    piece, size, wide = "", 0, False
    for start, end, cells in split_graphemes(text)[0]:
        part = text[start:end]
        between = not words and (cells > 1 or wide) and part not in _NEVER_FIRST
        apart = between or part.isspace() or piece.isspace()
        if piece and (apart or size + cells > width):
            yield piece, size
            piece, size = "", 0
        piece += part
        size += cells
        wide = cells > 1
    if piece:
        yield piece, size
