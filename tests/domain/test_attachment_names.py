"""Names of files: what they look like is what they are, on every system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screen import is_harmless
from tui_crm.domain.attachments import is_program, safe_name


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Quotation 2026.pdf", "Quotation 2026.pdf"),
        ("报价。最终.pdf", "报价。最终.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x", "x"),
        ("C:\\dir\\x.txt", "x.txt"),
        ("CON.txt", "_CON.txt"),
        ("nul .txt", "_nul.txt"),
        ("COM¹.txt", "_COM¹.txt"),
        ("a\x00.txt", "a_.txt"),
        ("-rf", "rf"),
        (".bashrc", "bashrc"),
        ("x\u202etxt.exe", "x_txt.exe"),
        ("x․exe", "x.exe"),
        ("x.pdf          .exe", "x.pdf.exe"),
        ("x.exe. .", "x.exe"),
        ("x.txt:evil.exe", "x.txt_evil.exe"),
        ("a\ud800b.pdf", "a_b.pdf"),
        ("...", "file"),
        ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(name: str, stored: str) -> None:
    assert safe_name(name) == stored


@given(st.text())
def test_a_safe_name_stays_and_fits_every_system(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert safe and len(safe.encode()) <= 255
    assert is_harmless(safe)
    assert not set(safe) & set('/\\:*?"<>|') and safe[0] not in ".-" and safe[-1] not in ". "


@pytest.mark.parametrize(
    "name",
    ["x.exe", "X.BAT", "x.sh", "x.desktop", "x.pdf.lnk", "x.ехе", "x.ｅｘｅ", "x․exe", "x\u202efdp.exe", "x.js "],
)
def test_a_program_is_known_by_what_its_ending_looks_like(name: str) -> None:
    assert is_program(name)


@pytest.mark.parametrize("name", ["x.pdf", "x.xlsx", "exe", "x.exe.pdf", "图纸.dwg", "x"])
def test_a_document_is_no_program(name: str) -> None:
    assert not is_program(name)
