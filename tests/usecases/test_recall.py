"""Everything that was put into a book is found again, whatever part of it is remembered."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.builders import a_customer, a_session, noon
from tui_crm.domain.names import sort_key
from tui_crm.domain.values import Contact, Reach
from tui_crm.usecases import finding, logging
from tui_crm.usecases.session import Session

FIRST = [
    "Müller",
    "Østergård",
    "Blue",
    "Harbor",
    "Kestrel",
    "Mueller",
    "Söhne",
    "Zephyr",
    "Ångström",
    "Straße",
    "Çelik",
    "Łódź",
]
CHINESE = ["深圳", "重庆", "华威", "长城", "绿源", "银行", "大众", "永盛", "万利", "朝阳", "乐天", "单县"]
PEOPLE = ("王小明", "Jürgen Groß", "Li Na", "单田芳", "Zoë Brontë", "曾国藩")
TAGS = ("价敏感", "high-potential", "谈判型", "VIP")
NOTES = (
    "付款方式 说好了",
    "发了提单 副本",
    "asked for the gearbox drawing",
    "muss noch prüfen",
    "样品 颜色偏深 重打",
    "relaunch in März",
)
SPELLED = {"ü": "ue", "ö": "oe", "Ø": "Oe", "ø": "oe", "å": "aa", "Å": "Aa", "ä": "ae"}
SOUNDS = {
    "深圳": "shenzhen", "重庆": "chongqing zhongqing", "华威": "huawei", "长城": "changcheng zhangcheng", "绿源": "lvyuan luyuan",
    "银行": "yinhang yinxing", "大众": "dazhong", "永盛": "yongsheng", "万利": "wanli", "朝阳": "chaoyang zhaoyang",
    "乐天": "letian yuetian", "单县": "shanxian danxian",
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Session, dict[int, list[str]]]:
    """A seeded book, and what each customer has to be found by."""
    rng, session = random.Random(5), a_session(tmp_path_factory.mktemp("book"))
    asked: dict[int, list[str]] = {}
    for number in range(40):
        chinese = number % 2
        parts = rng.sample(CHINESE if chinese else FIRST, 2)
        name = f"{''.join(parts)}有限公司" if chinese else f"{' '.join(parts)} GmbH"
        person, tag, note = rng.choice(PEOPLE), rng.choice(TAGS), rng.choice(NOTES)
        email = f"sales{number}@firm{number}.example"
        digits = f"{rng.randrange(10**9, 10**10)}"
        contact = Contact(
            person, reaches=(Reach("email", email), Reach("phone", f"+49 {digits[:3]} {digits[3:]}")), main=True
        )
        customer = a_customer(session, name=name, country="CN" if chinese else "DE", contacts=(contact,), tags=(tag,))
        logging.log(session, customer, note, noon(session.today))
        asked[customer] = [
            *(q for part in parts for q in (by_sound(part) if chinese else spelled(part))),
            *beginnings(name.split()[0]), person, *person.split(), email, *beginnings(f"firm{number}"), tag,
            digits, f"0{digits}", f"+49{digits}", f"0049{digits}", *(digits[-n:] for n in range(4, 10)),
            *note.split(), *(word[at : at + 2] for word in note.split() if word[0] >= "一" for at in range(len(word) - 1)),
            f"{parts[1]} {note.split()[-1]}", f"#{tag} {parts[0]}", f"{note.split()[0]} {person.split()[0]}",
        ]  # fmt: skip
    return session, asked


def beginnings(word: str) -> list[str]:
    return [word[:length] for length in range(1, len(word) + 1)]


def spelled(word: str) -> Iterator[str]:
    """As it is written, in capitals, without its accents, and with them spelled out."""
    yield from (word, word.upper(), sort_key(word), "".join(SPELLED.get(letter, letter) for letter in word))


def by_sound(word: str) -> Iterator[str]:
    yield from (word, *SOUNDS[word].split(), "".join(sound[0] for sound in (SOUNDS[word].split()[0],)))
    yield from beginnings(SOUNDS[word].split()[0])[2:]


def test_everything_is_found_by_any_part_of_it(book: tuple[Session, dict[int, list[str]]]) -> None:
    session, asked = book
    lines = {line for each in asked.values() for line in each}
    found = {line: {row.id for row in finding.find(session, line, None).rows} for line in lines}
    assert [(line, customer) for customer, each in asked.items() for line in each if customer not in found[line]] == []
    assert len(lines) > 500


def test_every_row_says_where_its_words_are(book: tuple[Session, dict[int, list[str]]]) -> None:
    session, asked = book
    for customer, lines in asked.items():
        for line in lines[::7]:
            result = finding.find(session, line)
            hits = result.places[customer]
            assert hits, line
            assert all(hit.text[a:b] for hit in hits for a, b in hit.spans), line


def test_a_page_and_the_whole_agree(book: tuple[Session, dict[int, list[str]]]) -> None:
    session, _asked = book
    for line in ("有限", "gm", "l", "-mueller", "t:potential", "", "1"):
        page, whole = finding.find(session, line, 7), finding.find(session, line, None)
        assert page.rows == whole.rows[:7]
        assert (page.count, page.exact, page.more) == (len(whole.rows), True, len(whole.rows) > 7)
        assert finding.count(session, line) == len(whole.rows)
