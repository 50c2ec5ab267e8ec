"""The quick-log line: a note with marks in it, read as one log entry.

`>` next date and action · `#` tag (`-#` takes it off) · `@` channel · `!` temperature · `=` stage · `$` what was traded, as in
`trade_lines`; everything else is the note. A mark counts at the start of the line and after white space, a comma, a semicolon,
Chinese punctuation or a CJK character, so `a@b.com`, `C#` and `x>y` stay text; full-width marks mean the same. The words after
`>` and `=lost` reach to the next mark. What cannot be read stays in the note and is pointed out: nothing is dropped.

A note that begins with a parcel, a PI and its sum, or an Incoterm and its price records that too; its words stay in the note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from .dates import FoundDate, Look, leading_date
from .messages import N_, Message, Problem
from .text import fold_width
from .trade_checks import is_known
from .trade_lines import Reading, kind_of, leading_record, told_record
from .trade_links import with_record
from .values import Trade
from .vocabulary import CHANNEL, STAGE, STAGE_ALIASES, TEMPERATURE, Vocabulary

MOST_RECORDS = 20
"""Marks for trade that are read in one line; reading one costs up to a few milliseconds."""
LONGEST_TAG = 40
"""Characters of a tag; more is a sentence that happens to follow a `#`."""

_CJK = "\u2e80-\u2fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE_PUNCTUATION = "\u3001-\u303f！（），：；？“”‘’…—·"
_WORD = r"[^\x00-\x20\x7f-\xa0,;:!?()\[\]{}<>#@$=\"…《》「」【】]+"
_MARK = rf"(?<![^\s,;{_CJK}{_CHINESE_PUNCTUATION}])(?:[-－][#＃]|[>#@!=$＞＃＠！＝＄])"
_BEGINS = {"#": rf"{_WORD.removesuffix('+')}{{0,{LONGEST_TAG}}}?[^\W\d_]", ">": "", "$": ""}
_BEGINS_OTHERWISE = r"[^\s0-9]"
"""What stands right behind a sign that is a mark, for all but a few: `5000 pcs @ 0.86` and `DHL #562729` are text."""
_SEPARATORS = " \t\r\n\u3000,;:，；：、"
_LONGEST_DATE = 80
_GLUED_STAGES = tuple(word for code in ("lost", "paused") for word in STAGE_ALIASES[code] if not word.isascii())


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of the typed line and what they were read as.

    `kind` is note, next, tag, channel, temperature, stage, trade, told (a record whose words stay in the note) or problem (a
    mark that stays in the note).
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a typed line says. None and empty mean that the line says nothing about it.

    `no_next_reason` is the reason given for having no next step; `spans` are in order and cover all but white space.
    """

    note: str
    channel: str | None = None
    tags: tuple[str, ...] = ()
    untag: tuple[str, ...] = ()
    temperature: str | None = None
    stage: str | None = None
    lost_reason: str = ""
    paused_until: date | None = None
    next_on: date | None = None
    next_action: str = ""
    no_next_reason: str | None = None
    records: tuple[Reading, ...] = ()
    spans: tuple[Span, ...] = ()
    findings: tuple[Message, ...] = ()


class _Line(NamedTuple):
    """The line as typed and with its width folded, character for character, and what reading it depends on."""

    typed: str
    plain: str
    today: date
    currency: str
    trade: Trade


class _Read(NamedTuple):
    """What a mark says: the entry's fields it sets and where its words end. Without fields it stays in the note."""

    end: int
    fields: Mapping[str, Any]
    finding: Message | None = None


_Reader = Callable[[_Line, int, int], _Read | None]
"""Reads the words of a mark, from just behind it up to the next mark; None where it is no mark but plain text."""


