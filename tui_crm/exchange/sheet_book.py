"""Customers as an Excel workbook, in the shape reps know: an overview, the log of each customer, what was traded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import BinaryIO

from tui_crm.domain.fields import BY_NAME
from tui_crm.domain.messages import N_, Message
from tui_crm.domain.money import CURRENCIES, PRICE_SCALE
from tui_crm.domain.values import Activity, Record
from tui_crm.i18n import _, country_name, word
from tui_crm.record_text import record_text

from .archives import LARGEST_UNPACKED
from .outgoing import LogLine, OutCustomer, Outgoing, Written
from .row_sums import LISTED_HEADS, LOG_HEADS, TRADE_HEADS, entry_identity, record_identity
from .sheet_columns import IDENTITY, WORDED, SheetColumn, getters, sheet_columns
from .sheet_names import SheetNames
from .xlsx_file import LONGEST, Look, Scalar, Shape, Style, XlsxFile, day_value, lines_of, pieces, style_of

SHEETS_FOR = 200
"""Customers who get a sheet each; of more the whole log is one sheet."""

Cells = tuple[Sequence[Scalar], Style, int]
"""The values of a row, how they look, and how many lines they take."""

_FILLS = {"hot": "FCE4D6", "sample": "FFF2CC", "potential": "E2EFDA", "existing": "DDEBF7", "cold": "EDEDED"}
_TEXT, _WRAPPED, _BOLD, _CENTRED, _FAINT, _DATE, _HEAD, _COUNT, _PRICE = range(1, 10)
_TEMPERATURES = {code: 10 + n for n, code in enumerate(_FILLS)}
_MONEY = {digits: 10 + len(_FILLS) + n for n, digits in enumerate(sorted({*CURRENCIES.values()}))}
_LOOKS = (
    Look(),
    Look(wrap=True),
    Look(bold=True),
    Look(bold=True, centred=True),
    Look(color="A6A6A6", shrunk=True),
    Look("yyyy\\-mm\\-dd", centred=True),
    Look(bold=True, wrap=True, underlined=True, fill="D9E1F2"),
    Look("#,##0"),
    Look("#,##0.00##"),
    *(Look(fill=color) for color in _FILLS.values()),
    *(Look("#,##0" + ("." + "0" * digits if digits else "")) for digits in _MONEY),
)
"""The looks by their numbers above, counted from 1."""

_WIDTHS: Mapping[str, int] = {
    "name": 34, "country": 14, "city": 14, "contact": 18, "position": 18, "email": 34, "phone": 19, "whatsapp": 19,
    "wechat": 14, "addresses": 20, "grade": 8, "temperature": 12, "stage": 12, "tags": 20, "last_date": 12, "channel": 11,
    "note": 44, "next_date": 12, "next_action": 26, "remarks": 30, "needs": 30, "quote": 34, "others": 34, "buys": 22,
    "website": 24, "linkedin": 24, "created_on": 12, "": 26,
}  # fmt: skip
_WRAPPING = frozenset({"note", "next_action", "remarks", "needs", "others", "quote", "buys", "tags", "competitors"})
_TEXT_WIDTH = 60
_LOG_WIDTHS = (12, 12, _TEXT_WIDTH, 12, 18, 14)
_LISTED_WIDTHS = (34, *_LOG_WIDTHS)
_TRADE_WIDTHS = (34, 10, 12, 18, 22, 10, 8, 12, 14, 10, 11, _TEXT_WIDTH)
_IDENTITY_WIDTH = 20
_ENTRY = (_DATE, _TEXT, _WRAPPED, _TEXT, _TEXT, _TEXT, _FAINT)
_ENTRY_STYLE, _LISTED_STYLE = style_of(_ENTRY), style_of((_TEXT, *_ENTRY))
_RECORD_STYLE = style_of((_TEXT, _TEXT, _WRAPPED, _TEXT, _TEXT, _TEXT, _FAINT))
_CARD_STYLE = style_of((_HEAD, _BOLD, _TEXT, _HEAD, _TEXT))


_LONG = LONGEST // 2
_TOO_LARGE = N_(
    "This workbook is too large to be imported again. To edit customers in a spreadsheet, export a CSV file."
)


def write(outgoing: Outgoing, stream: BinaryIO) -> Written:
    """Write the workbook. What a cell or a sheet cannot hold goes on in the next, or is told in a note."""
    with XlsxFile(stream, _LOOKS) as file:
        return _Workbook(outgoing, file).write()


class _Workbook:
    """The sheets, one after another."""

    def __init__(self, outgoing: Outgoing, file: XlsxFile) -> None:
        self._outgoing, self._file = outgoing, file
        self._names = SheetNames()
        self._columns = sheet_columns(outgoing.people, outgoing.custom)
        self._gets = getters(self._columns, outgoing.op)
        self._wrapped = [(at, _width(column)) for at, column in enumerate(self._columns) if _wraps(column)]
        self._styles = {code: style_of([_look(column, code) for column in self._columns]) for code in ("", *_FILLS)}
        self._cut = 0

    def write(self) -> Written:
        """Write every sheet."""
        heads = [(column.header, _width(column)) for column in self._columns]
        rows = map(self._overview_row, self._outgoing.read(False))
        count = self._table(_("Overview"), heads, rows, tuple(_offers(self._columns)), fits=False)
        if self._outgoing.count <= SHEETS_FOR:
            for out in self._outgoing.read(True):
                self._sheet_of(out)
        else:
            self._table(_("Log entries"), _headers(LISTED_HEADS, _LISTED_WIDTHS), _listed(self._outgoing.read_log()))
        self._table(_("Trade"), _headers(TRADE_HEADS, _TRADE_WIDTHS), _trade_rows(self._outgoing), empty=False)
        return Written(count, self._notes())

    def _notes(self) -> tuple[Message, ...]:
        told = N_(
            "Texts too long for a cell of Excel are cut in the overview, {count} in all; a CSV file has them whole."
        )
        cut = (Message(told, {"count": self._cut}),) if self._cut else ()
        return cut if self._file.unpacked <= LARGEST_UNPACKED else (*cut, Message(_TOO_LARGE))

    def _table(
        self,
        title: str,
        heads: Sequence[tuple[str, int]],
        rows: Iterator[Cells],
        offers: Sequence[tuple[int, Sequence[str]]] = (),
        empty: bool = True,
        fits: bool = True,
    ) -> int:
        """A table with a header, in further sheets where one is full; without rows only if it may be `empty`. Returns how many
        rows."""
        row = next(rows, None)
        count = 0
        while row is not None or (empty and not count):
            shape = Shape(self._names.fit(title), [width for _head, width in heads], offers=offers, fits=fits)
            with self._file.sheet(shape) as sheet:
                sheet.add([head for head, _width in heads], _head_style(len(heads)))
                while row is not None and not sheet.full:
                    sheet.add(*row)
                    count += 1
                    row = next(rows, None)
            empty = False
        return count

    def _overview_row(self, out: OutCustomer) -> Cells:
        values: list[Scalar] = []
        for get in self._gets:
            value = get(out)
            if not isinstance(value, str):
                values.append(day_value(value))
                continue
            if len(value) > _LONG and (first := fitting(value)) != value:
                self._cut += 1
                value = first
            values.append(value)
        lines = max(lines_of(str(values[at] or ""), width) for at, width in self._wrapped)
        return values, self._styles.get(out.customer.temperature, self._styles[""]), lines

    def _sheet_of(self, out: OutCustomer) -> None:
        """A customer's own sheet: who, the log with the oldest entry first, then what was traded."""
        customer = out.customer
        heads = _headers(LOG_HEADS, _LOG_WIDTHS)
        shape = Shape(self._names.fit(customer.name), [width for _head, width in heads], frozen=2, filters=False)
        with self._file.sheet(shape) as sheet:
            place = country_name(customer.country)
            card = [_("Customer"), customer.name, None, *((_("Country"), place) if place else ())]
            sheet.add(card, _CARD_STYLE)
            sheet.add([head for head, _width in heads], _head_style(len(heads)))
            for entry in reversed(out.activities):
                for row, lines in _log_rows(entry):
                    sheet.add(row, _ENTRY_STYLE, lines)
            records = list(out.trade.records())
            if records:
                sheet.add([_("Trade records")], style_of([_BOLD]))
            for record in records:
                text = fitting(record_text(record, out.trade))
                cells = [word("record", _kind(record)), None, text, None, None, None]
                sheet.add([*cells, record_identity(record.uid, cells)], _RECORD_STYLE, lines_of(text, _TEXT_WIDTH))


