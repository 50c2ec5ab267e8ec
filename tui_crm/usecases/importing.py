"""Bringing a sheet in: read it, plan what would change, then do all of it as one operation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from ..crew import Ask, Crew
from ..domain.messages import N_, Message, Problem
from ..domain.reach import match_key, phone_digits
from ..domain.trade_prose import Told
from ..domain.values import Reach, Trade
from ..exchange.days import Order
from ..exchange.facts import Terms
from ..exchange.mapping import Choices, Guide
from ..exchange.own_sheets import part
from ..exchange.packed import unpacked
from ..exchange.plan import LARGE, Plan, joined, plan_import
from ..exchange.planned import KnownCustomer, PlannedCustomer, Take, Verdict, Wanted
from ..exchange.tables import CellNote, Progress, Table, read_tables
from ..store import column_memory, counting, matching, merging, reading, trade, writing
from ..store.standing import local_day
from .history import IMPORTED
from .indexing import leave_many_out
from .new_rows import NewRows, row_maker
from .session import Session


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import wrote."""

    new: int
    updated: int
    entries: int
    records: int = 0


@dataclass(frozen=True, slots=True)
class Agreed:
    """What of a plan is wanted; customers are named by `PlannedCustomer.where`. All but those `left_out`. Of the trade records that
    prose tells of, those of the customers in `trade`, or everybody's but theirs where `all_trade`."""

    left_out: frozenset[tuple[str, int]] = frozenset()
    trade: frozenset[tuple[str, int]] = frozenset()
    all_trade: bool = False

    def takes_trade(self, planned: PlannedCustomer) -> bool:
        """Whether the records told of a customer are wanted."""
        return (planned.where in self.trade) != self.all_trade


def read_plan(
    session: Session,
    path: Path,
    order: Order | None = None,
    progress: Progress | None = None,
    conflicts: Take = "book",
) -> Plan:
    """Read a sheet and plan what it would change; nothing is written. `order` says how dates like 5/6/2026 are meant where
    the sheet does not tell, `conflicts` is that of `plan_tables`. Raises Problem when the file cannot be read."""
    return plan_tables(session, read_tables(path, progress), order=order, progress=progress, conflicts=conflicts)


def plan_tables(
    session: Session,
    tables: Sequence[Table],
    choices: Choices | None = None,
    order: Order | None = None,
    progress: Progress | None = None,
    conflicts: Take = "book",
) -> Plan:
    """Plan what sheets that have been read would change; nothing is written. `choices` are what the user says of them; what he
    said at earlier imports is remembered. `conflicts` is whose word counts where a cell of a sheet that was exported has been
    changed in the book as well. Raises Problem for a program's name that is not known."""
    parted = part(tables)
    if parted.sheets or parted.notes:
        from .round_trip import plan_coming_back

        terms = Terms(session.today, _zone(), session.settings.currency, order)
        back = plan_coming_back(session, parted, terms, conflicts, choices, progress)
        rest = plan_tables(session, back.rest, choices, order, progress)
        return joined(rest, back.customers.done(), back.notes, back.sheets)
    tables = parted.rest
    guide = Guide(choices or Choices(), lambda headers: column_memory.recall(session.book, headers))
    return plan_import(
        tables, _Known(session), session.today, _zone(),
        currency=session.settings.currency, order=order, guide=guide, progress=progress,
    )  # fmt: skip


def remember_choices(session: Session, plan: Plan, choices: Choices) -> None:
    """Keep what the user said of columns, for the next sheet with such headers."""
    for sheet in plan.sheets:
        headers = [column.header for column in sheet.columns]
        chosen = {header: choices.columns[sheet.table, header] for header in headers
                  if (sheet.table, header) in choices.columns}  # fmt: skip
        if chosen:
            column_memory.remember(session.book, headers, chosen)


def told_trade(session: Session, planned: PlannedCustomer) -> tuple[Told, ...]:
    """The trade records that the words of a planned customer tell of, and the book does not have; none is written unless agreed."""
    from ..exchange.told import may_tell, trade_told

    if not may_tell(planned):
        return ()
    terms = (session.today, _zone(), session.settings.currency)
    told = trade_told(planned, Trade(), *terms)
    if not told or planned.existing is None:
        return told
    return trade_told(planned, trade.of(session.book, planned.existing), *terms)


