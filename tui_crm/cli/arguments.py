"""The grammar of the command line: one table of verbs feeds parser, help and suggestions.

Global options stand before or after the verb. The verb is found first, so only its own parser is ever built.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from .. import __version__
from ..domain.messages import N_, Problem
from ..domain.vocabulary import GRADES, KINDS, RANKS, ROLES, SOURCES, STAGES, TEMPERATURES
from ..i18n import LANGUAGES, _
from .table import cells

Arguments = argparse.Namespace
Parser = argparse.ArgumentParser

MOST_ROWS = 1_000_000_000
"""No list is longer; a larger `--limit` means all of it."""

CUSTOMER_FIELDS = (
    "country", "city", "type", "grade", "temperature", "stage", "source", "industry", "buys", "website", "linkedin",
    "language", "zone", "owner", "needs", "competitors", "remarks",
)  # fmt: skip
"""Fields of a customer that `add` sets, by their option; `type` is the field `kind`."""

CHOICES = {"type": KINDS, "grade": GRADES, "temperature": TEMPERATURES, "stage": STAGES, "source": SOURCES}
"""Options with a fixed set of codes; the words people use for them are understood too."""

EXPORT_KINDS = ".xlsx .csv .tsv .json .vcf .ics .html"
"""Endings of files that can be written (`usecases.exporting.KINDS`, which is not needed to print the help)."""

STANDING = {"rank": RANKS, "role": ROLES}
"""What `add` says of a person's place in the company and in its decisions, with the codes there are."""

REACHES = ("email", "phone", "whatsapp", "wechat")
"""Ways to reach a person that `add` takes, by their option."""


def parse(argv: Sequence[str]) -> Arguments:
    """Read the words of a command. `run` names the verb's function as (module, function), None where there is no verb.

    Raises Problem for what is no command; `--help` and `--version` print and raise SystemExit.
    """
    words = list(argv)
    at = _verb_at(words)
    name = words.pop(at) if at is not None else None
    if name == "help":
        words.append("--help")
        at = _verb_at(words)
        name = words.pop(at) if at is not None else None
    verb = _verb(name) if name is not None else None
    parser = _parser(verb)
    asked = parser.parse_intermixed_args([_kept(word) for word in words])
    asked.run = verb.run if verb else None
    asked.unopened = verb is not None and verb.unopened
    return asked


def language_asked(argv: Sequence[str]) -> str:
    """The language that `--lang` names, needed before the parser can be built in it; empty without one."""
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""


# Words ---------------------------------------------------------------------------------------------------------------

_SINGLE_DASH = re.compile(r"-(?!-|h$|$)", re.S)


def _kept(word: str) -> str:
    """A word that begins with one dash is text (`-#tag`, `-5.00`) and no option of ours: a blank hides it from argparse."""
    return f" {word}" if _SINGLE_DASH.match(word) else word


def _text(word: str) -> str:
    """A word as it was typed, before `_kept`."""
    return word[1:] if word.startswith(" -") else word


def _limit(word: str) -> int:
    if not word.strip().isdecimal() or int(word[:12]) < 1:
        raise argparse.ArgumentTypeError(_("“{text}” is no number of rows; write 1 or more").format(text=word))
    return min(int(word[:12]), MOST_ROWS)


def _operation_id(word: str) -> int:
    if not word.strip().isdecimal() or len(word) > 12:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no operation; crm history shows their numbers").format(text=word)
        )
    return int(word)


_WITH_VALUE = ("--db", "--today", "--lang")


def _verb_at(words: Sequence[str]) -> int | None:
    """Where the verb stands: the first word that is neither an option nor the value of a global one."""
    value = False
    for at, word in enumerate(words):
        if value or word in _WITH_VALUE:
            value = not value
        elif not word.startswith("--"):
            return at if word != "-h" else None
    return None


def _verb(name: str) -> Verb:
    for verb in VERBS:
        if verb.name == name:
            return verb
    from difflib import get_close_matches

    names = [verb.name for verb in VERBS]
    near = get_close_matches(name.lower(), names, 1, 0.5)
    if near:
        raise Problem(N_("There is no command “{name}”. Did you mean crm {near}?"), name=name, near=near[0])
    raise Problem(N_("There is no command “{name}”. Use one of: {known}."), name=name, known=", ".join(names))


