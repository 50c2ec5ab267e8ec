"""Fitting text into columns: wide characters count two, what does not fit ends in an ellipsis."""

from __future__ import annotations

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
