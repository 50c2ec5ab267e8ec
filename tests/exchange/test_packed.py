"""Values packed in little memory are the values that were put in."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.exchange.sheets import plan, sheet
from tui_crm.domain.values import Activity, Contact, Customer, NextStep, Reach
from tui_crm.exchange.packed import Packer
from tui_crm.exchange.planned import PlannedCustomer


def planned(number: int) -> PlannedCustomer:
    """One with something in every kind of place."""
    contact = Contact("Łukasz", "CEO", (Reach("email", f"a{number}@x.example"),), main=True)
    entry = Activity(datetime(2026, 11, 1, 4, 30, tzinfo=UTC), "email", f"第{number}次")
    customer = Customer(f"客户 {number}", tags=("a", "b"), custom={"No.": "1"}, contacts=(contact,))
    return PlannedCustomer(
        "new", None, ("sheet", number), customer, (contact,), (entry,), NextStep(date(2026, 12, 1), "call"),
        changes={"remarks": "x", "created_on": date(2026, 1, 1)},
    )  # fmt: skip


def test_every_value_comes_back_in_its_place() -> None:
    packer: Packer[PlannedCustomer] = Packer(PlannedCustomer, Customer, Contact, Reach)  # Activity by the slow way
    for number in range(450):
        packer.add(planned(number))
    assert packer.replace(3, planned(1003)) == planned(3)
    assert packer.replace(449, planned(1449)) == planned(449)
    expected = [planned({3: 1003, 449: 1449}.get(number, number)) for number in range(450)]
    packed = packer.done()
    assert list(packed) == expected
    assert (packed[3], packed[-1], packed[200:202]) == (expected[3], expected[-1], expected[200:202])
    assert packed == expected
    assert packed != expected[:-1]
    with pytest.raises(IndexError):
        packed[450]


def test_a_plan_lists_first_whom_something_is_written_of() -> None:
    rows = [("Company", "E-mail"), *((f"Firm {number}", f"a{number}@x.example") for number in range(3))]
    made = plan(sheet(*rows))
    assert [each.customer.name for each in made.ordered()] == ["Firm 0", "Firm 1", "Firm 2"]
    assert (len(made.ordered()), made.sums["contacts"], made.count("new")) == (3, 3, 3)