def all_told(session: Session, plan: Plan) -> Iterator[tuple[str, Told]]:
    """The same of every customer, behind the customer's name; found one by one, as far as they are asked for."""
    return ((planned.customer.name, told) for planned in plan.tellers() for told in told_trade(session, planned))


def write_report(session: Session, file: Path, plan: Plan, agreed: Agreed) -> Path:
    """Write every row and cell of `file` that is not taken as it stands, and why, into a new file in the Documents folder, else beside
    the book. Returns where it is. Raises Problem where it cannot be written."""
    from ..exchange.report_file import write_report

    left = [
        CellNote(planned.where[0], planned.where[1], "", planned.customer.name, Message(N_("Left out, as you chose.")))
        for planned in (plan.customers if agreed.left_out else ())
        if planned.where in agreed.left_out
    ]
    folders = (Path.home() / "Documents", Path.home() / "文档", session.book.path.parent)
    folder = next(folder for folder in folders if folder.is_dir())
    stem = f"{file.stem}-import-{session.today.isoformat()}"
    paths = (folder / f"{stem}{mark}.csv" for mark in ("", *(f"-{n}" for n in range(2, 100))))
    path = next((path for path in paths if not path.exists()), folder / f"{stem}.csv")
    write_report(path, plan, left)
    return path