# Parsers -------------------------------------------------------------------------------------------------------------


class _Refusing(Parser):
    """A parser that raises Problem instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        raise Problem(N_("{why}. See: {command} --help"), why=message, command=self.prog)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with its title in the user's language."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or _("usage: "))


def _parser(verb: Verb | None) -> Parser:
    parser = _Refusing(
        prog=f"crm {verb.name}" if verb else "crm",
        usage=None if verb else _("crm [OPTIONS] [VERB …]"),
        description=_(verb.help if verb else ABOUT),
        epilog=None if verb else _overview(),
        formatter_class=_Help,
        add_help=False,
        allow_abbrev=False,
    )
    # The only way to title the two groups that argparse makes by itself.
    parser._positionals.title, parser._optionals.title = _("arguments"), _("options")
    if verb:
        verb.arguments(parser)
    options = parser.add_argument_group(_("everywhere"))
    options.add_argument("--db", metavar="FILE", type=_text, help=_("the book to open, made when there is none"))
    options.add_argument("--today", metavar="DATE", type=_text, help=_("pretend that this is today"))
    options.add_argument("--lang", choices=LANGUAGES, help=_("the language to speak"))
    options.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help=_("read the passphrase of an encrypted book from the first line of the input"),
    )
    options.add_argument("--demo", action="store_true", help=_("use the example book, never your own"))
    options.add_argument("--version", action="version", version=f"crm {__version__}", help=_("print the version"))
    options.add_argument("-h", "--help", action="help", help=_("print this help"))
    return parser


def _overview() -> str:
    """The verbs with their help, and examples."""
    return "\n".join([
        _("verbs:"),
        *_aligned((f"{verb.name} {verb.shape}".strip(), _(verb.help)) for verb in VERBS),
        "",
        _("CUSTOMER is a uid, a name, or any search that finds exactly one."),
        "",
        _("examples:"),
        *_aligned((example, _(meaning)) for example, meaning in EXAMPLES),
    ])  # fmt: skip


def _aligned(pairs: Iterable[tuple[str, str]]) -> list[str]:
    pairs = list(pairs)
    width = max(cells(left) for left, _right in pairs)
    return [f"  {left}{' ' * (width - cells(left))}  {right}" for left, right in pairs]


# Verbs ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: name, the shape of its arguments, help, (module, function) that does it, and its parser's arguments. An
    `unopened` one is given the book unopened, since it has to work where opening fails."""

    name: str
    shape: str
    help: str
    run: tuple[str, str]
    arguments: Callable[[Parser], None]
    unopened: bool = False


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def _list(parser: Parser) -> None:
    _json(parser)
    parser.add_argument("--limit", metavar="N", type=_limit, help=_("only the first N"))


def _find(parser: Parser) -> None:
    parser.add_argument("query", metavar="QUERY", nargs="*", type=_text,
                        help=_("words, #tag t:hot g:A st:quoted c:DE due:<fri …; an empty one lists everyone"))  # fmt: skip
    parser.add_argument("--view", metavar="NAME", type=_text, help=_("of a saved view only; crm views lists them"))
    _list(parser)


def _customer(parser: Parser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER", nargs="+", type=_text, help=_("uid, name or search"))
    _json(parser)


def _one_customer(parser: Parser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER", type=_text, help=_("uid, name or search"))


class _Person(argparse.Action):
    """Gathers people and their addresses in the order typed, since an address belongs to the person before it."""

    def __call__(self, parser: Parser, asked: Arguments, values: Any, option: str | None = None) -> None:
        asked.people = [*asked.people, (str(option).lstrip("-"), values)]


def _add(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="+", type=_text, help=_("the company's name"))
    for field in CUSTOMER_FIELDS:
        parser.add_argument(f"--{field}", metavar="…", default="", type=_text, help=", ".join(CHOICES.get(field, ())))
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], type=_text, help=_("may repeat"))
    people = parser.add_argument_group(_("people (each --contact begins a person; what follows belongs to it)"))
    parser.set_defaults(people=[])
    for option in ("contact", "position", *STANDING, *REACHES):
        known = ", ".join(STANDING.get(option, ()))
        people.add_argument(
            f"--{option}", metavar="…", action=_Person, default=argparse.SUPPRESS, type=_text, help=known
        )
    parser.add_argument("--force", action="store_true", help=_("add it even if the company is in the book already"))


