"""Nothing from outside may steer a terminal, hide in a name, or be lost without a sign."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.messages import Problem
from tui_crm.domain.text import clean, fold, fold_width, squash, visible

STRINGS = Path(__file__).parents[2] / "../shared/data/4_torture/strings"

# Any code point, the troublesome ones often.
trouble = st.sampled_from(
    "\x00\x07\x1b\x7f\x85\x9b\xad\u0301\u0308\u034f\u061c\u200b\u200c\u200d\u200e\u2028\u202e\u2066\u3099\u3164\ufe0f"
    "\ufeff\U000e0041\U000e0100\U0001d173👩💻🏳🌈☕é한が中ا\u0e31 \t\r\n"
)
any_text = st.text(st.one_of(trouble, st.characters(exclude_categories=["Cs"])))
broken_text = st.text(st.one_of(trouble, st.characters()))


@pytest.mark.parametrize(
    ("dirty", "stored"),
    [
        ("plain", "plain"),
        ("  padded\u3000", "padded"),
        ("\x1b[2J", "␛[2J"),
        ("\x1b]0;pwned\x07", "␛]0;pwned␇"),
        ("\x9b2J", "\ufffd2J"),
        ("\x9d0;x\x9c", "\ufffd0;x\ufffd"),
        ("a\x85b\x7f", "a\ufffdb␡"),
        ("a\x00b", "a␀b"),
        ("good\rEVIL", "good EVIL"),
        ("two\r\nlines\tand\va tab", "two lines and a tab"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("\u2066x\u2069", "\ufffdx\ufffd"),
        ("a\u2028b", "a\ufffdb"),
        ("\ufeffx", "\ufffdx"),
        ("\U000e0041", "\ufffd"),
        ("a\u200bb\u00adc\u3164d\u2060e\u200ef", "abcdef"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("👨\u200d👩\u200d👧\u200d👦", "👨\u200d👩\u200d👧\u200d👦"),
        ("🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"),
        ("a\u200db", "ab"),
        ("👩\u200d", "👩"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("[link=http://evil]y[/link]", "[link=http://evil]y[/link]"),
        ("深圳市华威科技，有限公司", "深圳市华威科技，有限公司"),
    ],
)
def test_what_is_stored(dirty: str, stored: str) -> None:
    assert clean(dirty) == stored


def test_line_breaks_are_kept_where_asked_for() -> None:
    assert clean("one\r\ntwo\rthree\n\x1b[2Jfour\n", lines=True) == "one\ntwo\nthree\n␛[2Jfour"


def test_at_most_four_marks_on_a_letter() -> None:
    stored = clean("x" + "\u0301" * 200)
    assert stored == "x" + "\u0301" * 4


def test_half_a_character_is_refused_with_its_place() -> None:
    with pytest.raises(Problem, match="Character 4 "):
        clean("abc\ud800x")


@given(any_text, st.booleans())
def test_clean_text_is_harmless_and_stays_as_it_is(text: str, lines: bool) -> None:
    stored = clean(text, lines=lines)
    allowed = "\n" if lines else ""
    assert not [
        char for char in stored if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") and char not in allowed
    ]
    assert unicodedata.is_normalized("NFC", stored)
    assert stored == stored.strip()
    assert clean(stored, lines=lines) == stored
    assert visible(stored.replace("\n", "")) == stored.replace("\n", "")


@given(broken_text)
def test_anything_at_all_can_be_shown_on_one_line(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not set(shown) & {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}
    shown.encode()


@given(broken_text)
def test_full_width_is_folded_one_for_one(text: str) -> None:
    assert len(fold_width(text)) == len(text)


def test_full_width_marks_read_as_ascii() -> None:
    assert fold_width("＃价敏感　＠微信！热＝报价，＞３天？：。、＄ＦＯＢ") == "#价敏感 @微信!热=报价,>3天?:.,$FOB"


@pytest.mark.parametrize(
    ("written", "twin"),
    [
        ("MÜLLER", "müller"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("ＡＢＣ１２", "abc12"),
        ("Ørsted", "orsted"),
        ("a\u200bb", "AB"),
        ("Ⅲ", "iii"),
        ("أحمد", "احمد"),
    ],
)
def test_spelling_habits_fold_away(written: str, twin: str) -> None:
    assert fold(written) == fold(twin)


def test_sounds_are_not_folded_away() -> None:
    assert fold("ガ") != fold("カ")
    assert fold("한") == "한"


def test_squash_leaves_letters_and_digits() -> None:
    assert squash(" St. John's & Co-op ™ No.7 ") == "stjohnscoopno7"


@pytest.mark.skipif(not STRINGS.exists(), reason="the shared collection of bad strings is not beside the checkout")
def test_the_big_list_of_naughty_strings() -> None:
    for naughty in json.loads((STRINGS / "blns.json").read_text(encoding="utf-8")):
        stored = clean(naughty)
        assert clean(stored) == stored
        assert visible(stored) == stored
