"""Views: searches that have a name. Those that come with the program, and those of the user, which are settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from ..domain.messages import N_, Problem
from ..domain.spelling import most_like
from ..domain.text import clean, harmless, visible
from ..domain.views import BY_ID, VIEW_KEYS, VIEWS, SavedView
from ..domain.vocabulary import fold
from ..i18n import _
from .session import Session

Saved = Mapping[str, SavedView]
"""The views in the settings, by name."""
_LONGEST_NAME = 40


class View(NamedTuple):
    """A view as it is offered: `id` is its name in the settings, `name` what it is called, `own` that the user made it."""

    id: str
    name: str
    line: str
    key: str
    own: bool


def every(saved: Saved) -> list[View]:
    """The views that come with the program, then the user's own, in the order in which they were made."""
    shipped = [View(view.id, _(view.name), view.line, _key(saved, view.id), False) for view in VIEWS]
    return shipped + [View(name, name, view.line, view.key, True) for name, view in saved.items() if name not in BY_ID]


def by_key(saved: Saved, key: str) -> View:
    """The view that a digit shows. Raises Problem where it shows none."""
    found = next((view for view in every(saved) if view.key == key), None)
    if found is None:
        raise Problem(N_("No view has the key {key} yet. The list of views (,) gives it to one."), key=key)
    return found


def named(saved: Saved, name: str) -> View:
    """The view that a script means, by its name in either language or its id. Raises Problem that names the nearest."""
    meant = {fold(text): view for view in every(saved) for text in _names(view)}
    if (found := meant.get(fold(name))) is not None:
        return found
    near = most_like(fold(name), meant)
    if not near:
        raise Problem(N_("There is no view “{name}”. crm views lists them."), name=visible(name))
    raise Problem(N_("There is no view “{name}”. Did you mean {near}?"), name=visible(name), near=meant[near].name)


def _names(view: View) -> tuple[str, ...]:
    return (view.id, view.name) if view.own else (view.id, view.name, BY_ID[view.id].name)


def _key(saved: Saved, name: str) -> str:
    return saved[name].key if name in saved else ""


# Changing: each returns the views as they are to be kept ---------------------------------------------------------------


def save(session: Session, name: str, line: str) -> Saved:
    """Save a search line under a new name. Raises Problem where the name or the line cannot be used."""
    return {**session.settings.views, new_name(session, name): SavedView(new_line(line))}


def new_name(session: Session, name: str, instead: str = "") -> str:
    """A name as it is kept. Raises Problem where it is empty or another view has it; `instead` is the name it takes over."""
    name = clean(name)[:_LONGEST_NAME].strip()
    if not name:
        raise Problem(N_("A view needs a name."))
    taken = (text for view in every(session.settings.views) if view.id != instead for text in _names(view))
    if fold(name) in map(fold, taken):
        raise Problem(N_("There is a view “{name}” already. Choose another name."), name=name)
    return name


def new_line(line: str) -> str:
    """A search line as it is kept. Raises Problem where it is empty."""
    if not harmless(line).strip():
        raise Problem(N_("There is no search to save: / and type one first."))
    return harmless(line).strip()


def rename(session: Session, view: View, name: str) -> Saved:
    """Call a view otherwise; it stays where it is in the list. Raises Problem where the name cannot be used."""
    name = new_name(session, name, view.id)
    return {name if own == view.id else own: kept for own, kept in session.settings.views.items()}


def reword(session: Session, view: View, line: str) -> Saved:
    """Give a view another search line. Raises Problem where it is empty."""
    kept = session.settings.views[view.id]
    return {**session.settings.views, view.id: replace(kept, line=new_line(line))}


def remove(session: Session, view: View) -> Saved:
    """Take a view of the user's away."""
    return {name: kept for name, kept in session.settings.views.items() if name != view.id}


def put_on(session: Session, view: View, key: str) -> Saved:
    """Show a view with this digit, which no other view has any more; without a digit if it has this one already."""
    assert key in VIEW_KEYS
    freed = {name: replace(kept, key="") if kept.key == key else kept for name, kept in session.settings.views.items()}
    if view.key != key:
        freed[view.id] = SavedView(view.line if view.own else "", key)
    return {name: kept for name, kept in freed.items() if kept.line or kept.key}
