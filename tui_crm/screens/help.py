"""What the present screen is for, its order and its signs; all keys, those that work here first; and what the quick-log and
search lines understand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from ..commands import COMMANDS, MOVE, ON_MARKED, SEVERAL, Command, key_label
from ..domain.messages import N_
from ..domain.text import visible
from ..i18n import _
from ..keys_in_force import in_force, key_of
from .ask import Box
from .base import Dialog
from .help_topics import FOUND, LOG, SEARCH, TOPICS, Topic
from .key_words import keys_in
from .keys import bindings
from .picker import MOVES, Movable, Moves, best
from .safety import own
from .widgets.cells import fit
from .widgets.wrap import wrap

if TYPE_CHECKING:
    from textual.screen import Screen

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
    """What there is to say of a screen, the keys of `ids`, then all others; typing narrows it all. `own` are keys of one
    screen alone, before all others."""

    CSS_PATH = ["ask.tcss", "help.tcss"]
    BINDINGS = bindings((*MOVES, "open", "back", "help"))

    def __init__(
        self, heading: str, ids: Sequence[str], own: Sequence[Command] = (), topic: Topic | None = None
    ) -> None:
        super().__init__()
        self._heading = heading
        self._topic = topic or Topic(heading, "")
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
        topic = self._topic
        yield _("This screen"), [Entry("", "", keys_in(_(text))) for text in (topic.about, topic.order) if text]
        yield (
            _("Signs and colours"),
            [Entry(_(each.sign), "", _(each.meaning), looks=each.look) for each in topic.signs],
        )
        marks = {
            LOG: (_("In the quick-log line"), [_of_mark(*mark) for mark in LOG_MARKS]),
            SEARCH: (_("In the search line"), [_of_mark(*mark) for mark in SEARCH_MARKS]),
        }
        if topic.marks:
            yield marks.pop(topic.marks)
        if self._own:
            yield self._heading, [_of_command(command) for command in self._own]
        for group in sorted(dict.fromkeys(command.group for command in self._here), key=lambda group: group == MOVE):
            entries = [_of_command(command) for command in self._here if command.group == group]
            yield _(group), [*entries, _of_marked()] if group == SEVERAL else entries
        yield _("On other screens"), [_of_command(command) for command in self._elsewhere]
        yield from marks.values()


def help_on(screen: Screen[Any]) -> Help:
    """The help for a screen as it is now: for the line that is typed in, if it is about one."""
    inside = [type(node).__name__ for node in screen.focused.ancestors_with_self] if screen.focused else []
    found = FOUND if getattr(screen, "question", None) is not None else ""
    line = next((name for name in inside if name in TOPICS and name != type(screen).__name__), "")
    names = (line, found, *(kind.__name__ for kind in type(screen).__mro__))
    topic = next((TOPICS[name] for name in names if name in TOPICS), None)
    commands: Sequence[str] = getattr(screen, "commands", tuple)()
    bound = [active.binding.id for active in screen.active_bindings.values() if active.binding.id]
    if screen.is_modal:  # Enter opens no card here
        bound = [name for name in bound if name != "open"]
    keys: Sequence[Command] = () if line else getattr(screen, "OWN_KEYS", ())
    own = {command.id for command in keys}  # here they mean what the screen says
    return Help(_heading(screen, topic, line), [name for name in (*commands, *bound) if name not in own], keys, topic)


def _heading(screen: Screen[Any], topic: Topic | None, line: str) -> str:
    if not line and hasattr(screen, "heading"):
        return str(screen.heading())
    if topic is not None and topic.title:
        return _(topic.title)
    box = next(iter(screen.query(Box)), None)
    return str(box.border_title) if box is not None else "crm"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of help: what is pressed or typed, its name if it has one, and the sentence about it."""

    left: str
    name: str
    text: str
    also: tuple[str, ...] = ()
    looks: str = "accent"

    @property
    def drawn(self) -> Content:
        """What is pressed or typed; each of its words in a look of its own where there are several."""
        looks = self.looks.split()
        if len(looks) == 1:
            return Content.styled(self.left, f"${self.looks}")
        words = zip(self.left.split(), looks, strict=False)
        return Content(" ").join(Content.styled(word, f"${look} bold") for word, look in words)

    @property
    def texts(self) -> tuple[str, ...]:
        """Where typed words are looked for."""
        return (self.name, self.left, *self.left.split(), self.text, *self.also)


def _of_command(known: Command) -> Entry:
    command = in_force(known)
    keys = _filled(" ".join(map(key_label, command.keys)), _KEY) + _filled(
        " ".join(map(key_label, command.twins)), _TWIN
    )
    return Entry(keys, _(command.label), _(command.help), (command.id, command.label))


def _filled(keys: str, width: int) -> str:
    """Keys are never cut: the user's own may be more than the column is made for."""
    return keys + " " * max(1, width - cell_len(keys))


def _of_marked() -> Entry:
    """What can be done with all that are marked."""
    keys = " ".join(map(key_of, ON_MARKED))
    text = _("{keys} – with customers marked, on all of them: shown first, one step to undo").format(keys=keys)
    return Entry(" " * (_KEY + _TWIN), _("All marked"), text)


def _of_mark(mark: str, text: str) -> Entry:
    return Entry(_(mark), "", _(text))


def _laid_out(entries: Sequence[Entry], width: int) -> Iterator[Content]:
    left = max(cell_len(entry.left) for entry in entries) + 2
    for entry in entries:
        name = fit(entry.name, _NAME) if entry.name else ""
        if not entry.left:
            yield from map(Content, wrap(entry.text, width))
            continue
        gap = " " * (left - cell_len(entry.left))
        before = Content.assemble(entry.drawn, gap, (name, "bold"))
        yield from hang(before, Content.styled(entry.text, "$dim" if name else ""), width)
