"""THE list of settings in words: what each is called and does, by group. Screen, command line and docs are made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .config import Settings
from .domain.columns import COLUMNS, ORDER_NAMES, ORDERS
from .domain.messages import N_, Message
from .domain.vocabulary import GRADES, TEMPERATURES
from .i18n import LANGUAGES, _, language_name, ngettext, tell, word
from .settings_rules import SETS, between, leaves, path_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting: dotted key, name, what it does in a sentence. `empty` is shown for no text, `special` for certain numbers,
    `unit` behind all others; `command` is what changes it elsewhere: an entry with one may have no key."""

    key: str
    label: Message
    help: Message
    unit: str = ""
    empty: str = N_("none")
    special: Mapping[int, str] = field(default_factory=dict)
    command: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Settings that belong together."""

    id: str
    label: str
    entries: tuple[Entry, ...]


DAYS, POINTS, MINUTES = N_("d"), N_("pt"), N_("min")


def _entry(key: str, label: str, help: str, **rest: Any) -> Entry:
    return Entry(key, Message(label), Message(help), **rest)


def _each(key: str, codes: Sequence[str], value: str, label: str, help: str, unit: str) -> tuple[Entry, ...]:
    """The same setting for every code; `{code}` in the key, `value` the name of the code in the words."""
    return tuple(
        Entry(key.format(code=code), Message(label, {value: code}), Message(help, {value: code}), unit)
        for code in codes
    )


_RHYTHM = tuple(
    Entry(f"cadence.{code}.{part}", Message(label, {"temperature": code}), Message(help, {"temperature": code}), DAYS)
    for code in TEMPERATURES
    for part, label, help in (
        ("ideal", N_("{temperature}: due after"),
         N_("Days after the last contact on which a customer of temperature “{temperature}” is due.")),
        ("latest", N_("{temperature}: overdue after"),
         N_("Days after the last contact past which a customer of temperature “{temperature}” is overdue.")),
    )
)  # fmt: skip

GROUPS: tuple[Group, ...] = (
    Group("you", N_("You"), (
        _entry("name", N_("Your name"), N_("Stands behind what you write, and tells which customers are yours."),
               empty=N_("the login name")),
        _entry("language", N_("Language"), N_("What the program speaks; what you type is understood in every language."),
               empty=N_("as the system")),
        _entry("currency", N_("Currency"), N_("Meant where a price or a sum is typed without one.")),
        _entry("own_currency", N_("Own currency"), N_("Sums are shown in it as well, at the exchange rates you enter.")),
        _entry("capacity", N_("Customers a day"), N_("How many a day holds when you spread what is too much.")),
        _entry("workdays", N_("Working days"), N_("Only these days are filled when you spread what is too much.")),
        _entry("hints", N_("Hints"), N_("The line at the foot names, now and then, what you have not tried yet.")),
    )),
    Group("order", N_("Order of the day"), (
        *_each("weights.temperature.{code}", TEMPERATURES, "temperature", N_("Temperature: {temperature}"),
               N_("Points of a customer of temperature “{temperature}”."), POINTS),
        _entry("weights.lateness", N_("Late"), N_("Most points for being late: half of them after one interval of its own rhythm."), unit=POINTS),
        _entry("weights.promise", N_("Promised"), N_("Points where you set the date of the next step by hand."), unit=POINTS),
        *_each("weights.grade.{code}", GRADES, "grade", N_("Grade {grade}"), N_("Points of a customer of grade {grade}."), POINTS),
        _entry("weights.open_quote", N_("Open quote"), N_("Points while a quote waits for an answer."), unit=POINTS),
        _entry("weights.unpaid", N_("Unpaid"), N_("Points while money is owed."), unit=POINTS),
        _entry("weights.sample_waiting", N_("Sample waiting"), N_("Points while a sample waits for feedback."), unit=POINTS),
        _entry("weights.clock", N_("Hour there"), N_("Points added in working hours at the customer's, taken off on a weekend there."), unit=POINTS),
    )),
    Group("rhythm", N_("Rhythm"), _RHYTHM),
    Group("waits", N_("Waits"), (
        _entry("waits.quote", N_("After a quote"), N_("Days after a quote until you ask about it."), unit=DAYS),
        _entry("waits.invoice", N_("After a PI"), N_("Days after a PI until you ask about it."), unit=DAYS),
        _entry("waits.expiry", N_("Before a quote ends"), N_("Days before the end of a quote on which you speak of it."), unit=DAYS),
        _entry("waits.payment", N_("Deposit"), N_("Days after an order until its deposit is due, where no day is agreed."), unit=DAYS),
        _entry("waits.chase", N_("Reminders"), N_("Days between two reminders of money that is owed."), unit=DAYS),
        _entry("waits.arrival", N_("Before arrival"), N_("Days before goods arrive on which you tell the customer."), unit=DAYS),
        _entry("waits.sample", N_("After a sample"), N_("Days after a sample arrives until you ask for feedback."), unit=DAYS),
    )),
    Group("lists", N_("Lists"), (
        _entry("list.columns", N_("Columns"), N_("What lists of customers show, from left to right."), command="columns"),
        _entry("list.sort", N_("Sorted by"), N_("How lists of customers stand unless you sort them otherwise.")),
        _entry("stages", N_("Stages offered"), N_("Stages that can be chosen. Customers in others keep theirs, and files may bring any.")),
        _entry("grades", N_("Grades offered"), N_("Grades that can be chosen. Customers with others keep theirs, and files may bring any.")),
        _entry("", N_("Saved views"), N_("Searches with a name and a digit. Opens their list."), command="views"),
        _entry("", N_("Tags"), N_("Colours, names, merging of tags. Opens their list."), command="tags"),
        _entry("", N_("Own fields"), N_("Fields of your own on every card. Opens their list."), command="fields"),
    )),
    Group("trade", N_("Trade"), (
        _entry("", N_("Exchange rates"), N_("Rates for sums in your own currency. Opens their list."), command="rates"),
    )),
    Group("calendar", N_("Calendar"), (
        _entry("calendar.file", N_("File"), N_("Where crm ics writes the calendar of next steps."), empty=N_("beside the book")),
        _entry("calendar.hour", N_("Hour"), N_("The hour at which a promise stands in the calendar; −1 for the whole day."),
               unit=N_("o'clock"), special={-1: N_("the whole day")}),
        _entry("calendar.alarm_minutes", N_("Alarm before"), N_("Minutes before a promise at which the calendar rings; −1 for never."),
               unit=MINUTES, special={-1: N_("never")}),
        _entry("calendar.on_close", N_("Written when you leave"), N_("Write the calendar anew each time the program is closed.")),
    )),
    Group("backup", N_("Backups"), (
        _entry("backup.daily", N_("Every day"), N_("Back up on each day the program is opened.")),
        _entry("backup.folder", N_("Folder"), N_("Where backups lie."), empty=N_("beside the book")),
        _entry("backup.second", N_("Second folder"), N_("Each backup is copied there too: another disk, a synchronised folder.")),
        _entry("", N_("The backups"), N_("Back up now, or put a backup back. Opens their list."), command="backups"),
    )),
    Group("safety", N_("Safety"), (
        _entry("encryption.keyring", N_("Keyring"), N_("This computer's keyring opens an encrypted book, so that it asks for no passphrase.")),
        _entry("encryption.lock_minutes", N_("Lock after"), N_("Minutes without a key after which the screen is locked; 0 for never, −1 as usual."),
               unit=MINUTES, special={-1: N_("15 min if encrypted"), 0: N_("never")}),
    )),
    Group("looks", N_("Looks and keys"), (
        _entry("theme", N_("Theme"), N_("The colours. Those of your own lie in the folder themes beside the settings.")),
        _entry("", N_("Keys"), N_("Which keys commands are on. Single keys are changed in keymap.toml, beside the settings."), command="preset"),
    )),
)  # fmt: skip

COURIER = Entry(
    "", Message("{name}"), Message(N_("Usual days on the way with this courier, to guess when a sample arrives.")), DAYS
)


def groups(settings: Settings) -> Iterator[tuple[Group, tuple[Entry, ...]]]:
    """Every group with its settings, the couriers of now among them."""
    for group in GROUPS:
        own = [courier(name) for name in settings.couriers] if group.id == "trade" else []
        yield group, (*own, *group.entries)


def courier(name: str) -> Entry:
    """The setting of one courier."""
    return Entry(f"couriers.{name}", Message("{name}", {"name": name}), COURIER.help, DAYS)


def entries(settings: Settings) -> list[tuple[Group, Entry]]:
    """Every setting that has a key, with its group."""
    return [(group, entry) for group, held in groups(settings) for entry in held if entry.key]


def value_of(settings: Settings, key: str) -> Any:
    """The value of a setting, as TOML has it; None where there is none of this key."""
    return leaves(settings).get(path_of(key))


def usual(key: str) -> Any:
    """Its default; None where it has none, such as a courier of the user's own."""
    return value_of(_USUAL, key)


