"""Exchange rates: what one unit of a currency is worth in the user's own, and since when."""

from __future__ import annotations

from typing import Any

from ..domain.messages import N_, Problem
from ..domain.rates import Rate
from ..i18n import _, short_date
from ..keys_in_force import all_keys_of, keyed
from ..usecases import rates
from .ask import Ask
from .keys import bindings
from .list_screen import ListScreen
from .widgets.cells import fit
from .widgets.rowlist import Cells


class RatesScreen(ListScreen):
    """The rates by currency, the newest of each first; older ones are dimmed."""

    BINDINGS = [*bindings(("new",)), ("c", "do('own')", ""), ("f8", "do('own')", ""), ("delete", "do('remove')", "")]

    def begin(self) -> None:
        """Without an own currency there is nothing to convert to: ask for it first."""
        super().begin()
        if not self._own:
            self.do_own()

    @property
    def _own(self) -> str:
        return self.session.settings.own_currency

    def heading(self) -> str:
        """What this screen is called."""
        return _("Exchange rates")

    def about(self) -> str:
        """The currency they are in."""
        return _("in {own}").format(own=self._own) if self._own else _("no own currency yet")

    def keys(self) -> str:
        """The keys and what they do."""
        words = _("{new} new · Enter change · c F8 own currency · Del take away · {undo} undo · Esc")
        return keyed(words, "undo", new=all_keys_of("new"))

    def nothing(self) -> str:
        """How to begin."""
        rate = keyed(_("{new} adds a rate, for example: USD 7.12"), "new")
        return rate if self._own else _("c says which currency is your own.")

    def rows(self) -> list[Rate]:
        """Every rate."""
        return rates.listed(self.session)

    def draw(self, row: object, width: int, here: bool) -> Cells:
        """What one unit is worth, and since when."""
        assert isinstance(row, Rate)
        newest = next(rate for rate in self.listing.rows if isinstance(rate, Rate) and rate.currency == row.currency)
        worth = fit(f" 1 {row.currency} = {row.rate:f} {row.own}", min(28, width))
        since = _("since {day}").format(day=short_date(row.since))
        return [(worth, "strong" if row == newest else "dim"), (fit(f"  {since}", width - len(worth)), "dim")]

    def do_open(self) -> None:
        """Enter: the same currency, a new rate."""
        rate = self.listing.current
        self._ask(f"{rate.currency} {rate.rate:f}" if isinstance(rate, Rate) else "")

    def do_new(self) -> None:
        """Ask for a rate."""
        self._ask("")

    def _ask(self, typed: str) -> None:
        if not self._own:
            self.do_own()
            return
        question = _("What is one unit worth in {own}? With a day if not from today: USD 7.12 1 nov").format(
            own=self._own
        )

        def put(text: str) -> None:
            rate = rates.typed_rate(self.session, text)
            rates.put(self.session, rate)
            self.done(f"1 {rate.currency} = {rate.rate:f} {rate.own}")

        title = _("Exchange rates")
        self.ask(Ask(title, question, lambda text: rates.typed_rate(self.session, text), typed, "USD 7.12"), put)

    def do_own(self) -> None:
        """Ask for the own currency, and write it into the settings."""
        question = _("Your own currency, in which sums are also shown (CNY, EUR, 人民币 …); empty for none")

        def keep(text: str) -> None:
            app: Any = self.app
            app.keep_setting(own_currency=rates.own_currency(text))
            self.read()

        self.ask(Ask(_("Own currency"), question, rates.own_currency, self._own, "CNY"), keep)

    def do_remove(self) -> None:
        """Take a rate away."""
        rate = self.listing.current
        if not isinstance(rate, Rate):
            raise Problem(N_("There is no rate on this line."))
        rates.remove(self.session, rate)
        self.done(_("Taken away: {what}").format(what=f"1 {rate.currency} = {rate.rate:f}"))
