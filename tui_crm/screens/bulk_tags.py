"""The tags of several customers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..domain.vocabulary import fold as tag_key
from .looks import tag_look
from .tags import Tag, TagPicker


class SeveralTags(TagPicker):
    """Changes the tags of `total` customers, of whom so many have each tag in `carried`. A tag that only some have is put on
    the others by the first Tab, and taken off by the second."""

    def __init__(
        self,
        whom: str,
        carried: Mapping[str, int],
        total: int,
        counts: Sequence[tuple[str, int]],
        colors: Mapping[str, str],
    ) -> None:
        super().__init__(whom, [tag for tag, count in carried.items() if count == total], counts, colors)
        self._carried = {tag_key(tag): count for tag, count in carried.items()}
        self._total = total

    def _toggle(self, tag: Tag) -> None:
        key = tag_key(tag.name)
        carried = self._carried.get(key, 0)
        if key not in self._changed:
            self._changed[key] = tag
        elif carried and key not in self._on:
            self._on.add(key)  # what is on and changed is taken off
        else:
            del self._changed[key]
            if carried < self._total:
                self._on.discard(key)

    def _standing(self, tag: Tag) -> tuple[str, str]:
        key = tag_key(tag.name)
        if key not in self._changed and key in self._carried and key not in self._on:
            return "○", tag_look(self._colors.get(tag.name, ""), "plain")
        return super()._standing(tag)

    def _hint(self, tag: Tag, here: bool) -> str:
        carried, hint = self._carried.get(tag_key(tag.name), 0), super()._hint(tag, here)
        return f"{carried}/{self._total}  {hint}" if carried else hint
