"""What follows a verb: one function for each kind of arguments, which tells the verb's parser.

The word that stands for a value (CUSTOMER, FILE, TAG …) also says what a shell completes there (`completion`).
"""

from __future__ import annotations

import argparse
from typing import Any

from ..domain.vocabulary import GRADES, KINDS, RANKS, ROLES, SOURCES, STAGES, TEMPERATURES
from ..i18n import _

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


# Words ---------------------------------------------------------------------------------------------------------------


def text(word: str) -> str:
    """A word as it was typed, before `arguments.parse` hid its dash."""
    return word[1:] if word.startswith(" -") else word


def limit(word: str) -> int:
    """A number of rows. Raises ArgumentTypeError."""
    if not word.strip().isdecimal() or int(word[:12]) < 1:
        raise argparse.ArgumentTypeError(_("“{text}” is no number of rows; write 1 or more").format(text=word))
    return min(int(word[:12]), MOST_ROWS)


def operation_id(word: str) -> int:
    """The number of an operation. Raises ArgumentTypeError."""
    if not word.strip().isdecimal() or len(word) > 12:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no operation; crm history shows their numbers").format(text=word)
        )
    return int(word)


# Arguments ------------------------------------------------------------------------------------------------------------


def json(parser: Parser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def keys(parser: Parser) -> None:
    """The keymap: `--check`, `--preset`, `--markdown` and `--json`."""
    from ..key_presets import PRESETS

    parser.add_argument("--check", action="store_true", help=_("only say what is wrong with the keymap"))
    parser.add_argument("--preset", choices=tuple(PRESETS), help=_("show these keys instead of yours"))
    parser.add_argument("--markdown", action="store_true", help=_("print tables for a document"))
    json(parser)


def theme(parser: Parser) -> None:
    """A theme or its file to look over; `--check` and `--json`."""
    parser.add_argument("theme", metavar="THEME|FILE", nargs="?", type=text, help=_("look over this one"))
    parser.add_argument("--check", action="store_true", help=_("look over all of yours"))
    json(parser)


def rows(parser: Parser) -> None:
    """A list: `--json` and `--limit`."""
    json(parser)
    parser.add_argument("--limit", metavar="N", type=limit, help=_("only the first N"))


def find(parser: Parser) -> None:
    """A search, or a saved view."""
    parser.add_argument("query", metavar="QUERY", nargs="*", type=text,
                        help=_("words, #tag t:hot g:A st:quoted c:DE due:<fri …; an empty one lists everyone"))  # fmt: skip
    parser.add_argument("--view", metavar="NAME", type=text, help=_("of a saved view only; crm views lists them"))
    rows(parser)


def customer(parser: Parser) -> None:
    """One customer in one or more words."""
    parser.add_argument("customer", metavar="CUSTOMER", nargs="+", type=text, help=_("uid, name or search"))
    json(parser)


def one_customer(parser: Parser) -> None:
    """A customer in one word, where more follows."""
    parser.add_argument("customer", metavar="CUSTOMER", type=text, help=_("uid, name or search"))


class _Person(argparse.Action):
    """Gathers people and their addresses in the order typed, since an address belongs to the person before it."""

    def __call__(self, parser: Parser, asked: Arguments, values: Any, option: str | None = None) -> None:
        asked.people = [*asked.people, (str(option).lstrip("-"), values)]


def add(parser: Parser) -> None:
    """A new customer with its people."""
    from ..domain.fields import BY_NAME

    parser.add_argument("name", metavar="NAME", nargs="+", type=text, help=_("the company's name"))
    for field in CUSTOMER_FIELDS:
        meaning = ", ".join(CHOICES.get(field, ())) or _(BY_NAME[field].label)
        parser.add_argument(f"--{field}", metavar="…", default="", type=text, help=meaning)
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], type=text, help=_("may repeat"))
    people = parser.add_argument_group(_("people (each --contact begins a person; what follows belongs to it)"))
    parser.set_defaults(people=[])
    for option in ("contact", "position", *STANDING, *REACHES):
        known = ", ".join(STANDING.get(option, ()))
        people.add_argument(
            f"--{option}", metavar="…", action=_Person, default=argparse.SUPPRESS, type=text, help=known
        )
    parser.add_argument("--force", action="store_true", help=_("add it even if the company is in the book already"))