def parse_line(line: str, today: date, currency: str = "USD", trade: Trade | None = None) -> Entry:
    """Read a typed line. `currency` is that of a sum that names none; what is in the customer's `trade` already is not read
    as a record again. Any text can be read, in linear time."""
    text = _Line(line, fold_width(line), today, currency, trade or Trade())
    spans: list[Span] = []
    findings: list[Message] = []
    fields: dict[str, Any] = {}
    several: dict[str, dict[Any, None]] = {"tags": {}, "untag": {}, "records": {}}
    for span, read in _readings(text):
        spans.append(span)
        findings += [read.finding] if read.finding else []
        for name, value in read.fields.items():
            if name in several:
                several[name].setdefault(value)
            else:
                fields[name] = value
    fields |= {name: tuple(values) for name, values in several.items()}
    understood = [span for span in spans if span.kind not in ("problem", "told")]
    note = " ".join(line[start:end] for start, end in _between(line, understood))
    spans += [Span(start, end, "note") for start, end in _between(line, spans)]
    return Entry(
        note,
        spans=tuple(sorted(spans, key=lambda span: span.start)),
        findings=tuple(findings),
        **fields,
    )


def _readings(text: _Line) -> Iterator[tuple[Span, _Read]]:
    """Every mark that is one, in order. Only tags and records of different kinds may come twice; a second channel, stage …
    stays in the note."""
    seen: set[str] = set()
    marks = list(_marks(text))
    stops = [mark.start() for mark in marks] + [len(text.typed)]
    for span, told in _told(text, stops[0]):
        text = _after(text, told)
        yield span, told
    done = tried = 0
    for mark, stop in zip(marks, stops[1:], strict=True):
        if mark.start() < done:  # a dollar sign inside a record
            continue
        kind, reader = _READERS[fold_width(mark[0])]
        once = "" if kind == "tag" else kind_of(text.typed[mark.end() : stop]) if kind == "trade" else kind
        tried += kind == "trade"
        too_many = kind == "trade" and tried > MOST_RECORDS
        read = None if once in seen or too_many else reader(text, mark.end(), stop)
        if too_many:
            read = _unread(
                text, mark.end(), stop, N_("“{text}” stays in the note: that is too much trade for one line.")
            )
        if once in seen and text.typed[mark.end() : stop].strip():
            read = _unread(text, mark.end(), stop, N_("“{text}” stays in the note: there is one “{mark}” already."))
        if read is None:
            continue
        if read.fields and once:
            seen.add(once)
        done, text = read.end, _after(text, read)
        yield Span(mark.start(), read.end, kind if read.fields else "problem"), read


def _marks(text: _Line, start: int = 0) -> Iterator[re.Match[str]]:
    """The signs from `start` on that may be marks by what stands around them."""
    for mark in re.compile(_MARK).finditer(text.typed, start):
        begins = _BEGINS.get(text.plain[mark.end() - 1], _BEGINS_OTHERWISE)
        if re.compile(begins).match(text.plain, mark.end()):
            yield mark


def _told(text: _Line, stop: int) -> Iterator[tuple[Span, _Read]]:
    """The record that the note begins with so plainly that it needs no mark; its words stay in the note."""
    start = len(text.typed[:stop]) - len(text.typed[:stop].lstrip())
    found = told_record(text.typed[start:stop], text.today, text.currency)
    if found and not is_known(text.trade, found.record):
        yield Span(start, start + found.length, "told"), _Read(start + found.length, {"records": found})


def _after(text: _Line, read: _Read) -> _Line:
    """The line with a record that it says counted among those known."""
    said = read.fields.get("records")
    return text._replace(trade=with_record(text.trade, said.record)) if said else text


def _read(text: _Line, end: int, stop: int, fields: Mapping[str, Any], finding: Message | None = None) -> _Read:
    """A mark understood up to `end`; the comma that parts it from what follows goes with it."""
    while end < stop and text.typed[end] in _SEPARATORS:
        end += 1
    while text.typed[end - 1].isspace():
        end -= 1
    return _Read(end, fields, finding)


