"""What fits into each setting: every value of the file, the screen and the command line is checked here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from .domain.cadence import Rhythm
from .domain.columns import COLUMN_CODES, ORDER_NAMES
from .domain.couriers import OTHER_COURIER_DAYS
from .domain.messages import N_, Message, Problem
from .domain.spelling import most_like
from .domain.views import BY_ID, VIEW_KEYS, SavedView
from .domain.vocabulary import GRADES, STAGES

Unknown = Callable[[Problem], None]
"""Is told of a key that is no setting of this version, and where the nearest one is."""


def refuse(problem: Problem) -> None:
    """Do not go on."""
    raise problem


class Unfit(Problem):
    """A value that does not fit, or a key that is none."""


Where = tuple[str, ...]
"""Where a setting stands: `("weights", "grade", "S")`."""


def path_of(key: str) -> Where:
    """The parts of a dotted key; the name of a courier or a view may have dots of its own."""
    head, _dot, rest = key.partition(".")
    if head in _OPEN and rest:
        return (head, *(rest.rsplit(".", 1) if head == "views" else (rest,)))
    return tuple(key.split("."))


def leaves(settings: Any) -> dict[Where, Any]:
    """Every single value of a dataclass tree, as TOML has it, by where it stands."""
    return dict(_leaves(settings, ()))


def _leaves(value: Any, path: Where) -> Iterator[tuple[Where, Any]]:
    if is_dataclass(value):
        value = {f.name: getattr(value, f.name) for f in fields(value)}
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _leaves(each, (*path, name))
    else:
        yield path, list(value) if isinstance(value, tuple) else value


_OPEN: Mapping[str, Any] = {"couriers": OTHER_COURIER_DAYS, "views": SavedView()}
"""Tables that users add names to, with what stands for a new one."""
SETS: Mapping[str, tuple[str, ...]] = {"list.columns": COLUMN_CODES, "stages": STAGES, "grades": GRADES}
"""Settings that are several of a few codes."""
_BETWEEN: Mapping[str, tuple[int, int]] = {
    "capacity": (1, 1000),
    "calendar.hour": (-1, 23),
    "calendar.alarm_minutes": (-1, 1000),
    "encryption.lock_minutes": (-1, 1000),
    "cadence": (1, 3650),
    "waits": (0, 3650),
    "couriers": (0, 3650),
}
_MOST_POINTS = 1000


def between(key: str) -> tuple[int, int]:
    """The least and the most that a number can be."""
    return _BETWEEN.get(key) or _BETWEEN.get(key.partition(".")[0], (-_MOST_POINTS, _MOST_POINTS))


def fitting(key: str, usual: Any) -> Message:
    """What fits, in words."""
    least, most = between(key)
    if isinstance(usual, bool):
        return Message(N_("yes or no (in the file: true or false)"))
    if isinstance(usual, int | float):
        words = (
            N_("a number from {least} to {most}")
            if isinstance(usual, float)
            else N_("a whole number from {least} to {most}")
        )
        return Message(words, {"least": least, "most": most})
    if key in SETS:
        return Message(N_("one or more of: {known}"), {"known": " ".join(SETS[key])})
    return Message(N_("text")) if isinstance(usual, str) else Message(N_("a table of settings"))


def read_into(base: Any, raw: Mapping[str, Any], unknown: Unknown, prefix: str) -> Any:
    """`base`, a dataclass, with the values of `raw` put in; nested tables are read the same way."""
    known = {f.name for f in fields(base)}
    changes = {}
    for key, value in raw.items():
        if key in known:
            changes[key] = _value(getattr(base, key), value, unknown, prefix + key)
        else:
            unknown(_no_setting(key, prefix, sorted(known)))
    changed = replace(base, **changes)
    if isinstance(base, Rhythm) and changed.latest < changed.ideal:
        if "latest" in changes:
            raise Unfit(N_("{key} = {value} must be at least {least}, the days after which one is due"),
                         key=prefix + "latest", value=changed.latest, least=changed.ideal)  # fmt: skip
        return replace(changed, latest=changed.ideal)
    return changed


def _value(base: Any, value: Any, unknown: Unknown, key: str) -> Any:
    if is_dataclass(base) and isinstance(value, dict):
        return read_into(base, value, unknown, key + ".")
    if isinstance(base, Mapping) and isinstance(value, dict):
        merged = dict(base)
        for name, entry in value.items():
            if name in base or key in _OPEN:
                merged[name] = _value(base.get(name, _OPEN.get(key)), entry, unknown, f"{key}.{name}")
            else:
                unknown(_no_setting(name, f"{key}.", list(base)))
        if key == "views":
            _check_views(merged)
        return MappingProxyType(merged)
    if key in SETS and isinstance(value, list) and value:
        chosen = tuple(dict.fromkeys(_one_of(SETS[key], each, key) for each in value))
        return chosen if key == "list.columns" else tuple(code for code in SETS[key] if code in chosen)
    return _scalar(base, value, key)


def _scalar(usual: Any, value: Any, key: str) -> Any:
    if isinstance(usual, bool) and isinstance(value, bool):
        return value
    if (
        isinstance(usual, int | float)
        and isinstance(value, int | float)
        and isinstance(usual, bool) is isinstance(value, bool)
    ):
        least, most = between(key)
        if least <= value <= most and (isinstance(usual, float) or isinstance(value, int)):
            return float(value) if isinstance(usual, float) else value
    if isinstance(usual, str) and isinstance(value, str):
        return _text(value, key)
    raise Unfit(N_("{key} = {value} does not fit: {fitting}"),
                 key=key, value=repr(value), fitting=fitting(key, usual))  # fmt: skip


def _text(value: str, key: str) -> str:
    if key == "list.sort":
        return _one_of(ORDER_NAMES, value, key)
    if key == "language":
        from .languages import languages

        return _one_of(("", *languages()), value, key)
    if key in ("currency", "own_currency") and (value or key == "currency"):
        from .domain.money import find_currency

        code = find_currency(value)
        if code is None:
            raise Unfit(N_("{key} = {value} is no currency. Write its code, like USD."), key=key, value=repr(value))
        return code
    if key == "workdays":
        if not (value and set(value) <= set("1234567")):
            raise Unfit(N_("{key} = {value} must be digits, 1 for Monday to 7 for Sunday"), key=key, value=repr(value))
        return "".join(sorted(set(value)))
    return value


def _one_of(known: Sequence[str], value: Any, key: str) -> str:
    if value in known:
        return str(value)
    raise Unfit(N_("{key} = {value} is not known. Use one of: {known}"),
                 key=key, value=repr(value), known=" ".join(code or '""' for code in known))  # fmt: skip


def _check_views(views: Mapping[str, SavedView]) -> None:
    """A view has a line, or is one that comes with the program; a key is a digit of its own."""
    keys = [view.key for view in views.values() if view.key]
    for name, view in views.items():
        if not view.line.strip() and name not in BY_ID:
            raise Unfit(N_("the view {name} has no line to search for."), name=name)
        if view.key and (len(view.key) > 1 or view.key not in VIEW_KEYS or keys.count(view.key) > 1):
            raise Unfit(
                N_("the key {key} of the view {name} must be one of {known}, each for one view only."),
                key=view.key, name=name, known=" ".join(VIEW_KEYS),
            )  # fmt: skip


def _no_setting(key: str, prefix: str, known: list[str]) -> Problem:
    near = most_like(key, known)
    if not near:
        return Unfit(N_("there is no setting {key} in this version."), key=prefix + key)
    return Unfit(N_("there is no setting {key}. Did you mean {near}?"), key=prefix + key, near=prefix + near)


def typed_value(key: str, text: str, usual: Any) -> Any:
    """The value that a user typed for a key whose default is `usual`, as TOML would have it; what cannot be read stays text,
    which is refused later."""
    from unicodedata import normalize

    plain = normalize("NFKC", text).strip().replace("−", "-")
    if isinstance(usual, bool):
        from .domain.vocabulary import YES_OR_NO

        return {"yes": True, "no": False}.get(YES_OR_NO.find(plain) or "", plain)
    if isinstance(usual, list):
        return plain.replace(",", " ").replace("、", " ").split()
    if isinstance(usual, str):
        return text.strip()
    try:
        return float(plain.replace(",", ".")) if isinstance(usual, float) else int(plain)
    except ValueError:
        return plain
