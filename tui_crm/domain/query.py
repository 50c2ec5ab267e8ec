"""The search line: words, tags and fields, read into terms that all have to hold. Nothing typed is an error.

`#tag` `#a,b` (either) `#a #b` (both) · `t:hot` `g:S,A` `due:<fri` `late:>7` … (`query_words.FIELDS`) · `"exact words"`
· `-` before any of them excludes. Full-width punctuation means the same. A term that cannot be read is searched as a
word and pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .messages import N_, Message
from .query_nearest import nearest
from .query_words import COMPARISONS, FIELD_NAMED, FIELDS, SearchField, Setting, Value, no_such_day
from .text import fold_width
from .vocabulary import fold

LONGEST_LINE = 2_000
"""Characters of a search line that are read."""

MOST_TERMS = 50
"""Terms of a search line that are used; a question has fewer, a pasted page has more."""

_LONGEST_SHOWN = 40
_TOKEN = r'(?P<sign>-)?(?P<body>(?:(?<![^\s:,#<>=-])"[^"]*(?:"|$)|\S)+)'
_FIELD = r"(?P<name>[^\W\d_]+(?:/[^\W\d_]+)?):(?P<value>.*)"
_COMPARISON = r"\s*(?P<op><=|>=|<|>|=|≤|≥)?\s*"
_OF_DAYS = ("due", "last")
"""Fields that take a day."""
_OPS = {"≤": "<=", "≥": ">="}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `field` (word, or the name of a search field) against any one of `values`, or none when `negated`.

    `op` is `=` except for due (dates), late and last (whole days). `exact` marks a word or words given in quotation
    marks. `start` and `end` say where it stands in the line.
    """

    field: str
    op: str
    values: tuple[Value, ...]
    negated: bool
    start: int
    end: int
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search line as read: `text` is what was read of it, and all of `terms` must hold.

    `findings` say which terms were not understood and what to write instead.
    """

    text: str
    terms: tuple[Term, ...]
    findings: tuple[Message, ...]


class Typing(NamedTuple):
    """What is being typed: `kind` is field, word or a field's name; `prefix` is typed so far and begins at `start`."""

    kind: str
    prefix: str
    start: int


def parse_query(line: str, today: date, me: str = "") -> Query:
    """Read a search line. `today` gives dates their meaning, `me` is whom `owner:me` means. Any text can be read."""
    text = line[:LONGEST_LINE]
    setting = Setting(today, me)
    terms: list[Term] = []
    findings: list[Message] = []
    if len(line) > LONGEST_LINE:
        findings.append(Message(N_("Only the first {most} characters are searched for."), {"most": LONGEST_LINE}))
    for token in re.finditer(_TOKEN, fold_width(text)):
        found, finding = _read_token(token, setting)
        terms += found
        findings += [finding] if finding else []
        if len(terms) > MOST_TERMS:
            break
    if len(terms) > MOST_TERMS:
        findings.append(Message(N_("Only the first {most} words and filters are used."), {"most": MOST_TERMS}))
    return Query(text, tuple(terms[:MOST_TERMS]), tuple(findings))


def _read_token(token: re.Match[str], setting: Setting) -> tuple[list[Term], Message | None]:
    """The terms of one token of the line; none for one that is only begun, such as `#` or `t:`."""
    body = token["body"]
    if body == "-":
        return [], None
    if body[0] == '"':
        return _words(token, [body.strip('"')], exact=True), None
    if body[0] == "#":
        return [_term(token, "tag", values) for tag in body.split("#") if (values := _listed(tag))], None
    named = re.fullmatch(_FIELD, body, re.S)
    if named is None or named["value"].startswith("//"):
        return _words(token, body.split(",") if body.strip(",") else [body]), None
    field = FIELD_NAMED.get(fold(named["name"]))
    if field is None:
        return _words(token, [body]), _unknown_field(named)
    if not named["value"].strip(COMPARISONS if field.compare else ""):
        return [], Message(N_("To filter, write {example}."), {"example": Message(field.example)})
    term = _field_term(token, field, named["value"], setting)
    return (
        ([term], None) if term else (_words(token, [body]), _not_understood(body, named["value"], field, setting.today))
    )


