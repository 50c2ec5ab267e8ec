"""The words of a search as questions to the index: every spelling they may have there, short beginnings told apart."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ..domain import pinyin
from ..domain.names import BACKWARDS, IN_NAME, Sought, Word, index_terms
from .documents import beginning, facet, has_beginning

if TYPE_CHECKING:
    from .book import Book

SPELLINGS = 200
"""Terms that a beginning is spelled out into; one that more terms begin with is left to the index, which merges them all."""

_SPELLINGS_OF_LITTLE = 20
"""The same for one or two letters in a log, where more have to be a whole word."""
_SOUGHT_OUT = 64
"""The same among customers' own words, each of which is looked up by itself."""
LARGE = 20_000
"""Customers from which on one or two letters are looked for in the names of companies and people only."""
_LAST = "\U0010ffff"


class Wording:
    """Turns words into expressions of FTS5, each once for a search."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._known: dict[tuple[str, Word], str] = {}
        self._tag_terms: list[tuple[str, list[str]]] | None = None
        book.rows(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.customer_word USING fts5vocab(main, find_customer, instance)"
        )

    def in_name(self, word: Word) -> str:
        """A customer with the word in its name."""
        return self._once("name", word)

    def in_customer(self, word: Word) -> str:
        """A customer with the word in its name or anything else but the log."""
        return self._once("customer", word)

    def in_note(self, word: Word) -> str:
        """A customer with the word in its log. One or two letters that begin too many words there have to be a whole one."""
        return self._once("note", word)

    def _once(self, where: str, word: Word) -> str:
        if (where, word) not in self._known:
            table = "find_note" if where == "note" else "find_customer"
            terms = {"name": self._name_terms, "customer": self._customer_terms, "note": self._note_terms}[where](word)
            self._known[where, word] = " OR ".join(self._spelled_out(table, terms))
        return f"({self._known[where, word]})"

    def _name_terms(self, word: Word) -> list[Sought]:
        if self.is_vague(word):
            return _begun(word.typed)
        return [Sought(IN_NAME + s.term, s.whole) for s in word.spellings if not s.term.startswith(BACKWARDS)]

    def _customer_terms(self, word: Word) -> list[Sought]:
        if self.is_vague(word):
            group = [Sought(s.term, whole=True) for s in word.spellings] if word.typed.isdecimal() else []
            return [*_begun(word.typed), *group, *self._tags(word)]
        return [*self._name_terms(word), *word.spellings, *self._pairs(word), *self._tags(word)]

    def _note_terms(self, word: Word) -> list[Sought]:
        return [*word.spellings, *self._pairs(word)]

    def is_vague(self, word: Word) -> bool:
        """Whether too much of the book begins so: one or two letters, in a large one."""
        return len(word.typed) <= 2 and has_beginning(word.typed) and self._is_large

    @cached_property
    def _is_large(self) -> bool:
        return int(self._book.value("SELECT max(customer_id) FROM standing") or 0) > LARGE

    def _tags(self, word: Word) -> list[Sought]:
        """The tags whose name has the word."""
        if self._tag_terms is None:
            tags = self._book.rows("SELECT id, name FROM tag")
            self._tag_terms = [(facet("k", tag), _terms_of(name)) for tag, name in tags]
        return [
            Sought(tag, whole=True)
            for tag, terms in self._tag_terms
            if any(t == s.term if s.whole else t.startswith(s.term) for s in word.spellings for t in terms)
        ]

    def _pairs(self, word: Word) -> list[Sought]:
        """The pairs of characters that sound as typed, or end with the one character typed; none where it says too little."""
        typed = word.typed
        if len(typed) == 1 and re.fullmatch(pinyin.HAN, typed):
            rows = self._book.rows(
                "SELECT DISTINCT pair FROM sound WHERE substr(pair, 2) = ? LIMIT ?", (typed, SPELLINGS + 1)
            )
        elif len(typed) > 2 and typed.isascii() and typed.isalpha():
            sound = pinyin.as_indexed(typed, 2)
            sql = "SELECT DISTINCT pair FROM sound WHERE sound >= ? AND sound < ? LIMIT ?"
            rows = self._book.rows(sql, (sound, sound + _LAST, SPELLINGS + 1))
        else:
            rows = []
        return [Sought(pair, whole=True) for (pair,) in rows] if len(rows) <= SPELLINGS else []

    def _spelled_out(self, table: str, asked: Sequence[Sought]) -> list[str]:
        """A beginning as the terms that there are: the index reads whole terms as it needs them, but merges all that begin
        so before the first hit."""
        spelled: list[Sought] = []
        for sought in asked:
            known = None if sought.whole else self._beginning(table, sought.term)
            if known is None:
                spelled.append(sought)
            elif table == "find_note" and len(sought.term) <= 2 and len(known) > _SPELLINGS_OF_LITTLE:
                spelled.append(sought._replace(whole=True))
            elif len(known) <= (SPELLINGS if table == "find_note" else _SOUGHT_OUT):
                spelled += [Sought(term, whole=True) for term in known]
            else:
                spelled.append(sought)
        return [str(sought) for sought in spelled] or [str(asked[0]._replace(whole=True))]

    def _beginning(self, table: str, begun: str) -> list[str] | None:
        """Terms that begin so, one more than are wanted where there are too many; None where it is quicker not to ask."""
        if table == "find_note":
            sql = "SELECT word FROM note_word WHERE word >= ? AND word < ? LIMIT ?"
            return [word for (word,) in self._book.rows(sql, (begun, begun + _LAST, SPELLINGS + 1))]
        if len(begun.lstrip(IN_NAME)) <= 2 and has_beginning(begun[-1]):
            return None
        found: list[str] = []
        after = begun
        while len(found) <= _SOUGHT_OUT:
            rows = self._book.rows("SELECT term FROM temp.customer_word WHERE term >= ? LIMIT 1", (after,))
            if not rows or not rows[0][0].startswith(begun):
                break
            found.append(rows[0][0])
            after = found[-1] + "\1"
        return found


@lru_cache(maxsize=1024)
def _terms_of(tag: str) -> list[str]:
    return index_terms(tag).split()


def _begun(letters: str) -> list[Sought]:
    """One or two letters as the terms for words that begin so."""
    if len(letters) == 2 or not letters.isascii():
        return [Sought(beginning(letters), whole=len(letters) == 2)]
    seconds = ("", *string.ascii_lowercase, *string.digits)
    return [Sought(beginning(letters + second), whole=True) for second in seconds]
