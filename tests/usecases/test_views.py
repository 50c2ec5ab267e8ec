"""Views, lists in an order of one's own, and what of both stands in the settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_customer, a_session, days_ago, in_days
from tests.screen import in_chinese
from tui_crm.config import ListLook, Settings, load_settings
from tui_crm.domain.columns import COLUMN_CODES, ORDERS, Order
from tui_crm.domain.messages import Problem
from tui_crm.domain.query import parse_query
from tui_crm.domain.views import VIEWS, SavedView
from tui_crm.screens.widgets.table import widths
from tui_crm.settings_file import save_changes
from tui_crm.store import sorting as stored
from tui_crm.usecases import finding, listing, recent, sorting, views
from tui_crm.usecases.session import Session


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """Customers that differ in everything lists are sorted by."""
    session = a_session(tmp_path_factory.mktemp("book"))
    a_customer(session, "hot", name="Beta", grade="A", country="FR", last_contact=days_ago(3), created_on=days_ago(9))
    a_customer(session, "cold", name="alpha", grade="", country="DE", promised=in_days(5), created_on=days_ago(30))
    a_customer(session, "cold", name="Gamma", grade="S", country="", last_contact=days_ago(90), created_on=days_ago(1))
    a_customer(session, "hot", name="Delta", grade="C", country="AT", stage="lost", created_on=days_ago(20))
    a_customer(session, "hot", name="Gone", archived=True)
    return session


def with_views(session: Session, **saved: SavedView) -> Session:
    return replace(session, settings=replace(session.settings, views=saved))


# Views ----------------------------------------------------------------------------------------------------------------


def test_every_view_of_the_program_is_understood(book: Session) -> None:
    for view in views.every({}):
        assert finding.find(book, view.line).query.findings == (), view.name
    with in_chinese():
        assert [view.name for view in views.every({})][:2] == ["今日到期", "已逾期"]


def test_a_view_is_saved_renamed_reworded_and_taken_away(book: Session) -> None:
    session = with_views(book, **views.save(book, "  My  hot ones ", "t:hot "))
    session = with_views(session, **views.save(session, "Other", "t:cold"))
    mine = views.named(session.settings.views, "my  hot ones")
    assert (mine.line, mine.own, len(views.every(session.settings.views))) == ("t:hot", True, len(VIEWS) + 2)
    assert list(views.rename(session, mine, "Hot")) == ["Hot", "Other"]
    assert views.rename(session, mine, "MY hot ones")  # its own name, written otherwise
    assert views.reword(session, mine, "t:hot g:A")[mine.id].line == "t:hot g:A"
    assert list(views.remove(session, mine)) == ["Other"]


@pytest.mark.parametrize("name", ["", "  ", "Overdue", "at_risk", "OTHER", "\u200b"])
def test_a_name_must_be_new(book: Session, name: str) -> None:
    session = with_views(book, Other=SavedView("t:hot"))
    with pytest.raises(Problem):
        views.save(session, name, "t:hot")


def test_nothing_is_no_search_to_save(book: Session) -> None:
    with pytest.raises(Problem, match="no search to save"):
        views.save(book, "All", "  ")


def test_a_digit_shows_one_view_and_comes_off_again(book: Session) -> None:
    saved = views.put_on(book, views.named({}, "overdue"), "6")
    assert views.by_key(saved, "6").id == "overdue"
    session = with_views(book, **saved, Mine=SavedView("t:hot"))
    saved = views.put_on(session, views.named(session.settings.views, "Mine"), "6")
    assert (views.by_key(saved, "6").id, list(saved)) == ("Mine", ["Mine"])
    session = with_views(book, **saved)
    saved = views.put_on(session, views.by_key(saved, "6"), "6")
    assert saved == {"Mine": SavedView("t:hot")}
    with pytest.raises(Problem, match="No view has the key 6"):
        views.by_key(saved, "6")


def test_a_script_that_errs_is_told_the_nearest(book: Session) -> None:
    for name in ("overdue", "Overdue", "OVERDUE", "at_risk", "At risk"):
        assert views.named({}, name)
    with in_chinese():
        assert views.named({}, "已逾期") == views.named({}, "Overdue")
    with pytest.raises(Problem, match=r"Did you mean Overdue\?"):
        views.named({}, "overdew")
    with pytest.raises(Problem, match="crm views"):
        views.named({}, "zzz")


def test_views_and_columns_are_kept_in_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    look = ListLook(("name", "money"), "-last")
    kept = replace(Settings(), views={"热 DE": SavedView("t:hot c:DE", "0"), "overdue": SavedView("", "6")}, list=look)
    save_changes(file, Settings(), kept)
    assert load_settings(file) == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[views.x]\nline = ""', "no line"),
        ('[views.x]\nline = "a"\nkey = "5"', "must be one of 6 7 8 9 0"),
        ('[views.x]\nline = "a"\nkey = "67"', "must be one of"),
        ('[views.x]\nline = "a"\nkey = "6"\n[views.y]\nline = "b"\nkey = "6"', "each for one view only"),
        ('[views.x]\nlin = "a"', "Did you mean views.x.line?"),
        ("[views]\nx = 3", "views.x"),
        ('[list]\ncolumns = ["nam"]', "list.columns = 'nam' is not known. Use one of: name due"),
        ('[list]\ncolumns = "name"', "does not fit"),
        ('[list]\nsort = "up"', "best name -name"),
        ("[list]\nsort = 3", "does not fit"),
    ],
)
def test_what_is_wrong_in_the_settings_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=said):
        load_settings(tmp_path / "settings.toml")


# Order and columns ----------------------------------------------------------------------------------------------------

SORTED = {
    "name": "alpha Beta Delta Gamma",
    "-name": "Gamma Delta Beta alpha",
    "due": "Gamma Beta alpha Delta",
    "-due": "alpha Beta Gamma Delta",
    "last": "alpha Delta Gamma Beta",
    "-last": "Beta Gamma Delta alpha",
    "grade": "Gamma Beta Delta alpha",
    "-grade": "Delta Beta Gamma alpha",
    "country": "Delta Beta alpha Gamma",
    "created": "alpha Delta Beta Gamma",
    "-created": "Gamma Beta Delta alpha",
}


@pytest.mark.parametrize(("order", "expected"), SORTED.items())
def test_a_list_stands_in_the_order_chosen(book: Session, order: str, expected: str) -> None:
    by = Order(order.lstrip("-"), order.startswith("-"))
    rows = finding.find(book, "", order=by).rows
    assert " ".join(row.name for row in rows) == expected
    assert [row.name for row in finding.find(book, "", 2, order=by).rows] == expected.split()[:2]


@pytest.mark.parametrize("line", ["", "t:hot", "-g:A", "is:archived", "due:>today"])
def test_walking_an_index_and_sorting_agree(book: Session, line: str) -> None:
    query = parse_query(line, book.today)
    everybody = [row.id for row in finding.find(book, line, None).rows]
    for by in stored.INDEXED:
        for order in (Order(by), Order(by, True)):
            walked = stored.walked(book.book, query, order, book.today, 100)
            assert walked == [fact.id for fact in sorting.in_order(stored.facts(book.book, everybody), order)], order


def test_what_is_too_much_to_sort_comes_best_first_and_says_so(book: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "SORTED", 2)
    found = finding.find(book, "", order=Order("country"))
    assert "Too many are found to sort" in str(found.findings[-1])
    assert {row.name for row in found.rows} == {"alpha", "Beta", "Gamma", "Delta"}


def test_only_what_is_shown_is_read(book: Session) -> None:
    ids = [row.id for row in finding.find(book, "alpha").rows]
    assert listing.details(book, ids, ("name", "due")) == {}
    (shown,) = listing.details(book, ids, ("people", "created")).values()
    assert (shown.people, shown.created_on, shown.money) == (("Anna Schmidt",), days_ago(30), ())


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(COLUMN_CODES), unique=True).map(tuple), st.integers(2, 250), st.booleans(), st.booleans(),
    st.sampled_from(ORDERS),
)  # fmt: skip
def test_columns_never_stand_wider_than_the_list(
    columns: tuple[str, ...], width: int, searching: bool, chinese: bool, by: str
) -> None:
    shown = dict(widths(columns, width, searching, chinese, by))
    assert "name" in shown
    assert all(room > 0 for room in shown.values())
    assert sum(room + 1 for room in shown.values()) <= width
    assert [code for code in columns if code in shown] == [code for code in shown if code in columns]
    if width >= 120 and by in columns:
        assert by in shown


# Earlier searches -----------------------------------------------------------------------------------------------------


def test_the_last_searches_are_kept_newest_first_each_once(tmp_path: Path) -> None:
    session = a_session(tmp_path)
    for line in ("a", "b", " a ", "", "c" * 500):
        recent.keep_search(session, line)
    assert recent.searches(session) == ["a", "b"]
    for number in range(50):
        recent.keep_search(session, str(number))
    assert recent.searches(session)[:2] == ["49", "48"]
    assert len(recent.searches(session)) == 30
    for damage in ("{", '{"a": 1}', "[1, null]", ""):
        (tmp_path / "book.searches.json").write_text(damage)
        assert recent.searches(session) == []
