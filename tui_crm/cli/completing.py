"""`crm completion` prints a shell's script; that asks `crm complete` at every Tab, so what is offered always fits this version
and this book. What follows a verb is completed by the word that stands for it in the help: CUSTOMER, FILE, TAG …"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..code_words import WORDS
from ..domain.messages import Problem
from ..i18n import _, country_name, word
from .arguments import VERBS, Arguments, parser_of, verb_at, verb_named
from .options import CHOICES, STANDING
from .shell_words import Typed, for_bash, split

if TYPE_CHECKING:
    from ..usecases.session import Session
    from . import Outside

Pairs = Iterable[tuple[str, str]]
"""Values with a hint each."""
_ALL = ("+", "*", argparse.REMAINDER)


def script(_outside: Outside, asked: Arguments) -> int:
    """Print the script of a shell."""
    file = Path(__file__).parent / "shells" / f"crm.{asked.shell}"
    sys.stdout.write(file.read_text(encoding="utf-8"))
    return 0


def complete(outside: Outside, asked: Arguments) -> int:
    """Answer a script: first what the shell is to do (`files`: complete these by itself; `words`: take what follows; `open`: and
    add no blank), then each offer, with a hint behind a tab. The words are the shell's name and those typed up to the cursor;
    for bash and fish they are one line, as it stands there."""
    shell, *words = asked.words or [""]
    if shell == "zsh":
        typed = Typed(words or [""], "", "")
    else:
        typed = split(" ".join(words))
        typed = typed._replace(words=typed.words[1:] or [""])
    answer = _answer(outside, typed.words[:-1], typed.words[-1])
    print(answer.kind)
    for value, hint in answer.offers:
        if value.isprintable():  # anything else would act on the line, or be two offers
            plain = "".join(char for char in hint if char.isprintable())
            print(for_bash(value, typed) if shell == "bash" else f"{value}\t{plain}".rstrip("\t"))
    return 0


class _Answer(NamedTuple):
    offers: Pairs = ()
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the cursor is: what the word there fills, the words which that has got already, and the options that are said."""

    options: Mapping[str, argparse.Action]
    said: frozenset[str]
    fills: argparse.Action | None
    before: tuple[str, ...] = ()


def _answer(outside: Outside, words: Sequence[str], current: str) -> _Answer:
    """What `current`, behind `words`, can become."""
    at = verb_at(words)
    verbless = at is None or words[at] == "help"
    try:
        spot = _spot(
            [given for number, given in enumerate(words) if number != at], None if verbless else words[at or 0]
        )
    except Problem:  # no verb of ours
        return _Answer()
    option, equals, value = current.partition("=")
    if equals and option in spot.options:
        answer = _values(outside, words, spot.options[option], (), value)
        return _Answer([(f"{option}={each}", hint) for each, hint in answer.offers], answer.kind)
    if current.startswith("-") and spot.fills not in spot.options.values():
        offered = ((name, action) for name, action in spot.options.items() if name.startswith(current))
        return _Answer([(name, action.help or "") for name, action in offered if name not in spot.said])
    if spot.fills is not None:
        return _values(outside, words, spot.fills, spot.before, current)
    return _Answer(_beginning(current, ((verb.name, _(verb.help)) for verb in VERBS)) if verbless else ())


def _spot(words: Sequence[str], name: str | None) -> _Spot:
    """The place behind `words`, of which the verb `name` is left out. Raises Problem where it is none."""
    actions = parser_of(verb_named(name) if name else None)._actions
    options = {string: action for action in actions for string in action.option_strings if string.startswith("--")}
    waiting: argparse.Action | None = None
    plain: list[str] = []
    for given in words:
        option, equals, _value = given.partition("=")
        if waiting is not None:
            waiting = None
        elif option in options:
            waiting = options[option] if options[option].nargs != 0 and not equals else None
        elif given != "--":
            plain.append(given)
    said = frozenset(given.partition("=")[0] for given in words)
    for action in actions if waiting is None else ():
        if not action.option_strings:
            if action.nargs in _ALL or not plain:
                return _Spot(options, said, action, tuple(plain))
            plain.pop(0)
    return _Spot(options, said, waiting)


# Values --------------------------------------------------------------------------------------------------------------


