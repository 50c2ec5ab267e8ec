"""What of a person is found in a text, and what is left alone because it means somebody else."""

import pytest

from tui_crm.domain.traces import traces
from tui_crm.domain.values import Reach

ANNA = traces(
    ["Anna Schmidt", "王小明", "Mark"],
    [Reach("email", "anna.schmidt@nord.example"), Reach("phone", "+49 170 1234567"), Reach("wechat", "ann_88"),
     Reach("website", "https://nord.example")],
    ["Schmidt GmbH", "Bob Nord"],
    "■",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("Anna Schmidt said yes", "■ said yes", "■ said yes"),
        ("ANNA  SCHMIDT, anna's idea", "■, ■'s idea", "■, anna's idea"),
        ("Anna asked, Annabel did not", "■ asked, Annabel did not", "Anna asked, Annabel did not"),
        ("Schmidt GmbH pays, Bob too", "Schmidt GmbH pays, Bob too", "Schmidt GmbH pays, Bob too"),
        ("to Anna.Schmidt@Nord.example.", "to ■.", "to ■."),
        ("xanna.schmidt@nord.example.org", "xanna.schmidt@nord.example.org", "xanna.schmidt@nord.example.org"),
        ("call 0170/1234567 or +49-170-123 4567", "call ■ or ■", "call ■ or ■"),
        ("order 1701234567890", "order 1701234567890", "order 1701234567890"),
        ("王小明说，小明来", "■说，■来", "■说，小明来"),
        ("wechat ann_88", "wechat ■", "wechat ■"),
        ("mark the box; Mark agrees", "mark the box; ■ agrees", "mark the box; Mark agrees"),
        ("see https://nord.example", "see https://nord.example", "see https://nord.example"),
    ],
)
def test_traces_are_blacked_out(text: str, near: str, far: str) -> None:
    assert (ANNA.blacked_out(text, True), ANNA.blacked_out(text, False)) == (near, far)
    assert ANNA.blacked_out(near, True) == near


def test_nobody_leaves_no_trace() -> None:
    nobody = traces([""], [], [], "■")
    assert nobody.blacked_out("Anna", True) == "Anna"
    assert nobody.needles() == []
