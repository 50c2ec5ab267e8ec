"""Adding, changing and archiving customers and their people; likely duplicates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session
from tests.store.test_history import contents
from tui_crm.domain.messages import Problem
from tui_crm.domain.values import Contact, Customer, Reach
from tui_crm.usecases import agenda, cards, customers, finding, history
from tui_crm.usecases.session import Session

ANNA = Contact("Anna Schmidt", "CEO", (Reach("email", "anna@firma.example"),))


def people(session: Session, customer: int) -> list[tuple[str, bool]]:
    return [(contact.name, contact.main) for contact in cards.existing(session, customer).contacts]


# Adding ---------------------------------------------------------------------------------------------------------------


def test_a_new_customer_is_stored_in_clean_form_and_due_at_once(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    person = Contact(" Anna\tSchmidt ", "CEO", (Reach("email", " Anna@Firma.EXAMPLE "), Reach("phone", "0170 1234567")))
    typed = Customer(
        " Firma\u200b GmbH ", "德国", kind="工厂", temperature="热", grade="a级", stage="已报价", website="firma.example",
        tags=("#VIP", "vip", "two words", " "), contacts=(person,),
    )  # fmt: skip
    added = customers.add_customer(session, typed)
    assert (added.name, added.country, added.kind, added.website) == (
        "Firma GmbH",
        "DE",
        "factory",
        "https://firma.example",
    )
    assert (added.temperature, added.grade, added.stage) == ("hot", "A", "quoted")
    assert (added.owner, added.created_on, added.tags) == ("me", TODAY, ("VIP", "two-words"))
    (contact,) = added.contacts
    assert (contact.name, contact.main) == ("Anna Schmidt", True)
    assert contact.reaches == (Reach("email", "anna@firma.example"), Reach("phone", "+49 170 1234567"))
    assert [row.id for row in agenda.agenda(session).rows] == [added.id]
    assert str(history.operations(session)[0].label) == "Added Firma GmbH"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "company's name"),
        ({"name": "\u200b \u00ad"}, "company's name"),
        ({"name": "x" * 201}, "longer than 200"),
        ({"country": ""}, "needs a country"),
        ({"country": "Atlantis"}, "no country"),
        ({"temperature": "tepid"}, "not known here"),
        ({"stage": ""}, "not known here"),
        ({"website": "javascript:alert(1)"}, "no web address"),
        ({"zone": "../../etc/passwd"}, "no time zone"),
        ({"remarks": "x" * 5000}, "4000"),
        ({"contacts": (Contact(""),)}, "name or an address"),
        ({"contacts": (Contact("A", reaches=(Reach("email", "a@b.com?bcc=x@evil.com"),)),)}, "no e-mail address"),
        ({"contacts": (Contact("A", reaches=(Reach("whatsapp", "+86 138 0013 8000 ext 5"),)),)}, "no WhatsApp number"),
        ({"name": "\ud800x"}, "broken"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_stored(tmp_path: Path, wrong: dict[str, object], said: str) -> None:
    session = a_session(tmp_path)
    with pytest.raises(Problem, match=said):
        customers.add_customer(session, replace(Customer("Firma", "DE", contacts=(ANNA,)), **wrong))  # type: ignore[arg-type]
    assert agenda.book_is_empty(session)
    assert history.operations(session) == []


@pytest.mark.parametrize("tag", ["one", "ONE", "ｏｎｅ"])
def test_a_tag_is_the_same_in_any_case_and_width(tmp_path: Path, tag: str) -> None:
    session = a_session(tmp_path)
    first = customers.add_customer(session, Customer("Acme", "DE", tags=("One",)))
    second = customers.add_customer(session, Customer("Bolt", "DE", tags=(tag,)))
    assert first.tags == second.tags == ("One",)


# Editing --------------------------------------------------------------------------------------------------------------


def test_an_edit_changes_the_fields_that_differ_and_is_found_at_once(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme", country="DE")
    customers.edit_customer(session, customer, 1, {"name": " Bolt & Söhne ", "country": "德国", "city": "München"})
    after = cards.existing(session, customer)
    assert (after.name, after.country, after.city, after.version) == ("Bolt & Söhne", "DE", "München", 2)
    assert str(history.operations(session)[0].label) == "Edited Acme: name, city"
    assert [row.name for row in finding.find(session, "soehne muenchen").rows] == ["Bolt & Söhne"]
    assert finding.find(session, "acme").rows == ()
    assert customers.likely_duplicates(session, Customer("Acme")) == []
    assert [d.id for d in customers.likely_duplicates(session, Customer("BOLT UND SOEHNE GmbH"))] == [customer]


def test_an_edit_that_changes_nothing_is_no_operation(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme", country="DE", city="Bonn")
    before = history.operations(session)
    customers.edit_customer(session, customer, 1, {"name": "Acme ", "country": "Germany", "city": "Bonn"})
    assert history.operations(session) == before


def test_an_edit_of_what_has_changed_since_is_refused_whole(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme", city="Bonn")
    read = cards.existing(session, customer)
    customers.edit_customer(session, customer, read.version, {"city": "Köln"})
    before, done = contents(session), history.operations(session)
    with pytest.raises(Problem, match="nothing was overwritten"):
        customers.edit_customer(session, customer, read.version, {"city": "Ulm", "remarks": "x"})
    assert (contents(session), history.operations(session)) == (before, done)
    customers.edit_customer(session, customer, cards.existing(session, customer).version, {"city": "Ulm"})
    assert cards.existing(session, customer).city == "Ulm"


def test_an_edit_with_one_wrong_value_changes_none(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    before = contents(session)
    with pytest.raises(Problem, match="no web address"):
        customers.edit_customer(session, customer, 1, {"city": "Ulm", "website": "ftp://x"})
    assert contents(session) == before


# People ---------------------------------------------------------------------------------------------------------------


def test_a_new_main_contact_takes_over(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    customers.save_contact(session, customer, Contact("Bob"))
    assert people(session, customer) == [("Anna Schmidt", True), ("Bob", False)]
    customers.save_contact(session, customer, Contact("Cid", main=True))
    assert people(session, customer) == [("Cid", True), ("Anna Schmidt", False), ("Bob", False)]
    bob = cards.existing(session, customer).contacts[2]
    customers.save_contact(session, customer, replace(bob, main=True, position="buyer"))
    assert people(session, customer) == [("Bob", True), ("Anna Schmidt", False), ("Cid", False)]
    history.undo(session)
    assert people(session, customer) == [("Cid", True), ("Anna Schmidt", False), ("Bob", False)]


def test_somebody_is_always_the_main_contact(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, contacts=())
    customers.save_contact(session, customer, Contact("Anna"))
    assert people(session, customer) == [("Anna", True)]
    (anna,) = cards.existing(session, customer).contacts
    customers.save_contact(session, customer, replace(anna, main=False, position="CEO"))
    assert people(session, customer) == [("Anna", True)]
    customers.save_contact(session, customer, Contact("Bob"))
    customers.save_contact(session, customer, Contact("Cid"))
    customers.remove_contact(session, customer, anna.id)
    assert people(session, customer) == [("Bob", True), ("Cid", False)]
    history.undo(session)
    assert people(session, customer) == [("Anna", True), ("Bob", False), ("Cid", False)]


def test_the_last_person_cannot_be_removed(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session, name="Acme")
    (anna,) = cards.existing(session, customer).contacts
    before = contents(session)
    with pytest.raises(Problem, match="Acme would have nobody left"):
        customers.remove_contact(session, customer, anna.id)
    assert contents(session) == before
    customers.save_contact(session, customer, Contact("Bob"))
    customers.remove_contact(session, customer, anna.id)
    with pytest.raises(Problem, match="no longer in the book"):
        customers.remove_contact(session, customer, anna.id)


def test_a_person_changed_since_is_not_overwritten(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    (read,) = cards.existing(session, customer).contacts
    customers.save_contact(session, customer, replace(read, reaches=(Reach("wechat", "anna"),)))
    before = contents(session)
    with pytest.raises(Problem, match="nothing was overwritten"):
        customers.save_contact(session, customer, replace(read, name="Anne"))
    assert contents(session) == before


def test_people_are_found_by_what_is_known_of_them_now(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    (anna,) = cards.existing(session, customer).contacts
    changed = replace(anna, name="Юлия", position="закупки", reaches=(Reach("phone", "030 123 4567"),))
    customers.save_contact(session, customer, changed)
    assert cards.existing(session, customer).contacts[0].reaches == (Reach("phone", "+49 30 123 4567"),)
    for word, found in (("юлия", 1), ("ЗАКУПКИ", 1), ("1234567", 1), ("0301234567", 1), ("anna", 0)):
        assert len(finding.find(session, word).rows) == found, word


@pytest.mark.parametrize(
    "person",
    [Contact(""), Contact(" ", reaches=(Reach("email", " "),)), Contact("A", reaches=(Reach("phone", "abc"),))],
)
def test_a_person_needs_a_name_or_a_good_address(tmp_path: Path, person: Contact) -> None:
    session = a_session(tmp_path)
    customer = a_customer(session)
    before = contents(session)
    with pytest.raises(Problem):
        customers.save_contact(session, customer, person)
    assert contents(session) == before


# Duplicates -----------------------------------------------------------------------------------------------------------


def with_reach(kind: str, value: str) -> Customer:
    return Customer("Quite Another", "US", contacts=(Contact("X", reaches=(Reach(kind, value),)),))


def a_known_customer(session: Session, **fields: object) -> int:
    reaches = (
        Reach("email", "anna@acme-tools.example"),
        Reach("phone", "+86 138 0013 8000"),
        Reach("wechat", "Anna88"),
    )
    return a_customer(
        session, name="Acmé Tools Co., Ltd.", contacts=(Contact("Anna", reaches=reaches, main=True),), owner="李四", **fields
    )  # fmt: skip


SAME = [
    (Customer("ACME Tools GmbH"), "same company name"),
    (Customer("acme  tools, inc."), "same company name"),
    (Customer("ＡＣＭＥ　Ｔｏｏｌｓ"), "same company name"),
    (with_reach("phone", "0138-0013-8000"), "same phone number"),
    (with_reach("phone", "13800138000"), "same phone number"),
    (with_reach("whatsapp", "+86 13800138000"), "same phone number"),
    (with_reach("email", "Anna@Acme-Tools.example"), "same address"),
    (with_reach("wechat", "anna88"), "same address"),
    (with_reach("email", "bob@acme-tools.example"), "same domain acme-tools.example"),
    (Customer("X", website="https://www.acme-tools.example/shop"), "same domain acme-tools.example"),
]


@pytest.mark.parametrize(("new", "why"), SAME)
@pytest.mark.parametrize("archived", [False, True])
def test_a_customer_that_is_there_already_is_named_with_its_owner(
    tmp_path: Path, new: Customer, why: str, archived: bool
) -> None:
    session = a_session(tmp_path)
    known = a_known_customer(session, archived=archived)
    a_customer(session)
    (twin,) = customers.likely_duplicates(session, new)
    assert (twin.id, twin.name, twin.owner) == (known, "Acmé Tools Co., Ltd.", "李四")
    assert str(twin.why).startswith(why)


@pytest.mark.parametrize(
    "new",
    [
        Customer("Acme"),
        Customer("Acme Tools Europe"),
        Customer(""),
        with_reach("phone", "+86 138 0013 8001"),
        with_reach("phone", "8000"),
        with_reach("email", "anna@tools.example"),
        with_reach("email", "anna@other-acme-tools.example"),
        with_reach("email", "not an address"),
        Customer("X", website="https://example"),
    ],
)
def test_another_customer_is_no_duplicate(tmp_path: Path, new: Customer) -> None:
    session = a_session(tmp_path)
    a_known_customer(session)
    assert customers.likely_duplicates(session, new) == []


@pytest.mark.parametrize("domain", ["gmail.com", "qq.com", "163.com", "yahoo.co.uk", "outlook.de", "mail.ru"])
def test_a_free_mail_domain_says_nothing(tmp_path: Path, domain: str) -> None:
    session = a_session(tmp_path)
    known = a_customer(session, contacts=(Contact("A", reaches=(Reach("email", f"anna@{domain}"),)),))
    assert customers.likely_duplicates(session, with_reach("email", f"bob@{domain}")) == []
    assert [d.id for d in customers.likely_duplicates(session, with_reach("email", f"anna@{domain}"))] == [known]


def test_a_chinese_company_is_the_same_with_and_without_its_form(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    known = a_customer(session, name="深圳市大华进出口有限公司")
    assert [d.id for d in customers.likely_duplicates(session, Customer("深圳大华进出口公司"))] == [known]


def test_a_customer_is_no_duplicate_of_itself(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    known = cards.existing(session, a_known_customer(session))
    assert customers.likely_duplicates(session, known) == []
    assert len(customers.likely_duplicates(session, replace(known, id=0))) == 1
