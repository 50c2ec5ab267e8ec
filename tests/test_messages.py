from __future__ import annotations

import string
from datetime import date
from pathlib import Path

import pytest

from tests.messages import Key, compiled, folders, keys, said, translated
from tui_crm import i18n
from tui_crm.domain.messages import Message
from tui_crm.languages import languages

CATALOGUES = {folder: translated(folder) for folder in folders()}


def test_every_sentence_has_its_translation_and_none_is_left_over() -> None:
    needed = set(said())
    for folder, catalogue in CATALOGUES.items():
        known = set(keys(catalogue))
        assert needed - known == set(), f"write these into {folder}"
        assert known - needed == set(), "nobody says these any more"


def test_the_compiled_catalogues_are_up_to_date() -> None:
    for folder, catalogue in CATALOGUES.items():
        assert (folder / "crm.mo").read_bytes() == compiled(catalogue), "run `make messages`"


def test_a_translation_has_the_same_places_as_the_english() -> None:
    for catalogue in CATALOGUES.values():
        for message in catalogue:
            english, translation = message.id, message.string
            if english and isinstance(english, str) and isinstance(translation, str):
                assert places(translation) == places(english), english


def test_a_further_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "de"
    folder.mkdir()
    (folder / "crm.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgctxt "language"\nmsgid "English"\nmsgstr "Deutsch"\n\n'
        'msgctxt "date"\nmsgid "{day} {month}"\nmsgstr "{day}. {month}"\n\nmsgid "Settings"\nmsgstr "Einstellungen"\n',
        encoding="utf-8",
    )
    (folder / "crm.mo").write_bytes(compiled(translated(folder)))
    monkeypatch.setattr(i18n, "LOCALE", tmp_path)
    monkeypatch.setattr(i18n, "LANGUAGES", languages(tmp_path))
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert i18n.system_language() == "de"
    assert i18n.language_name("de") == "Deutsch"
    try:
        i18n.use_language("de")
        assert i18n.next_language() == "en"
        assert (i18n._("Settings"), i18n._("Search")) == ("Einstellungen", "Search")
        assert i18n.month_day(date.today().replace(month=3, day=5)) == "5. Mar"
    finally:
        i18n.use_language("en")
        i18n._catalogue.cache_clear()


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_codes_among_the_values_are_put_into_words() -> None:
    i18n.use_language("zh_CN")
    try:
        assert i18n.tell(Message("temperature: {temperature}", {"temperature": "hot"})) == "温度：热"
        assert i18n.word("channel", "trade_show") == "展会"
        assert i18n.country_name("DE") == "德国"
    finally:
        i18n.use_language("en")


def test_nothing_unknown_breaks_a_display_word() -> None:
    key: Key = ("x", None)
    assert (i18n.word("stage", key[0]), i18n.country_name("ZZ"), i18n.country_name("")) == ("x", "ZZ", "")
