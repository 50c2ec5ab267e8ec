"""What a passphrase costs: `python bench/encryption.py --books DIR`.

A book of 100,000 and its encrypted copy, taking turns. The program is opened in a terminal, from the command, or from Enter behind
the passphrase, to the first row; a verb is a whole `crm due --limit 20`; the rest is measured inside a process.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from agenda import NOW, first_rows
from common import Terminal, arguments, book_file, crm, environment, median, milliseconds, show
from startup import SHOWN, first_name

from tui_crm.config import Settings
from tui_crm.domain.messages import Message
from tui_crm.store.book import Book
from tui_crm.usecases import encryption, finding, unlocking
from tui_crm.usecases.session import Session, open_session

WORDS = "five words nobody would guess"
TYPING = 1.0
"""Seconds a passphrase takes to type."""
SLOWER, RATIO = 150, 1.3


def main() -> None:
    """Measure both in turns, print a table, hold the bounds."""
    given = arguments(__doc__, runs=21)
    with TemporaryDirectory() as folder, environment() as env:
        plain, encrypted = (Path(folder) / name for name in ("plain.db", "encrypted.db"))
        for copy in (plain, encrypted):
            shutil.copy(book_file(given.books, "100k"), copy)
            open_session(copy, Settings()).close()
        took = milliseconds(lambda: encryption.encrypt(open_session(encrypted, Settings()), WORDS))
        sizes = [file.stat().st_size / 1e6 for file in (plain, encrypted)]
        name = first_name(plain, env)[:SHOWN]
        opened = [(_opened(plain, name, env), _opened(encrypted, name, env)) for _ in range(given.runs)]
        table = [["program opened", median([pair[0] for pair in opened]), median([pair[1] for pair in opened])],
                 ["crm due", *_turns(given.runs, *(partial(_due, file, env) for file in (plain, encrypted)))]]  # fmt: skip
        derive = median([milliseconds(lambda: unlocking.unlock(encrypted, WORDS)) for _ in range(5)])
        sessions = [open_session(file, Settings()) for file in (plain, encrypted)]
        for name, work in (
            ("connection of another thread", lambda session: Book(session.book.path, session.book.engine).close()),
            ("agenda, 50 rows, new connection", lambda session: _fresh(session)),
            ("agenda, 50 rows", lambda session: first_rows(session.book, NOW)),
            ("search, first page", lambda session: finding.find(session, "sample", 60)),
            ("operation saved", _save),
        ):
            table.append([name, *_turns(given.runs, *(partial(work, session) for session in sessions))])
        for session in sessions:
            session.close()
    header = ["100k", "plain ms", "encrypted ms", "÷ plain", "slower by ms"]
    show("Encryption", header, [[*row, row[2] / row[1], row[2] - row[1]] for row in table])
    print(
        f"Encrypting took {took / 1000:.1f} s; {sizes[0]:.0f} and {sizes[1]:.0f} MB; key from passphrase {derive:.0f} ms."
    )
    agenda = next(row for row in table if row[0] == "agenda, 50 rows")
    assert table[0][2] - table[0][1] <= SLOWER, "opening is too slow"
    assert agenda[2] / agenda[1] <= RATIO, "the agenda is too slow"


def _turns(runs: int, plain: partial[object], encrypted: partial[object]) -> tuple[float, float]:
    """The medians of both, taking turns."""
    pairs = [(milliseconds(plain), milliseconds(encrypted)) for _ in range(runs)]
    return median([pair[0] for pair in pairs]), median([pair[1] for pair in pairs])


def _opened(book: Path, name: str, env: dict[str, str]) -> float:
    """Milliseconds that somebody waits for the first row: the passphrase is typed meanwhile, one second of it."""
    with Terminal(crm(book), env) as terminal:
        if book.name.startswith("encrypted"):
            terminal.until("Passphrase")
            time.sleep(TYPING)
            terminal.press(f"{WORDS}\r")
        return terminal.until(name)


def _due(book: Path, env: dict[str, str]) -> None:
    words = crm(book, "due", "--limit", "20", "--passphrase-stdin")
    subprocess.run(words, env=env, check=True, stdout=subprocess.DEVNULL, input=f"{WORDS}\n".encode())


def _fresh(session: Session) -> None:
    session.book.close()
    first_rows(session.book, NOW)


def _save(session: Session) -> None:
    with session.operation(Message("bench")):
        session.book.run("UPDATE customer SET remarks = remarks || '.' WHERE id = 17")


if __name__ == "__main__":
    main()
