"""The search line above the list: understands while it is typed, offers how to go on, says what it means."""

from __future__ import annotations

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input, Static

from ...domain.names import matches
from ...domain.query import LONGEST_LINE, Query, describe, parse_query
from ...domain.text import harmless, visible
from ...i18n import _, tell
from ...usecases import completing, recent
from ...usecases.completing import Known, Offer
from ...usecases.session import Session
from ..reader import Reader
from .cells import fit, marked
from .rowlist import Cells, RowList
from .typing import OneLine

_LOOKS = {
    "tag": "sample", "temperature": "hot", "grade": "soon", "stage": "existing", "country": "cold", "channel": "cold",
    "owner": "potential", "due": "soon", "late": "soon", "last": "soon", "quote": "existing", "sample": "sample",
    "no": "potential", "is": "potential",
}  # fmt: skip
"""The look of each filter while it is typed; words stay plain."""
_MOST_OFFERS, _MOST_INLINE = 8, 3
_HINT = 34
"""Cells of the word beside an offer."""
_MOST_LINES = 3
"""Lines of what the search means and what of it is not understood."""


class TermHighlighter(Highlighter):
    """Colours the filters of a search line, and what looks like one and is not understood."""

    def __init__(self, session: Session, colours: dict[str, str]) -> None:
        self._session = session
        self._colours = colours

    def highlight(self, text: Text) -> None:
        """Colour every term that is more than a word."""
        for term in parse_query(text.plain, self._session.today).terms:
            look = _LOOKS.get(term.field) or ("late" if ":" in str(term.values[0]) and not term.exact else "")
            if look:
                text.stylize(self._colours[look], term.start, term.end)


