"""Duplicates and merging on the command line."""

from collections.abc import Callable

from .conftest import Crm

Add = Callable[..., str]


def two(add: Add) -> tuple[str, str]:
    keep = add("Acme Werkzeuge GmbH", "--city", "Bonn", "--contact", "Anna", "--email", "anna@acme.de")
    return keep, add("Acme Werkzeug", "--city", "Köln", "--remarks", "met at the fair", "--email", "anna@acme.de")


def test_likely_pairs_are_listed_for_people_and_for_scripts(crm: Crm, add: Add) -> None:
    keep, other = two(add)
    (pair,) = crm("duplicates", "--json").json
    assert {pair["a"]["uid"], pair["b"]["uid"]} == {keep, other}
    assert pair["score"] == sum(reason["points"] for reason in pair["reasons"])
    listed = crm("duplicates")
    assert keep in listed.out
    assert "same address anna@acme.de" in listed.out


def test_a_merge_is_shown_first_and_done_only_with_yes(crm: Crm, add: Add) -> None:
    keep, other = two(add)
    asked = crm("merge", keep, other)
    assert asked.code == 2
    assert "* Bonn" in asked.out
    assert "--yes" in asked.err
    assert crm("show", other, "--json").json["merged_into"] is None
    done = crm("merge", keep, other, "--yes", "--take", "city=other")
    assert (done.code, f"uid {keep}" in done.out) == (0, True)
    kept = crm("show", keep, "--json").json
    assert (kept["city"], kept["remarks"]) == ("Köln", "met at the fair; Acme Werkzeug")
    assert crm("undo").code == 0
    assert crm("show", keep, "--json").json["city"] == "Bonn"


def test_a_customer_that_was_merged_says_where_it_went(crm: Crm, add: Add) -> None:
    keep, other = two(add)
    crm("merge", keep, other, "--yes")
    assert f"was merged into Acme Werkzeuge GmbH, uid {keep}" in crm("show", other).out
    assert crm("show", other, "--json").json["merged_into"] == keep
    for refused in (crm("log", other, "called"), crm("archive", "--back", other), crm("merge", other, keep, "--yes")):
        assert refused.code == 2
        assert f"uid {keep}" in refused.err


def test_a_choice_that_makes_no_sense_is_refused(crm: Crm, add: Add) -> None:
    keep, other = two(add)
    for take in ("city", "city=mine", "zone=keep", "city=both"):
        refused = crm("merge", keep, other, "--yes", "--take", take)
        assert (refused.code, refused.out == "") == (2, True)
    assert crm("merge", keep, keep, "--yes").code == 2
