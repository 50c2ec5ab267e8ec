"""Settings: one frozen dataclass tree, its TOML file, and where the program keeps its things.

Default, type and explanation of a setting stand in one place: the field below. An unknown key is an error with a
suggestion, never ignored.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

from .domain.cadence import RHYTHMS, Rhythm, Waits
from .domain.columns import BEST, COLUMN_CODES, ORDER_NAMES, USUAL_COLUMNS
from .domain.couriers import COURIER_DAYS
from .domain.messages import N_, Problem
from .domain.priority import Engine, Weights
from .domain.views import BY_ID, VIEW_KEYS, SavedView
from .domain.vocabulary import TEMPERATURES
from .whole_files import whole_file


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

    `capacity` is how many customers a day holds; `workdays` the days worked on, 1 is Monday. `couriers` are usual days on the way, by courier. Sums are also shown in `own_currency` where that is set and a rate known. `views` are searches saved under a name.
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


def load_settings(path: Path) -> Settings:
    """Read the settings; the defaults where there is no file. Raises Problem naming the file, the key and what fits."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(N_("The settings file {file} cannot be read: {why}"), file=path, why=error) from error
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            N_(
                "The settings file {file} is not valid TOML: {why}. Mend that line, or delete the file to start afresh."
            ),
            file=path,
            why=error,
        ) from error
    settings: Settings = _read(Settings(), raw, path, "")
    return settings


def save_settings(path: Path, settings: Settings) -> None:
    """Write what differs from the defaults; the file is replaced whole or not at all. Raises Problem if it cannot be."""
    import tomli_w

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(path) as file:
            tomli_w.dump(_differences(settings, Settings()), file)
    except OSError as error:
        raise Problem(N_("The settings file {file} cannot be written: {why}"), file=path, why=error) from error


def _read(default: Any, raw: Mapping[str, Any], path: Path, prefix: str) -> Any:
    """`default`, a dataclass, with the values of `raw` put in; nested tables are read the same way."""
    known = {f.name for f in fields(default)}
    changes = {}
    for key, value in raw.items():
        if key not in known:
            _unknown(path, prefix + key, prefix, sorted(known))
        changes[key] = _value(getattr(default, key), value, path, prefix + key)
    return replace(default, **changes)


def _value(default: Any, value: Any, path: Path, key: str) -> Any:
    if is_dataclass(default) and isinstance(value, dict):
        return _read(default, value, path, key + ".")
    if isinstance(default, Mapping) and isinstance(value, dict):
        sample = next(iter(default.values()), SavedView())
        fixed = set(default) == set(TEMPERATURES)
        merged = dict(default)
        for name, entry in value.items():
            if fixed and name not in default:
                _unknown(path, f"{key}.{name}", f"{key}.", list(default))
            merged[name] = _value(default.get(name, sample), entry, path, f"{key}.{name}")
        if key == "views":
            _check_views(path, merged)
        return MappingProxyType(merged)
    if key == "list.columns" and isinstance(value, list):
        return tuple(_one_of(COLUMN_CODES, column, path, key) for column in value)
    return _scalar(default, value, path, key)


def _scalar(default: Any, value: Any, path: Path, key: str) -> Any:
    if isinstance(default, bool) and isinstance(value, bool):
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool) and not isinstance(default, bool)
    if isinstance(default, float) and number and abs(value) <= 1000:
        return float(value)
    if isinstance(default, int) and isinstance(value, int) and number:
        days = key.startswith(("cadence.", "waits.", "couriers."))
        if days and not (1 if key.startswith("cadence.") else 0) <= value <= 3650:
            raise Problem(N_("{file}: {key} = {value} must be 1 to 3650 days"), file=path, key=key, value=value)
        if key == "capacity" and value < 1:
            raise Problem(N_("{file}: capacity = {value} must be at least 1 customer a day"), file=path, value=value)
        least, most = _BETWEEN.get(key, (value, value))
        if not least <= value <= most:
            raise Problem(N_("{file}: {key} = {value} must be {least} to {most}"),
                          file=path, key=key, value=value, least=least, most=most)  # fmt: skip
        if abs(value) <= 1000 or days:
            return value
    if isinstance(default, str) and isinstance(value, str):
        if key == "list.sort":
            return _one_of(ORDER_NAMES, value, path, key)
        if key == "workdays" and not (value and set(value) <= set("1234567")):
            raise Problem(
                N_("{file}: workdays = {value} must be digits, 1 for Monday to 7 for Sunday"), file=path, value=value
            )
        return value
    raise Problem(N_("{file}: {key} = {value} does not fit; it is {default} by default"),
                  file=path, key=key, value=repr(value), default=repr(default))  # fmt: skip


_BETWEEN = {"calendar.hour": (-1, 23), "calendar.alarm_minutes": (-1, 1000), "encryption.lock_minutes": (-1, 1000)}


def _one_of(known: Sequence[str], value: Any, path: Path, key: str) -> str:
    if value in known:
        return str(value)
    raise Problem(
        N_("{file}: {key} = {value} is not known. Use one of: {known}"),
        file=path, key=key, value=repr(value), known=" ".join(known),
    )  # fmt: skip


def _check_views(path: Path, views: Mapping[str, SavedView]) -> None:
    """A view has a line, or is one that comes with the program; a key is a digit of its own."""
    keys = [view.key for view in views.values() if view.key]
    for name, view in views.items():
        if not view.line.strip() and name not in BY_ID:
            raise Problem(N_("{file}: the view {name} has no line to search for."), file=path, name=name)
        if view.key and (len(view.key) > 1 or view.key not in VIEW_KEYS or keys.count(view.key) > 1):
            raise Problem(
                N_("{file}: the key {key} of the view {name} must be one of {known}, each for one view only."),
                file=path, key=view.key, name=name, known=" ".join(VIEW_KEYS),
            )  # fmt: skip


def _unknown(path: Path, key: str, prefix: str, known: list[str]) -> None:
    from difflib import get_close_matches

    near = get_close_matches(key.removeprefix(prefix), known, 1) or known[:1]
    raise Problem(
        N_("{file}: there is no setting {key}. Did you mean {near}?"), file=path, key=key, near=prefix + near[0]
    )


def _differences(value: Any, default: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for f in fields(value):
        mine, usual = getattr(value, f.name), getattr(default, f.name)
        if mine == usual:
            continue
        if is_dataclass(mine):
            out[f.name] = _differences(mine, usual)
        elif isinstance(mine, Mapping):
            out[f.name] = {k: _plain(v) for k, v in mine.items() if usual.get(k) != v}
        else:
            out[f.name] = mine
    return out


def _plain(value: Any) -> Any:
    return {f: getattr(value, f) for f in get_type_hints(type(value))} if is_dataclass(value) else value