def _field_term(token: re.Match[str], field: SearchField, value: str, setting: Setting) -> Term | None:
    if field.compare:
        compared = re.match(_COMPARISON, value)
        op, text = (compared["op"] or "", value[compared.end() :]) if compared else ("", value)
        found = field.compare(_OPS.get(op, op), text.strip('" '), setting)
        return _term(token, field.name, [found.value], found.op) if found else None
    values = [field.read(text, setting) for text in _listed(value)] if field.read else []
    known = [value for value in values if value is not None]
    return _term(token, field.name, known) if known and len(known) == len(values) else None


def _term(token: re.Match[str], field: str, values: Sequence[Value], op: str = "=", exact: bool = False) -> Term:
    return Term(field, op, tuple(dict.fromkeys(values)), bool(token["sign"]), token.start(), token.end(), exact)


def _words(token: re.Match[str], words: list[str], exact: bool = False) -> list[Term]:
    return [_term(token, "word", [word.strip()], exact=exact) for word in words if word.strip()]


def _listed(text: str) -> list[str]:
    return [value for part in text.split(",") if (value := part.strip('" '))]


def _unknown_field(named: re.Match[str]) -> Message:
    if near := nearest(named[0]):
        return Message(
            N_("There is no filter “{name}:”. Did you mean {near}? “{text}” is searched as a word."),
            {"name": shortened(named["name"]), "near": near, "text": shortened(named[0])},
        )
    return Message(
        N_("There is no filter “{name}:”, so “{text}” is searched as a word. Filters: {names}."),
        {
            "name": named["name"],
            "text": shortened(named[0]),
            "names": " ".join(f"{field.names[0]}:" for field in FIELDS),
        },
    )


def shortened(text: str) -> str:
    """What was typed, as far as a sentence has room for it."""
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def _not_understood(text: str, value: str, field: SearchField, today: date) -> Message:
    if field.name in _OF_DAYS and (why := no_such_day(value, today)):
        return Message(N_("“{text}” is searched as a word. {why}"), {"text": shortened(text), "why": why})
    if near := nearest(text):
        return Message(
            N_("“{text}” is searched as a word. Did you mean {near}? To filter, write {example}."),
            {"text": shortened(text), "near": near, "example": Message(field.example)},
        )
    return Message(
        N_("“{text}” is searched as a word. To filter, write {example}."),
        {"text": shortened(text), "example": Message(field.example)},
    )


