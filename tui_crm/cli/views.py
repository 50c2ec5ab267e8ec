"""The verb that lists the saved views."""

from __future__ import annotations

from ..i18n import _
from ..usecases.finding import find
from ..usecases.session import Session
from ..usecases.views import every
from . import output
from .arguments import Arguments
from .table import Column, table


def views(session: Session, asked: Arguments) -> None:
    """Every view with its search line, its digit, and how many customers it finds; over a thousand are not counted."""
    counted = [(view, find(session, view.line, 1)) for view in every(session.settings.views)]
    if asked.json:
        output.write_list(
            {"id": view.id, "name": view.name, "line": view.line, "key": view.key, "own": view.own,
             "count": found.count, "exact": found.exact}
            for view, found in counted
        )  # fmt: skip
        return
    columns = (Column(_("key")), Column(_("view"), 20), Column(_("found"), right=True), Column(_("search"), 20))
    lines = [(view.key, view.name, f"{found.count}{'' if found.exact else '+'}", view.line) for view, found in counted]
    table(columns, lines)
