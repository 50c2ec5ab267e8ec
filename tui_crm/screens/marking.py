"""Marking customers in the list, and acting on all that are marked. Marks are by customer: they outlive a search, so that a
set can be collected from several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual.content import Content

from ..commands import BY_ID, ON_MARKED
from ..domain.messages import N_, Key, Problem
from ..domain.rows import AgendaRow
from ..domain.vocabulary import TEMPERATURES
from ..i18n import _, ngettext, tell
from ..keys_in_force import keyed
from ..usecases.long_lists import LongList
from ..usecases.session import Session
from .acting import LOG, OUTCOME
from .customer_commands import CustomerCommands
from .keys import key_line
from .widgets.rowlist import Cells, Draw

if TYPE_CHECKING:
    from ..usecases.bulk import Act, LogPlan, Plan
    from .tags import TagChange
    from .widgets.rowlist import RowList

MARKING = ("mark", "mark_down", "mark_up", "mark_range", "mark_all", "owner", "archive")
_ONE = frozenset({"reached", "no_answer", "left_message", "replied", "trade", "attach", "merge", "reach"})
"""Commands that only ever concern one customer."""
_AT_ONCE = 500
"""Customers that are changed without making anybody wait."""
SIGN = "●"

Planned = TypeVar("Planned", "Plan", "LogPlan")


class Marking(CustomerCommands):
    """Mixin for the screen with the list."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.marks: dict[int, None] = {}
        self._from: int | None = None  # the customer that a range begins at

    def listed(self) -> RowList:
        """The list."""
        raise NotImplementedError

    def rows(self) -> LongList:
        """What is listed."""
        raise NotImplementedError

    def show_marks(self) -> None:
        """Draw lines and head anew: other customers are marked."""
        raise NotImplementedError

    async def action_do(self, command: str) -> None:
        """Run a command: with customers marked, on all of them, or say why it cannot be."""
        if self.marks and command in _ONE:
            self.refuse(self._for_one())
            return
        several = command in ON_MARKED or command == "repeat"
        await super().action_do(f"{command}_several" if self.marks and several else command)

    def _for_one(self) -> Problem:
        return Problem(
            N_("{count} are marked, and this is done with one customer. {log} logs one line with all; Esc takes the marks off."),
            count=len(self.marks), log=Key("log"),
        )  # fmt: skip

    def marked_line(self, draw: Draw) -> Draw:
        """A line with room for the mark in front of it."""

        def line(row: object, width: int, here: bool) -> Cells:
            marked = isinstance(row, AgendaRow) and row.id in self.marks
            return [(SIGN, "accent") if marked else (" ", "plain"), *draw(row, width - 1, here)]

        return line

    def marks_said(self) -> Content:
        """How many are marked, for the head; nothing where none is."""
        if not self.marks:
            return Content("")
        said = Content.styled("   " + ngettext("{n:,} marked", "{n:,} marked", len(self.marks)), "bold $accent")
        if self._from is None:
            return said
        return said + Content.styled("  " + keyed(_("{mark_range} marks up to here"), "mark_range"), "$dim")

    # Marking -------------------------------------------------------------------------------------------------------

    def do_mark(self) -> None:
        """Mark the customer, or take the mark off; on to the next."""
        customer = self.in_hand().id
        if customer in self.marks:
            del self.marks[customer]
        else:
            self.marks[customer] = None
        self.listed().move(1)
        self._told()

    def do_mark_down(self) -> None:
        """Mark this customer and the next."""
        self._mark_to(1)

    def do_mark_up(self) -> None:
        """Mark this customer and the one before."""
        self._mark_to(-1)

    def _mark_to(self, by: int) -> None:
        """Mark on the way; back over what is marked, take the marks off."""
        here = self.in_hand().id
        self.listed().move(by)
        there = self.in_hand().id
        if here != there and there in self.marks and here in self.marks:
            del self.marks[here]
        else:
            self.marks |= {here: None, there: None}
        self._told()

    def do_mark_range(self) -> None:
        """The first time, begin here; the second time, mark everybody up to here."""
        here, cursor = self.in_hand().id, self.listed().cursor
        start = self.rows().place(self._from) if self._from is not None else None
        if start is None:
            self._from = here
            self.marks[here] = None
            self.show_marks()
            self.say(keyed(_("A range begins here: go to its other end and press {mark_range} again."), "mark_range"))
            return
        first, last = sorted((start, cursor))
        self._mark(self.rows().ids(first, last))

    def do_mark_all(self) -> None:
        """Mark everybody in the list, in sight or not."""
        from .working import aside

        rows = self.rows()
        if not len(rows):
            raise Problem(N_("There is nobody in this list to mark."))
        aside(self, _("Mark all"), rows.everybody, self._mark, quick=rows.is_short)

    def _mark(self, customers: Iterable[int]) -> None:
        self.marks |= dict.fromkeys(customers)
        self._from = None
        self._told()

    def unmark(self) -> bool:
        """Take all marks off; whether there were any."""
        had = bool(self.marks)
        self.forget_marks()
        if had:
            self.show_marks()
            self.say(_("No one is marked any more."))
        return had

    def forget_marks(self) -> None:
        """Nobody is marked."""
        self.marks, self._from = {}, None

    def _told(self) -> None:
        self.show_marks()
        count = len(self.marks)
        if not count:
            self._from = None
            self.say(_("No one is marked."))
            return
        kept = keyed(_("{log} logs one line with all · a search keeps them · Esc unmarks"), "log")
        self.say(f"{ngettext('{n:,} marked', '{n:,} marked', count)}  ·  {kept}")

    def marks_keys(self, width: int) -> Content:
        """The foot of the screen while customers are marked: what can be done with all of them."""
        others = [name for name in ("export", "palette") if name in self.commands()]
        return key_line((BY_ID[name] for name in (*ON_MARKED, *others)), width)

    # Acts on all that are marked -------------------------------------------------------------------------------------

    def do_temperature_several(self) -> None:
        """Pick a temperature for all."""
        picker = self._picker(self._all(_("Temperature")), "temperature", TEMPERATURES, "")
        self.ask(picker, lambda code: self._propose(("temperature", code)))

    def do_grade_several(self) -> None:
        """Pick a grade for all."""
        from .picker import Choice, Picker

        picker = Picker(self._all(_("Grade")), [Choice(grade, grade) for grade in self.session.settings.grades])
        self.ask(picker, lambda code: self._propose(("grade", code)))

    def do_stage_several(self) -> None:
        """Pick a stage for all; lost asks why, paused until when."""
        picker = self._picker(self._all(_("Stage")), "stage", self.session.settings.stages, "")
        self.ask(picker, self._stage_for_all)

    def _stage_for_all(self, code: str) -> None:
        ask = self.stage_question(self._all(_("Stage")), code)
        if ask is None:
            self._propose(("stage", code))
        else:
            self.ask(ask, lambda detail: self._propose(("stage", code, detail)))

    def do_tag_several(self) -> None:
        """Put tags on all, take tags off all."""
        from ..usecases import bulk
        from .working import aside

        whom = tuple(self.marks)
        aside(
            self, _("Tags"), lambda: bulk.carried_tags(self.session, whom), self._ask_tags, quick=len(whom) <= _AT_ONCE
        )

    def _ask_tags(self, carried: Mapping[str, int]) -> None:
        from ..usecases import finding, tagging
        from .bulk_tags import SeveralTags

        every, colors = finding.tags(self.session), tagging.colors(self.session)
        self.ask(SeveralTags(self._marked(), carried, len(self.marks), every, colors), self._retag_all)

    def _retag_all(self, change: TagChange) -> None:
        acts = [("tag", tag) for tag in change.add] + [("untag", tag) for tag in change.remove]
        if acts:
            self._propose(*acts)
        if change.manage:
            self.do_tags()

    def do_snooze_several(self) -> None:
        """Move the next step of all to one day."""
        self.ask(self.snooze_dialog(self._marked()), lambda phrase: self._propose(("snooze", phrase)))

    def do_owner(self) -> None:
        """Ask who is responsible for the customer in hand."""
        row = self.in_hand()
        self._ask_owner(row.name, (row.id,))

    def do_owner_several(self) -> None:
        """Ask who is responsible for all."""
        self._ask_owner(self._marked(), tuple(self.marks))

    def _ask_owner(self, whom: str, customers: Sequence[int]) -> None:
        from ..usecases import bulk
        from .owner import OwnerPicker

        picker = OwnerPicker(f"{_('Responsible')} · {whom}", bulk.owners(self.session))
        self.ask(picker, lambda name: self._propose(("owner", name), customers=customers))

    def do_archive(self) -> None:
        """Take the customer in hand off every list, or bring it back."""
        from ..usecases.bulk import Act

        row = self.in_hand()
        self.act(row, Act("restore" if row.archived else "archive"))

    def do_archive_several(self) -> None:
        """Take all off every list; bring them back where all are archived."""
        from ..usecases import bulk

        gone = bulk.all_archived(self.session, tuple(self.marks))
        self._propose(("restore",) if gone else ("archive",))

    async def do_log_several(self) -> None:
        """Write one line that is logged with each of them."""
        from .log_several import LogSeveral

        self.ask(LogSeveral(self.session, self._marked()), self._propose_log)

    async def do_repeat_several(self) -> None:
        """The last act, with all that are marked; a line of the log is only offered again."""
        from ..usecases import drafts
        from .log_several import DRAFT

        acts = self.to_repeat()
        if acts[0].kind == OUTCOME:
            raise self._for_one()
        if acts[0].kind != LOG:
            self._propose(*((act.kind, act.value, act.detail) for act in acts))
            return
        if not drafts.kept(self.session, DRAFT):
            drafts.keep(self.session, DRAFT, acts[0].value)
        await self.do_log_several()

    # Shown, then done ------------------------------------------------------------------------------------------------

    def _propose(self, *acts: tuple[str, ...], customers: Sequence[int] = ()) -> None:
        from ..usecases import bulk
        from ..usecases.bulk import Act

        whom = customers or tuple(self.marks)
        every = tuple(Act(*act) for act in acts)
        self._shown_first(lambda: bulk.plan(self.session, whom, *every), bulk.do, len(whom), every)

    def _propose_log(self, line: str) -> None:
        from ..usecases import bulk, drafts
        from .log_several import DRAFT

        whom = tuple(self.marks)

        def log(session: Session, planned: LogPlan) -> int:
            count = bulk.log_many(session, planned)
            drafts.keep(session, DRAFT, "")
            return count

        self._shown_first(lambda: bulk.plan_log(self.session, whom, line), log, len(whom), (bulk.Act(LOG, line),))

    def _shown_first(
        self, plan: Callable[[], Planned], do: Callable[[Session, Planned], int], count: int, acts: tuple[Act, ...]
    ) -> None:
        """Show what would be done; do it on Enter, all of it or nothing."""
        from .bulk import Preview, title
        from .working import aside

        quick = count <= _AT_ONCE

        def look(planned: Planned) -> None:
            if not planned.changed:
                raise Problem(N_("They are all like that already; nothing to change."))
            self.ask(Preview(self.session, planned), lambda _yes: go_on(planned))

        def go_on(planned: Planned) -> None:
            aside(self, title(planned), lambda: do(self.session, planned), lambda _count: finish(planned), quick=quick)

        def finish(planned: Planned) -> None:
            self.forget_marks()
            self.remember(*acts)
            self.done(tell(planned.label))

        aside(self, _("Looking who changes"), plan, look, quick=quick)

    def _marked(self) -> str:
        return ngettext("{n} customer", "{n} customers", len(self.marks))

    def _all(self, title: str) -> str:
        return f"{title} · {self._marked()}"
