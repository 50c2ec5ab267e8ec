"""`crm import`: shown first, brought in when asked, taken back by one undo."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_crm.store import reindexing
from tui_crm.usecases import indexing

from .conftest import Crm

DATA = Path(__file__).parents[2] / "../shared/data"
SHEET = """客户公司,国家,联系人,邮箱,跟进时间,跟进方式,沟通内容,下次跟进时间,标签,内部编号
Nord GmbH,德国,Anna,anna@nord.de,2026-11-10,邮件,问价格,2026-11-24,价敏感,A-1
Süd SARL,法国,Luc,luc@sud.fr,2026-11-12,电话,要样品,2026-11-25,,A-2
"""
UNCLEAR = "Company,Country,Last contact,Notes\nNord GmbH,Germany,5/6/2026,asked for prices\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def test_a_dry_run_shows_and_writes_nothing(crm: Crm, sheet: Path) -> None:
    answer = crm("import", str(sheet), "--dry-run")
    assert answer.code == 0
    assert "2" in answer.out
    plan = crm("import", str(sheet), "--dry-run", "--json").json
    assert (plan["new"], plan["update"], plan["same"]) == (2, 0, 0)
    assert [customer["name"] for customer in plan["customers"]] == ["Nord GmbH", "Süd SARL"]
    assert plan["sheets"][0]["custom"] == ["内部编号"]
    assert crm("find", "", "--json").json == []
    assert crm("history", "--json").json == []


def test_without_yes_and_without_a_terminal_nothing_is_written(crm: Crm, sheet: Path) -> None:
    answer = crm("import", str(sheet))
    assert answer.code == 2
    assert "New customers: 2" in answer.out
    assert "--yes" in answer.err
    assert crm("find", "", "--json").json == []


def test_brought_in_once_and_taken_back_by_one_undo(crm: Crm, sheet: Path) -> None:
    assert crm("import", str(sheet), "--yes").code == 0
    card = crm("show", "nord", "--json").json
    assert (card["country"], card["tags"], card["due_on"], card["by_hand"]) == ("DE", ["价敏感"], "2026-11-24", True)
    assert [entry["note"] for entry in card["activities"]] == ["问价格"]
    assert card["custom"] == {"内部编号": "A-1"}

    again = crm("import", str(sheet), "--yes")
    assert again.code == 0
    assert "nothing new" in again.out
    assert len(crm("history", "--json").json) == 1

    assert crm("undo").code == 0
    assert crm("find", "", "--json").json == []
    assert crm("redo").code == 0
    assert len(crm("find", "", "--json").json) == 2


def test_the_search_index_of_a_large_import_is_made_after_it(
    crm: Crm, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindexing, "SMALL", 0)

    def interrupted(*_given: object, **_more: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as then:
        then.setattr(indexing, "rebuild_index", interrupted)
        answer = crm("import", str(sheet), "--yes")
    assert (answer.code, "Brought in: 2" in answer.out, "next started" in answer.out) == (0, True, True)
    assert "0 of 2" in crm("find", "nord").err
    assert "nothing new" in crm("import", str(sheet), "--yes").out
    assert [each["name"] for each in crm("find", "nord", "--json").json] == ["Nord GmbH"]


def test_the_report_is_a_file_of_its_own(crm: Crm, sheet: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    assert crm("import", str(sheet), "--dry-run", "--report", str(report)).code == 0
    assert "内部编号" in report.read_text(encoding="utf-8")
    for taken in (sheet, tmp_path / "book.db"):
        before = taken.read_bytes()
        answer = crm("import", str(sheet), "--yes", "--report", str(taken))
        assert answer.code == 2
        assert taken.read_bytes()[:100] == before[:100]
    assert crm("import", str(sheet), "--yes", "--report", str(tmp_path / "none" / "report.txt")).code == 2
    assert crm("find", "", "--json").json == []


def test_dates_that_can_be_read_two_ways_are_asked_about(crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "unclear.csv"
    file.write_text(UNCLEAR, encoding="utf-8")
    answer = crm("import", str(file), "--yes")
    assert answer.code == 2
    assert "--date-order" in answer.err
    assert crm("import", str(file), "--yes", "--dates", "dmy").code == 0
    assert crm("show", "nord", "--json").json["last_contact_on"] == "2026-06-05"


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7 no sheet", b"PK\x03\x04 broken", b"\x00\xff\xfe\x01" * 100])
def test_what_is_no_sheet_is_refused(crm: Crm, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "some.xlsx"
    if content is not None:
        file.write_bytes(content)
    answer = crm("import", str(file), "--yes")
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    assert crm("find", "", "--json").json == []


def test_no_cell_steers_the_terminal(crm: Crm, tmp_path: Path) -> None:
    file = tmp_path / "hostile.csv"
    hostile = ["\x1b[2Jevil", "\x9b2J", "\u202egnp", "[/nope] [", "a\x07b"]
    rows = "\n".join(f"{text},Nowhere{text},{text}@@,{text}" for text in hostile)
    file.write_text(f"Company,Country,E-mail,Odd{hostile[0]}\n{rows}\n", encoding="utf-8")
    report = tmp_path / "report.txt"
    for format in ((), ("--json",)):
        answer = crm("import", str(file), "--yes", "--report", str(report), *format)
        told = answer.out + answer.err + report.read_text(encoding="utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", told)
        assert format == () or json.loads(answer.out)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
@pytest.mark.parametrize(("typed", "code", "customers"), [("y\n", 0, 2), ("是\n", 0, 2), ("n\n", 2, 0), ("\n", 2, 0)])
def test_on_a_terminal_it_asks(home: Path, sheet: Path, typed: str, code: int, customers: int) -> None:
    import pty

    environment = {**os.environ, "CRM_HOME": str(home)}
    crm = [sys.executable, "-m", "tui_crm"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*crm, "import", str(sheet)], env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while b"(y/n)" not in said:
        said += os.read(ours, 4096)
    os.write(ours, typed.encode())
    assert process.wait(30) == code
    os.close(ours)
    found = subprocess.run([*crm, "find", "", "--json"], env=environment, capture_output=True, check=True).stdout
    assert len(json.loads(found)) == customers


REAL = [
    "8_followup_sheets/followup_overview_and_customer_sheets.xlsx",
    "8_followup_sheets/simple_log_gbk.csv",
    "8_followup_sheets/ten_standard_columns_utf8bom.csv",
    "1_crm_exports/atomic_crm/contacts.csv",
]


@pytest.mark.skipif(not DATA.exists(), reason="the shared sheets are not here")
@pytest.mark.parametrize("name", REAL)
def test_real_sheets_come_in_once(crm: Crm, name: str) -> None:
    plan = crm("import", str(DATA / name), "--dry-run", "--json").json
    assert plan["new"] > 0
    assert crm("import", str(DATA / name), "--yes").code == 0
    assert len(crm("find", "", "--json").json) == plan["new"]
    assert "nothing new" in crm("import", str(DATA / name), "--yes").out
    assert len(crm("history", "--json").json) == 1


def test_the_book_is_untouched_where_adding_would_be_stopped(crm: Crm, add: Callable[..., str], sheet: Path) -> None:
    """The import matches a customer that is there and adds to it, instead of making a second one."""
    uid = add("Nord GmbH")
    assert crm("import", str(sheet), "--yes").code == 0
    card = crm("show", "nord", "--json").json
    assert card["uid"] == uid
    assert [entry["note"] for entry in card["activities"]] == ["问价格"]
    assert crm("undo").code == 0
    assert crm("show", "nord", "--json").json["activities"] == []


MAPPED = """Firm;Mail;Gesagt;Wann;Kolumne
Nord GmbH;anna@nord.de;sent PI20261101-A USD 4280;5/6/2026;x1
Ost Ltd;o@ost.pl;wants terms;7/8/2026;x2
"""


def test_columns_dates_and_trade_are_said_on_the_line_and_remembered(crm: Crm, tmp_path: Path) -> None:
    file, report = tmp_path / "odd.csv", tmp_path / "report.csv"
    file.write_text(MAPPED, encoding="utf-8")
    say = ("--map", "gesagt=note", "--map", "Wann=last_date", "--map", "kolumne=skip")
    done = crm("import", str(file), *say, "--date-order", "dmy", "--trade", "--yes", "--report", str(report))
    assert (done.code, done.err) == (0, "")
    card = crm("show", "nord", "--json").json
    assert card["last_contact_on"] == "2026-06-05"
    assert card["custom"] == {}
    assert [record["number"] for record in card["invoices"]] == ["PI20261101-A"]
    assert "Kolumne" in report.read_text(encoding="utf-8-sig")
    file.write_text(MAPPED.replace("x1", "x3").replace("5/6/2026", "2026-06-06"), encoding="utf-8")
    (sheet,) = crm("import", str(file), "--dry-run", "--date-order", "dmy", "--json").json["sheets"]
    how = {column["header"]: (column["field"], column["how"]) for column in sheet["columns"]}
    assert how["Gesagt"] == ("note", "remembered")
    assert how["Kolumne"] == ("skip", "remembered")


@pytest.mark.parametrize(
    ("option", "value", "answer"),
    [
        ("--map", "Firn=company", "Did you mean “Firm”?"),
        ("--map", "Firm=compny", "Did you mean company?"),
        ("--map", "Firm", "COLUMN=FIELD"),
        ("--sheet", "odf", "Did you mean “odd”?"),
        ("--preset", "nobody", "google"),
    ],
)
def test_what_the_file_does_not_have_is_answered_with_the_nearest(
    crm: Crm, tmp_path: Path, option: str, value: str, answer: str
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(MAPPED, encoding="utf-8")
    said = crm("import", str(file), "--dry-run", option, value)
    assert said.code == 2
    assert answer in said.err
