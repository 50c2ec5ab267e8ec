"""What can be a passphrase, and what is said of a weak one."""

from __future__ import annotations

import re

from .messages import N_, Message, Problem

LEAST = 8
"""Characters a passphrase has at least."""
_GOOD = 14
_RAW_KEY = re.compile(r"x'.*'", re.I | re.S)


def check(passphrase: str) -> None:
    """Raise Problem for what cannot be a passphrase, or could not be typed again."""
    if len(passphrase) < LEAST:
        raise Problem(N_("A passphrase has at least {least} characters. Nothing was changed."), least=LEAST)
    if not passphrase.isprintable():
        raise Problem(N_("A passphrase is one line of text without control characters. Nothing was changed."))
    if _RAW_KEY.fullmatch(passphrase):
        raise Problem(N_("x'…' is how tools write a key, so it cannot be a passphrase. Nothing was changed."))


def advice(passphrase: str) -> Message | None:
    """A sentence about a passphrase that is easily guessed."""
    if passphrase.isdecimal() or len(set(passphrase)) < LEAST // 2:
        return Message(
            N_("Digits or few different characters are quickly tried through. Several words are much better.")
        )
    if len(passphrase) < _GOOD and " " not in passphrase:
        return Message(
            N_("This is short. Four or five words that do not belong together are easier to keep, and far stronger.")
        )
    return None
