"""Giving out customers as a file: everything, what a search finds, or some that are chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ..domain.attachments import safe_name
from ..domain.messages import N_, Message, Problem
from ..domain.text import visible
from ..domain.values import NextStep, Trade
from ..exchange.new_file import Exists as Exists
from ..exchange.new_file import checked_target, new_file
from ..exchange.outgoing import LogLine, OutCustomer, Outgoing, Written
from ..store import attachments, details, orders, own_fields, reading, reading_many, tags, trade
from ..store.book import instant
from .session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_STEM = 60
_CHUNK = 400
"""Customers read at a time."""
_BY_NAME_UP_TO = 5_000
_WRITING = N_("writing")
_WRITING_LOG = N_("writing the log")
_WRITING_TRADE = N_("writing the trade")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what it is for, the module whose `write` writes it, and whether that is given the session as well,
    because it gives out more than customers. `complete`: everything means archived customers too."""

    title: str
    module: str
    needs_session: bool = False
    complete: bool = False


KINDS: Mapping[str, Kind] = {
    "xlsx": Kind(N_("Excel workbook: overview, a sheet for each customer"), "tui_crm.exchange.sheet_book"),
    "csv": Kind(N_("table for any program"), "tui_crm.exchange.delimited_out"),
    "tsv": Kind(N_("table with tabs"), "tui_crm.exchange.delimited_out"),
    "json": Kind(N_("everything, for programs and for moving"), "tui_crm.usecases.json_documents", True, complete=True),
    "vcf": Kind(N_("people, for phones and mail programs"), "tui_crm.exchange.vcards_out"),
    "ics": Kind(N_("next steps, for the calendar"), "tui_crm.usecases.calendars", needs_session=True),
    "html": Kind(N_("pages to print"), "tui_crm.usecases.printing", needs_session=True),
}
"""The kinds of file there are, by their ending. A writer is imported only when it is used."""

ENCODINGS: Mapping[str, str] = {"utf-8": "utf-8-sig", "gb18030": "gb18030"}
"""How the letters of a delimited file can be coded: names for users, and what Python calls them. The mark at the beginning
tells Excel that it is UTF-8."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written where, and what there is to know of it."""

    path: Path
    customers: int
    notes: tuple[Message, ...] = ()


