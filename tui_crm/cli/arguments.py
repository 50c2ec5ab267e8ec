"""The grammar of the command line: one table of verbs feeds parser, help and suggestions.

Global options stand before or after the verb. The verb is found first, so only its own parser is ever built.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from ..domain.messages import N_, Problem
from ..domain.spelling import most_like
from ..i18n import LANGUAGES, _
from .options import Arguments, Parser, text
from .table import cells
from .verbs import ABOUT, COMPLETE, EXAMPLES, VERBS, VERSION, Verb

__all__ = ["VERBS", "Arguments", "language_asked", "parse", "parser_of", "verb_at", "verb_named"]


def parse(argv: Sequence[str]) -> Arguments:
    """Read the words of a command. `run` names the verb's function as (module, function), None where there is no verb.

    Raises Problem for what is no command; `--help` prints and raises SystemExit.
    """
    if argv[:1] == [COMPLETE.name]:
        return _found(COMPLETE, Arguments(words=list(argv[1:]), db=None, demo=False))
    words = list(argv)
    at = verb_at(words)
    name = words.pop(at) if at is not None else None
    if name == "help":
        words.append("--help")
        at = verb_at(words)
        name = words.pop(at) if at is not None else None
    if "--version" in words[: words.index("--") if "--" in words else None]:
        return _found(VERSION, parser_of(VERSION).parse_known_args([_kept(word) for word in words])[0])
    verb = verb_named(name) if name is not None else None
    return _found(verb, parser_of(verb).parse_intermixed_args([_kept(word) for word in words]))


def _found(verb: Verb | None, asked: Arguments) -> Arguments:
    asked.run = verb.run if verb else None
    asked.unopened, asked.bookless = (verb.unopened, verb.bookless) if verb else (False, False)
    return asked


def language_asked(argv: Sequence[str]) -> str:
    """The language that `--lang` names, needed before the parser can be built in it; empty without one."""
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return ""


# Words ---------------------------------------------------------------------------------------------------------------

_SINGLE_DASH = re.compile(r"-(?!-|h$|$)", re.S)


def _kept(word: str) -> str:
    """A word that begins with one dash is text (`-#tag`, `-5.00`) and no option of ours: a blank hides it from argparse."""
    return f" {word}" if _SINGLE_DASH.match(word) else word


_WITH_VALUE = ("--db", "--today", "--lang")


def verb_at(words: Sequence[str]) -> int | None:
    """Where the verb stands: the first word that is neither an option nor the value of a global one."""
    value = False
    for at, word in enumerate(words):
        if value or word in _WITH_VALUE:
            value = not value
        elif not word.startswith("--"):
            return at if word != "-h" else None
    return None


def verb_named(name: str) -> Verb:
    """The verb of that name. Raises Problem with the nearest one where there is none."""
    for verb in VERBS:
        if verb.name == name:
            return verb
    names = [verb.name for verb in VERBS]
    near = most_like(name.lower(), names, 0.5)
    if near:
        raise Problem(N_("There is no command “{name}”. Did you mean crm {near}?"), name=name, near=near)
    raise Problem(N_("There is no command “{name}”. Use one of: {known}."), name=name, known=", ".join(names))


# Parsers -------------------------------------------------------------------------------------------------------------


_REFUSALS = (
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("ignored explicit argument %r"),
)
"""What argparse says; it looks its sentences up in a module variable, which is given ours."""


class _Refusing(Parser):
    """A parser that raises Problem instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        raise Problem(N_("{why}. See: {command} --help"), why=message, command=self.prog)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help with its title in the user's language."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or _("usage: "))


def parser_of(verb: Verb | None) -> Parser:
    """The parser of a verb, or of a command without one, in the language of the user."""
    vars(argparse)["_"] = _
    parser = _Refusing(
        prog=f"crm {verb.name}".rstrip() if verb else "crm",
        usage=None if verb else _("crm [OPTIONS] [VERB …]"),
        description=_(verb.help if verb else ABOUT),
        epilog=None if verb else _overview(),
        formatter_class=_Help,
        add_help=False,
        allow_abbrev=False,
    )
    # The only way to title the two groups that argparse makes by itself.
    parser._positionals.title, parser._optionals.title = _("arguments"), _("options")
    if verb:
        verb.arguments(parser)
    options = parser.add_argument_group(_("everywhere"))
    options.add_argument("--db", metavar="FILE", type=text, help=_("the book to open, made when there is none"))
    options.add_argument("--today", metavar="DATE", type=text, help=_("pretend that this is today"))
    options.add_argument("--lang", choices=LANGUAGES, help=_("the language to speak"))
    options.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help=_("read the passphrase of an encrypted book from the first line of the input"),
    )
    options.add_argument("--demo", action="store_true", help=_("use the example book, never your own"))
    options.add_argument("--version", action="store_true", help=_("print the version, and what a bug report needs"))
    options.add_argument("-h", "--help", action="help", help=_("print this help"))
    if verb:  # else argparse takes as many letters off the front as the English word for it has
        parser.usage = parser.format_usage().removeprefix(_("usage: ")).strip().replace("%", "%%")
    return parser


def _overview() -> str:
    """The verbs with their help, and examples."""
    return "\n".join([
        _("verbs:"),
        *_aligned((f"{verb.name} {verb.shape}".strip(), _(verb.help)) for verb in VERBS),
        "",
        _("CUSTOMER is a uid, a name, or any search that finds exactly one."),
        "",
        _("examples:"),
        *_aligned((example, _(meaning)) for example, meaning in EXAMPLES),
    ])  # fmt: skip


def _aligned(pairs: Iterable[tuple[str, str]]) -> list[str]:
    pairs = list(pairs)
    width = max(cells(left) for left, _right in pairs)
    return [f"  {left}{' ' * (width - cells(left))}  {right}" for left, right in pairs]
