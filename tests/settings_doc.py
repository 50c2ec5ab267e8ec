"""The reference in docs/settings.md and docs/settings.zh.md: made from the list of settings.

python -m tests.settings_doc     write it anew
"""

from __future__ import annotations

from pathlib import Path

from tests import made_pages
from tui_crm.config import Settings
from tui_crm.i18n import _, tell
from tui_crm.settings_rules import fitting
from tui_crm.settings_table import choices, entries, usual, words_of

PAGES = made_pages.pages("settings")
BEGIN = "<!-- begin: made by python -m tests.settings_doc -->"
_HEAD = ("key", "default", "what fits", "what it does")
_CHINESE_HEAD = ("键", "默认", "可以填", "作用")


def reference(head: tuple[str, ...] = _HEAD) -> str:
    """The table of every setting: key, default, what fits, what it does."""
    lines: list[str] = []
    shown = ""
    for group, entry in entries(Settings()):
        if group.label != shown:
            shown = group.label
            lines += ["", f"### {_(shown)}", "", f"| {' | '.join(head)} |", "|---|---|---|---|"]
        value = usual(entry.key)
        fits = " ".join(code or '""' for code in choices(entry.key)) or tell(fitting(entry.key, value))
        lines.append(f"| `{entry.key}` | `{_toml(value)}` | {fits} | {words_of(entry)[1]} |")
    return "\n".join([*lines, ""])


def whole(page: Path) -> str:
    """The page with the reference put between its marks."""
    head = _CHINESE_HEAD if made_pages.is_chinese(page) else _HEAD
    return made_pages.whole(page, BEGIN, lambda: reference(head))


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(whole(page), encoding="utf-8")
