"""What was being typed, kept outside the book until it is saved: it survives Esc, a closed window and a crash."""

from __future__ import annotations

from . import beside
from .session import Session

_WHAT, _MOST = "drafts", 50
TRADE = "/trade"
"""Follows a customer's uid in the key of an unsaved line about its trade."""


def keep(session: Session, customer_uid: str, text: str) -> None:
    """Keep `text` as this customer's unsaved line; an empty text forgets it. A draft that cannot be written is given up
    silently: typing must go on on a full disk."""
    drafts = all_kept(session)
    if drafts.get(customer_uid, "") == text:
        return
    drafts.pop(customer_uid, None)
    if text:
        drafts[customer_uid] = text
    beside.write(session, _WHAT, dict(list(drafts.items())[-_MOST:]))


def kept(session: Session, customer_uid: str) -> str:
    """The unsaved line of this customer, or nothing."""
    return all_kept(session).get(customer_uid, "")


def all_kept(session: Session) -> dict[str, str]:
    """Every unsaved line by customer uid, newest last."""
    drafts = beside.read(session, _WHAT)
    return {str(k): str(v) for k, v in drafts.items()} if isinstance(drafts, dict) else {}