def _log(parser: Parser) -> None:
    _one_customer(parser)
    parser.add_argument("line", metavar="LINE", nargs="+", type=_text,
                        help=_("note with marks: >when what  #tag  @channel  !temperature  =stage  $quote, sample, PI …"))  # fmt: skip
    parser.add_argument("--when", metavar="DATE", type=_text, help=_("the day it happened, if not today"))


def _line(parser: Parser) -> None:
    _one_customer(parser)
    parser.add_argument("line", metavar="LINE", nargs="+", type=_text, help=_("one line, as in docs/lines.md"))


def _sample(parser: Parser) -> None:
    _line(parser)
    parser.add_argument("--shipped", metavar="DATE", type=_text, help=_("the day it was sent, if not today"))
    parser.add_argument("--arrived", metavar="DATE", type=_text, help=_("the day it arrived"))


def _set(parser: Parser) -> None:
    _one_customer(parser)
    parser.add_argument("values", metavar="FIELD=VALUE", nargs="+", type=_text,
                        help=_("city=Hamburg, \"credit days=30\" …; nothing behind the = empties the field"))  # fmt: skip


def _attach(parser: Parser) -> None:
    _one_customer(parser)
    parser.add_argument("file", metavar="FILE", nargs="+", type=_text, help=_("a copy is kept beside the book"))


def _snooze(parser: Parser) -> None:
    _one_customer(parser)
    parser.add_argument("when", metavar="WHEN", nargs="+", type=_text, help=_("3, 3d, fri, 5/6, 下周三 …"))


def _import(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", type=_text, help=_("an .xlsx or .csv sheet"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    parser.add_argument("--yes", action="store_true", help=_("bring it in without asking"))
    parser.add_argument(
        "--preset", metavar="NAME", type=_text, help=_("the program that wrote it: google, outlook, hubspot …")
    )
    parser.add_argument("--map", metavar="COLUMN=FIELD", action="append", default=[], type=_text,
                        help=_("what a column holds, own for a field of its own, skip to leave it out; may repeat"))  # fmt: skip
    parser.add_argument(
        "--date-order", "--dates", dest="dates", choices=("dmy", "mdy", "ymd"),
        help=_("how to read dates like 5/6/2026: day, month or year first"),
    )  # fmt: skip
    parser.add_argument("--conflicts", choices=("book", "sheet"), default="book",
                        help=_("whose word counts where a cell was changed in an exported sheet and in the book since"))  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", action="append", default=[], type=_text,
                        help=_("only this sheet of a workbook; may repeat"))  # fmt: skip
    parser.add_argument(
        "--trade",
        action="store_true",
        help=_("store quotes, samples, PIs, orders, payments found in notes as records too"),
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=_text,
        help=_("write every row and cell that was not taken as it stands (.csv or .txt)"),
    )
    _json(parser)


def _doctor(parser: Parser) -> None:
    parser.add_argument("--repair", action="store_true", help=_("mend what can be mended, without asking"))
    _json(parser)


def _restore(parser: Parser) -> None:
    parser.add_argument(
        "backup", metavar="BACKUP", nargs="?", type=_text, help=_("a number of the list, or a backup's file")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    parser.add_argument("--yes", action="store_true", help=_("put it back without asking"))
    _json(parser)


def _export(parser: Parser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        type=_text,
        help=_("its ending says the kind: {kinds}; - prints a table").format(kinds=EXPORT_KINDS),
    )
    parser.add_argument(
        "query", metavar="QUERY", nargs="*", type=_text, help=_("only whom this search finds; else everything")
    )
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))
    parser.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8", help=_("of .csv and .tsv"))


def _person(parser: Parser) -> None:
    parser.add_argument("person", metavar="EMAIL|NAME", nargs="+", type=_text, help=_("an address or the whole name"))
    parser.add_argument(
        "--customer", action="store_true", help=_("a customer that is a person itself: uid, name or search")
    )
    parser.add_argument(
        "--export", metavar="FILE", nargs="?", const="", type=_text,
        help=_("write it to this file (.json, .html or .txt); without a name as JSON and as a page to read"),
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))
    _json(parser)


