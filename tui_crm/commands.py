"""THE list of commands: id, key, twin that works under a Chinese input method, label, help. Pure data.

Key bindings, footer, help screen, command palette and docs are all made from this list, so none can go stale. Key names are
Textual's. A letter acts in lists only; the twin works everywhere and with an input method switched on.
"""

from __future__ import annotations

from typing import NamedTuple

from .domain.messages import N_
from .domain.views import VIEW_KEYS


class Command(NamedTuple):
    """One thing a user can do. `keys` come first-shown first; `twins` reach a terminal program under an IME."""

    id: str
    keys: tuple[str, ...]
    twins: tuple[str, ...]
    label: str
    help: str
    group: str
    footer: bool = False


MOVE, WORK, CHANGE, SEVERAL, FIND, VIEW, PROGRAM = (
    N_("Move"),
    N_("Log and plan"),
    N_("Change a customer"),
    N_("Several at once"),
    N_("Find"),
    N_("Views"),
    N_("Program"),
)

COMMANDS: tuple[Command, ...] = (
    Command("left", (), ("left",), N_("Left"), N_("To the column at the left"), MOVE),
    Command("right", (), ("right",), N_("Right"), N_("To the column at the right"), MOVE),
    Command("down", ("j",), ("down",), N_("Down"), N_("To the next customer"), MOVE),
    Command("up", ("k",), ("up",), N_("Up"), N_("To the previous customer"), MOVE),
    Command("page_down", (), ("pagedown",), N_("Page down"), N_("One screen further"), MOVE),
    Command("page_up", (), ("pageup",), N_("Page up"), N_("One screen back"), MOVE),
    Command("first", ("g",), ("home",), N_("First"), N_("To the first customer"), MOVE),
    Command("last", ("G",), ("end",), N_("Last"), N_("To the last customer"), MOVE),
    Command("jump", ("'",), ("ctrl+j",), N_("Jump"), N_("To the first customer whose name begins as typed"), MOVE),
    Command("open", (), ("enter",), N_("Card"), N_("Open the customer's card"), MOVE, True),
    Command("back", ("q",), ("escape",), N_("Back"), N_("Back; on the first screen: quit (after a question)"), MOVE),
    Command("log", ("l",), ("f2",), N_("Log"), N_("Write down what happened, next step included"), WORK, True),
    Command("reached", ("a",), ("alt+1",), N_("Reached"), N_("One key: spoke to the customer"), WORK),
    Command("no_answer", ("x",), ("alt+2",), N_("No answer"), N_("One key: nobody answered"), WORK, True),
    Command("left_message", ("v",), ("alt+3",), N_("Left message"), N_("One key: left a message"), WORK),
    Command("replied", ("r",), ("alt+4",), N_("Replied"), N_("One key: the customer replied"), WORK),
    Command(
        "snooze", ("s",), ("f6",), N_("Snooze"), N_("Move the next step: 1 3 7 days, or a date phrase"), WORK, True
    ),
    Command(
        "trade",
        ("$",),
        ("ctrl+o",),
        N_("Trade"),
        N_("Write down a quote, sample, PI, order, payment or shipment in one line"),
        WORK,
    ),
    Command("copy", ("y",), ("ctrl+k",), N_("Copy"), N_("Copy an address, also over SSH"), WORK),
    Command("reach", ("o",), ("ctrl+g",), N_("Write or call"), N_("Open an address: mail, phone, WhatsApp …"), WORK),
    Command("why", ("w",), ("f9",), N_("Why"), N_("Why this customer stands here, in points"), WORK, True),
    Command("repeat", (".",), ("alt+r",), N_("Again"), N_("Do the last act again, here"), WORK),
    Command("new", ("n",), ("f4",), N_("New"), N_("New customer"), CHANGE, True),
    Command("edit", ("e",), ("f3",), N_("Edit"), N_("Edit the customer's fields"), CHANGE),
    Command("temperature", ("t",), ("f7",), N_("Temperature"), N_("Set the temperature, then 1–5"), CHANGE),
    Command("grade", ("c",), ("f8",), N_("Grade"), N_("Set the grade, then 1–5"), CHANGE),
    Command("stage", ("=",), ("f5",), N_("Stage"), N_("Set the stage; lost asks why, paused asks until when"), CHANGE),
    Command("tag", ("#",), ("ctrl+t",), N_("Tag"), N_("Add or take off a tag"), CHANGE),
    Command(
        "drawer", ("d",), ("ctrl+d",), N_("Empty fields"), N_("On the card: show or fold away empty fields"), CHANGE
    ),
    Command(
        "archive",
        ("-",),
        ("alt+a",),
        N_("Archive"),
        N_("Take the customer off every list, or bring it back; undo works"),
        CHANGE,
    ),
    Command("attach", ("A",), ("ctrl+a",), N_("Files"), N_("Files kept with the customer: add, open"), CHANGE),
    Command(
        "merge", ("m",), ("ctrl+w",), N_("Merge"), N_("Merge with a duplicate, field by field; undo works"), CHANGE
    ),
    Command(
        "filter",
        ("f",),
        ("ctrl+e",),
        N_("Filter"),
        N_("What is shown: log, trade, changes; in the history one customer or all"),
        CHANGE,
    ),
    Command("as_of", ("z",), ("ctrl+r",), N_("As of"), N_("The customer as it was on a day"), CHANGE),
    Command("stage_back", ("<",), ("shift+left",), N_("Stage back"), N_("To the stage before"), CHANGE),
    Command("stage_forward", (">",), ("shift+right",), N_("Stage on"), N_("To the next stage"), CHANGE),
    Command("undo", ("u",), ("ctrl+z",), N_("Undo"), N_("Undo the last operation"), CHANGE, True),
    Command("redo", ("U",), ("ctrl+y",), N_("Redo"), N_("Redo what was undone"), CHANGE),
    Command("history", ("H",), ("f10",), N_("History"), N_("Every operation, newest first"), CHANGE),
    Command(
        "mark",
        ("space",),
        ("insert",),
        N_("Mark"),
        N_("Mark the customer, or take the mark off; marks outlive a search"),
        SEVERAL,
    ),
    Command("mark_down", (), ("shift+down",), N_("Mark down"), N_("Mark this customer and the next"), SEVERAL),
    Command("mark_up", (), ("shift+up",), N_("Mark up"), N_("Mark this customer and the one before"), SEVERAL),
    Command(
        "mark_range",
        ("V",),
        ("alt+v",),
        N_("Mark from … to"),
        N_("Mark from here; pressed again: up to here"),
        SEVERAL,
    ),
    Command(
        "mark_all", ("*",), ("ctrl+s",), N_("Mark all"), N_("Mark everybody in the list, in sight or not"), SEVERAL
    ),
    Command(
        "owner",
        ("O",),
        ("alt+o",),
        N_("Responsible"),
        N_("Who is responsible for the customer, or for all that are marked"),
        CHANGE,
    ),
    Command(
        "spread",
        ("B",),
        ("ctrl+right",),
        N_("Spread the day"),
        N_("Move what is too much for today to the coming working days"),
        SEVERAL,
    ),
    Command("search", ("/",), ("ctrl+f",), N_("Search"), N_("Find by name, pinyin, tag, phone or note"), FIND, True),
    Command("agenda", ("1",), (), N_("Agenda"), N_("Who to talk to today"), VIEW),
    Command("customers", ("2",), (), N_("Customers"), N_("Everyone in the book"), VIEW),
    Command("pipeline", ("3",), (), N_("Pipeline"), N_("Customers by stage, with the money open"), VIEW),
    Command("trades", ("4",), (), N_("Open trade"), N_("Everything that is open in trade"), VIEW),
    Command(
        "views",
        (",",),
        ("ctrl+b",),
        N_("Saved views"),
        N_("Overdue, at risk, your own searches … with a digit each"),
        VIEW,
    ),
    *(
        Command(f"view_{key}", (key,), (), N_("View"), N_("The saved view that has this digit"), VIEW)
        for key in VIEW_KEYS
    ),
    Command("columns", ("|",), ("ctrl+n",), N_("Columns"), N_("What a list shows, and by what it is sorted"), VIEW),
    Command("duplicates", ("D",), ("ctrl+u",), N_("Duplicates"), N_("Customers that are probably the same"), FIND),
    Command("tags", (), (), N_("All tags"), N_("Colour, rename and merge tags"), PROGRAM),
    Command("fields", (), (), N_("Own fields"), N_("Add fields of your own to every card"), PROGRAM),
    Command("rates", (), (), N_("Exchange rates"), N_("Rates for sums in your own currency"), PROGRAM),
    Command("import", ("i",), ("f11",), N_("Import"), N_("Bring in a sheet (.xlsx, .csv)"), PROGRAM),
    Command(
        "export", ("E",), ("alt+e",), N_("Export"), N_("Give out the list, the marked ones or everything"), PROGRAM
    ),
    Command(
        "paper", ("P",), ("alt+p",), N_("Print"), N_("A page to print: the card, today's list, the quotes"), PROGRAM
    ),
    Command("forget", (), (), N_("Forget a person"), N_("Erase a person's data for good, history included"), PROGRAM),
    Command("backups", (), (), N_("Backups"), N_("Back up now, or put a backup back"), PROGRAM),
    Command(
        "privacy",
        (),
        ("ctrl+x",),
        N_("Hide"),
        N_("Hide names, notes and amounts on every screen, or show them again"),
        PROGRAM,
    ),
    Command(
        "lock", (), ("alt+l",), N_("Lock"), N_("Lock the screen; an encrypted book asks for its passphrase"), PROGRAM
    ),
    Command("theme", ("T",), ("f12",), N_("Theme"), N_("Choose the colours"), PROGRAM),
    Command("language", ("L",), ("ctrl+l",), N_("Language"), N_("English / 中文"), PROGRAM),
    Command("settings", ("S",), ("alt+s",), N_("Settings"), N_("Everything you can set, with what it does"), PROGRAM),
    Command("tour", (), (), N_("Tour"), N_("Learn the program in five minutes, on the example book"), PROGRAM),
    Command("help", ("?",), ("f1",), N_("Help"), N_("All keys"), PROGRAM, True),
    Command("palette", (":",), ("ctrl+p",), N_("Commands"), N_("Find a command by its name"), PROGRAM),
    Command("quit", (), ("ctrl+q",), N_("Quit"), N_("Close the program; everything is saved already"), PROGRAM),
)

ON_MARKED = ("snooze", "temperature", "grade", "stage", "tag", "owner", "archive", "log")
"""Commands that act on all marked customers where any are marked, in the order in which the footer names them."""

BY_ID = {command.id: command for command in COMMANDS}


def key_label(key: str) -> str:
    """A key as people read it: `ctrl+t` → `Ctrl+T`, `pagedown` → `PgDn`."""
    names = {
        "pagedown": "PgDn",
        "pageup": "PgUp",
        "down": "↓",
        "up": "↑",
        "left": "←",
        "right": "→",
        "escape": "Esc",
        "comma": ",",
    }
    if len(key) == 1:
        return key
    return "+".join(names.get(part, part.capitalize()) for part in key.split("+"))
