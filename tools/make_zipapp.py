"""Make dist/crm.pyz, the program in a single file: `make zipapp`, or `python tools/make_zipapp.py [3.11 3.12 …]`.

It holds compiled parts for this kind of computer and for each Python named (all supported ones without a name). Nothing compiled
can be used inside a zip, so shiv unpacks it once into the user's cache.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ROOT = Path(__file__).parent.parent
TARGET = ROOT / "dist" / "crm.pyz"

# Runs on any Python, however old, to say what is needed.
MAIN = """\
import os, sys

if sys.version_info[:2] not in {pythons!r} or sys.implementation.name != "cpython":
    sys.exit("crm.pyz needs Python {names}; this is Python %d.%d. Start it with another one: python{last} crm.pyz"
             % sys.version_info[:2])
import sysconfig

if sysconfig.get_platform() != {platform!r}:
    sys.exit("This crm.pyz was made for {platform}, and this computer is %s. Take the file made for it." % sysconfig.get_platform())
home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
os.environ.setdefault("SHIV_ROOT", os.path.join(home, "crm-pyz"))
from _bootstrap import bootstrap

bootstrap()
"""


def main() -> None:
    """Build the wheel, gather what it needs for each Python, pack, and put our own beginning in."""
    pythons = sys.argv[1:] or list(PYTHONS)
    TARGET.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pip("wheel", "--no-deps", "--wheel-dir", str(work), str(ROOT))
        wheel = next(work.glob("tui_crm-*.whl"))
        found = [python for python in pythons if gather(wheel, python, work / python, work / "all")]
        if not found:
            sys.exit("No Python has all the parts.")
        packed = work / "crm.pyz"
        command = ["--site-packages", str(work / "all"), "--entry-point", "tui_crm.__main__:main", "--compressed"]
        command += ["--extend-pythonpath", "--reproducible", "--output-file", str(packed)]
        subprocess.run([sys.executable, "-m", "shiv", *command], check=True)
        begin_with(packed, MAIN.format(**words(found)))
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1e6:.1f} MB, for Python {', '.join(found)}")


def gather(wheel: Path, python: str, own: Path, everything: Path) -> bool:
    """Install for one Python, and add it to what the others have; compiled parts carry their Python in their names."""
    options = ["--python-version", python, "--implementation", "cp", "--only-binary", ":all:", "--no-compile"]
    try:
        pip("install", "--target", str(own), *options, f"{wheel}[serve]")
    except subprocess.CalledProcessError:
        print(f"Python {python} is left out: not all parts are there for it.", file=sys.stderr)
        return False
    if sys.platform == "linux" and shutil.which("strip"):  # what only a debugger reads is four fifths of the engine
        subprocess.run(["strip", "--strip-debug", *map(str, own.rglob("*.so"))], check=True)
    shutil.copytree(own, everything, dirs_exist_ok=True, ignore=shutil.ignore_patterns("bin", "tests", "test"))
    return True


def pip(*words: str) -> None:
    """Run pip of this Python."""
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *words, "--quiet"], check=True)


def words(pythons: list[str]) -> dict[str, object]:
    """What the beginning has to know."""
    numbers = [tuple(map(int, python.split("."))) for python in pythons]
    names = ", ".join(pythons[:-1]) + (" or " if len(pythons) > 1 else "") + pythons[-1]
    return {"pythons": numbers, "names": names, "last": pythons[-1], "platform": sysconfig.get_platform()}


def begin_with(packed: Path, code: str) -> None:
    """Copy the packed program, with our own `__main__`, behind a line that lets Unix start it."""
    TARGET.write_bytes(b"#!/usr/bin/env python3\n")
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(TARGET, "a", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(entry, code if entry.filename == "__main__.py" else before.read(entry))
    TARGET.chmod(0o755)


if __name__ == "__main__":
    main()
