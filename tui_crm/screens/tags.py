"""Putting tags on a customer and taking them off: type, see what Enter will do, done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Input

from ..domain.messages import Problem
from ..domain.text import visible
from ..domain.vocabulary import fold as tag_key
from ..i18n import _
from ..usecases.planning import tag_name
from .ask import Box
from .looks import tag_look
from .picker import Narrowing, best
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags to put on and tags to take off; `manage` asks for the list of all tags after that."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    manage: bool = False

    def __str__(self) -> str:
        return " ".join([f"+#{tag}" for tag in self.add] + [f"−#{tag}" for tag in self.remove])


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that can be chosen, with the number of customers that carry it; None for one that does not exist yet."""

    name: str
    count: int | None


class _Save:
    """The first line of the list: accept what is changed so far."""


SAVE = _Save()


class TagPicker(Narrowing[TagChange]):
    """Changes one customer's tags. Enter changes the tag under the cursor and saves; Tab changes it and goes on; a comma
    takes what is typed as it stands. `on` are the customer's tags, `counts` all tags with their use, `colors` the colours
    of those that have one."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "tags.tcss"]
    BINDINGS = [("tab", "another", ""), ("f3", "manage", "")]

    def __init__(
        self,
        name: str,
        on: Sequence[str],
        counts: Sequence[tuple[str, int]],
        colors: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self._colors = colors
        self._customer = name
        self._on = {tag_key(tag) for tag in on}
        used = dict(counts)
        self._tags = [Tag(tag, used.pop(tag, 1)) for tag in on] + [Tag(tag, count) for tag, count in used.items()]
        self._changed: dict[str, Tag] = {}
        self._listed = ""

    def compose(self) -> ComposeResult:
        """A line to type in; the list says what Enter does."""
        keys = _("Enter change and save · Tab then more · F3 all tags · Esc")
        with Box(_("Tags · {name}").format(name=self._customer), keys):
            yield from self.line_and_list(_("a tag, known or new"))

    def change(self) -> TagChange:
        """What has been changed so far."""
        return TagChange(
            tuple(tag.name for key, tag in self._changed.items() if key not in self._on),
            tuple(tag.name for key, tag in self._changed.items() if key in self._on),
        )

    def narrow(self, typed: str) -> None:
        """Offer what fits, the customer's own tags first; a comma ends a tag that is taken as it is written."""
        self.say("")
        *whole, rest = re.split("[,，、]", typed)
        if whole:
            self._take_as_written(whole)
            self.query_one(Input).value = rest.lstrip()
        else:
            self._list()

    def action_another(self) -> None:
        """Tab: change the tag under the cursor and stay."""
        if self._listed != self._typed():  # keys can come faster than the list follows them
            self._list()
        row = self.query_one(RowList).current
        if not isinstance(row, Tag):
            return
        self._toggle(row)
        if self._typed():
            self.query_one(Input).value = ""
        else:
            self._list(self.query_one(RowList).cursor)

    def accept(self) -> None:
        """Enter: change the tag under the cursor unless that is done already, and answer."""
        row = self.query_one(RowList).current
        if isinstance(row, Tag) and tag_key(row.name) not in self._changed:
            self._toggle(row)
        change = self.change()
        self.dismiss(change if change.add or change.remove else None)

    def action_manage(self) -> None:
        """F3: keep what is changed so far, and on to the list of all tags."""
        change = self.change()
        self.dismiss(TagChange(change.add, change.remove, True))

    def _typed(self) -> str:
        return self.query_one(Input).value.strip().lstrip("#＃")

    def _toggle(self, tag: Tag) -> None:
        key = tag_key(tag.name)
        if self._changed.pop(key, None) is None:
            self._changed[key] = tag

    def _take_as_written(self, texts: Sequence[str]) -> None:
        try:
            for name in filter(None, map(tag_name, texts)):
                if tag_key(name) not in self._on:
                    self._changed.setdefault(tag_key(name), self._known(name) or Tag(name, None))
        except Problem as problem:
            self.refuse(problem)

    def _known(self, name: str) -> Tag | None:
        return next((tag for tag in self._tags if tag_key(tag.name) == tag_key(name)), None)

    def _list(self, cursor: int | None = None) -> None:
        """List the tags that fit what is typed, a new one last; with nothing typed Enter saves."""
        typed = self._listed = self._typed()
        new = [tag for tag in self._changed.values() if tag.count is None]
        tags: list[Tag] = best(typed, ((tag, (tag.name,)) for tag in (*new, *self._tags)))
        try:
            name = tag_name(typed)
        except Problem as problem:
            self.refuse(problem)
            name = ""
        if name and tag_key(name) not in {tag_key(tag.name) for tag in tags}:
            tags.append(Tag(name, None))
        at = cursor if cursor is not None else 1 if typed and tags else 0
        self.query_one(RowList).show([SAVE, *tags], at)

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """A tag with its mark and what Enter does with it; first of all, what would be saved."""
        if isinstance(row, _Save):
            change = visible(str(self.change()))
            text = _("save  {change}").format(change=change) if change else _("close, nothing changed")
            return [(" ⏎ ", "accent"), (fit(text, width - 3), "strong" if change else "dim")]
        assert isinstance(row, Tag)
        mark, look = self._standing(row)
        right = self._hint(row, here)
        room = max(0, width - 3 - cell_len(right) - 2)
        return [(f" {mark} ", "accent"), (fit(f"#{row.name}", room), look), (f"  {right}", "dim")]

    def _hint(self, tag: Tag, here: bool) -> str:
        """How many carry it, or what Enter does with it."""
        if here and tag.count is not None and tag_key(tag.name) not in self._changed:
            return _("take off") if tag_key(tag.name) in self._on else _("put on")
        return _("new tag") if tag.count is None else str(tag.count)

    def _standing(self, tag: Tag) -> tuple[str, str]:
        """The mark before a tag and its look: on, off, to be put on, to be taken off; a coloured one keeps its colour until
        it is to be taken off."""
        on, changed = tag_key(tag.name) in self._on, tag_key(tag.name) in self._changed
        mark, look = {
            (False, False): (" ", "plain"),
            (False, True): ("+", "accent"),
            (True, False): ("●", "strong"),
            (True, True): ("−", "gone"),
        }[on, changed]
        color = self._colors.get(tag.name, "")
        return mark, tag_look(color, look) if look != "gone" else look
