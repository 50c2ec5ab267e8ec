"""`crm duplicates` and `crm merge`: who is probably the same, and making two customers one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.merging import BOTH, KEEP, OTHER
from ..domain.messages import N_, Problem
from ..domain.own_fields import PREFIX
from ..i18n import _, tell
from ..merge_words import label, left_name, moves, person, step, value
from ..usecases.duplicates import MOST_PAIRS, Pair, review
from ..usecases.merging import MergePlan, merge, plan_merge
from . import output
from .arguments import Arguments
from .console import agreed, progress
from .readers import the_one
from .rows import iso
from .table import Column, table

if TYPE_CHECKING:
    from ..domain.values import AgendaRow
    from ..usecases.session import Session


def duplicates(session: Session, asked: Arguments) -> None:
    """Pairs of customers that are probably the same, the likeliest first."""
    with progress(_("looking, %")) as tell_how_far:
        pairs = review(
            session,
            (lambda share, _pairs: tell_how_far(int(share * 100))) if tell_how_far else None,
            asked.limit or MOST_PAIRS,
        )
    if asked.json:
        output.write_list(map(_pair_object, pairs))
        return
    columns = (Column(_("points"), right=True), Column(_("customer"), 16), Column("uid"), Column(_("customer"), 16),
               Column("uid"), Column(_("why"), 12))  # fmt: skip
    if pairs:
        table(columns, [(str(p.score), p.a.name, p.a.uid, p.b.name, p.b.uid, _why(p)) for p in pairs])
        output.say(_("crm merge UID UID makes one of two; the first is kept."))
    else:
        output.say(_("No two customers look the same."))


def merge_customers(session: Session, asked: Arguments) -> None:
    """Show what merging would do, then do it: after a question on a terminal, at once with --yes. Raises Problem where nothing
    can be asked and --yes was not given."""
    keep, other = the_one(session, asked.keep), the_one(session, asked.other)
    plan = plan_merge(session, keep.id, other.id)
    choices = _choices(plan, asked.take)
    plan = plan.choose(choices)
    _show(plan)
    if not asked.yes and not agreed(_("Merge the two? (y/n)")):
        raise Problem(N_("Nothing was changed. --yes merges them."))
    merge(session, keep.id, other.id, choices, seen=plan)
    done = _("Merged {other} into {name}, uid {uid}. crm undo takes it all back.")
    output.say(done.format(other=other.name, name=plan.keep.name, uid=keep.uid))


def _choices(plan: MergePlan, words: list[str]) -> dict[str, str]:
    """What `--take FIELD=other` asks for; own fields are called by their name."""
    fields = {choice.field for choice in plan.fields}
    found = {}
    for text in words:
        name, _equals, whose = text.partition("=")
        name = "kind" if name == "type" else name
        if whose not in (KEEP, OTHER, BOTH):
            raise Problem(N_("“{text}” is no choice. Write it like city=other, remarks=both or name=keep."), text=text)
        found[name if name in fields or PREFIX + name not in fields else PREFIX + name] = whose
    return found


def _show(plan: MergePlan) -> None:
    titles = (Column("", 8), Column(_("is kept: {name}").format(name=plan.keep.name), 12),
              Column(_("goes: {name}").format(name=plan.other.name), 12))  # fmt: skip
    marked = [
        (label(c.field), *(_marked(value(c.field, text), c.taken in (whose, BOTH)) for whose, text in ((KEEP, c.keep), (OTHER, c.other))))
        for c in plan.fields
    ]  # fmt: skip
    if marked:
        table(titles, marked)
    facts = [(_("goes over"), moves(plan)), *((_("people"), person(*pair)) for pair in plan.people)]
    facts += [(_("tags"), " ".join(f"#{tag}" for tag in plan.tags)), (_("next step"), step(plan))]
    facts += [(_("other name"), left_name(plan))]
    table((Column("", 8), Column("", 20, wraps=True)), [fact for fact in facts if fact[1]])


def _marked(text: str, taken: bool) -> str:
    return f"{'*' if taken and text else ' '} {text}"


def _why(pair: Pair) -> str:
    return " · ".join(tell(reason.message) for reason in pair.reasons if reason.points > 0)


def _pair_object(pair: Pair) -> dict[str, object]:
    return {
        "score": pair.score,
        "a": _customer_object(pair.a),
        "b": _customer_object(pair.b),
        "reasons": [{"term": r.term, "points": r.points, "text": tell(r.message)} for r in pair.reasons],
    }


def _customer_object(row: AgendaRow) -> dict[str, object]:
    return {"uid": row.uid, "name": row.name, "country": row.country, "city": row.city, "owner": row.owner,
            "last_contact_on": iso(row.last_contact_on)}  # fmt: skip
