"""vCards that go out: what a phone gets, and that reading them back loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screen import HOSTILE
from tui_crm.domain.values import Contact, Customer, Reach
from tui_crm.exchange.content_lines import escaped, folded
from tui_crm.exchange.vcards import read_vcards
from tui_crm.exchange.vcards_out import cards, name_parts

ANNA = Contact(
    "Anna Schmidt", "Head of Purchasing; EMEA, Asia",
    (
        Reach("email", "anna@firma.example"), Reach("phone", "+49 170 1234567 ext 5"), Reach("whatsapp", "+49 171 7654321"),
        Reach("wechat", "anna_s"), Reach("linkedin", "https://www.linkedin.com/in/anna"), Reach("other", "fax 123"),
    ),
    True, uid="0123456789abcdef",
)  # fmt: skip
FIRMA = Customer(
    "Müller, Söhne & Co; KG", "DE", "Köln", website="https://firma.example", remarks="zahlt spät\\immer; 付款慢",
    tags=("price, low", "展会"), contacts=(ANNA,), uid="fedcba9876543210",
)  # fmt: skip


def lines(customer: Customer) -> list[str]:
    (card,) = cards(customer, datetime(2026, 11, 18, 4, tzinfo=UTC))
    return card.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_person_becomes_a_card_that_phones_understand() -> None:
    card = lines(FIRMA)
    assert card[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert card[-2:] == ["REV:20261118T040000Z", "END:VCARD"]
    assert {
        "UID:0123456789abcdef", "FN:Anna Schmidt", "N:Schmidt;Anna;;;", r"ORG:Müller\, Söhne & Co\; KG",
        r"TITLE:Head of Purchasing\; EMEA\, Asia", 'TEL;VALUE=uri;TYPE="work,voice":tel:+49-170-1234567;ext=5',
        'TEL;VALUE=uri;TYPE="cell,x-whatsapp":tel:+49-171-7654321',
        "IMPP;X-SERVICE-TYPE=WhatsApp:https://wa.me/491717654321", "IMPP;X-SERVICE-TYPE=WeChat:weixin:anna_s",
        r"CATEGORIES:price\, low,展会", "ADR;TYPE=work:;;;Köln;;;Germany", r"NOTE:zahlt spät\\immer\; 付款慢\nfax 123",
    } <= set(card)  # fmt: skip


def test_a_company_of_which_nobody_is_known_has_a_card_of_its_own() -> None:
    card = lines(Customer("Acme", "US", uid="fedcba9876543210"))
    assert {"KIND:org", "UID:fedcba9876543210", "FN:Acme", "ORG:Acme"} <= set(card)


def test_reading_the_cards_back_loses_nothing() -> None:
    table = read_vcards(b"".join(cards(FIRMA)), "cards", "cards.vcf")
    said = {str(cell) for cell in table.rows[1].cells if cell}
    assert {
        "Müller, Söhne & Co; KG", "Anna Schmidt", "Head of Purchasing; EMEA, Asia", "anna@firma.example", "anna_s",
        "https://www.linkedin.com/in/anna", "https://firma.example", "Germany", "Köln", "price, low\n展会",
        "zahlt spät\\immer; 付款慢\nfax 123",
    } <= said  # fmt: skip
    digits = {"".join(filter(str.isdigit, text)) for text in said}
    assert {"4917012345675", "491717654321"} <= digits


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王小明", ("王", "小明")),
        ("欧阳娜", ("欧阳", "娜")),
        ("Anna van der Berg", ("van der Berg", "Anna")),
        ("Schmidt, Anna", ("Schmidt", "Anna")),
        ("Jack", ("", "Jack")),
        ("", ("", "")),
    ],
)
def test_family_names_are_told_apart(name: str, parts: tuple[str, str]) -> None:
    assert name_parts(name) == parts


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(HOSTILE))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    octets = folded(f"NOTE:{escaped(text)}")
    physical = octets.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert all(line.startswith(b" ") for line in physical[1:])
    for line in physical:
        line.decode()  # no character is torn apart
    logical = octets.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode()
    assert "\n" not in logical
    assert "\r" not in logical
    assert "\x1b" not in logical
