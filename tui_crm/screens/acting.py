"""Acts on one customer: done, told, and remembered so that one key does the last of them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..domain.rows import AgendaRow
from ..i18n import _, short_date, word
from ..keys_in_force import keyed
from ..usecases import agenda as agenda_verbs
from .program_commands import ProgramCommands

if TYPE_CHECKING:
    from ..usecases.bulk import Act

OUTCOME, LOG = "outcome", "log"
"""Kinds of acts beside those of `bulk.Act` that concern one customer: a one-key outcome, a line of the quick log."""


class Acting(ProgramCommands):
    """Mixin for screens with a customer in hand. What was done last is the program's, so a card repeats what a list did."""

    def in_hand(self) -> AgendaRow:
        """The customer acted on. Raises Problem when there is none."""
        raise NotImplementedError

    async def do_log(self) -> None:
        """Open the quick log for the customer in hand."""
        raise NotImplementedError

    def done(self, text: str) -> None:
        """Show the new state and say what was done."""
        self.refreshed()
        self.say(f"{text}  ·  " + keyed(_("{undo} undoes"), "undo"))

    def act(self, row: AgendaRow, *acts: Act, again: bool = False) -> None:
        """Do acts of one kind with a customer, as one operation, and tell what was done."""
        text = self._done_with(row, acts)
        self.remember(*acts)
        self.done(_("Again: {what}").format(what=text) if again else text)

    def remember(self, *acts: Act) -> None:
        """These are what `repeat` does again."""
        self.app.last_acts = acts  # type: ignore[attr-defined]

    # Again ---------------------------------------------------------------------------------------------------------

    def to_repeat(self) -> tuple[Act, ...]:
        """The acts done last. Raises Problem where nothing was done yet."""
        acts: tuple[Act, ...] = getattr(self.app, "last_acts", ())
        if not acts:
            raise Problem(
                N_(
                    "There is nothing to do again yet: first log, snooze, tag, archive, or set temperature, grade or stage."
                )
            )
        return acts

    async def do_repeat(self) -> None:
        """The last act, with the customer in hand; a line of the log is only offered again."""
        row, acts = self.in_hand(), self.to_repeat()
        if acts[0].kind == LOG:
            await self._offer_line(row, acts[0].value)
        else:
            self.act(row, *acts, again=True)

    async def _offer_line(self, row: AgendaRow, line: str) -> None:
        """Open the quick log with the last line in it; one that waits there unsaved comes first."""
        from ..usecases import cards, drafts

        uid = cards.existing(self.session, row.id).uid
        waiting = drafts.kept(self.session, uid)
        if not waiting:
            drafts.keep(self.session, uid, line)
        await self.do_log()
        if waiting:
            self.say(_("An unsaved line of this customer comes first; the last line was not put in."))
        else:
            self.say(_("The last line again: change what is different, Enter saves."))

    # One customer --------------------------------------------------------------------------------------------------

    def _done_with(self, row: AgendaRow, acts: tuple[Act, ...]) -> str:
        kind = acts[0].kind
        if kind in ("tag", "untag"):
            return self._retag(row, acts)
        do: dict[str, Callable[[AgendaRow, Act], str]] = {
            OUTCOME: self._outcome, "snooze": self._snooze, "temperature": self._temperature, "grade": self._grade,
            "stage": self._stage, "archive": self._archive, "restore": self._archive,
        }  # fmt: skip
        if kind not in do:
            raise Problem(N_("What was done last is not done again with one key."))
        return do[kind](row, acts[0])

    def _outcome(self, row: AgendaRow, act: Act) -> str:
        from ..usecases import logging

        logging.log_outcome(self.session, row.id, act.value)
        return _("{name}: {what}").format(name=row.name, what=word("outcome", act.value)) + self.next_words(row)

    def next_words(self, row: AgendaRow) -> str:
        """When the customer's next step is due, to be said behind what was done."""
        after = agenda_verbs.row(self.session, row.id)
        if after is None or after.due_on is None:
            return ""
        return "  ·  " + _("next {day}").format(day=short_date(after.due_on))

    def _snooze(self, row: AgendaRow, act: Act) -> str:
        from ..usecases import planning

        day = planning.snooze(self.session, row.id, act.value)
        return _("{name}: moved to {day}").format(name=row.name, day=short_date(day))

    def _temperature(self, row: AgendaRow, act: Act) -> str:
        from ..usecases import planning

        planning.set_temperature(self.session, row.id, act.value)
        return _("{name} is now {what}").format(name=row.name, what=word("temperature", act.value))

    def _grade(self, row: AgendaRow, act: Act) -> str:
        from ..usecases import planning

        planning.set_grade(self.session, row.id, act.value)
        return _("{name} is now {what}").format(name=row.name, what=_("grade {grade}").format(grade=act.value))

    def _stage(self, row: AgendaRow, act: Act) -> str:
        from ..usecases import planning

        until = planning.later_day(act.detail, self.session.today) if act.value == "paused" else None
        planning.set_stage(self.session, row.id, act.value, act.detail if act.value == "lost" else "", until)
        return _("{name} is now {what}").format(name=row.name, what=word("stage", act.value))

    def _retag(self, row: AgendaRow, acts: tuple[Act, ...]) -> str:
        from ..usecases import planning

        add = tuple(act.value for act in acts if act.kind == "tag")
        remove = tuple(act.value for act in acts if act.kind == "untag")
        planning.retag(self.session, row.id, add, remove)
        return f"{row.name}: {' '.join([*(f'#{tag}' for tag in add), *(f'-#{tag}' for tag in remove)])}"

    def _archive(self, row: AgendaRow, act: Act) -> str:
        from ..usecases import customers

        gone = act.kind == "archive"
        if row.archived is gone:
            raise Problem(N_("{name} is archived already.") if gone else N_("{name} is not archived."), name=row.name)
        customers.archive(self.session, row.id, gone)
        return (_("Archived {name}") if gone else _("Brought back {name}")).format(name=row.name)
