"""Moving what comes next, and saying how a customer stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ..domain.dates import Look, parse_date
from ..domain.messages import N_, Message, Problem
from ..domain.text import clean
from ..domain.values import NextStep
from ..domain.vocabulary import GRADES, STAGES, TEMPERATURES
from ..store import reading, writing
from .cards import existing
from .session import Session


def snooze(session: Session, customer_id: int, when: str) -> date:
    """Move the next step to a day: a number of days, or a date phrase in either language. The action stays. Returns the
    day; raises Problem when `when` is no day, or not in the future."""
    customer = existing(session, customer_id)
    day = later_day(when, session.today)
    step = reading.open_step(session.book, customer_id)
    moved = NextStep(day, step.action if step else "", step.channel if step else "", True, set_on=session.today)
    with session.operation(Message(N_("Snoozed {name} to {day}"), {"name": customer.name, "day": day.isoformat()})):
        writing.set_next_step(session.book, customer_id, moved, session.actor)
        if customer.stage == "paused":
            writing.update_customer(session.book, customer_id, {"paused_until": day})
    return day


def read_day(when: str, today: date) -> date:
    """A plain number of days from today, or a date phrase. Raises Problem."""
    text = clean(when)
    if text.isdecimal() and len(text) <= 4:
        return today + timedelta(int(text))
    return parse_date(text, today, Look.FORWARD)


def later_day(when: str, today: date) -> date:
    """A day after today, as `read_day` reads it. Raises Problem."""
    day = read_day(when, today)
    if day <= today:
        raise Problem(N_("{day} is not after today. Give a later day, for example 3, 3d, fri or 5/6."), day=day)
    return day


def past_day(when: str, today: date) -> date:
    """A day up to today: nothing typed means yesterday, a plain number so many days ago, else a date phrase. Raises Problem."""
    text = clean(when)
    if text.isdecimal() and len(text) <= 4:
        return today - timedelta(int(text))
    return parse_date(text, today, Look.BACK) if text else today - timedelta(1)


def set_temperature(session: Session, customer_id: int, temperature: str) -> None:
    """Set a customer's temperature (a code of `TEMPERATURES`)."""
    _set(session, customer_id, "temperature", temperature, TEMPERATURES, N_("{name} is now {temperature}"))


def set_grade(session: Session, customer_id: int, grade: str) -> None:
    """Set a customer's grade, or take it off with an empty one."""
    _set(session, customer_id, "grade", grade, (*GRADES, ""), N_("{name} is now grade {grade}"))


def set_stage(session: Session, customer_id: int, stage: str, reason: str = "", until: date | None = None) -> None:
    """Set a customer's stage. `lost` needs a reason; `paused` takes the day it comes back."""
    if stage not in STAGES:
        raise Problem(
            N_("There is no {what} {value}. Use one of: {known}."), what="stage", value=stage, known=", ".join(STAGES)
        )
    why = clean(reason) if stage != "lost" else lost_reason(reason)
    if stage == "paused" and until is not None and until <= session.today:
        raise Problem(N_("{day} is not after today. Give a later day, for example 3, 3d, fri or 5/6."), day=until)
    customer = existing(session, customer_id)
    changes = {"stage": stage, "lost_reason": why, "paused_until": until if stage == "paused" else None}
    with session.operation(Message(N_("{name} is now {stage}"), {"name": customer.name, "stage": stage})):
        writing.update_customer(session.book, customer_id, changes)


def lost_reason(typed: str) -> str:
    """Why a customer was lost. Raises Problem when nothing is said."""
    why = clean(typed)
    if not why:
        raise Problem(N_("Say why the customer is lost, for example: price, went to a competitor, no budget."))
    return why


def retag(session: Session, customer_id: int, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
    """Put tags on a customer and take tags off."""
    customer = existing(session, customer_id)
    add, remove = [t for t in map(tag_name, add) if t], list(remove)
    tags = " ".join([f"#{t}" for t in add] + [f"-#{t}" for t in remove])
    with session.operation(Message(N_("Tagged {name} {tags}"), {"name": customer.name, "tags": tags})):
        writing.add_tags(session.book, customer_id, add)
        writing.remove_tags(session.book, customer_id, remove)


def tag_name(text: str) -> str:
    """A tag as stored: no leading #, no spaces inside (they become -), at most 40 characters."""
    return "-".join(clean(text).lstrip("#＃").replace(",", " ").replace("，", " ").split())[:40]


def _set(session: Session, customer_id: int, what: str, value: str, known: tuple[str, ...], label: str) -> None:
    if value not in known:
        raise Problem(
            N_("There is no {what} {value}. Use one of: {known}."), what=what, value=value, known=", ".join(known)
        )
    customer = existing(session, customer_id)
    if getattr(customer, what) == value:
        return
    with session.operation(Message(label, {"name": customer.name, what: value})):
        writing.update_customer(session.book, customer_id, {what: value})