def _forget(parser: Parser) -> None:
    parser.add_argument("person", metavar="EMAIL|NAME", nargs="+", type=_text, help=_("an address or the whole name"))
    parser.add_argument(
        "--customer", action="store_true", help=_("a customer that is a person itself: uid, name or search")
    )
    parser.add_argument("--files", action="store_true", help=_("erase the files kept with the customer too"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would go and what would stay"))
    parser.add_argument("--yes", action="store_true", help=_("erase without asking"))


def _show(parser: Parser) -> None:
    _customer(parser)
    parser.add_argument("--as-of", metavar="DATE", type=_text, help=_("as it was at the end of that day"))


def _archive(parser: Parser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER", nargs="+", type=_text, help=_("uid, name or search"))
    parser.add_argument("--back", action="store_true", help=_("bring it back"))


def _encrypt(parser: Parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=_("only say what it protects and what it does not"))
    parser.add_argument("--remove-plain-backups", action="store_true",
                        help=_("remove the backups and copies made before, after a first encrypted backup"))  # fmt: skip


def _decrypt(parser: Parser) -> None:
    parser.add_argument("--yes", action="store_true", help=_("make it plain without asking"))


def _passphrase(parser: Parser) -> None:
    parser.add_argument("--sheet", metavar="FILE", type=_text,
                        help=_("write a page to keep on paper: how to open the book, a line for the passphrase"))  # fmt: skip
    parser.add_argument(
        "--with-passphrase", action="store_true", help=_("print the passphrase on the sheet, after a question")
    )
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))


def _operation(parser: Parser) -> None:
    parser.add_argument(
        "operation", metavar="ID", nargs="?", type=_operation_id, help=_("the number that crm history shows")
    )


def _history(parser: Parser) -> None:
    parser.add_argument("customer", metavar="CUSTOMER", nargs="*", type=_text, help=_("uid, name or search"))
    _list(parser)


def _merge(parser: Parser) -> None:
    parser.add_argument("keep", metavar="KEEP", type=_text, help=_("the customer that is kept: uid, name or search"))
    parser.add_argument("other", metavar="OTHER", type=_text, help=_("the one that goes into it"))
    parser.add_argument("--take", metavar="FIELD=WHOSE", action="append", default=[], type=_text,
                        help=_("whose value a field gets: keep, other or, of texts, both; may repeat"))  # fmt: skip
    parser.add_argument("--yes", action="store_true", help=_("merge them without asking"))


def _ics(parser: Parser) -> None:
    parser.add_argument("words", metavar="FILE QUERY", nargs="*", type=_text,
                        help=_("a file ending in .ics, else that of the settings; a search, else the nearest steps of all"))  # fmt: skip


def _report(parser: Parser) -> None:
    parser.add_argument("what", choices=("today", "card", "quotes"), help=_("the agenda, one customer, or open quotes"))
    parser.add_argument("words", metavar="CUSTOMER|QUERY FILE", nargs="*", type=_text,
                        help=_("whom it is about; a file ending in .html or .txt, else it is printed here"))  # fmt: skip
    parser.add_argument("--html", action="store_true", help=_("as a web page to print, not as text"))
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))


