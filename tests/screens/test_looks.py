"""Colours of tags can be read in every theme that comes with the program."""

import tomllib

import pytest
from textual.color import Color

from tui_crm.config import shipped_themes
from tui_crm.domain.vocabulary import TAG_COLORS
from tui_crm.screens.looks import DEFAULTS, tag_look

THEMES = sorted(path.stem for path in shipped_themes().glob("*.toml"))


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, as WCAG counts it: 1 to 21."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in Color.parse(colour).normalized
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


@pytest.mark.parametrize("theme", THEMES)
def test_tags_stand_out_from_the_ground_and_from_the_cursor(theme: str) -> None:
    colours = tomllib.loads((shipped_themes() / f"{theme}.toml").read_text(encoding="utf-8"))
    own = colours["variables"]
    for look in (tag_look(color, "") for color in TAG_COLORS if color):
        assert contrast(own[look], colours["background"]) >= (7 if theme == "contrast" else 4.5), look
        assert contrast(own[look], own["row-cursor"]) >= 4.5, look
        assert look in DEFAULTS


def test_a_tag_without_a_colour_looks_as_its_place_says() -> None:
    assert tag_look("", "accent") == "accent"
