"""The verb that lists the themes, and says what is wrong with the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..config import shipped_themes
from ..domain.messages import N_, Problem
from ..domain.spelling import most_like
from ..i18n import _, tell
from ..themes import Remark, look_over, theme_files
from . import output
from .arguments import Arguments

if TYPE_CHECKING:
    from . import Outside

_REFUSED = 2


def theme(given: Outside, asked: Arguments) -> int:
    """Every theme, or one that is looked over: the exit code is 2 where it cannot be used."""
    shipped, own = theme_files(shipped_themes()), theme_files(given.where.themes)
    if asked.theme is not None:
        path = _file(asked.theme, {**shipped, **own})
        return _checked({path: look_over(path)}, asked.json)
    if asked.check:
        return _checked({path: look_over(path) for path in own.values()}, asked.json)
    _list(given, {**shipped, **own}, own, asked)
    return 0


def _list(given: Outside, themes: Mapping[str, Path], own: Mapping[str, Path], asked: Arguments) -> None:
    now = given.settings.theme
    if asked.json:
        output.write_list(
            {"name": name, "file": str(path), "own": name in own, "used": name == now} for name, path in themes.items()
        )
        return
    for name, path in themes.items():
        output.say(f"{'●' if name == now else ' '} {name:<12} {path if name in own else ''}".rstrip())
    output.say(_("Yours are the .toml files in {folder}. crm settings theme NAME puts one on.").format(
        folder=given.where.themes
    ))  # fmt: skip


def _file(named: str, themes: Mapping[str, Path]) -> Path:
    """The file of a theme that is named, or the file itself. Raises Problem where there is neither."""
    if named in themes:
        return themes[named]
    path = Path(named).expanduser()
    if path.is_file():
        return path
    near = most_like(named, themes) or min(themes)
    raise Problem(N_("There is no theme and no file {name}. Did you mean {near}?"), name=named, near=near)


def _checked(found: Mapping[Path, Sequence[Remark]], as_json: bool) -> int:
    serious = any(remark.serious for remarks in found.values() for remark in remarks)
    if as_json:
        output.write_list(
            {"file": str(path), "line": remark.line, "serious": remark.serious, "message": tell(remark.message)}
            for path, remarks in found.items() for remark in remarks
        )  # fmt: skip
        return _REFUSED if serious else 0
    for path, remarks in found.items():
        for remark in remarks:
            where = f"{path}:{remark.line}" if remark.line else str(path)
            output.say(f"{'!' if remark.serious else '·'} {where}  {tell(remark.message)}")
        if not any(remark.serious for remark in remarks):
            output.say(_("{file} can be used.").format(file=path))
    return _REFUSED if serious else 0
