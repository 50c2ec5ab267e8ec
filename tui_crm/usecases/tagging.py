"""Tags as such: their names and colours, merging two, taking away one that nobody carries."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.messages import N_, Message, Problem
from ..domain.values import Tag as Tag
from ..domain.vocabulary import TAG_COLORS, fold
from ..store import tags as store
from .planning import tag_name
from .session import Session


class NameTaken(Problem):
    """Another tag has the wanted name; merging with that one, `other`, is what may be meant."""

    def __init__(self, other: Tag) -> None:
        super().__init__(N_("There is a tag #{tag} already. Merge the two instead."), tag=other.name)
        self.other = other


def every(session: Session) -> list[Tag]:
    """Every tag, most used first."""
    return store.listed(session.book)


def colors(session: Session) -> Mapping[str, str]:
    """The colours of the tags that have one, by name."""
    return store.colors(session.book)


def new_name(typed: str) -> str:
    """A tag's name as stored. Raises Problem for none."""
    name = tag_name(typed)
    if not name:
        raise Problem(N_("A tag needs a name."))
    return name


def rename(session: Session, tag: Tag, name: str) -> None:
    """Give a tag another name, wherever it is used. Raises `NameTaken` where another tag is called so, Problem for no name."""
    wanted = new_name(name)
    other = next((one for one in every(session) if fold(one.name) == fold(wanted) and one.id != tag.id), None)
    if other is not None:
        raise NameTaken(other)
    if wanted == tag.name:
        return
    with session.operation(Message(N_("Renamed the tag #{tag} to #{name}"), {"tag": tag.name, "name": wanted})):
        store.rename(session.book, tag, wanted)


def merge(session: Session, tag: Tag, into: Tag) -> None:
    """Put `into` on every customer that carries `tag`, which is then gone; without a colour of its own `into` takes that of
    `tag`."""
    if tag.id == into.id:
        return
    with session.operation(Message(N_("Merged the tag #{tag} into #{name}"), {"tag": tag.name, "name": into.name})):
        store.merge(session.book, tag, into)
        if tag.color and not into.color:
            store.recolor(session.book, into, tag.color)


def recolor(session: Session, tag: Tag, color: str) -> None:
    """Give a tag a colour (a code of `TAG_COLORS`; "" for none). Raises Problem."""
    if color not in TAG_COLORS:
        raise Problem(N_("There is no {what} {value}. Use one of: {known}."),
                      what="color", value=color, known=", ".join(filter(None, TAG_COLORS)))  # fmt: skip
    with session.operation(Message(N_("Coloured the tag #{tag}"), {"tag": tag.name})):
        store.recolor(session.book, tag, color)


def remove(session: Session, tag: Tag) -> None:
    """Take a tag out of the list. Raises Problem where customers still carry it."""
    now = next((one for one in every(session) if one.id == tag.id), tag)
    if now.count:
        raise Problem(
            N_("#{tag} is in use ({count}). Merge it into another tag, or take it off those customers first."),
            count=now.count,
            tag=now.name,
        )
    with session.operation(Message(N_("Removed the tag #{tag}"), {"tag": tag.name})):
        store.remove(session.book, tag)
