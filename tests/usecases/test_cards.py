"""A customer whole, and its log page by page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, noon
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.values import Activity, NextStep, Quote, Sample
from tui_crm.store import trade as store_trade
from tui_crm.store import writing
from tui_crm.usecases import agenda, cards, logging
from tui_crm.usecases.session import Session


def a_long_log(session: Session, entries: int) -> int:
    """A customer with so many entries, three at each instant."""
    customer = a_customer(session)
    with session.operation(Message("test")):
        for number in range(entries):
            at = noon(days_ago(1)) - timedelta(minutes=number // 3)
            writing.add_activity(session.book, customer, Activity(at, "email", f"note {number}"))
    return customer


def test_a_card_has_all_of_a_customer(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", name="Acme", tags=("vip",), custom={"SDS": "yes"}, promised=in_days(1))
    with session.operation(Message("test")):
        for price in (1, 2):
            store_trade.add(session.book, customer, Quote(TODAY, "USD", price))
        store_trade.add(session.book, customer, Sample("grey", "DHL", "562729"))
    card = cards.card(session, customer)
    assert (card.customer.name, card.customer.tags, card.customer.custom) == ("Acme", ("vip",), {"SDS": "yes"})
    assert [contact.name for contact in card.customer.contacts] == ["Anna Schmidt"]
    assert card.step == NextStep(in_days(1), by_hand=True, latest_on=in_days(1))
    assert [quote.price for quote in card.trade.quotes] == [2, 1]
    assert [sample.tracking for sample in card.trade.samples] == ["562729"]
    assert (card.activities, card.more) == ((), False)
    assert card.row == agenda.row(session, customer)


@pytest.mark.parametrize(("entries", "page"), [(0, 4), (1, 4), (4, 4), (5, 4), (13, 4), (13, 1), (13, 50)])
def test_the_log_is_read_page_by_page_and_nothing_twice(tmp_path: Path, entries: int, page: int) -> None:
    session = a_session(tmp_path)
    customer = a_long_log(session, entries)
    card = cards.card(session, customer, page)
    read, more = list(card.activities), card.more
    while more:
        older, more = cards.older_entries(session, customer, read[-1], page)
        assert 0 < len(older) <= page
        read += older
    assert len(read) == entries
    assert read == sorted(read, key=lambda entry: (entry.happened_at, entry.id), reverse=True)
    assert {entry.note for entry in read} == {f"note {number}" for number in range(entries)}


def test_an_entry_logged_while_paging_does_not_shift_the_pages(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_long_log(session, 9)
    card = cards.card(session, customer, 4)
    logging.log(session, customer, "asked for prices")
    older, more = cards.older_entries(session, customer, card.activities[-1], 4)
    assert {*older} & {*card.activities} == set()
    assert (len(older), more) == (4, True)


def test_a_summary_has_the_last_few_entries(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_long_log(session, 20)
    assert cards.summary(session, customer).activities == cards.card(session, customer).activities[:8]


def test_a_customer_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for read in (cards.card, cards.summary, cards.existing):
        with pytest.raises(Problem, match="no longer in the book"):
            read(session, 1)
    assert agenda.row(session, 1) is None