def kind_of(path: Path) -> str:
    """The kind that the ending of a file names. Raises Problem."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in KINDS:
        raise Problem(
            N_("{file}: the ending says what kind of file it becomes. Use one of: {known}."),
            file=visible(path.name), known=" ".join(f".{kind}" for kind in KINDS),
        )  # fmt: skip
    return ending


def offered(today: date, kind: str, name: str = "") -> str:
    """A file to offer: a name that is still free where documents usually lie, called after the customer or the program."""
    home = Path.home()
    folder = next((one for one in (home / "Documents", home / "文档") if one.is_dir()), home)
    plain = safe_name(name.replace("/", " ").replace("\\", " ")) if name else "crm"
    stem = f"{plain[:_LONGEST_STEM]}-{today.isoformat()}"
    numbers = (f"-{n}" if n > 1 else "" for n in count(1))
    return str(next(path for n in numbers if not (path := folder / f"{stem}{n}.{kind}").exists()))


def count_everyone(session: Session) -> int:
    """How many customers are on the lists; 15 ms for a million."""
    people = orders.ByName(session.book)
    people.grow()
    return people.size


def check_target(session: Session, target: Path, force: bool = False) -> None:
    """Refuse (Problem) a file that cannot be written, or must not be: the book itself, and what belongs to it. Raises `Exists`
    for one that is there, unless `force`."""
    kind_of(target)
    real = checked_target(target, force)
    book = session.book.path.resolve()
    own = {book, *(book.with_name(book.name + end) for end in ("-wal", "-shm", "-journal"))}
    same = real in own
    with suppress(OSError):
        same = same or (real.exists() and real.samefile(book))
    if same or attachments.folder_of(book) in real.parents:
        raise Problem(N_("{file} belongs to the book. Choose another place."), file=visible(str(target)))


def found(session: Session, line: str) -> Sequence[int]:
    """The customers that a search line finds, all of them. Raises Problem where there are none."""
    from . import finding

    ids = finding.ids(session, line, None)[0]
    if not ids:
        raise Problem(N_("Nobody is found by “{text}”; nothing was written."), text=line)
    return ids


def export(
    session: Session,
    target: Path,
    customers: Sequence[int] | None = None,
    *,
    title: str = "",
    force: bool = False,
    encoding: str = "utf-8",
) -> Exported:
    """Write `customers`, or everything, into a file of the kind that its ending names. `title` says what they are. Nothing
    is left of a file that could not be written whole. Raises Problem, and `Stopped` where the session is watched and stopped
    (`Session.watched`)."""
    kind = kind_of(target)
    check_target(session, target, force)
    with new_file(target, force) as stream:
        written = write(session, stream, kind, customers, title=title, encoding=encoding)
    return Exported(target, written.customers, written.notes)


def write(
    session: Session,
    stream: BinaryIO,
    kind: str,
    customers: Sequence[int] | None = None,
    *,
    title: str = "",
    encoding: str = "utf-8",
) -> Written:
    """Write `customers`, or everything, to an open file, as they are in one state of the book."""
    chosen = KINDS[kind]
    writer: Callable[..., Any] = import_module(chosen.module).write
    with session.book.one_state():
        outgoing = _outgoing(session, customers, kind, title, ENCODINGS.get(encoding, encoding))
        if not outgoing.count:
            raise Problem(N_("There is nobody to write; no file was made."))
        written: Written = writer(session, outgoing, stream) if chosen.needs_session else writer(outgoing, stream)
    return written


def _outgoing(session: Session, customers: Sequence[int] | None, kind: str, title: str, encoding: str) -> Outgoing:
    book = session.book
    whole = customers is None and KINDS[kind].complete
    if customers is None:
        customers = reading_many.everybody(book) if whole else _by_name(orders.ByName(book).everybody())
    defined = tuple(own_fields.defined(book))
    names = {own.name: None for own in defined} | dict.fromkeys(own_fields.uses(book))
    return Outgoing(
        read=partial(chunks, session, customers),
        read_log=partial(_log_lines, session, customers),
        read_trade=partial(_traded, session, customers),
        count=len(customers),
        op=reading_many.last_operation(book),
        today=session.today,
        now=session.now,
        actor=session.actor,
        title=title,
        whole=whole,
        people=reading_many.most_people(book),
        own_fields=defined,
        custom=tuple(names),
        tag_colors=tags.colors(book),
        kind=kind,
        encoding=encoding,
        ids=customers,
    )


def _by_name(customers: Sequence[int]) -> Sequence[int]:
    """Customers by name; of a large book as they were added, which is how they lie on the disk: a third faster."""
    return customers if len(customers) <= _BY_NAME_UP_TO else sorted(customers)


def chunks(session: Session, customers: Sequence[int], logs: bool) -> Iterator[OutCustomer]:
    """These customers, read a chunk at a time; progress is told, and `Stopped` raised where that is watched."""
    for at in range(0, len(customers), _CHUNK):
        session.book.tell(_WRITING, at, len(customers))
        yield from _whole(session, list(customers[at : at + _CHUNK]), logs)


def _log_lines(session: Session, customers: Sequence[int]) -> Iterator[LogLine]:
    """The logs of these customers, told and stopped like `_chunks`."""
    for at in range(0, len(customers), _CHUNK):
        session.book.tell(_WRITING_LOG, at, len(customers))
        for company, happened_at, *rest in reading_many.log_lines(session.book, customers[at : at + _CHUNK]):
            yield LogLine(company, instant(happened_at), *rest)


def _traded(session: Session, customers: Sequence[int]) -> Iterator[tuple[str, Trade]]:
    """Company and trade of those of the customers who have any, told and stopped like `_chunks`."""
    for at in range(0, len(customers), _CHUNK):
        session.book.tell(_WRITING_TRADE, at, len(customers))
        found = trade.of_customers(session.book, customers[at : at + _CHUNK])
        names = reading_many.names(session.book, list(found))
        yield from ((names[customer], found[customer]) for customer in customers[at : at + _CHUNK] if customer in found)


def _whole(session: Session, customers: Sequence[int], logs: bool) -> Iterator[OutCustomer]:
    book = session.book
    steps = reading_many.steps(book, customers)
    said = reading_many.logs(book, customers) if logs else reading_many.last_entries(book, customers)
    traded = trade.of_customers(book, customers)
    files = reading_many.attachments(book, customers)
    changes = details.last_changes(book, customers)
    for customer in reading.customers(book, customers):
        shown, promised, last = steps.get(customer.id, (NextStep(None), None, None))
        yield OutCustomer(
            customer, shown, promised, last, said.get(customer.id, ()), traded.get(customer.id, Trade()),
            files.get(customer.id, ()), *changes.get(customer.id, (0, None)),
        )  # fmt: skip
