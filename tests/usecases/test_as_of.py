"""A customer as it was on a day: rebuilt from history, it is what was seen on that day."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, on_day
from tests.store.test_history import a_random_act, lived_through
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Payment, Quote
from tui_crm.usecases import cards, customers, history, logging, merging, planning, tagging, trade
from tui_crm.usecases.cards import Card
from tui_crm.usecases.session import Session


def seen(card: Card) -> tuple[object, ...]:
    """What a card says of a customer. Points count the hour there, and that passes; colours and own fields are those of
    now."""
    row = card.row._replace(score=0.0, reasons=())
    return card.customer, row, card.step, card.activities, card.trade, card.attachments


def as_of(session: Session, customer: int, day: date) -> Card | None:
    with suppress(Problem):
        return cards.card_as_of(session, customer, day)
    return None


@pytest.mark.parametrize("seed", range(3))
def test_every_card_is_what_was_seen_on_that_day(tmp_path: Path, seed: int) -> None:
    rng, session = lived_through(tmp_path, seed)
    for n in range(3):
        a_customer(session, "sample", name=f"Firma {n}")
    days, recorded = [TODAY + timedelta(n) for n in range(12)], {}
    for day in days:
        then = on_day(session, day)
        for _ in range(15):
            with suppress(Problem):
                rng.choice((a_random_act,) * 5 + (undo_any, redo_last))(then, rng)
        ids = [row[0] for row in then.book.rows("SELECT id FROM customer")]
        recorded[day] = {customer: seen(cards.card(then, customer, 1000)) for customer in ids}
    last = on_day(session, days[-1])
    ever = range(1, 1 + session.book.value("SELECT max(row_id) FROM change WHERE tbl = 'customer'"))
    for day in days:
        rebuilt = {customer: seen(card) for customer in ever if (card := as_of(last, customer, day))}
        assert rebuilt == recorded[day]


def undo_any(session: Session, rng: random.Random) -> None:
    history.undo(session, rng.choice(history.operations(session, 20)).id)


def redo_last(session: Session, _rng: random.Random) -> None:
    history.redo(session)


def test_the_card_of_a_day_has_what_stood_then(tmp_path: Path) -> None:
    session = a_session(tmp_path, days_ago(10))
    customer = a_customer(session, "potential", name="Acme", city="Bonn", tags=("vip",))
    logging.log(session, customer, "asked for prices >3d call")
    later = on_day(session, days_ago(5))
    planning.set_temperature(later, customer, "hot")
    customers.edit_customer(later, customer, cards.existing(later, customer).version, {"city": "Köln"})
    tagging.rename(later, tagging.every(later)[0], "key account")
    trade.add(later, customer, Quote(days_ago(5), "USD", 8600))
    now = on_day(session, TODAY)
    then, before = cards.card_as_of(now, customer, days_ago(5)), cards.card_as_of(now, customer, days_ago(6))
    told = [(c.customer.temperature, c.customer.city, c.customer.tags, len(c.trade.quotes)) for c in (before, then)]
    assert told == [("potential", "Bonn", ("vip",), 0), ("hot", "Köln", ("key-account",), 1)]
    assert (before.step.due_on, before.step.action) == (days_ago(7), "call")
    assert before.row.days_late == 1
    assert [entry.note for entry in before.activities] == ["asked for prices"]


@pytest.mark.parametrize(
    ("day", "why"),
    [(in_days(1), "has not come yet"), (days_ago(3), "not in the book yet"), (date(1, 1, 1), "not in the")],
)
def test_a_day_without_a_card_says_why(tmp_path: Path, day: date, why: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(on_day(session, days_ago(2)))
    with pytest.raises(Problem, match=why):
        cards.card_as_of(session, customer, day)


def test_what_a_merge_has_moved_is_the_others_from_then_on(tmp_path: Path) -> None:
    session = a_session(tmp_path, days_ago(4))
    keep, other = a_customer(session, name="Acme GmbH"), a_customer(session, name="Acme Trading")
    logging.log(session, other, "asked for prices #vip")
    trade.add(session, other, Payment(days_ago(4), "USD", 100))
    merged, changed = on_day(session, days_ago(2)), on_day(session, days_ago(1))
    merging.merge(merged, keep, other)
    logging.log(changed, keep, "sent them")
    now = on_day(session, TODAY)

    def told(customer: int, day: date) -> tuple[object, ...]:
        card = cards.card_as_of(now, customer, day)
        return (
            [entry.note for entry in card.activities],
            len(card.trade.payments),
            card.customer.tags,
            card.row.archived,
        )

    assert [told(other, days_ago(n)) for n in (3, 2)] == [(["asked for prices"], 1, ("vip",), False), ([], 0, (), True)]
    assert told(keep, days_ago(3)) == ([], 0, (), False)
    assert told(keep, TODAY) == (["sent them", "asked for prices"], 1, ("vip",), False)


def test_rows_from_before_a_column_was_added_are_read(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, promised=in_days(2))
    trade.add(session, customer, Quote(TODAY, "USD", 8600))
    before = seen(cards.card_as_of(session, customer, TODAY))
    for table, column in (
        ("customer", "competitors"),
        ("contact", "rank"),
        ("next_step", "set_on"),
        ("quote", "remark"),
    ):
        session.book.run(f"UPDATE change SET new = json_remove(new, '$.{column}') WHERE tbl = ?", (table,))
    assert seen(cards.card_as_of(session, customer, TODAY)) == before
