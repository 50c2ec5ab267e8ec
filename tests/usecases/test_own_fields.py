"""Fields of the users' own: defined once, renamed everywhere, their values never lost."""

from pathlib import Path

import pytest

from tests.builders import a_customer, a_session
from tui_crm.domain.messages import Problem
from tui_crm.domain.own_fields import PREFIX
from tui_crm.usecases import cards, customers, finding, history, own_fields
from tui_crm.usecases.own_fields import OwnField
from tui_crm.usecases.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return a_session(tmp_path)


def put(session: Session, customer: int, **values: str) -> None:
    version = cards.existing(session, customer).version
    customers.edit_customer(session, customer, version, {PREFIX + name: value for name, value in values.items()})


def custom(session: Session, *ids: int) -> list[dict[str, str]]:
    return [dict(cards.existing(session, customer).custom) for customer in ids]


def test_values_are_checked_found_and_taken_off(session: Session) -> None:
    customer = a_customer(session, custom={"HS": "8205"})
    own_fields.define(session, OwnField("Audit", "date"))
    put(session, customer, Audit="tomorrow", HS="8205.40")
    assert custom(session, customer) == [{"HS": "8205.40", "Audit": "2026-11-19"}]
    assert [row.id for row in finding.find(session, "8205.40").rows] == [customer]
    with pytest.raises(Problem):
        put(session, customer, Audit="someday")
    put(session, customer, Audit="")
    assert custom(session, customer) == [{"HS": "8205.40"}]
    history.undo(session)
    assert custom(session, customer)[0]["Audit"] == "2026-11-19"


def test_a_new_name_goes_to_every_customer_in_one_operation(session: Session) -> None:
    first, second, other = (a_customer(session, custom=values) for values in ({"A": "1", "Z": "9"}, {"A": "2"}, {}))
    field = own_fields.define(session, OwnField("A", "number"))
    own_fields.change(session, OwnField("Credit days", "number", id=field.id))
    assert custom(session, first, second, other) == [{"Credit days": "1", "Z": "9"}, {"Credit days": "2"}, {}]
    assert [(use.field.name, use.customers) for use in own_fields.in_use(session)] == [("Credit days", 2), ("Z", 1)]
    history.undo(session)
    assert custom(session, first, second) == [{"A": "1", "Z": "9"}, {"A": "2"}]
    assert [own.name for own in own_fields.defined(session)] == ["A"]


def test_a_new_name_never_runs_over_a_value_of_a_sheet(session: Session) -> None:
    a_customer(session, custom={"A": "1", "B": "2"})
    field = own_fields.define(session, OwnField("A"))
    with pytest.raises(Problem, match="already, from a sheet"):
        own_fields.change(session, OwnField("B", id=field.id))
    with pytest.raises(Problem, match="There is a field “a” already"):
        own_fields.define(session, OwnField("a"))


def test_a_definition_takes_over_what_a_sheet_has_brought(session: Session) -> None:
    customer = a_customer(session, custom={"hs CODE": "8205"})
    own_fields.define(session, OwnField("HS code"))
    assert custom(session, customer) == [{"HS code": "8205"}]


def test_without_its_definition_a_value_stays(session: Session) -> None:
    customer = a_customer(session)
    field = own_fields.define(session, OwnField("Paid by", "choice", ("T/T", "L/C")))
    put(session, customer, **{"Paid by": "t/t"})
    own_fields.remove(session, field)
    assert custom(session, customer) == [{"Paid by": "T/T"}]
    put(session, customer, **{"Paid by": "anything"})
    assert custom(session, customer) == [{"Paid by": "anything"}]
