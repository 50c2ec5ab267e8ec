"""All keys, those of the present screen first, and what the quick-log and search lines understand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from ..commands import BY_ID, COMMANDS, MOVE, ON_MARKED, SEVERAL, Command, key_label
from ..domain.messages import N_
from ..domain.text import visible
from ..i18n import _
from .ask import Box
from .base import Dialog
from .keys import bindings
from .picker import MOVES, Movable, Moves, best
from .safety import own
from .widgets.cells import fit

Lines = list[Content]
_KEY, _TWIN, _NAME = 6, 7, 17
"""Cells of the two columns of keys and of a command's name."""

LOG_MARKS = (
    (N_(">3d send sample"), N_("next step: when, then what; also >fri, >5/6, >下周三")),
    (N_(">none no budget"), N_("no next step, and why")),
    (N_("#price-sensitive"), N_("tag; -#tag takes it off")),
    (N_("@wa"), N_("channel: @email, @phone, @wa, @wechat, @visit …")),
    (N_("!hot"), N_("temperature: !hot, !potential, !cold, !existing, !sample")),
    (N_("=quoted"), N_("stage; =lost why, =paused 2w")),
    (N_("$FOB Shenzhen 0.86/5000"), N_("quote: Incoterm, place, price / MOQ")),
)
SEARCH_MARKS = (
    (N_("schmidt 深圳 sz"), N_("name, person, phone, e-mail or note, by sound too")),
    (N_("#a,b   #a #b   -#c"), N_("tags: either, both, not")),
    (N_("t:hot  g:S,A  st:quoted"), N_("temperature, grade, stage")),
    (N_("c:DE  ch:wa  owner:me"), N_("country, channel, owner")),
    (N_("due:today  due:<fri"), N_("when it is due")),
    (N_("late:>7  last:>30d"), N_("days late; days since the last contact")),
    (N_("quote:open  sample:waiting"), N_("what is on the table")),
    (N_("no:next"), N_("customers without a next step")),
    (N_("is:overdue  is:risk"), N_("how the customer stands: also lost, paused, archived")),
)


class Sheet(VerticalScroll):
    """Lines to read, laid out anew for every width."""

    def __init__(self, page: Callable[[int], Lines]) -> None:
        super().__init__(Static(id="page", markup=False))
        self._page = page

    def on_resize(self) -> None:
        """Lay the lines out for the width there is now."""
        self.lay_out()

    def lay_out(self) -> None:
        """Show the page as it is now."""
        width = self.scrollable_content_region.width
        if width > 0:
            self.query_one("#page", Static).update(Content("\n").join(self._page(width)))

    def move(self, by: int) -> None:
        """Scroll by so many lines."""
        self.scroll_relative(y=by, animate=False)

    def page(self) -> int:
        """Lines of one screen."""
        return max(1, self.size.height - 1)


def hang(left: Content, text: Content, width: int) -> Iterator[Content]:
    """`text` wrapped to the right of `left`, every line of it as far in as the first; below `left` where that is
    too narrow to read."""
    indent = left.cell_length
    if width - indent < 12:
        yield left
        left, indent = Content("  "), 2
    for at, line in enumerate(text.wrap(max(2, width - indent)) or [Content("")]):
        yield (left if at == 0 else Content(" " * indent)) + line


class Help(Moves, Dialog[None]):
    """The keys of `ids` first, then all others; typing narrows both. `own` are keys of one screen alone, before all."""

    CSS_PATH = ["ask.tcss", "help.tcss"]
    BINDINGS = bindings((*MOVES, "open", "back", "help"))

    def __init__(self, heading: str, ids: Sequence[str], own: Sequence[Command] = ()) -> None:
        super().__init__()
        self._heading = heading
        self._own = own
        self._here = [command for command in COMMANDS if command.id in set(ids)]
        self._elsewhere = [command for command in COMMANDS if command.id not in set(ids)]
        self._sought = ""

    def compose(self) -> ComposeResult:
        """A line to search with, and everything under it."""
        with Box(_("Help · {screen}").format(screen=self._heading), _("type to search · ↑ ↓ PgDn scroll · Esc close")):
            yield Input(placeholder=_("search: a key, a word"), compact=True)
            sheet = Sheet(self._lines)
            sheet.can_focus = False
            yield sheet
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """Typing searches."""
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds the words typed."""
        event.stop()
        self._sought = event.value
        sheet = self.query_one(Sheet)
        sheet.lay_out()
        sheet.scroll_home(animate=False)

    def movable(self) -> Movable:
        """The sheet scrolls."""
        return self.query_one(Sheet)

    def do_open(self) -> None:
        """Enter has nothing to open here."""

    def do_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def do_help(self) -> None:
        """The key that opened it closes it."""
        self.dismiss(None)

    def _lines(self, width: int) -> Lines:
        lines: Lines = []
        for heading, entries in self._sections():
            found = best(self._sought, ((entry, (*entry.texts, heading)) for entry in entries))
            if found:
                lines += [Content.styled(heading, "bold $accent"), *_laid_out(found, width), Content("")]
        nothing = _("Nothing here holds “{text}”.").format(text=visible(self._sought))
        return list(map(own, lines)) or [Content.styled(nothing, "$dim")]

    def _sections(self) -> Iterator[tuple[str, list[Entry]]]:
        if self._own:
            yield self._heading, [_of_command(command) for command in self._own]
        for group in sorted(dict.fromkeys(command.group for command in self._here), key=lambda group: group == MOVE):
            entries = [_of_command(command) for command in self._here if command.group == group]
            yield _(group), [*entries, _of_marked()] if group == SEVERAL else entries
        yield _("On other screens"), [_of_command(command) for command in self._elsewhere]
        yield _("In the quick-log line"), [_of_mark(*mark) for mark in LOG_MARKS]
        yield _("In the search line"), [_of_mark(*mark) for mark in SEARCH_MARKS]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of help: what is pressed or typed, its name if it has one, and the sentence about it."""

    left: str
    name: str
    text: str
    also: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Where typed words are looked for."""
        return (self.name, self.left, *self.left.split(), self.text, *self.also)


def _of_command(command: Command) -> Entry:
    keys = fit(" ".join(map(key_label, command.keys)), _KEY) + fit(" ".join(map(key_label, command.twins)), _TWIN)
    return Entry(keys, _(command.label), _(command.help), (command.id, command.label))


def _of_marked() -> Entry:
    """What can be done with all that are marked."""
    keys = " ".join(key_label(BY_ID[name].keys[0]) for name in ON_MARKED)
    text = _("{keys} – with customers marked, on all of them: shown first, one step to undo").format(keys=keys)
    return Entry(" " * (_KEY + _TWIN), _("All marked"), text)


def _of_mark(mark: str, text: str) -> Entry:
    return Entry(_(mark), "", _(text))


def _laid_out(entries: Sequence[Entry], width: int) -> Iterator[Content]:
    left = max(cell_len(entry.left) for entry in entries) + 2
    for entry in entries:
        name = fit(entry.name, _NAME) if entry.name else ""
        before = Content.assemble((fit(entry.left, left), "$accent"), (name, "bold"))
        yield from hang(before, Content.styled(entry.text, "$dim" if name else ""), width)
