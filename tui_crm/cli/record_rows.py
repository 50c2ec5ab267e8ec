"""Trade records as scripts read them: the keys of these objects are a promise."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from ..domain.money import CURRENCIES, PRICE_SCALE, sum_text
from ..domain.trade_totals import Totals, totals
from ..domain.values import Record, Trade
from .rows import iso

_SUMS = ("amount", "deposit")
_REFERENCES = {"quote_id": "quote", "invoice_id": "invoice", "order_id": "order"}


def trade_object(trade: Trade) -> dict[str, object]:
    """Everything traded with a customer, newest first: sums and prices as decimal text beside their currency, days as ISO
    dates or null, other records named by their uid."""
    uids = {(type(record).__name__, record.id): record.uid for record in trade.records()}
    kinds = ("quotes", "samples", "invoices", "orders", "payments", "shipments")
    objects = {kind: [_record_object(record, uids) for record in getattr(trade, kind)] for kind in kinds}
    return {**objects, "totals": [_totals_object(sums) for sums in totals(trade)]}


def _record_object(record: Record, uids: dict[tuple[str, int], str]) -> dict[str, object]:
    found: dict[str, object] = {"uid": record.uid}
    currency = getattr(record, "currency", "")
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in _REFERENCES:
            name = _REFERENCES[field.name]
            found[name] = uids.get((name.capitalize(), value))
        elif field.name in _SUMS:
            found[field.name] = sum_text(value, currency)
        elif field.name == "price":
            found["price"] = None if value is None else price_text(value, currency)
        elif field.name not in ("id", "uid", "version"):
            found[field.name] = iso(value) if isinstance(value, date) else value
    return found


def _totals_object(sums: Totals) -> dict[str, object]:
    amounts = {name: sum_text(amount, sums.currency) for name, amount in sums._asdict().items() if name != "currency"}
    return {"currency": sums.currency, **amounts}


def price_text(price: int, currency: str) -> str:
    """A price as decimal text: money is never a binary fraction. The decimals of its currency, four where they are used."""
    whole, rest = divmod(price, PRICE_SCALE)
    fewest = CURRENCIES.get(currency, 2)
    decimals = f"{rest:04}"
    shown = decimals[:fewest] + decimals[fewest:].rstrip("0")
    return f"{whole}.{shown}" if shown else str(whole)
