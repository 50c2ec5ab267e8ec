"""What Tab offers: the words `crm complete` prints, and the scripts of the shells that ask it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_crm.cli import main

from .conftest import Crm, no_program

Ask = Callable[..., list[str]]

EVIL = 'Evil $(touch x) `id` "q" & Co!'


@pytest.fixture
def ask(crm: Crm, add: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> Ask:
    """A book of four customers; asks what a line can go on with."""
    add("Müller GmbH", "--temperature", "hot", "--tag", "price-sensitive", "--city", "Hamburg")
    add("深圳汇通贸易有限公司", country="CN")
    add(EVIL)
    add("Twin Ltd")
    add("Twin Ltd", "--force", country="FR")

    def run(*words: str) -> list[str]:
        capsys.readouterr()
        assert main(["complete", *words], no_program) == 0
        said = capsys.readouterr()
        assert said.err == ""
        return said.out.splitlines()

    return run


CASES: tuple[tuple[list[str], list[str]], ...] = (
    (["lo"], ["words", "log\tWrite down what happened, next step included"]),
    (["show", "mü"], ["words", "Müller GmbH\tHamburg · hot"]),
    (["show", "Müller", "G"], ["words", "GmbH\tHamburg · hot"]),
    (["log", "shenzhen"], ["words", "深圳汇通贸易有限公司\tChina · potential"]),
    (["show", "--as-of", "1 oct", "mü"], ["words", "Müller GmbH\tHamburg · hot"]),
    (["merge", "x", "mü"], ["words", "Müller GmbH\tHamburg · hot"]),
    (["find", "#pri"], ["words", "#price-sensitive\t1"]),
    (["find", "c:DE", "t:h"], ["words", "t:hot\t热"]),
    (["log", "x", "call >3d #pri"], ["words", "call >3d #price-sensitive\t1"]),
    (["log", "x", "sent", "@wha"], ["words", "@whatsapp\tWhatsApp"]),
    (["add", "X", "--temperature", "ho"], ["words", "hot\thot"]),
    (["add", "X", "--temperature=ho"], ["words", "--temperature=hot\thot"]),
    (["add", "X", "--country", "Germ"], ["words", "DE\tGermany"]),
    (["add", "X", "--tag", "pri"], ["words", "price-sensitive\t1"]),
    (["show", "--as"], ["words", "--as-of\tas it was at the end of that day"]),
    (["completion", ""], ["words", "bash", "zsh", "fish"]),
    (["set", "x", "cit"], ["open", "city=\tCity"]),
    (["import", "boo"], ["files"]),
    (["import", "--preset", "goo"], ["words", "google\tGoogle Contacts"]),
    (["due", "--db", "x"], ["files"]),
    (["nonsense", "x"], ["words"]),
    (["show", "--db", "nowhere.db", "m"], ["words"]),
)


def test_what_can_follow(ask: Ask) -> None:
    assert [(words, ask("zsh", *words)) for words, _offered in CASES] == list(CASES)


def test_the_most_urgent_come_first_where_nothing_is_typed_and_two_of_one_name_by_uid(ask: Ask) -> None:
    assert ask("zsh", "log", "")[1].startswith("Müller GmbH\t")
    twins = ask("fish", "crm log twi")[1:]
    assert len(twins) == 2
    assert all("Twin Ltd" in hint and uid != "Twin Ltd" for uid, hint in (line.split("\t") for line in twins))


def test_a_name_is_text_for_the_shell_whatever_it_holds(ask: Ask) -> None:
    bash = shutil.which("bash") or pytest.skip("no bash here")
    for begun in ("Ev", '"Ev', "'Ev", r"E\v"):
        (_kind, offer) = ask("bash", f"crm show {begun}")
        quote = begun[0] if begun[0] in "'\"" else ""
        said = [bash, "-c", f"printf %s {quote}{offer}{quote}"]
        echoed = subprocess.run(said, capture_output=True, text=True, check=True)
        assert (echoed.stdout, echoed.stderr) == (EVIL, ""), begun


def test_a_look_neither_makes_a_book_nor_upgrades_nor_unlocks_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["complete", "zsh", "log", "m"], no_program) == 0
    assert list(home.iterdir()) == []
    (home / "book.db").write_bytes(os.urandom(8192))  # as an encrypted one looks from outside
    (home / "settings.toml").write_text("broken")
    assert main(["complete", "zsh", "log", "m"], no_program) == 0
    assert sorted(file.name for file in home.iterdir()) == ["book.db", "settings.toml"]
    assert capsys.readouterr().out == "words\nwords\n"


@pytest.mark.parametrize(
    ("shell", "asking"),
    [
        ("bash", 'COMP_LINE="crm show Mü" COMP_POINT=11; _crm crm; printf "%s\\n" "${COMPREPLY[@]}"'),
        ("fish", 'complete -C "crm show Mü" | string split -f 1 \\t'),
        ("zsh", "functions _crm > /dev/null && crm complete zsh show Mü | sed -n 2p | cut -f 1"),
    ],
)
def test_the_script_of_a_shell_works_in_it(ask: Ask, home: Path, shell: str, asking: str) -> None:
    if sys.platform == "win32" or shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    program = home / "bin" / "crm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tui_crm "$@"\n')
    program.chmod(0o755)
    begin = {"fish": "crm completion fish | source;", "zsh": "compdef() { :; }; source <(crm completion zsh);"}
    done = subprocess.run(
        [shell, "-c", f"{begin.get(shell, 'source <(crm completion bash);')} {asking}"],
        env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(home)},
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.stdout.replace("\\", "").strip() == "Müller GmbH", done.stderr
