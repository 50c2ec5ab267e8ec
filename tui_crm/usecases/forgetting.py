"""Erasing a person for good: shown first, then gone from rows, history, search index, drafts, and the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..domain.messages import N_, Message, Problem
from ..domain.text import fold
from ..store import attachments, erasing, mentions
from ..store.standing import refresh_touched
from . import drafts, recent
from .backups import folders
from .persons import Held, Person, held
from .session import Session


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was erased: how many texts, files and entries of history; `settled` unless another window keeps an old page of the
    book until it is closed; and the backups that still hold the person."""

    texts: int
    files: int
    settled: bool
    backups: tuple[Path, ...]


def backups(session: Session, found: Held) -> tuple[Path, ...]:
    """Copies of the book that still hold the person: those made before an upgrade, and those in folders for backups."""
    book = session.book.path
    beside = [file for made in ("before", "damaged") for file in book.parent.glob(f"{book.stem}.{made}-*.db")]
    inside = [file for folder in folders(session) if folder.is_dir() for file in folder.glob("*.db")]
    needles = found.target.traces.needles() or list(found.target.traces.names)
    return tuple(file for file in sorted({*beside, *inside}) if mentions.holds(file, needles))


def confirmed(person: Person, typed: str) -> None:
    """Raise Problem unless the person's name was typed, in any case and width."""
    if fold(" ".join(typed.split())) != fold(" ".join(person.name.split())):
        raise Problem(N_("That is not the name. Type “{name}” to erase, or press Esc."), name=person.name)


def forget(session: Session, person: Person, mark: str, with_files: bool = False) -> Forgotten:
    """Erase a person; there is no way back. Traces in texts give way to `mark`; log entries and trade stay as the firm's
    records. `with_files` takes the files of these customers along. Raises Problem, with nothing erased, where it cannot."""
    book = session.book
    name = mark if person.whole else person.customers[0].name
    with session.operation(Message(erasing.FORGOTTEN, {"name": name})) as op_id:
        found = held(session, person, mark)
        target = found.target
        removed = [file for _customer, file in found.files if with_files]
        erasing.black_out(book, found.mentions, target)
        erasing.remove_people(book, [place.contact.id for place in person.places])
        erasing.empty_customers(book, target.whole, mark)
        for file in removed:
            attachments.remove(book, file)
        erasing.remember(book, op_id, _uids(person), target.near[0])
        refresh_touched(book, op_id)  # while history still says which words went
        erasing.erase_history(book, op_id, target)
        erasing.erase_from_index(book, _words(found))
    for file in removed:
        attachments.discard(book, file.hash)
    _erase_beside(session, found)
    return Forgotten(len(found.mentions), len(removed), erasing.settle(book), backups(session, found))


def _uids(person: Person) -> list[str]:
    return [place.contact.uid for place in person.places] + ([person.whole.uid] if person.whole else [])


def _words(found: Held) -> list[str]:
    person = found.person
    own = [text for place in person.places for text in (place.contact.name, place.contact.position)]
    own += [reach.value for place in person.places for reach in place.contact.reaches]
    own += [person.whole.name] if person.whole else []
    return [*own, *found.target.traces.words, *(mention.text for mention in found.mentions)]


def _erase_beside(session: Session, found: Held) -> None:
    """Drafts and last searches have no history: they are blacked out, or go."""
    out = found.target.traces.blacked_out
    uids = {customer.uid for customer in found.person.customers}
    for key, text in drafts.all_kept(session).items():
        near = key.partition("/")[0] in uids
        if out(text, near) != text:
            drafts.keep(session, key, out(text, near))
    recent.drop(session, lambda line: out(line, True) != line)