def _values(
    outside: Outside, words: Sequence[str], action: argparse.Action, before: Sequence[str], current: str
) -> _Answer:
    """What can stand for an argument, told by its choices, its name or the word that stands for it in the help."""
    if action.choices is not None:
        return _Answer(_beginning(current, ((str(choice), "") for choice in action.choices)))
    if action.dest in _CODES:
        return _Answer(_coded(action.dest, current))
    stands_for = str(action.metavar or "").split(" ")[0].split("|")[0]
    if stands_for in ("FILE", "BACKUP"):
        return _Answer(kind="files")
    if stands_for == "FIELD=VALUE":
        from ..domain.fields import BY_NAME

        return _Answer(_beginning(current, ((f"{name}=", _(field.label)) for name, field in BY_NAME.items())), "open")
    read = _IN_BOOK.get(action.dest) or _IN_BOOK.get(stands_for)
    if read is None:
        return _Answer()
    from ..usecases.shells import glance

    session = glance(_book(outside, words), outside.settings)
    if session is None:
        return _Answer()
    try:
        return _Answer(_in_place(before, current, read, session))
    finally:
        session.close()


def _book(outside: Outside, words: Sequence[str]) -> Path:
    """The book that the line names, or the usual one."""
    if "--demo" in words:
        return outside.where.demo
    named = [following for given, following in pairwise(words) if given == "--db"]
    named += [given.removeprefix("--db=") for given in words if given.startswith("--db=")]
    return Path(named[-1]).expanduser() if named else outside.book


def _in_place(before: Sequence[str], current: str, read: _Reader, session: Session) -> list[tuple[str, str]]:
    """The offers for a line of several words, each without the words that are there already."""
    line = " ".join([*before, current])
    there = len(line) - len(current)
    start, pairs = read(session, line)
    whole = [(line[:start] + value, hint) for value, hint in pairs]
    return [(value[there:], hint) for value, hint in whole if value[:there].casefold() == line[:there].casefold()]


def _customers(session: Session, line: str) -> tuple[int, Pairs]:
    from ..usecases.shells import customers

    return 0, customers(session, line)


def _tags(session: Session, line: str) -> tuple[int, Pairs]:
    from ..usecases.shells import tags

    return 0, tags(session, line)


def _search(session: Session, line: str) -> tuple[int, Pairs]:
    from ..usecases.shells import search

    return search(session, line)


def _views(session: Session, line: str) -> tuple[int, Pairs]:
    from ..usecases.views import every

    return 0, _beginning(line, ((view.name, view.line) for view in every(session.settings.views)))


def _marks(session: Session, line: str) -> tuple[int, Pairs]:
    """What is behind a mark of a quick log."""
    start = max(line.rfind(blank) for blank in " \u3000") + 1
    mark, typed = line[start : start + 1], line[start + 1 :]
    if mark == "#":
        return start + 1, _tags(session, typed)[1]
    vocabulary = {"@": "channel", "!": "temperature", "=": "stage"}.get(mark)
    return start + 1, _beginning(typed, WORDS[vocabulary].items()) if vocabulary else ()


_Reader = Callable[["Session", str], tuple[int, Pairs]]
_IN_BOOK: Mapping[str, _Reader] = {
    "CUSTOMER": _customers, "KEEP": _customers, "OTHER": _customers, "QUERY": _search, "LINE": _marks, "TAG": _tags,
    "view": _views,
}  # fmt: skip
"""What is looked up in the book for an argument, by its name or the word that stands for it in the help."""

_CODES = {**CHOICES, **STANDING, "country": (), "preset": ()}
"""Options with codes, by their name; two tables are loaded only when they are asked for."""


def _coded(name: str, typed: str) -> Pairs:
    if name == "country":
        from ..domain.countries import suggest_countries

        return [(land.code, country_name(land.code)) for land in suggest_countries(typed, _COUNTRIES)]
    if name == "preset":
        from ..exchange.presets import presets

        return _beginning(typed, ((preset.name, preset.title) for preset in presets()))
    vocabulary = "kind" if name == "type" else name
    return _beginning(typed, ((code, word(vocabulary, code) if vocabulary in WORDS else "") for code in _CODES[name]))


_COUNTRIES = 40


def _beginning(typed: str, pairs: Pairs) -> list[tuple[str, str]]:
    """The pairs whose value, or what it means, begins as typed."""
    begun = typed.casefold()
    return [
        pair
        for pair in pairs
        if pair[0].casefold().startswith(begun) or (begun and pair[1].casefold().startswith(begun))
    ]
