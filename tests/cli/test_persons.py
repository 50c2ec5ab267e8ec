"""`crm person`, `crm forget`, and a book in JSON through `crm export` and `crm import`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Crm

Add = Callable[..., str]


def test_everything_held_of_a_person_and_then_nothing(
    crm: Crm, add: Add, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = add(
        "Nord GmbH",
        "--contact",
        "Anna Zwetschge",
        "--email",
        "anna@nord.example",
        "--contact",
        "Bob",
        "--email",
        "b@nord.example",
    )
    crm("log", uid, "Anna asked for prices")
    page = crm("person", "anna@nord.example").out
    assert "Anna asked for prices" in page
    assert "Added Nord GmbH" in page
    held = crm("person", "Anna", "Zwetschge", "--json").json
    assert held["places"][0]["reaches"] == [{"kind": "email", "value": "anna@nord.example"}]
    assert [text["text"] for text in held["texts"]] == ["Anna asked for prices"]
    for ending in ("json", "html", "txt"):
        file = home / f"anna.{ending}"
        assert crm("person", "anna@nord.example", "--export", str(file)).code == 0
        assert "Anna asked for prices" in file.read_text(encoding="utf-8")
    assert json.loads((home / "anna.json").read_text(encoding="utf-8")) == held
    assert crm("person", "anna@nord.example", "--export", str(home / "anna.doc")).code == 2
    monkeypatch.chdir(home)
    assert crm("person", "anna@nord.example", "--export").code == 0
    assert {"Anna-Zwetschge.json", "Anna-Zwetschge.html"} <= {file.name for file in home.iterdir()}

    assert "Goes for good" in crm("forget", "anna@nord.example", "--dry-run").out
    refused = crm("forget", "anna@nord.example")
    assert (refused.code, "--yes" in refused.err) == (2, True)
    assert crm("person", "anna@nord.example").code == 0
    assert crm("forget", "anna@nord.example", "--yes").code == 0
    assert crm("person", "anna@nord.example").code == 2
    assert crm("undo").code == 2
    assert b"zwetschge" not in (home / "book.db").read_bytes().lower()
    assert "[erased] asked for prices" in crm("show", uid).out


def test_several_people_of_one_name_are_listed(crm: Crm, add: Add) -> None:
    add("Nord GmbH", "--contact", "Anna", "--email", "anna@nord.example")
    add("Ost AG", "--contact", "Anna", "--email", "anna@ost.example")
    answer = crm("forget", "anna", "--yes")
    assert answer.code == 2
    assert "anna@nord.example" in answer.err
    assert "Ost AG" in answer.err
    assert crm("person", "anna@ost.example").code == 0


def test_a_book_goes_out_as_json_and_into_another(crm: Crm, add: Add, home: Path) -> None:
    uid = add("Nord GmbH", "--contact", "Anna", "--email", "anna@nord.example", "--tag", "big")
    crm("log", uid, "asked for prices >3d call")
    file, other = str(home / "book.json"), ("--db", str(home / "other.db"))
    assert crm("export", file).code == 0
    dry = crm("import", file, "--dry-run", "--json", *other).json
    assert (dry["new"], dry["conflict"], dry["records"]["activities"]) == (1, 0, 1)
    assert crm("import", file, *other).code == 2
    assert crm("import", file, "--yes", *other).code == 0
    shown = crm("show", uid, "--json").json
    assert crm("show", uid, "--json", *other).json == shown
    assert "nothing new" in crm("import", file, "--yes", *other).out
    crm("undo", *other)
    assert crm("find", "", "--json", *other).json == []


def test_other_json_is_refused_in_one_sentence(crm: Crm, home: Path) -> None:
    (home / "x.json").write_text('{"customers": [1, 2]}')
    answer = crm("import", str(home / "x.json"), "--yes")
    assert answer.code == 2
    assert "no book of crm" in answer.err
