"""What is opened from the list: the card, other screens, dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from ..i18n import _
from ..keys_in_force import key_of, keyed
from ..usecases import agenda, long_lists
from .widgets.cells import fit
from .widgets.rowlist import Cells
from .widgets.wrap import wrap

if TYPE_CHECKING:
    from .base import CrmScreen
    from .marking import Marking
    from .moving import Moving
    from .searching import Searching

    class Base(Searching, Moving, Marking, CrmScreen):
        """The screen it is mixed into."""
else:
    Base = object


class Opening(Base):
    """Mixin for the screen with the list."""

    def do_open(self) -> None:
        """Open the card."""
        from .card import CardScreen

        self.app.push_screen(CardScreen(self.session, self.in_hand().id))

    def do_edit(self) -> None:
        """Edit on the card."""
        self.do_open()

    def do_pipeline(self) -> None:
        """Customers by stage, at the stage of the one in hand."""
        from .pipeline import PipelineScreen

        row = self.target()
        self.app.push_screen(PipelineScreen(self.session, row.stage if row else "new"))

    def do_trades(self) -> None:
        """Everything open in trade."""
        from .trades import TradesScreen

        self.app.push_screen(TradesScreen(self.session))

    # New, import, welcome ------------------------------------------------------------------------------------------

    def do_new(self) -> None:
        """Add a customer."""
        from .customer_form import CustomerForm

        def added(customer_id: int) -> None:
            row = agenda.row(self.session, customer_id)
            self.refreshed()
            if row is not None:
                self.put_cursor_on(customer_id)
                self.say(_("Added {name}").format(name=row.name) + "  ·  " + keyed(_("{undo} undoes"), "undo"))

        self.ask(CustomerForm(self.session), added)

    def put_cursor_on(self, customer_id: int) -> None:
        """Go to a customer, wherever in the list."""
        at = self.rows().place(customer_id)
        if at is not None:
            self.read_on(at)
            self.listed().go_to(at)

    def do_spread(self) -> None:
        """Move what is too much for today to the coming working days."""
        from ..usecases import bulk
        from .spread import SpreadScreen
        from .working import aside

        def look(day: bulk.FullDay) -> None:
            self.app.push_screen(SpreadScreen(self.session, day, self.done))

        quick = long_lists.due(self.session).whole
        aside(self, _("Spread the day"), lambda: bulk.full_day(self.session), look, quick=quick)

    def do_paper(self) -> None:
        """Print a card, the agenda, the list, or quotes."""
        from . import paper

        shown = paper.Shown(tuple(self.marks))
        if not self.marks and self.question is not None:
            shown = paper.Shown((), self.question.line, self.order(self.question.line))
        paper.choose(self, self.target(), shown)

    def do_export(self) -> None:
        """Give out the marked ones, the list, everything, or the customer in hand as a file."""
        from . import exporting
        from .exporting import Whom

        rows, row, marked = self.rows(), self.target(), tuple(self.marks)
        line = self.question.line if self.question is not None else ""
        size = f"{len(rows):,}" + ("" if rows.whole else "+")
        whom = [Whom(_("the marked ones"), f"{len(marked):,}", lambda: marked)] if marked else []
        whom += [Whom(_("this list"), size, rows.everybody, line)] if len(rows) else []
        whom += [exporting.everything(self.session)]
        whom += [Whom(row.name, "", lambda: (row.id,), name=row.name)] if row is not None else []
        exporting.choose(self, whom)

    def do_import(self) -> None:
        """Bring in a sheet."""
        from .importing import ImportScreen

        self.app.push_screen(ImportScreen(self.session))

    def do_duplicates(self) -> None:
        """Customers that are probably the same."""
        from .duplicates import DuplicatesScreen

        self.app.push_screen(DuplicatesScreen(self.session))

    def begin_book(self) -> None:
        """An empty book: welcome whoever was not yet, else say how it is begun."""
        if self.app.is_welcomed():  # type: ignore[attr-defined]
            self.explain_empty()
        else:
            self.do_welcome()

    def do_welcome(self) -> None:
        """What the first start asks and offers."""
        from .welcome import Beginning, Welcome

        app: Any = self.app

        def answered(beginning: Beginning) -> None:
            app.begin_with(dict(beginning.settings))
            ways = {"demo": app.open_demo, "tour": app.do_tour, "import": self.do_import, "new": self.do_new}
            if beginning.way:
                ways[beginning.way]()

        self.ask(Welcome(self.session, app.is_first_start), answered)

    def explain_empty(self) -> None:
        """Where the rows would stand: how an empty book is begun."""
        ways = (
            (key_of("import"), _("Import a sheet"), _("Your follow-up workbook or CSV. First shown, then saved.")),
            (key_of("new"), _("Add the first customer"), _("Company, country and one way to reach somebody are enough.")),
            (key_of("tour"), _("Take the five-minute tour"), _("Try the keys on invented customers; nothing of it is kept.")),
        )  # fmt: skip
        room = max(cell_len(key) for key, _name, _text in ways) + 3
        width = max(20, self.listed().size.width - 2)
        lines: list[Cells] = [[], [("  " + _("The book is empty. Three ways to begin:"), "strong")], []]
        for key, name, text in ways:
            indent = " " * (room + 2)
            lines += [[("  " + fit(key, room), "accent"), (name, "strong")]]
            lines += [[(indent + line, "dim")] for line in wrap(text, width - len(indent))]
            lines += [[]]
        self.say("")
        self.listed().explain(lines)
