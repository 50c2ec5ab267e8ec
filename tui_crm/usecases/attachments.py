"""Files kept with a customer: adding, opening, taking off."""

from __future__ import annotations

import atexit
import shutil
from pathlib import Path

from ..domain.attachments import is_program, safe_name
from ..domain.messages import N_, Message, Problem
from ..domain.values import Attachment as Attachment
from ..store import attachments as store
from ..store.attachments import Content as Content
from .cards import existing
from .session import Session


def of(session: Session, customer_id: int) -> tuple[Attachment, ...]:
    """The files of a customer, newest first."""
    return store.of(session.book, customer_id)


def take_in(book: Path, file: Path) -> Content:
    """Copy a file beside the book. Apart from `attach`, since it may take a while: it touches no database and can run on any
    thread. Raises Problem."""
    return store.keep(book, file)


def attach(session: Session, customer_id: int, name: str, content: Content) -> Attachment:
    """Keep a file that was taken in with a customer, under its safe name. Raises Problem where it is there already."""
    customer = existing(session, customer_id)
    attachment = Attachment(safe_name(name), content.hash, content.size, session.today)
    if any((one.name, one.hash) == (attachment.name, attachment.hash) for one in of(session, customer_id)):
        raise Problem(N_("{file} is kept with {name} already."), file=attachment.name, name=customer.name)
    with session.operation(Message(N_("Kept {file} with {name}"), {"file": attachment.name, "name": customer.name})):
        store.add(session.book, customer_id, attachment)
    return of(session, customer_id)[0]


def remove(session: Session, customer_id: int, attachment: Attachment) -> None:
    """Take a file off a customer; undo brings it back."""
    customer = existing(session, customer_id)
    with session.operation(Message(N_("Took {file} off {name}"), {"file": attachment.name, "name": customer.name})):
        store.remove(session.book, attachment)


def copy_to_open(book: Path, attachment: Attachment) -> Path:
    """A copy of a file under its own name, private and gone when the program ends; what is done to it does not touch what is
    kept. Raises Problem for a program, which is never opened, and for a file that is missing or damaged."""
    if is_program(attachment.name):
        raise Problem(
            N_("{file} can run as a program, so it is not opened. It lies at {path}"),
            file=attachment.name,
            path=store.path_of(book, attachment.hash),
        )
    copy = store.copy_out(book, attachment, safe_name(attachment.name))
    atexit.register(shutil.rmtree, copy.parent, ignore_errors=True)
    return copy
