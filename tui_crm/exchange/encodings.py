"""How the letters of a text file are coded: found from the bytes, since no delimited file says it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from tui_crm.domain.messages import N_, Message

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Where the everyday characters of each Chinese coding lie (lead bytes, with the trail bytes): punctuation and the
# first level of characters. Nine of ten characters of a real text are there; letters misread as Chinese are not.
_EVERYDAY = {
    "gb18030": (((0xA1, 0xA9), (0xB0, 0xD7)), 0xA1),
    "cp950": (((0xA1, 0xA3), (0xA4, 0xC6)), 0x40),
}
_SURE = 0.7
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the coding it was read with, and a doubt worth telling the user."""

    text: str
    encoding: str
    doubt: Message | None = None


def decode(data: bytes) -> Decoded:
    """Read bytes as text. Never fails: where nothing fits, Western letters are assumed and the doubt says so."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace").removeprefix("\ufeff"), encoding)
    if wide := _unmarked_utf16(data):
        return Decoded(data.decode(wide, "replace"), wide)
    return decode_lines(data)


def decode_lines(data: bytes) -> Decoded:
    """Like `decode` for bytes that are known to be no UTF-16: as many lines come out as went in."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _mostly_utf8(data) or _chinese(data) or _western(data)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 betrays itself by zero bytes on one side of its ASCII characters. A few alone are only stray: where all the
    rest is UTF-8, one in eight has to be zero."""
    sample = data[: _SAMPLE // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high <= 4 * low or high * 50 < len(sample) or (high * 8 < len(sample) and _fits(data, "utf-8")):
            continue
        if any(mark in sample.decode(encoding, "replace") for mark in ",;\t|\n"):
            return encoding
    return None


def _mostly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with some lines in another coding (files glued together, or one damaged byte): line by line."""
    lines = data.split(b"\n")
    foreign = [number for number, line in enumerate(lines) if not line.isascii()]
    strange = [number for number in foreign if not _fits(lines[number], "utf-8")]
    if len(strange) * 2 > len(foreign):
        return None
    fallback = "gb18030" if all(_fits(lines[number], "gb18030") for number in strange) else "cp1252"
    odd = set(strange)
    text = "\n".join(
        line.decode(fallback if number in odd else "utf-8", "replace") for number, line in enumerate(lines)
    )
    doubt = Message(
        N_(
            "Lines coded unlike the rest, {count} in all, the first being line {line}, were read as {encoding}; look at them."
        ),
        {"count": len(strange), "line": strange[0] + 1, "encoding": fallback},
    )
    return Decoded(text, "utf-8", doubt)


def _chinese(data: bytes) -> Decoded | None:
    scores = {encoding: _everyday_share(data, encoding) for encoding in _EVERYDAY if _fits(data, encoding)}
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None or scores[best] < _SURE:
        return None
    return Decoded(data.decode(best), best, None if best == "gb18030" else _guessed(best))


def _western(data: bytes) -> Decoded:
    return Decoded(data.decode("cp1252", "replace"), "cp1252", _guessed("cp1252"))


def _guessed(encoding: str) -> Message:
    return Message(
        N_("The letters were read as {encoding}. If names look wrong, save the file as UTF-8 and import it again."),
        {"encoding": encoding},
    )


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _everyday_share(data: bytes, encoding: str) -> float:
    """Of the characters beyond ASCII, the share that everyday text is made of."""
    leads, first_trail = _EVERYDAY[encoding]
    foreign = [char.encode(encoding, "replace") for char in data[:_SAMPLE].decode(encoding, "ignore") if char > "\x7f"]
    rare = sum(len(code) == 4 for code in foreign)  # four bytes that fit are no accident: each counts twice
    everyday = sum(
        len(code) == 2 and code[1] >= first_trail and any(low <= code[0] <= high for low, high in leads)
        for code in foreign
    )
    return (everyday + 2 * rare) / (len(foreign) + rare) if foreign else 0.0
