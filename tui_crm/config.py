"""Settings: one frozen dataclass tree, what fits into each, and where the program keeps its things.

Name, type and default of a setting are its field below; what fits is in `settings_rules`, its words in `settings_table`,
and `settings_file` writes the file. Whatever says what a setting shall be, file, screen or command line, goes through here.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .config_text import text_of, toml_of
from .domain.cadence import RHYTHMS, Rhythm, Waits
from .domain.columns import BEST, USUAL_COLUMNS
from .domain.couriers import COURIER_DAYS, OTHER_COURIER_DAYS
from .domain.messages import N_, Problem
from .domain.priority import Engine, Weights
from .domain.views import SavedView
from .domain.vocabulary import GRADES, STAGES
from .settings_rules import Unfit, Unknown, leaves, path_of, read_into, refuse, typed_value


@dataclass(frozen=True, slots=True)
class ListLook:
    """How lists of customers look: the `columns` from left to right, and by what they are sorted (`-due`: the latest first)."""

    columns: tuple[str, ...] = USUAL_COLUMNS
    sort: str = str(BEST)


@dataclass(frozen=True, slots=True)
class CalendarLook:
    """The calendar of next steps. `file` is where `crm ics` writes it, beside the book where nothing is said; with `on_close` it is
    written anew each time the program is closed. A promise stands at `hour` (0 to 23, this machine's clock; -1: the whole
    day) and rings `alarm_minutes` before (-1: never).
    """

    file: str = ""
    hour: int = 9
    alarm_minutes: int = 10
    on_close: bool = False


@dataclass(frozen=True, slots=True)
class BackupHabits:
    """Backups. With `daily` the program makes one on each day it is opened, in `folder` (beside the book where nothing is
    said), and copies it into `second`, such as a folder on another disk, where one is named."""

    daily: bool = True
    folder: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class EncryptionHabits:
    """An encrypted book. With `keyring` this computer's keyring opens it (the package `keyring` has to be there). After
    `lock_minutes` without a key the screen is locked (0: never; -1: 15 where the book is encrypted, else never)."""

    keyring: bool = False
    lock_minutes: int = -1


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user can set. An empty `language` follows the system; an empty `name` follows the login name.

    `capacity` is how many customers a day holds; `workdays` the days worked on, 1 is Monday. `stages` and `grades` are
    those offered. `couriers` are usual days on the way, by courier. Sums are also shown in `own_currency` where that is
    set and a rate known. `views` are searches saved under a name. With `hints` the line at the foot names, where nothing
    else is said, a key that was not used yet.
    """

    language: str = ""
    name: str = ""
    currency: str = "USD"
    theme: str = "dark"
    weights: Weights = field(default_factory=Weights)
    cadence: Mapping[str, Rhythm] = field(default_factory=lambda: MappingProxyType(dict(RHYTHMS)))
    waits: Waits = field(default_factory=Waits)
    couriers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType(dict(COURIER_DAYS)))
    own_currency: str = ""
    capacity: int = 30
    workdays: str = "12345"
    hints: bool = True
    stages: tuple[str, ...] = STAGES
    grades: tuple[str, ...] = GRADES
    views: Mapping[str, SavedView] = field(default_factory=lambda: MappingProxyType({}))
    list: ListLook = field(default_factory=ListLook)
    calendar: CalendarLook = field(default_factory=CalendarLook)
    backup: BackupHabits = field(default_factory=BackupHabits)
    encryption: EncryptionHabits = field(default_factory=EncryptionHabits)

    @property
    def working_days(self) -> tuple[int, ...]:
        """The days of the week that are worked on; 0 is Monday."""
        return tuple(int(digit) - 1 for digit in self.workdays)

    @property
    def engine(self) -> Engine:
        """The priority engine these settings describe."""
        return Engine(self.weights, self.cadence, self.waits)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things live. `CRM_HOME` moves everything under one folder."""

    data: Path
    config: Path

    @property
    def book(self) -> Path:
        """The database file opened when none is named."""
        return self.data / "book.db"

    @property
    def demo(self) -> Path:
        """The example book's own file."""
        return self.data / "demo.db"

    @property
    def settings(self) -> Path:
        """The settings file; it need not exist."""
        return self.config / "settings.toml"

    @property
    def keymap(self) -> Path:
        """The file that puts commands on other keys; it need not exist."""
        return self.config / "keymap.toml"

    @property
    def themes(self) -> Path:
        """Folder of the user's own themes."""
        return self.config / "themes"


