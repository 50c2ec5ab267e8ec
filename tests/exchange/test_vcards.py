"""Address books as vCards, of every version and from every program."""

from __future__ import annotations

import quopri
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.exchange.sheets import DATA, only, plan, told
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Reach
from tui_crm.exchange.tables import Table, read_tables

CARDS = sorted((DATA / "3_vcards").rglob("*.vcf"))
PHONES = ("Mobile", "Work phone", "Phone", "Home phone", "Pager number")


def read(tmp_path: Path, *lines: str | bytes, end: bytes = b"\r\n") -> Table:
    """The table of a file of these lines."""
    file = tmp_path / "book.vcf"
    file.write_bytes(end.join(line.encode() if isinstance(line, str) else line for line in lines) + end)
    (table,) = read_tables(file)
    return table


def card(*lines: str | bytes) -> tuple[str | bytes, ...]:
    return ("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD")


def cells(table: Table, *headers: str) -> list[list[object]]:
    """For each card what stands under these headers."""
    head, *rows = table.rows
    return [
        [cell for header, cell in zip(head.cells, row.cells, strict=False) if header in headers and cell is not None]
        for row in rows
    ]


class TestRealAddressBooks:
    """Held against what a few regular expressions find in the same bytes."""

    @pytest.mark.skipif(not CARDS, reason="needs the shared data beside the checkout")
    @pytest.mark.parametrize("file", CARDS, ids=lambda file: file.stem)
    def test_every_name_address_and_number_is_read(self, file: Path) -> None:
        (table,) = read_tables(file)
        expected = [self.values(raw) for raw in self.cards(file.read_bytes())]
        names, emails = cells(table, "Full name"), cells(table, "Email")
        faxes = [
            [str(cell)[5:] for cell in row if str(cell).startswith("Fax: ")] for row in cells(table, "Contact details")
        ]
        numbers = [[*row, *fax] for row, fax in zip(cells(table, *PHONES), faxes, strict=True)]
        assert len(table.rows) - 1 == len(expected)
        for at, card in enumerate(expected):
            assert Counter(emails[at]) == Counter(card["EMAIL"])
            assert Counter(numbers[at]) == Counter(card["TEL"])
            assert names[at] == card["FN"][:1]

    def cards(self, data: bytes) -> list[bytes]:
        if data.startswith(b"\xff\xfe"):
            data = data.decode("utf-16").encode()
        data = re.sub(rb"\r*\n", b"\n", data)
        return re.findall(rb"BEGIN:VCARD\n(.*?)\nEND:VCARD", data, re.DOTALL | re.IGNORECASE)

    def values(self, raw: bytes) -> dict[str, list[str]]:
        raw = re.sub(rb"=\n", b"", raw) if b"QUOTED-PRINTABLE" in raw else raw
        raw = re.sub(rb"\n[ \t]", b"", raw)
        found: dict[str, list[str]] = {"EMAIL": [], "TEL": [], "FN": []}
        for name, parameters, value in re.findall(rb"(?m)^(?:item\d+\.|X-MS-)?(EMAIL|TEL|FN)(;[^:]*)?:(.*)$", raw):
            data = quopri.decodestring(value) if b"QUOTED" in parameters else value
            text = self.decoded(data, "gb18030" if b"GB" in parameters else "utf-8").strip()
            text = re.sub(r"\\(.)", r"\1", text).replace(";ext=", " ext ")
            if text.startswith("tel:"):
                text = text[4:].replace("-", " ")
            if text:
                found[name.decode()].append(text)
        return found

    def decoded(self, data: bytes, charset: str) -> str:
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            return data.decode("gb18030")


