"""Lists that are read a page at a time give what reading everything gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_session
from tui_crm.domain.columns import BEST, Order, order_named
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Contact, Customer
from tui_crm.store import agenda as due_store
from tui_crm.store import orders, writing
from tui_crm.usecases import finding, long_lists
from tui_crm.usecases.long_lists import LongList
from tui_crm.usecases.session import Session

MANY = 300


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Some hundred customers, some archived, many due."""
    rng, session = random.Random(7), a_session(tmp_path_factory.mktemp("lists"))
    with session.operation(Message("test")):
        for number in range(MANY):
            name = f"{rng.choice(['Ärzte', 'Zebra', '深圳', 'abc'])} {rng.randrange(60)}"
            customer = Customer(
                name=name, country=rng.choice(("DE", "US", "SA")), temperature=rng.choice(("hot", "cold")), owner="me",
                contacts=(Contact("Anna"),), archived=number % 9 == 0,
            )  # fmt: skip
            added = writing.add_customer(session.book, customer, session.today)
            at = session.now.replace(day=1) if number % 3 else session.now
            writing.add_activity(session.book, added, Activity(at, "email", "asked", author="me"))
    yield session
    session.close()


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a book of a million: nothing is known to its end at first, and no list is simply sorted."""
    monkeypatch.setattr(orders, "COUNT_TO", 70)
    monkeypatch.setattr(due_store, "SMALL", 0)


def names(rows: LongList) -> list[str]:
    return [row.name if row else "" for row in rows]


def by_name(session: Session) -> list[int]:
    sql = "SELECT customer_id FROM standing WHERE stage <> '' ORDER BY name_key, customer_id"
    return [row[0] for row in session.book.rows(sql)]


def places(rows: LongList, at: range) -> list[int]:
    return [row.id for place in at if (row := rows[place])]


@pytest.mark.parametrize("descending", [False, True])
def test_any_place_by_name(session: Session, uncounted: None, descending: bool) -> None:
    wanted = by_name(session)[:: -1 if descending else 1]
    for start in (0, 60, 150, 260, 150, 100):  # onwards, far ahead, back
        rows = long_lists.everyone(session, Order("name", descending))
        assert (len(rows), rows.whole) == (70, False)
        rows.reach(start)
        at = range(start, min(start + 5, len(rows)))
        assert places(rows, at) == wanted[at.start : at.stop]
    rows.grow()
    assert (len(rows), rows.whole) == (len(wanted), True)
    assert [row.id for row in reversed(rows) if row] == wanted[::-1]
    assert list(rows.everybody()) == wanted
    assert list(rows.ids(90, 99)) == wanted[90:100]
    assert [rows.place(customer) for customer in wanted] == list(range(len(wanted)))


def test_both_ends_of_the_agenda(session: Session, uncounted: None) -> None:
    due = due_store.due_customers(session.book, session.today, session.now)
    wanted = [one.customer for one in due]
    assert len(wanted) > 100
    rows = long_lists.due(session)
    assert (len(rows), rows.whole) == (70, False)
    rows.grow()
    assert len(rows) == len(wanted)
    assert places(rows, range(len(rows) - 30, len(rows))) == wanted[-30:]
    assert places(rows, range(len(rows))) == wanted
    assert sorted(long_lists.due(session).everybody()) == sorted(wanted)


def test_a_list_read_again_is_as_long_as_before_until_it_is_counted(session: Session, uncounted: None) -> None:
    before = long_lists.due(session)
    before.grow()
    rows = long_lists.due(session)
    rows.expect(before)
    assert (len(rows), rows.whole, rows.expected) == (len(before), False, True)
    rows.reach(len(rows) - 1)
    assert (len(rows), rows.whole, rows.expected) == (len(before), True, False)


def test_jumping_to_a_name(session: Session) -> None:
    rows = long_lists.everyone(session)
    for typed in ("z", "shen", "深", "abc 3", "", "Ä"):
        at = rows.jump(typed)
        assert at is not None
        before = [row for row in rows[:at] if row]
        assert not any(row.name.casefold().startswith(typed.casefold()) for row in before if typed)
    assert (row := rows[rows.jump("shen") or 0]) and row.name.startswith("深圳")
    assert rows.jump("zzz") == len(rows) - 1
    assert long_lists.due(session).jump("nobody is called so") is None


@pytest.mark.parametrize("order", [BEST, order_named("-due")])
@pytest.mark.parametrize("line", ["t:hot", "zebra", "asked", "is:archived"])
def test_a_search_goes_on_where_it_was_left(session: Session, line: str, order: Order) -> None:
    first = finding.find(session, line, 10, order=order)
    rows = long_lists.found(session, line, order, first)
    assert names(rows) == [row.name for row in first.rows]
    rows.count_all(lambda: False)
    counted = rows.total
    rows.reach(MANY)
    assert (rows.whole, rows.total) == (True, counted)
    everybody = [row.id for row in finding.find(session, line, None, order=order).rows]
    assert sorted(places(rows, range(len(rows)))) == sorted(everybody)
    assert places(rows, range(10)) == [row.id for row in first.rows]
    assert sorted(rows.everybody()) == sorted(everybody)


def test_only_the_last_pages_are_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lists, "_KEPT", 2)
    read: list[int] = []
    rows = long_lists.everyone(session, beside=lambda ids: read.append(len(ids)))
    assert rows[0] and rows[1]
    assert len(read) == 1
    assert rows[100] and rows[200] and rows[201] and rows[0]
    assert len(read) == 4


def test_who_has_gone_leaves_a_gap(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    rows = long_lists.these(session, [4711])
    assert (len(rows), rows[0]) == (1, None)
    with pytest.raises(IndexError):
        rows[1]
