"""Fields, people and files of a customer, set by a script."""

from collections.abc import Callable
from pathlib import Path

from .conftest import Crm

Add = Callable[..., str]


def test_fields_are_set_in_one_operation_by_code_or_label(crm: Crm, add: Add) -> None:
    add("Müller GmbH")
    assert crm("set", "müller", "city=Hamburg", "type=贸易商", "Competitors=Nordlicht, other").code == 0
    card = crm("show", "müller", "--json").json
    assert (card["city"], card["kind"], card["competitors"]) == ("Hamburg", "trader", "Nordlicht, other")
    assert [row["name"] for row in crm("find", "nordlicht", "--json").json] == ["Müller GmbH"]
    assert crm("undo").code == 0
    assert crm("show", "müller", "--json").json["city"] == ""
    for wrong in ("stage=lost", "no=field", "city", "grade=Z"):
        assert crm("set", "müller", wrong).code == 2


def test_a_persons_rank_and_role_are_added_in_either_language(crm: Crm, add: Add) -> None:
    add("Müller GmbH", "--contact", "Anna", "--role", "采购", "--email", "a@m.de", "--contact", "Max", "--rank", "boss",
        "--role", "decision maker")  # fmt: skip
    people = crm("show", "müller", "--json").json["contacts"]
    assert [(who["name"], who["rank"], who["role"]) for who in people] == [
        ("Anna", "", "buys"),
        ("Max", "owner", "decides"),
    ]
    assert "owner · decides" in crm("show", "müller").out
    assert crm("add", "X", "--country", "DE", "--contact", "Y", "--rank", "king").code == 2


def test_files_are_kept_and_shown(crm: Crm, add: Add, home: Path) -> None:
    add("Müller GmbH")
    (home / "Quotation.pdf").write_bytes(b"%PDF")
    assert "Quotation.pdf" in crm("attach", "müller", str(home / "Quotation.pdf")).out
    (file,) = crm("show", "müller", "--json").json["attachments"]
    assert (file["name"], file["size"], file["added_on"]) == ("Quotation.pdf", 4, "2026-11-20")
    assert "Quotation.pdf" in crm("show", "müller").out
    missing = crm("attach", "müller", str(home / "none.pdf"))
    assert (missing.code, "There is no file" in missing.err) == (2, True)
