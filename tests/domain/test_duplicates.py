"""When two customers are probably one: a table of names, of evidence, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_crm.domain.candidates import by_name, pairs_of
from tui_crm.domain.duplicates import LIKELY, Surroundings, likeness, main_reason, score_by_name, worth_asking
from tui_crm.domain.name_likeness import overlap, read_name, usual_weight, weight
from tui_crm.domain.profiles import profile
from tui_crm.domain.values import Contact, Customer, Reach

SAME = [
    ("Acme Tools Co., Ltd", "ACME TOOLS GmbH"),
    ("Rossi Mario", "Mario Rossi S.r.l."),
    ("Thames & Tweed Homeware Ltd", "Thames and Tweed Homeware"),
    ("Intl. Paper", "International Paper"),
    ("Schmidt Werkzeuge", "Schmitt Werkzeuge GmbH"),
    ("Nordlicht Trinkkultur", "Nordlich Trinkkultur"),
    ("Bosch", "Bosh"),
    ("Müller Söhne", "Mueller Soehne KG"),
    ("Little Angels Day Care", "Little Angels Daycare"),
    ("Al Noor Trading LLC", "Al Noor General Trading Est."),
    ("深圳市大华进出口有限公司", "深圳大华进出口公司"),
    ("深圳市大华进出口有限公司", "Shenzhen Dahua Import & Export Co., Ltd."),
    ("义乌市鑫盛礼品厂", "义乌鑫盛礼品有限公司"),
    ("株式会社トヨタ", "トヨタ"),
]
OTHERS = [
    ("Acme Tools", "Acme Tools Europe"),
    ("Global Trading", "Global Sourcing"),
    ("Golden Star Import", "Golden Star Export"),
    ("Bosch Shanghai", "Bosch Beijing"),
    ("Plant 2", "Plant 3"),
    ("Little Tykes II", "Little Tykes III"),
    ("深圳大华进出口公司", "广州大华进出口公司"),
    ("深圳华星电子", "深圳鑫盛电子"),
    ("", "Acme"),
]


def customer(name: str = "Acme Tools", country: str = "DE", *reaches: tuple[str, str], **fields: object) -> Customer:
    contacts = (Contact("", reaches=tuple(Reach(*reach) for reach in reaches)),)
    return Customer(name, country, **{"contacts": contacts, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_mean_one_company(one: str, other: str) -> None:
    assert likeness(profile(Customer(one)), profile(Customer(other))).score >= LIKELY


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_that_mean_two(one: str, other: str) -> None:
    assert likeness(profile(Customer(one)), profile(Customer(other))).score < LIKELY


MAIL, PHONE, WECHAT = ("email", "anna@acme.example"), ("phone", "+49 30 5550101"), ("wechat", "Anna88")

EVIDENCE = [
    ("same address anna@acme.example", customer("Quite Another", "DE", MAIL), customer("Acme", "DE", MAIL), True),
    ("same address anna@acme.example", customer("Acme", "DE", MAIL), customer("Acme Tools", "DE", MAIL), True),
    ("same address anna88", customer("Acme", "DE", WECHAT), customer("Acme Tools", "DE", WECHAT), True),
    ("same phone number …305550101", customer("Acme", "DE", PHONE), customer("Acme T.", "", ("whatsapp", "030 5550101")), True),
    ("same domain acme.example", customer("Acme", "DE", MAIL), customer("Acme K", website="https://acme.example"), True),
    ("same domain name acme", customer(website="https://acme.de"), customer(website="https://acme.co.uk"), True),
    ("other country", customer(country="DE"), customer(country="FR"), False),
    ("other city", customer("Acme", city="Bonn"), customer("Acme", city="Ulm"), False),
    ("same city", customer("Acme", city="深圳市"), customer("Acme", city="Shenzhen"), True),
    ("same street address", customer("Acme", custom={"Address": "Hauptstr. 5"}), customer("Acme K", custom={"地址": "5, Hauptstrasse"}), True),
    ("other street address", customer(custom={"Street": "Hauptstr. 5"}), customer(custom={"Street": "Am Markt 7"}), False),
    ("other house number", customer("X", custom={"Street": "Hauptstr. 5"}), customer("X", custom={"Street": "Hauptstr. 99"}), False),
    ("same contact person", customer(contacts=(Contact("Anna Schmidt"),)), customer(contacts=(Contact("Schmidt, Anna"),)), True),
]  # fmt: skip


@pytest.mark.parametrize(("said", "one", "other", "likely"), EVIDENCE)
def test_evidence_for_and_against(said: str, one: Customer, other: Customer, likely: bool) -> None:
    found = likeness(profile(one), profile(other))
    assert said in [str(reason.message) for reason in found.reasons]
    assert (found.score >= LIKELY) == likely


@pytest.mark.parametrize("host", ["gmail.com", "qq.com", "alibaba.com", "facebook.com"])
def test_a_host_that_everybody_uses_says_nothing(host: str) -> None:
    a, b = customer("Acme", "DE", ("email", f"a@{host}")), customer("Bolt", "DE", ("email", f"b@{host}"))
    assert likeness(profile(a), profile(b)).score < LIKELY
    assert not worth_asking(likeness(profile(a), profile(b)))


def test_what_many_have_says_less() -> None:
    a, b = (profile(customer(name, "DE", PHONE)) for name in ("Acme Agent", "Acme Tools"))
    scores = [likeness(a, b, Surroundings(usual_weight, {"305550101": n})).score for n in (2, 5, 40)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
    assert weight("acme", 1, 10_000) > weight("acme", 500, 10_000) > weight("the", 5_000, 10_000) - 0.2


def test_one_hard_fact_is_worth_a_question_before_a_customer_is_added() -> None:
    found = likeness(profile(customer("Quite Another", "US", PHONE)), profile(customer("Acme", "CN", PHONE)))
    assert found.score < LIKELY
    assert worth_asking(found)
    assert str(main_reason(found)) == "same phone number …305550101"


names = st.one_of(st.text(max_size=40), st.sampled_from([name for pair in (*SAME, *OTHERS) for name in pair]))
customers = st.builds(
    customer, names, st.sampled_from(["", "DE", "CN"]), st.sampled_from([MAIL, PHONE, WECHAT]),
    city=st.sampled_from(["", "Bonn", "深圳"]), website=st.sampled_from(["", "acme.de", "acme.com"]),
    custom=st.sampled_from([{}, {"address": "5 Main Road"}, {"address": "7 Main Road", "zip": "1"}]),
)  # fmt: skip


@given(customers, customers)
def test_likeness_is_the_same_both_ways_round_and_its_reasons_add_up(one: Customer, other: Customer) -> None:
    a, b = profile(one), profile(other)
    there, back = likeness(a, b), likeness(b, a)
    assert (there.score, [(r.term, r.points) for r in there.reasons]) == (
        back.score,
        [(r.term, r.points) for r in back.reasons],
    )
    assert there.score == sum(reason.points for reason in there.reasons)
    assert there.score <= likeness(a, a).score or there.score <= likeness(b, b).score
    assert score_by_name(a, b, Surroundings()) == sum(
        reason.points for reason in there.reasons if reason.term in ("name", "other name", "number", "country")
    )


@given(names, names)
def test_no_name_is_more_like_another_than_like_itself(one: str, other: str) -> None:
    own, theirs = (overlap(read_name(one), read_name(name), usual_weight) for name in (one, other))
    assert (own.rest, own.more, own.doubt, own.only_first, own.only_second) == (0, 0, 0, (), ())
    assert (
        theirs.shared <= own.shared + 1e-9
        or theirs.shared <= overlap(read_name(other), read_name(other), usual_weight).shared + 1e-9
    )


def compared(*names: str) -> set[tuple[int, int]]:
    words = {number: read_name(name) for number, name in enumerate(names)}
    return {pair for block in by_name(words, usual_weight) for pair in pairs_of(block)}


@pytest.mark.parametrize(("one", "other"), SAME)
def test_likely_names_are_compared_among_many(one: str, other: str) -> None:
    many = [f"Firma{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]} Handel {n}" for n in range(100)]
    assert (0, 1) in compared(one, other, *many)


def test_not_all_are_compared_with_all() -> None:
    names = [
        f"{first} {second} Trading" for first in ["Alpha", "Beta", "Gamma", "Delta"] for second in map(str, range(250))
    ]
    assert len(compared(*names)) < 10 * len(names)
    assert set(pairs_of(list(range(1000)))) < {(a, b) for a in range(1000) for b in range(a + 1, a + 3)}
