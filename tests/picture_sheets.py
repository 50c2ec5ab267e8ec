"""The sheets that the pictures of the import show, in the language of the picture: invented, as reps keep them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl

from tui_crm.i18n import _
from tui_crm.usecases import cards, customers, exporting
from tui_crm.usecases.session import Session

Rows = Sequence[Sequence[str]]
Sheet = Callable[[Session, str, Path], Path]
"""Writes a sheet into a folder, in a language, for a book."""

_FOLLOW_UP: Mapping[str, Rows] = {
    "en": (
        ("Follow-up 2026",),
        ("Company", "Country", "Contact", "Mail / phone", "Grade", "Last contact", "Next", "Pays", "Field 9", "Notes"),
        ("Nordlicht Papier GmbH", "Germany", "Jana Koch", "jana@nordlicht.example; +49 40 5550 1234", "A", "2026-11-02", "Nov 25", "30/70", "www.nordlicht.example", "asked for A4 samples"),
        ("Casa Linho Lda", "Portugal", "Rui Alves", "rui@casalinho.example", "B", "2026-10-18", "", "L/C", "www.casalinho.example", "FOB SHENZHEN USD 0.86/pc MOQ 5000"),
        ("Pacific Rim Outfitters Ltd.", "Canada", "Daniel Wong", "daniel.wong@pacificrim.example; +1 604 555 0142", "A", "2026-11-19", "tomorrow", "30/70", "", "asked for the 2027 colours"),
        ("深圳市汇通纸品有限公司", "中国", "王丽", "13800005550", "S", "11/16", "明天", "", "", "PI20261117-A USD 4280"),
        ("Blue Harbor Trading", "UK", "Sam Reed", "sam@blueharbor.example", "potential", "2026-06-03", "soon", "", "www.blueharbor.example", "sample DHL#562729"),
        ("Fjällvatten AB", "Sweden", "", "", "", "", "", "", "", ""),
        ("Atelier Mirabelle", "France", "Claire Petit", "claire@mirabelle.example", "C", "2026-09-08", "", "", "www.mirabelle.example", ""),
    ),
    "zh_CN": (
        ("2026 客户跟进表",),
        ("公司", "国家", "联系人", "邮箱/电话", "等级", "最后联系", "下次跟进", "付款习惯", "备用2", "备注"),
        ("Nordlicht Papier GmbH", "德国", "Jana Koch", "jana@nordlicht.example; +49 40 5550 1234", "A", "2026.11.02", "11月25日", "三七开", "www.nordlicht.example", "问了价格，要A4样品"),
        ("Casa Linho Lda", "葡萄牙", "Rui Alves", "rui@casalinho.example", "B", "2026-10-18", "", "信用证", "www.casalinho.example", "FOB SHENZHEN USD 0.86/pc（MOQ 5000）"),
        ("Pacific Rim Outfitters Ltd.", "加拿大", "Daniel Wong", "daniel.wong@pacificrim.example; +1 604 555 0142", "A", "11/19", "明天", "三七开", "", "问2027年的颜色"),
        ("深圳市汇通纸品有限公司", "中国", "王丽", "13800005550", "S", "11/16", "明天", "", "", "PI20261117-A USD 4280"),
        ("Blue Harbor Trading", "英国", "Sam Reed", "sam@blueharbor.example", "潜力", "2026年6月3日", "过几天", "", "www.blueharbor.example", "样品 DHL#562729"),
        ("Fjällvatten AB", "瑞典", "", "", "", "", "", "", "", ""),
        ("Atelier Mirabelle", "法国", "Claire Petit", "claire@mirabelle.example", "C", "2026年9月8日", "", "", "www.mirabelle.example", ""),
    ),
}  # fmt: skip

_ENQUIRIES: Mapping[str, Rows] = {
    "en": (
        ("Company", "Country", "E-mail", "Last contact", "Note"),
        ("Harvest Lane Co.", "US", "amy@harvestlane.example", "5/6/2026", "asked for a catalogue"),
        ("Kupari Oy", "FI", "leo@kupari.example", "7/6/2026", "wants 500 pcs to try"),
        ("Mistral Cadeaux", "FR", "lou@mistral.example", "9/8/2026", "prices sent"),
        ("Porto Verde SA", "BR", "ana@portoverde.example", "11/10/2026", "meets us at the fair"),
    ),
    "zh_CN": (
        ("公司", "国家", "邮箱", "最后联系", "内容"),
        ("Harvest Lane Co.", "美国", "amy@harvestlane.example", "5/6/2026", "要目录"),
        ("Kupari Oy", "芬兰", "leo@kupari.example", "7/6/2026", "想先试500个"),
        ("Mistral Cadeaux", "法国", "lou@mistral.example", "9/8/2026", "已发价格"),
        ("Porto Verde SA", "巴西", "ana@portoverde.example", "11/10/2026", "展会上见"),
    ),
}


def follow_up(_session: Session, language: str, folder: Path) -> Path:
    """A follow-up sheet: a title above, dates of several kinds, trade in notes, customers that are in the book already."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = {"en": "2026", "zh_CN": "跟进表"}[language]
    for row in _FOLLOW_UP[language]:
        sheet.append(list(row))
    sheet.merge_cells("A1:J1")
    file = folder / {"en": "customers.xlsx", "zh_CN": "客户.xlsx"}[language]
    book.save(file)
    return file


def enquiries(_session: Session, language: str, folder: Path) -> Path:
    """A list whose dates can be read two ways."""
    file = folder / {"en": "enquiries.csv", "zh_CN": "询盘.csv"}[language]
    _write(file, _ENQUIRIES[language])
    return file


def edited_on_both_sides(session: Session, language: str, folder: Path) -> Path:
    """An exported list, some of whose cells were edited in the sheet and in the book."""
    file = folder / {"en": "customers.csv", "zh_CN": "客户.csv"}[language]
    exporting.export(session, file, force=True)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    for customer_id, field, label, theirs, ours in _edits(language):
        before = cards.existing(session, customer_id)
        row = next(row for row in rows if row[0] == before.name)
        row[rows[0].index(_(label))] = theirs
        customers.edit_customer(session, customer_id, before.version, {field: ours})
    _write(file, rows)
    return file


def _edits(language: str) -> list[tuple[int, str, str, str, str]]:
    """Customer, field, header, what the sheet says, what the book says."""
    english = language == "en"
    return [
        (1, "city", "City", "Ballarat", "Geelong"),
        (1, "buys", "Buys", "mugs" if english else "马克杯", "lunch boxes" if english else "饭盒"),
        (2, "remarks", "Remarks", "pays by L/C" if english else "走信用证", "pays 30/70" if english else "三七开"),
        (4, "industry", "Industry", "gifts" if english else "礼品", "outdoor" if english else "户外"),
    ]


def _write(file: Path, rows: Rows) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
