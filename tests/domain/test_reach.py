"""Only what is safe to hand to a mail program, a browser or a chat passes, and nothing people noted is lost."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.messages import Problem
from tui_crm.domain.reach import (
    KINDS,
    check_email,
    check_linkedin,
    check_phone,
    check_reach,
    check_url,
    check_whatsapp,
    classify,
    domain_of,
    is_free_mail,
    phone_digits,
    split_reaches,
)

PHONES = Path(__file__).parents[2] / "../shared/data/5_names_addr_phone/phone/phone_examples_all_regions.csv"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a@b.com", "a@b.com"),
        (" Jonas.Clark@X.Example ", "jonas.clark@x.example"),
        ("jonas＠x。example", "jonas@x.example"),
        ("mailto:a@b.com", "a@b.com"),
        ("Jonas Clark <jonas@x.example>", "jonas@x.example"),
        ("o'neil+crm@my-firm.co.uk", "o'neil+crm@my-firm.co.uk"),
        ("jeff@臺網中心.tw", "jeff@臺網中心.tw"),
        ("юзер@екзампл.ком", "юзер@екзампл.ком"),
    ],
)
def test_an_email_address_is_taken(typed: str, stored: str) -> None:
    assert check_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a@b.com?bcc=x@evil.com",
        "a@b.com?subject=hi",
        "a@b.com\r\nBcc: x",
        "a@b.com\nx",
        "a@b.com\x00",
        "a%0Abcc:x@b.com",
        "a@b",
        "@b.com",
        "a..b@c.com",
        ".a@c.com",
        "a@-b.com",
        "a@b..com",
        "a@[127.0.0.1]",
        "a@1.2",
        '"a b"@c.com',
        "a b@c.com",
        "＠@x.com",
        "x" * 65 + "@b.com",
    ],
)
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    with pytest.raises(Problem, match="no e-mail address"):
        check_email(typed)


@pytest.mark.parametrize("typed", ["a@b.com,evil@x.com", "a@b.com; c@d.com", "a@b.com c@d.com", "a@b.com，c@d.com"])
def test_several_addresses_are_not_one(typed: str) -> None:
    with pytest.raises(Problem, match="more than one"):
        check_email(typed)


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("+81 6 5550 104", "", "+81 6 5550 104"),
        ("＋４９ ３０ ５５５０６１３", "", "+49 30 5550613"),
        ("0049 30 555 06", "", "+49 30 555 06"),
        ("00 49 30 555 06", "", "+49 30 555 06"),
        ("+49 (0)30 555 06", "", "+49 30 555 06"),
        ("(+49) 30 555 06", "", "+49 30 555 06"),
        ("tel:+49-30-55506", "", "+49-30-55506"),
        ("\u202a+49 170 1234567\u202c", "", "+49 170 1234567"),
        ("030 555 06", "DE", "+49 30 555 06"),
        ("(030) 555 06", "DE", "+49 (30) 555 06"),
        ("49 30 5550613", "DE", "+49 30 5550613"),
        ("13800138000", "CN", "+86 13800138000"),
        ("8613800138000", "CN", "+8613800138000"),
        ("9198765432", "IN", "+91 9198765432"),
        ("011 4321 5678", "IT", "+39 011 4321 5678"),
        ("8 495 555 2261", "RU", "+7 495 555 2261"),
        ("06 1 555 1234", "HU", "+36 1 555 1234"),
        ("(415) 293-3313", "US", "+1 (415) 293-3313"),
        ("1-955-371-0847 x371", "US", "+1-955-371-0847 ext 371"),
        ("733-1234", "AS", "+1684 733-1234"),
        ("+49 30 5550613转8001", "", "+49 30 5550613 ext 8001"),
        ("+1 213 555 0303 Ext. 5", "", "+1 213 555 0303 ext 5"),
        ("030 55506", "", "030 55506"),
        ("٠٣٠٥٥٥٠٦", "", "03055506"),
    ],
)
def test_a_phone_number_is_taken(typed: str, country: str, stored: str) -> None:
    assert check_phone(typed, country) == stored
    assert check_phone(stored, country) == stored


@pytest.mark.parametrize("typed", ["", "123", "+49?text=hi", "1-800-FLOWERS", "+1+2 345678", "1" * 16, "ext 5"])
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(Problem, match="phone number"):
        check_phone(typed)


@pytest.mark.skipif(not PHONES.exists(), reason="the shared phone examples are not beside the checkout")
def test_phones_of_every_region() -> None:
    with PHONES.open(encoding="utf-8") as rows:
        examples = [row for row in csv.DictReader(rows) if row["region"] not in ("AC", "TA")]
    national = [row for row in examples if row["type"] != "tollfree"]
    assert [row for row in examples if phone_digits(check_phone(row["international"])) != row["e164"][1:]] == []
    wrong = [row for row in national if phone_digits(check_phone(row["national"], row["region"])) != row["e164"][1:]]
    # Argentina moves a 9 in and a 15 out for mobiles: nobody expects that of a text field.
    assert {row["region"] for row in wrong} <= {"AR"}


def test_digits_alone() -> None:
    assert phone_digits("+49 (0)30 555-06 ext 5") == "493055506"
    assert phone_digits("0049 30 55506") == "493055506"
    assert phone_digits("none") == ""


@pytest.mark.parametrize("typed", ["+86 138 0013 8000 ext 5", "+49?text=hi", "13800138000"])
def test_a_chat_link_needs_the_plain_international_number(typed: str) -> None:
    with pytest.raises(Problem):
        check_whatsapp(typed)
    assert check_whatsapp("138 0013 8000", "CN") == "+86 138 0013 8000"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("acme.com", "https://acme.com"),
        ("www.Acme.com/About", "https://www.acme.com/About"),
        ("HTTP://Acme.COM/", "http://acme.com"),
        ("ｗｗｗ．acme。com", "https://www.acme.com"),
        ("acme.com:8080/x?y=1#z", "https://acme.com:8080/x?y=1#z"),
        ("münchen.de", "https://münchen.de"),
    ],
)
def test_a_web_address_is_taken(typed: str, stored: str) -> None:
    assert check_url(typed) == stored
    assert check_url(stored) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "acme",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.com",
        "//evil.com",
        "https://good.com@evil.com",
        "https://good.com\\@evil.com",
        "https://a.com/\x1b]8;;x",
        "https://a.com/ x",
        "https://a.com/\nx",
        'https://a.com/"onclick',
        "http://127.0.0.1",
        "http://localhost",
        "http://a.com:99999",
        "http://[::1]/",
        "http://[",
    ],
)
def test_what_must_not_be_opened_is_refused(typed: str) -> None:
    with pytest.raises(Problem, match="no web address"):
        check_url(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://de.linkedin.com/in/jonas-clark/?trk=x", "https://www.linkedin.com/in/jonas-clark"),
        ("linkedin.com/company/acme", "https://www.linkedin.com/company/acme"),
        ("in/jonas-clark", "https://www.linkedin.com/in/jonas-clark"),
        ("jonas-clark", "https://www.linkedin.com/in/jonas-clark"),
    ],
)
def test_a_linkedin_page_is_taken(typed: str, stored: str) -> None:
    assert check_linkedin(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "Jonas Clark", "https://linkedin.com.evil.com/in/x", "https://evil.com/in/x", "linkedin.com"]
)
def test_other_pages_are_not_linkedin(typed: str) -> None:
    with pytest.raises(Problem, match="no LinkedIn page"):
        check_linkedin(typed)


@pytest.mark.parametrize(
    ("cell", "reach"),
    [
        ("jonas@x.example", ("email", "jonas@x.example")),
        ("邮箱：jonas@x.example", ("email", "jonas@x.example")),
        ("+81 6 5550 104", ("phone", "+81 6 5550 104")),
        ("WhatsApp: +86 138 0013 8000", ("whatsapp", "+86 138 0013 8000")),
        ("+86 138 0013 8000 (WhatsApp)", ("whatsapp", "+86 138 0013 8000")),
        ("https://wa.me/8613800138000?text=hi", ("whatsapp", "+8613800138000")),
        ("微信：abc_123", ("wechat", "abc_123")),
        ("微信abc_123", ("wechat", "abc_123")),
        ("wxid_abc123", ("wechat", "wxid_abc123")),
        ("WeChat jonas88", ("wechat", "jonas88")),
        ("Skype: live:.cid.1", ("skype", "live:.cid.1")),
        ("linkedin.com/in/jo", ("linkedin", "https://www.linkedin.com/in/jo")),
        ("领英: in/jonas", ("linkedin", "https://www.linkedin.com/in/jonas")),
        ("www.acme.com", ("website", "https://www.acme.com")),
        ("官网 acme.de", ("website", "https://acme.de")),
        ("T: +49 30 555 06", ("phone", "+49 30 555 06")),
        ("QQ: 12345678", ("other", "QQ: 12345678")),
        ("联系方式：jonas@x.example", ("email", "jonas@x.example")),
        ("见名片", None),
        ("jonas.clark", None),
        ("2026-11-05", None),
        ("5000", None),
        ("phone him tomorrow", None),
        ("", None),
    ],
)
def test_what_one_cell_value_is(cell: str, reach: tuple[str, str] | None) -> None:
    assert classify(cell) == reach


@pytest.mark.parametrize(
    ("cell", "reaches"),
    [
        ("jonas@x.example；+81 6 5550 104", [("email", "jonas@x.example"), ("phone", "+81 6 5550 104")]),
        ("jonas@x.example +81 6 5550 104", [("email", "jonas@x.example"), ("phone", "+81 6 5550 104")]),
        ("a@x.com / b@y.com", [("email", "a@x.com"), ("email", "b@y.com")]),
        ("a@x.com/b@y.com", [("email", "a@x.com"), ("email", "b@y.com")]),
        ("a@x.com\na@x.com", [("email", "a@x.com")]),
        ("Tel: +49 30 55506 Email: a@b.de", [("phone", "+49 30 55506"), ("email", "a@b.de")]),
        ("电话 / 微信：+86 13800138000", [("phone", "+86 13800138000"), ("wechat", "+86 13800138000")]),
        ("13800138000（微信同号）", [("phone", "13800138000"), ("wechat", "13800138000")]),
        ("Jonas: +49 170 1234567", [("phone", "+49 170 1234567"), ("other", "Jonas")]),
        ("见名片", [("other", "见名片")]),
        ("-", []),
        ("N/A", []),
        ("无", []),
        ("", []),
    ],
)
def test_one_cell_holds_several_addresses(cell: str, reaches: list[tuple[str, str]]) -> None:
    assert split_reaches(cell) == reaches


def test_the_country_completes_a_number_in_a_cell() -> None:
    assert split_reaches("手机 138 0013 8000", "CN") == [("phone", "+86 138 0013 8000")]
    assert classify("030 55506 12", "DE") == ("phone", "+49 30 55506 12")


@given(
    st.text(
        st.one_of(
            st.sampled_from("@.:/+() -,;0123456789abwxW微信电话：\n\x1b\u202a"),
            st.characters(exclude_categories=["Cs"]),
        )
    )
)
def test_whatever_a_cell_holds_is_read_into_known_kinds(cell: str) -> None:
    for kind, value in split_reaches(cell):
        assert kind in KINDS and value
        assert check_reach(kind, value) == value


@pytest.mark.parametrize("kind", ["wechat", "skype", "other"])
def test_a_handle_has_bounds(kind: str) -> None:
    assert check_reach(kind, " jonas\u200b88 ") == "jonas88"
    with pytest.raises(Problem, match="at most"):
        check_reach(kind, "x" * 201)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("Jonas@Acme.Example", "acme.example"),
        ("https://www.Acme.com:8080/x", "acme.com"),
        ("acme.com/x", "acme.com"),
        ("a@b", ""),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_the_domain_of_an_address(address: str, domain: str) -> None:
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    ("domain", "free"),
    [
        ("gmail.com", True),
        ("QQ.com", True),
        ("yahoo.co.uk", True),
        ("outlook.de", True),
        ("acme.com", False),
        ("live.acme.com", False),
    ],
)
def test_free_mail_names_no_company(domain: str, free: bool) -> None:
    assert is_free_mail(domain) is free