VERBS: tuple[Verb, ...] = (
    Verb("due", "", N_("Who to talk to today, most urgent first"), ("readers", "due"), _list),
    Verb("find", "QUERY", N_("Find customers"), ("readers", "find"), _find),
    Verb("views", "", N_("The saved views, and how many customers each finds"), ("views", "views"), _json),
    Verb("show", "CUSTOMER", N_("Everything about one customer"), ("card", "show"), _show),
    Verb("why", "CUSTOMER", N_("Why a customer stands where it stands, in points"), ("readers", "why"), _customer),
    Verb("add", "NAME --country DE …", N_("Add a customer"), ("writers", "add"), _add),
    Verb("log", "CUSTOMER LINE", N_("Write down what happened, next step included"), ("writers", "log"), _log),
    Verb("quote", "CUSTOMER LINE", N_("Save a quote: FOB Shenzhen 0.86/pc MOQ 5000"), ("trade", "quote"), _line),
    Verb("sample", "CUSTOMER LINE", N_("Save a sample: DHL 562729 3 specs"), ("trade", "sample"), _sample),
    Verb("pi", "CUSTOMER LINE", N_("Save a PI: PI20240517-A USD 4280"), ("trade", "pi"), _line),
    Verb("order", "CUSTOMER LINE", N_("Save an order: PO-77 USD 4300 deposit 30%"), ("trade", "order"), _line),
    Verb("pay", "CUSTOMER LINE", N_("Save a payment: USD 1290 deposit"), ("trade", "pay"), _line),
    Verb("ship", "CUSTOMER LINE", N_("Save a shipment: sea Ningbo - Hamburg ETD 6/20 30d"), ("trade", "ship"), _line),
    Verb("snooze", "CUSTOMER WHEN", N_("Move a customer's next step"), ("writers", "snooze"), _snooze),
    Verb(
        "set", "CUSTOMER FIELD=VALUE", N_("Change fields of a customer, own ones too"), ("writers", "set_fields"), _set
    ),
    Verb("attach", "CUSTOMER FILE", N_("Keep files with a customer"), ("writers", "attach"), _attach),
    Verb(
        "archive", "CUSTOMER", N_("Take a customer off every list, or bring it back"), ("writers", "archive"), _archive
    ),
    Verb("duplicates", "", N_("Customers that are probably the same"), ("merging", "duplicates"), _list),
    Verb(
        "merge", "KEEP OTHER", N_("Make one of two customers, field by field"), ("merging", "merge_customers"), _merge
    ),
    Verb("undo", "[ID]", N_("Take back the last operation, or any other"), ("writers", "undo"), _operation),
    Verb("redo", "[ID]", N_("Bring back what was undone"), ("writers", "redo"), _operation),
    Verb("history", "[CUSTOMER]", N_("What was done, newest first"), ("readers", "history"), _history),
    Verb("doctor", "", N_("Is the book in order? Mend what can be mended"), ("doctor", "doctor"), _doctor, True),
    Verb("backup", "", N_("Back the book up now"), ("backups", "backup"), _json),
    Verb("restore", "[BACKUP]", N_("List the backups, or put one back"), ("backups", "restore"), _restore, True),
    Verb("encrypt", "", N_("Give the book a passphrase"), ("passphrases", "encrypt"), _encrypt, True),
    Verb("decrypt", "", N_("Make an encrypted book plain again"), ("passphrases", "decrypt"), _decrypt, True),
    Verb(
        "passphrase",
        "",
        N_("Change the passphrase, or write a sheet for the safe"),
        ("passphrases", "passphrase"),
        _passphrase,
        True,
    ),
    Verb("person", "EMAIL|NAME", N_("Everything that is held of a person"), ("persons", "person"), _person),
    Verb("forget", "EMAIL|NAME", N_("Erase a person for good, history included"), ("persons", "forget"), _forget),
    Verb("import", "FILE", N_("Bring in a sheet"), ("importing", "import_file"), _import),
    Verb(
        "export",
        "FILE [QUERY]",
        N_("Give out customers as a file: Excel, CSV, JSON …"),
        ("exporting", "export_file"),
        _export,
    ),
    Verb("ics", "[FILE] [QUERY]", N_("Write the next steps as a calendar"), ("reporting", "ics"), _ics),
    Verb("report", "today|card|quotes", N_("A page to print, as text or HTML"), ("reporting", "report"), _report),
)

ABOUT = N_("The follow-up list of an export sales rep. Without a verb the program opens.")

EXAMPLES = (
    ("crm", N_("open the program")),
    ("crm due --limit 10", N_("the ten most urgent")),
    ('crm find "#price-sensitive c:DE"', N_("a tag in one country")),
    ('crm add "Müller GmbH" --country DE --contact "Anna Schmidt"', N_("a new customer")),
    ('crm log müller "sent PI, asked about payment >3d call @wa"', N_("a note, and a call in three days")),
    ("crm import followup.xlsx --dry-run", N_("what a sheet would change")),
)
