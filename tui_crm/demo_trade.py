"""What is traded in the example book: invoices, orders, payments and shipments that go with what the log says."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from . import demo_data as data
from .domain.values import Invoice, Order, Payment, Shipment
from .usecases import trade
from .usecases.session import Session

_AT_SEA = 30
_TO_PAY = 10
"""Days after departure within which the balance is due."""
_PUNCTUAL = 0.7

Do = Callable[[Session, int], object]


class Deal(NamedTuple):
    """What a customer and we agree on: so many of a product at a price in cents, on a proforma invoice of this number."""

    product: str
    quantity: int
    price: int
    number: str

    @property
    def amount(self) -> int:
        """Whole dollars."""
        return self.quantity * self.price // 100

    @property
    def deposit(self) -> int:
        """Whole dollars: 30 %."""
        return self.amount * 3 // 10


def dealings(
    said: Sequence[tuple[date, str, data.Line]], deal: Deal, city: str, today: date, rng: random.Random
) -> Iterator[tuple[date, Do]]:
    """The records behind a log, given as (day, stage, line), in order of time, up to yesterday."""
    yesterday = today - timedelta(1)
    invoiced = [day for day, _stage, line in said if line is data.LINES["negotiating"][-1]]
    if invoiced:
        yield invoiced[0], partial(_send_invoice, deal=deal)
    ordered = [day for day, stage, _line in said if stage == "ordered"]
    if not ordered:
        return
    yield ordered[0], partial(_take_order, deal=deal, trial=rng.random() < 0.3)
    yield ordered[0], partial(_be_paid, amount=deal.deposit * 100, kind="deposit")
    departed = [day for day, _stage, line in said if line is data.LINES["ordered"][2]]
    if not departed:
        return
    yield departed[0], partial(_ship, city=city, number=str(rng.randint(10**6, 10**7 - 1)))
    if departed[0] + timedelta(_AT_SEA) <= yesterday:
        yield departed[0] + timedelta(_AT_SEA), _arrive
    if departed[0] + timedelta(_TO_PAY) <= yesterday and rng.random() < _PUNCTUAL:
        balance = (deal.amount - deal.deposit) * 100
        yield departed[0] + timedelta(_TO_PAY), partial(_be_paid, amount=balance, kind="balance")


def _send_invoice(session: Session, customer: int, deal: Deal) -> None:
    quotes = trade.of(session, customer).quotes
    quote_id = quotes[0].id if quotes else None
    trade.add(session, customer, Invoice(f"PI{deal.number}", session.today, "USD", deal.amount * 100, quote_id))


def _take_order(session: Session, customer: int, deal: Deal, trial: bool) -> None:
    known = trade.of(session, customer)
    order = Order(
        session.today,
        "USD",
        deal.amount * 100,
        number=f"PO-{deal.number[4:8]}",
        kind="trial" if trial else "regular",
        deposit=deal.deposit * 100,
        terms="T/T",
        product=deal.product,
        quantity=deal.quantity,
        unit="pcs",
        price=deal.price * 100,
        quote_id=known.quotes[0].id if known.quotes else None,
        invoice_id=known.invoices[0].id if known.invoices else None,
    )
    trade.add(session, customer, order)


def _be_paid(session: Session, customer: int, amount: int, kind: str) -> None:
    order = trade.of(session, customer).orders[0]
    trade.add(session, customer, Payment(session.today, "USD", amount, kind, order.id))


def _ship(session: Session, customer: int, city: str, number: str) -> None:
    order = trade.of(session, customer).orders[0]
    trade.change(session, customer, replace(order, balance_due_on=session.today + timedelta(_TO_PAY)))
    shipment = Shipment(
        "sea",
        "Ningbo",
        city,
        session.today,
        _AT_SEA,
        session.today + timedelta(_AT_SEA),
        container=f"TCLU{number}",
        bill=f"COSU{number}8",
        order_id=order.id,
    )
    trade.add(session, customer, shipment)


def _arrive(session: Session, customer: int) -> None:
    shipment = trade.of(session, customer).shipments[0]
    trade.change(session, customer, replace(shipment, arrived_on=session.today))
