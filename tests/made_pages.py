"""Pages of the documents with a part that a command writes, in every language that has the page: NAME.md, NAME.zh.md."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tests.screen import in_chinese

DOCS = Path(__file__).parent.parent / "docs"
END = "<!-- end -->"


def pages(name: str) -> list[Path]:
    """The page in its languages, English first."""
    return sorted(DOCS.glob(f"{name}*.md"), key=lambda page: len(page.name))


def is_chinese(page: Path) -> bool:
    """Whether a page is the Chinese one."""
    return page.suffixes == [".zh", ".md"]


def speaking(page: Path) -> AbstractContextManager[None]:
    """The language of a page, inside the block."""
    return in_chinese() if is_chinese(page) else nullcontext()


def whole(page: Path, begin: str, make: Callable[[], str]) -> str:
    """What the page holds once the part between its marks has been made anew, in its language."""
    head, rest = page.read_text(encoding="utf-8").split(begin)
    with speaking(page):
        return head + begin + "\n" + make() + "\n" + END + rest.split(END)[1]
