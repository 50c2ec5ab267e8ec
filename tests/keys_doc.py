"""The tables in docs/keys.md and docs/keys.zh.md: made from the list of commands.

python -m tests.keys_doc     write them anew
"""

from __future__ import annotations

from pathlib import Path

from tests import made_pages
from tui_crm.cli.keymap import markdown
from tui_crm.commands import COMMANDS

PAGES = made_pages.pages("keys")
BEGIN = "<!-- begin: made by python -m tests.keys_doc -->"


def whole(page: Path) -> str:
    """The page with the tables put between its marks."""
    return made_pages.whole(page, BEGIN, lambda: "\n".join(["", *markdown(list(COMMANDS))]))


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(whole(page), encoding="utf-8")
