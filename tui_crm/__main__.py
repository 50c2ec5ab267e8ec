"""`crm` and `python -m tui_crm`: a verb for scripts, or the program itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .cli import main as run_command_line

if TYPE_CHECKING:
    from .config import Settings
    from .usecases.session import Clock


def main() -> int:
    """Run the command line of this process; returns the exit code."""
    return run_command_line(sys.argv[1:], open_program)


def open_program(book: Path, settings: Settings, clock: Clock, demo: bool) -> int:
    """The program on the screen. Textual is imported here and nowhere on the way of a verb."""
    import gc

    gc.disable()  # nothing made before the first picture is garbage; the first screen switches it on again
    from .app import run

    return run(book, settings, clock, demo)


if __name__ == "__main__":
    sys.exit(main())
