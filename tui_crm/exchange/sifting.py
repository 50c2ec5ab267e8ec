"""The rows below a header that are no data: headings of sections, totals, remarks on the sheet, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from tui_crm.domain.countries import find_country
from tui_crm.domain.legal_forms import has_legal_form
from tui_crm.domain.messages import N_, Message
from tui_crm.i18n import _

from .codes import codes_of
from .paint import is_legend
from .tables import CellNote, Row, Table, row_text, shown
from .taking import Column

_AXES = ("grade", "temperature", "stage", "kind", "source")
_TOTAL = re.compile(
    r"(?:本页|本月|全年)?(?:合计|总计|小计|共计|汇总|(?:grand )?totals?|sub-?totals?|sum)\s*(?:$|[:：(（\d=]).*",
    re.IGNORECASE | re.DOTALL,
)
_REMARK = re.compile(
    r"(?:注|备注|说明|填表说明|填写说明|使用说明|注意|注意事项|提示|数据来源|以上数据|note|notes|remark|remarks|instructions?|source|n\.b\.)\s*(?:$|[:：\d]).*"
    r"|(?:以上|本表).{4,}",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED = re.compile(
    r"(?:制表|制表人|填表|填表人|审核|审核人|批准|批准人|复核|签字|签名|盖章|打印日期|制表日期|日期|prepared by|approved by|checked by|signature|signed|date|printed(?: on)?)\s*[:：].*",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"第\s*\d+\s*页.*|page \d+.*", re.IGNORECASE)
_LISTED = re.compile(r"[(（]?\d{1,2}[)）、．.]\s*\S.{4,}", re.DOTALL)
_COUNTED = re.compile(
    r"\s*[(（\[]?\s*(?:共\s*)?\d+\s*(?:家|个|位|名|customers?|clients?)?\s*[)）\]]?\s*$|[:：]\s*$", re.IGNORECASE
)
_REGION = re.compile(
    r"(?:东|西|南|北|中|东南|东北|西北|西南)?(?:亚|欧|非|美|南亚|北美|拉美|中东|大洋)(?:洲|地区)?|(?:亚|欧|非|美)洲|中东|独联体|东盟|欧盟|.{1,8}(?:客户|市场|地区|区域)"
    r"|(?:north |south |east |west |latin |central |southeast |middle )?(?:asia|europe|africa|america|east|oceania)(?:n customers)?"
    r"|(?:\w+ ){1,3}customers",
    re.IGNORECASE,
)
"""Headings of no field of ours: parts of the world, 重点客户."""
_CUSTOMERS = re.compile(r"(?:的)?(?:客户|市场|地区|区域)$|\s+(?:customers?|clients?|market)$", re.IGNORECASE)
TOTALS = N_("A line of totals; not imported.")
NO_DATA = N_("A line about the sheet, no customer; not imported.")
_LONGEST_NAME, _LONGEST_CHINESE_NAME = 80, 30
_NARROWEST = 3
"""Columns of a table in which a lone cell says something: in a narrower one it may just be a row."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The rows of data, what to tell of the others, and columns whose cells stood in headings of sections."""

    rows: tuple[Row, ...]
    notes: tuple[CellNote, ...] = ()
    columns: tuple[Column, ...] = ()


def sift(table: Table, columns: Sequence[Column], rows: Sequence[Row]) -> Sifted:
    """The rows of a table of customers without those that are no data; what a section's heading says is put into its rows."""
    if len(columns) < _NARROWEST:
        return Sifted(tuple(rows))
    lone = [place for place, row in enumerate(rows) if _is_sparse(row)]
    if not lone:
        return Sifted(tuple(rows))
    found = {place: _what(rows, place, columns, table) for place in lone}
    headings = {place: what for place, what in found.items() if isinstance(what, tuple)}
    reasons = {place: what for place, what in found.items() if isinstance(what, str)}
    notes = [_note(table, rows[place], Message(why)) for place, why in reasons.items()]
    notes += [_heading_note(table, rows[place], *what) for place, what in headings.items()]
    kept, added = _with_sections(rows, columns, headings, {*reasons})
    return Sifted(kept, tuple(notes), added)


def is_total(text: str) -> bool:
    """Whether a cell begins a line of totals."""
    return _TOTAL.fullmatch(normalize("NFKC", text).strip()) is not None


def _is_sparse(row: Row) -> bool:
    """Whether so few cells of a row are filled that it may be no data."""
    cells = row.cells
    return len(cells) - cells.count(None) < _NARROWEST


