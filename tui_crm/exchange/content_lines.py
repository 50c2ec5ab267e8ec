"""Content lines, of which vCards and calendars are made: `NAME;PARAMETER=value:text`, folded, ended by CR LF."""

from __future__ import annotations

import re

_WIDEST = 75
"""Octets of a line without its end."""
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_NEEDS_ESCAPE = re.compile(r"[\\;,\n]")
_NEEDS_QUOTES = re.compile(r"[:;,]")


def escaped(text: str) -> str:
    """Text as the value of a line: line breaks as \\n, the signs that part values taken literally, nothing that steers."""
    plain = harmless(text)
    return _NEEDS_ESCAPE.sub(lambda match: _ESCAPES[match[0]], plain) if _NEEDS_ESCAPE.search(plain) else plain


def harmless(text: str) -> str:
    """Text without what nobody sees and a program may obey."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def quoted(value: str) -> str:
    """The value of a parameter."""
    value = harmless(value).replace('"', "'").replace("\n", " ")
    return f'"{value}"' if _NEEDS_QUOTES.search(value) else value


def folded(line: str) -> bytes:
    """A content line as it stands in a file: at most 75 octets in a row, no character torn apart."""
    octets = line.encode("utf-8")
    if len(octets) <= _WIDEST:
        return octets + b"\r\n"
    parts, at, room = [], 0, _WIDEST
    while len(octets) - at > room:
        end = at + room
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        parts.append(octets[at:end])
        at, room = end, _WIDEST - 1  # the blank before what goes on counts too
    return b"\r\n ".join([*parts, octets[at:]]) + b"\r\n"
