"""Many values in little memory: packed page by page, and made again where one is looked at."""

from __future__ import annotations

import pickle
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from tui_crm.crew import Reduce, packed, quick

Value = TypeVar("Value")

PAGE = 200
"""Values packed together. What they share, such as a tag or a country, is kept once."""


class Packed(Sequence[Value]):
    """A sequence that keeps its values packed. Each look at one makes a new value, equal to the one that was put in."""

    def __init__(self, pages: Sequence[bytes], starts: Sequence[int], length: int) -> None:
        """`starts` are the places of the first value of each page."""
        self._pages, self._starts, self._length = pages, array("L", starts), length
        self._open: tuple[int, list[Value]] = (-1, [])

    @property
    def pages(self) -> Sequence[bytes]:
        """The values page by page, as `unpacked` takes them."""
        return self._pages

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Value]:
        for page in self._pages:
            yield from unpacked(page)

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(self._length))]
        place = range(self._length)[at]
        page = bisect_right(self._starts, place) - 1
        opened, values = self._open
        if opened != page:
            values = unpacked(self._pages[page])
            self._open = (page, values)
        return values[place - self._starts[page]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # like any sequence of things that are compared one by one


class Packer(Generic[Value]):
    """Takes values one after another, packs them, and hands them over as one sequence."""

    def __init__(self, *kinds: type) -> None:
        """`kinds` are the dataclasses that the values are made of; others are packed as well, only slower."""
        self._reduce = quick(*kinds)
        self._pages: list[bytes] = []
        self._starts: list[int] = []
        self._length = 0
        self._last: list[Value] = []

    def __len__(self) -> int:
        return self._length + len(self._last)

    def add(self, value: Value) -> None:
        """Put a value behind the others."""
        self._last.append(value)
        if len(self._last) == PAGE:
            self._close_page()

    def add_page(self, page: bytes, length: int) -> None:
        """Put the values of a page of `packed_page` behind the others."""
        self._close_page()
        if length:
            self._pages.append(page)
            self._starts.append(self._length)
            self._length += length

    def replace(self, at: int, value: Value) -> Value:
        """Put a value in the place of an earlier one, and give that one back."""
        if at >= self._length:
            before, self._last[at - self._length] = self._last[at - self._length], value
            return before
        page = bisect_right(self._starts, at) - 1
        values: list[Value] = unpacked(self._pages[page])
        before, values[at - self._starts[page]] = values[at - self._starts[page]], value
        self._pages[page] = packed_page(values, self._reduce)
        return before

    def done(self) -> Packed[Value]:
        """All of them; nothing can be added after that."""
        self._close_page()
        return Packed(self._pages, self._starts, self._length)

    def _close_page(self) -> None:
        values, self._last = self._last, []
        if values:
            self.add_page(packed_page(values, self._reduce), len(values))


class Picked(Sequence[Value]):
    """Some values of a sequence, in an order of their own."""

    def __init__(self, values: Sequence[Value], places: Sequence[int]) -> None:
        self._values, self._places = values, array("L", places)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        if isinstance(at, slice):
            return Picked(self._values, self._places[at])
        return self._values[self._places[at]]


def packed_page(values: Sequence[object], reduce: Reduce) -> bytes:
    """Values packed together; `reduce` (`crew.quick`) names the dataclasses among them."""
    return zlib.compress(packed(values, reduce), 1)


def unpacked(page: bytes) -> list[Any]:
    """The values of a page."""
    values: list[Any] = pickle.loads(zlib.decompress(page))  # nothing but what was packed by this program, as it runs
    return values
