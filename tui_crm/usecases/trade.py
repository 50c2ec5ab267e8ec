"""What was traded: samples sent."""

from __future__ import annotations

from ..domain.messages import N_, Message
from ..domain.values import Sample
from ..store import writing
from .cards import existing
from .session import Session


def add_sample(session: Session, customer_id: int, sample: Sample) -> None:
    """Note that a sample was sent; its clock starts with its arrival."""
    customer = existing(session, customer_id)
    with session.operation(Message(N_("Sent a sample to {name}"), {"name": customer.name})):
        writing.add_sample(session.book, customer_id, sample)
