"""Text and files made from bytes, so that a generator, Hypothesis and a coverage-guided fuzzer can all drive the same tests.

Two bytes choose a piece: a word of the language under test, something that has broken programs, or any character at all.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

UNKNOWN = tuple(f"zq{letter}x" for letter in "abcdefgh")
"""Words that no language of ours knows: wherever they stand, they must come out again."""

HOSTILE = (
    "\x1b[2J", "\x1b]0;x\x07", "\x1b]52;c;cm0=\x1b\\", "\x9b2J", "\x85", "\x7f", "\x00", "\r", "\n", "\t", "\x0b\x1c",
    "\u202e", "\u2066", "\u2028", "\ufeff", "\U000e0041", "\u200b", "\u00ad", "\u3164", "\u200d", "e" + "\u0301" * 9,
    "👨‍👩‍👧‍👦", "\ufdfa", "İ", "ß", "ﬃ", "²", "٣", "१", "〇", "Ⅳ", "½", "𝟙", "㊀", "{x}", "{0}", "{", "%s", "\\", "'", '"',
    "[/nope] [", "[@click=app.quit]x[/]", "'; drop table f;--", "NEAR(", "a AND", "*", "^", "(((((", ")", "=1+1", "@SUM(1)", "-", "--",
    "99999999999999999999", "1e999", "0", "00000", "-0", "0.0000001", "NaN", "inf", "0x1F", "9999-12-31", "0001-01-01",
    "2026-02-30", "0000-00-00", "11/12/2026", "9" * 400,
)  # fmt: skip


def words(text: str, *others: str) -> tuple[str, ...]:
    """The words of a text, and others."""
    return (*text.split(), *others)


QUICK_LOG = words(
    "> # @ ! = $ -# ＞ ＃ ＠ ！ ＝ ＄ >3d >fri >5/6 >下周三 >none >无 >99999d >12/24 #tag #价敏感 -#old @wa @phone @微信 !hot !热 "
    "=quoted =lost =paused =流失 =暂停到 $FOB $DHL $PI $paid $1290 until send note sent PI20240517-A USD 4280 DHL 562729 "
    "FOB Shenzhen 0.86/5000 CIF Hamburg EUR 12.50 deposit 30% balance 7/1 5000 pcs , ; : ， 。 、 （ ） 寄样品 问付款 3天 明天",
    " ",
    "  ",
    "\u3000",
)

SEARCH = words(
    "# #a,b -# t: t:hot t:h g:S,A g: st:quoted c:DE c:德国 ch:wa owner:me due:today due:<fri due:>=2026-11-01 late:>7 late: "
    'last:>30d last:<5/6 quote:open sample:waiting no:next is:lost is: tag: 温度：热 ：: , ，, - " “ ” < > <= ≥ ≤ = name: '
    "http://x.example a/b:c müller 德 德国 深圳 % _ sz +49 170",
    " ",
    "  ",
    "\u3000",
    '"',
)

DATES = words(
    "3 3d 2w 1m 1y 12 24 31 2026 26 0 7th 2nd the of on in next last this friday fri mon week month year weekend day days ago "
    "later from after before end mid beginning eom eow today tomorrow yesterday june jun dec 5/6 12/24 2026-12-01 24.12.2026 "
    "20261201 三 十 二十 半 个 年 月 日 号 天 周 周三 下 下下 上 这 本 星期 礼拜 五 末 底 初 中 后 前 内 过 之前 第 明天 后天 大后天 明年 去年 "
    "今年 工作日 - / . + ( ) , fortnight couple a an business working twenty first third",
    " ",
    "  ",
)

TRADE = words(
    "FOB CIF EXW DDP DAP Shenzhen Ningbo Hamburg - / 0.86 0.86/pc 12,500.00 1.234,56 5000 5000pcs pcs kg 千 万 MOQ valid 30d until "
    "DHL FedEx 顺丰 562729 3 specs shipped arrived 5/15 feedback PI PI20240517-A P/I no. 4280 USD EUR CNY ¥ $ € 美元 order PO-77 "
    "PO 77 x × @ deposit 30% 定金 T/T balance 尾款 7/1 paid received 收到定金 prepaid for against sea air rail 海运 空运 ETD ETA 6/20 "
    "离港 到港 container MSKU1234567 B/L vessel forwarder refunded , ; ， 。 . : ( )",
    " ",
    "  ",
)

HEADERS = words(
    "公司 客户名称 Company Name 国家 Country 联系人 Contact Email E-mail 电话 Phone WhatsApp 微信 WeChat 阶段 Stage 温度 等级 Grade 标签 Tags "
    "下次跟进 Next 日期 Date 跟进记录 Notes 备注 Remarks 报价 Quote 样品 Sample 负责人 Owner 网站 Website 来源 Source LinkedIn City 城市",
    "Last contact",
    "Next step",
    "下一步计划",
    "First name",
    "Last name",
)

SHEET = HEADERS + words(
    "id uid Acme GmbH 深圳某某有限公司 Xyz Ltd DE Germany 德国 Hamburg anna@abc.example a@b.com?bcc=x +49 30 5550760 hot 热 报价 quoted S A √ × "
    "2026-11-05 11月6日 5/6/2026 45982 45982.5 尽快 2026-02-30 0.86 USD 5000 PI20240517 DHL 562729 TRUE sep=; 见名片",
    "",
    "",
    " ",
)

VCARD = words(
    "BEGIN:VCARD END:VCARD VERSION:3.0 VERSION:2.1 VERSION:4.0 FN: N: ORG: TITLE: EMAIL: TEL: TEL;TYPE=CELL: ADR: URL: NOTE: "
    "CATEGORIES: item1.EMAIL: item1.X-ABLabel: ;CHARSET=GBK: ;ENCODING=QUOTED-PRINTABLE: ;ENCODING=b: PHOTO: X-WECHAT: BDAY: REV: "
    "=E4=BD=A0 =\r\n \\n \\, \\; ; : , Anna Schmidt Acme GmbH;;;; anna@abc.example +49305550760",
    "\r\n",
    "\r\n",
    "\n",
    "\r\n ",
    "=\r\n",
    "\nBEGIN:VCARD\n",
    "\nEND:VCARD\n",
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:",
)


class Bytes:
    """Bytes that are used up while something is made of them."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, most: int) -> int:
        """A number below `most` from two bytes; 0 when all are used up."""
        taken = int.from_bytes(self._data[self._at : self._at + 2], "little")
        self._at += 2
        return taken % most

    @property
    def left(self) -> bool:
        """Whether there are any left."""
        return self._at < len(self._data)

    def pieces(self, words: Sequence[str], longest: int) -> Iterator[str]:
        """At most `longest` pieces: six in ten words of the language, most with a blank behind them."""
        for _ in range(longest):
            if not self.left:
                return
            kind = self.number(20)
            if kind < 12:
                yield words[self.number(len(words))] + (" " if kind < 7 else "")
            elif kind < 15:
                yield UNKNOWN[self.number(len(UNKNOWN))] + (" " if kind < 14 else "")
            elif kind < 17:
                yield HOSTILE[self.number(len(HOSTILE))]
            elif kind < 19:
                yield chr(0x20 + self.number(0x5F))
            else:
                yield any_character(self.number(0x10000), self.number(17))


