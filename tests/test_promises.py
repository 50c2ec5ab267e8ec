"""Every promise of `docs/promises.md` names the test that holds it, and every test of faults has its promise."""

from __future__ import annotations

from tests.faults import report


def test_every_promise_has_a_test_and_every_test_of_faults_a_promise() -> None:
    text = report.DOCUMENT.read_text(encoding="utf-8")
    promised = report.promised(text)
    assert report.without_test(text) == []
    for test in promised:
        assert test in report.tests_in(report.TESTS / test.partition("::")[0]), "there is no such test"
    of_faults = [test for file in sorted((report.TESTS / "faults").glob("test_*.py")) for test in report.tests_in(file)]
    assert set(of_faults) <= set(promised)
    found = report.found(text)
    assert set(found) <= set(promised)
    assert not any("**failed**" in row for row in found.values())


def test_the_chinese_page_promises_the_same() -> None:
    text = report.CHINESE.read_text(encoding="utf-8")
    english = report.DOCUMENT.read_text(encoding="utf-8")
    assert report.promised(text) == report.promised(english)
    assert report.without_test(text) == []
    assert report.chinese(english) == text, "python -m tests.faults.report --again"
