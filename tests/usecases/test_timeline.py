"""The story of a customer: log, trade and changes in one row of time, read bit by bit."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from pathlib import Path

from tests.builders import TODAY, a_customer, a_session, days_ago, noon, on_day
from tui_crm.domain.happened import Happened
from tui_crm.domain.messages import Message
from tui_crm.domain.values import Activity, Payment, Quote
from tui_crm.i18n import tell
from tui_crm.screens.widgets.change_words import in_short
from tui_crm.store import writing
from tui_crm.usecases import cards, customers, history, logging, planning, trade
from tui_crm.usecases.session import Session
from tui_crm.usecases.timeline import CHANGES, LOG, TRADE, Event, Pages, timeline, timeline_as_of


def a_story(tmp_path: Path) -> tuple[Session, int]:
    """Two weeks with a customer."""
    session = a_session(tmp_path, days_ago(14))
    customer = a_customer(session, "potential", name="Acme", city="Bonn")
    week = on_day(session, days_ago(7))
    trade.add(week, customer, Quote(days_ago(9), "USD", 8600))
    logging.log(week, customer, "sent the quote >3d call #vip !hot")
    now = on_day(session, TODAY)
    planning.snooze(now, customer, "2")
    customers.edit_customer(now, customer, cards.existing(now, customer).version, {"city": "Köln"})
    planning.set_grade(now, customer, "A")
    history.undo(now)
    trade.add(now, customer, Payment(days_ago(1), "USD", 100))
    return now, customer


def told(events: list[Event]) -> list[str]:
    words = []
    for event in events:
        if isinstance(event, Activity):
            words.append(event.note)
        elif isinstance(event, Happened):
            words.append(event.what)
        else:
            words.append(
                tell(event.label) if event.summed else " | ".join(w for c in event.changes for w in in_short(c))
            )
    return words


def test_everything_stands_in_one_row_newest_first(tmp_path: Path) -> None:
    session, customer = a_story(tmp_path)
    card = cards.card(session, customer)
    whole = told(list(timeline(session, card, (LOG, TRADE, CHANGES))))
    assert [words for words in whole if not words.startswith("Next step")] == [
        "City: Bonn → Köln", "paid", "sent the quote", "Temperature: potential → hot | #vip", "quoted", "test",
    ]  # fmt: skip
    assert whole[1].startswith("Next step added: ")
    assert told(list(timeline(session, card, (LOG, TRADE)))) == ["paid", "sent the quote", "quoted"]
    assert told(list(timeline(session, card, (LOG,)))) == ["sent the quote"]


def test_the_story_of_a_past_day_ends_there(tmp_path: Path) -> None:
    session, customer = a_story(tmp_path)
    card = cards.card_as_of(session, customer, days_ago(5))
    assert told(list(timeline_as_of(session, card, days_ago(5), (LOG, TRADE, CHANGES)))) == [
        "sent the quote", "Temperature: potential → hot | #vip", "quoted", "test",
    ]  # fmt: skip


def test_a_long_story_is_read_page_by_page_and_nothing_twice(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    with session.operation(Message("test")):
        for number in range(230):
            at = noon(days_ago(1)) - timedelta(hours=number // 3)
            writing.add_activity(session.book, customer, Activity(at, "email", f"note {number}"))
    for number in range(130):
        planning.retag(session, customer, [f"tag{number}"])
    read = Pages(timeline(session, cards.card(session, customer, 50), (LOG, CHANGES)), 50)
    assert (len(read.read), read.more) == (50, True)
    while read.more:
        assert len(read.read_on(50)) <= 50
    assert len(read.read) == 230 + 130 + 1
    moments = [event.happened_at if isinstance(event, Activity) else event.at for event in islice(read.read, None)]  # type: ignore[union-attr]
    assert moments == sorted(moments, reverse=True)
    notes = {event.note for event in read.read if isinstance(event, Activity)}
    assert notes == {f"note {number}" for number in range(230)}
