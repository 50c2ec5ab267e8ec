"""`crm import book.json`: what a book in JSON would change, shown first; brought in only when that was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..book_words import conflict_words, plan_lines
from ..domain.messages import N_, Problem
from ..i18n import _
from ..usecases.json_books import BookPlan, apply_book, read_book
from . import output
from .arguments import Arguments
from .console import agreed, progress

if TYPE_CHECKING:
    from ..usecases.session import Session

_TOLD = 20


def import_book(session: Session, asked: Arguments) -> None:
    """Show what the file would change, then bring it in: after a question on a terminal, at once with --yes, not at all with
    --dry-run. Raises Problem where nothing can be asked and --yes was not given."""
    with progress(_("reading")) as tell_how_far:
        plan = read_book(session, Path(asked.file), tell_how_far)
    if asked.json:
        output.write_object(_plan_object(plan))
    else:
        _show(plan)
    if asked.dry_run:
        return
    if not plan.changes:
        _say(asked, _("There is nothing new in it."))
        return
    if not asked.yes and not agreed(_("Bring it in? (y/n)")):
        raise Problem(N_("Nothing was changed. --yes brings it in."))
    with progress(_("writing")) as tell_how_far:
        apply_book(session, plan, tell_how_far)
    told = _("Brought in: {new} new customers, {updated} with something new. crm undo takes it all back.")
    _say(asked, told.format(new=plan.customers["new"], updated=plan.writes - plan.customers["new"]))


def _say(asked: Arguments, text: str) -> None:
    if asked.json:
        output.complain(text)
    else:
        output.say(text)


def _show(plan: BookPlan) -> None:
    for line in plan_lines(plan):
        output.say(line)
    for conflict in plan.told[:_TOLD]:
        output.say(f"  {conflict.customer} ({conflict.uid}): {conflict_words(conflict)}")
    more = plan.customers["conflict"] - _TOLD
    if more > 0:
        output.say("  " + _("… and {n} more; --json lists them").format(n=more))


def _plan_object(plan: BookPlan) -> dict[str, object]:
    return {
        **{str(verdict): count for verdict, count in plan.customers.items()},
        "records": plan.records,
        "shared": plan.shared,
        "erased": plan.erased,
        "conflicts": [{"customer": one.customer, "uid": one.uid, "what": list(one.what), "erased": one.erased}
                      for one in plan.told],
    }  # fmt: skip
