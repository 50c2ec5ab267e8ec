"""`crm doctor`: is the book in order, and mending what can be mended."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.messages import Problem
from ..i18n import _, explain, tell
from ..usecases.doctor import Finding, State, examine, mend
from ..usecases.session import Session
from . import output
from .arguments import Arguments
from .console import Progress, agreed, progress

if TYPE_CHECKING:
    from . import Unopened

SOUND, REPAIRED, ATTENTION = 0, 1, 2
"""Exit codes: nothing was wrong; all that was wrong is mended; something is still wrong."""

_MARKS = {State.SOUND: "✓", State.ADVICE: "·", State.REPAIRED: "+", State.ATTENTION: "!"}


def doctor(unopened: Unopened, asked: Arguments) -> int:
    """Say how each check ended, and offer to mend what can be: after a question on a terminal, at once with --repair, not
    at all anywhere else. Returns the exit code."""
    try:
        session = unopened.open()
    except Problem as problem:
        return _cannot_be_opened(problem, asked)
    try:
        return _examine(session, asked)
    finally:
        session.close()


def _cannot_be_opened(problem: Problem, asked: Arguments) -> int:
    """There is no book to examine; where a damaged one has backups, they are the way on."""
    if asked.json:
        check = {"check": "file", "state": State.ATTENTION.value, "message": explain(problem), "repairable": False}
        output.write_object({"state": State.ATTENTION.value, "checks": [check]})
    else:
        output.say(f"{_MARKS[State.ATTENTION]} {explain(problem)}")
        output.say(_("crm restore lists the backups."))
    return ATTENTION


def _examine(session: Session, asked: Arguments) -> int:
    findings = []
    for finding in _told_how_far(session):
        if not asked.json:
            _show(finding)
        if finding.mend and (asked.repair or (not asked.json and agreed(_("  Mend it now? (y/n)")))):
            finding = _mended(session, finding)
            if not asked.json:
                _show(finding)
        findings.append(finding)
    states = {finding.state for finding in findings}
    if asked.json:
        output.write_object({"state": _worst(states).value, "checks": [_object(finding) for finding in findings]})
    elif any(finding.mend and finding.state is State.ATTENTION for finding in findings):
        output.say(_("crm doctor --repair mends what can be mended, after a backup."))
    return {State.ATTENTION: ATTENTION, State.REPAIRED: REPAIRED}.get(_worst(states), SOUND)


def _told_how_far(session: Session) -> Iterator[Finding]:
    """The findings one by one, and before each how far the check is."""
    checks = examine(session)
    while True:
        with progress(_("checking")) as tell_how_far, session.book.telling(_phrased(tell_how_far)):
            finding = next(checks, None)
        if finding is None:
            return
        yield finding


def _phrased(tell_how_far: Progress | None) -> Callable[[str, int, int], None] | None:
    """Numbers alone, whatever is being done."""
    if tell_how_far is None:
        return None
    return lambda _what, done, total: tell_how_far(done, total)


def _worst(states: set[State]) -> State:
    return next((state for state in (State.ATTENTION, State.REPAIRED) if state in states), State.SOUND)


def _mended(session: Session, finding: Finding) -> Finding:
    with progress(_("mending")) as tell_how_far, _broken_off() as stop:
        now = mend(session, finding, tell_how_far and (lambda done, _total: tell_how_far(done)), lambda: bool(stop))
    return now if now.state is State.REPAIRED else replace(now, mend=finding.mend)


@contextmanager
def _broken_off() -> Iterator[list[int]]:
    """Ctrl+C asks the repair to stop at a good place; the list is no longer empty then."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _show(finding: Finding) -> None:
    look = {State.SOUND: output.DIM, State.ATTENTION: output.BOLD}.get(finding.state, "")
    output.show([(f"{_MARKS[finding.state]} {tell(finding.message)}", look)])


def _object(finding: Finding) -> dict[str, object]:
    return {"check": finding.check, "state": finding.state.value, "message": tell(finding.message),
            "repairable": finding.mend is not None and finding.state is State.ATTENTION}  # fmt: skip
