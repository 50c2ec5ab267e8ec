"""The desktop around the terminal: its clipboard, and the programs that open links and files. Never through a shell, and never
to be waited for on the screen's own thread."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

_PATIENCE = 4.0
"""Seconds a program may take; one that opens something and stays is taken for done after them."""


def copied(text: str, env: Mapping[str, str] = os.environ) -> bool:
    """Put `text` on the clipboards whose programs are here: tmux's buffer, which it hands on to its terminal, and the desktop's.
    Whether any took it; the terminal itself is asked otherwise, by an escape sequence."""
    taken = [_fed(command, text) for command in clipboards(env)]
    return any(taken)


def clipboards(env: Mapping[str, str]) -> list[list[str]]:
    """The programs that take text for a clipboard here. Over SSH the desktop is not the one in front of the user."""
    found = [["tmux", "load-buffer", "-w", "-"]] if env.get("TMUX") else []
    if not _remote(env):
        found += next(([command] for command, wanted in _DESKTOPS if _fits(wanted, env) and _here(command, env)), [])
    return found


_DESKTOPS: Sequence[tuple[list[str], str]] = (
    (["wl-copy"], "WAYLAND_DISPLAY"),
    (["xclip", "-selection", "clipboard"], "DISPLAY"),
    (["xsel", "--clipboard", "--input"], "DISPLAY"),
    (["pbcopy"], "darwin"),
    (["clip.exe"], ""),  # Windows, also from inside WSL
)
"""Programs that take text for the desktop's clipboard, and the variable or platform they need."""


def opened(target: str, env: Mapping[str, str] = os.environ) -> bool:
    """Open a link (with its scheme) or a file (by its full path) as the desktop would. Whether a program took it."""
    if sys.platform == "win32":
        try:
            os.startfile(target)
        except OSError:
            return False
        return True
    command = opener(env)
    return command is not None and _started([*command, target], env)


def opener(env: Mapping[str, str]) -> list[str] | None:
    """The program that opens things here; None where there is no desktop in front of the user."""
    if _remote(env):
        return None
    return next((command for command, wanted in _OPENERS if _fits(wanted, env) and _here(command, env)), None)


_OPENERS: Sequence[tuple[list[str], str]] = (
    (["open"], "darwin"),
    (["wslview"], "WSL_DISTRO_NAME"),
    (["xdg-open"], "WAYLAND_DISPLAY"),
    (["xdg-open"], "DISPLAY"),
    (["gio", "open"], "DISPLAY"),
)


def _remote(env: Mapping[str, str]) -> bool:
    return bool(env.get("SSH_CONNECTION") or env.get("SSH_TTY"))


def _fits(wanted: str, env: Mapping[str, str]) -> bool:
    return not wanted or wanted == sys.platform or bool(env.get(wanted))


def _here(command: list[str], env: Mapping[str, str]) -> bool:
    return shutil.which(command[0], path=env.get("PATH")) is not None


def _fed(command: list[str], text: str) -> bool:
    """Whether a program took the text; an old tmux knows no -w."""
    data = text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8")
    # Without a locale, that of macOS takes it for Mac Roman.
    env = {**os.environ, "LC_ALL": "en_US.UTF-8"} if command[0] == "pbcopy" else None
    nowhere = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, input=data, stdout=nowhere, stderr=nowhere, timeout=_PATIENCE, check=False, env=env
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 or ("-w" in command and _fed([part for part in command if part != "-w"], text))


def _started(command: list[str], env: Mapping[str, str]) -> bool:
    nowhere = subprocess.DEVNULL
    try:
        program = subprocess.Popen(
            command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, env=dict(env)
        )
    except OSError:
        return False
    try:
        return program.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
