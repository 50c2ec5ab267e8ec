"""The programs around the terminal, stood in for by scripts that note what they are given."""

import sys
from pathlib import Path

import pytest

from tui_crm import desktop

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts of Unix")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH; `install` puts a program there."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    return tmp_path


def install(here: Path, name: str, code: int = 0) -> Path:
    """A program that writes its arguments, one a line, and then what it is fed; returns where."""
    noted = here / f"{name}.txt"
    script = here / name
    script.write_text(f'#!/bin/sh\n{{ for word in "$@"; do echo "$word"; done; cat; }} > "{noted}"\nexit {code}\n')
    script.chmod(0o755)
    return noted


def env(here: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{here}:/bin:/usr/bin", **more}


def test_text_reaches_tmux_and_the_desktop_as_it_is(here: Path) -> None:
    tmux, xclip = install(here, "tmux"), install(here, "xclip")
    assert desktop.copied("a@b.com $(id) 微信", env(here, TMUX="/tmp/x,1,0", DISPLAY=":0"))
    assert tmux.read_text() == "load-buffer\n-w\n-\na@b.com $(id) 微信"
    assert xclip.read_text() == "-selection\nclipboard\na@b.com $(id) 微信"


def test_over_ssh_the_desktop_there_is_left_alone(here: Path) -> None:
    xclip = install(here, "xclip")
    assert not desktop.copied("x", env(here, DISPLAY=":0", SSH_CONNECTION="1 2 3 4"))
    assert not xclip.exists()
    install(here, "xdg-open")
    assert not desktop.opened("https://x.com", env(here, DISPLAY=":0", SSH_TTY="/dev/pts/1"))


def test_a_link_is_one_argument_and_no_shell_reads_it(here: Path) -> None:
    noted = install(here, "xdg-open")
    target = "mailto:a@b.com;touch%20x&`id`"
    assert desktop.opened(target, env(here, DISPLAY=":0"))
    assert noted.read_text() == target + "\n"


def test_what_nobody_opens_is_known(here: Path) -> None:
    assert not desktop.opened("https://x.com", env(here))
    install(here, "xdg-open", code=3)
    assert not desktop.opened("tel:+1", env(here, DISPLAY=":0"))