def _what(rows: Sequence[Row], place: int, columns: Sequence[Column], table: Table) -> tuple[str, str] | str | None:
    """What a row of few cells is: a heading as the field and the text, a line that is no data as the reason, or data."""
    cells = [shown(cell).strip() for cell in rows[place].cells if cell is not None]
    if is_total(cells[0]):
        return TOTALS
    if all(_SIGNED.fullmatch(text) for text in cells) or _PAGE.fullmatch(cells[0]):
        return NO_DATA
    if len(cells) > 1:
        return None
    text = cells[0]
    if _REMARK.fullmatch(text) or is_legend(text) or (_LISTED.fullmatch(text) and not has_legal_form(text)):
        return NO_DATA
    is_merged = bool(_merged(rows, [place], table))
    has_rows = any(not _is_sparse(row) for row in rows[place + 1 : place + 4])
    if has_rows and (named := _axis(text)):
        return named, text
    if has_rows and _REGION.fullmatch(next(_forms(text))):
        return "", text
    if is_merged and (has_rows or len(text) <= _LONGEST_NAME) and place + 1 < len(rows):
        return "", text
    if is_merged or _axis(text) == "country" or (_is_long(text) and not has_legal_form(text)):
        return NO_DATA
    return None


def _is_long(text: str) -> bool:
    return len(text) > _LONGEST_NAME or sum(not letter.isascii() for letter in text) > _LONGEST_CHINESE_NAME


def _merged(rows: Sequence[Row], places: Iterable[int], table: Table) -> list[int]:
    """Those of the places where the one cell is merged over several columns."""
    found = []
    for place in places:
        first = next((at for at, cell in enumerate(rows[place].cells, 1) if cell is not None), 0)
        if table.spans.get((rows[place].number, first), 0) > first + 1:
            found.append(place)
    return found


def _axis(text: str) -> str:
    """What a heading tells of the rows below it: their country, grade …; "" where its words are not known."""
    for plain in _forms(text):
        if find_country(plain):
            return "country"
        for axis in _AXES:
            if any(code.exact for code in codes_of(axis, plain)):
                return axis
    return ""


def _forms(text: str) -> Iterator[str]:
    """`A类客户（3家）：` also without its number, and without the word for customers."""
    plain = _COUNTED.sub("", normalize("NFKC", text).strip().strip("【】[]<>《》-—=* "))
    yield plain
    if shorter := _CUSTOMERS.sub("", plain):
        yield shorter


def _word(text: str, named: str) -> str:
    """The part of a heading that names the value."""
    for plain in _forms(text):
        if named == "country" and find_country(plain):
            return plain
        if named in _AXES and any(code.exact for code in codes_of(named, plain)):
            return plain
    return text


def _heading_note(table: Table, row: Row, named: str, text: str) -> CellNote:
    from .field_words import LABELS

    if not named:
        return _note(table, row, Message(N_("A heading; the rows below it got it as a field of their own.")))
    told = Message(N_("A heading; it gives the rows below it: {label}."), {"label": Message(LABELS[named])})
    return _note(table, row, told)


def _note(table: Table, row: Row, message: Message) -> CellNote:
    return CellNote(table.name, row.number, "", row_text(row), message)


def _with_sections(
    rows: Sequence[Row], columns: Sequence[Column], headings: Mapping[int, tuple[str, str]], gone: set[int]
) -> tuple[tuple[Row, ...], tuple[Column, ...]]:
    """The rows that are left, each with what the headings above it say."""
    kept: list[Row] = []
    told: dict[int, Mapping[str, str]] = {}
    said: dict[str, str] = {}
    is_open = False
    for place, row in enumerate(rows):
        if place in headings:
            said = _opened(said, *headings[place], nested=is_open)
            is_open = True
        elif place not in gone:
            kept.append(row)
            told[row.number] = said
            is_open = False
    return filled_in(kept, columns, told, _("(section)")) if headings else (tuple(kept), ())


def filled_in(
    rows: Sequence[Row], columns: Sequence[Column], told: Mapping[int, Mapping[str, str]], header: str
) -> tuple[tuple[Row, ...], tuple[Column, ...]]:
    """The rows with what is `told` of them (by their number field → text): in the column of that field where it is blank, where there
    is none in a new one behind all others; and the new columns."""
    own = {column.field: column.index for column in columns if column.field and not column.is_beside}
    width = max(max((len(row.cells) for row in rows), default=0), max((c.index for c in columns), default=0) + 1)
    fields = dict.fromkeys(name for said in told.values() for name in said)
    added = {name: width + at for at, name in enumerate(name for name in fields if name not in own)}
    places = own | added
    new = tuple(
        Column(index, header if at == 0 else f"{header} ({at + 1})", name, how="content" if name else "unknown")
        for at, (name, index) in enumerate(added.items())
    )
    return tuple(
        _told(row, {places[name]: text for name, text in told.get(row.number, {}).items()}) for row in rows
    ), new


def _opened(said: Mapping[str, str], named: str, text: str, *, nested: bool) -> dict[str, str]:
    """What stands with one heading more: one of the same kind takes the place of the last and of those inside it, another one right
    below a heading is inside it, and after rows it ends all others."""
    outer = list(said)
    stays = outer[: outer.index(named)] if named in said else outer if nested else []
    return {name: said[name] for name in stays} | {named: _word(text, named)}


def _told(row: Row, said: Mapping[int, str]) -> Row:
    if not said:
        return row
    cells = [*row.cells, *[None] * (max(said) + 1 - len(row.cells))]
    for index, text in said.items():
        if cells[index] is None:
            cells[index] = text
    while cells and cells[-1] is None:
        cells.pop()
    return Row(row.number, tuple(cells))
