"""What was traded, written down in one line, in forms and in the list of everything open, as a rep does it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days
from tests.screen import Stage, screen_text
from tests.screens.test_card import go_to, put
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Record, Sample, Shipment, Trade
from tui_crm.screens.card import CardScreen
from tui_crm.screens.card_list import CardList
from tui_crm.screens.trade_fields import TRADE_FIELDS, Reader, read_record
from tui_crm.screens.trade_form import TradeForm
from tui_crm.screens.trades import TradesScreen
from tui_crm.usecases import trade
from tui_crm.usecases.session import Session

QUOTE = Quote(days_ago(5), "USD", 8600, "FOB", "Shenzhen", "pc", 5000, "bags", quantity=5000)
ORDER = Order(days_ago(9), "USD", 1_290_000, "A-17", "trial", 387_000, deposit_due_on=days_ago(2))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


@asynccontextmanager
async def showing(screen: Screen[None], size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[None]]:
    stage = Stage()
    async with stage.run_test(size=size) as pilot:
        await stage.open(screen, pilot)
        await pilot.pause(0.05)
        yield pilot


async def fill(pilot: Pilot[None], **typed: str) -> None:
    """Put texts into lines of the open form, going from line to line."""
    form = pilot.app.screen
    assert isinstance(form, TradeForm)
    for key, text in typed.items():
        form.row(key).enter()
        await pilot.pause()
        form.row(key).value = text
    await pilot.press("tab")
    await pilot.pause()


async def open_form(pilot: Pilot[None], record: Record) -> None:
    await go_to(pilot, "record", f"{trade.KIND[type(record)]}/{record.id}")
    await pilot.press("enter")
    await pilot.pause()


async def test_a_line_is_read_back_kept_and_saved(session: Session) -> None:
    customer = a_customer(session, name="Nordlicht GmbH")
    trade.add(session, customer, QUOTE)
    async with showing(CardScreen(session, customer)) as pilot:
        await pilot.press("dollar_sign")
        await pilot.pause()
        assert "ETD" in screen_text(pilot.app), "an example of each kind"
        await put(pilot, "PI20240517-A USD 4280")
        await pilot.pause(0.1)
        assert "0.86 × 5,000 = 4,300.00, the PI says 4,280.00" in screen_text(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("ctrl+o")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert "USD 4,280.00 · PI20240517-A" in screen_text(pilot.app)
        (invoice,) = trade.of(session, customer).invoices
        assert (invoice.number, invoice.amount, invoice.quote_id) == ("PI20240517-A", 428_000, 1)
        await pilot.press("u")
        await pilot.pause()
    assert trade.of(session, customer).invoices == ()


async def test_a_form_changes_every_kind_of_field_and_points_at_mistakes(session: Session) -> None:
    customer = a_customer(session)
    order = trade.add(session, customer, ORDER)
    shipment = trade.add(session, customer, Shipment("air", "Ningbo", "Hamburg"))
    async with showing(CardScreen(session, customer)) as pilot:
        await open_form(pilot, shipment)
        await fill(pilot, mode="se", departs_on="1 Dec", transit_days="30", order_id="1", arrived_on="last week-ish")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "cannot be read as a date" in screen_text(pilot.app)
        await fill(pilot, arrived_on="")
        await pilot.press("ctrl+s")
        await pilot.pause(0.1)
        assert "ETA 31 Dec" in screen_text(pilot.app)
        await open_form(pilot, order)
        await fill(pilot, amount="EUR 4.280,50", deposit="1,284.15", status="done", ordered_on="昨天")
        await pilot.press("ctrl+s")
        await pilot.pause(0.1)
    after = trade.of(session, customer)
    (sent,), (changed,) = after.shipments, after.orders
    assert (sent.mode, sent.departs_on, sent.arrives_on, sent.order_id) == ("sea", in_days(13), in_days(43), order.id)
    assert (changed.currency, changed.amount, changed.deposit) == ("EUR", 428_050, 128_415)
    assert (changed.status, changed.ordered_on) == ("done", days_ago(1))


async def test_a_stale_edit_shows_both_versions_and_overwrites_only_what_was_typed(
    session: Session, tmp_path: Path
) -> None:
    customer = a_customer(session)
    quote = trade.add(session, customer, QUOTE)
    other_window = a_session(tmp_path)
    async with showing(CardScreen(session, customer)) as pilot:
        await open_form(pilot, quote)
        await fill(pilot, place="Ningbo", price="0.88")
        trade.change(other_window, customer, replace(quote, price=9100, remark="by phone"))
        await pilot.press("ctrl+s")
        await pilot.pause(0.1)
        shown = screen_text(pilot.app)
        for part in ("yours", "in the book", "0.88", "0.91", "Ningbo", "Shenzhen", "by phone"):
            assert part in shown, part
        assert trade.of(session, customer).quotes[0].price == 9100
        await pilot.press("1")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, CardScreen)
    now = trade.of(session, customer).quotes[0]
    assert (now.price, now.place, now.remark) == (8800, "Ningbo", "by phone")


@pytest.mark.parametrize("size", [(80, 24)])
async def test_everything_open_is_listed_and_acted_on(session: Session, size: tuple[int, int]) -> None:
    first, second = a_customer(session, name="Alpha Ltd"), a_customer(session, name="Beta Ltd")
    for customer, late in ((first, 0), (second, 9)):
        trade.add(session, customer, replace(QUOTE, quoted_on=days_ago(20), valid_until=days_ago(late)))
        trade.add(session, customer, replace(ORDER, deposit_due_on=days_ago(late)))
    async with showing(TradesScreen(session), size) as pilot:
        shown = screen_text(pilot.app)
        assert shown.index("Beta Ltd") < shown.index("Alpha Ltd"), "the most urgent first"
        assert "9d late" in shown
        assert "USD 8,600.00" in shown, "the quotes together"
        assert "accepted" in shown.splitlines()[-1], "the foot says what can be done"
        await pilot.press("space", "1")
        await pilot.pause()
        assert trade.of(session, second).quotes[0].status == "accepted"
        await pilot.press("tab", "space", "1")
        await pilot.pause()
        assert [payment.amount for payment in trade.of(session, second).payments] == [387_000]
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, CardScreen)
        await pilot.press("4")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TradesScreen)


async def test_what_is_over_is_folded_away(session: Session) -> None:
    customer = a_customer(session)
    trade.add(session, customer, ORDER)
    over = trade.add(session, customer, Order(days_ago(200), "EUR", 99_000, "A-03", status="done"))
    trade.add(session, customer, Payment(days_ago(190), "EUR", 99_000, "full", over.id))
    async with showing(CardScreen(session, customer), (120, 48)) as pilot:
        card = pilot.app.screen.query_one(CardList)
        assert "unpaid, 2d late" in [line.mark for line in card.lines]
        assert not [line for line in card.lines if "A-03" in line.text]
        await go_to(pilot, "older", "")
        await pilot.press("enter")
        await pilot.pause()
        records = [line.text for line in card.lines if line.kind == "record"]
        assert records[1:] == ["EUR 990.00 · A-03", "EUR 990.00 · full amount · 12 May"]


# Fields, without a screen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "typed", "value"),
    [
        ("quote", "price", "0.8613", 8613),
        ("quote", "quantity", "5,000", 5000),
        ("quote", "valid_until", "下周三", in_days(7)),
        ("quote", "quoted_on", "fri", days_ago(5)),
        ("quote", "incoterm", "cif", "CIF"),
        ("quote", "status", "2", "accepted"),
        ("quote", "currency", "欧元", "EUR"),
        ("order", "deposit", "", 0),
        ("order", "amount", "USD 12 900.50", 1_290_050),
        ("payment", "order_id", "A-17", 7),
        ("payment", "order_id", "", None),
        ("shipment", "mode", "air", "air"),
    ],
)
def test_a_line_is_read(kind: str, name: str, typed: str, value: object) -> None:
    field = next(field for field in TRADE_FIELDS[kind] if field.name == name)
    reader = Reader(Trade(orders=(replace(ORDER, id=7),)), TODAY, "USD")
    assert reader.read(field, typed, "USD") == value


@pytest.mark.parametrize("record", [QUOTE, ORDER, Sample("s", "DHL", "1", TODAY), Invoice("PI", TODAY, "JPY", 428_000),
                                    Payment(TODAY, "KWD", 1_234_567), Shipment("sea", transit_days=30)])  # fmt: skip
def test_what_a_form_shows_it_reads_back_unchanged(record: Record) -> None:
    reader = Reader(Trade(), TODAY, "USD")
    typed = {field.name: reader.shown(field, record) for field in TRADE_FIELDS[trade.KIND[type(record)]]}
    assert read_record(reader, record, typed) == (record, {})


@pytest.mark.parametrize(
    ("record", "typed", "line"),
    [
        (QUOTE, {"valid_until": "2020-01-01"}, "valid_until"),
        (QUOTE, {"price": "0.86 EUR"}, "price"),
        (QUOTE, {"quantity": "1.5"}, "quantity"),
        (ORDER, {"amount": "0"}, "amount"),
        (ORDER, {"currency": "monopoly"}, "currency"),
        (ORDER, {"ordered_on": ""}, "ordered_on"),
        (Shipment(departs_on=TODAY), {"arrives_on": days_ago(3).isoformat()}, "arrives_on"),
    ],
)
def test_a_mistake_is_shown_at_its_line(record: Record, typed: dict[str, str], line: str) -> None:
    reader = Reader(Trade(), TODAY, "USD")
    shown = {field.name: reader.shown(field, record) for field in TRADE_FIELDS[trade.KIND[type(record)]]}
    _record, wrong = read_record(reader, record, shown | typed)
    assert list(wrong) == [line]
    assert isinstance(wrong[line], Problem)