def log(parser: Parser) -> None:
    """What happened with a customer, and when."""
    one_customer(parser)
    parser.add_argument("line", metavar="LINE", nargs="+", type=text,
                        help=_("note with marks: >when what  #tag  @channel  !temperature  =stage  $quote, sample, PI …"))  # fmt: skip
    parser.add_argument("--when", metavar="DATE", type=text, help=_("the day it happened, if not today"))


def record(parser: Parser) -> None:
    """One line that makes a trade record."""
    one_customer(parser)
    parser.add_argument("line", metavar="LINE", nargs="+", type=text, help=_("one line, as in docs/lines.md"))


def sample(parser: Parser) -> None:
    """The line of a sample, and its days."""
    record(parser)
    parser.add_argument("--shipped", metavar="DATE", type=text, help=_("the day it was sent, if not today"))
    parser.add_argument("--arrived", metavar="DATE", type=text, help=_("the day it arrived"))


def set_fields(parser: Parser) -> None:
    """Fields and their new values."""
    one_customer(parser)
    parser.add_argument("values", metavar="FIELD=VALUE", nargs="+", type=text,
                        help=_("city=Hamburg, \"credit days=30\" …; nothing behind the = empties the field"))  # fmt: skip


def attach(parser: Parser) -> None:
    """Files to keep."""
    one_customer(parser)
    parser.add_argument("file", metavar="FILE", nargs="+", type=text, help=_("a copy is kept beside the book"))


def snooze(parser: Parser) -> None:
    """The new day of the next step."""
    one_customer(parser)
    parser.add_argument("when", metavar="WHEN", nargs="+", type=text, help=_("3, 3d, fri, 5/6, 下周三 …"))


def import_file(parser: Parser) -> None:
    """The sheet to bring in, and how to read it."""
    parser.add_argument("file", metavar="FILE", type=text, help=_("an .xlsx or .csv sheet"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    parser.add_argument("--yes", action="store_true", help=_("bring it in without asking"))
    parser.add_argument(
        "--preset", metavar="NAME", type=text, help=_("the program that wrote it: google, outlook, hubspot …")
    )
    parser.add_argument("--map", metavar="COLUMN=FIELD", action="append", default=[], type=text,
                        help=_("what a column holds, own for a field of its own, skip to leave it out; may repeat"))  # fmt: skip
    parser.add_argument(
        "--date-order", "--dates", dest="dates", choices=("dmy", "mdy", "ymd"),
        help=_("how to read dates like 5/6/2026: day, month or year first"),
    )  # fmt: skip
    parser.add_argument("--conflicts", choices=("book", "sheet"), default="book",
                        help=_("whose word counts where a cell was changed in an exported sheet and in the book since"))  # fmt: skip
    parser.add_argument("--sheet", metavar="NAME", action="append", default=[], type=text,
                        help=_("only this sheet of a workbook; may repeat"))  # fmt: skip
    parser.add_argument(
        "--trade",
        action="store_true",
        help=_("store quotes, samples, PIs, orders, payments found in notes as records too"),
    )
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=text,
        help=_("write every row and cell that was not taken as it stands (.csv or .txt)"),
    )
    json(parser)


def doctor(parser: Parser) -> None:
    """Whether to mend."""
    parser.add_argument("--repair", action="store_true", help=_("mend what can be mended, without asking"))
    json(parser)


def restore(parser: Parser) -> None:
    """Which backup, and how."""
    parser.add_argument(
        "backup", metavar="BACKUP", nargs="?", type=text, help=_("a number of the list, or a backup's file")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would change"))
    parser.add_argument("--yes", action="store_true", help=_("put it back without asking"))
    json(parser)


def export_file(parser: Parser) -> None:
    """The file, and whom it is to hold."""
    parser.add_argument(
        "file",
        metavar="FILE",
        type=text,
        help=_("its ending says the kind: {kinds}; - prints a table").format(kinds=EXPORT_KINDS),
    )
    parser.add_argument(
        "query", metavar="QUERY", nargs="*", type=text, help=_("only whom this search finds; else everything")
    )
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))
    parser.add_argument("--encoding", choices=("utf-8", "gb18030"), default="utf-8", help=_("of .csv and .tsv"))


