"""One trade record whole: every field on a line of its own, and both versions where somebody else changed it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual.content import Content
from textual.timer import Timer

from ..domain.messages import Problem
from ..domain.money import format_price, format_sum
from ..domain.text import visible
from ..domain.trade_checks import KIND
from ..domain.trade_clocks import later
from ..domain.values import Customer, Record
from ..i18n import _, explain, short_date, tell, word
from ..usecases import trade
from ..usecases.session import Session
from .form import FormDialog, FormRow, Typed
from .offers import in_lines
from .trade_conflict import Difference, TradeConflict
from .trade_fields import (
    COMING,
    OFFERED,
    PAST,
    PRICE,
    SETS_CURRENCY,
    SUM,
    TEXT,
    TRADE_FIELDS,
    Reader,
    TradeField,
    read_record,
    touched,
    written_currency,
)  # fmt: skip
from .widgets.trade_words import record_words

_PAUSE = 0.15
"""Seconds without a key before the record is compared with the others."""
_SHOWN = 9
"""Values offered at a time."""
_SETS_ETA = ("departs_on", "transit_days")


class TradeForm(FormDialog[str]):
    """Adds a record (id 0) or changes one; answers what was done, in words: none where the book's version is kept."""

    BINDINGS = [("f8", "remove", "")]

    def __init__(self, session: Session, customer: Customer, record: Record) -> None:
        self._customer = customer
        self._record = (trade.stored(session, record) if record.id else None) or record
        self._shown = record  # a line may have added to what is stored
        self._fields = {field.name: field for field in TRADE_FIELDS[KIND[type(record)]]}
        self._reader = Reader(trade.of(session, customer.id), session.today, session.settings.currency)
        self._eta = ""  # as it follows from the days typed, so that one typed by hand stays
        self._pause: Timer | None = None
        self._gone = False
        if record.id:
            self.KEYS = _("Ctrl+S save · F8 remove · Esc close")
        kind = KIND[type(record)]
        title = f"{word('record', kind)} · {customer.name}"
        super().__init__(session, title, f"{customer.uid}/trade/{kind}/{record.id}")

    def rows(self) -> list[FormRow]:
        """A line for each field."""
        return [
            FormRow(field.name, _(field.label), self._reader.shown(field, self._shown), required=field.required)
            for field in self._fields.values()
        ]

    def on_mount(self) -> None:
        """Know what follows from what; point out at once what does not fit."""
        super().on_mount()
        self._eta = self._eta_typed()
        self._point_out()

    def help(self, key: str, typed: str) -> Content:
        """The values a line may take, or how what was typed is understood."""
        field = self._fields[key]
        if field.holds in OFFERED:
            found = self._reader.offers(field, typed)[:_SHOWN]
            return in_lines(found, self._reader.meant(field, typed), self.query_one("#help").size.width)
        if not typed.strip():
            return Content(_("fri, 3d, 12/24, 下周三, 2026-11-24") if field.holds in (PAST, COMING) else "")
        return Content(self._meaning(field, typed))

    def _meaning(self, field: TradeField, typed: str) -> str:
        try:
            value = self._reader.read(field, typed, self._currency())
        except Problem:
            return ""
        if field.holds in (PAST, COMING):
            return short_date(value)
        return (
            (format_sum if field.holds == SUM else format_price)(value, self._currency())
            if field.holds in (SUM, PRICE)
            else ""
        )

    def _currency(self) -> str:
        """The currency that the sums are in."""
        if "currency" not in self._fields:
            return ""
        offer = self._reader.meant(self._fields["currency"], self.row("currency").value)
        return offer.code if offer else ""

    # Typing --------------------------------------------------------------------------------------------------------

    def finished(self, row: FormRow) -> None:
        """A short form becomes what it stands for; a currency typed with a sum goes to its own line; ETA follows."""
        field = self._fields[row.key]
        if row.key in SETS_CURRENCY and (currency := written_currency(row.value)):
            _put(self.row("currency"), currency)
        if field.holds in OFFERED:
            offer = self._reader.meant(field, row.value)
            _put(row, offer.label if offer else row.value)
        elif field.holds != TEXT:
            self._tidy(field, row)
        if row.key in _SETS_ETA:
            self._follow()

    def _tidy(self, field: TradeField, row: FormRow) -> None:
        """What can be read is shown as it will be stored."""
        try:
            value = self._reader.read(field, row.value, self._currency())
        except Problem:
            return
        _put(row, self._reader.text(field, value, self._currency()))

    def _follow(self) -> None:
        """ETA is ETD and the days on the way, unless it was typed."""
        line, eta = self.row("arrives_on"), self._eta_typed()
        if eta and line.value in ("", self._eta):
            _put(line, eta)
        self._eta = eta

    def _eta_typed(self) -> str:
        if not set(_SETS_ETA) <= set(self._fields):
            return ""
        try:
            leaves, days = (self._reader.read(self._fields[name], self.row(name).value, "") for name in _SETS_ETA)
        except Problem:
            return ""
        return later(leaves, days).isoformat() if leaves and days else ""

    def changed(self) -> None:
        """Compare with the other records when the typing rests."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._point_out)

    def _point_out(self) -> None:
        record, wrong = read_record(self._reader, self._record, self.typed())
        found = () if wrong else trade.findings_of(self.session, self._customer.id, record)
        self.note(Content("\n").join(Content.styled(f"▲ {visible(tell(each))}", "$soon") for each in found))

    # Saving --------------------------------------------------------------------------------------------------------

    def problems(self, typed: Typed) -> Mapping[str, Problem]:
        """What cannot be stored, line by line."""
        return read_record(self._reader, self._record, typed)[1]

    def save(self, typed: Typed) -> str | None:
        """Store the record; where the book has another version by now, show both."""
        record, _wrong = read_record(self._reader, self._record, typed)
        now = trade.stored(self.session, self._record) if record.id else None
        if now is not None and touched(now, self._record):
            self._show_both(record, now)
            return None
        if record.id and now is None and not self._gone:
            self._gone = True
            self.tell(_("Another window has removed this record. Ctrl+S adds it anew."), wrong=True)
            return None
        return self._store_record(replace(record, version=now.version) if now else replace(record, id=0, uid=""))

    def _store_record(self, record: Record) -> str:
        if record.id:
            trade.change(self.session, self._customer.id, record)
        else:
            trade.add(self.session, self._customer.id, record)
        return _("Saved: {name}").format(name=record_words(record))

    def _show_both(self, mine: Record, theirs: Record) -> None:
        changed_here = touched(mine, self._record)
        differing = [
            Difference(
                _(field.label), self._reader.shown(field, mine), self._reader.shown(field, theirs), name in changed_here
            )
            for name, field in self._fields.items()
            if getattr(mine, name) != getattr(theirs, name)
        ]

        def chosen(which: str | None) -> None:
            if which == "theirs":
                self.answer("")
            elif which == "mine":
                self._overwrite(replace(theirs, **{name: getattr(mine, name) for name in changed_here}))

        self.app.push_screen(TradeConflict(differing), chosen)

    def _overwrite(self, record: Record) -> None:
        try:
            self.answer(self._store_record(record))
        except Problem as problem:
            self.tell(explain(problem), wrong=True)

    def action_remove(self) -> None:
        """Take the record away; undo brings it back."""
        if not self._record.id:
            return
        try:
            trade.remove(self.session, self._customer.id, self._record)
        except Problem as problem:
            self.refuse(problem)
        else:
            self.answer(_("Removed: {name}").format(name=record_words(self._record)))

    # What was typed is kept as far as it differs: what nobody touched follows the book ------------------------------

    def fill(self, typed: Typed) -> None:
        """Put what was changed over what the book has."""
        super().fill(self._fresh | typed)

    def _store(self, forms: list[Typed]) -> None:
        changed = [{name: text for name, text in form.items() if text != self._fresh.get(name)} for form in forms]
        super()._store([form for form in changed if form])

    def _continues(self, kept: Typed) -> bool:
        return bool(self._record.id)


def _put(row: FormRow, text: str) -> None:
    """Put a text into a line that does not have it yet: what is put in counts as typed."""
    if row.value != text:
        row.value = text
