"""What differs on Windows and macOS, as far as it can be tried elsewhere: by telling the code where it is."""

import ctypes
import ntpath
import os
import subprocess
import sys
from pathlib import PurePosixPath, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest

from tui_crm import desktop, i18n, whole_files
from tui_crm.domain.attachments import safe_name
from tui_crm.store.files import uri


@pytest.mark.parametrize(
    ("code", "spoken"), [(0x0804, "zh_CN"), (0x0404, "zh_CN"), (0x0409, "en"), (0x0407, "en"), (0xFFFF, "en")]
)
def test_windows_says_its_language_in_no_variable(monkeypatch: pytest.MonkeyPatch, code: int, spoken: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert i18n.system_language() == "en"
    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: code)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert i18n.system_language() == spoken
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert i18n.system_language() == "en"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/home/a b/x#?.db"), "file:///home/a%20b/x%23%3F.db"),
        (PureWindowsPath(r"C:\Users\Ä\book.db"), "file:///C:/Users/%C3%84/book.db"),
        (PureWindowsPath(r"\\server\share\book.db"), "file:////server/share/book.db"),
    ],
)
def test_a_book_on_a_share_has_an_address_the_engine_takes(path: Any, address: str) -> None:
    assert uri(path) == address


@pytest.mark.parametrize(
    "name", ["CON", "nul.txt", "COM1.pdf", "lpt¹", "aux .md", "quote. ", "a:b|c?.xlsx", r"..\..\x", "…"]
)
def test_names_of_files_are_names_on_windows(name: str) -> None:
    safe = safe_name(name)
    assert not getattr(ntpath, "isreserved", lambda name: PureWindowsPath(name).is_reserved())(safe)
    assert PureWindowsPath(safe).name == safe == safe.rstrip(". ")
    assert not set('<>:"|?*/\\') & set(safe)


def test_links_are_opened_by_windows_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", asked.append, raising=False)
    assert desktop.opened("mailto:a@b.example")
    assert asked == ["mailto:a@b.example"]

    def refuse(_target: str) -> None:
        raise OSError("no program for that")

    monkeypatch.setattr(os, "startfile", refuse)
    assert not desktop.opened("x:y")


@pytest.mark.parametrize(
    ("platform", "program", "data"),
    [("darwin", ["pbcopy"], "微".encode()), ("win32", ["clip.exe"], "微".encode("utf-16-le"))],
)
def test_the_clipboards_of_other_systems(
    monkeypatch: pytest.MonkeyPatch, platform: str, program: list[str], data: bytes
) -> None:
    fed: list[tuple[Any, ...]] = []

    def run(command: list[str], **how: Any) -> Any:
        fed.append((command, how["input"], (how["env"] or {}).get("LC_ALL", "")))
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(desktop.shutil, "which", lambda name, path: name if name == program[0] else None)
    monkeypatch.setattr(subprocess, "run", run)
    assert desktop.copied("微", {"PATH": ""})
    assert fed == [(program, data, "en_US.UTF-8" if platform == "darwin" else "")]
    assert desktop.opener({"PATH": ""}) is None  # neither `open` nor a browser is there


def test_macos_is_asked_for_the_stronger_fsync(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    fcntl = pytest.importorskip("fcntl")
    asked: list[int] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda handle, what: asked.append(what))
    with whole_files.whole_file(tmp_path / "x") as file:
        file.write(b"1")
    assert asked == [51, 51]  # the file, and the folder that has its name


def test_nothing_of_unix_is_needed_to_begin() -> None:
    """Everything but the driver for Unix terminals can be imported where such modules are missing."""
    missing = "import sys; sys.modules |= dict.fromkeys(['fcntl', 'resource', 'termios', 'pwd', 'grp', 'tty']); "
    begin = "import tui_crm.cli.arguments, tui_crm.usecases.session, tui_crm.store.keys, tui_crm.desktop, tui_crm.keystrokes"
    subprocess.run([sys.executable, "-c", missing + begin], check=True)
