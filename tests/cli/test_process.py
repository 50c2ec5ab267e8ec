"""`crm` as a process of its own: what it imports, and how it gets along with pipes, locales and terminals."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and terminals of Unix")

CRM = [sys.executable, "-m", "tui_crm"]


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "CRM_HOME": str(home), "PYTHONUNBUFFERED": ""}


def crm(environment: dict[str, str], *words: str | bytes, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CRM, *words], env={**environment, **changes}, capture_output=True, timeout=30, check=False)


def test_a_verb_imports_no_screen_and_no_workbook(environment: dict[str, str]) -> None:
    crm(environment, "add", "Müller GmbH", "--country", "DE")
    code = (
        "import sys; from tui_crm.cli import main; code = main(sys.argv[1:], print); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    for words in (
        ["due", "--limit", "20"],
        ["find", "müller"],
        ["show", "müller", "--json"],
        ["log", "müller", "call >3d"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True, check=True
        )
        imported = set(done.stderr.split())
        assert "sqlcipher3" in imported
        assert not imported & {"textual", "rich", "openpyxl", "dateutil", "tomli_w", "pypinyin", "asyncio"}, words


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_any_locale_will_do(environment: dict[str, str], locale: dict[str, str]) -> None:
    added = crm(environment, "add", "深圳汇通贸易有限公司", "--country", "CN", **locale)
    if added.returncode == 2:  # where the words of a command arrive in pieces, they are refused and not stored broken
        assert b"no readable text" in added.stderr
        crm(environment, "add", "深圳汇通贸易有限公司", "--country", "CN")
    due = crm(environment, "due", **locale)
    assert due.returncode == 0
    assert "深圳" in due.stdout.decode()
    assert json.loads(crm(environment, "due", "--json", **locale).stdout)[0]["name"] == "深圳汇通贸易有限公司"


def test_bytes_that_are_no_text_are_refused(environment: dict[str, str]) -> None:
    done = crm(environment, "add", b"bad\xff\xfe", "--country", "DE")
    assert done.returncode == 2
    assert b"no readable text" in done.stderr
    assert b"Traceback" not in done.stderr
    assert json.loads(crm(environment, "find", "", "--json").stdout) == []


def test_a_reader_that_leaves_early_is_no_error(environment: dict[str, str]) -> None:
    crm(environment, "add", "Müller GmbH", "--country", "DE")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*CRM, "due", "--json"], env=environment, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_behind_the_output_is_told(environment: dict[str, str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*CRM, "due"], env=environment, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [b"The system refused: No space left on device"]


def test_without_any_output_it_still_works(environment: dict[str, str]) -> None:
    shell = " ".join([*CRM, "due", ">&-"])
    assert subprocess.run(["sh", "-c", shell], env=environment, capture_output=True, check=False).returncode == 0


def on_a_terminal(environment: dict[str, str], *words: str, **changes: str) -> bytes:
    """What `crm` writes to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    subprocess.run(
        [*CRM, *words], env={**environment, **changes}, stdout=theirs, stderr=theirs, timeout=30, check=False
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
    os.close(ours)
    return said


def test_only_a_terminal_gets_looks_and_only_ours(environment: dict[str, str]) -> None:
    crm(environment, "--today", "2026-01-01", "add", "\x1b[2Jevil\x9b2J\x07", "--country", "DE", "--temperature", "hot")
    said = on_a_terminal(environment, "due", TERM="xterm", NO_COLOR="", COLUMNS="80")
    assert b"\x1b[1m" in said
    rest = re.sub(rb"\x1b\[[012]m", b"", said).decode()
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", rest)
    assert "␛[2Jevil" in rest
    for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert b"\x1b" not in on_a_terminal(environment, "due", **plain)
    assert b"\x1b" not in crm(environment, "due").stdout
