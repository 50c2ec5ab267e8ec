"""Fitting text into columns: wide characters count two, what does not fit ends in an ellipsis."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from ...domain.text import visible


def fit(text: str, width: int, right: bool = False) -> str:
    """`text` in exactly `width` cells, control characters made visible."""
    if width <= 0:
        return ""
    text = visible(text)
    size = cell_len(text)
    if size > width:
        kept = set_cell_size(text, width - 1).rstrip()
        return f"{kept}…" + " " * (width - 1 - cell_len(kept))
    pad = " " * (width - size)
    return pad + text if right else text + pad


def marked(
    text: str, spans: Sequence[tuple[int, int]], width: int, look: str, found: str = "found"
) -> list[tuple[str, str]]:
    """`text` in exactly `width` cells, as (text, look) pieces; what stands in `spans` (start, end) has the look `found`."""
    shown = fit(text, width)
    end = min(len(text), len(shown.rstrip()))  # behind it stand blanks, which nothing was found in
    pieces: list[tuple[str, str]] = []
    at = 0
    for start, stop in spans:
        if start >= end:
            break
        pieces += [(shown[at:start], look), (shown[start : min(stop, end)], found)]
        at = min(stop, end)
    return [(piece, looks) for piece, looks in [*pieces, (shown[at:], look)] if piece]
