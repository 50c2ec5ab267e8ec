"""The manual page says what the program does, and is a page without faults."""

import shutil
import subprocess

import pytest

from tools.make_manual import PAGE, manual
from tui_crm.cli.arguments import VERBS


def test_the_manual_page_is_of_this_version() -> None:
    assert PAGE.read_text(encoding="ascii") == manual(), "make man writes it anew"
    assert all(f".SS crm {verb.name}" in manual() for verb in VERBS)


@pytest.mark.parametrize(
    "checker", [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-ww", "-man", "-Tutf8", "-z"]]
)
def test_the_manual_page_is_drawn_without_a_warning(checker: list[str]) -> None:
    if shutil.which(checker[0]) is None:
        pytest.skip(f"no {checker[0]} here")
    done = subprocess.run([*checker, str(PAGE)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")