class SearchLine(OneLine):
    """The input. A search of more than a page is cut to what is read of it."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in, as much as there is room for; the one character too many makes the search say so."""
        room = LONGEST_LINE + 1 - (len(self.value) - abs(end - start))
        super().replace(text[: max(0, room)], start, end)

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line: take the offer."""
        bar = self.parent
        if select or self.cursor_position < len(self.value) or not isinstance(bar, SearchBar) or not bar.take_offer():
            super().action_cursor_right(select)


class Offers(RowList):
    """The list under the line. A click takes an offer."""

    class Clicked(Message):
        """This line of the list was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def on_click(self, event: events.Click) -> None:
        """One click is enough."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Clicked(self.scroll_offset.y + event.y))


class SearchBar(Vertical):
    """The line, what it means, and the offers, which float over the list. It leaves the searching to whoever holds it."""

    BINDINGS = [
        ("escape", "leave", ""),
        ("tab", "take", ""),
        ("down", "down", ""),
        ("up", "up", ""),
    ]

    class Asked(Message):
        """Search for this line."""

        def __init__(self, line: str) -> None:
            super().__init__()
            self.line = line

    class Accepted(Asked):
        """Search for this line, then go and work in the result."""

    class Left(Message):
        """The search was given up."""

    def __init__(self, session: Session, line: str) -> None:
        super().__init__(id="searchbar")
        self._session = session
        self._reader = Reader()
        self._begun_with = line
        self._quiet: str | None = line  # nothing is offered for a line that was not typed here
        self._completion = completing.Completion("word", 0, "", ())
        self._chosen: int | None = None
        self._label = self._hint = 0  # cells of the longest offer, and of the longest word beside one
        self._recent: list[str] = []
        self._recalled = -1
        self.known: Known | None = None

    def compose(self) -> ComposeResult:
        """The line, what it means, and the offers."""
        yield SearchLine(
            self._begun_with,
            _("name, pinyin, phone, note  #tag t:hot c:DE late:>7"),
            highlighter=TermHighlighter(self._session, self.app.theme_variables),
            keys=_("Enter into the list · Tab complete · ↓ choose · Esc back"),
        )
        yield Static(id="meaning", markup=False)
        offers = Offers(self._draw, id="offers")
        offers.can_focus = False
        yield offers

    def on_mount(self) -> None:
        """Ready to type; tags and owners are read meanwhile."""
        self.query_one(Offers).display = False
        self.query_one(Input).focus()
        self.run_worker(self._learn())

    def on_unmount(self) -> None:
        """No thread outlives the line."""
        self._reader.close(self._session)

    async def _learn(self) -> None:
        self.known = await self._reader.ask(lambda stop: completing.known(self._session, stop))
        if self.known is not None and self.query(Offers):
            self._help()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    # Typing ----------------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is understood, offer how to go on, and have it searched."""
        event.stop()
        if event.value != self._quiet:
            self._quiet, self._recalled = None, -1
        self._help()
        self.post_message(self.Asked(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: take the offer chosen; to the offers where a term is only begun (`#`, `t:`); else go to the result."""
        event.stop()
        if self._chosen is not None:
            self.take_offer()
        elif self._listed and not self._completion.typed:
            self._choose(0)
        else:
            self._accept()

    def action_leave(self) -> None:
        """Esc: let go of the offer chosen, else of the search."""
        if self._chosen is None:
            self.post_message(self.Left())
        else:
            self._choose(None)

    def action_take(self) -> None:
        """Tab."""
        self.take_offer()

    def action_down(self) -> None:
        """To the next offer or to a newer search; else into the result."""
        if self._recalled >= 0:
            self._recall(self._recalled - 1)
        elif self._listed:
            self._choose(0 if self._chosen is None else min(self._chosen + 1, len(self._completion.offers) - 1))
        else:
            self._accept()

    def action_up(self) -> None:
        """To the offer above; in an empty line to the last search, and on to the one before it."""
        if self._chosen is not None:
            self._choose(self._chosen - 1 if self._chosen else None)
        elif self._recalled >= 0 or not self._line.value.strip():
            self._recent = self._recent or recent.searches(self._session)
            self._recall(min(self._recalled + 1, len(self._recent) - 1))

    def _accept(self) -> None:
        recent.keep_search(self._session, self._line.value)
        self._show_offers(())
        self.post_message(self.Accepted(self._line.value))

    def _recall(self, at: int) -> None:
        """Put an earlier search into the line; before the newest stands the empty line."""
        self._recalled = at
        self._put(self._recent[at] if at >= 0 else "", 0, len(self._line.value))

    def _put(self, text: str, start: int, end: int) -> None:
        value = f"{self._line.value[:start]}{text}{self._line.value[end:]}"
        self._quiet = value
        self._line.value = value
        self._line.cursor_position = start + len(text)

    # Offers ----------------------------------------------------------------------------------------------------------

    def take_offer(self) -> bool:
        """Put the chosen offer, or the first, into the line; returns whether there is one."""
        if self._completion.start + len(self._completion.typed) != self._line.cursor_position:
            self._help()  # the cursor was moved
        offers = self._completion.offers
        if not offers:
            return False
        text = offers[self._chosen or 0].text
        self._put(text, self._completion.start, self._line.cursor_position)
        if text.endswith(":"):  # a field goes on with its values
            self._quiet = None
            self._help()
        return True

    def on_offers_clicked(self, event: Offers.Clicked) -> None:
        """A click takes an offer."""
        event.stop()
        if event.index < len(self._completion.offers):
            self._chosen = event.index
            self.take_offer()

    @property
    def _listed(self) -> bool:
        return bool(self.query_one(Offers).display)

    def _choose(self, at: int | None) -> None:
        offers = self.query_one(Offers)
        self._chosen, offers.in_hand = at, at is not None
        offers.go_to(at or 0)
        offers.redraw()

    def _help(self) -> None:
        """Show what the line means and how it could go on."""
        line, cursor = self._line.value, self._line.cursor_position
        found = completing.completions(self.known or Known(), line, cursor, self._session.today)
        self._completion = found if line != self._quiet else found._replace(offers=())
        inline = self._completion.whole or self._completion.kind in ("field", "word", "mend")
        self._show_offers(() if inline else self._completion.offers)
        query = parse_query(harmless(line), self._session.today, self._session.actor)
        self.query_one("#meaning", Static).update(self._meaning(query, inline))

    def _show_offers(self, rows: tuple[Offer, ...]) -> None:
        offers = self.query_one(Offers)
        self._chosen, offers.in_hand = None, False
        if rows:
            self._label = max(cell_len(visible(row.text)) for row in rows)
            self._hint = min(_HINT, max(cell_len(visible(row.hint)) for row in rows))
            scrolls = len(rows) > _MOST_OFFERS
            offers.styles.width = min(
                2 + self._label + (2 + self._hint if self._hint else 0) + scrolls, self.size.width
            )
            offers.styles.height = min(len(rows), _MOST_OFFERS)
            at = cell_len(self._line.value[: self._completion.start]) - int(self._line.scroll_offset.x)
            offers.styles.offset = Offset(max(0, at - 1), 0)
            offers.show(rows)
        if offers.display != bool(rows):
            offers.display = bool(rows)

    def _draw(self, row: object, width: int, _here: bool) -> Cells:
        assert isinstance(row, Offer)
        room = min(self._label, width - 2) if self._hint else width - 2
        hint = min(self._hint, width - 4 - room)
        typed = self._completion.typed.lstrip('"')
        cells: Cells = [
            (" ", "plain"),
            *marked(row.text, matches(row.text, typed), room, _LOOKS[self._completion.kind]),
        ]
        if hint > 0 and row.hint.isdigit():
            cells.append((fit(row.hint, hint + 2, right=True), "dim"))
        elif hint > 0:
            cells += [("  ", "plain"), *marked(row.hint, matches(row.hint, typed), hint, "dim")]
        return [*cells, (" ", "plain")]

    def _meaning(self, query: Query, inline: bool) -> Content:
        """What the line means in words; then what is not understood, and the offers that are not listed under the line."""
        offers = self._completion.offers[:_MOST_INLINE] if inline else ()
        said = " · ".join(tell(message) for message in describe(query))
        if not self._line.value.strip():
            said = _("everyone   ·   ↑ earlier searches   ·   # tags   ·   Esc back")
        if self._listed:  # what is only begun needs no more than the offers
            begun = " ".join(tell(finding) for finding in query.findings[-1:])
            return Content.styled(visible(said or begun), "$dim")
        parts: list[str | tuple[str, str]] = [(visible(said), "$dim")]
        if offers:
            parts += [("   " + _("Tab") + " ", "$accent")]
            parts += [part for o in offers for part in ((visible(o.text), ""), (f" {visible(o.hint)}   ", "$dim"))]
        lines = [Content.assemble(*parts), *(Content.styled(visible(tell(f)), "$late") for f in query.findings)]
        return Content("\n").join(lines[:_MOST_LINES])