def apply_plan(session: Session, plan: Plan, progress: Progress | None = None, agreed: Agreed | None = None) -> Applied:
    """Do what the plan says, as one operation that one undo takes back; without what is not `agreed`. `progress` is told how many
    customers are written and may raise to stop, which leaves the book as it was. Of many new customers the search index is made
    afterwards, by `indexing.rebuild_index`."""
    agreed = agreed or Agreed()
    tell = progress or _tell_nobody
    every = len(plan.customers)  # written, then brought up to date: two steps for each
    writer = _Writer(session, agreed)
    with (
        session.book.telling(lambda _what, at, of: tell(every + at * every // max(of, 1), 2 * every)),
        session.operation(Message(IMPORTED, {"count": _count(plan, agreed)})),
        Crew(_row_maker(session, agreed), alone=every <= LARGE) as crew,
    ):
        leave_many_out(session, plan.count("new"))
        pages = plan.customers.pages
        made = crew.each(pages, lambda: tell(writer.seen, 2 * every))
        for page, new in zip(pages, made, strict=True):
            tell(writer.seen, 2 * every)
            writer.write(page, new)
    return writer.applied()


def _row_maker(session: Session, agreed: Agreed) -> Callable[[Ask], Callable[[bytes], NewRows]]:
    return partial(row_maker, session.today, session.actor, session.book.engine, agreed.left_out)


class _Writer:
    """Writes a plan, page by page, and counts."""

    def __init__(self, session: Session, agreed: Agreed) -> None:
        self.seen = 0
        self._session, self._agreed = session, agreed
        self._verdicts, self._entries, self._records = Counter[Verdict](), 0, 0

    def write(self, page: bytes, new: NewRows) -> None:
        """Write a page whose new customers have been made into rows."""
        with self._session.book.gathering():
            told = list(self._page(page, new))
        for customer_id, found in told:
            self._records += _write_told(self._session, customer_id, found)

    def _page(self, page: bytes, new: NewRows) -> Iterator[tuple[int, tuple[Told, ...]]]:
        gathered = self._session.book.gathered
        assert gathered is not None
        before = gathered.take(new.made)
        ids = {place: before + number for number, place in enumerate(new.places, 1)}
        self._verdicts["new"] += len(ids)
        self._entries += new.entries
        self.seen += len(ids) + new.rest
        asked = self._agreed.trade or self._agreed.all_trade
        for place, planned in enumerate(unpacked(page) if new.rest or asked else ()):
            if planned.verdict != "new" and planned.where not in self._agreed.left_out:
                self._verdicts[planned.verdict if planned.writes else "same"] += 1
                self._entries += len(planned.activities)
                if (customer_id := _write(self._session, planned)) is not None:
                    ids[place] = customer_id
            if place in ids and self._agreed.takes_trade(planned):
                yield ids[place], told_trade(self._session, planned)

    def applied(self) -> Applied:
        """What has been written."""
        verdicts = self._verdicts
        others = verdicts.total() - verdicts["new"] - verdicts["same"]
        return Applied(verdicts["new"], others, self._entries, self._records)


def _count(plan: Plan, agreed: Agreed) -> int:
    """How many customers something is written of."""
    if not agreed.left_out:
        return len(plan.customers) - plan.count("same")
    return sum(each.verdict != "same" and each.where not in agreed.left_out for each in plan.customers)


def _tell_nobody(_done: int, _total: int = 0, /) -> None:
    """Nobody wants to know how far it is."""


def _write_told(session: Session, customer_id: int, told: Sequence[Told]) -> int:
    """Store records that were told in prose, joined to what they belong to; what cannot be stays the prose it is."""
    from .trade import store_new, taken_in

    session.book.stood.discard(customer_id)
    count = 0
    for one in told:
        with suppress(Problem):
            taken_in(
                session, trade.of(session.book, customer_id), [one.reading], partial(store_new, session, customer_id)
            )
            count += 1
    return count


def _write(session: Session, planned: PlannedCustomer) -> int | None:
    """Write what is planned for a customer of the book; returns its id, None where there is none."""
    book, customer_id = session.book, planned.existing
    if customer_id is None:
        return None
    changes = dict(planned.changes)
    changes.pop("tags", None)
    writing.add_tags(book, customer_id, planned.customer.tags)
    writing.remove_tags(book, customer_id, planned.gone_tags)
    if changes:
        writing.update_customer(book, customer_id, changes)
    for contact_id in planned.gone_people:
        writing.remove_contact(book, contact_id)
    for contact in planned.contacts:
        if contact.id:
            writing.update_contact(book, customer_id, contact)
        else:
            writing.add_contact(book, customer_id, contact)
    for activity in planned.activities:
        writing.add_activity(book, customer_id, activity, session.actor)
    if planned.next_step is not None:
        step = planned.next_step._replace(set_on=session.today)
        writing.set_next_step(book, customer_id, step, session.actor)
    elif planned.ends_step:
        writing.set_next_step(book, customer_id, None, session.actor)
    for quote in planned.quotes:
        trade.add(book, customer_id, quote)
    for sample in planned.samples:
        trade.add(book, customer_id, sample)
    writing.remember_imported(book, customer_id, planned.row_hashes)
    return customer_id


def _zone() -> tzinfo:
    zone = datetime.now().astimezone().tzinfo
    assert zone is not None
    return zone


class _Known:
    """The book, as far as planning asks it."""

    def __init__(self, session: Session) -> None:
        self._book = session.book

    def find(self, wanted: Sequence[Wanted]) -> list[KnownCustomer | None]:
        """The customer of each company key, else of one of the addresses; who was merged stands for the one kept."""
        book = self._book
        if not counting.more_customers_than(book, 0):
            return [None] * len(wanted)  # the first import of most books
        ids = matching.by_company_keys(book, [one.company_key for one in wanted])
        keys = [() if one.company_key in ids else _match_keys(one) for one in wanted]
        reached = matching.by_match_keys(book, [key for each in keys for key in each])
        found = [
            ids.get(one.company_key) or next((reached[key] for key in own if key in reached), None)
            for one, own in zip(wanted, keys, strict=True)
        ]
        keepers = merging.keepers(book, [customer for customer in found if customer])
        found = [customer and keepers.get(customer, customer) for customer in found]
        compared = [customer for customer, one in zip(found, wanted, strict=True) if customer and one.whole]
        known = self._customers([customer for customer in found if customer], compared)
        return [known[customer] if customer else None for customer in found]

    def imported(self, row_hashes: Collection[str]) -> set[str]:
        """The hashes of rows that were brought in before."""
        return matching.imported(self._book, row_hashes)

    def _customers(self, ids: Sequence[int], compared: Sequence[int]) -> dict[int, KnownCustomer]:
        book = self._book
        logs, traded = matching.logs(book, compared), trade.of_customers(book, compared)
        steps = reading.promised_steps(book, compared)
        known = {}
        for customer in reading.customers(book, ids):
            log = frozenset((day, note) for at, note in logs.get(customer.id, ()) if (day := local_day(at)))
            records = traded.get(customer.id, Trade())
            known[customer.id] = KnownCustomer(customer, log, steps.get(customer.id), records.quotes, records.samples)
        return known


def _match_keys(wanted: Wanted) -> list[str]:
    """What the addresses are looked up by, e-mail first; a number of few digits tells nothing."""
    phones = [phone for phone in wanted.phones if len(phone_digits(phone)) > 6]
    keys = [
        *(match_key(Reach("email", text)) for text in wanted.emails),
        *(match_key(Reach("phone", text)) for text in phones),
    ]
    return [key for key in keys if key]
