"""The table of verbs: it feeds parser, help, suggestions, completion and manual page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..domain.messages import N_
from . import home_options, options


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: name, the shape of its arguments, help, (module, function) that does it, and its parser's arguments. An
    `unopened` one is given the book unopened, since it has to work where opening fails; a `bookless` one also where the
    settings cannot be read, and nobody is asked for a passphrase."""

    name: str
    shape: str
    help: str
    run: tuple[str, str]
    arguments: Callable[[options.Parser], None]
    unopened: bool = False
    bookless: bool = False


VERBS: tuple[Verb, ...] = (
    Verb("due", "", N_("Who to talk to today, most urgent first"), ("readers", "due"), options.rows),
    Verb("find", "QUERY", N_("Find customers"), ("readers", "find"), options.find),
    Verb("views", "", N_("The saved views, and how many customers each finds"), ("views", "views"), options.json),
    Verb("show", "CUSTOMER", N_("Everything about one customer"), ("card", "show"), options.show),
    Verb(
        "why", "CUSTOMER", N_("Why a customer stands where it stands, in points"), ("readers", "why"), options.customer
    ),
    Verb("add", "NAME --country DE …", N_("Add a customer"), ("writers", "add"), options.add),
    Verb("log", "CUSTOMER LINE", N_("Write down what happened, next step included"), ("writers", "log"), options.log),
    Verb(
        "quote", "CUSTOMER LINE", N_("Save a quote: FOB Shenzhen 0.86/pc MOQ 5000"), ("trade", "quote"), options.record
    ),
    Verb("sample", "CUSTOMER LINE", N_("Save a sample: DHL 562729 3 specs"), ("trade", "sample"), options.sample),
    Verb("pi", "CUSTOMER LINE", N_("Save a PI: PI20240517-A USD 4280"), ("trade", "pi"), options.record),
    Verb("order", "CUSTOMER LINE", N_("Save an order: PO-77 USD 4300 deposit 30%"), ("trade", "order"), options.record),
    Verb("pay", "CUSTOMER LINE", N_("Save a payment: USD 1290 deposit"), ("trade", "pay"), options.record),
    Verb(
        "ship",
        "CUSTOMER LINE",
        N_("Save a shipment: sea Ningbo - Hamburg ETD 6/20 30d"),
        ("trade", "ship"),
        options.record,
    ),
    Verb("snooze", "CUSTOMER WHEN", N_("Move a customer's next step"), ("writers", "snooze"), options.snooze),
    Verb(
        "set",
        "CUSTOMER FIELD=VALUE",
        N_("Change fields of a customer, own ones too"),
        ("writers", "set_fields"),
        options.set_fields,
    ),
    Verb("attach", "CUSTOMER FILE", N_("Keep files with a customer"), ("writers", "attach"), options.attach),
    Verb(
        "archive",
        "CUSTOMER",
        N_("Take a customer off every list, or bring it back"),
        ("writers", "archive"),
        options.archive,
    ),
    Verb("duplicates", "", N_("Customers that are probably the same"), ("merging", "duplicates"), options.rows),
    Verb(
        "merge",
        "KEEP OTHER",
        N_("Make one of two customers, field by field"),
        ("merging", "merge_customers"),
        options.merge,
    ),
    Verb("undo", "[ID]", N_("Take back the last operation, or any other"), ("writers", "undo"), options.operation),
    Verb("redo", "[ID]", N_("Bring back what was undone"), ("writers", "redo"), options.operation),
    Verb("history", "[CUSTOMER]", N_("What was done, newest first"), ("readers", "history"), options.history),
    Verb("doctor", "", N_("Is the book in order? Mend what can be mended"), ("doctor", "doctor"), options.doctor, True),
    Verb("backup", "", N_("Back the book up now"), ("backups", "backup"), options.json),
    Verb("restore", "[BACKUP]", N_("List the backups, or put one back"), ("backups", "restore"), options.restore, True),
    Verb("encrypt", "", N_("Give the book a passphrase"), ("passphrases", "encrypt"), options.encrypt, True),
    Verb("decrypt", "", N_("Make an encrypted book plain again"), ("passphrases", "decrypt"), options.decrypt, True),
    Verb(
        "passphrase",
        "",
        N_("Change the passphrase, or write a sheet for the safe"),
        ("passphrases", "passphrase"),
        options.passphrase,
        True,
    ),
    Verb("person", "EMAIL|NAME", N_("Everything that is held of a person"), ("persons", "person"), options.person),
    Verb(
        "forget", "EMAIL|NAME", N_("Erase a person for good, history included"), ("persons", "forget"), options.forget
    ),
    Verb("import", "FILE", N_("Bring in a sheet"), ("importing", "import_file"), options.import_file),
    Verb(
        "export",
        "FILE [QUERY]",
        N_("Give out customers as a file: Excel, CSV, JSON …"),
        ("exporting", "export_file"),
        options.export_file,
    ),
    Verb("ics", "[FILE] [QUERY]", N_("Write the next steps as a calendar"), ("reporting", "ics"), options.ics),
    Verb(
        "report", "today|card|quotes", N_("A page to print, as text or HTML"), ("reporting", "report"), options.report
    ),
    Verb(
        "settings",
        "[KEY [VALUE]]",
        N_("Everything you can set, with what it does"),
        ("settings", "settings"),
        options.settings,
        bookless=True,
    ),
    Verb(
        "keys",
        "",
        N_("Every command with its keys; check your own keys"),
        ("keymap", "keys"),
        options.keys,
        bookless=True,
    ),
    Verb(
        "theme",
        "[THEME|FILE]",
        N_("The themes; what is wrong with your own"),
        ("theming", "theme"),
        options.theme,
        bookless=True,
    ),
    Verb("serve", "", N_("Use the program in a browser"), ("serving", "serve"), home_options.serve, bookless=True),
    Verb(
        "completion",
        "bash|zsh|fish",
        N_("Have a shell complete verbs, options and names"),
        ("completing", "script"),
        home_options.shell,
        bookless=True,
    ),
)

VERSION = Verb("", "", "", ("about", "about"), options.json, bookless=True)
"""What `--version` does, whatever stands beside it."""
COMPLETE = Verb("complete", "SHELL WORD …", "", ("completing", "complete"), home_options.shell, bookless=True)
"""What the completion scripts of `crm completion` ask; not for people."""

ABOUT = N_("The follow-up list of an export sales rep. Without a verb the program opens.")

EXAMPLES = (
    ("crm", N_("open the program")),
    ("crm due --limit 10", N_("the ten most urgent")),
    ('crm find "#price-sensitive c:DE"', N_("a tag in one country")),
    ('crm add "Müller GmbH" --country DE --contact "Anna Schmidt"', N_("a new customer")),
    ('crm log müller "sent PI, asked about payment >3d call @wa"', N_("a note, and a call in three days")),
    ("crm import followup.xlsx --dry-run", N_("what a sheet would change")),
)
