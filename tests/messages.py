"""The sentences of the program and their translations: collect, compare, compile.

python -m tests.messages              list what a language has no words for yet, and what nobody says any more
python -m tests.messages --compile    write each language's crm.mo from the .po files beside it

A further language is one file: `tui_crm/locale/<code>/crm.po`, in the form of the Chinese ones; a message that is not in it
is shown in English.
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

from tui_crm.code_words import WORDS
from tui_crm.languages import LOCALE

PACKAGE = Path(__file__).parent.parent / "tui_crm"
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

Key = tuple[str, str | None]
"""A message and its context."""


def said() -> dict[Key, str]:
    """Every message the program can say, with a place where it does."""
    found: dict[Key, str] = {}
    for file, line, message, _comments, context in extract_from_dir(
        str(PACKAGE), method_map=[("**.py", "python")], keywords=_KEYWORDS
    ):
        text = message if isinstance(message, str) else message[0]
        if file != "code_words.py":  # those are looked up with their vocabulary as context
            found.setdefault((text, context), f"{file}:{line}")
    for vocabulary, shown in WORDS.items():
        found |= {(word, vocabulary): f"code_words.py: {vocabulary}" for word in shown.values()}
    return found


def folders(locale: Path = LOCALE) -> list[Path]:
    """The folder of each language."""
    return sorted(file for file in locale.iterdir() if any(file.glob("*.po")))


def translated(folder: Path) -> Catalog:
    """The catalogue of a language."""
    always = datetime(2026, 1, 1, tzinfo=UTC)  # the compiled file must not depend on the day it is made
    catalog = Catalog(locale=folder.name, charset="utf-8", creation_date=always, revision_date=always)
    for file in sorted(folder.glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale=folder.name):
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
    needed = said()
    for folder in folders():
        catalog = translated(folder)
        if "--compile" in sys.argv:
            (folder / "crm.mo").write_bytes(compiled(catalog))
            continue
        known = set(keys(catalog))
        for key in needed.keys() - known:
            print(f"{folder.name}: missing", needed[key], key)
        for key in known - needed.keys():
            print(f"{folder.name}: unused", key)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
