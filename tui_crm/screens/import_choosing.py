"""The preview of an import: what the user says of columns, sheets, dates, conflicts, of single customers, and of trade told in notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from ..i18n import _, ngettext
from ..usecases import importing
from ..usecases.session import Session
from .base import CrmScreen
from .import_lines import recognised, unknown_sheets
from .widgets.rowlist import RowList

if TYPE_CHECKING:
    from ..exchange.mapping import Choices
    from ..exchange.plan import Plan
    from ..exchange.planned import PlannedCustomer
    from ..exchange.tables import Table
    from ..usecases.importing import Agreed


class Choosing(CrmScreen):
    """Base of the import screen: the plan, and everything that is said of it before it is brought in."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.file = Path()
        self.tables: Sequence[Table] = ()
        self.plan: Plan | None = None
        self.choices: Choices | None = None
        self.left_out: frozenset[tuple[str, int]] = frozenset()
        self.told: Mapping[tuple[str, int], int] = {}
        self.taken: frozenset[tuple[str, int]] = frozenset()
        self.all_trade = False

    def can_choose(self) -> bool:
        """Whether the preview is shown."""
        raise NotImplementedError

    def has_report(self) -> bool:
        """Whether there is something to report of."""
        raise NotImplementedError

    def listed(self) -> RowList:
        """The list of the preview."""
        return self.query_one("#list", RowList)

    def plan_anew(self, choices: Choices) -> None:
        """Go on with other choices, if they are others."""
        raise NotImplementedError

    def show_details(self, row: object | None) -> None:
        """Show a customer or a note in full."""
        raise NotImplementedError

    def do_columns(self) -> None:
        """What each column was taken for."""
        if self.can_choose():
            from .import_columns import ColumnsScreen

            assert self.plan is not None
            assert self.choices is not None
            if not any(sheet.columns and not sheet.off for sheet in self.plan.sheets):
                self.say(_("No sheet with columns comes in; s shows the sheets."), wrong=True)
                return
            row = self._in_hand()
            self.ask(ColumnsScreen(self.plan, self.choices, row.where[0] if row else ""), self.plan_anew)

    def do_sheets(self) -> None:
        """Which sheets come in, and where their headers are."""
        if self.can_choose():
            from .import_sheets import SheetsScreen

            assert self.plan is not None
            assert self.choices is not None
            self.ask(SheetsScreen(self.plan, self.tables, self.choices), self.plan_anew)

    def do_conflicts(self) -> None:
        """Whose word counts where sheet and book were both changed."""
        if self.can_choose():
            from .import_conflicts import ConflictsScreen

            assert self.plan is not None
            assert self.choices is not None
            if not self.plan.count("conflict"):
                self.say(_("Nothing was changed both in the sheet and in the book."))
                return
            row = self._in_hand()
            self.ask(ConflictsScreen(self.plan, self.choices, row.where if row else None), self.plan_anew)

    def do_dates(self) -> None:
        """Ask how the dates of the next unclear column are meant; where all have been answered, ask again."""
        if not self.can_choose() or self.ask_for_dates():
            return
        assert self.choices is not None
        if self.choices.orders:
            self.plan_anew(replace(self.choices, orders={}))
        else:
            self.say(_("No date of this file can be read two ways."))

    def ask_for_dates(self) -> bool:
        """Ask how the dates of the next unclear column are meant; whether there is one."""
        from .import_dates import date_question, with_order

        plan, choices = self.plan, self.choices
        assert plan is not None
        assert choices is not None
        question = date_question(plan, self.session.today)
        if question is not None:
            self.ask(question, lambda order: self.plan_anew(with_order(plan, choices, order)))
        return question is not None

    def do_leave_out(self) -> None:
        """Space: leave the customer out, or take it in again."""
        row = self._in_hand()
        if row is None:
            self._say_nobody()
        else:
            self.left_out ^= {row.where}
            self._changed()
            self.listed().move(1)

    def do_this_trade(self) -> None:
        """Take the records that this customer's notes tell of, or not."""
        row = self._in_hand()
        if row is None:
            self._say_nobody()
            return
        if not self.told.get(row.where):
            self.say(_("The notes of this customer tell of no trade that is not in the book."))
            return
        self.taken ^= {row.where}
        self._changed()

    def do_all_trade(self) -> None:
        """Take the records that all notes tell of, or none."""
        if self.can_choose():
            if not self.told:
                self.say(_("No notes tell of trade that is not in the book."))
                return
            self.all_trade, self.taken = not self.all_trade, frozenset()
            self._changed()

    def _say_nobody(self) -> None:
        """Why a key for one customer does nothing."""
        if self.can_choose():
            self.say(_("No customer is in hand; Tab shows the customers."))

    def _changed(self) -> None:
        self.say("")
        self.show_found()
        self.listed().redraw()
        self.show_details(self.listed().current)

    def takes_trade(self, row: PlannedCustomer) -> bool:
        """Whether the trade records that notes of a customer tell of are wanted."""
        return (row.where in self.taken) != self.all_trade

    def _in_hand(self) -> PlannedCustomer | None:
        from ..exchange.planned import PlannedCustomer

        row = self.listed().current if self.can_choose() else None
        return row if isinstance(row, PlannedCustomer) else None

    def agreed(self) -> Agreed:
        """What of the plan is wanted."""
        return importing.Agreed(self.left_out, self.taken, self.all_trade)

    def do_report(self) -> None:
        """Write down every cell that was not taken as it stands."""
        if self.plan is not None and self.has_report():
            path = importing.write_report(self.session, self.file, self.plan, self.agreed())
            self.say(_("The report is in {file}.").format(file=path))

    def show_found(self) -> None:
        """What was recognised, what is left out, and the trade that notes tell of."""
        assert self.plan is not None
        parts: list[str | tuple[str, str]] = [
            " " + recognised(self.plan),
            (" — c", "$accent"),
            (" " + _("to look"), "$dim"),
        ]
        if not any(sheet.columns for sheet in self.plan.sheets):
            parts = parts[:1]
        if unknown := unknown_sheets(self.plan):
            said = ngettext("{n} sheet unknown", "{n} sheets unknown", unknown)
            parts += [f"   ? {said}", (" — s", "$accent")]
        if self.left_out:
            parts.append(
                ("\n × " + ngettext("{n} customer left out", "{n} customers left out", len(self.left_out)), "$soon")
            )
        if conflicts := self.plan.count("conflict"):
            said = ngettext("{n} customer in conflict", "{n} customers in conflict", conflicts)
            parts += [(f"\n ≠ {said}", "$hot"), (" — b", "$accent"), (" " + _("sheet or book"), "$dim")]
        if count := sum(self.told.values()):
            said = ngettext("{n} record of trade in the notes", "{n} records of trade in the notes", count)
            taken = sum(
                n for where, n in self.told.items()
                if (where in self.taken) != self.all_trade and where not in self.left_out
            )  # fmt: skip
            parts += [f"\n {said}", (" — y", "$accent"), (" " + _("all"), "$dim"), ("  t", "$accent"),
                      (" " + _("this customer's"), "$dim"), ("   " + _("{n} taken").format(n=taken), "$success" if taken else "$dim")]  # fmt: skip
        self.query_one("#found", Static).update(Content.assemble(*parts))
