"""`crm person` and `crm forget`: everything that is held of a person, and erasing it for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.messages import N_, Problem
from ..domain.text import visible
from ..exchange.new_file import new_file
from ..i18n import _, tell
from ..person_words import Section, erasure_sections, held_sections, mark
from ..usecases import forgetting, persons
from ..usecases.persons import Held, Person, SeveralPeople
from . import output
from .arguments import Arguments
from .console import agreed
from .readers import the_one
from .record_rows import trade_object
from .rows import iso

if TYPE_CHECKING:
    from ..usecases.session import Session

_LONGEST_NAME = 60


def person(session: Session, asked: Arguments) -> None:
    """Everything the book holds of a person: on a page, as JSON, or in a file of the kind that its ending names."""
    found = persons.held(session, _the_person(session, asked), mark())
    if asked.export is not None:
        for file in _files(asked.export, found):
            _write(file, found, asked.force)
    elif asked.json:
        output.write_object(_object(found))
    else:
        output.show(_page(_title(found), held_sections(found)))


def forget(session: Session, asked: Arguments) -> None:
    """Show what erasing a person would take away, then erase it: after its name was typed on a terminal, at once with --yes,
    not at all with --dry-run. Raises Problem where nothing can be asked and --yes was not given."""
    who = _the_person(session, asked)
    found = persons.held(session, who, mark())
    backups = forgetting.backups(session, found)
    output.show(_page(_("Erase {name}").format(name=who.name), erasure_sections(found, backups, asked.files)))
    if asked.dry_run:
        return
    output.say(_("This cannot be undone."))
    if not asked.yes and not agreed(_("Erase {name} for good? (y/n)").format(name=who.name)):
        raise Problem(N_("Nothing was erased. --yes erases."))
    done = forgetting.forget(session, who, mark(), asked.files)
    output.say(_("Erased. Texts: {texts}, files: {files}.").format(texts=done.texts, files=done.files))
    if not done.settled:
        output.complain(_("Another window has the book open: the last traces leave the file when it is closed."))


def _the_person(session: Session, asked: Arguments) -> Person:
    text = " ".join(asked.person)
    if getattr(asked, "customer", False):
        return persons.behind(session, the_one(session, text, gone=True).id)
    try:
        return persons.find(session, text)
    except SeveralPeople as several:
        for place in several.places:
            reaches = ", ".join(reach.value for reach in place.contact.reaches)
            output.complain("  ".join(part for part in (place.contact.name, reaches, place.customer.name) if part))
        raise


def _title(held: Held) -> str:
    return _("What is held of {name}").format(name=held.person.name)


def _page(title: str, sections: Sequence[Section]) -> list[tuple[str, str]]:
    lines = [(title, output.BOLD)]
    for section in sections:
        lines += [("", ""), (section.title, output.BOLD), *(("  " + line, "") for line in section.lines)]
    return lines


# Files ---------------------------------------------------------------------------------------------------------------


def _files(asked: str, held: Held) -> list[Path]:
    """The file asked for; without a name one for programs and one for people, called like the person, in the present folder."""
    if asked:
        return [Path(asked)]
    name = "".join(char if char.isalnum() else "-" for char in held.person.name).strip("-")[:_LONGEST_NAME] or "person"
    return [Path(f"{name}.json"), Path(f"{name}.html")]


def _write(file: Path, held: Held, force: bool) -> None:
    made = _KINDS.get(file.suffix.lower())
    if made is None:
        raise Problem(N_("{file}: the ending says what kind of file it becomes. Use one of: {known}."),
                      file=visible(file.name), known=" ".join(_KINDS))  # fmt: skip
    with new_file(file, force) as stream:
        stream.write(made(held).encode("utf-8"))
    output.say(_("Written: {file}").format(file=file))


def _as_json(held: Held) -> str:
    return output.object_text(_object(held))


def _as_text(held: Held) -> str:
    return "".join(visible(line) + "\n" for line, _look in _page(_title(held), held_sections(held)))


def _as_html(held: Held) -> str:
    from html import escape

    title = escape(visible(_title(held)))
    parts = [f'<!doctype html>\n<meta charset="utf-8">\n<title>{title}</title>\n<h1>{title}</h1>\n']
    for section in held_sections(held):
        items = "".join(f"<li>{escape(visible(line))}</li>\n" for line in section.lines)
        parts.append(f"<h2>{escape(visible(section.title))}</h2>\n<ul>\n{items}</ul>\n")
    return "".join(parts)


_KINDS: Mapping[str, Callable[[Held], str]] = {".json": _as_json, ".txt": _as_text, ".html": _as_html}


def _object(held: Held) -> dict[str, object]:
    """For scripts: the keys are a promise. Instants are ISO in UTC; a text names its table and column of the book."""
    uids = {customer.id: customer.uid for customer in held.person.customers}
    return {
        "name": held.person.name,
        "places": [
            {
                "customer": {"uid": place.customer.uid, "name": place.customer.name, "country": place.customer.country,
                             "city": place.customer.city, "owner": place.customer.owner},
                "uid": place.contact.uid, "name": place.contact.name, "position": place.contact.position,
                "rank": place.contact.rank, "role": place.contact.role,
                "reaches": [{"kind": reach.kind, "value": reach.value} for reach in place.contact.reaches],
            }
            for place in held.person.places
        ],
        "texts": [
            {
                "customer": held.customers.get(one.customer, ""), "table": one.table, "column": one.column, "text": one.text,
                **({"happened_at": held.entries[one.row][0].isoformat(), "channel": held.entries[one.row][1]}
                   if one.table == "activity" else {}),
            }
            for one in held.mentions
        ],
        "trade": {uids[customer]: trade_object(trade) for customer, trade in held.trade.items() if customer in uids},
        "files": [{"customer": customer.name, "name": file.name, "sha256": file.hash, "added_on": iso(file.added_on)}
                  for customer, file in held.files],
        "history": [{"id": past.id, "at": past.at.isoformat(), "actor": past.actor, "label": tell(past.label),
                     "rows": [{"table": row.table, **dict(row.data)} for row in past.rows]} for past in held.history],
    }  # fmt: skip