@cache
def _head_style(columns: int) -> Style:
    return style_of([_HEAD] * columns)


def fitting(text: str) -> str:
    """A text as one cell holds it, cut where it is longer than a cell can be."""
    return next(pieces(text))


def _headers(heads: Sequence[str], widths: Sequence[int]) -> list[tuple[str, int]]:
    """Headers in the user's language, that of the identity behind them."""
    return [*zip(map(_, heads), widths, strict=True), (IDENTITY, _IDENTITY_WIDTH)]


def _width(column: SheetColumn) -> int:
    return _WIDTHS.get(column.key, 16)


def _wraps(column: SheetColumn) -> bool:
    return column.key in _WRAPPING or bool(column.own)


def _look(column: SheetColumn, temperature: str) -> int:
    if column.key in ("last_date", "next_date", "created_on"):
        return _DATE
    if _wraps(column):
        return _WRAPPED
    if column.key == "temperature":
        return _TEMPERATURES.get(temperature, _TEXT)
    return {"name": _BOLD, "grade": _CENTRED, "": _FAINT}.get(column.key, _TEXT)


def _offers(columns: Sequence[SheetColumn]) -> Iterator[tuple[int, Sequence[str]]]:
    """The words of the columns that have fixed ones."""
    for at, column in enumerate(columns):
        field = BY_NAME.get(column.key)
        if field is not None and field.choices is not None and not column.person:
            codes = field.choices.codes
            yield at, [word(WORDED[column.key], code) for code in codes] if column.key in WORDED else codes


