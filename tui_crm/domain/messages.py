"""What the domain has to say to a person: a template in English plus values, translated by whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(template: str) -> str:
    """Mark `template` for translation without translating it here."""
    return template


@dataclass(frozen=True, slots=True)
class Key:
    """In a message: the key that a command is on, whichever that is."""

    command: str

    def __str__(self) -> str:
        return self.command


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the user: `template` is the English text with `{name}` places, `values` fill them."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


class Problem(ValueError):
    """Something the user gave cannot be used. It says what, where and what to do; it never carries a traceback to a screen.

    `str(problem)` is English; `i18n.explain(problem)` is the user's language.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))
