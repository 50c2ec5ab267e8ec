"""`crm ics` and `crm report` as a user types them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .conftest import Crm


def test_a_calendar_of_all_or_of_a_search(crm: Crm, add: Callable[..., str], home: Path) -> None:
    add("Müller GmbH")
    add("Acme Inc", country="US")
    assert "2 events" in crm("ics").out
    assert (home / "book.ics").read_bytes().count(b"BEGIN:VEVENT") == 2
    assert "1 event" in crm("ics", str(home / "us.ics"), "c:US").out
    assert b"Acme" in (home / "us.ics").read_bytes()
    refused = crm("ics", "c:US")
    assert (refused.code, "Name a file" in refused.err) == (2, True)
    assert crm("ics", str(home / "none.ics"), "c:FR").code == 2
    assert not (home / "none.ics").exists()


def test_a_page_is_printed_or_written_and_never_over_another(crm: Crm, add: Callable[..., str], home: Path) -> None:
    add("Müller GmbH")
    assert "[ ]  Müller GmbH" in crm("report", "today").out
    assert crm("report", "card", "müller", "--html").out.startswith("<!DOCTYPE html>")
    page = home / "card.html"
    assert crm("report", "card", "müller", str(page)).code == 0
    assert "<h1>Müller GmbH" in page.read_text().replace("<bdi>", "")
    again = crm("report", "card", "müller", str(page))
    assert (again.code, "--force" in again.err) == (2, True)
    assert crm("report", "card", "müller", str(page), "--force").code == 0
    assert crm("report", "quotes").code == 2
    assert "Nobody is due today." in crm("report", "today", "--today", "2020-01-01").out
