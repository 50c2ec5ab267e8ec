"""Which languages the program speaks: English, and one for each folder of `locale` that holds a compiled catalogue."""

from __future__ import annotations

from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


def languages(locale: Path = LOCALE) -> tuple[str, ...]:
    """The codes of the languages, English first: `en`, `zh_CN` …"""
    return ("en", *sorted(file.parent.name for file in locale.glob("*/crm.mo")))
