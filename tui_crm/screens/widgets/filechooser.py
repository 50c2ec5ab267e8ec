"""Choosing a file: a line for its path, and under it the files and folders that the path can go on to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from ...i18n import _
from .cells import fit
from .rowlist import Cells, RowList
from .sheet_files import Entry, completed, continuations, is_there, near, typed_path
from .typing import OneLine


class PathLine(OneLine):
    """A line for a path: Tab completes it, a file dropped on the terminal takes its place."""

    class Completed(Message):
        """Tab was pressed."""

    def on_key(self, event: events.Key) -> None:
        """Tab completes instead of leaving the line."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.post_message(self.Completed())

    def on_paste(self, event: events.Paste) -> None:
        """A path that is there replaces everything; other text is put in as usual."""
        dropped = typed_path(event.text)
        if event.text.strip() and is_there(dropped) and dropped.is_file():
            event.stop()
            event.prevent_default()
            self.go_on_to(str(dropped))
        else:
            super().on_paste(event)

    def go_on_to(self, text: str) -> None:
        """Put a longer path in."""
        self.value = text
        self.cursor_position = len(text)


class FileChooser(Vertical):
    """Posts `Chosen`. The focus stays in the line; the arrows move in the list under it."""

    BINDINGS = [
        ("down", "move(1)", ""),
        ("up", "move(-1)", ""),
        ("pagedown", "page(1)", ""),
        ("pageup", "page(-1)", ""),
    ]

    class Chosen(Message):
        """Read this file."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class Advised(Message):
        """Something to say about what was typed; empty: nothing."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, path: str, *, sheets: bool = True, id: str | None = None) -> None:
        """Offers sheets only, or with `sheets` off every file."""
        super().__init__(id=id)
        self._path = path
        self._sheets = sheets

    def compose(self) -> ComposeResult:
        """The line, and the list of what it can become."""
        with Horizontal():
            yield Static(_("File"), classes="label", markup=False)
            sheet = _("path of an .xlsx or .csv file, or drop it here")
            yield PathLine(self._path, placeholder=sheet if self._sheets else _("path of a file, or drop it here"))
        yield RowList(draw_entry)

    def on_mount(self) -> None:
        """The list is moved in from the line."""
        self.query_one(RowList).can_focus = False
        self.offer()

    def grab(self) -> None:
        """Ready to type."""
        self.query_one(PathLine).focus()
        self.offer()

    def offer(self) -> None:
        """List how the path can go on; before anything is typed, the files lying near."""
        typed = self.query_one(PathLine).value
        entries = continuations(typed, self._sheets) if typed.strip() else near(self._sheets)
        self.query_one(RowList).show(entries)

    def action_move(self, by: int) -> None:
        """Move in the list."""
        self.query_one(RowList).move(by)

    def action_page(self, by: int) -> None:
        """Move in the list by a page."""
        listed = self.query_one(RowList)
        listed.move(by * listed.page())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer how the path can go on."""
        event.stop()
        self.offer()
        self.post_message(self.Advised(self._advice(event.value)))

    def _advice(self, typed: str) -> str:
        """What to say where nothing is listed."""
        if not typed.strip() or self._under_cursor() is not None:
            return ""
        path = typed_path(typed)
        if not is_there(path):
            return _("Nothing there begins like this.")
        if not path.is_dir():
            return ""
        return _("No sheet is in this folder.") if self._sheets else _("No file is in this folder.")

    def on_path_line_completed(self, event: PathLine.Completed) -> None:
        """Tab: go on as far as it is clear, else with the line under the cursor."""
        event.stop()
        line, chosen = self.query_one(PathLine), self._under_cursor()
        entries = [entry for entry in self.query_one(RowList).rows if isinstance(entry, Entry)]
        if chosen is None:
            return
        if not line.value.strip():
            line.go_on_to(str(chosen.path))
            return
        longer = completed(line.value, entries)
        line.go_on_to(longer if longer != line.value else completed(line.value, [chosen]))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: the file under the cursor, into the folder under the cursor, else the path as it was typed."""
        event.stop()
        chosen, typed = self._under_cursor(), event.value.strip()
        if chosen is not None and chosen.is_folder:
            self.query_one(PathLine).go_on_to(completed(event.value, [chosen]))
        elif chosen is not None or typed:
            self.post_message(self.Chosen(chosen.path if chosen else typed_path(typed)))
        else:
            self.post_message(self.Advised(_("Type the path of a file, or drop the file on this window.")))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click on a file."""
        event.stop()
        if isinstance(event.row, Entry) and not event.row.is_folder:
            self.post_message(self.Chosen(event.row.path))

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Nobody else's list."""
        event.stop()

    def _under_cursor(self) -> Entry | None:
        row = self.query_one(RowList).current
        return row if isinstance(row, Entry) else None


def draw_entry(row: object, width: int, _here: bool) -> Cells:
    """A file or folder: name, where it lies, when it was changed."""
    assert isinstance(row, Entry)
    if row.is_folder:
        return [(fit(f" {row.path.name}/", width), "cold")]
    changed = f" {datetime.fromtimestamp(row.changed):%Y-%m-%d} " if width >= 50 else ""
    room = width - len(changed)
    name = fit(f" {row.path.name}", min(max(24, room * 60 // 100), room))
    return [(name, "strong"), (fit(f" {_folder(row.path)}", room - cell_len(name)), "dim"), (changed, "dim")]


def _folder(path: Path) -> str:
    home = str(Path.home())
    folder = str(path.parent.resolve())
    return "~" + folder[len(home) :] if folder.startswith(home) else folder
