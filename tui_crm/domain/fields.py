"""The fields of a customer's card: label, what is accepted, and whether it lies in sight or in the drawer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .countries import find_country
from .messages import N_, Problem
from .reach import check_linkedin, check_url
from .text import clean
from .vocabulary import GRADE, KIND, RANK, ROLE, SOURCE, STAGE, TEMPERATURE, Vocabulary

Check = Callable[[str], str]
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `check` turns what was typed into what is stored, or raises Problem. `choices` is its vocabulary, shown in
    the words of `words`, else as the codes stand."""

    name: str
    label: str
    check: Check
    choices: Vocabulary | None = None
    drawer: bool = False
    required: bool = False
    words: str = ""


def free_text(typed: str) -> str:
    """Any text that is not too long, clean. Raises Problem."""
    text = clean(typed)
    if len(text) > LONGEST:
        raise Problem(
            N_("That is {length} characters; a field holds {most}. Put the rest into a log entry."),
            length=len(text),
            most=LONGEST,
        )
    return text


def _name(typed: str) -> str:
    text = clean(typed)
    if not text:
        raise Problem(N_("A customer needs the company's name."))
    if len(text) > 200:
        raise Problem(N_("The company's name is longer than {most} characters."), most=200)
    return text


def _country(typed: str) -> str:
    text = clean(typed)
    if not text:
        raise Problem(N_("A customer needs a country, for example DE, Germany or 德国."))
    land = find_country(text)
    if land is None:
        raise Problem(
            N_("“{text}” is no country. Write its name or two-letter code, for example DE, Germany or 德国."), text=text
        )
    return land.code


def _zone(typed: str) -> str:
    text = clean(typed)
    try:
        return ZoneInfo(text).key if text else ""
    except (KeyError, ValueError, OSError) as error:
        raise Problem(N_("“{text}” is no time zone; write one like Europe/Berlin."), text=text) from error


def _optional(check: Check) -> Check:
    return lambda typed: check(clean(typed)) if clean(typed) else ""


def chosen(vocabulary: Vocabulary, required: bool = False) -> Check:
    """A check that takes the codes and aliases of a vocabulary, and nothing only where that is not `required`."""

    def check(typed: str) -> str:
        text = clean(typed)
        if not text and not required:
            return ""
        code = vocabulary.find(text)
        if code is None:
            raise Problem(
                N_("“{text}” is not known here. Choose one of: {known}."), text=text, known=", ".join(vocabulary.codes)
            )
        return code

    return check


FIELDS: tuple[Field, ...] = (
    Field("name", N_("Company"), _name, required=True),
    Field("country", N_("Country"), _country, required=True),
    Field("city", N_("City"), free_text),
    Field("kind", N_("Type"), chosen(KIND), KIND, words="kind"),
    Field("temperature", N_("Temperature"), chosen(TEMPERATURE, True), TEMPERATURE, words="temperature"),
    Field("grade", N_("Grade"), chosen(GRADE), GRADE),
    Field("stage", N_("Stage"), chosen(STAGE, True), STAGE, words="stage"),
    Field("buys", N_("Buys"), free_text),
    Field("source", N_("Source"), chosen(SOURCE), SOURCE, words="source", drawer=True),
    Field("industry", N_("Industry"), free_text, drawer=True),
    Field("website", N_("Website"), _optional(check_url), drawer=True),
    Field("linkedin", N_("LinkedIn"), _optional(check_linkedin), drawer=True),
    Field("language", N_("Language"), free_text, drawer=True),
    Field("zone", N_("Time zone"), _zone, drawer=True),
    Field("owner", N_("Owner"), free_text, drawer=True),
    Field("needs", N_("Needs"), free_text, drawer=True),
    Field("competitors", N_("Competitors"), free_text, drawer=True),
    Field("remarks", N_("Remarks"), free_text, drawer=True),
)

BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}

RANK_FIELD = Field("rank", N_("Rank"), chosen(RANK), RANK, words="rank")
"""Where a person stands in the company."""
ROLE_FIELD = Field("role", N_("Role"), chosen(ROLE), ROLE, words="role")
"""What a person is in the company's decisions."""