def test_a_card_becomes_a_customer_with_a_contact(tmp_path: Path) -> None:
    made = plan(
        read(
            tmp_path,
            *card(
                "N:Schmidt;Anna;;Dr.;",
                "FN:Dr. Anna Schmidt",
                "ORG:Nord GmbH;Purchasing",
                "TITLE:Buyer",
                "EMAIL;TYPE=WORK:anna@nord.example",
                "TEL;TYPE=CELL;waid=491701234567:+49 170 1234567",
                "TEL;TYPE=WORK,FAX:+49 40 123459",
                "X-WECHAT:anna_nord",
                "IMPP;X-SERVICE-TYPE=Skype:skype:anna.nord",
                "URL:https://nord.example",
                "X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/anna",
                "ADR;TYPE=WORK:;;Hafenstr. 1;Hamburg;;20457;Germany",
                "BDAY:19800402",
                "CATEGORIES:VIP,Canton Fair",
                "NOTE:asked for MOQ\\nlikes tea",
                "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
                " SkZJRg==",
            ),
        )
    )
    customer = only(made).customer
    (anna,) = customer.contacts
    assert (customer.name, customer.country, customer.city, customer.website) == ("Nord GmbH", "DE", "Hamburg", "https://nord.example")  # fmt: skip
    assert (customer.tags, customer.remarks) == (("VIP", "Canton Fair"), "asked for MOQ\nlikes tea")
    assert (customer.custom["Department"], customer.custom["Birthday"]) == ("Purchasing", "1980-04-02")
    assert (anna.name, anna.position) == ("Dr. Anna Schmidt", "Buyer")
    assert set(anna.reaches) == {
        Reach("email", "anna@nord.example"),
        Reach("phone", "+49 170 1234567"),
        Reach("whatsapp", "+491701234567"),
        Reach("wechat", "anna_nord"),
        Reach("skype", "anna.nord"),
        Reach("linkedin", "https://www.linkedin.com/in/anna"),
        Reach("other", "Fax: +49 40 123459"),
    }
    assert "Pictures, sounds and keys in the cards were left out, 1 in all." in told(made)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:张;伟;;;",), "张伟"),
        (("N:Kovács;Zoë;;;",), "Zoë Kovács"),
        (("FN:Joe", "N:Roe;Joe;;;"), "Joe"),
        (("TEL:+49 170 1234567",), "+49 170 1234567"),
        (("item1.EMAIL:a@b.example", "NICKNAME:Bo"), "Bo"),
        ((b"FN;CHARSET=GBK:\xd5\xc5\xce\xb0",), "张伟"),
        ((b"FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=BC=", b"=A0=E4=BC=9F"), "张伟"),
        ((b"FN:\xe5\xbc", b" \xa0\xe4\xbc\x9f"), "张伟"),
        ((b'FN;X-\xff=1;LABEL="a:b;c":Joe',), "Joe"),
    ],
)
def test_the_name_is_read(tmp_path: Path, lines: tuple[str | bytes, ...], name: str) -> None:
    assert cells(read(tmp_path, *card(*lines)), "Full name") == [[name]]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r", b"\r\r\n"])
def test_any_end_of_line_will_do(tmp_path: Path, end: bytes) -> None:
    table = read(tmp_path, *card("FN:Anna", "NOTE:a long", "  note"), *card("FN:Bo"), end=end)
    assert cells(table, "Full name", "Remarks") == [["Anna", "a long note"], ["Bo"]]


def test_a_card_without_an_end_and_one_inside_another(tmp_path: Path) -> None:
    table = read(
        tmp_path, "BEGIN:VCARD", "FN:Anna", *card("FN:Bo", "AGENT:", *card("FN:Cy", "TEL:+49 30 1"), "TEL:+49 40 123456"),
        *card("FN:Di", "AGENT:BEGIN:VCARD\\nFN:Ed\\nEND:VCARD"),
    )  # fmt: skip
    assert cells(table, "Full name", "Phone", "Agent") == [
        ["Anna"],
        ["Bo", "+49 40 123456", "Cy, +49 30 1"],
        ["Di", "Ed"],
    ]
    assert ["no end" in str(note.message) for note in table.notes] == [True]


def test_nothing_is_lost_without_a_word(tmp_path: Path) -> None:
    table = read(
        tmp_path, "stray line", *card("FN:Anna", "item1.X-ABDATE:2020-05-01", "item1.X-ABLabel:_$!<First met>!$_", "UID:77",
        "item2.TEL:+49 40 123456", "item2.X-ABLabel:Warehouse", "X-SHOE-SIZE:44", "X-AIM:anna@aol.example", "BROKEN LINE"),
        *card("FN:Friends", "KIND:group"), *card("UID:78"),
    )  # fmt: skip
    (row,) = cells(table, *(str(cell) for cell in table.rows[0].cells))
    assert set(row) == {
        "Anna", "2020-05-01", "+49 40 123456", "Warehouse: +49 40 123456", "44", "anna@aol.example\nBROKEN LINE",
    }  # fmt: skip
    notes = [str(note.message) for note in table.notes]
    for word in ("UID", "Lines outside any card", "list of other cards", "says nothing"):
        assert any(word in note for note in notes)
    (anna,) = only(plan(table)).customer.contacts
    assert all(reach.kind == "phone" for reach in anna.reaches)


def test_a_hostile_book_is_read_or_refused(tmp_path: Path) -> None:
    many = (f"X-P{number}:{number}" for number in range(2000))
    table = read(tmp_path, *card("FN:A\x1b[2J", *many, "AGENT:" + "BEGIN:VCARD\\n" * 50))
    assert len(table.rows[0].cells) == 512
    assert cells(table, "Full name") == [["A␛[2J"]]
    assert "P1999: 1999" in str(cells(table, "Remarks"))
    (tmp_path / "empty.vcf").write_text("no cards here")
    with pytest.raises(Problem, match="no vCards"):
        read_tables(tmp_path / "empty.vcf")