def _log_rows(entry: Activity) -> Iterator[tuple[list[Scalar], int]]:
    """The row of an entry, or several where its note is too long for a cell; and its lines."""
    day = entry.happened_at.astimezone().date()
    channel, stage = word("channel", entry.channel), word("stage", entry.stage) if entry.stage else ""
    for note in pieces(entry.note):
        cells = (channel, note, stage, entry.contact, entry.author)
        yield (
            [day_value(day), *cells, entry_identity(entry.uid, (day, *cells))],
            lines_of(note, _TEXT_WIDTH),
        )


def _listed(lines: Iterable[LogLine]) -> Iterator[Cells]:
    """The rows of all logs in one table."""
    channels, stages = _Words("channel"), _Words("stage")
    for company, happened_at, channel, note, stage, contact, author, uid in lines:
        day = happened_at.astimezone().date()
        number = day_value(day)
        for part in (note,) if len(note) <= _LONG else pieces(note):
            cells = (channels[channel], part, stages[stage], contact, author)
            told = entry_identity(uid, (company, day, *cells))
            yield (company, number, *cells, told), _LISTED_STYLE, lines_of(part, _TEXT_WIDTH)


class _Words(dict[str, str]):
    """The display words of a vocabulary by their codes: a log says the same few a million times."""

    def __init__(self, vocabulary: str) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, code: str) -> str:
        self[code] = word(self._vocabulary, code) if code else ""
        return self[code]


# Trade -----------------------------------------------------------------------------------------------------------------

_DAYS = ("quoted_on", "shipped_on", "sent_on", "ordered_on", "paid_on", "departs_on", "expected_on", "arrives_on")


def _trade_rows(outgoing: Outgoing) -> Iterator[Cells]:
    kinds, statuses = _Words("record"), _Words("status")
    for company, trade in outgoing.read_trade():
        for record in trade.records():
            words = (kinds[_kind(record)], statuses[getattr(record, "status", "")])
            yield _trade_row(company, record, words, fitting(record_text(record, trade)))


def _trade_row(company: str, record: Record, words: tuple[str, str], text: str) -> Cells:
    """The row of a record; `words` are those for its kind and status."""
    currency = getattr(record, "currency", "")
    digits = CURRENCIES.get(currency, 2)
    price, amount = getattr(record, "price", None), getattr(record, "amount", None)
    day: date | None = next((value for name in _DAYS if (value := getattr(record, name, None))), None)
    rest = [
        _number(record), getattr(record, "product", ""), getattr(record, "quantity", None), getattr(record, "unit", ""),
        None if price is None else Decimal(price) / PRICE_SCALE,
        None if amount is None else Decimal(amount).scaleb(-digits), currency,
        words[1], text,
    ]  # fmt: skip
    told = record_identity(record.uid, (company, words[0], day, *rest))
    return [company, words[0], day_value(day), *rest, told], _trade_style(digits), lines_of(text, _TEXT_WIDTH)


@cache
def _trade_style(digits: int) -> Style:
    return style_of(
        (_TEXT, _TEXT, _DATE, _TEXT, _TEXT, _COUNT, _TEXT, _PRICE, _MONEY[digits], _TEXT, _TEXT, _WRAPPED, _FAINT)
    )


def _kind(record: Record) -> str:
    return type(record).__name__.lower()


def _number(record: Record) -> str:
    """What a record is called outside."""
    return str(getattr(record, "number", "") or getattr(record, "tracking", "") or getattr(record, "bill", ""))
