"""`crm` as a user calls it, in this process: words in, exit code and both streams out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import an_empty_book
from tui_crm.cli import main

TODAY = "2026-11-20"
"""A Friday."""


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Crm = Callable[..., Answer]


def no_program(*_given: object) -> int:
    raise AssertionError("a verb must not open the program")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


@pytest.fixture
def crm(home: Path, capsys: pytest.CaptureFixture[str]) -> Crm:
    def run(*words: str, today: str = TODAY) -> Answer:
        capsys.readouterr()
        code = main(["--today", today, *words], no_program)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def add(crm: Crm, home: Path) -> Callable[..., str]:
    """Add a customer and return its uid."""
    if not (home / "book.db").exists():
        an_empty_book(home / "book.db")

    def run(name: str, *options: str, country: str = "DE") -> str:
        answer = crm("add", name, "--country", country, *options)
        assert answer.code == 0, answer.err
        return answer.out.split("uid ")[1].strip()

    return run
