"""The verbs that only read lists: due, find, why, history; and naming the one customer a verb means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.messages import N_, Message, Problem
from ..domain.values import AgendaRow, Reason
from ..i18n import _, short_date, tell, word
from ..usecases import agenda
from . import output
from .arguments import Arguments
from .rows import row_object, what_to_do
from .table import Column, table

if TYPE_CHECKING:
    from ..usecases.finding import Result
    from ..usecases.history import Operation
    from ..usecases.session import Session


def due(session: Session, asked: Arguments) -> None:
    """Who to talk to today, most urgent first."""
    found = agenda.agenda(session, asked.limit)
    if asked.json:
        output.write_list(map(row_object, found.rows))
        return
    _agenda_table(found.rows)
    shown = len(found.rows)
    if not shown:
        output.say(_("Nobody is due today."))
    elif found.more:
        many = f"{found.due}+" if found.due >= agenda.COUNT_TO else found.due
        output.say(
            _("The first {shown} of {many} due; {done} done today.").format(shown=shown, many=many, done=found.done)
        )
    else:
        output.say(_("{many} due; {done} done today.").format(many=shown, done=found.done))


def find(session: Session, asked: Arguments) -> None:
    """Customers that fit a search line."""
    from ..usecases.finding import find as find_customers

    line = " ".join(asked.query)
    if asked.view is not None:
        from ..usecases.views import named

        line = f"{named(session.settings.views, asked.view).line} {line}"
    found = find_customers(session, line, asked.limit)
    for finding in found.findings:
        output.complain(tell(finding))
    if asked.json:
        output.write_list(map(row_object, found.rows))
        return
    _customer_table(found.rows)
    if not found.rows:
        output.say(_("Nobody fits."))
        for reason in _why_nobody(session, found):
            output.say(tell(reason))
    elif found.more:
        output.say(_("The first {shown}; there are more.").format(shown=len(found.rows)))
    else:
        output.say(_("{n} found.").format(n=len(found.rows)))


def _why_nobody(session: Session, found: Result) -> tuple[Message, ...]:
    """What of a search is to blame that it finds nobody, as the search on the screen says it."""
    from ..usecases import advising, completing

    return advising.advice(session, found.query, completing.known(session))


def why(session: Session, asked: Arguments) -> None:
    """The points that make up a customer's urgency."""
    found = the_one(session, " ".join(asked.customer))
    row = agenda.explained(session, found.id) or found
    if asked.json:
        output.write_object(row_object(row))
        return
    output.say(_("{name}: {score} points").format(name=row.name, score=points(row.score)))
    lines = [(points(reason.points), tell(reason.message)) for reason in row.reasons]
    table((Column("", right=True), Column("", 20)), lines, margin="  ")
    if row.due_on is None or row.due_on > session.today:
        output.say(_("It is not on the agenda today: {next}.").format(next=next_words(row)))


def history(session: Session, asked: Arguments) -> None:
    """Operations, newest first; of one customer if one is named."""
    from ..usecases.history import operations, uids

    customer = the_one(session, " ".join(asked.customer), gone=True).id if asked.customer else None
    done = operations(session, asked.limit or -1, customer)
    if asked.json:
        known = uids(session, (touched for operation in done for touched in operation.customers))
        output.write_list(_operation_object(operation, known) for operation in done)
        return
    lines = [
        (
            str(operation.id),
            _moment(operation.at),
            operation.actor,
            tell(operation.label),
            _("undone") if operation.undone else "",
        )
        for operation in done
    ]
    columns = (Column(_("no."), right=True), Column(_("when")), Column(_("who"), 6), Column(_("what"), 20), Column(""))
    table(columns, lines, [output.DIM if operation.undone else "" for operation in done])
    if not done:
        output.say(_("Nothing has been done yet."))


def the_one(session: Session, text: str, gone: bool = False) -> AgendaRow:
    """The customer that `text` means. Where several fit they are listed beside the answer, and Problem is raised. One that was
    merged into another is meant only where that is `gone`; else Problem says where it went."""
    from ..usecases.finding import SeveralFound, the_one

    try:
        row = the_one(session, text)
    except SeveralFound as several:
        for row in several.rows:
            output.complain("  ".join(part for part in (row.uid, row.name, row.country, row.city) if part))
        raise
    if row.archived and not gone:
        _refuse_merged(session, row)
    return row


def _refuse_merged(session: Session, row: AgendaRow) -> None:
    from ..usecases.merging import keeper_of

    keeper = keeper_of(session, row.id)
    if keeper is not None:
        raise Problem(N_("{name} was merged into {keeper}. Name that one: uid {uid}."),
                      name=row.name, keeper=keeper.name, uid=keeper.uid)  # fmt: skip


def next_words(row: AgendaRow) -> str:
    """When and what comes next for a customer, in words."""
    if row.due_on is None:
        return _("no next step")
    return _("{day}, {what}").format(day=short_date(row.due_on), what=what_to_do(row))


def points(value: float) -> str:
    """Points as a table shows them."""
    return f"{value:.2f}"


def _agenda_table(rows: Sequence[AgendaRow]) -> None:
    columns = (
        Column(_("score"), right=True), Column(""), Column(_("customer"), 20), Column(_("country")),
        Column(_("late"), right=True), Column(_("to do"), 14), Column(_("why"), 10),
    )  # fmt: skip
    lines = [
        (points(row.score), word("temperature", row.temperature), row.name, row.country, _late(row), what_to_do(row),
         _reasons(row.reasons))
        for row in rows
    ]  # fmt: skip
    if lines:
        table(columns, lines, [output.BOLD if row.overdue else "" for row in rows])


def _customer_table(rows: Sequence[AgendaRow]) -> None:
    columns = (
        Column(_("customer"), 20), Column(_("country")), Column(""), Column(_("grade")), Column(_("stage")),
        Column(_("due")), Column(_("to do"), 14), Column(_("tags"), 8),
    )  # fmt: skip
    lines = [
        (row.name, row.country, word("temperature", row.temperature), row.grade, word("stage", row.stage),
         short_date(row.due_on) if row.due_on else "", what_to_do(row) if row.due_on else "",
         " ".join(f"#{tag}" for tag in row.tags))
        for row in rows
    ]  # fmt: skip
    if lines:
        table(columns, lines, [output.BOLD if row.overdue else "" for row in rows])


def _late(row: AgendaRow) -> str:
    """Days late, with a sign that is no colour where even the latest date has passed."""
    return f"{row.days_late}{'!' if row.overdue else ' '}" if row.days_late else ""


def _reasons(reasons: Sequence[Reason]) -> str:
    """What counts, most first, but for the temperature, which has a column of its own, and the hour, which only re-orders."""
    others = [reason for reason in reasons if reason.term not in ("temperature", "clock")]
    counting = sorted((r for r in others if r.points > 0), key=lambda reason: -reason.points)
    return " · ".join(tell(reason.message) for reason in counting or others[:1])


def _operation_object(operation: Operation, uids: dict[int, str]) -> dict[str, object]:
    return {
        "id": operation.id,
        "at": operation.at.isoformat(),
        "actor": operation.actor,
        "kind": operation.kind,
        "label": tell(operation.label),
        "undone": operation.undone,
        "changes": operation.changes,
        "customers": [uids[customer] for customer in operation.customers],
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
