"""The sentences of the program and their translations: collect, compare, compile.

python -m tests.messages              list what has no Chinese yet, and what nobody says any more
python -m tests.messages --compile    write tui_crm/locale/zh_CN/crm.mo from the .po file beside it
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tui_crm.i18n import WORDS

PACKAGE = Path(__file__).parent.parent / "tui_crm"
CHINESE = PACKAGE / "locale" / "zh_CN"
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

Key = tuple[str, str | None]
"""A message and its context."""


def said() -> dict[Key, str]:
    """Every message the program can say, with a place where it does."""
    found: dict[Key, str] = {}
    words = {word for vocabulary in WORDS.values() for word in vocabulary.values()}
    for file, line, message, _comments, context in extract_from_dir(
        str(PACKAGE), method_map=[("**.py", "python")], keywords=_KEYWORDS
    ):
        text = message if isinstance(message, str) else message[0]
        if file != "i18n.py" or text not in words:  # those are looked up with their vocabulary as context
            found.setdefault((text, context), f"{file}:{line}")
    for vocabulary, shown in WORDS.items():
        found |= {(word, vocabulary): f"i18n.py: {vocabulary}" for word in shown.values()}
    return found


def translated() -> Catalog:
    """The Chinese catalogue."""
    always = datetime(2026, 1, 1, tzinfo=UTC)  # the compiled file must not depend on the day it is made
    catalog = Catalog(locale="zh_CN", charset="utf-8", creation_date=always, revision_date=always)
    for file in sorted(CHINESE.glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="zh_CN"):
                if message.id and message.string:
                    catalog.add(message.id, message.string, context=message.context)
    return catalog


def keys(catalog: Catalog) -> Iterator[Key]:
    """The messages that a catalogue translates."""
    for message in catalog:
        if message.id:
            yield (message.id if isinstance(message.id, str) else message.id[0]), message.context


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    """Compile, or list what is missing and what is unused."""
    catalog = translated()
    if "--compile" in sys.argv:
        (CHINESE / "crm.mo").write_bytes(compiled(catalog))
        return 0
    known, needed = set(keys(catalog)), said()
    for key in needed.keys() - known:
        print("missing", needed[key], key)
    for key in known - needed.keys():
        print("unused", key)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
