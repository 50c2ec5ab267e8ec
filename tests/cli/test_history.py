"""`crm history`, `undo ID`, `archive`, `show --as-of`: what scripts can rely on."""

from collections.abc import Callable
from datetime import datetime

import pytest

from .conftest import Crm

Add = Callable[..., str]


def test_history_as_json_names_each_operation_and_its_customers(crm: Crm, add: Add) -> None:
    müller, bolt = add("Müller GmbH"), add("Bolt Ltd")
    crm("log", müller, "asked for prices >3d call #vip")
    crm("undo")
    done = crm("history", "--json").json
    assert [(op["id"], op["kind"], op["label"], op["undone"], op["customers"]) for op in done] == [
        (4, "undo", "Undone: Logged e-mail with Müller GmbH", False, [müller]),
        (3, "do", "Logged e-mail with Müller GmbH", True, [müller]),
        (2, "do", "Added Bolt Ltd", False, [bolt]),
        (1, "do", "Added Müller GmbH", False, [müller]),
    ]
    assert set(done[0]) == {"id", "at", "actor", "kind", "label", "undone", "changes", "customers"}
    assert done[1]["changes"] == 4
    at = datetime.fromisoformat(done[0]["at"])
    assert at.utcoffset() is not None
    assert not at.utcoffset()  # type: ignore[truthy-bool]
    assert [op["id"] for op in crm("history", "bolt", "--json").json] == [2]


def test_any_operation_is_undone_and_brought_back_by_its_number(crm: Crm, add: Add) -> None:
    müller = add("Müller GmbH")
    crm("log", müller, "asked for prices #vip")
    crm("log", müller, "!hot")
    assert crm("undo", "2").out == "Undone: Logged e-mail with Müller GmbH\n"
    assert crm("show", müller, "--json").json["activities"] == []
    assert crm("redo", "2").out == "Redone: Logged e-mail with Müller GmbH\n"
    later = crm("undo", "1")
    assert later.code == 2
    assert "changed the same customer later; undo them first" in later.err
    assert "no operation" in crm("undo", "77").err
    assert "is no operation" in crm("undo", "x").err


def test_a_customer_is_archived_and_brought_back(crm: Crm, add: Add) -> None:
    add("Müller GmbH")
    assert crm("archive", "müller").out == "Archived Müller GmbH\n"
    assert crm("find", "", "--json").json == []
    assert "archived already" in crm("archive", "Müller GmbH").err
    assert crm("archive", "--back", "müller").out == "Brought back Müller GmbH\n"
    assert "is not archived" in crm("archive", "--back", "müller").err
    assert len(crm("find", "", "--json").json) == 1


@pytest.mark.parametrize("day", ["2026-11-18", "yesterday", "1"])
def test_show_as_of_a_day(crm: Crm, home: object, day: str) -> None:
    uid = crm("add", "Müller GmbH", "--country", "DE", today="2026-11-17").out.split("uid ")[1].strip()
    crm("log", uid, "asked for prices !hot", today="2026-11-19")
    then = crm("show", uid, "--as-of", day, "--json", today="2026-11-19").json
    assert then["as_of"] == "2026-11-18"
    assert (then["temperature"], then["activities"]) == ("potential", [])
    assert set(then) - {"as_of"} == set(crm("show", uid, "--json", today="2026-11-19").json)
    page = crm("show", uid, "--as-of", day, today="2026-11-19").out
    assert page.startswith("As of Wed 18 Nov")
    assert "asked" not in page
    assert "not in the book yet" in crm("show", uid, "--as-of", "2026-11-01", today="2026-11-19").err
