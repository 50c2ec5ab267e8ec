"""What a customer has ordered, paid and still owes: sums of one currency each, never added up across currencies."""

from __future__ import annotations

from typing import NamedTuple

from .trade_clocks import claims
from .values import Trade


class Totals(NamedTuple):
    """Sums in minor units: orders that were not cancelled, money received, and what open orders and PIs still wait for."""

    currency: str
    ordered: int = 0
    paid: int = 0
    unpaid: int = 0


def totals(trade: Trade) -> tuple[Totals, ...]:
    """The totals of each currency that orders, payments or claims are in, by its code."""
    sums: dict[str, Totals] = {}

    def count(currency: str, **amounts: int) -> None:
        before = sums.get(currency, Totals(currency))
        sums[currency] = before._replace(**{name: getattr(before, name) + more for name, more in amounts.items()})

    for order in trade.orders:
        if order.status != "cancelled":
            count(order.currency, ordered=order.amount)
    for payment in trade.payments:
        count(payment.currency, paid=payment.amount)
    for claim in claims(trade):
        count(claim.currency, unpaid=claim.amount)
    return tuple(sums[currency] for currency in sorted(sums))
