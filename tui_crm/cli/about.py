"""`crm --version`: what a bug report needs, with no customer in it, no name and nobody's home folder. In English, whatever the
language: it is read by whoever mends the program."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..i18n import language
from . import output
from .arguments import Arguments

if TYPE_CHECKING:
    from . import Outside

Facts = dict[str, object]

_LIBRARIES = (
    "textual", "rich", "peewee", "sqlcipher3", "openpyxl", "python-calamine", "platformdirs", "keyring", "textual-serve",
)  # fmt: skip
_TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "NO_COLOR")
_BETWEEN = {
    "TMUX": "tmux",
    "STY": "screen",
    "SSH_CONNECTION": "ssh",
    "WT_SESSION": "Windows Terminal",
    "WSL_DISTRO_NAME": "WSL",
}
_LOCALE = ("LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANGUAGE", "LANG")
_OWN_BOOKS = ("book.db", "demo.db")


def about(outside: Outside, asked: Arguments) -> int:
    """Print it; its first line is the version alone. Returns the exit code."""
    facts = {
        "crm": __version__,
        "python": _python(),
        "system": platform.platform(),
        "libraries": _libraries(),
        "terminal": _terminal(),
        "language": {"spoken": language(), **_set(_LOCALE)},
        "settings": _settings(outside),
        "book": _book(outside.book),
        "crash reports": _crash_reports(outside.where.data),
    }
    if asked.json:
        output.write_object(facts)
        return 0
    output.say(f"crm {__version__}")
    width = max(map(len, facts))
    for name, fact in list(facts.items())[1:]:
        output.say(f"{name:<{width}}  {_in_words(fact)}")
    return 0


def _in_words(fact: object) -> str:
    if isinstance(fact, dict):
        return ", ".join(f"{name} {value}" for name, value in fact.items())
    return str(fact)


def _python() -> str:
    bits = 64 if sys.maxsize > 2**32 else 32
    return f"{platform.python_version()} {platform.python_implementation()}, {bits} bit, {_installed()}"


def _installed() -> str:
    """How the program came here, as far as its place tells."""
    here = Path(__file__).as_posix()
    if "/crm-pyz/" in here:
        return "single file"
    for part, name in (("/pipx/", "pipx"), ("/uv/tools/", "uv tool")):
        if part in Path(sys.prefix).as_posix() + "/":
            return name
    if "-packages/" not in here:
        return "checkout"
    return "virtual environment" if sys.prefix != sys.base_prefix else "system"


def _libraries() -> Facts:
    from ..usecases.about import engines

    found: Facts = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found | engines()


def _terminal() -> Facts:
    found = _set(_TERMINAL)
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            size = os.get_terminal_size(stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue
        found["size"] = f"{size.columns}x{size.lines}"
        break
    found["encoding"] = getattr(sys.stdout, "encoding", None) or "-"
    inside = [name for variable, name in _BETWEEN.items() if os.environ.get(variable)]
    return found | ({"inside": " ".join(inside)} if inside else {})


def _set(variables: tuple[str, ...]) -> Facts:
    return {name: os.environ[name] for name in variables if name in os.environ}


def _settings(outside: Outside) -> str:
    if outside.unreadable:
        return f"cannot be used: {tidy(str(outside.unreadable))}"
    theme = outside.settings.theme
    there = "in order" if outside.where.settings.exists() else "none"
    moved = ", CRM_HOME is set" if os.environ.get("CRM_HOME") else ""
    return f"{there}, theme {theme}{moved}"


def _book(book: Path) -> Facts:
    from ..usecases.about import book_facts, tables_known

    folder = tidy(str(book.absolute().parent))
    found: Facts = {"place": f"{folder}{os.sep}{book.name if book.name in _OWN_BOOKS else '…' + book.suffix}"}
    facts = book_facts(book)
    if facts is None:
        return found | {"state": "not there yet"}
    found["size"] = _rounded(facts.bytes)
    found["encrypted"] = "yes" if facts.encrypted else "no"
    found["tables"] = f"{facts.version if facts.version is not None else '?'} of {tables_known()}"
    if facts.customers is not None:
        found["customers"] = f"under {facts.customers}"
    if facts.read_only:
        found["rights"] = "read only"
    if facts.trouble:
        found["trouble"] = tidy(str(facts.trouble).replace(str(book), "the book"))
    return found


def _rounded(size: int) -> str:
    """A size in bytes with one digit that counts."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size} {unit}"
        size = (size + 500) // 1000
    return f"{size} GB"


def _crash_reports(folder: Path) -> str:
    try:
        reports = sorted(folder.glob("crash-*.log"))
    except OSError:
        reports = []
    return f"{len(reports)}, the newest {tidy(str(reports[-1]))}" if reports else "none"


def tidy(text: str) -> str:
    """A path, or a sentence with paths, that does not tell whose home it is."""
    from ..usecases.session import login_name

    try:
        home = str(Path.home())
    except RuntimeError:
        home = ""
    if len(home) > 1:
        text = re.sub(re.escape(home) + r"(?![^/\\\s:])", "~", text)
    return re.sub(rf"(?<=[/\\]){re.escape(login_name())}(?![^/\\\s:])", "…", text)