def any_character(low: int, plane: int) -> str:
    """Any character but half a one, which is refused at every entrance."""
    code = low + 0x10000 * plane
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


def a_text(data: bytes, words: Sequence[str], longest: int = 24) -> str:
    """A text in one of the small languages."""
    return "".join(Bytes(data).pieces(words, longest))


def a_page(data: bytes, words: Sequence[str], length: int = 5_000) -> str:
    """A text of `length` characters in which a few pieces come again and again: what makes a bad pattern slow."""
    text = a_text(data, words, 4) or "("
    return (text * (length // len(text) + 1))[:length]


# Files ---------------------------------------------------------------------------------------------------------------


def some_rows(given: Bytes) -> list[list[str]]:
    """The cells of a small sheet, mostly under headers that are known; one in six is turned round."""
    wide, high, headless = 2 + given.number(6), 1 + given.number(7), given.number(5) == 0
    heads = ["Company", *(HEADERS[given.number(len(HEADERS))] for _ in range(wide - 1))]
    rows = [["".join(given.pieces(SHEET, 1 + given.number(3))) for _ in range(wide)] for _ in range(high)]
    rows = rows if headless else [heads, *rows]
    return [list(column) for column in zip(*rows, strict=True)] if given.number(6) == 5 else rows


def a_csv(data: bytes) -> bytes:
    """A delimited file, sometimes in an odd encoding, sometimes with quotation marks that nobody closes."""
    given = Bytes(data)
    delimiter, end, quoting = ",;\t|"[given.number(4)], ("\n", "\r\n", "\r")[given.number(3)], given.number(4)
    encoding = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "cp1252", "utf-8")[given.number(7)]
    lines = (delimiter.join(_cell(cell, quoting) for cell in row) for row in some_rows(given))
    return end.join(lines).encode(encoding, "replace")


def _cell(text: str, quoting: int) -> str:
    return text if not quoting else f'"{text}' if quoting == 1 else '"' + text.replace('"', '""') + '"'


def a_vcard(data: bytes) -> bytes:
    """An address book, or something like it."""
    given = Bytes(data)
    encoding = ("utf-8", "utf-8-sig", "gb18030", "utf-16")[given.number(4)]
    return ("BEGIN:VCARD\n" * (given.number(3) > 0) + "".join(given.pieces(VCARD, 60))).encode(encoding, "replace")


_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}  # fmt: skip
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def a_workbook(data: bytes) -> bytes:
    """A workbook of one sheet; one in two has something in its sheet that should not be there."""
    given = Bytes(data)
    broken = given.number(2)
    rows = some_rows(given)
    sheet = "".join(
        f'<row r="{n}">' + "".join(_xlsx_cell(given, cell) for cell in row) + "</row>" for n, row in enumerate(rows, 1)
    )
    text = f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>'
    if broken:
        at = given.number(len(text))
        text = text[:at] + "".join(given.pieces(SHEET, 2)) + text[at + given.number(12) :]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part)
        archive.writestr("xl/worksheets/sheet1.xml", text.encode("utf-8", "replace"))
    return file.getvalue()


def _xlsx_cell(given: Bytes, text: str) -> str:
    kind = given.number(8)
    if kind == 0:
        return f"<c><v>{(given.number(60000) - 100) / (1 + given.number(3))}</v></c>"
    if kind == 1:
        return f'<c t="{("b", "e", "str", "d", "n")[given.number(5)]}"><v>{escape(_NO_XML.sub("", text))}</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_NO_XML.sub("", text))}</t></is></c>'


def unknown_in(text: str) -> set[str]:
    """The unknown words that stand in a text."""
    return {word for word in UNKNOWN if word in text}
