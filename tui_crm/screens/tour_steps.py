"""The steps of the tour, as a table: what to do, why, and how it is seen that it was done. Pure data and functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..domain.messages import N_


@dataclass(frozen=True, slots=True)
class Seen:
    """What the program shows at one moment: the open screens by name, lowest first; the customer in hand (0: none); what is
    searched for (None: the agenda); whether a line is being typed; how many are marked; the newest operation and its kind;
    the commands run by key since the step began."""

    screens: tuple[str, ...]
    customer: int
    question: str | None
    typing: bool
    marked: int
    operation: int
    kind: str
    pressed: frozenset[str]

    @property
    def on_list(self) -> bool:
        """Whether the list is in hand: nothing is open over it, and nothing is typed."""
        return len(self.screens) == 1 and not self.typing


Done = Callable[[Seen, Seen], bool]
"""Whether a step is done, from what was seen when it began and what is seen now."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `text` says what and why, `inside` what to do once the line or screen is open; both name keys by
    command (`{log}`) and what to type (`{typed}`). `command` is the key that the step waits for."""

    id: str
    title: str
    text: str
    command: str
    done: Done
    inside: str = ""
    typed: str = ""


def _did(command: str) -> Done:
    """Something was written into the book with this command."""
    return lambda begun, now: now.operation > begun.operation and now.kind == "do" and command in now.pressed


def _looked(command: str) -> Done:
    """What the command shows was opened, and closed again."""
    return lambda _begun, now: command in now.pressed and now.on_list


STEPS: tuple[Step, ...] = (
    Step(
        "move",
        N_("Today's list"),
        N_(
            "Here is who is due today, the most urgent first. {down} goes down one line, {up} up again; the arrows do too."
        ),
        "down",
        lambda begun, now: now.customer != begun.customer,
    ),
    Step(
        "log",
        N_("Write down a talk"),
        N_("You have just spoken with this customer. {log} opens a line for it; the list stays in sight."),
        "log",
        _did("log"),
        N_("Type  {typed}  and press Enter. What stands behind > is the next step: in 3 days, call."),
        N_("sent price list >3d call"),
    ),
    Step(
        "no_answer",
        N_("Nobody picks up"),
        N_("Saved, and the next customer is in hand. Nobody picks up there: one key, {no_answer}, and it is noted."),
        "no_answer",
        _did("no_answer"),
    ),
    Step(
        "undo",
        N_("Nothing can go wrong"),
        N_("They did pick up after all? {undo} takes back the last act, whatever it was; {redo} would bring it back."),
        "undo",
        lambda begun, now: now.operation > begun.operation and now.kind == "undo",
    ),
    Step(
        "why",
        N_("Why this one?"),
        N_("The order is no secret. {why} shows why a customer stands where it does."),
        "why",
        _looked("why"),
        N_("How warm, how late, how much it is worth, what was promised: the points add up. Esc closes."),
    ),
    Step(
        "snooze",
        N_("Not today"),
        N_("This customer can wait. {snooze} moves the next step to a later day."),
        "snooze",
        _did("snooze"),
        N_("3 means in three days. Or type a day, such as  fri  or  5/6, and press Enter."),
    ),
    Step(
        "card",
        N_("The card"),
        N_("{open} opens the card: every field, the people, the trade, the whole log."),
        "open",
        _looked("open"),
        N_("All there is about one customer; Enter on a field edits it. Esc goes back to the list."),
    ),
    Step(
        "search",
        N_("Find anybody"),
        N_("{search} finds by name, pinyin, phone, note or #tag, while you type."),
        "search",
        lambda _begun, now: bool(now.question) and now.on_list,
        N_("Type  {typed}  for everybody in Germany, and press Enter."),
        N_("c:de"),
    ),
    Step(
        "mark",
        N_("Several at once"),
        N_("What is found is a list like today's: every key works in it. {mark} marks a customer; mark two."),
        "mark",
        lambda _begun, now: now.marked >= 2,
    ),
    Step(
        "tag",
        N_("One act for all"),
        N_("Keys now act on all that are marked. {tag} gives them a tag."),
        "tag",
        _did("tag"),
        N_("Type  {typed}  and press Enter. You see what would change; Enter again does it."),
        N_("fair"),
    ),
    Step(
        "agenda",
        N_("Back to today"),
        N_("{agenda} goes back to today's list, wherever you are; {customers} shows everybody."),
        "agenda",
        lambda _begun, now: now.question is None and now.on_list,
    ),
    Step(
        "help",
        N_("When you are stuck"),
        N_("{help} explains the screen you are on: its order, its marks, its keys."),
        "help",
        _looked("help"),
        N_("Type a word and only what fits stays. Esc closes."),
    ),
)