_USUAL = Settings()


def shown(entry: Entry, value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return word("yes_no", "yes" if value else "no")
    if isinstance(value, int | float):
        if value in entry.special:
            return _(entry.special[int(value)])
        number = f"{value:g}".replace("-", "−")
        return f"{number} {_(entry.unit)}" if entry.unit else number
    if isinstance(value, list):
        return _listed(entry.key, value)
    if value is None or value == "":
        return _(entry.empty)
    words = _WORDS.get(entry.key)
    return words(value) if words else str(value)


def choices(key: str) -> tuple[str, ...]:
    """The codes of a setting that is one of a few; empty where it is not."""
    if key == "language":
        return ("", *LANGUAGES)
    return ORDER_NAMES if key == "list.sort" else ()


def code_word(key: str, code: str) -> str:
    """The word for one of the codes in `config.SETS`."""
    if key == "list.columns":
        return next(_(column.label) for column in COLUMNS if column.code == code)
    return word("stage", code) if key == "stages" else code


def day_names() -> list[str]:
    """The days of the week, Monday first."""
    return [_(name) for name in _DAYS]


def range_words(entry: Entry) -> str:
    """What can be typed for a number."""
    least, most = between(entry.key)
    return _("{least} to {most}").format(least=str(least).replace("-", "−"), most=most)


def _listed(key: str, value: Sequence[str]) -> str:
    if len(value) == len(SETS[key]) and key != "list.columns":
        return _("all")
    return " · ".join(code_word(key, code) for code in value)


def _workdays(value: str) -> str:
    return " ".join(_(_DAYS[int(digit) - 1]) for digit in value)


def _order(value: str) -> str:
    by = value.removeprefix("-")
    if by == ORDERS[0]:
        return _("as usual")
    label = next(_(column.label) for column in COLUMNS if column.code == by)
    return f"{label} {'↓' if value.startswith('-') else '↑'}"


_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_WORDS = {
    "language": language_name,
    "workdays": _workdays,
    "list.sort": _order,
}


def changed_count(n: int) -> str:
    """How many settings were changed and are not saved yet."""
    return ngettext("{n} change", "{n} changes", n)


def words_of(entry: Entry) -> tuple[str, str]:
    """Name and meaning in the user's language."""
    return tell(entry.label), tell(entry.help)
