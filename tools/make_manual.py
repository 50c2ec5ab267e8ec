"""Write docs/crm.1, the manual page, from the table of verbs and their arguments: `make man`. A test says when it is out of date."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from tui_crm import __version__, i18n
from tui_crm.cli.arguments import VERBS, parser_of
from tui_crm.cli.verbs import ABOUT, EXAMPLES, Verb

DATE = "2026-11-22"
"""When what the page says was last looked through."""
PAGE = Path(__file__).parent.parent / "docs" / "crm.1"

FILES = (
    (
        "~/.local/share/tui-crm/book.db",
        "The book, everything in one file. Other places on macOS and Windows; crm \\-\\-version names it.",
    ),
    ("~/.config/tui-crm/settings.toml", "The settings; what is not in it is as usual."),
)
ENVIRONMENT = (
    ("CRM_HOME", "One folder for book and settings, instead of the usual ones."),
    ("LC_ALL, LC_MESSAGES, LANG", "The language, unless the settings or \\-\\-lang name one."),
    ("NO_COLOR", "Any value: no colours."),
)
EXITS = (
    ("0", "Done."),
    ("1", "A fault of the program or of the system. The line on standard error names the report to send."),
    ("2", "What was asked was refused, and nothing was written."),
    ("130", "Broken off with Ctrl+C."),
)


def main() -> None:
    """Write the page."""
    PAGE.write_text(manual(), encoding="ascii", newline="\n")


def manual() -> str:
    """The page, as roff of the man macros; in English."""
    i18n.use_language("en")
    return "".join(f"{line}\n" for text in _lines() for line in _short(text))


def _lines() -> Iterator[str]:
    yield f'.TH CRM 1 {DATE} "crm {__version__}" "User Commands"'
    yield from (".SH NAME", "crm \\- the follow\\-up list of an export sales rep")
    yield from (".SH SYNOPSIS", ".B crm", "[\\fIOPTIONS\\fR] [\\fIVERB\\fR \\&...]")
    yield from (".SH DESCRIPTION", _text(ABOUT))
    yield "It opens on the customers due today, most urgent first; ? shows every key. A verb does one thing, for scripts."
    yield from (".PP", _text("CUSTOMER is a uid, a name, or any search that finds exactly one."))
    yield ".SH OPTIONS"
    yield "They stand before or after a verb."
    for action in parser_of(None)._actions:
        yield from _argument(action)
    yield ".SH VERBS"
    for verb in VERBS:
        yield from _verb(verb)
    yield ".SH EXAMPLES"
    for example, meaning in EXAMPLES:
        yield from (".TP", f".B {_text(example)}", _text(meaning).capitalize() + ".")
    for title, entries in (("EXIT STATUS", EXITS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        yield f".SH {title}"
        for name, meaning in entries:
            yield from (".TP", f".B {_text(name)}", meaning)


def _verb(verb: Verb) -> Iterator[str]:
    everywhere = {action.dest for action in parser_of(None)._actions}
    own = [action for action in parser_of(verb)._actions if action.dest not in everywhere]
    yield from (f".SS crm {verb.name} {_text(verb.shape)}".rstrip(), _text(verb.help) + ".")
    for action in own:
        yield from _argument(action)


def _argument(action: argparse.Action) -> Iterator[str]:
    value = str(action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper()))
    shown = f"\\fI{_text(value)}\\fR"
    if action.option_strings:
        names = ", ".join(f"\\fB{_text(name)}\\fR" for name in action.option_strings)
        shown = names if action.nargs == 0 else f"{names} {shown}"
    yield from (".TP", shown, _text(action.help or "") or "\\&")


def _short(line: str) -> list[str]:
    """A line of text in several, as some programs that look pages through want them; requests stay whole."""
    return [line] if line.startswith(".") else textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False)


def _text(text: str) -> str:
    """Plain text as roff: nothing in it is an instruction, and no sign but ASCII."""
    plain = (
        text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha")
    )
    plain = plain.replace("~", "\\(ti")
    plain = re.sub(r"[^\x00-\x7f]", lambda match: f"\\[u{ord(match[0]):04X}]", plain)
    return "\\&" + plain if plain.startswith((".", "'")) else plain


if __name__ == "__main__":
    main()
