"""A book as one JSON document: written and read customer by customer, however large it is (docs/json.md).

Every record has a line of its own, so that two versions of a file can be compared line by line.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TextIO

from tui_crm.domain.messages import N_, Message, Problem
from tui_crm.domain.text import escaped, visible

from .json_format import FORMAT, PROGRAM, RECORDS, SHARED, TWICE, Document, checked, checked_customer, wrong

LARGEST_CUSTOMER = 100_000_000
"""Letters. One with a million log entries has as many."""
_AT_ONCE = 1 << 18
_BEGINNING = 4096
_BLANKS = re.compile(r"[ \t\r\n]*")
_HEAD = ("program", "format", "exported")

_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]0-9])")


def is_json(path: Path) -> bool:
    """Whether a file is JSON, and so no sheet. What cannot be read is left to whoever reads sheets."""
    try:
        if not path.is_file():  # reading a pipe may never end
            return False
        with path.open("rb") as stream:
            return _JSON.match(stream.read(_BEGINNING)) is not None
    except (OSError, ValueError):
        return False


# Writing -------------------------------------------------------------------------------------------------------------


def write(
    stream: BinaryIO,
    exported: Mapping[str, object],
    shared: Mapping[str, Iterable[Document]],
    customers: Iterable[Document],
) -> int:
    """Write a book: when and after which operation it was `exported`, what belongs to no customer, and the customers one after
    another. Returns how many there were."""
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
    out.write(f'{{\n "program": {_line(PROGRAM)},\n "format": {FORMAT},\n "exported": {_line(exported)}')
    for section in SHARED:
        _list(out, section, map(_line, shared[section]), " ")
    count = _list(out, "customers", map(_customer, customers), " ")
    out.write("\n}\n")
    out.flush()
    out.detach()
    return count


def _list(out: TextIO, name: str, lines: Iterable[str], margin: str) -> int:
    count = 0
    out.write(f',\n{margin}"{name}": [')
    for count, line in enumerate(lines, 1):
        out.write(f"{',' if count > 1 else ''}\n{margin} {line}")
    out.write(f"\n{margin}]" if count else "]")
    return count


def _customer(customer: Document) -> str:
    out = io.StringIO()
    own = {name: value for name, value in customer.items() if name not in RECORDS}
    out.write(_line(own)[:-1])
    for section in RECORDS:
        _list(out, section, map(_line, customer[section]), "   ")
    out.write("}")
    return out.getvalue()


def _line(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, allow_nan=False))


# Reading -------------------------------------------------------------------------------------------------------------


def read(path: Path, tell: Callable[[int, int], None] | None = None) -> Iterator[tuple[str, Document]]:
    """Every record of a book with the section it stands in, customers whole, checked one after another; the whole file is never
    in memory. `tell` is told how many bytes are read, of how many. Raises Problem for what is no book, is damaged, or holds what
    a book cannot."""
    try:
        with path.open("rb") as data, io.TextIOWrapper(data, encoding="utf-8-sig") as stream:
            size = path.stat().st_size
            reader = _Reader(stream, (lambda: tell(data.tell(), size)) if tell else None)
            yield from _sections(reader, visible(path.name))
    except OSError as error:
        raise Problem(
            N_("{file} cannot be opened: {why}"), file=visible(str(path)), why=error.strerror or error
        ) from error
    except UnicodeDecodeError as error:
        raise Problem(N_("{file} is not in UTF-8. Export it again."), file=visible(path.name)) from error


def _sections(reader: _Reader, file: str) -> Iterator[tuple[str, Document]]:
    head: dict[str, Any] = {}
    uids: set[str] = set()
    if reader.peek() != "{":
        _refuse(file)
    for name in reader.members():
        if name in _HEAD and name not in head:
            head[name] = reader.value()
            continue
        _check_head(head, file)
        if name not in (*SHARED, "customers") or name in head:
            raise wrong(
                visible(name), Message(N_("format {format} has no such part, or not twice"), {"format": FORMAT})
            )
        head[name] = True
        for number, raw in enumerate(reader.items(name), 1):
            if name in SHARED:
                yield name, checked(SHARED[name], raw, name, number)
                continue
            customer = checked_customer(raw, number)
            if customer["uid"] in uids:
                raise wrong("customers", Message(TWICE, {"uid": customer["uid"]}))
            uids.add(customer["uid"])
            yield name, customer
    _check_head(head, file)


def _check_head(head: Mapping[str, Any], file: str) -> None:
    if head.get("program") != PROGRAM:
        _refuse(file)
    number = head.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        _refuse(file)
    if number > FORMAT:
        raise Problem(
            N_("{file} was written by a newer crm (format {theirs}, this one knows {ours}). Update crm first."),
            file=file, theirs=number, ours=FORMAT,
        )  # fmt: skip


def _refuse(file: str) -> NoReturn:
    raise Problem(
        N_("{file} is JSON, but no book of crm: it has to begin with \"program\": \"{program}\" and a format. See docs/json.md."),
        file=file, program=PROGRAM,
    )  # fmt: skip


class _Reader:
    """Reads one JSON document value by value. Raises Problem, which says on which line, for what is none."""

    def __init__(self, stream: TextIO, tell: Callable[[], None] | None) -> None:
        self._stream = stream
        self._tell = tell
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)
        self._text = ""
        self._at = 0
        self._lines = 1
        self._ended = False

    def peek(self) -> str:
        """The next sign that is no blank; "" at the end."""
        while True:
            self._at = _BLANKS.match(self._text, self._at).end()  # type: ignore[union-attr]  # it matches nothing as well
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def members(self) -> Iterator[str]:
        """The names of an object, each before its value is read; after the last, nothing may follow."""
        self._take("{")
        while self.peek() != "}":
            name = self.value()
            if not isinstance(name, str):
                self._damaged()
            self._take(":")
            yield name
            self._comma("}")
        self._take("}")
        if self.peek():
            self._damaged()

    def items(self, name: str) -> Iterator[Any]:
        """The values of a list, one after another."""
        if self.peek() != "[":
            raise wrong(name, Message(N_("it is no list")))
        self._take("[")
        while self.peek() != "]":
            yield self.value()
            self._comma("]")
        self._take("]")

    def value(self) -> Any:
        """The next value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                length = end - self._at
                if end < len(self._text) or not self._more():  # the rest of a number may follow
                    self._at += length
                    return value
            except RecursionError:
                self._damaged()
            except ValueError as error:
                if isinstance(error, Problem):
                    raise
                if not self._more():
                    self._damaged()

    def _comma(self, closing: str) -> None:
        if self.peek() != closing:
            self._take(",")
            if self.peek() == closing:
                self._damaged()

    def _take(self, sign: str) -> None:
        if self.peek() != sign:
            self._damaged()
        self._at += 1

    def _more(self) -> bool:
        """Read on, twice as much each time a value does not end; False at the end of the file."""
        if self._ended:
            return False
        left = len(self._text) - self._at
        if left > LARGEST_CUSTOMER:
            raise Problem(N_("Line {line}: one record is longer than {most} million letters."),
                          line=self._line(), most=LARGEST_CUSTOMER // 1_000_000)  # fmt: skip
        piece = self._stream.read(max(_AT_ONCE, left))
        self._ended = not piece
        if self._tell:
            self._tell()
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :] + piece, 0
        return not self._ended

    def _line(self) -> int:
        return self._lines + self._text.count("\n", 0, self._at)

    def _damaged(self) -> NoReturn:
        raise Problem(
            N_("The file is damaged or cut off at line {line}: it is no JSON from there on. Export it again."),
            line=self._line(),
        )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Problem(N_("The field “{name}” stands twice in one record."), name=visible(twice))
    return found


def _no_number(name: str) -> NoReturn:
    raise Problem(N_("{name} is no number that JSON knows."), name=name)
