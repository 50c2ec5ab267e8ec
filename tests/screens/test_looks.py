"""Every theme that comes with the program can be read; the user's own are checked; poor terminals get what they can show."""

from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color import Color as Ink
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui_crm import themes
from tui_crm.config import shipped_themes
from tui_crm.domain.messages import Problem
from tui_crm.domain.vocabulary import TAG_COLORS
from tui_crm.screens.looks import FEW, MANY, NONE, SOME, colours, draws_plain, load_theme, tag_look
from tui_crm.screens.terminals import NamedColours, Nearest256, nearest_256, plain
from tui_crm.themes import GROUNDS, INKS, VARIABLES, look_over, read_theme, weak_pairs

SHIPPED = themes.theme_files(shipped_themes())
DRAWN = sorted(set(SHIPPED) - {"ansi"})
BLACK = Color(0, 0, 0)


# The themes that come with the program -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DRAWN)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    assert look_over(SHIPPED[name]) == []  # nothing wrong, nothing left out, no pair under AA
    assert weak_pairs(read_theme(SHIPPED[name]), 7 if name == "contrast" else 4.5) == []


@pytest.mark.parametrize("name", DRAWN)
def test_it_can_be_read_with_256_colours_too(name: str) -> None:
    palette = read_theme(SHIPPED[name])
    drawn = {key: _in_256(colour) for key, colour in palette.colours.items()}
    weak = weak_pairs(palette._replace(colours=drawn), 3)
    assert weak == []
    assert len({drawn[ground] for ground in ("background", "row-cursor")}) == 2


def _in_256(colour: str) -> str:
    red, green, blue = (round(part * 255) for part in themes.rgb(colour))
    return Ink.from_ansi(nearest_256(red, green, blue)).get_truecolor().hex


def test_there_are_themes_for_every_room_and_eye() -> None:
    kinds = {name: read_theme(path) for name, path in SHIPPED.items()}
    assert len(kinds) >= 6
    assert sum(not kind.dark for kind in kinds.values()) >= 2
    assert kinds["ansi"].ansi
    for color in filter(None, TAG_COLORS):
        assert tag_look(color, "") in VARIABLES
    assert tag_look("", "accent") == "accent"


def test_contrast_is_counted_as_wcag_does() -> None:
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


# The user's own ------------------------------------------------------------------------------------------------------


def a_theme(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('acent = "#fff"', 1, "Did you mean accent?"),
        ('dark = false\n\n[variables]\nhott = "#fff"', 4, "Did you mean hot?"),
        ('accent = "#ffff"', 1, 'accent = "#ffff" is no colour'),
        ('accent = 7', 1, "accent = 7 is no colour"),
        ('[variables]\nlate = "tomato"', 2, 'late = "tomato" is no colour'),
        ('late = "#ff0000"', 1, "late belongs under [variables]"),
        ('[variables]\n"panel" = "#ff0000"', 2, "panel belongs at the top"),
        ('dark = "yes"', 1, "dark is true or false"),
        ('accent = "ansi_red"', 1, "need ansi = true"),
        ('ansi = true\naccent = "ansi_bright_rad"', 2, "Did you mean ansi_bright_red?"),
        ('accent = "#ffffff"\nerror = red\n', 2, "not valid TOML"),
        ("variables = 3", 1, "There is no variables"),
        ("zzz = 1", 1, "Use: primary, secondary"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_keeps_the_theme_off(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = a_theme(tmp_path, text)
    remark = look_over(path)[0]
    assert (remark.line, remark.serious) == (line, True)
    assert says in str(remark.message)
    with pytest.raises(Problem, match=rf"mine\.toml:{line} "):
        read_theme(path)


def test_what_a_theme_leaves_out_comes_from_the_usual_one_of_its_kind(tmp_path: Path) -> None:
    path = a_theme(tmp_path, 'dark = false\naccent = "#005500"\n\n[variables]\nhot = "#e0e0e0"\n')
    palette, light = read_theme(path), read_theme(SHIPPED["light"])
    assert palette.colours["dim"] == light.colours["dim"]
    assert palette.colours["accent"] == "#005500"
    left_out, *weak = look_over(path)
    assert "as in light" in str(left_out.message)
    assert "accent" not in str(left_out.message)
    assert {remark.line for remark in weak} == {5}
    assert len(weak) == len(GROUNDS)
    assert "hot on background is hard to read: contrast 1.3" in str(weak[0].message)
    assert not any(remark.serious for remark in (left_out, *weak))
    assert load_theme(path).to_color_system().generate()


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in str(look_over(path)[0].message)
    with pytest.raises(Problem, match=r"gone\.toml"):
        read_theme(tmp_path / "gone.toml")


# Terminals -----------------------------------------------------------------------------------------------------------


def test_how_many_colours_and_marks_there_are() -> None:
    assert colours("truecolor", {}) == MANY
    assert colours("256", {"TERM": "xterm-256color"}) == SOME
    assert colours("standard", {"TERM": "xterm"}) == colours(None, {}) == FEW
    assert colours("truecolor", {"NO_COLOR": "1"}) == NONE
    assert not draws_plain({"TERM": "xterm"}, "UTF-8")
    assert draws_plain({"TERM": "linux"}, "utf-8")
    assert draws_plain({}, "ISO-8859-1")
    assert not draws_plain({"TERM": "linux", "CRM_MARKS": "full"}, "utf-8")
    assert draws_plain({"CRM_MARKS": "plain"}, "utf-8")


@pytest.mark.parametrize("text", ["━━╸ …·●✓→", "╭─ ✓ ─╮▏▇", "深圳 Müller", "e\u0301👩‍👧"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "gb18030", "ascii"])
def test_plain_marks_take_as_many_cells(text: str, encoding: str) -> None:
    drawn = plain(text, encoding)
    drawn.encode(encoding)
    assert cell_len(drawn) == cell_len(text)
    assert not set(drawn) & set("━╸…·●✓→╭─╮▏▇")


def test_few_colours_still_show_the_cursor_and_what_is_quiet() -> None:
    cursor, quiet = Style(bgcolor="bright_black", bold=True), Style(color="bright_black", meta={"own": True})
    one, two = NamedColours().apply([Segment("a", cursor), Segment("b", quiet)], BLACK)
    assert one.style.reverse and one.style.bold and one.style.bgcolor.is_default  # type: ignore[union-attr]
    assert two.style.dim and two.style.color.is_default and two.style.meta == {"own": True}  # type: ignore[union-attr]


def test_dark_grounds_stay_grey_with_256_colours() -> None:
    drawn = Nearest256().apply([Segment("a", Style(color="#d7dde3", bgcolor="#222932"))], BLACK)[0].style
    assert drawn and drawn.bgcolor and drawn.color
    assert (drawn.bgcolor.number, drawn.color.number) == (235, 253)


def test_inks_and_grounds_are_all_there_is_to_name() -> None:
    assert set(VARIABLES) < {*INKS, *GROUNDS}
