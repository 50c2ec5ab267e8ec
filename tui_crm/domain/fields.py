"""The fields of a customer's card: label, what is accepted, and whether it lies in sight or in the drawer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .countries import find_country
from .messages import N_, Problem
from .reach import check_linkedin, check_url
from .text import clean
from .vocabulary import GRADE, KIND, SOURCE, STAGE, TEMPERATURE, Vocabulary

Check = Callable[[str], str]
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `check` turns what was typed into what is stored, or raises Problem. `choices` is its vocabulary."""

    name: str
    label: str
    check: Check
    choices: Vocabulary | None = None
    drawer: bool = False
    required: bool = False


def _text(typed: str) -> str:
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


def _chosen(vocabulary: Vocabulary, required: bool = False) -> Check:
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
    Field("city", N_("City"), _text),
    Field("kind", N_("Type"), _chosen(KIND), KIND),
    Field("temperature", N_("Temperature"), _chosen(TEMPERATURE, True), TEMPERATURE),
    Field("grade", N_("Grade"), _chosen(GRADE), GRADE),
    Field("stage", N_("Stage"), _chosen(STAGE, True), STAGE),
    Field("buys", N_("Buys"), _text),
    Field("source", N_("Source"), _chosen(SOURCE), SOURCE, drawer=True),
    Field("industry", N_("Industry"), _text, drawer=True),
    Field("website", N_("Website"), _optional(check_url), drawer=True),
    Field("linkedin", N_("LinkedIn"), _optional(check_linkedin), drawer=True),
    Field("language", N_("Language"), _text, drawer=True),
    Field("zone", N_("Time zone"), _zone, drawer=True),
    Field("owner", N_("Owner"), _text, drawer=True),
    Field("needs", N_("Needs"), _text, drawer=True),
    Field("competitors", N_("Competitors"), _text, drawer=True),
    Field("remarks", N_("Remarks"), _text, drawer=True),
)

BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
