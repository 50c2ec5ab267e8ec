"""The lines of vCard files (2.1, 3.0, 4.0): unfolded, decoded, taken apart, whatever program wrote them.

Own code, since address books break the rules in ways that strict readers refuse: lines folded inside a character, letters of any
coding without a word about it, parameters without names, cards without an end.
"""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from tui_crm.domain.messages import Message

from .encodings import decode, decode_lines

_BEGIN, _END = b"BEGIN:VCARD", b"END:VCARD"
_NAMED = re.compile(rb"(?:[\w-]+\.)?[A-Za-z][\w-]*[;:]")
_PARAMETER = re.compile(r';((?:"[^"]*"|[^";:])*)')
_PARAMETERS = re.compile(rb'[\w.-]+((?:;(?:"[^"\n]*"|[^":;\n])*)*):')
_QUOTED = re.compile(rb"[;=]\s*QUOTED-PRINTABLE\b", re.IGNORECASE)
_BINARY = re.compile(rb"[;=]\s*(?:BASE64|B)\s*(?=[;:,])", re.IGNORECASE)
_CHARSET = re.compile(rb";\s*CHARSET\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_DEEPEST = 8

MOST_LINES = 2_000_000
"""Not counting those of pictures. An address book of 100,000 people has some 1,500,000."""


class Property(NamedTuple):
    """One line of a card: `TEL;TYPE=WORK,FAX:…` has the name TEL, the kinds work and fax, and a value still escaped.

    `group` ties a line to its label (`item1`); `others` are parameters besides TYPE, names in capitals.
    """

    line: int
    name: str
    value: str
    kinds: frozenset[str] = frozenset()
    others: Mapping[str, str] = MappingProxyType({})
    group: str = ""
    binary: bool = False

    @property
    def text(self) -> str:
        """The value as one text."""
        return unescaped(self.value).strip()

    @property
    def parts(self) -> list[str]:
        """The components of a structured value (N, ADR, ORG)."""
        return [unescaped(part).strip() for part in split_at(self.value, ";")]

    @property
    def items(self) -> list[str]:
        """The members of a list (CATEGORIES)."""
        return [item for part in split_at(self.value, ",") if (item := unescaped(part).strip())]


@dataclass(slots=True)
class Card:
    """One card: where it begins, its properties in order, cards inside it (AGENT); `ended` is False where END is missing."""

    line: int
    properties: list[Property] = field(default_factory=list)
    inner: list[Card] = field(default_factory=list)
    ended: bool = True


@dataclass(slots=True)
class Cards:
    """What a file holds. `stray` are its lines outside any card, with their numbers; `whole` is False for a file of more than
    `MOST_LINES`, of which nothing was read."""

    cards: list[Card]
    stray: list[tuple[int, str]]
    encoding: str
    doubt: Message | None
    whole: bool


def is_vcard(data: bytes) -> bool:
    """Whether a file begins like a vCard, in any coding."""
    head = data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[: len(_BEGIN)].upper() == _BEGIN


def read_cards(data: bytes) -> Cards:
    """Every card of a file. Never fails: what is no vCard at all has no cards, only stray lines."""
    whole = decode(data[:4096])
    if whole.encoding.startswith(("utf-16", "utf-32")):
        data = decode(data).text.encode("utf-8", "replace")
    lines = list(islice(_logical(data.removeprefix(codecs.BOM_UTF8)), MOST_LINES + 1))
    if len(lines) > MOST_LINES:
        return Cards([], [], whole.encoding, None, False)
    decoded = decode_lines(b"\n".join(line for _, line in lines))
    texts = decoded.text.split("\n")
    properties = (
        _property(number, line, text) for (number, line), text in zip(lines, texts, strict=True) if text.strip()
    )
    cards, stray = _gathered(properties)
    return Cards(cards, stray, decoded.encoding, decoded.doubt, True)


def inline_card(text: str) -> Card | None:
    """A card inside a value (`AGENT:BEGIN:VCARD\\nFN:…`), None where there is none."""
    found = read_cards(unescaped(text).encode("utf-8", "replace")).cards if is_vcard(text.encode()) else []
    return found[0] if found else None


def _logical(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines put together again from their pieces, as bytes since a fold may cut a character, with their first number."""
    held: list[bytes] = []
    first, soft, binary = 1, False, False
    for number, line in enumerate(re.split(rb"\r*\n|\r", data), 1):
        line = line.rstrip(b"\r")
        if soft:
            held[-1] = held[-1][:-1]
            held.append(line)
        elif held and line[:1] in (b" ", b"\t"):
            held += [] if binary else [line[1:]]
        elif held and binary and line and not _NAMED.match(line):
            continue  # a picture's lines need not be indented
        else:
            if held:
                yield first, b"".join(held)
            first, held = number, [line]
            head = line[:200].partition(b":")[0] + b":"
            quoted, binary = bool(_QUOTED.search(head)), bool(_BINARY.search(head))
        soft = quoted and line.endswith(b"=")
    if held:
        yield first, b"".join(held)


def _property(number: int, line: bytes, text: str) -> Property:
    head = _PARAMETERS.match(line)
    if head is None:
        bare = text.partition(":")
        return Property(number, bare[0].strip().upper() if bare[1] else "", bare[2] if bare[1] else text)
    length, value = head.end(), line[head.end() :]
    told = line[:length].decode("ascii") if line[:length].isascii() else decode(line[:length]).text
    before, _, parameters = told[:-1].partition(";")
    group, _, name = before.rpartition(".")
    if not parameters:
        return Property(number, name.upper(), text[len(told) :], group=group.casefold())
    charset = _CHARSET.search(line[:length])
    if _QUOTED.search(line[:length]):
        text = _decoded(quopri.decodestring(value), charset)
    elif charset and not value.isascii():
        text = _decoded(value, charset)
    else:
        text = text[len(told) :]
    kinds, others = _parameters(f";{parameters}")
    return Property(number, name.upper(), text, kinds, others, group.casefold(), bool(_BINARY.search(line[:length])))


def _decoded(data: bytes, charset: re.Match[bytes] | None) -> str:
    guessed = decode(data)
    if charset is None or guessed.encoding == "utf-8":
        return guessed.text
    name = charset[1].decode("ascii").casefold()
    try:
        return data.decode("gb18030" if name.startswith("gb") else name)
    except LookupError:
        return guessed.text
    except UnicodeDecodeError:
        return guessed.text if guessed.encoding == "gb18030" or name.endswith("ascii") else data.decode(name, "replace")


def _parameters(text: str) -> tuple[frozenset[str], dict[str, str]]:
    kinds: set[str] = set()
    others: dict[str, str] = {}
    for parameter in _PARAMETER.findall(text):
        name, equals, value = parameter.partition("=")
        value = value.strip().strip('"')
        if not equals:
            kinds.add(name.strip().casefold())
        elif name.strip().upper() == "TYPE":
            kinds.update(kind.strip().casefold() for kind in value.split(","))
        else:
            others[name.strip().upper()] = value
    return frozenset(kinds - {""}), others


def _gathered(properties: Iterator[Property]) -> tuple[list[Card], list[tuple[int, str]]]:
    """Put the lines into cards: one that begins inside another is inside only where an AGENT announced it."""
    cards: list[Card] = []
    stray: list[tuple[int, str]] = []
    open_cards: list[Card] = []
    announced = False
    for found in properties:
        value = found.value.strip().upper()
        if found.name == "BEGIN" and value == "VCARD":
            card = Card(found.line)
            if announced and len(open_cards) < _DEEPEST:
                open_cards[-1].inner.append(card)
            else:
                for unended in open_cards:
                    unended.ended = False
                open_cards.clear()
                cards.append(card)
            open_cards.append(card)
        elif found.name == "END" and value == "VCARD":
            if open_cards:
                open_cards.pop()
        elif open_cards:
            _put(open_cards[-1].properties, found)
        else:
            stray.append((found.line, ":".join(filter(None, (found.name, found.value)))))
        announced = found.name == "AGENT" and not found.value.strip()
    for unended in open_cards:
        unended.ended = False
    return cards, stray


def _put(properties: list[Property], found: Property) -> None:
    """Add a line; one without a name goes on with the text of the line before."""
    if found.name or not properties:
        properties.append(found)
    elif not properties[-1].binary:
        before = properties[-1]
        properties[-1] = before._replace(value=f"{before.value}\n{found.value}")


def split_at(value: str, mark: str) -> Sequence[str]:
    """The pieces of an escaped value between the marks that are not escaped."""
    return value.split(mark) if "\\" not in value else _split_slowly(value, mark)


def _split_slowly(value: str, mark: str) -> list[str]:
    pieces, start, escaped = [], 0, False
    for place, char in enumerate(value):
        if char == mark and not escaped:
            pieces.append(value[start:place])
            start = place + 1
        escaped = char == "\\" and not escaped
    return [*pieces, value[start:]]


def unescaped(value: str) -> str:
    r"""The text without its escapes: \n is a line break, a backslash before any other sign than a letter is dropped."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: _meant(found[1]), value)


def _meant(char: str) -> str:
    if char in "nN":
        return "\n"
    return f"\\{char}" if char.isalnum() else char