def places() -> Places:
    """The platform's usual folders, or those under `CRM_HOME`."""
    home = os.environ.get("CRM_HOME")
    if home:
        try:
            root = Path(home).expanduser()
        except RuntimeError as error:
            raise Problem(N_("CRM_HOME names no folder: {folder}. Give a full path."), folder=home) from error
        return Places(root, root)
    import platformdirs

    return Places(
        Path(platformdirs.user_data_dir("tui-crm", appauthor=False)),
        Path(platformdirs.user_config_dir("tui-crm", appauthor=False)),
    )


def paper_folder() -> Path:
    """Where pages to print are put: among the user's documents, since a browser may read nothing hidden; under `CRM_HOME` if
    that is set. It need not exist."""
    if os.environ.get("CRM_HOME"):
        return places().data / "paper"
    import platformdirs

    return Path(platformdirs.user_documents_dir()) / "crm"


def shipped_themes() -> Path:
    """Folder of the themes that come with the program: inside the wheel, or beside the package in a checkout."""
    inside = Path(__file__).parent / "themes"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "themes"


def load_settings(path: Path, unknown: Unknown = refuse) -> Settings:
    """Read the settings; the defaults where there is no file. Raises Problem naming the file, the key and what fits."""
    try:
        text = text_of(path)
    except FileNotFoundError:
        return Settings()
    except Problem as error:
        raise Problem(N_("The settings file {file} cannot be read: {why}"), file=path, why=error.message) from error

    def in_file(problem: Problem) -> Problem:
        return Problem(N_("{file}: {why}"), file=path, why=problem.message)

    try:
        raw = toml_of(text)
        return read_settings(raw, lambda problem: unknown(in_file(problem)))
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            N_(
                "The settings file {file} is not valid TOML: {why}. Mend that line, or delete the file to start afresh."
            ),
            file=path,
            why=error,
        ) from error
    except Unfit as problem:
        raise in_file(problem) from problem


def read_settings(raw: Mapping[str, Any], unknown: Unknown = refuse, base: Settings | None = None) -> Settings:
    """`base`, the defaults unless given, with the values of parsed TOML put in. Raises Problem naming the key and what fits."""
    settings: Settings = read_into(base or Settings(), raw, unknown, "")
    return settings


def put(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """The settings with these values, by dotted key; None puts one back to its default, and takes away what has none. Raises
    Problem naming the key and what fits."""
    usual = leaves(Settings())
    raw: dict[str, Any] = {}
    gone = set()
    for key, value in changes.items():
        path = path_of(key)
        if value is None and path[0] == "couriers" and path not in usual:
            gone.add(path[-1])
        else:
            table = raw
            for part in path[:-1]:
                table = table.setdefault(part, {})
            table[path[-1]] = usual.get(path) if value is None else value
    read_settings(raw)  # what is wrong is told with the defaults, not with the values of now
    changed = read_settings(raw, base=settings)
    kept = {name: days for name, days in changed.couriers.items() if name not in gone}
    return replace(changed, couriers=MappingProxyType(kept))


def typed(key: str, text: str) -> Any:
    """The value that a user typed for a key, as TOML would have it; what cannot be read stays text, which `put` refuses."""
    return typed_value(key, text, leaves(Settings()).get(path_of(key), OTHER_COURIER_DAYS))
