from __future__ import annotations

import string

import pytest

from tests.messages import CHINESE, Key, compiled, keys, said, translated
from tui_crm import i18n
from tui_crm.domain.messages import Message


def test_every_sentence_has_its_chinese_and_none_is_left_over() -> None:
    known, needed = set(keys(translated())), set(said())
    assert needed - known == set(), "write these into tui_crm/locale/zh_CN"
    assert known - needed == set(), "nobody says these any more"


def test_the_compiled_catalogue_is_up_to_date() -> None:
    assert (CHINESE / "crm.mo").read_bytes() == compiled(translated()), "run `make messages`"


@pytest.mark.parametrize("message", [m for m in translated() if m.id], ids=lambda m: str(m.id)[:40])
def test_a_translation_has_the_same_places_as_the_english(message: object) -> None:
    english, chinese = message.id, message.string  # type: ignore[attr-defined]
    if isinstance(english, str) and isinstance(chinese, str):
        assert places(chinese) == places(english)


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
