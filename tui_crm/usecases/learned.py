"""What the user has learned of the program: a small file in the data folder that may be lost, and gets in nobody's way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ..whole_files import whole_file

FILE = "learned.json"
KNOWN = 3
"""A command that was used so often by its key needs no hint any more."""


@dataclass(frozen=True, slots=True)
class Learned:
    """How often commands were used by their keys, counted up to `KNOWN`; and whether the welcome was answered."""

    used: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    welcomed: bool = False

    def knows(self, command: str) -> bool:
        """Whether a command needs no hint any more."""
        return self.used.get(command, 0) >= KNOWN


def load(folder: Path) -> Learned:
    """What is known; nothing where there is no such file or it is damaged."""
    try:
        raw = json.loads((folder / FILE).read_text(encoding="utf-8"))
        used = {str(name): int(count) for name, count in raw["used"].items()}
        return Learned(MappingProxyType(used), raw["welcomed"] is True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Learned()


def keep_welcomed(folder: Path) -> None:
    """The welcome was answered, and is not to be shown again."""
    save(folder, replace(load(folder), welcomed=True))


def save(folder: Path, learned: Learned) -> None:
    """Write it down. Where that cannot be done it is given up silently: hints are not worth a complaint."""
    text = json.dumps({"used": dict(learned.used), "welcomed": learned.welcomed}, indent=1)
    with suppress(OSError), whole_file(folder / FILE) as file:
        file.write(text.encode())
