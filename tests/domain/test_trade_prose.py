"""Trade told in passing: found where it is plain, left alone where it is a wish, a question or a condition."""

from __future__ import annotations

from datetime import date

import pytest

from tui_crm.domain.trade_checks import KIND
from tui_crm.domain.trade_prose import told_records

DAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "客户看完样品，2024.05.10 FOB SHENZHEN USD 0.86/pc（MOQ 5000），等回复",
            [("quote", "2024.05.10 FOB SHENZHEN USD 0.86/pc（MOQ 5000）")],
        ),
        ("报价FOB深圳1.2美金/个，样品寄DHL 5627293311", [("quote", "FOB深圳1.2美金/个"), ("sample", "DHL 5627293311")]),
        ("sent samples DHL#562729, 3 specs, grey board", [("sample", "DHL#562729, 3 specs")]),
        ("sent PI20240517-A USD 4280, waiting for deposit", [("invoice", "PI20240517-A USD 4280")]),
        ("收到定金 USD 1290，安排生产", [("payment", "收到定金 USD 1290")]),
        ("客户下单 PO-77 USD 4300 30%定金", [("order", "下单 PO-77 USD 4300 30%定金")]),
        ("6/20 海运 宁波-汉堡 30天", [("shipment", "6/20 海运 宁波-汉堡 30天")]),
        ("请付定金 USD 1290", []),
        ("will order 5000 pcs USD 4300", []),
        ("received your email about USD 500", []),
        ("asked for CIF price", []),
        ("催尾款USD 3000", []),
        ("他说FOB 2020条款", []),
        ("6月20日发货", []),
        ("no figures at all", []),
    ],
)
def test_what_a_text_tells_of(text: str, found: list[tuple[str, str]]) -> None:
    told = told_records(text, DAY, "USD")
    assert [(KIND[type(one.reading.record)], one.words) for one in told] == found


def test_a_pi_without_a_day_is_of_the_day_in_its_number() -> None:
    (told,) = told_records("PI: PI20240517-A USD 4280", DAY, "USD")
    assert told.reading.record.sent_on == date(2024, 5, 17)  # type: ignore[union-attr]
