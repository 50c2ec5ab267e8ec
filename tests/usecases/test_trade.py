"""What is traded is read from a line, finds what it belongs to, and sets clocks: a sample from its arrival on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, on_day
from tests.store.test_history import contents
from tui_crm.domain.messages import Problem
from tui_crm.domain.trade_totals import Totals, totals
from tui_crm.domain.values import NextStep, Sample, Shipment
from tui_crm.usecases import cards, finding, history, logging, trade
from tui_crm.usecases.session import Session


def step_of(session: Session, customer: int) -> NextStep:
    return cards.card(session, customer).step


def test_from_shipping_to_the_second_question(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample", last_contact=days_ago(1))
    trade.add(session, customer, Sample("3 specs", "DHL", "562729", shipped_on=TODAY))
    shipped = step_of(session, customer)
    assert shipped.due_on is not None
    assert shipped.estimated
    arrival = shipped.due_on.toordinal() - 3 - TODAY.toordinal()
    assert 2 <= arrival <= 9, "the courier's usual days"

    logging.log(session, customer, "told them the tracking number")
    assert step_of(session, customer) == shipped, "a contact before it arrives is not the question"

    there = on_day(session, in_days(arrival))
    logging.log(there, customer, "it has arrived, they test it")
    assert step_of(there, customer) == NextStep(in_days(arrival + 7), estimated=True, latest_on=in_days(arrival + 7))

    asked = on_day(session, in_days(arrival + 7))
    logging.log(asked, customer, "test goes on, result next week")
    assert step_of(asked, customer).due_on == in_days(arrival + 14)


def test_an_arrival_that_is_known_sets_the_clock(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample", last_contact=days_ago(20))
    trade.add(session, customer, Sample(courier="DHL", shipped_on=days_ago(9), arrived_on=days_ago(2)))
    assert step_of(session, customer) == NextStep(in_days(1), latest_on=in_days(1))


def test_a_step_set_by_hand_beats_the_clock(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample")
    trade.add(session, customer, Sample(courier="DHL", shipped_on=TODAY))
    logging.log(session, customer, "on its way >2d ask whether it came")
    assert (step_of(session, customer).due_on, step_of(session, customer).estimated) == (in_days(2), False)


def test_the_newest_sample_counts(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, "sample")
    for arrived in (days_ago(60), days_ago(1)):
        trade.add(session, customer, Sample(shipped_on=arrived, arrived_on=arrived))
    assert step_of(session, customer).due_on == in_days(2)
    assert [sample.arrived_on for sample in cards.card(session, customer).trade.samples] == [days_ago(1), days_ago(60)]


def test_a_sample_without_feedback_is_found_waiting(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    waiting, judged = a_customer(session), a_customer(session)
    trade.add(session, waiting, Sample(shipped_on=TODAY))
    trade.add(session, judged, Sample(shipped_on=TODAY, arrived_on=TODAY, feedback="too thin"))
    assert [row.id for row in finding.find(session, "sample:waiting").rows] == [waiting]
    history.undo(session)
    history.undo(session)
    assert finding.find(session, "sample:waiting").rows == ()


def test_a_sample_of_nobody_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no longer in the book"):
        trade.add(a_session(tmp_path), 7, Sample(shipped_on=TODAY))


# One line, one record ------------------------------------------------------------------------------------------------


def lines(session: Session, customer: int, *typed: str) -> list[str]:
    """Save lines one after another; returns what was pointed out."""
    found = [trade.add_line(session, customer, line).findings for line in typed]
    return [str(finding) for findings in found for finding in findings]


def test_a_deal_from_quote_to_goods_hangs_together(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    said = lines(
        session, customer, "FOB Shenzhen 0.86/pc MOQ 5000", "PI20240517-A USD 4280", "order PO-77 USD 4280 deposit 30%",
        "paid USD 1284 deposit", "by sea Ningbo - Hamburg ETD 12/20 30d", "paid USD 3000 for PO-77",
    )  # fmt: skip
    assert said == [
        "0.86 × 5,000 = 4,300.00, the PI says 4,280.00.",
        "USD 3,000.00 is more than the USD 2,996.00 still owed for PO-77.",
    ]
    found = trade.of(session, customer)
    (quote,), (invoice,), (order,), (shipment,) = found.quotes, found.invoices, found.orders, found.shipments
    assert (invoice.quote_id, order.quote_id, order.invoice_id) == (quote.id, quote.id, invoice.id)
    assert quote.status == "accepted"
    assert {payment.order_id for payment in found.payments} == {shipment.order_id} == {order.id}
    assert totals(trade.of(session, customer)) == (Totals("USD", 428_000, 428_400, 0),)
    assert cards.existing(session, customer).stage == "new", "nothing changes silently"


def test_a_line_is_one_operation_with_all_that_follows_from_it(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    lines(session, customer, "FOB Shenzhen 0.86/pc MOQ 5000")
    before = contents(session)
    line = trade.add_line(session, customer, "PO-77 USD 4300", "order")
    assert [order.id for order in trade.of(session, customer).orders] == [line.record.id]
    assert trade.of(session, customer).quotes[0].status == "accepted"
    history.undo(session)
    assert contents(session) == before


def test_a_line_is_shown_as_it_will_be_saved_and_refused_with_nothing_written(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    lines(session, customer, "FOB Shenzhen 0.86/pc MOQ 5000")
    before = contents(session)
    seen = trade.read_line(session, customer, "PI-1 USD 4280")
    assert [str(finding) for finding in seen.findings] == ["0.86 × 5,000 = 4,300.00, the PI says 4,280.00."]
    for line in ("by sea ETD 12/20 ETA 12/10", "PI-1 USD 0", "gibberish"):
        with pytest.raises(Problem):
            trade.add_line(session, customer, line)
    assert contents(session) == before


def test_a_record_of_a_form_is_checked_the_same(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    lines(session, customer, "FOB Shenzhen 0.86/pc MOQ 5000", "PI-1 USD 4300")
    invoice = trade.of(session, customer).invoices[0]
    assert trade.findings_of(session, customer, invoice) == ()
    assert len(trade.findings_of(session, customer, replace(invoice, amount=428_000))) == 1
    with pytest.raises(Problem, match="more than nothing"):
        trade.change(session, customer, replace(invoice, amount=0))
    with pytest.raises(Problem, match="ETA cannot be before"):
        trade.add(session, customer, Shipment("sea", departs_on=TODAY, arrives_on=days_ago(1)))


@pytest.mark.parametrize(
    "news", ["DHL 562729 arrived yesterday", "样品签收 昨天", "tracking DHL562729 received yesterday"]
)
def test_news_of_a_sample_is_written_down_with_it(tmp_path: Path, news: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    trade.add(session, customer, Sample("3 specs", "DHL", "562729", shipped_on=days_ago(5)))
    assert lines(session, customer, news) == []
    there = on_day(session, in_days(2))
    logging.log(there, customer, "DHL 562729 feedback: too thin, asks for a thicker one")
    (sample,) = trade.of(session, customer).samples
    assert (sample.specs, sample.shipped_on, sample.arrived_on) == ("3 specs", days_ago(5), days_ago(1))
    assert sample.feedback.startswith("too thin")
    history.undo(session)
    assert trade.of(session, customer).samples[0].feedback == ""


def test_goods_that_arrived_are_the_ones_on_their_way(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    lines(session, customer, "by sea Ningbo - Hamburg ETD 11/1 10d container TCLU1234567")
    assert lines(session, customer, "goods arrived 11/12") == []
    (shipment,) = trade.of(session, customer).shipments
    assert (shipment.to_port, shipment.arrived_on, shipment.container) == ("Hamburg", days_ago(6), "TCLU1234567")


def test_a_repeat_order_does_not_take_a_quote_that_has_ended(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    lines(session, customer, "FOB Shenzhen 0.86/pc MOQ 5000 valid 5d")
    later = on_day(session, in_days(30))
    assert lines(later, customer, "返单 HT-99 8000个×0.82 定金30%", "收到定金 1968美元 HT-99") == []
    found = trade.of(session, customer)
    (quote,), (order,), (payment,) = found.quotes, found.orders, found.payments
    assert (quote.status, order.quote_id, order.number, order.product) == ("open", None, "HT-99", "")
    assert (payment.order_id, payment.remark) == (order.id, "")


def test_a_sample_cannot_arrive_before_it_left(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    lines(session, customer, "DHL 562729 3 specs")
    for write in (trade.add_line, logging.log):
        with pytest.raises(Problem, match="cannot have arrived before"):
            write(session, customer, "DHL 562729 arrived yesterday")


def test_an_expected_arrival_that_was_worked_out_moves_with_the_day_of_shipping(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    lines(session, customer, "DHL 562729 3 specs")
    sample = trade.of(session, customer).samples[0]
    assert sample.expected_on == in_days(5)
    trade.change(session, customer, replace(sample, shipped_on=in_days(7)))
    assert trade.of(session, customer).samples[0].expected_on == in_days(12)
    sample = trade.of(session, customer).samples[0]
    trade.change(session, customer, replace(sample, expected_on=in_days(9)))
    trade.change(session, customer, replace(trade.of(session, customer).samples[0], shipped_on=in_days(8)))
    assert trade.of(session, customer).samples[0].expected_on == in_days(9), "set by hand"


# In the quick log ----------------------------------------------------------------------------------------------------


def test_a_logged_line_saves_its_records_and_says_what_does_not_fit(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    line = "they agreed $FOB Shenzhen 0.86/5000 $PI20240517-A USD 4280 $paid $1290 deposit >3d call"
    seen = logging.preview(session, cards.existing(session, customer), line)
    assert [str(finding) for finding in seen.findings] == ["0.86 × 5,000 = 4,300.00, the PI says 4,280.00."]
    assert [type(record).__name__ for record in seen.records] == ["Quote", "Invoice", "Payment"]
    before = contents(session)
    logging.log(session, customer, line)
    found = trade.of(session, customer)
    assert found.invoices[0].quote_id == found.quotes[0].id
    assert found.payments[0].invoice_id == found.invoices[0].id
    history.undo(session)
    assert contents(session) == before


@pytest.mark.parametrize(
    "line", ["DHL 562729 3 specs grey board", "PI20240517-A USD 4280", "FOB Shenzhen 0.86/pc MOQ 5000"]
)
def test_a_note_that_tells_a_record_saves_it_once(tmp_path: Path, line: str) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    for again in (line, f"{line}, they ask again", f"${line}"):
        logging.log(session, customer, again)
    assert len(list(trade.of(session, customer).records())) == 1
    assert len(cards.card(session, customer).activities) == 3
    assert cards.card(session, customer).activities[0].note == f"${line}"