def _unread(text: _Line, start: int, stop: int, template: str, **values: object) -> _Read:
    """A mark that stays in the note, and why. `template` may use `{text}`, mark and first word, and `{mark}`."""
    word = re.compile(r"\s{0,3}\S{0,30}").match(text.typed, start, stop)
    end = word.end() if word else start
    values |= {"text": text.typed[start - 1 : end], "mark": text.plain[start - 1]}
    return _Read(end, {}, Message(template, values))


def _tag(text: _Line, start: int, stop: int, name: str = "tags") -> _Read | None:
    """A tag holds a letter: `#562729` is a parcel or an invoice."""
    word = _word(text, start, stop)
    if not re.search(r"[^\W\d_]", word):
        return None
    if len(word) > LONGEST_TAG:
        return _unread(text, start, stop, N_("“{text}…” is too long for a tag and stays in the note."))
    return _read(text, start + len(word), stop, {name: word})


def _untag(text: _Line, start: int, stop: int) -> _Read | None:
    return _tag(text, start, stop, "untag")


def _channel(text: _Line, start: int, stop: int) -> _Read | None:
    if not _word(text, start, stop):
        return None
    code, end = _known(text, start, stop, CHANNEL)
    if code is None:
        return _unread(
            text, start, stop, N_("“{text}” is no channel and stays in the note. Write @email, @phone, @wa or @wechat.")
        )
    return _read(text, end, stop, {"channel": code})


def _temperature(text: _Line, start: int, stop: int) -> _Read | None:
    """Behind a letter of Chinese text an exclamation mark that names no temperature is only that."""
    if not _word(text, start, stop):
        return None
    code, end = _known(text, start, stop, TEMPERATURE)
    if code is not None:
        return _read(text, end, stop, {"temperature": code})
    if start > 1 and not text.typed[start - 2].isspace():
        return None
    return _unread(
        text,
        start,
        stop,
        N_("“{text}” is no temperature and stays in the note. Write !hot, !potential, !cold, !existing or !sample."),
    )


def _stage(text: _Line, start: int, stop: int) -> _Read | None:
    if not _word(text, start, stop):
        return None
    code, end = _known(text, start, stop, STAGE)
    if code is None:
        glued = next((word for word in _GLUED_STAGES if text.plain.startswith(word, start, stop)), "")
        code, end = STAGE.find(glued), start + len(glued)
    if code is None:
        return _unread(
            text,
            start,
            stop,
            N_("“{text}” is no stage and stays in the note. Write =quoted, =ordered, =lost why, =paused 2w …"),
        )
    after = _AFTER_STAGE.get(code)
    return after(text, end, stop) if after else _read(text, end, stop, {"stage": code})


def _lost(text: _Line, end: int, stop: int) -> _Read:
    reason = text.typed[end:stop].strip(_SEPARATORS)
    if not reason:
        finding = Message(N_("Say why the customer is lost: =lost price too high"))
        return _read(text, end, stop, {"stage": "lost"}, finding)
    return _read(text, stop, stop, {"stage": "lost", "lost_reason": reason})


def _paused(text: _Line, end: int, stop: int) -> _Read:
    start = _skip(text, end, stop)
    until_word = re.compile(r"(?:until|till|到|至)\s*", re.I).match(text.plain, start, stop)
    start = until_word.end() if until_word else start
    until = _date_at(text, start, stop)
    if until is None or until.day <= text.today:
        return _read(text, end, stop, {"stage": "paused"})
    return _read(text, start + until.length, stop, {"stage": "paused", "paused_until": until.day})


def _next(text: _Line, start: int, stop: int) -> _Read | None:
    """`>3d send sample`, or `>none` with the reason for having no next step."""
    start_of_words = _skip(text, start, stop)
    if start_of_words == stop:
        return None
    none = re.compile(r"(?:none|无)(?=[\s,:]|$)", re.I).match(text.plain, start_of_words, stop)
    if none:
        return _no_next(text, start, none.end(), stop)
    found = _date_at(text, start_of_words, stop)
    if found is None:
        return _unread(
            text,
            start,
            stop,
            N_("“{text}” is no date and stays in the note. Write >3d, >fri or >5/6, then what to do."),
        )
    if found.day < text.today:
        return _unread(text, start, stop, N_("“{text}” has passed and stays in the note. Write a date from today on."))
    action = text.typed[start_of_words + found.length : stop].strip(_SEPARATORS)
    return _read(text, stop, stop, {"next_on": found.day, "next_action": action})


