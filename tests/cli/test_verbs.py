"""A rep's day on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_crm import demo_story
from tui_crm.cli.options import CUSTOMER_FIELDS
from tui_crm.domain.fields import BY_NAME

from .conftest import Crm

Add = Callable[..., str]

ROW = {
    "uid", "name", "country", "city", "owner", "temperature", "grade", "stage", "tags", "due_on", "days_late", "overdue",
    "by_hand", "estimated", "next_action", "channel", "last_contact_on", "score", "reasons",
}  # fmt: skip


def names(rows: list[dict[str, object]]) -> list[object]:
    return [row["name"] for row in rows]


def test_a_day_from_adding_to_taking_back(crm: Crm, add: Add) -> None:
    uid = add(
        "Müller GmbH", "--temperature", "hot", "--grade", "A", "--contact", "Anna Schmidt", "--email", "a@mueller.de"
    )
    assert names(crm("due", "--json").json) == ["Müller GmbH"]  # never contacted: due at once

    logged = crm("log", "müller", "sent PI >3d send sample #vip @wa !potential =quoted")
    assert logged.code == 0
    assert "Mon 23 Nov, send sample" in logged.out
    assert crm("due", "--json").json == []
    (row,) = crm("due", "--json", today="2026-11-25").json
    expected = {"uid": uid, "temperature": "potential", "stage": "quoted", "tags": ["vip"], "due_on": "2026-11-23",
                "days_late": 2, "overdue": True, "by_hand": True, "next_action": "send sample"}  # fmt: skip
    assert {key: row[key] for key in expected} == expected

    assert "Fri 27 Nov" in crm("snooze", "müller", "next", "fri").out
    assert crm("due", "--json", today="2026-11-26").json == []
    assert crm("undo").out.startswith("Undone: ")
    assert len(crm("due", "--json", today="2026-11-26").json) == 1
    assert crm("redo").out.startswith("Redone: ")
    assert crm("due", "--json", today="2026-11-26").json == []

    done = crm("history", "--json").json
    assert [(step["kind"], step["undone"]) for step in done] == [
        ("redo", False), ("undo", True), ("do", False), ("do", False), ("do", False),
    ]  # fmt: skip
    assert all(step["customers"] == [uid] for step in done)
    assert len(crm("history", "--limit", "2").out.splitlines()) == 3  # a title and two operations


def test_most_urgent_first_with_points_that_add_up(crm: Crm, add: Add) -> None:
    for temperature in ("cold", "sample", "potential", "hot", "existing"):
        add(f"{temperature} GmbH", "--temperature", temperature)
    rows = crm("due", "--json", today="2026-11-27").json
    assert rows[0]["temperature"] == "hot"
    assert rows[-1]["temperature"] == "cold"
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    for row in rows:
        assert set(row) == ROW
        assert round(sum(reason["points"] for reason in row["reasons"]), 2) == row["score"]
        assert all(set(reason) == {"term", "points", "text"} and reason["text"] for reason in row["reasons"])
    assert names(crm("due", "--json", "--limit", "2", today="2026-11-27").json) == names(rows)[:2]


def test_why_shows_the_points_of_the_list(crm: Crm, add: Add) -> None:
    add("Müller GmbH", "--temperature", "hot", "--grade", "S")
    (row,) = crm("due", "--json").json
    why = crm("why", "Müller", "GmbH", "--json").json
    # The hour at the customer's may turn between the two calls; everything else is the same.
    assert {**why, "score": 0, "reasons": why["reasons"][:3]} == {**row, "score": 0, "reasons": row["reasons"][:3]}
    page = crm("why", "müller").out
    assert "temperature: hot" in page
    assert "10.00" in page


def test_show_has_people_entries_and_quotes(crm: Crm, add: Add) -> None:
    add("Müller GmbH", "--city", "Hamburg", "--type", "importer", "--tag", "价敏感", "--tag", "vip",
        "--contact", "Anna", "--email", "anna@mueller.de", "--phone", "040 123456",
        "--contact", "Bernd", "--position", "CEO", "--whatsapp", "+49 170 1234567")  # fmt: skip
    crm("log", "müller", "sent quote $FOB Shenzhen 0.86/5000 @phone")
    card = crm("show", "müller", "--json").json
    assert set(card) >= ROW
    assert (card["city"], card["kind"], card["tags"]) == ("Hamburg", "importer", ["价敏感", "vip"])
    assert [(person["name"], person["position"], person["main"]) for person in card["contacts"]] == [
        ("Anna", "", True), ("Bernd", "CEO", False),
    ]  # fmt: skip
    assert [reach["kind"] for reach in card["contacts"][0]["reaches"]] == ["email", "phone"]
    assert [reach["kind"] for reach in card["contacts"][1]["reaches"]] == ["whatsapp"]
    (entry,) = card["activities"]
    assert (entry["note"], entry["channel"], entry["stage"]) == ("sent quote", "phone", "new")
    assert entry["happened_at"].startswith("2026-11-")
    assert entry["happened_at"].endswith("+00:00")
    (quote,) = card["quotes"]
    assert (quote["price"], quote["currency"], quote["incoterm"], quote["moq"]) == ("0.86", "USD", "FOB", 5000)
    page = crm("show", "müller").out
    for word in ("Müller GmbH", "Hamburg", "Anna", "Bernd", "FOB Shenzhen", "USD 0.86", "sent quote", "#价敏感"):
        assert word in page


def test_an_address_before_the_first_person_is_that_persons(crm: Crm, add: Add) -> None:
    add("Müller GmbH", "--email", "anna@mueller.de", "--contact", "Anna")
    (person,) = crm("show", "müller", "--json").json["contacts"]
    assert (person["name"], person["reaches"][0]["value"]) == ("Anna", "anna@mueller.de")


def test_an_entry_can_lie_in_the_past(crm: Crm, add: Add) -> None:
    add("Müller GmbH", "--temperature", "hot")
    assert crm("log", "müller", "call", "--when", "wednesday").code == 0
    card = crm("show", "müller", "--json").json
    assert card["last_contact_on"] == "2026-11-18"
    assert card["due_on"] == "2026-11-20"


@pytest.mark.parametrize("named", ["Müller GmbH", "müller gmbh", "mueller", "anna@mueller.de", "c:DE #vip"])
def test_a_customer_is_meant_by_any_words_that_find_one(crm: Crm, add: Add, named: str) -> None:
    uid = add("Müller GmbH", "--tag", "vip", "--email", "anna@mueller.de")
    add("Schmidt KG")
    assert crm("show", named, "--json").json["uid"] == uid
    assert crm("show", uid, "--json").json["uid"] == uid


def test_an_exact_name_is_meant_even_among_many_and_when_it_looks_like_a_search(crm: Crm, add: Add) -> None:
    uid = add("Nord")
    for number in range(25):
        add(f"Nord {number}", "--temperature", "hot")
    assert crm("show", "nord", "--json").json["uid"] == uid
    odd = add("t:hot Trading")
    assert crm("show", "t:hot Trading", "--json").json["uid"] == odd


def test_several_are_listed_and_nothing_is_written(crm: Crm, add: Add) -> None:
    uids = [add("Nord Import"), add("Nord Export")]
    answer = crm("log", "nord", "call")
    assert answer.code == 2
    assert answer.out == ""
    assert all(uid in answer.err for uid in uids)
    assert len(crm("history", "--json").json) == 2


def test_find_lists_everyone_or_those_that_fit(crm: Crm, add: Add) -> None:
    add("Müller GmbH", "--tag", "价敏感", "--temperature", "hot")
    add("深圳汇通贸易有限公司", "--tag", "vip", country="CN")
    everyone = {"Müller GmbH", "深圳汇通贸易有限公司"}
    assert set(names(crm("find", "", "--json").json)) == everyone
    assert set(names(crm("find", "--json").json)) == everyone
    for query, name in {
        "#价敏感": "Müller",
        "＃价敏感": "Müller",
        "-#vip": "Müller",
        "c:CN": "深圳",
        "sz": "深圳",
    }.items():
        (row,) = crm("find", query, "--json").json
        assert row["name"].startswith(name)
        assert set(row) == ROW
    assert len(crm("find", "", "--limit", "1", "--json").json) == 1
    assert "there are more" in crm("find", "", "--limit", "1").out
    assert crm("find", "nosuchthing", "--json").json == []


def test_the_same_company_is_refused_unless_forced(crm: Crm, add: Add) -> None:
    uid = add("Müller GmbH")
    again = crm("add", "MÜLLER", "gmbh", "--country", "DE")
    assert again.code == 2
    assert uid in again.err
    assert len(crm("find", "", "--json").json) == 1
    assert crm("add", "MÜLLER", "gmbh", "--country", "DE", "--force").code == 0
    assert len(crm("find", "", "--json").json) == 2


def test_a_likely_duplicate_is_named_and_added(crm: Crm, add: Add) -> None:
    add("Müller GmbH", "--email", "anna@mueller.de")
    answer = crm("add", "Holding AG", "--country", "DE", "--email", "anna@mueller.de")
    assert answer.code == 0
    assert "Müller GmbH" in answer.err


def test_a_vague_note_and_an_unread_mark_are_pointed_out_and_kept(crm: Crm, add: Add) -> None:
    add("Müller GmbH")
    vague = crm("log", "müller", "followed up")
    assert vague.code == 0
    assert "followed up" in vague.err
    assert crm("log", "müller", "price >someday", "@carrier").err.count("stays in the note") == 2
    newest = crm("show", "müller", "--json").json["activities"][0]
    assert newest["note"] == "price >someday @carrier"


def test_options_stand_before_or_after_the_verb(crm: Crm, add: Add, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    assert crm("--db", other, "add", "Elsewhere", "--country", "FR").code == 0
    assert names(crm("find", "--json", "--db", other).json) == ["Elsewhere"]
    assert names(crm(f"--db={other}", "find", "", "--json").json) == ["Elsewhere"]
    assert crm("find", "", "--json").json == []


def test_help_and_version(crm: Crm) -> None:
    overview = crm("--help")
    assert overview.code == 0
    for verb in ("due", "find", "show", "why", "add", "log", "snooze", "undo", "redo", "history", "import"):
        assert f"\n  {verb}" in overview.out
        assert crm(verb, "--help").out.startswith(f"usage: crm {verb}")
    assert crm("help", "due").out == crm("due", "--help").out
    assert crm("due", "--help", "--lang", "zh_CN").out.startswith("用法：crm due")
    assert crm("--version").out.startswith("crm ")


def test_chinese(crm: Crm, add: Add) -> None:
    add("深圳汇通贸易有限公司", "--temperature", "热", "--stage", "已报价", country="中国")
    page = crm("due", "--lang", "zh_CN").out
    assert "客户" in page
    assert "热" in page
    (row,) = crm("due", "--json", "--lang", "zh_CN").json
    assert (row["temperature"], row["stage"], row["country"]) == ("hot", "quoted", "CN")
    assert "没有" in crm("deu", "--lang", "zh_CN").err
    assert crm("due", "--lang", "en").out.startswith("score")


def test_every_field_of_the_card_can_be_given(crm: Crm, add: Add) -> None:
    assert {"kind" if name == "type" else name for name in CUSTOMER_FIELDS} == set(BY_NAME) - {"name"}


def test_the_example_book_is_a_book_of_its_own(crm: Crm, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = demo_story.acts

    def beginning(*given: Any) -> Any:  # of its story; tests/test_demo.py reads it to the end
        people, happened = whole(*given)
        return people, happened[:150]

    monkeypatch.setattr(demo_story, "acts", beginning)
    add("Müller GmbH")
    demo = crm("find", "", "--json", "--demo").json
    assert len(demo) > 20
    assert "Müller GmbH" not in names(demo)
    assert crm("log", demo[0]["uid"], "call >3d", "--demo").code == 0
    assert crm("show", demo[0]["uid"], "--json", "--demo").json["activities"][0]["note"] == "call"
    assert len(crm("history", "--json").json) == 1


def test_a_search_that_finds_nobody_says_why(crm: Crm, add: Add) -> None:
    add("Rivermark Chemicals")
    said = crm("find", "Rivermrk").out
    assert "Rivermrk” is in no name" in said
    assert "No customer has the tag #nosuch" in crm("find", "#nosuch").out
