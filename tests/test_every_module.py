"""Every module can be imported, on each Python we name; and what import contracts cannot see."""

import re
import subprocess
import sys
from pathlib import Path

import tui_crm

CODE = """
import pkgutil, tui_crm
for module in pkgutil.walk_packages(tui_crm.__path__, "tui_crm."):
    if not module.name.endswith("__main__"):
        try:
            __import__(module.name)
        except ModuleNotFoundError as missing:  # of the extra `serve`
            if missing.name.partition(".")[0] not in ("aiohttp", "textual_serve"):
                raise
"""


def test_every_module_can_be_imported() -> None:
    subprocess.run([sys.executable, "-W", "error::SyntaxWarning", "-c", CODE], check=True)


def test_only_the_store_speaks_sql() -> None:
    package = Path(tui_crm.__file__).parent
    others = (file for file in package.rglob("*.py") if file.parent.name != "store")
    sql = re.compile(r"""["'](?:SELECT|INSERT|UPDATE|DELETE|PRAGMA|WITH) """)
    assert [str(file) for file in others if sql.search(file.read_text(encoding="utf-8"))] == []
