"""Duplicates found in a whole book, and for one customer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.domain.duplicates import LIKELY
from tui_crm.domain.values import Contact, Customer, Reach
from tui_crm.usecases import cards, customers, duplicates, merging
from tui_crm.usecases.session import Session


def a_firm(session: Session, name: str, mail: str = "", **fields: object) -> int:
    contacts = (Contact("", reaches=(Reach("email", mail),)),) if mail else ()
    return a_customer(session, name=name, contacts=contacts, **fields)  # type: ignore[arg-type]


def named(pairs: list[duplicates.Pair]) -> list[set[str]]:
    return [{pair.a.name, pair.b.name} for pair in pairs]


def a_book(session: Session) -> None:
    for name in ("Alpha Glas", "Beta Metall", "Gamma Holz", "Delta Textil", "Golden Star Import", "Golden Star Export"):
        a_firm(session, name)
    a_firm(session, "Acme Werkzeuge GmbH", "anna@acme.example", country="DE")
    a_firm(session, "Acme Werkzeug", "bob@acme.example", country="DE")
    a_firm(session, "Nordlicht Trinkkultur", country="DE")
    a_firm(session, "Nordlict Trinkkultur", country="DE")
    a_firm(session, "深圳市大华进出口有限公司", country="CN")
    a_firm(session, "Shenzhen Dahua Import & Export", country="CN")
    a_firm(session, "Nordlicht Trinkkultur", country="FR")


def test_the_likeliest_pairs_come_first_with_reasons_that_add_up(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_book(session)
    pairs = duplicates.review(session)
    assert named(pairs) == [
        {"Acme Werkzeuge GmbH", "Acme Werkzeug"},
        {"深圳市大华进出口有限公司", "Shenzhen Dahua Import & Export"},
        {"Nordlicht Trinkkultur", "Nordlict Trinkkultur"},
    ]
    for pair in pairs:
        assert pair.score == sum(reason.points for reason in pair.reasons) >= LIKELY
    assert named(duplicates.review(session, limit=1)) == named(pairs)[:1]


def test_archived_merged_and_different_ones_are_left_out(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    first, second, third = (a_firm(session, "Acme", f"{n}@acme.example") for n in range(3))
    assert len(duplicates.review(session)) == 3
    one, other = (cards.existing(session, customer).uid for customer in (first, second))
    duplicates.call_different(session, other, one)
    assert [(pair.a.id, pair.b.id) for pair in duplicates.review(session)] == [(first, third), (second, third)]
    assert [pair.b.id for pair in duplicates.of_one(session, first, 9)] == [third]
    merging.merge(session, first, third)
    assert duplicates.review(session) == []
    duplicates.call_different(session, one, other, different=False)
    assert len(duplicates.review(session)) == 1
    customers.archive(session, second)
    assert duplicates.review(session) == []


def test_a_look_through_the_book_tells_how_far_it_is_and_can_be_given_up(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    a_book(session)
    told: list[float] = []
    duplicates.review(session, lambda share, _pairs: told.append(share))
    assert told == sorted(told)
    assert 0 < told[-1] < 1

    def stop(share: float, _pairs: list[duplicates.Pair]) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        duplicates.review(session, stop)


def test_one_address_of_many_customers_makes_no_flood(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for number in range(120):
        a_firm(session, f"Firma {chr(65 + number % 26)}{number * 7919} Glas", "agent@agency.example")
    assert duplicates.review(session) == []


def test_who_was_merged_away_is_known_as_the_one_kept(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    keep, other = a_firm(session, "Acme", "anna@acme.example"), a_firm(session, "Bolt & Sons", "bob@bolt.example")
    merging.merge(session, keep, other)
    (twin,) = customers.likely_duplicates(session, Customer("Bolt and Sons Ltd"))
    assert (twin.id, twin.name, str(twin.why)) == (keep, "Acme", "same company name")
