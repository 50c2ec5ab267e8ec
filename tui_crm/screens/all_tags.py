"""Every tag: its colour, how many customers carry it; renaming, merging, taking away."""

from __future__ import annotations

from ..domain.messages import N_, Key, Problem
from ..domain.values import Tag
from ..domain.vocabulary import TAG_COLORS
from ..i18n import _, ngettext, word
from ..keys_in_force import all_keys_of, keyed
from ..usecases import tagging
from .ask import Ask
from .keys import bindings, bindings_as
from .list_screen import ListScreen
from .looks import tag_look
from .picker import Choice, Picker
from .widgets.cells import fit
from .widgets.rowlist import Cells

_NAME, _USE = 34, 15
"""Cells of the columns of names and of use."""


class AllTags(ListScreen):
    """The list of all tags, most used first."""

    BINDINGS = [
        *bindings_as("edit", "rename"),
        *bindings(("merge",)),
        ("c", "do('color')", ""),
        ("f8", "do('color')", ""),
        ("delete", "do('remove')", ""),
    ]

    def heading(self) -> str:
        """What this screen is called."""
        return _("All tags")

    def about(self) -> str:
        """How many there are."""
        return str(len(self.listing.rows))

    def keys(self) -> str:
        """The keys and what they do."""
        words = _("Enter rename · c F8 colour · {merge} merge · Del unused · {undo} undo · Esc")
        return keyed(words, "undo", merge=all_keys_of("merge"))

    def nothing(self) -> str:
        """Where tags come from."""
        return keyed(_("No tags yet. {tag} on a customer puts the first one on."), "tag")

    def rows(self) -> list[Tag]:
        """Every tag."""
        return tagging.every(self.session)

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """Name, colour, use."""
        assert isinstance(row, Tag)
        look = tag_look(row.color, "plain")
        used = ngettext("{n} customer", "{n} customers", row.count) if row.count else _("not used")
        color = f"   ● {word('tag_color', row.color)}" if row.color else ""
        name = max(8, min(_NAME, width - 1 - _USE))
        return [
            (" " + fit(f"#{row.name}", name), look),
            (fit(used, _USE, right=True), "plain" if row.count else "dim"),
            (fit(color, width - 1 - name - _USE), look),
        ]

    def do_open(self) -> None:
        """Enter renames."""
        self.do_rename()

    def do_rename(self) -> None:
        """Ask for a new name; one that is taken offers to merge the two."""
        tag = self._in_hand()

        def rename(name: str) -> None:
            try:
                tagging.rename(self.session, tag, name)
            except tagging.NameTaken as taken:
                self._offer_merge(tag, taken.other)
            else:
                self.done(_("Renamed: #{tag}").format(tag=tagging.new_name(name)))

        self.ask(Ask(f"#{tag.name}", _("New name"), tagging.new_name, tag.name), rename)

    def do_merge(self) -> None:
        """Pick the tag that takes over."""
        tag = self._in_hand()
        others = {str(one.id): one for one in tagging.every(self.session) if one.id != tag.id}
        if not others:
            raise Problem(N_("There is no other tag to merge it with."))
        choices = [Choice(code, f"#{one.name}", str(one.count)) for code, one in others.items()]
        title = _("Merge #{tag} into …").format(tag=tag.name)
        self.ask(Picker(title, choices), lambda code: self._merge(tag, others[code]))

    def do_color(self) -> None:
        """Pick a colour."""
        tag = self._in_hand()

        def color(code: str) -> None:
            tagging.recolor(self.session, tag, code)
            self.done(f"#{tag.name}: {word('tag_color', code) if code else _('no colour')}")

        choices = [
            Choice(code, word("tag_color", code) if code else _("no colour"), look=tag_look(code, "plain"))
            for code in TAG_COLORS
        ]
        self.ask(Picker(_("Colour of #{tag}").format(tag=tag.name), choices, tag.color), color)

    def do_remove(self) -> None:
        """Take away a tag that nobody carries."""
        tag = self._in_hand()
        tagging.remove(self.session, tag)
        self.done(_("Taken away: #{tag}").format(tag=tag.name))

    def _offer_merge(self, tag: Tag, other: Tag) -> None:
        words = _("merge: #{tag} ({n}) becomes #{other} ({m})")
        merge = words.format(tag=tag.name, n=tag.count, other=other.name, m=other.count)
        title = _("There is a tag #{tag} already").format(tag=other.name)
        choices = [Choice("merge", merge), Choice("", _("leave both as they are"))]
        self.ask(Picker(title, choices), lambda code: self._merge(tag, other) if code else None)

    def _merge(self, tag: Tag, into: Tag) -> None:
        tagging.merge(self.session, tag, into)
        self.done(_("Merged #{tag} into #{other}").format(tag=tag.name, other=into.name))

    def _in_hand(self) -> Tag:
        tag = self.listing.current
        if not isinstance(tag, Tag):
            raise Problem(N_("No tags yet. {tag} on a customer puts the first one on."), tag=Key("tag"))
        return tag
