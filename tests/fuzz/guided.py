"""A run guided by what the code does (atheris): python -m tests.fuzz.guided PARSER [options of libFuzzer, such as -runs=1000000]

Needs the extra `fuzz`. It looks for bytes that take ways through the code no bytes before them took.
"""

from __future__ import annotations

import sys

try:
    import atheris
except ImportError:
    sys.exit("Guided fuzzing is left out: atheris is not installed (pip install -e '.[fuzz]').")

with atheris.instrument_imports(include=["tui_crm.domain", "tui_crm.exchange"]):
    from tests.fuzz.parsers import PARSERS


def main() -> None:
    """Fuzz the parser that is named first."""
    if sys.argv[1:2] == [] or sys.argv[1] not in PARSERS:
        sys.exit(f"Name one of: {', '.join(PARSERS)}")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], PARSERS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
