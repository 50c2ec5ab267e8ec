"""What a list of customers can show of each, and the orders it can stand in."""

from __future__ import annotations

from typing import NamedTuple

from .messages import N_


class Column(NamedTuple):
    """One column: `code` for settings, `title` over the list, `label` where it is chosen."""

    code: str
    title: str
    label: str


COLUMNS: tuple[Column, ...] = (
    Column("name", N_("customer"), N_("Customer")),
    Column("due", N_("due"), N_("Due")),
    Column("temperature", N_("temperature"), N_("Temperature")),
    Column("next", N_("what to do"), N_("Next step")),
    Column("country", N_("country"), N_("Country")),
    Column("last", N_("contacted"), N_("Last contact")),
    Column("stage", N_("stage"), N_("Stage")),
    Column("grade", N_("grade"), N_("Grade")),
    Column("tags", N_("tags"), N_("Tags")),
    Column("money", N_("open money"), N_("Open money")),
    Column("city", N_("city"), N_("City")),
    Column("people", N_("people"), N_("People")),
    Column("owner", N_("responsible"), N_("Responsible")),
    Column("there", N_("there"), N_("Time at the customer's")),
    Column("created", N_("added"), N_("Added on")),
)
"""Every column; those that a narrow list leaves out first stand last."""

COLUMN_CODES = tuple(column.code for column in COLUMNS)
USUAL_COLUMNS = ("temperature", "name", "grade", "country", "stage", "last", "due", "next", "tags", "money")
"""What is shown until a user chooses, from left to right."""

READ_APART = frozenset({"people", "money", "created"})
"""Columns that a list row does not carry: they are read only where they are shown."""


class Order(NamedTuple):
    """By what a list is sorted. `best` is no column: the best match first, without words the most urgent."""

    by: str
    descending: bool = False

    def __str__(self) -> str:
        """As it stands in the settings: `last`, or `-last` with the latest first."""
        return f"-{self.by}" if self.descending else self.by


BEST = Order("best")
ORDERS = ("best", "name", "due", "last", "grade", "country", "created")
"""What a list can be sorted by."""

ORDER_NAMES = tuple(sign + by for by in ORDERS for sign in (("",) if by == BEST.by else ("", "-")))
"""Every order as the settings name it."""


def order_named(text: str) -> Order:
    """The order of a name in `ORDER_NAMES`."""
    return Order(text.removeprefix("-"), text.startswith("-"))
