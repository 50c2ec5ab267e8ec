"""What follows the verbs that are about the program itself and not about customers: serve, completion."""

from __future__ import annotations

import argparse

from ..i18n import _
from .options import Parser, text

SHELLS = ("bash", "zsh", "fish")
"""The shells that can complete our commands."""


def port(word: str) -> int:
    """A port. Raises ArgumentTypeError."""
    if not word.strip().isdecimal() or not 0 < int(word[:6]) < 65536:
        raise argparse.ArgumentTypeError(_("“{text}” is no port; write 1024 to 65535").format(text=word))
    return int(word)


def serve(parser: Parser) -> None:
    """Where the program is to be had by a browser."""
    parser.add_argument("--port", metavar="N", type=port, default=0, help=_("the port; any free one without it"))
    parser.add_argument("--host", metavar="ADDRESS", type=text, default="127.0.0.1",
                        help=_("another address than this computer's own, only together with --expose"))  # fmt: skip
    parser.add_argument("--expose", action="store_true",
                        help=_("let other computers in too: nothing is encrypted on the way"))  # fmt: skip
    parser.add_argument("--no-browser", action="store_true", help=_("only print the address"))


def shell(parser: Parser) -> None:
    """Which shell."""
    parser.add_argument("shell", choices=SHELLS, help=_("the shell that is to complete"))
