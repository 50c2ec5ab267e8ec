"""How shells cut a line into words and write a word, as far as completion has to know."""

from __future__ import annotations

import re
from typing import NamedTuple


class Typed(NamedTuple):
    """A line up to the cursor: its words, the last of them still being typed; that one as it stands there, and the quote it is
    inside of, if any."""

    words: list[str]
    raw: str
    quote: str


def split(line: str) -> Typed:
    """Cut a line as a shell does. An empty last word follows a blank."""
    words, word, raw, quote, begun = list[str](), "", "", "", False
    chars = iter(line)
    for char in chars:
        if not quote and char in " \t\n":
            if begun:
                words.append(word)
            word, raw, begun = "", "", False
            continue
        begun, raw = True, raw + char
        if char == "\\" and quote != "'":
            following = next(chars, "")
            raw += following
            word += following if not quote or following in '"\\$`' else char + following
        elif char == quote:
            quote = ""
        elif not quote and char in "\"'":
            quote = char
        else:
            word += char
    return Typed([*words, word], raw, quote)


def for_bash(value: str, typed: Typed) -> str:
    """A value as bash puts it in the place of what is being typed: nothing in it is anything but text."""
    if typed.quote == "'":
        return value.replace("'", "'\\''")
    if typed.quote == '"':
        return re.sub(r'["\\$`]', r"\\\g<0>", value).replace("!", "\"'!'\"")  # which a backslash would not leave alone
    quoted = re.sub(r"[^\w@%+=:,./-]", r"\\\g<0>", value)
    before = max(typed.raw.rfind(":"), typed.raw.rfind("=")) + 1  # bash takes what follows for a word of its own
    return quoted[before:] if before and quoted.startswith(typed.raw[:before]) else quoted
