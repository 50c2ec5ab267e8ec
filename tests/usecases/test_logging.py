"""One line, or one key, sets all it says and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, noon, on_day
from tests.store.test_history import contents
from tui_crm.config import Settings
from tui_crm.domain.messages import Message, Problem
from tui_crm.domain.values import NextStep, Quote, Sample
from tui_crm.domain.vocabulary import OUTCOMES, STAGES, TEMPERATURES
from tui_crm.record_text import record_text
from tui_crm.store import trade as store_trade
from tui_crm.store import writing
from tui_crm.usecases import agenda, cards, history, logging, trade
from tui_crm.usecases.session import Session


@pytest.mark.parametrize(
    ("line", "note", "action", "place", "tag", "channel"),
    [
        (
            "sent PI, asked about payment >3d send sample #price-sensitive @wa !hot =quoted $FOB Shenzhen 0.86/5000",
            "sent PI, asked about payment",
            "send sample",
            "Shenzhen",
            "price-sensitive",
            "whatsapp",
        ),
        (
            "发PI，问付款 ＞3天 寄样品 ＃价敏感 ＠微信 ！热 ＝已报价 ＄FOB 深圳 0.86/5000",
            "发PI，问付款",
            "寄样品",
            "深圳",
            "价敏感",
            "wechat",
        ),
    ],
)
def test_a_line_sets_all_it_says_as_one_operation(
    tmp_path: Path, line: str, note: str, action: str, place: str, tag: str, channel: str
) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "cold", name="Acme")
    before = contents(session)
    logging.log(session, customer, line)

    card = cards.card(session, customer)
    (entry,) = card.activities
    assert (entry.note, entry.channel, entry.stage, entry.author) == (note, channel, "quoted", "me")
    assert entry.happened_at == session.now
    assert (card.customer.temperature, card.customer.stage, card.customer.tags) == ("hot", "quoted", (tag,))
    assert card.step == NextStep(in_days(3), action, by_hand=True, latest_on=in_days(3))
    (quote,) = card.trade.quotes
    said = (quote.quoted_on, quote.currency, quote.price, quote.incoterm, quote.place, quote.moq, quote.status)
    assert said == (TODAY, "USD", 8_600, "FOB", place, 5000, "open")

    history.undo(session)
    assert contents(session) == before


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("they ask for 5000 pcs", NextStep(in_days(2), latest_on=in_days(3))),
        ("they ask for 5000 pcs >5d call", NextStep(in_days(5), "call", by_hand=True, latest_on=in_days(5))),
        ("they ask for 5000 pcs >today", NextStep(TODAY, by_hand=True, latest_on=TODAY)),
        ("they ask for 5000 pcs >none waits for budget", NextStep(None, reason="waits for budget")),
        ("没有预算 >无 等明年", NextStep(None, reason="等明年")),
        ("they ask for 5000 pcs !cold", NextStep(in_days(14), latest_on=in_days(21))),
        ("gone =lost price", NextStep(None)),
        ("moving house =paused 2w", NextStep(in_days(14), by_hand=True, latest_on=in_days(14))),
    ],
)
def test_what_comes_next_is_by_hand_by_the_rhythm_or_none(tmp_path: Path, line: str, step: NextStep) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(5), promised=in_days(9), action="visit")
    logging.log(session, customer, line)
    assert cards.card(session, customer).step == step


@pytest.mark.parametrize("marks", ["#vip", "-#old", "!potential", "=quoted", "$FOB Ningbo 1.25/100", "#vip !potential"])
def test_marks_alone_are_no_contact_and_leave_the_open_step(tmp_path: Path, marks: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(5), promised=in_days(2), action="visit", tags=("old",))
    before = cards.card(session, customer)
    assert logging.log(session, customer, marks) is None
    after = cards.card(session, customer)
    assert (after.activities, after.step) == (before.activities, before.step)
    assert (after.row.last_contact_on, agenda.agenda(session).done) == (days_ago(5), 0)
    assert (after.customer, after.trade.quotes) != (before.customer, before.trade.quotes)


def test_a_date_alone_moves_the_step_and_is_no_contact(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(5), promised=TODAY, action="visit")
    assert logging.log(session, customer, ">fri call Anna") is None
    card = cards.card(session, customer)
    assert card.step == NextStep(date(2026, 11, 20), "call Anna", by_hand=True, latest_on=date(2026, 11, 20))
    assert (card.row.last_contact_on, len(card.activities)) == (days_ago(5), 1)


@pytest.mark.parametrize("line", ["", "   ", "\t\n", "\u200b", "\u3000"])
def test_an_empty_line_is_refused_and_changes_nothing(tmp_path: Path, line: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, promised=in_days(3))
    before = contents(session)
    with pytest.raises(Problem, match="Nothing to save yet"):
        logging.log(session, customer, line)
    assert contents(session) == before


def test_a_mark_that_cannot_be_read_is_pointed_out_and_saved_in_the_note(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot")
    line = "asked @Anna to answer >soon !angry"
    seen = logging.preview(session, cards.existing(session, customer), line)
    assert len(seen.findings) == 3
    entry = logging.log(session, customer, line)
    assert entry is not None
    assert entry.note == line


def test_tags_go_on_once_whatever_their_case_and_come_off(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, tags=("VIP", "old"))
    logging.log(session, customer, "asked for prices #vip #ＶＩＰ #new -#OLD")
    assert cards.existing(session, customer).tags == ("VIP", "new")


def test_a_lost_customer_keeps_its_reason_until_it_comes_back(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    for line, stage, reason in (
        ("no answer for months =lost silent", "lost", "silent"),
        ("heard why: =lost went to a competitor", "lost", "went to a competitor"),
        ("still gone #old", "lost", "went to a competitor"),
        ("they are back =negotiating", "negotiating", ""),
    ):
        logging.log(session, customer, line)
        known = cards.existing(session, customer)
        assert (known.stage, known.lost_reason) == (stage, reason)


def test_a_bare_price_is_in_the_currency_of_the_settings(tmp_path: Path) -> None:
    session = a_session(tmp_path, settings=Settings(name="me", currency="EUR"))
    customer = a_customer(session)
    logging.log(session, customer, "offered $CIF Hamburg 12.5")
    (quote,) = cards.card(session, customer).trade.quotes
    assert (quote.currency, quote.price) == ("EUR", 125_000)


def test_without_a_channel_it_is_the_one_last_used(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    channels = [
        logging.log(session, customer, line)
        for line in ("asked for 1", "asked for 2 @wa", "asked for 3", "met @visit", "sent 4")
    ]
    assert [entry.channel for entry in channels if entry] == ["email", "whatsapp", "whatsapp", "visit", "whatsapp"]


def test_an_entry_may_lie_in_the_past_and_takes_its_place_there(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(1))
    logging.log(session, customer, "met them at the fair @fair", noon(days_ago(3)))
    card = cards.card(session, customer)
    assert [entry.happened_at for entry in card.activities] == [noon(days_ago(1)), noon(days_ago(3))]
    assert card.row.last_contact_on == days_ago(1)
    assert card.step.due_on == in_days(1)


def test_an_entry_cannot_lie_in_the_future(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, promised=in_days(3))
    before = contents(session)
    with pytest.raises(Problem, match="future"):
        logging.log(session, customer, "we will meet", session.now + timedelta(seconds=1))
    assert contents(session) == before
    assert logging.log(session, customer, "we met just now", session.now) is not None


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_one_key_logs_an_outcome_and_the_rhythm_says_when_next(tmp_path: Path, outcome: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", promised=days_ago(1), action="call", stage="quoted")
    assert agenda.agenda(session).due == 1
    logging.log_outcome(session, customer, outcome)
    card = cards.card(session, customer)
    (entry,) = card.activities
    assert (entry.outcome, entry.note, entry.channel, entry.stage) == (outcome, "", "email", "quoted")
    assert card.step == NextStep(in_days(2), latest_on=in_days(3))
    assert (agenda.agenda(session).due, agenda.agenda(session).done) == (0, 1)


def test_an_outcome_is_over_the_channel_that_was_promised(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "hot", last_contact=days_ago(4))
    with session.operation(Message("test")):
        writing.set_next_step(session.book, customer, NextStep(TODAY, "call", "phone", True), "me")
    assert logging.log_outcome(session, customer, "no_answer").channel == "phone"
    with pytest.raises(Problem, match="reached, no_answer, left_message, replied"):
        logging.log_outcome(session, customer, "shouted")


@pytest.mark.parametrize(("note", "vague"), [("已联系", True), ("followed up", True), ("嫌MOQ高，要3000件的价", False)])
def test_a_vague_note_is_questioned_and_can_be_saved_all_the_same(tmp_path: Path, note: str, vague: bool) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    assert (logging.preview(session, cards.existing(session, customer), note).question is not None) is vague
    entry = logging.log(session, customer, note)
    assert entry is not None
    assert entry.note == note


def test_a_customer_that_is_no_longer_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no longer in the book"):
        logging.log(a_session(tmp_path), 77, "sent the catalogue")


# Whatever is shown before saving is what stands afterwards -----------------------------------------------------------

NOTES = ("", "", "sent the price list", "发了目录，问MOQ", "DHL 562729 3 specs", "CIF Hamburg EUR 2.50/100")
MARKS = (
    ">3d call", ">fri", ">today", ">none no budget", ">soon", ">2d", "#a", "-#a", "@wa", "@Anna", "!sample", "!hot", "!cold",
    "=quoted", "=lost too dear", "=paused", "=paused 2w", "=paused 5w", "$FOB Ningbo 1.25/100",
    "$PI2026-1 USD 125", "$DHL 562729 3 specs", "$trial order USD 500 deposit 30% due 11/20", "$paid USD 150", "$by sea ETD 11/20 3d",
)  # fmt: skip
LINES = st.tuples(st.sampled_from(NOTES), st.lists(st.sampled_from(MARKS), max_size=4)).map(
    lambda parts: " ".join((parts[0], *parts[1])).strip()
)
DAYS = st.none() | st.integers(-40, 40).map(in_days)
PAST = st.none() | st.integers(0, 40).map(days_ago)
SAMPLES = st.none() | st.builds(Sample, courier=st.sampled_from(["DHL", ""]), shipped_on=PAST, arrived_on=PAST)


@st.composite
def customers(draw: st.DrawFn) -> dict[str, object]:
    return {
        "temperature": draw(st.sampled_from((*TEMPERATURES, "sample", "sample"))),
        "stage": draw(st.sampled_from((*STAGES, "paused"))),
        "last_contact": draw(PAST),
        "promised": draw(DAYS),
        "action": draw(st.sampled_from(["", "call"])),
        "paused_until": draw(DAYS),
        "archived": draw(st.booleans()) and draw(st.booleans()),
        "created_on": draw(st.integers(0, 60).map(days_ago)),
    }


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return a_session(tmp_path_factory.mktemp("shared"))


@settings(max_examples=150, deadline=None)
@given(customers(), SAMPLES, LINES)
def test_what_the_preview_shows_is_what_is_saved(
    shared: Session, known: dict[str, object], sample: Sample | None, line: str
) -> None:
    customer = a_customer(shared, **known)  # type: ignore[arg-type]
    if sample:
        with shared.operation(Message("test")):
            store_trade.add(shared.book, customer, sample)
    before = {it.uid for it in trade.of(shared, customer).samples}
    seen = logging.preview(shared, cards.existing(shared, customer), line)
    try:
        entry = logging.log(shared, customer, line)
    except Problem:
        assert set(line.split()) <= {"@wa"}, "a channel alone says nothing"
        return
    card = cards.card(shared, customer)
    assert seen.step._replace(reason="") == card.step._replace(reason="")
    if seen.step.reason:
        assert card.step.reason == seen.step.reason
    assert (entry.note if entry else "") == seen.entry.note
    assert entry is None or (entry.channel, entry.stage) == (seen.channel, card.customer.stage)
    stored = [it for it in card.trade.records() if it.uid not in before]
    assert sorted(map(record_text, stored)) == sorted(map(record_text, seen.records))
    if seen.entry.stage:
        assert (card.customer.stage, card.customer.temperature) == (
            seen.entry.stage,
            seen.entry.temperature or known["temperature"],
        )


def test_a_preview_saves_nothing(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, promised=in_days(3))
    before = contents(session)
    logging.preview(session, cards.existing(session, customer), "sent PI >3d call #a !hot =quoted $FOB Ningbo 1.25")
    assert contents(session) == before


def test_a_quote_carries_the_day_of_the_session(tmp_path: Path) -> None:
    session = on_day(a_session(tmp_path), date(2027, 1, 5))
    customer = a_customer(session)
    logging.log(session, customer, "offered $FOB Ningbo 1.25/100")
    (quote,) = cards.card(session, customer).trade.quotes
    assert quote == Quote(
        date(2027, 1, 5), "USD", 12_500, "FOB", "Ningbo", moq=100, id=quote.id, uid=quote.uid, version=1
    )
