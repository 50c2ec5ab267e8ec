"""What the documents say is what the program does: every command, option, key and link in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tui_crm.cli.arguments import parse
from tui_crm.commands import COMMANDS, key_label
from tui_crm.domain.messages import Problem
from tui_crm.domain.query import parse_query
from tui_crm.domain.quicklog import parse_line
from tui_crm.domain.trade_lines import parse_record
from tui_crm.domain.values import Invoice, Order, Payment, Quote, Sample, Shipment

ROOT = Path(__file__).parent.parent
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *ROOT.glob("README*.md"), ROOT / "CHANGELOG.md"])
_ENDS = {"|", ">", "&&", ";", "<", "||", ")"}
_FIXED = {"Esc", "Enter", "Tab", "Del", "Backspace", "Ctrl+C", "Ctrl+D"}
"""Keys that mean the same everywhere and are no commands."""
_KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+\S+|F\d\d?)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_a_document_is_understood(page: Path) -> None:
    for line, words in commands(page):
        try:
            parse(words)
        except Problem as problem:
            pytest.fail(f"{page.name}: {line}: {problem}")
        except SystemExit as ended:
            assert ended.code == 0, line


def test_every_key_in_a_document_exists() -> None:
    known = _FIXED | {key_label(key) for command in COMMANDS for key in (*command.keys, *command.twins)}
    for page in PAGES:
        for span in spans(page.read_text(encoding="utf-8")):
            if _KEY.fullmatch(span):
                assert span in known, f"{page.name}: {span}"


def test_every_link_in_a_document_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                file = page.parent / target.partition("#")[0]
                assert file == page.parent or file.exists(), f"{page.name}: {target}"


LINES = sorted((ROOT / "docs").glob("lines*.md"))
_DAY = date(2026, 11, 23)


@pytest.mark.parametrize("page", LINES, ids=lambda page: page.name)
def test_every_example_of_a_line_is_read_as_the_page_says(page: Path) -> None:
    logging, trade, search, *_rest = page.read_text(encoding="utf-8").split("\n## ")[1:]
    for mark, _sets, examples in rows(logging):
        kinds = set()
        for line in spans(examples):
            entry = parse_line(line, _DAY)
            assert not entry.findings, line
            assert not entry.note, line
            kinds |= {span.kind for span in entry.spans}
        assert len(kinds - {"untag"}) == 1, f"{mark} sets one thing: {kinds}"
    for line in re.findall(r"^```\n(.*?)^```", logging, re.S | re.M)[0].splitlines():
        entry = parse_line(line, _DAY)
        assert not entry.findings, line
        assert entry.note
        assert {span.kind for span in entry.spans} >= {"next", "tag", "channel", "temperature"}, line
        assert [type(each.record) for each in entry.records] == [Quote]
    kinds_of_trade = (Quote, Sample, Invoice, Order, Payment, Shipment)
    for kind, (_name, *languages) in zip(kinds_of_trade, rows(trade), strict=True):
        for line in spans(" ".join(languages)):
            reading = parse_record(line, _DAY, "USD")
            assert isinstance(reading.record, kind), line
            assert reading.length == len(line), line
    for terms, _finds in rows(search):
        for line in spans(terms):
            query = parse_query(line, _DAY, "Mei")
            assert not query.findings, line
            assert query.terms, line
            assert "word" not in {term.field for term in query.terms}, line


def rows(text: str) -> Iterator[list[str]]:
    """The cells of the rows of a text's table."""
    for line in [line for line in text.splitlines() if line.startswith("| ")][1:]:
        yield line.strip("| ").split(" | ")


def spans(text: str) -> list[str]:
    """What stands as code in a text."""
    return re.findall(r"`([^`\n]+)`", text)


def test_every_picture_is_shown_somewhere() -> None:
    shown = {link for page in PAGES for link in re.findall(r"images/([\w-]+\.svg)", page.read_text(encoding="utf-8"))}
    assert {file.name for file in (ROOT / "docs" / "images").iterdir()} == shown


def test_the_site_names_every_document() -> None:
    site = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        if page.suffixes != [".zh", ".md"]:
            assert page.name in site, page.name


def commands(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The lines of a page's shell blocks that run `crm`, as the words that it is given."""
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.S | re.M):
        for line in block.splitlines():
            for piece in re.split(r"\s{2,}(?=(?:\S*/)?crm )", line):
                words = shlex.split(piece, comments=True)
                if words and words[0].rpartition("/")[2] == "crm" and "…" not in piece:
                    stop = next((at for at, word in enumerate(words) if word in _ENDS), len(words))
                    yield piece, words[1:stop]
