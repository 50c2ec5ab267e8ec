"""How a large book is searched — walks instead of sorting, layers instead of ranking — tried on a small one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import TODAY, a_customer, a_session, days_ago, in_days, noon
from tui_crm.domain.names import sort_key
from tui_crm.domain.values import Contact, Quote, Reach, Sample
from tui_crm.domain.views import VIEWS
from tui_crm.domain.vocabulary import STAGES, TEMPERATURES
from tui_crm.store import filtered, lookup, worded, wording
from tui_crm.usecases import finding, logging, trade
from tui_crm.usecases.session import Session, Stopped

NAMES = (
    "Alpha Trading",
    "Beta Trading",
    "Alpine Tools",
    "深圳市华威",
    "深圳永盛",
    "Müller Bau",
    "Zeta",
    "Trading Post",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Sixty customers of every temperature, stage and day."""
    session = a_session(tmp_path_factory.mktemp("book"))
    for n in range(60):
        temperature, stage = TEMPERATURES[n % 5], STAGES[n * 7 % len(STAGES)]
        reach = Reach("phone", f"+49 170 55{n:05}")
        customer = a_customer(
            session, temperature, name=f"{NAMES[n % 8]} {n}", stage=stage, grade="SABCE"[n % 3], country=("DE", "CN", "JP")[n % 3],
            last_contact=days_ago(n) if n % 4 else None, promised=in_days(n % 21 - 10) if n % 5 else None, archived=n % 13 == 0,
            tags=("price",) if n % 3 else ("price", "vip"), owner=("me", "李四")[n % 2], contacts=(Contact("Bo", reaches=(reach,)),),
        )  # fmt: skip
        if n % 2:
            logging.log(session, customer, ("问付款方式 alpha", "sent the catalogue @wa")[n % 4 // 2], noon(TODAY))
        if n % 3 == 0:
            trade.add(session, customer, Quote(days_ago(3), "USD", 12_300))
        if n % 7 == 0:
            trade.add(session, customer, Sample(shipped_on=days_ago(9)))
    return session


FILTERS = [
    "", "t:hot", "-t:hot", "g:S", "-g:S,A t:cold", "st:quoted,ordered", "c:DE", "c:DE,JP -#vip", "#vip t:cold", "ch:wa", "owner:me",
    "due:today", "due:<today", "due:>today", "due:>=11/20", "late:>3", "-late:>3", "last:>30d", "last:<5d", "quote:open -g:S",
    "sample:waiting", "no:next", "-no:next", "is:lost", "is:paused", "is:archived", "-is:archived", "is:archived,lost", "is:overdue",
    "is:risk", "#nosuch", "-alpha t:hot", '-"the catalogue"', "late:>3 last:>9d c:CN", *(view.line for view in VIEWS),
]  # fmt: skip
WORDS = [
    "alpha", "al", "a", "trading", "tra", "深圳", "圳", "shenz", "sz", "muel", "alpha trading", "tr al", "付款", "fukuan", "付款 al",
    "catalogue zeta", "t:hot alpha", "#vip tr", "is:overdue a", "alpha -trading", '"the catalogue" t', "5500", "bo alpha", "xyzzy",
    "a 付款 bo", "zeta due:>today", "is:archived al", "付款 -alpha", "tr -beta", "alpha -zeta -付款",
    "alpha -bo -trading", "深圳 -alpha -catalogue", "alpha z t p",
]  # fmt: skip


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if sixty customers were millions."""
    for module, name, value in (
        (filtered, "SORTED", 2), (filtered, "_FACTS_LISTED", 6), (filtered, "_LAST_LISTED", 4), (wording, "LARGE", 9), (worded, "READ", 2), (worded, "_BATCH", 3), (worded, "_PAGE", 2), (worded, "_FIRST_PAGE", 1), (lookup, "CHUNK", 2),
        (worded, "CHUNK", 2), (lookup, "PROBED", 1), (worded, "PROBED", 1), (wording, "_SOUGHT_OUT", 1), (wording, "SPELLINGS", 20),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)


@pytest.mark.parametrize("line", FILTERS)
def test_walking_gives_the_order_of_sorting(book: Session, line: str, request: pytest.FixtureRequest) -> None:
    sorted_ = finding.find(book, line)
    request.getfixturevalue("large")
    for limit in (5, 100):
        walked = finding.find(book, line, limit)
        assert walked.rows == sorted_.rows[:limit]
        assert walked.more == (len(sorted_.rows) > limit)
        assert walked.count == len(sorted_.rows) or not walked.exact
    assert finding.count(book, line) == len(sorted_.rows)


@pytest.mark.parametrize("most", [1_000, 3])
def test_a_walk_that_goes_too_far_is_given_up_for_reading_and_sorting(
    book: Session, most: int, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    sorted_ = {line: finding.find(book, line) for line in FILTERS}
    request.getfixturevalue("large")
    monkeypatch.setattr(filtered, "_PATIENCE", 3)
    monkeypatch.setattr(filtered, "_READ", most)
    for line, whole in sorted_.items():
        found = finding.find(book, line, 5)
        assert (line, found.rows) == (line, whole.rows[:5])
        assert found.more == (len(whole.rows) > 5)
        assert found.count == len(whole.rows) or not found.exact


def test_a_sample_that_promises_very_many_is_count_enough(
    book: Session, large: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filtered, "_FACTS_LISTED", 1)
    monkeypatch.setattr(filtered, "_SAMPLE", 20)
    counts = {}
    for promised in (5, 1_000):
        monkeypatch.setattr(filtered, "_CLEARLY_MORE", promised)
        found = finding.find(book, "#price is:overdue", 3)
        counts[promised] = found.count, found.exact
    assert counts[5] == (finding.COUNT_TO, False)
    assert counts[1_000] == (finding.count(book, "#price is:overdue"), True)


@pytest.mark.parametrize("line", WORDS)
def test_layers_give_what_ranking_gives(book: Session, line: str, request: pytest.FixtureRequest) -> None:
    ranked = finding.find(book, line)
    request.getfixturevalue("large")
    layered = finding.find(book, line, 100)
    assert sorted(row.id for row in layered.rows) == sorted(row.id for row in ranked.rows)
    assert (layered.more, layered.count) == (False, len(ranked.rows))
    assert {row.id for row in finding.find(book, line, 3).rows} <= {row.id for row in ranked.rows}
    assert finding.count(book, line) == len(ranked.rows)


@pytest.mark.usefixtures("large")
def test_names_that_begin_so_come_first_in_order_of_the_name(book: Session) -> None:
    names = [row.name for row in finding.find(book, "trading", 8).rows]
    begin = [name for name in names if name.startswith("Trading")]
    assert names[: len(begin)] == begin == sorted(begin, key=sort_key)
    assert begin


def test_a_search_that_is_not_wanted_any_more_stops(book: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui_crm.store import book as store

    monkeypatch.setattr(store, "_STEPS_BETWEEN_ASKING", 10)
    for line in ("alpha", "t:hot", '-"the catalogue"', "is:overdue al"):
        with pytest.raises(Stopped):
            finding.find(book, line, stop=lambda: True)
        with pytest.raises(Stopped):
            finding.count(book, line, stop=lambda: True)
        assert finding.find(book, line, stop=lambda: False).rows == finding.find(book, line).rows


def test_an_index_is_made_in_portions_and_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui_crm.store import reindexing
    from tui_crm.usecases import indexing
    from tui_crm.usecases.session import open_session

    monkeypatch.setattr(reindexing, "_CHUNK", 3)
    monkeypatch.setattr(reindexing, "_TOGETHER", 1)
    session = a_session(tmp_path)
    customers = [a_customer(session, name=f"Alpha {n}", last_contact=days_ago(3)) for n in range(10)]
    told: list[tuple[int, int]] = []
    assert not indexing.rebuild_index(session, lambda *done: told.append(done), stop=lambda: len(told) == 2)
    assert told == [(3, 10), (6, 10)]
    assert indexing.index_is_stale(session)
    found = finding.find(session, "alpha drawing")
    assert [row.id for row in found.rows] == customers[:6]
    assert "6 of 10" in str(found.findings[-1])
    assert len(finding.find(session, "t:potential").rows) == 10
    logging.log(session, customers[0], "wants gaskets")
    logging.log(session, customers[9], "wants gaskets")
    assert indexing.rebuild_index(session, anew=False)
    assert not indexing.index_is_stale(session)
    result = finding.find(session, "alpha drawing gaskets")
    assert ({row.id for row in result.rows}, result.findings) == ({customers[0], customers[9]}, ())
    # Interrupted for good, and opened again: a small book is made whole at once.
    indexing.rebuild_index(session, stop=lambda: True)
    session.close()
    again = open_session(session.book.path, session.settings, session.clock)
    assert len(finding.find(again, "gaskets").rows) == 2
