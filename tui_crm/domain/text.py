"""Text from outside: made harmless on the way in and on the way to a terminal, and folded for comparing.

Three promises: nothing that came from data can steer a terminal, invisible characters never make two names out of
one, and what was typed in full-width form is read as its ASCII twin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from tui_crm.domain.messages import N_, Problem

REPLACEMENT = "\ufffd"

# What a terminal would obey or a reader could not see turn the line around: C0, DEL, C1, line and paragraph
# separators, bidi embeddings/overrides/isolates, byte-order mark, annotation and tag characters, lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# The same, and all that nobody sees (`_INVISIBLE`, wherever it stands).
_NOT_SHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# JSON escapes C0 by itself; these would act on a terminal, or vanish there.
_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# C0 has its own small pictures (␀ … ␛ … ␟ and ␡); white space among it becomes a blank; the rest becomes �.
_SHOWN: Mapping[str, str] = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys("\t\n\v\f\r", " "),
    "\x7f": "\u2421",
}
_SHOWN_IN_LINES: Mapping[str, str] = {**_SHOWN, "\n": "\n"}

# The classes below are compiled when first met (and kept by `re`): they take milliseconds that no start should pay.

# All but the everyday characters of names and notes, which are in normal form, visible and join with nothing.
_UNUSUAL = (
    "[^ -~\u00a1-\u00ac\u00ae-\u02ff\u0388-\u03ff\u0400-\u0482\u048a-\u052f\u0620-\u064a\u2010-\u2016\u2018-\u2027"
    "\u20ac\u2190-\u21ff\u3001-\u3020\u3041-\u3096\u30a1-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")

_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
# Persian and the Indic scripts spell with the joiners, so there they are letters, not noise.
_SCRIPTS_WITH_JOINERS = "\u0620-\u06ff\u0750-\u077f\u0900-\u0dff"
_INVISIBLE = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u3164\uffa0]"
    f"|(?<![{_SCRIPTS_WITH_JOINERS}])\u200c"
    f"|(?<![{_SCRIPTS_WITH_JOINERS}{_EMOJI}\ufe0f])\u200d"
    f"|(?<=[{_EMOJI}\ufe0f])\u200d(?![{_EMOJI}])"
)

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u0900-\u0903"
    "\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
# Four marks on one letter are more than any living script writes; hundreds paint over the lines above.
_TOO_MANY_MARKS = f"([{_MARKS}]{{4}})[{_MARKS}]+"

_FULL_WIDTH = {
    **{0xFF01 + offset: 0x21 + offset for offset in range(0x5E)},
    **str.maketrans("\u3000。、“”‘’￥", " .,\"\"''¥"),
}


def clean(text: str, *, lines: bool = False) -> str:
    """Return `text` as it may be stored: normal form, visible, harmless; cleaning again changes nothing.

    Line breaks become blanks, unless `lines` keeps them (as \\n). Raises Problem where half a character (a lone
    surrogate) shows that the text was damaged before it came here.
    """
    if (text.isascii() and text.isprintable()) or re.search(_UNUSUAL, text) is None:
        return text.strip()
    if half := _SURROGATE.search(text):
        raise Problem(
            N_("Character {position} of this text is broken. Delete it and type it again."),
            position=half.start() + 1,
        )
    shown = _SHOWN_IN_LINES if lines else _SHOWN
    # To a fixed point: what is dropped can bring together a letter and a mark, or two halves of an emoji.
    while (tidied := _tidy(text, shown)) != text:
        text = tidied
    return text


def _tidy(text: str, shown: Mapping[str, str]) -> str:
    text = _replace_unsafe(text.replace("\r\n", "\n").replace("\r", "\n"), shown)
    text = unicodedata.normalize("NFC", re.sub(_INVISIBLE, "", text))
    return re.sub(_TOO_MANY_MARKS, r"\1", text).strip()


def _replace_unsafe(text: str, shown: Mapping[str, str]) -> str:
    return _UNSAFE.sub(lambda match: shown.get(match[0], REPLACEMENT), text)


def visible(text: str, *, lines: bool = False) -> str:
    """Return `text` fit for one line of a terminal, whatever it holds: as long as before, nothing in it that nobody sees, and
    never an error. `lines` keeps line breaks."""
    if (text.isascii() and text.isprintable()) or _NOT_SHOWN.search(text) is None:
        return text
    return re.sub(_INVISIBLE, REPLACEMENT, harmless(text, lines=lines))


def harmless(text: str, *, lines: bool = False) -> str:
    """The same for what was typed to be looked for: what nobody sees stays, for it is passed over in comparing."""
    if text.isprintable() or _UNSAFE.search(text) is None:
        return text
    return _replace_unsafe(text, _SHOWN_IN_LINES if lines else _SHOWN)


def without_unseen(text: str) -> str:
    """`text` without the characters that nobody sees and that take no room."""
    return re.sub(_INVISIBLE, "", text)


def escaped(json: str) -> str:
    """JSON text in which whatever is not `visible` is written as \\uXXXX: the same values, and nothing a terminal obeys."""
    return json if _HIDDEN.search(json) is None else _HIDDEN.sub(_as_units, json)


def _as_units(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def fold_width(text: str) -> str:
    """Return `text` with full-width marks, letters and digits as ASCII, one for one, so that offsets stay valid."""
    return text if text.isascii() else text.translate(_FULL_WIDTH)


# Letters that have no accent to take off, yet are written without it abroad; and signs that are no part of a name.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n", "ə": "e", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("™℠", "")
)


# Marks on letters, format characters nobody sees, and the two letters that fill an empty place in Korean.
_NOT_COMPARED = frozenset({"Mn", "Mc", "Me", "Cf"})
_FILLERS = "\u115f\u1160"


class _Folding(dict[int, str]):
    """Code point to folded letters, worked out once for each character met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if "\u3041" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3":  # taking these apart would change the sound
            folded = char
        else:
            plain = unicodedata.normalize("NFKD", char.casefold().translate(_PLAIN_LETTERS)).casefold()
            folded = "".join(
                part for part in plain if unicodedata.category(part) not in _NOT_COMPARED and part not in _FILLERS
            )
        self[code] = folded
        return folded


_FOLDING = _Folding()
_NOT_LETTERS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return `text` for comparing: lower case, plain width, no accents, no invisible characters."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def squash(text: str) -> str:
    """Return only the folded letters and digits of `text`: equal for names that differ in spelling habits alone."""
    return _NOT_LETTERS.sub("", fold(text))