def person(parser: Parser) -> None:
    """Whose data, and where they go."""
    parser.add_argument("person", metavar="EMAIL|NAME", nargs="+", type=text, help=_("an address or the whole name"))
    parser.add_argument(
        "--customer", action="store_true", help=_("a customer that is a person itself: uid, name or search")
    )
    parser.add_argument(
        "--export", metavar="FILE", nargs="?", const="", type=text,
        help=_("write it to this file (.json, .html or .txt); without a name as JSON and as a page to read"),
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))
    json(parser)


def forget(parser: Parser) -> None:
    """Whom to erase, and what along with them."""
    parser.add_argument("person", metavar="EMAIL|NAME", nargs="+", type=text, help=_("an address or the whole name"))
    parser.add_argument(
        "--customer", action="store_true", help=_("a customer that is a person itself: uid, name or search")
    )
    parser.add_argument("--files", action="store_true", help=_("erase the files kept with the customer too"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what would go and what would stay"))
    parser.add_argument("--yes", action="store_true", help=_("erase without asking"))


def show(parser: Parser) -> None:
    """A customer, as of a day."""
    customer(parser)
    parser.add_argument("--as-of", metavar="DATE", type=text, help=_("as it was at the end of that day"))


def archive(parser: Parser) -> None:
    """A customer, away or back."""
    parser.add_argument("customer", metavar="CUSTOMER", nargs="+", type=text, help=_("uid, name or search"))
    parser.add_argument("--back", action="store_true", help=_("bring it back"))


def encrypt(parser: Parser) -> None:
    """What happens to what was plain."""
    parser.add_argument("--dry-run", action="store_true", help=_("only say what it protects and what it does not"))
    parser.add_argument("--remove-plain-backups", action="store_true",
                        help=_("remove the backups and copies made before, after a first encrypted backup"))  # fmt: skip


def decrypt(parser: Parser) -> None:
    """Whether to ask."""
    parser.add_argument("--yes", action="store_true", help=_("make it plain without asking"))


def passphrase(parser: Parser) -> None:
    """The sheet for the safe."""
    parser.add_argument("--sheet", metavar="FILE", type=text,
                        help=_("write a page to keep on paper: how to open the book, a line for the passphrase"))  # fmt: skip
    parser.add_argument(
        "--with-passphrase", action="store_true", help=_("print the passphrase on the sheet, after a question")
    )
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))


def operation(parser: Parser) -> None:
    """The number of an operation."""
    parser.add_argument(
        "operation", metavar="ID", nargs="?", type=operation_id, help=_("the number that crm history shows")
    )


def history(parser: Parser) -> None:
    """A customer, or everybody's operations."""
    parser.add_argument("customer", metavar="CUSTOMER", nargs="*", type=text, help=_("uid, name or search"))
    rows(parser)


def merge(parser: Parser) -> None:
    """Two customers, and whose values stay."""
    parser.add_argument("keep", metavar="KEEP", type=text, help=_("the customer that is kept: uid, name or search"))
    parser.add_argument("other", metavar="OTHER", type=text, help=_("the one that goes into it"))
    parser.add_argument("--take", metavar="FIELD=WHOSE", action="append", default=[], type=text,
                        help=_("whose value a field gets: keep, other or, of texts, both; may repeat"))  # fmt: skip
    parser.add_argument("--yes", action="store_true", help=_("merge them without asking"))


def ics(parser: Parser) -> None:
    """The calendar file, and whose steps."""
    parser.add_argument("words", metavar="FILE QUERY", nargs="*", type=text,
                        help=_("a file ending in .ics, else that of the settings; a search, else the nearest steps of all"))  # fmt: skip


def report(parser: Parser) -> None:
    """Which page, about whom, and its file."""
    parser.add_argument("what", choices=("today", "card", "quotes"), help=_("the agenda, one customer, or open quotes"))
    parser.add_argument("words", metavar="CUSTOMER|QUERY FILE", nargs="*", type=text,
                        help=_("whom it is about; a file ending in .html or .txt, else it is printed here"))  # fmt: skip
    parser.add_argument("--html", action="store_true", help=_("as a web page to print, not as text"))
    parser.add_argument("--force", action="store_true", help=_("replace the file if there is one"))


def settings(parser: Parser) -> None:
    """Which setting, and what it shall be."""
    parser.add_argument("key", metavar="KEY", nargs="?", type=text, help=_("its name, or the beginning of several"))
    parser.add_argument("value", metavar="VALUE", nargs="*", type=text, help=_("what it shall be"))
    parser.add_argument("--default", action="store_true", help=_("put it back to its default"))
    json(parser)
