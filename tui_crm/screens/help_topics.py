"""What the help says of each screen before it lists keys: what it is for, in which order, and what its signs mean. Pure data,
by the name of the screen's or the panel's class; a class without an entry takes that of the class it is made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..domain.messages import N_

LOG, SEARCH = "log", "search"
"""The two lines that are typed in marks: which of them comes first."""
FOUND = "found"
"""Stands for the first screen while it lists what a search found."""


class Sign(NamedTuple):
    """A sign, the look it has (a colour of the theme; one for each of its words, or for all), and what it means."""

    sign: str
    look: str
    meaning: str


class Topic(NamedTuple):
    """One screen: its name, what it is for, how its lines are ordered, its signs; `marks` names the line it is about."""

    title: str
    about: str
    order: str = ""
    signs: tuple[Sign, ...] = ()
    marks: str = ""


_WARMTH = (
    Sign(
        N_("H P C E S"),
        "hot potential cold existing sample",
        N_("temperature: hot, potential, cold, existing, sample; each has its colour"),
    ),
    Sign(N_("5d late!"), "late", N_("overdue: past the latest day of the customer's rhythm")),
    Sign(N_("2d late"), "soon", N_("due, and late, but still in time")),
    Sign("✓", "accent", N_("you promised this yourself")),
    Sign("~", "accent", N_("the day is an estimate, from a sample on its way")),
)
_CLOCK = Sign("14:20", "existing", N_("the time there: green in office hours, dim outside"))
_MARKED = Sign("●", "accent", N_("marked: the next act is on all that are marked"))

TOPICS: Mapping[str, Topic] = {
    "AgendaScreen": Topic(
        N_("Agenda"),
        N_("Who to talk to today, and about what. Log each talk, and the customer leaves the list until the next step is due."),
        N_("The most urgent first: how warm, how late in the customer's own rhythm, how much it is worth, what was promised. {why} shows the sum."),
        (Sign("━━╸", "hot", N_("urgency: the longer, the more urgent")), *_WARMTH, _CLOCK, _MARKED),
    ),
    FOUND: Topic(
        N_("Customers"),
        N_("Everybody, or whoever a search or a view found. Every key of the agenda works here; {export} gives the list out."),
        N_("By name; a search for words has the best matches first. {columns} chooses the columns and the order."),
        (*_WARMTH, _CLOCK, _MARKED),
    ),
    "QuickLog": Topic(
        N_("The log line"),
        N_("Write what happened as you would tell a colleague; marks may stand anywhere in the line. Below it you see what will be saved."),
        N_("Enter saves and goes to the next customer. Esc closes, and what you typed is kept."),
        marks=LOG,
    ),
    "LogSeveral": Topic(
        N_("One line for all"),
        N_("The line is logged with every customer that is marked. You see who and what before anything is saved."),
        marks=LOG,
    ),
    "SearchBar": Topic(
        N_("The search line"),
        N_("Type words, marks, or both; everything has to fit. The list follows while you type, and Enter goes into it."),
        N_("Names that begin so come first, then other words of the name, then people, details and the log."),
        marks=SEARCH,
    ),
    "CardScreen": Topic(
        N_("Card"),
        N_("Everything about one customer: fields, people, trade and the whole log. Enter on a line edits it where it stands."),
        N_("The log has the newest first. Empty fields are folded away; {drawer} shows them."),
        (
            Sign("★", "accent", N_("the main contact")),
            Sign("▸", "dim", N_("more is folded away here; Enter shows it")),
        ),
    ),
    "FieldEditor": Topic(
        N_("Editing a field"),
        N_("Enter saves, Esc brings the old value back. What you typed is kept even if the window closes."),
    ),
    "PipelineScreen": Topic(
        N_("Pipeline"),
        N_("Customers by stage, with the money that is open at the head of each column. {stage_back} {stage_forward} move a customer to the stage beside."),
        N_("In a column: whose next step comes first; those without one at the end, by name."),
        _WARMTH,
    ),
    "TradesScreen": Topic(
        N_("Open trade"),
        N_("Quotes, samples, PIs, orders and shipments that wait for something. Enter opens the record, Space what can be done with it."),
        N_("In each section the one whose day comes first, or is longest past."),
        (Sign(N_("red"), "late", N_("past its day")), Sign(N_("yellow"), "soon", N_("soon, or waiting for an answer"))),
    ),
    "HistoryScreen": Topic(
        N_("History"),
        N_("Everything that was ever done, by whom and when. {undo} takes back the line under the cursor, not only the last one."),
        N_("The newest first."),
    ),
    "DuplicatesScreen": Topic(
        N_("Duplicates"),
        N_("Customers that are probably one. Enter compares the two field by field and merges them; x says that they are two."),
        N_("The likeliest pair first; the points say how likely, and why."),
    ),
    "MergeScreen": Topic(
        N_("Merge"),
        N_("Two customers become one. Choose with ← → which value stays; log, people and trade of both are kept. Undo works."),
        "",
        (Sign("●", "accent", N_("this value stays")), Sign("○", "dim", N_("this one goes, unless you choose it"))),
    ),
    "SpreadScreen": Topic(
        N_("Spread the day"),
        N_("More are due than a day holds. The most urgent stay, the rest goes to the coming working days; nothing is done before Enter."),
        N_("Who stays today comes first, then who would move; promises stay as long as there is room."),
        (Sign("✓", "accent", N_("you promised this yourself")),),
    ),
    "ImportScreen": Topic(
        N_("Import"),
        N_("Bring in a sheet, a JSON book or address cards. You see every customer as it would come in; nothing is saved before Enter, and one undo takes all back."),
        N_("In the order of the file."),
        (
            Sign("+", "existing", N_("new")),
            Sign("~", "soon", N_("is in the book, and gets something new")),
            Sign("=", "dim", N_("nothing new")),
            Sign("≠", "hot", N_("changed in the sheet and in the book: you choose")),
            Sign("×", "dim", N_("left out")),
        ),
    ),
    "FileChooser": Topic(
        N_("Choosing a file"),
        N_("Type a path or a part of a name; files of your usual folders are offered. Tab completes, Enter reads the file."),
        N_("The newest first."),
    ),
    "ColumnsScreen": Topic(
        N_("Columns of the sheet"),
        N_("What each column was taken for. Say it once where it was taken wrongly; it is remembered for the next sheet."),
        "",
        (
            Sign("✓", "dim", N_("known by its heading")),
            Sign("≈", "soon", N_("guessed from what stands in it")),
            Sign("↺", "accent", N_("remembered from last time")),
            Sign("●", "accent", N_("you said so")),
            Sign("?", "soon", N_("not known: becomes a field of your own, or is left out")),
        ),
    ),
    "TagPicker": Topic(
        N_("Tags"),
        N_("Type a tag, known or new. Enter changes it and saves, Tab changes it and goes on."),
        "",
        (
            Sign("●", "foreground", N_("the customer has it")),
            Sign("+", "accent", N_("will be put on")),
            Sign("−", "dim", N_("will be taken off")),
        ),
    ),
    "Snooze": Topic(
        N_("Another day"),
        N_("1, 3 and 7 are days from today. Or type a day as you say it: fri, next mon, 5/6, 2w, end of month."),
    ),
    "TradeLine": Topic(
        N_("The trade line"),
        N_("One record in one line, as people write it: “FOB Shenzhen 0.86/5000” is a quote, “DHL 562729, 3 specs” a sample, “PI20240517-A USD 4280” a PI. Below it you see what was understood."),
        N_("Enter saves; where something is missing, the form opens with all that was understood."),
    ),
    "Picker": Topic(
        "",
        N_("One of these: its digit chooses it at once, or ↑ ↓ and Enter. Where there are more than ten, type a part of the name."),
        "",
        (Sign("●", "accent", N_("as it is now")),),
    ),
    "SettingsScreen": Topic(
        N_("Settings"),
        N_("Everything that can be set, and what it does. Enter changes a line, Space turns it on or off, Del takes the default back, Ctrl+S saves."),
        "",
        (
            Sign("●", "accent", N_("changed, not saved yet")),
            Sign("•", "soon", N_("not as it comes with the program")),
        ),
    ),
    "Why": Topic(
        N_("Why here"),
        N_("The points that put this customer where it stands; they add up. The weights are in the settings."),
    ),
    "Palette": Topic(
        N_("Commands"),
        N_("Every command by its name, in English, Chinese or pinyin; its keys stand beside it."),
        N_("The best match first."),
    ),
    "ViewsDialog": Topic(
        N_("Views"),
        N_("Searches that have a name: those that come with the program, and your own. Save the search you are in with s."),
    ),
    "ColumnsDialog": Topic(
        N_("Columns of the list"),
        N_("Which columns the lists of customers show, and by what they are sorted. It is kept."),
        "",
        (Sign("●", "accent", N_("is shown")),),
    ),
    "Preview": Topic(
        N_("Before it is done"),
        N_("Who would change, and how. Enter does it for all at once, Esc for nobody; one undo takes it back."),
    ),
    "ExportDialog": Topic(
        N_("Export"),
        N_("Give customers out as a sheet, JSON, address cards or a calendar. A sheet that was edited can be imported again: only what was changed comes back."),
    ),
    "FormDialog": Topic(
        N_("A form"),
        N_("Tab goes to the next line, Ctrl+S saves. Most lines may stay empty. Esc closes, and what you typed is kept."),
    ),
    "BackupsScreen": Topic(
        N_("Backups"),
        N_("The book is backed up once on each day it is opened. Put one back with Enter; the book of now is kept beside it."),
        N_("The newest first."),
    ),
    "FilesScreen": Topic(
        N_("Files"),
        N_("Files kept with this customer: PIs, pictures, drawings. They are copied, so the original may go."),
        N_("The newest first."),
    ),
    "AllTags": Topic(
        N_("All tags"),
        N_("Colour, rename and merge tags, for all customers at once."),
        N_("The most used first."),
    ),
    "OwnFieldsScreen": Topic(
        N_("Own fields"),
        N_("Fields of your trade that every card gets: certificates, specs, credit. They can be searched, imported and exported."),
    ),
    "RatesScreen": Topic(
        N_("Exchange rates"),
        N_("With your own currency and a rate, sums are also shown in it. Records keep the currency they were made in."),
    ),
}  # fmt: skip
