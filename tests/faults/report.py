"""The promises of `docs/promises.md`: which tests hold them, and what those found at full length.

`python -m tests.faults.report` runs every test that a promise names, at full length, and writes what came out into the document;
`python -m tests.faults.report faults/test_writes.py::test_…` only those, and keeps the other rows. A test says what it did and
found by `record_property("done", …)` and `record_property("found", …)`. The Chinese page gets the same rows;
`python -m tests.faults.report --again` only writes those anew.
"""

from __future__ import annotations

import ast
import os
import platform
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
DOCUMENT = TESTS.parent / "docs" / "promises.md"
BEGIN, END = "<!-- found: written by `make faults` -->", "<!-- end of what was found -->"
CHINESE = DOCUMENT.with_name("promises.zh.md")
HEAD = "| test | done at full length | found | seconds | day | machine |\n|---|---|---|---|---|---|"
_CHINESE_HEAD = "| 测试 | 足量跑了多少 | 结果 | 秒 | 日期 | 机器 |\n|---|---|---|---|---|---|"
_NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")
_HELD, _FAILED = "held", "**failed**"
_WORDS = {
    "**failed**": "**没守住**", "held": "守住", "not run: ": "没跑：", "kills": "次强杀", "cuts": "次断电", "cases": "种情形",
    "runs": "次运行", "calls": "次调用", "saves": "次保存", "operations": "次操作", "lost": "丢失", "halves": "半截", "unsound": "不一致",
    "unusable": "不可用", "bad": "损坏", "cores": "核", "told in": "说明了", "borne in the others": "其余无影响",
}  # fmt: skip
"""Words of the second table as the Chinese page says them; others stay."""


def promised(text: str) -> list[str]:
    """The tests that the promises name, one by one or as a whole file, in their order: as `folder/file.py::test` under `tests`."""
    tests: dict[str, None] = {}
    for row in _promises(text):
        for file, test in _NAMED.findall(row):
            tests |= dict.fromkeys([f"{file}::{test}"] if test else tests_in(TESTS / file))
    return list(tests)


def without_test(text: str) -> list[str]:
    """The promises that name no test."""
    return [row for row in _promises(text) if not _NAMED.search(row)]


def _promises(text: str) -> list[str]:
    """The rows of the first table."""
    return [line for line in text[: text.index(BEGIN)].splitlines() if line.startswith("|")][2:]


def tests_in(file: Path) -> list[str]:
    """The tests of a file, named as promises name them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    names = [node.name for node in tree.body if isinstance(node, kinds) and node.name.startswith("test_")]
    return [f"{file.relative_to(TESTS).as_posix()}::{name}" for name in names]


def found(text: str) -> dict[str, str]:
    """The rows of the table of what was found, by their test."""
    written = text[text.index(BEGIN) : text.index(END)].splitlines()
    return {f"{test[1]}::{test[2]}": line for line in written if (test := _NAMED.search(line))}


@dataclass(slots=True)
class _Test:
    """What came out of a test, all its parameters together."""

    cases: int = 0
    failed: bool = False
    skipped: str = ""
    seconds: float = 0
    said: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def row(self, name: str) -> str:
        """The row of the table."""
        done = "; ".join(self.said["done"]) or (f"{self.cases} cases" if self.cases > 1 else "")
        what = _FAILED if self.failed else "; ".join(self.said["found"]) or self.skipped or _HELD
        return f"| `{name}` | {done} | {what} | {self.seconds:,.0f} | {datetime.now(UTC):%Y-%m-%d} | {_machine()} |"


class Listener:
    """Hears of every test that is run."""

    def __init__(self) -> None:
        self.heard: defaultdict[str, _Test] = defaultdict(_Test)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Pytest's hook: one part of one test is done."""
        test = self.heard[report.nodeid.partition("[")[0].removeprefix("tests/")]
        test.seconds += report.duration
        test.failed |= report.failed
        if report.skipped and isinstance(report.longrepr, tuple):
            test.skipped = "not run: " + report.longrepr[2].removeprefix("Skipped: ")
        if report.when == "call" and not report.skipped:
            test.cases += 1
            for name, value in report.user_properties:
                test.said[name].append(str(value))


def _machine() -> str:
    """Of the machine only what the figures depend on."""
    return f"{os.cpu_count()} cores, {platform.system()} {'.'.join(platform.release().split('.')[:2])}"


def rewritten(text: str, rows: Iterable[str], head: str = HEAD) -> str:
    """The document with these rows in its table of what was found."""
    before, after = text[: text.index(BEGIN)], text[text.index(END) :]
    return before + "\n".join([BEGIN, head, *rows]) + "\n" + after


def chinese(text: str) -> str:
    """The Chinese page with the rows of the English `text`."""
    return rewritten(CHINESE.read_text(encoding="utf-8"), map(_in_chinese, found(text).values()), _CHINESE_HEAD)


def _in_chinese(row: str) -> str:
    test, rest = row[2:].split(" | ", 1)
    return f"| {test} | " + re.sub("|".join(map(re.escape, _WORDS)), lambda said: _WORDS[said[0]], rest)


def main(asked: Sequence[str]) -> int:
    """Run the tests asked for, or all, and write down what was found; returns the exit code of the run."""
    if list(asked) == ["--again"]:
        CHINESE.write_text(chinese(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    os.environ["CRM_FAULTS_LONG"] = "1"  # read where the tests are loaded
    listener = Listener()
    tests = asked or promised(DOCUMENT.read_text(encoding="utf-8"))
    code = pytest.main(["-q", "-p", "no:cacheprovider", *(f"{TESTS}/{test}" for test in tests)], plugins=[listener])
    text = DOCUMENT.read_text(encoding="utf-8")  # it may have been edited meanwhile
    rows = found(text) | {name: test.row(name) for name, test in listener.heard.items()}
    text = rewritten(text, [rows[test] for test in promised(text) if test in rows])
    DOCUMENT.write_text(text, encoding="utf-8")
    CHINESE.write_text(chinese(text), encoding="utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
