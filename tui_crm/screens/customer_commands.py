"""The commands that act on one customer, the same in every list and on the card."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..domain.messages import N_, Key, Problem
from ..domain.rows import AgendaRow
from ..domain.vocabulary import TEMPERATURES
from ..i18n import _, explain, word
from ..usecases import agenda as agenda_verbs
from .acting import LOG, OUTCOME, Acting

if TYPE_CHECKING:
    from ..domain.values import Customer, Reach, Record
    from .ask import Ask
    from .picker import Picker
    from .reaching import Address
    from .snooze import Snooze
    from .widgets.quicklog import QuickLog

_PICTURE = 0.02
"""Seconds in which a change is drawn."""

ON_CUSTOMER = (
    "log", "reached", "no_answer", "left_message", "replied", "snooze", "why", "temperature", "grade", "stage", "tag",
    "trade", "copy", "reach", "attach", "merge", "repeat",
)  # fmt: skip


class CustomerCommands(Acting):
    """Mixin for screens with a customer in hand. A screen tells which (`target`), and shows what changed (`refreshed`)."""

    def target(self) -> AgendaRow | None:
        """The customer the commands act on."""
        raise NotImplementedError

    def in_hand(self) -> AgendaRow:
        """The customer acted on. Raises Problem when there is none."""
        row = self.target()
        if row is None:
            raise Problem(
                N_("There is no customer on this line. {search} searches, {new} adds one."),
                search=Key("search"),
                new=Key("new"),
            )
        return row

    # Quick log -----------------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Where work goes on after a panel is closed."""
        raise NotImplementedError

    def hides_entries(self) -> bool:
        """Whether the customer's last entries are not in sight, so that the quick log has to show them."""
        raise NotImplementedError

    async def do_log(self) -> None:
        """Open the quick log for the customer in hand."""
        from ..usecases import cards
        from .widgets.quicklog import QuickLog

        card = cards.summary(self.session, self.in_hand().id)
        await self.query("#quicklog").remove()
        await self.mount(QuickLog(self.session, card, self.hides_entries()), before="#status")

    async def on_quick_log_saved(self, event: QuickLog.Saved) -> None:
        """Save the line and show the next customer; the panel, whose going moves everything, closes right after."""
        from ..usecases import bulk, logging

        customer = event.card.customer
        try:
            logging.log(self.session, customer.id, event.line)
        except Problem as problem:
            event.panel.complain(explain(problem))
            return
        event.panel.forget()
        self.remember(bulk.Act(LOG, event.line))
        self.done(_("Saved: {name}").format(name=customer.name) + self.next_words(event.card.row))
        self.take_focus()
        self.set_timer(_PICTURE, event.panel.remove)

    async def on_quick_log_left(self) -> None:
        """The panel is to be closed; what was typed is kept."""
        await self.query("#quicklog").remove()
        self.take_focus()

    # Logging and planning ------------------------------------------------------------------------------------------

    def do_reached(self) -> None:
        """One key: spoke to the customer."""
        self._log_outcome("reached")

    def do_no_answer(self) -> None:
        """One key: nobody answered."""
        self._log_outcome("no_answer")

    def do_left_message(self) -> None:
        """One key: left a message."""
        self._log_outcome("left_message")

    def do_replied(self) -> None:
        """One key: the customer replied."""
        self._log_outcome("replied")

    def _log_outcome(self, outcome: str) -> None:
        from ..usecases.bulk import Act

        self.act(self.in_hand(), Act(OUTCOME, outcome))

    def do_snooze(self) -> None:
        """Ask for a day and move the next step there."""
        from ..usecases.bulk import Act

        row = self.in_hand()
        self.ask(self.snooze_dialog(row.name), lambda phrase: self.act(row, Act("snooze", phrase)))

    def snooze_dialog(self, whom: str) -> Snooze:
        """The question for a day after today."""
        from ..usecases import planning
        from .snooze import Snooze

        today = self.session.today
        return Snooze(whom, lambda text: planning.later_day(text, today), today)

    def do_why(self) -> None:
        """Show the breakdown of the score."""
        from .why import Why

        row = agenda_verbs.explained(self.session, self.in_hand().id)
        if row is not None:
            self.app.push_screen(Why(row))

    # Trade ---------------------------------------------------------------------------------------------------------

    def do_trade(self) -> None:
        """Write down what was traded, in one line."""
        from ..usecases import cards
        from .trade_line import TradeLine

        customer = cards.existing(self.session, self.in_hand().id)
        self.ask(TradeLine(self.session, customer), lambda answer: self._traded(customer, answer))

    def _traded(self, customer: Customer, answer: str | Record) -> None:
        """Say what was saved; a record not saved yet is looked at in its form first."""
        from ..usecases import drafts
        from .trade_form import TradeForm
        from .trade_line import draft_key

        if isinstance(answer, str):
            self.done(answer)
            return

        def saved(text: str) -> None:
            drafts.keep(self.session, draft_key(customer), "")
            self.done(text)

        self.ask(TradeForm(self.session, customer, answer), saved)

    # Addresses and files ------------------------------------------------------------------------------------------

    def address_here(self) -> Reach | None:
        """The address under the cursor, where a screen shows addresses."""
        return None

    def contact_here(self) -> int:
        """The person under the cursor, where a screen shows people; 0 for none."""
        return 0

    def do_copy(self) -> None:
        """Copy an address."""
        from . import reaching

        self._with_address(_("Copy an address"), lambda address: reaching.copy(self, address))

    def do_reach(self) -> None:
        """Open an address with the program that writes or calls there."""
        from . import reaching

        self._with_address(_("Write or call"), lambda address: reaching.reach(self, address))

    def _with_address(self, title: str, then: Callable[[Address], None]) -> None:
        from ..usecases import cards
        from .reaching import choose

        choose(self, title, cards.existing(self.session, self.in_hand().id), self.address_here(), then)

    def do_attach(self) -> None:
        """The files kept with the customer."""
        from .attachments import FilesScreen

        self.app.push_screen(FilesScreen(self.session, self.in_hand().id))

    def do_forget(self) -> None:
        """Erase a person for good."""
        from .forget import choose

        choose(self, self.in_hand().id, self.contact_here())

    def do_merge(self) -> None:
        """Ask with whom to merge the customer, then compare the two."""
        from .merge import MergeScreen
        from .merge_picker import MergePicker

        row = self.in_hand()

        def compare(other: int) -> None:
            self.app.push_screen(MergeScreen(self.session, row.id, other, lambda _gone, text: self.done(text)))

        self.ask(MergePicker(self.session, row), compare)

    def do_paper(self) -> None:
        """Print the customer's card, the agenda, or quotes."""
        from . import paper

        row = self.in_hand()
        paper.choose(self, row, paper.Shown((row.id,)))

    def do_export(self) -> None:
        """Give out the customer, or everything, as a file."""
        from . import exporting

        row = self.in_hand()
        this = exporting.Whom(row.name, "", lambda: (row.id,), name=row.name)
        exporting.choose(self, (this, exporting.everything(self.session)))

    # How the customer stands ---------------------------------------------------------------------------------------

    def do_temperature(self) -> None:
        """Pick the temperature."""
        from ..usecases.bulk import Act

        row = self.in_hand()
        picker = self._picker(_("Temperature"), "temperature", TEMPERATURES, row.temperature)
        self.ask(picker, lambda code: self.act(row, Act("temperature", code)))

    def do_grade(self) -> None:
        """Pick the grade."""
        from ..usecases.bulk import Act
        from .picker import Choice, Picker

        row = self.in_hand()
        picker = Picker(_("Grade"), [Choice(grade, grade) for grade in self.session.settings.grades], row.grade)
        self.ask(picker, lambda code: self.act(row, Act("grade", code)))

    def do_stage(self) -> None:
        """Pick the stage; lost asks why, paused until when."""
        row = self.in_hand()
        self.ask(
            self._picker(_("Stage"), "stage", self.session.settings.stages, row.stage),
            lambda code: self.stage_chosen(row, code),
        )

    def stage_chosen(self, row: AgendaRow, code: str) -> None:
        """Set the stage, after the question that goes with it."""
        from ..usecases.bulk import Act

        def set_stage(detail: str) -> None:
            self.act(row, Act("stage", code, detail))

        question = self.stage_question(row.name, code)
        if question is None:
            set_stage("")
        else:
            self.ask(question, set_stage)

    def stage_question(self, title: str, code: str) -> Ask | None:
        """What else has to be known of a stage: why a customer is lost, until when one pauses."""
        from ..usecases import planning
        from .ask import Ask

        if code == "lost":
            return Ask(title, _("Why is the customer lost? (price, competitor, no budget …)"), planning.lost_reason)
        if code == "paused":
            today = self.session.today
            return Ask(
                title, _("Until when? (3w, 6月1日, end of month …)"), lambda text: planning.later_day(text, today)
            )
        return None

    def do_tag(self) -> None:
        """Put tags on, take tags off."""
        from ..usecases import finding, tagging
        from ..usecases.bulk import Act
        from .tags import TagChange, TagPicker

        row = self.in_hand()

        def retag(change: TagChange) -> None:
            if change.add or change.remove:
                self.act(row, *(Act("tag", tag) for tag in change.add), *(Act("untag", tag) for tag in change.remove))
            if change.manage:
                self.do_tags()

        colors = tagging.colors(self.session)
        self.ask(TagPicker(row.name, row.tags, finding.tags(self.session), colors), retag)

    def _picker(self, title: str, vocabulary: str, codes: tuple[str, ...], current: str) -> Picker:
        from .picker import Choice, Picker

        return Picker(title, [Choice(code, word(vocabulary, code)) for code in codes], current)
