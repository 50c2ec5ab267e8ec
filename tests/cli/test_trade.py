"""One verb and one line for everything that is traded."""

from collections.abc import Callable

import pytest

from .conftest import Crm

Add = Callable[..., str]
IN_JUNE = "2026-06-10"


def test_a_deal_on_the_command_line(crm: Crm, add: Add) -> None:
    add("Müller GmbH")
    said = {
        verb: crm(verb, "müller", *line.split(), today=IN_JUNE)
        for verb, line in {
            "quote": "FOB Shenzhen 0.86/pc MOQ 5000 valid 30d",
            "sample": "DHL 562729 3 specs --shipped 5/15 --arrived 5/20",
            "pi": "PI20240517-A USD 4280",
            "order": "PO-77 USD 4280 deposit 30% T/T balance 7/1",
            "pay": "USD 1284 deposit",
            "ship": "sea Ningbo - Hamburg ETD 6/20 30d",
        }.items()
    }
    assert all(answer.code == 0 and "Müller GmbH" in answer.out and "Next: " in answer.out for answer in said.values())
    assert said["pi"].err == "0.86 × 5,000 = 4,300.00, the PI says 4,280.00.\n"
    assert "deposit USD 1,284.00" in said["order"].out

    card = crm("show", "müller", "--json").json
    (quote,), (sample,), (invoice,) = card["quotes"], card["samples"], card["invoices"]
    (order,), (payment,), (shipment,) = card["orders"], card["payments"], card["shipments"]
    assert (quote["price"], quote["valid_until"], quote["status"]) == ("0.86", "2026-07-10", "accepted")
    assert (sample["shipped_on"], sample["arrived_on"], sample["tracking"]) == ("2026-05-15", "2026-05-20", "562729")
    assert (invoice["amount"], invoice["currency"], invoice["quote"]) == ("4280.00", "USD", quote["uid"])
    assert (order["deposit"], order["terms"], order["invoice"]) == ("1284.00", "T/T", invoice["uid"])
    assert (payment["order"], payment["kind"]) == (order["uid"], "deposit")
    assert (shipment["arrives_on"], shipment["order"]) == ("2026-07-20", order["uid"])
    assert card["totals"] == [{"currency": "USD", "ordered": "4280.00", "paid": "1284.00", "unpaid": "2996.00"}]

    page = crm("show", "müller").out
    for words in ("PI20240517-A", "PO-77", "USD 1,284.00 · deposit", "Ningbo → Hamburg", "unpaid USD 2,996.00"):
        assert words in page


@pytest.mark.parametrize(
    ("verb", "line", "why"),
    [
        ("quote", "FBO Shenzhen 0.86", "FOB"),
        ("pi", "USD 4280", "no number"),
        ("order", "PO-77", "no sum"),
        ("pay", "-5", "less than nothing"),
        ("ship", "sea ETD 6/20 ETA 6/10", "ETA cannot be before"),
        ("sample", "--shipped 2026-02-30 DHL 562729", "calendar"),
    ],
)
def test_what_cannot_be_saved_is_refused_and_nothing_is_written(
    crm: Crm, add: Add, verb: str, line: str, why: str
) -> None:
    add("Müller GmbH")
    answer = crm(verb, "müller", *line.split())
    assert (answer.code, answer.out) == (2, "")
    assert why in answer.err
    assert crm("show", "müller", "--json").json["totals"] == []
    assert "Example:" in answer.err or why == "calendar"


def test_a_log_line_says_what_it_saved_and_what_does_not_fit(crm: Crm, add: Add) -> None:
    add("Müller GmbH")
    answer = crm("log", "müller", "they agreed $FOB Shenzhen 0.86/5000 $PI-1 USD 4280")
    assert "0.86 × 5,000 = 4,300.00, the PI says 4,280.00." in answer.err
    assert "PI-1 · USD 4,280.00" in answer.out
    assert crm("--lang", "zh_CN", "log", "müller", "DHL 562729 3 specs").out.count("DHL 562729") == 1
