"""Whatever stands in a sheet stands in the plan, or is told; and what was taken once is not taken twice."""

from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.sheets import Book, plan, sheet
from tests.exchange.words import words_of
from tui_crm.exchange.columns import ALIASES
from tui_crm.exchange.tables import Table

HEADERS = [aliases.split("|")[0].split()[0] for aliases in ALIASES.values()] + ["支付方式", "SDS", "Extra"]
COMPANIES = ["Abc GmbH", "ABC GMBH", "Xyz Ltd", "深圳某某有限公司"]
STAGES = ["报价", "老客户", "跟进中", "hot", "🟢A"]
DAYS = ["2026-11-05", "11月6日", "2026.10.1", "尽快", "待定", "2026-02-30", "5/6/2026"]
ADDRESSES = ["anna@abc.example", "+49 30 5550760", "030 5550761", "见名片"]

# A made-up word is no known word of any column, so it must be found as it stands.
words = st.text(string.ascii_lowercase, min_size=3, max_size=6).map(lambda tail: f"zq{tail}")
cells = st.one_of(st.just(""), words, st.sampled_from(STAGES + DAYS + ADDRESSES + ["张三", "要目录，问价"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    heads = draw(st.lists(st.sampled_from(HEADERS), min_size=2, max_size=9, unique=True))
    rows = draw(st.lists(st.tuples(st.sampled_from(COMPANIES), *[cells] * len(heads)), min_size=1, max_size=6))
    return sheet(("公司", *heads), *rows)


@settings(max_examples=100, deadline=None)
@given(tables())
def test_every_made_up_word_is_found_again(table: Table) -> None:
    found = words_of(plan(table))
    sought = {cell for row in table.rows[1:] for cell in row.cells if isinstance(cell, str) and cell.startswith("zq")}
    assert {word for word in sought if word not in found} == set()


@settings(max_examples=50, deadline=None)
@given(tables())
def test_the_same_file_again_changes_nothing(table: Table) -> None:
    book = Book()
    book.take(plan(table, book=book))
    assert {planned.verdict for planned in plan(table, book=book).customers} <= {"same"}


@settings(max_examples=50, deadline=None)
@given(tables())
def test_the_same_facts_again_add_no_person_and_no_entry(table: Table) -> None:
    book = Book()
    book.take(plan(table, book=book), remember=False)
    for planned in plan(table, book=book).customers:
        assert (planned.contacts, planned.activities, planned.quotes, planned.samples) == ((), (), (), ())


@settings(max_examples=30, deadline=None)
@given(tables(), tables())
def test_the_order_of_two_files_does_not_change_who_is_found(one: Table, two: Table) -> None:
    assert {p.customer.name.casefold() for p in plan(one, two).customers} == {
        p.customer.name.casefold() for p in plan(two, one).customers
    }