_SENTENCES: Mapping[tuple[str, str, bool], str] = {
    # (field, op, negated): what the term asks for.
    ("word", "=", False): N_("with “{values}”"),
    ("word", "=", True): N_("without “{values}”"),
    ("tag", "=", False): N_("tag: {values}"),
    ("tag", "=", True): N_("tag: not {values}"),
    ("temperature", "=", False): N_("temperature: {values}"),
    ("temperature", "=", True): N_("temperature: not {values}"),
    ("grade", "=", False): N_("grade: {values}"),
    ("grade", "=", True): N_("grade: not {values}"),
    ("stage", "=", False): N_("stage: {values}"),
    ("stage", "=", True): N_("stage: not {values}"),
    ("country", "=", False): N_("country: {values}"),
    ("country", "=", True): N_("country: not {values}"),
    ("channel", "=", False): N_("channel: {values}"),
    ("channel", "=", True): N_("channel: not {values}"),
    ("owner", "=", False): N_("responsible: {values}"),
    ("owner", "=", True): N_("responsible: not {values}"),
    ("due", "=", False): N_("due on {values}"),
    ("due", "=", True): N_("not due on {values}"),
    ("due", "<", False): N_("due before {values}"),
    ("due", "<=", False): N_("due by {values}"),
    ("due", ">", False): N_("due after {values}"),
    ("due", ">=", False): N_("due from {values} on"),
    ("late", "=", False): N_("days late: exactly {values}"),
    ("late", "=", True): N_("days late: not {values}"),
    ("late", "<", False): N_("days late: under {values}"),
    ("late", "<=", False): N_("days late: {values} at most"),
    ("late", ">", False): N_("days late: over {values}"),
    ("late", ">=", False): N_("days late: {values} or more"),
    ("last", "=", False): N_("days since the last contact: exactly {values}"),
    ("last", "=", True): N_("days since the last contact: not {values}"),
    ("last", "<", False): N_("days since the last contact: under {values}"),
    ("last", "<=", False): N_("days since the last contact: {values} at most"),
    ("last", ">", False): N_("days since the last contact: over {values}"),
    ("last", ">=", False): N_("days since the last contact: {values} or more"),
    ("quote", "=", False): N_("a quote is open"),
    ("quote", "=", True): N_("no quote is open"),
    ("sample", "=", False): N_("a sample waits for feedback"),
    ("sample", "=", True): N_("no sample waits for feedback"),
    ("no", "=", False): N_("no next step"),
    ("no", "=", True): N_("a next step is set"),
    ("is", "=", False): N_("only {values}"),
    ("is", "=", True): N_("not {values}"),
}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_CONDITIONS: Mapping[str, str] = {
    "archived": N_("archived customers"),
    "lost": N_("lost customers"),
    "paused": N_("paused customers"),
    "overdue": N_("overdue customers"),
    "risk": N_("customers at risk"),
}


def describe(query: Query) -> tuple[Message, ...]:
    """What the search means, one phrase for each term; codes stand in it under the name of their vocabulary."""
    return tuple(_sentence(term) for term in query.terms)


def _sentence(term: Term) -> Message:
    op, negated = term.op, term.negated
    if negated and op in _OPPOSITE:
        op, negated = _OPPOSITE[op], False
    values = [_shown(term.field, value) for value in term.values]
    either = values[0]
    for value in values[1:]:
        either = Message(N_("{first} or {second}"), {"first": either, "second": value})
    return Message(_SENTENCES[term.field, op, negated], {"values": either})


def _shown(field: str, value: Value) -> object:
    """A value as a message carries it: codes under their vocabulary's name, so that they are put into words."""
    if field == "is":
        return Message(_CONDITIONS[str(value)])
    return Message(f"{{{field}}}", {field: value}) if field in ("temperature", "stage", "channel", "country") else value


def complete(line: str, cursor: int) -> Typing:
    """What is being typed at `cursor`: a tag, a value of a field, a field's name (any plain letters), or a word."""
    if cursor > LONGEST_LINE:
        return Typing("word", "", cursor)
    typed = fold_width(line[:cursor])
    token = next((found for found in re.finditer(_TOKEN, typed) if found.end() == len(typed)), None)
    if token is None:
        return Typing("field", "", len(typed))
    body, start = token["body"], token.start("body")
    named = re.fullmatch(_FIELD, body, re.S)
    field = FIELD_NAMED.get(fold(named["name"])) if named else None
    if body[0] == "#":
        kind, start = "tag", start + 1 + max(body.rfind("#"), body.rfind(","))
    elif named and field:
        kind, start = field.name, start + named.start("value") + _last_value(field, named["value"])
    else:
        kind = "field" if re.fullmatch(r"[^\W\d_]+", body) else "word"
    return Typing(kind, typed[start:], start)


def _last_value(field: SearchField, value: str) -> int:
    """Where the value being typed starts: behind the comparison or the last comma, and behind a quotation mark."""
    compared = re.match(_COMPARISON, value) if field.compare else None
    start = compared.end() if compared else value.rfind(",") + 1
    return start + value.startswith('"', start)
