"""The keys of the preview of an import, each a letter and one that works under an input method."""

from __future__ import annotations

from ..commands import Command
from ..domain.messages import N_

_GROUP = N_("Import")

KEYS: tuple[Command, ...] = (
    Command("take", (), ("enter",), N_("Bring in"), N_("Bring in all that is not left out; one undo takes it back"), _GROUP),
    Command("leave_out", ("space",), ("insert",), N_("Leave out"), N_("Leave this customer out, or take it in again"), _GROUP),
    Command("turn", (), ("tab",), N_("Show"), N_("All, new, updated, unchanged, not taken as they stand"), _GROUP),
    Command("columns", ("c",), ("f7",), N_("Columns"), N_("What each column was taken for; another field, own field, left out"), _GROUP),
    Command("sheets", ("s",), ("f8",), N_("Sheets"), N_("Which sheets come in, and in which row their headers stand"), _GROUP),
    Command("dates", ("d",), ("f6",), N_("Dates"), N_("How dates like 5/6/2026 are meant, where they do not tell"), _GROUP),
    Command("conflicts", ("b",), ("f9",), N_("Conflicts"), N_("Sheet or book, where both were changed"), _GROUP),
    Command("all_trade", ("y",), ("f2",), N_("All trade"), N_("Store the trade that notes tell of as records, of all customers"), _GROUP),
    Command("this_trade", ("t",), ("f3",), N_("Its trade"), N_("The same for this customer alone, or not for this one"), _GROUP),
    Command("more", (), ("right",), N_("Scroll"), N_("Scroll what stands below the list; ← back"), _GROUP),
    Command("report", ("R",), ("f5",), N_("Report"), N_("Write a file of every row and cell that does not come in as it stands"), _GROUP),
)  # fmt: skip
"""In the order of the help. `take`, `turn` and `more` are bound with the keys of the screen."""

CHOOSING = tuple(command for command in KEYS if command.id not in ("take", "turn", "more"))
"""Those that say something of the plan."""