def _no_next(text: _Line, start: int, end: int, stop: int) -> _Read:
    reason = text.typed[end:stop].strip(_SEPARATORS)
    if not reason:
        return _unread(text, start, stop, N_("Say why nothing comes next: >none waits for the new budget"))
    return _read(text, stop, stop, {"no_next_reason": reason})


def _trade(text: _Line, start: int, stop: int) -> _Read | None:
    """Words behind the last term of a record are the note's again."""
    at = _skip(text, start, stop)
    if at == stop:
        return None
    problem: Problem | None = None
    for end in (stop, _behind_dollars(text, stop)):
        try:
            found = leading_record(text.typed[at:end], text.today, text.currency)
        except Problem as refused:
            problem = problem or refused
            continue
        if is_known(text.trade, found.record):
            return _unread(text, start, stop, N_("“{text}” stays in the note: it is in the book already."))
        return _read(text, at + found.length, end, {"records": found})
    assert problem
    return _unread(text, start, stop, N_("“{text}” stays in the note. {why}"), why=problem.message)


def _behind_dollars(text: _Line, stop: int) -> int:
    """Where the words of a `$` end if the one at `stop` stands before a sum of theirs: `$paid $1290 deposit`."""
    if not re.match(r"\$[0-9]", text.plain[stop : stop + 2]):
        return stop
    return next((mark.start() for mark in _marks(text, stop + 1)), len(text.typed))


_READERS: Mapping[str, tuple[str, _Reader]] = {
    ">": ("next", _next),
    "#": ("tag", _tag),
    "-#": ("tag", _untag),
    "@": ("channel", _channel),
    "!": ("temperature", _temperature),
    "=": ("stage", _stage),
    "$": ("trade", _trade),
}
_AFTER_STAGE: Mapping[str, Callable[[_Line, int, int], _Read]] = {"lost": _lost, "paused": _paused}


def _skip(text: _Line, start: int, stop: int) -> int:
    """Where the first character behind white space and separators stands."""
    while start < stop and (text.typed[start].isspace() or text.typed[start] in _SEPARATORS):
        start += 1
    return start


def _date_at(text: _Line, start: int, stop: int) -> FoundDate | None:
    """The coming date that the words at `start` begin with."""
    return leading_date(text.plain[start : min(stop, start + _LONGEST_DATE)], text.today, Look.FORWARD)


def _word(text: _Line, start: int, stop: int) -> str:
    """The word at `start`, in ASCII width and without the punctuation that ends it; empty without one."""
    found = re.compile(_WORD).match(text.plain, start, stop)
    return found[0].rstrip(".'’/&*~-") if found else ""


def _known(text: _Line, start: int, stop: int, words: Vocabulary) -> tuple[str | None, int]:
    """The code that the one to three words at `start` mean, the longest that means one, and where they end."""
    end = start
    found: tuple[str | None, int] = (None, start)
    for _ in range(3):
        word = _word(text, end, stop)
        end += len(word)
        code = words.find(text.plain[start:end])
        found = (code, end) if word and code else found
        if text.plain[end : end + 1] != " ":
            break
        end += 1
    return found


def _between(line: str, spans: list[Span]) -> Iterator[tuple[int, int]]:
    """The stretches of `line` outside `spans` (which are in order), trimmed, without the empty ones."""
    gaps = zip([0, *(span.end for span in spans)], [*(span.start for span in spans), len(line)], strict=True)
    for start, end in gaps:
        piece = line[start:end]
        if words := piece.strip():
            start += len(piece) - len(piece.lstrip())
            yield start, start + len(words)
