"""What fields of the users' own take and refuse."""

import pytest

from tests.builders import TODAY
from tui_crm.domain.messages import Problem
from tui_crm.domain.own_fields import OwnField, as_field, checked, split_choices


def stored(kind: str, typed: str, choices: tuple[str, ...] = ()) -> str:
    return as_field(OwnField("x", kind, choices), TODAY).check(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  CE, SDS ", "CE, SDS"),
        ("number", "1,234.50", "1,234.50"),
        ("number", "-5.00", "-5.00"),
        ("number", "３０%", "30%"),
        ("date", "2027-02-28", "2027-02-28"),
        ("date", "明天", "2026-11-19"),
        ("date", "6月5日", "2027-06-05"),
        ("yes_no", "是", "yes"),
        ("yes_no", "No", "no"),
        ("number", "", ""),
        ("date", " ", ""),
        ("yes_no", "", ""),
    ],
)
def test_a_value_is_taken_in_its_stored_form(kind: str, typed: str, value: str) -> None:
    assert stored(kind, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("number", "many"), ("number", "1e9"), ("date", "someday"), ("date", "2026-02-30"), ("yes_no", "maybe")],
)
def test_a_value_of_another_kind_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(Problem, match=typed):
        stored(kind, typed)


def test_a_choice_is_one_of_its_choices_in_any_case() -> None:
    assert stored("choice", "ce", ("CE", "SDS")) == "CE"
    assert stored("choice", "", ("CE", "SDS")) == ""
    with pytest.raises(Problem, match="CE, SDS"):
        stored("choice", "FDA", ("CE", "SDS"))


def test_a_definition_is_checked() -> None:
    own = OwnField("  HS   code ", "choice", split_choices("a，b; A、 c"))
    assert checked(own) == OwnField("HS code", "choice", ("A", "b", "c"))
    assert checked(OwnField("Since when", "date", ("left over",))).choices == ()
    for wrong in (OwnField(" "), OwnField("a=b"), OwnField("x" * 41), OwnField("remarks"), OwnField("x", "choice")):
        with pytest.raises(Problem):
            checked(wrong)
