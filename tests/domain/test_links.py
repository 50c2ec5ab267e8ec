"""What opens an address: nothing but mail, phone and web, whatever is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.reach import KINDS, link


@pytest.mark.parametrize(
    ("kind", "value", "country", "opens"),
    [
        ("email", "a@b.com", "", "mailto:a@b.com"),
        ("email", "o'neil+crm&x/y#z@my.co.uk", "", "mailto:o%27neil%2Bcrm%26x%2Fy%23z@my.co.uk"),
        ("phone", "+49 40 123-456 ext 371", "", "tel:+4940123456;ext=371"),
        ("phone", "040 123456", "DE", "tel:+4940123456"),
        ("whatsapp", "+86 138 0013 8000", "", "https://wa.me/8613800138000"),
        ("linkedin", "https://www.linkedin.com/in/anna", "", "https://www.linkedin.com/in/anna"),
        ("website", "http://x.com/a?b=1", "", "https://x.com/a?b=1"),
        ("website", "https://x.com:8443/p", "", "https://x.com:8443/p"),
    ],
)
def test_an_address_becomes_a_link(kind: str, value: str, country: str, opens: str) -> None:
    assert link(kind, value, country) == opens


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("wechat", "anna"),
        ("skype", "live:anna"),
        ("other", "https://x.com"),
        ("email", "a@b.com?bcc=x@evil.com"),
        ("email", "a@b.com\r\nBcc: x"),
        ("email", "a@b.com,evil@x.com"),
        ("whatsapp", "+86 138 0013 8000 ext 5"),
        ("whatsapp", "+49?text=hi"),
        ("whatsapp", "138 0013 8000"),
        ("phone", "--help"),
        ("website", "javascript:alert(1)"),
        ("website", "file:///etc/passwd"),
        ("website", "http://x.com:8080/"),
        ("website", "-x.com"),
        ("website", "https://x.com/\nhttps://evil"),
        ("website", "https://user@evil.com"),
        ("linkedin", "https://linkedin.com.evil.com/in/x"),
    ],
)
def test_what_must_not_be_opened_has_no_link(kind: str, value: str) -> None:
    assert link(kind, value) is None


@given(st.sampled_from(KINDS), st.text(max_size=30))
def test_a_link_is_one_word_of_a_known_scheme(kind: str, value: str) -> None:
    opens = link(kind, value)
    if opens is not None:
        assert opens.startswith(("mailto:", "tel:", "https://"))
        assert opens.isprintable()
        assert not any(char.isspace() for char in opens)
