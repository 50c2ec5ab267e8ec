"""Lines about money, each read as one record: a proforma invoice, a payment."""

from __future__ import annotations

from .dates import Look
from .messages import N_, Problem
from .trade_terms import Terms, When, take_number
from .trade_words import BALANCE, DEPOSIT, NO_SUM, PI_NUMBER, RECORD_NUMBER
from .values import Invoice, Payment

# Proforma invoices ---------------------------------------------------------------------------------------------------

_SENT_ON = r"(?<![a-z])(?:sent|dated|issued|of|on|date)(?![a-z])|开立?日期|日期|开于|发于"
_ALONE = rf"^[\s|]*(?P<number>(?=[a-z0-9._/-]*[a-z_/-]){RECORD_NUMBER})(?=[\s|,]|$)"


def read_invoice(terms: Terms) -> Invoice:
    """The proforma invoice a line says. Raises Problem without a number or a sum."""
    back = When(terms.today, look=Look.BACK)
    sent = terms.first_day()
    number = terms.take(PI_NUMBER) or terms.take(_ALONE)
    if number is None:
        raise Problem(N_("“{text}” says no number of a PI."), text=terms.shown)
    sent = sent or terms.day(_SENT_ON, back)
    found = terms.sum()
    if found is None:
        raise Problem(NO_SUM, text=terms.shown)
    currency, amount = found
    return Invoice(
        number["number"], sent or terms.loose_day(back) or terms.today, currency, amount, remark=terms.rest()
    )


# Payments ------------------------------------------------------------------------------------------------------------

_PAID = r"(?<![a-z])(?:paid|payment(?:\s+received)?|received|prepaid)(?![a-z])|收到了?|已收到?|收款|付款|已付|到账|货款"
_PAYMENT_KINDS = {
    "deposit": DEPOSIT,
    "balance": BALANCE,
    "full": r"(?<![a-z])(?:in\s+full|full\s+(?:amount|payment)|full)(?![a-z])|全款|全额",
}


def read_payment(terms: Terms) -> tuple[Payment, str]:
    """The payment a line says, and the number of the order or PI it names. Raises Problem where it says no sum."""
    back = When(terms.today, look=Look.BACK)
    paid = terms.first_day()
    terms.take(rf"^[\s|]*(?:{_PAID})")
    about = take_number(terms)
    kind = _payment_kind(terms)
    found = terms.sum()
    if found is None:
        raise Problem(NO_SUM, text=terms.shown)
    currency, amount = found
    kind = kind or _payment_kind(terms)
    terms.take(_PAID, weak=True)
    paid = paid or terms.day(r"(?<![a-z])(?:on|date)(?![a-z])|日期|于", back) or terms.loose_day(back) or terms.today
    return Payment(paid, currency, amount, kind, remark=terms.rest()), about


def _payment_kind(terms: Terms) -> str:
    return next((code for code, words in _PAYMENT_KINDS.items() if terms.take(words, weak=True)), "")
