"""The dialogs of the settings: finding one by a word, and choosing several of a few."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from ..config import Settings
from ..domain.messages import N_, Message, Problem
from ..i18n import _, tell, twins
from ..settings_table import Entry, Group, groups, shown, value_of, words_of
from .ask import Box
from .picker import Choice, ListDialog, Narrowing, best
from .widgets.cells import fit
from .widgets.rowlist import Cells, RowList

Found = tuple[Group, Entry]


class FindSetting(Narrowing[Found]):
    """Answers the setting found by words of its name, of what it does, or of its key, in any language."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "settings.tcss"]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._texts = [((group, entry), _texts(group, entry)) for group, held in groups(settings) for entry in held]

    def compose(self) -> ComposeResult:
        """A line to type in, and what it finds."""
        with Box(_("Find a setting"), _("type to narrow · Enter go there · Esc cancel")):
            yield from self.line_and_list(_("a word of it"))

    def narrow(self, typed: str) -> None:
        """List what holds the words."""
        found = best(typed, self._texts)
        self.query_one(RowList).show(found)
        self.say("" if found else _("Nothing fits; delete a letter."))

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """Group, name, value."""
        assert isinstance(row, tuple)
        group, entry = row
        name = words_of(entry)[0]
        value = shown(entry, value_of(self._settings, entry.key)) if entry.key else ""
        label = min(30, max(10, width - 18 - 10))
        return [
            (fit(f" {_(group.label)}", 18), "dim"),
            (fit(name, label), "strong"),
            (fit(f"  {value}", max(0, width - 18 - label)), "plain"),
        ]

    def accept(self) -> None:
        """Enter."""
        found = self.query_one(RowList).current
        if found is not None:
            assert isinstance(found, tuple)
            self.dismiss(found)


def _texts(group: Group, entry: Entry) -> tuple[str, ...]:
    """All that a setting is found by."""
    words = [text for message in (entry.label, entry.help) for text in _in_all(message)]
    return (entry.key, *words, *twins(group.label))


def _in_all(message: Message) -> list[str]:
    values = {name: tell(Message(f"{{{name}}}", {name: value})) for name, value in message.values.items()}
    return [text.format(**values) for text in twins(message.template)]


class Several(ListDialog[tuple[str, ...]]):
    """Answers which of a few codes are chosen, at least one, in the order in which they are offered."""

    CSS_PATH = ["ask.tcss", "picker.tcss", "settings.tcss"]
    BINDINGS = [("space", "do('toggle')", "")]

    def __init__(self, title: str, choices: Sequence[Choice], chosen: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._chosen = set(chosen)

    def compose(self) -> ComposeResult:
        """The codes; a mark before each that is chosen."""
        with Box(self._title, _("Space choose · Enter done · Esc cancel")) as box:
            box.styles.height = len(self._choices) + 4
            yield RowList(self._draw)
            yield Static(id="status", markup=False)

    def on_mount(self) -> None:
        """The first."""
        rows = self.query_one(RowList)
        rows.focus()
        rows.show(self._choices)

    def do_toggle(self) -> None:
        """Choose the one in hand, or do not."""
        rows = self.query_one(RowList)
        if isinstance(rows.current, Choice):
            self._chosen ^= {rows.current.code}
            rows.redraw()

    def on_row_list_chosen(self) -> None:
        """A double click chooses; Enter is for the end."""
        self.do_toggle()

    def accept(self) -> None:
        """Enter: that is all."""
        if not self._chosen:
            raise Problem(N_("At least one has to stay."))
        self.dismiss(tuple(choice.code for choice in self._choices if choice.code in self._chosen))

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Choice)
        on = row.code in self._chosen
        return [
            (" ● " if on else " ○ ", "accent" if on else "dim"),
            (fit(row.label, max(0, width - 3)), "strong" if on else "dim"),
        ]
