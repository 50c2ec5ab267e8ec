"""The same book in other programs: `python bench/peers.py --books DIR`.

Three acts of a morning: the ordered list on the screen, the customers of a tag, one more entry. Every program runs in a
terminal of 120 × 40 and is looked at there; a list counts from the start of the program or the last key to the output that
brought it in sight, an entry until the program has ended or says that it is saved.

Programs are taken from the PATH and left out, aloud, where they are missing: `task` (taskwarrior), `khard`, `vd` (visidata).
They get the same customers in a temporary folder: tasks with annotations, a card for each person, one CSV file. A slow
program is measured less often; the table says how often.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from common import LINES, arguments, book_file, crm, environment, median, milliseconds, show
from watched import Watched, on_screen, tail

TAG = "haggler"
"""One of twenty tags of the book, which one customer in fourteen carries."""
ENTRY = "asked for the lead time, told 35 days"
SLOW, VERY_SLOW = 5_000, 30_000
"""Milliseconds from which a program is measured three times, and once."""

Env = Mapping[str, str]


class Customer(NamedTuple):
    """What the other programs are told of a customer."""

    uid: str
    name: str
    country: str
    city: str
    person: str
    email: str
    phone: str
    due_on: str
    action: str
    tags: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    """Instant and text."""


def customers(db: Path) -> list[Customer]:
    """Everybody in the book."""
    book = sqlite3.connect(db)
    tags, notes = defaultdict(list), defaultdict(list)
    for customer, tag in book.execute("SELECT customer_id, name FROM customer_tag JOIN tag ON tag.id = tag_id"):
        tags[customer].append(tag)
    for customer, instant, note in book.execute(
        "SELECT customer_id, happened_at, coalesce(nullif(note, ''), outcome) FROM activity"
    ):
        notes[customer].append((instant, note))
    reach = "(SELECT value FROM reach WHERE reach.contact_id = contact.id AND kind = ?)"
    rows = book.execute(
        f"SELECT customer.id, customer.uid, customer.name, country, city, contact.name, {reach}, {reach}, due_on, action "
        "FROM customer JOIN contact ON contact.customer_id = customer.id AND main JOIN standing ON standing.customer_id = customer.id",
        ("email", "phone"),
    )
    found = [Customer(*(text or "" for text in rest), tuple(tags[at]), tuple(notes[at])) for at, *rest in rows]
    book.close()
    return found


# Programs ----------------------------------------------------------------------------------------------------------

Measure = Callable[[], float]
"""One act, done once; milliseconds."""


class Act(NamedTuple):
    """What a program is asked to do, and what has to be known of it. Without `measure` it cannot do it."""

    measure: Measure | None
    note: str = ""


class Peer(NamedTuple):
    """A program with the three acts, in the order of `ACTS`; how many seconds it took to take the book in."""

    name: str
    acts: tuple[Act, Act, Act]
    load: float | None = None


ACTS = ("ordered list", "a tag", "one more entry")


def command(argv: Sequence[str], env: Env) -> float:
    """Milliseconds that a command takes from its start to its end."""
    return milliseconds(partial(subprocess.run, argv, env=env, check=True, capture_output=True))


def printed(argv: Sequence[str], env: Env, text: str) -> float:
    """Milliseconds until a command has put a text on the screen."""
    with Watched(argv, dict(env)) as terminal:
        return terminal.seen(on_screen(text))


def of_crm(db: Path, env: Env) -> Iterator[Peer]:
    """`crm` on the screen and as a command."""
    top = json.loads(
        subprocess.run(crm(db, "due", "--limit", "1", "--json"), env=env, check=True, stdout=subprocess.PIPE).stdout
    )[0]

    @contextlib.contextmanager
    def ready(*keys: str) -> Iterator[Watched]:
        with Watched(crm(db), dict(env)) as terminal:
            terminal.seen(_has_rows)
            for key in keys:
                terminal.rest()
                terminal.press(key)
            terminal.rest()
            yield terminal

    def ordered() -> float:
        with Watched(crm(db), dict(env)) as terminal:
            return terminal.seen(_has_rows)

    def tagged() -> float:
        with ready("/") as terminal:
            terminal.press(f"#{TAG}")
            return terminal.seen(lambda lines: f"#{TAG}" in lines[0] and "found" in lines[0])

    def added() -> float:
        with ready("l", ENTRY) as terminal:
            terminal.press("\r")
            return terminal.seen(on_screen("Saved:"))

    yield Peer("crm, the screen", (Act(ordered), Act(tagged), Act(added)))
    due, find = crm(db, "due", "--limit", "36"), crm(db, "find", f"#{TAG}", "--limit", "36")
    log = crm(db, "log", top["uid"], ENTRY)
    yield Peer(
        "crm, commands",
        (Act(partial(command, due, env)), Act(partial(command, find, env)), Act(partial(command, log, env))),
    )


def _has_rows(lines: list[str]) -> bool:
    """Whether the first customer stands below the titles of the agenda, with its bar of urgency."""
    return "━" in lines[2]


def of_taskwarrior(people: Sequence[Customer], folder: Path, env: Env) -> Iterator[Peer]:
    """A task for each customer, its entries as annotations."""
    settings, tasks = folder / "taskrc", folder / "tasks.json"
    (folder / "task").mkdir()
    settings.write_text(
        f"data.location={folder / 'task'}\nconfirmation=off\nhooks=off\nverbose=blank,footnote,label,affected\n"
    )
    with tasks.open("w") as file:
        file.writelines(json.dumps(_task(customer)) + "\n" for customer in people)
    env = {**env, "TASKRC": str(settings)}
    load = command(["task", "import", str(tasks)], env) / 1000
    yield Peer(
        "taskwarrior",
        (
            Act(partial(printed, ["task", "next", "limit:page"], env, "tasks,")),
            Act(partial(printed, ["task", f"+{TAG}", "next", "limit:page"], env, "tasks,")),
            Act(partial(command, ["task", _uuid(people[0]), "annotate", ENTRY], env)),
        ),
        load,
    )


def _uuid(customer: Customer) -> str:
    return str(uuid.UUID(int=int(customer.uid, 16)))


def _task(customer: Customer) -> dict[str, object]:
    task = {
        "uuid": _uuid(customer),
        "status": "pending",
        "entry": "20260601T000000Z",
        "description": customer.name,
        "project": customer.country or "none",
        "tags": [tag.replace("-", "_") for tag in customer.tags],
        "annotations": [{"entry": _stamp(instant[:19]), "description": text} for instant, text in customer.notes],
    }
    return {**task, "due": _stamp(f"{customer.due_on}T00:00:00")} if customer.due_on else task


def _stamp(instant: str) -> str:
    return instant.replace("-", "").replace(":", "") + "Z"


def of_khard(people: Sequence[Customer], folder: Path, env: Env) -> Iterator[Peer]:
    """A card for each person."""
    settings, cards, new = folder / "khard.conf", folder / "cards", folder / "new.yaml"
    settings.write_text(f"[addressbooks]\n[[crm]]\npath = {cards}\n[general]\neditor = true\nmerge_editor = true\n")
    new.write_text("First name: Anna\nLast name: Andersen\nEmail:\n  work: anna@example.com\n")
    cards.mkdir()
    for customer in people:
        (cards / f"{customer.uid}.vcf").write_text(_card(customer))
    khard = ["khard", "-c", str(settings)]

    def listed(*query: str) -> float:
        """The first page of it: the program prints everybody."""
        page = f"{shlex.join([*khard, 'list', *query])} 2>/dev/null | head -n {LINES - 4}"
        return printed(["sh", "-c", page], env, "Addressbook:")

    yield Peer(
        "khard",
        (
            Act(listed, "by name: it knows no day to call again"),
            Act(partial(listed, f"categories:{TAG}")),
            Act(partial(command, [*khard, "new", "-i", str(new)], env), "adds a person: it has no log"),
        ),
    )


def _card(customer: Customer) -> str:
    notes = "\\n".join(text for _, text in customer.notes).replace(",", "\\,").replace(";", "\\;")
    lines = (
        "BEGIN:VCARD", "VERSION:3.0", f"UID:{customer.uid}", f"FN:{customer.person}", f"N:{customer.person};;;;",
        f"ORG:{customer.name}", f"EMAIL;TYPE=work:{customer.email}", f"TEL;TYPE=work:{customer.phone}",
        f"CATEGORIES:{','.join(customer.tags)}", f"NOTE:{notes}", "END:VCARD", "",
    )  # fmt: skip
    return "\r\n".join(lines)


def of_visidata(people: Sequence[Customer], folder: Path, env: Env) -> Iterator[Peer]:
    """One CSV file, a line for each customer: when due, tags, who and where, the last entry."""
    file = folder / "customers.csv"
    with file.open("w", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(("due", "tags", "name", "country", "city", "person", "email", "phone", "action", "note"))
        lines.writerows(
            (
                c.due_on or "none",
                " ".join(c.tags),
                c.name,
                c.country,
                c.city,
                c.person,
                c.email,
                c.phone,
                c.action,
                c.notes[-1][1],
            )
            for c in people
        )
    earliest = min(c.due_on for c in people if c.due_on)
    whole = f"{len(people)}rows"

    @contextlib.contextmanager
    def ready() -> Iterator[tuple[Watched, float]]:
        with Watched(["vd", "-N", "-y", str(file)], dict(env)) as terminal:
            read = terminal.seen(lambda lines: whole in lines[-1] and "%" not in lines[-1], "gk")
            terminal.rest(1)
            yield terminal, read

    def ordered() -> float:
        with ready() as (terminal, read):
            terminal.press("[")
            return read + terminal.seen(lambda lines: lines[2].startswith(earliest), "gk")

    def tagged() -> float:
        with ready() as (terminal, _):
            for key in ("l", "|"):
                terminal.press(key)
                terminal.rest()
            terminal.press(f"{TAG}\r")
            marked = terminal.seen(lambda lines: "•" in lines[-1] and "%" not in lines[-1], "gk")
            terminal.rest(1)
            terminal.press('"')
            return marked + terminal.seen(lambda lines: "2›" in lines[-1] and "rows[" in lines[-1], "gk")

    def added() -> float:
        with ready() as (terminal, _):
            for key in ("gl", "e", f"{ENTRY}\r", "\x13"):
                terminal.press(key)
                terminal.rest()
            before, end = file.stat(), tail(file)
            terminal.press("\r")
            return terminal.written(file, before, end)

    yield Peer(
        "visidata",
        (
            Act(ordered, "reads the file, then sorts by day"),
            Act(tagged, "read already"),
            Act(added, "edits a cell and writes the file anew: it has no log"),
        ),
    )


# The run -----------------------------------------------------------------------------------------------------------

OTHERS = (("task", "taskwarrior", of_taskwarrior), ("vd", "visidata", of_visidata), ("khard", "khard", of_khard))
"""Program, name, how it is measured; the slowest last."""


def main() -> None:
    """Measure every program there is, in turns; print the table and what has to be known of it."""
    given = arguments(__doc__, runs=5)
    with TemporaryDirectory(dir=given.books) as name, environment() as env:
        folder = Path(name)
        db = folder / "book.db"
        shutil.copyfile(book_file(given.books, "100k"), db)
        env |= {"HOME": name, "XDG_CONFIG_HOME": name, "XDG_DATA_HOME": name}
        people = customers(db)
        peers = list(_peers(people, db, folder, env))
        os.sync()  # the disk must not still be busy with the files
        times = _in_turns(peers, given.runs)
    table = []
    for peer in peers:
        acts = [times[peer.name, act] for act in ACTS]
        cells = [cell for each in acts for cell in ((round(median(each)), len(each)) if each else ("cannot", ""))]
        table.append([peer.name, "" if peer.load is None else round(peer.load, 1), *cells])
    header = ["", "load s", *(f"{act}: {what}" for act in ACTS for what in ("median ms", "runs"))]
    show(f"{len(people):,} customers", header, table)
    print("", *_notes(peers), sep="\n")


def _peers(people: Sequence[Customer], db: Path, folder: Path, env: Env) -> Iterator[Peer]:
    yield from of_crm(db, env)
    for program, name, measured in OTHERS:
        if shutil.which(program, path=env["PATH"]):
            yield from measured(people, folder, env)
        else:
            print(f"left out: {name}, for there is no {program} on the PATH")


def _in_turns(peers: Sequence[Peer], runs: int) -> dict[tuple[str, str], list[float]]:
    """Times of each act of each program, which take turns so that a busy moment of the machine hits each alike."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(runs):
        for peer in peers:
            for name, act in zip(ACTS, peer.acts, strict=True):
                taken = times[peer.name, name]
                if act.measure and len(taken) < _wanted(taken, runs):
                    taken.append(act.measure())
                    print(f"{peer.name}, {name}: {taken[-1]:.0f} ms", file=sys.stderr, flush=True)
    return times


def _wanted(taken: Sequence[float], runs: int) -> int:
    """How often an act is measured that took so long before."""
    slowest = max(taken, default=0)
    return 1 if slowest > VERY_SLOW else 3 if slowest > SLOW else runs


def _notes(peers: Sequence[Peer]) -> Iterator[str]:
    for peer in peers:
        for name, act in zip(ACTS, peer.acts, strict=True):
            if act.note:
                yield f"{peer.name}, {name}: {act.note}"


if __name__ == "__main__":
    main()
