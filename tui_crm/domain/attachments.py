"""Names of files that people keep with a customer: made safe for every system, and recognised where they are programs."""

from __future__ import annotations

import re
import unicodedata

from .text import REPLACEMENT, clean

LARGEST = 50_000_000
"""Bytes a file may have."""
_LONGEST = 255
"""Bytes of a name, the least that a usual file system takes."""
_LONGEST_ENDING = 20

# What only looks like a dot, before which a reader sees the end of the name.
_DOTS = str.maketrans(dict.fromkeys("․‥．﹒", "."))
# What file systems refuse, what looks like a slash, and what `clean` puts in place of control characters.
_NOT_IN_NAMES = re.compile(rf'[<>:"|?*∕⁄╱⧸／＼\u2400-\u2421{REPLACEMENT}]')
_SURROGATES = re.compile("[\ud800-\udfff]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """The name of a file as it may be stored and given to a file on any system, read the same as before.

    Folders before it are cut off, on both slashes; what controls a terminal or turns the line around becomes _; what only
    looks like a dot becomes one, so that the ending shown is the ending it has. Never empty, at most 255 bytes.
    """
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    seen = clean(_SURROGATES.sub(REPLACEMENT, last)).translate(_DOTS)
    seen = " ".join(_NOT_IN_NAMES.sub("_", seen).split()).lstrip(".-~ ").rstrip(". ")
    stem, ending = split_ending(seen or "file")
    stem = stem.rstrip()
    stem = f"_{stem}" if _RESERVED.match(stem + ending) else stem
    return _cut(stem, _LONGEST - len(ending.encode())) + ending


def split_ending(name: str) -> tuple[str, str]:
    """A name without and with its ending (`.pdf`); a long or blank-holding one is part of the name."""
    stem, dot, ending = name.rpartition(".")
    if not stem or " " in ending or len(ending.encode()) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending


def _cut(text: str, most: int) -> str:
    """`text` in at most so many bytes, no character broken."""
    return text.encode()[:most].decode(errors="ignore").rstrip()


# Greek and Cyrillic letters that look like Latin ones: "report.ехе" is no .exe, yet whoever names it so means no good.
_LOOKALIKES = str.maketrans("асеіјорԛѕуԝхһԁⅼ∣αγικνορτυχ", "aceijopqsywxhdllaviknoptux")
_ENDINGS = """
acm action app appimage application appref-ms apk bash bat bin cab class cmd com command cpl csh deb desktop dll dmg elf exe
fish gadget hta inf ins ipa isp jar js jse ksh lnk mjs mpkg msc msh msi msp mst ocx out pif pkg pl ps1 ps2 psc1 py pyc pyw
rb reg rpm run scf scpt scr sct sh shb shs so sys terminal tool url vb vbe vbs webloc workflow ws wsc wsf wsh xpi zsh
"""
_PROGRAMS = frozenset(_ENDINGS.split())
"""Endings of what runs when it is opened."""


def is_program(name: str) -> bool:
    """Whether opening a file of this name would run it: by its ending, also one that only looks like that of a program."""
    ending = unicodedata.normalize("NFKC", split_ending(safe_name(name))[1].removeprefix(".")).casefold()
    return ending.translate(_LOOKALIKES) in _PROGRAMS
