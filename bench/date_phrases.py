"""How many collected date phrases are read as the day they mean: right, wrong, not understood, per language.

    python bench/date_phrases.py [-v] [--data FILE]

The collection holds phrases of every kind (times of day, ranges, holidays, seven languages). A phrase counts as one
a rep would type for a follow-up date when none of the reasons in `REASONS` rules its *kind* out; the reasons look at
the source's own labels and at the kind of words in it, never at what the program makes of them. The table of what was
left out is printed with the result.

How a case is asked: a source answering with a day before its reference day looks back, any other looks forward; a source
giving both a past and a future answer is asked both ways.

Where sources disagree, the decision taken for the project is the expected answer (`decided`), and the number of cases so
decided is printed. Phrases that name no day at all (30 February, a Wednesday that is a Sunday), or name two
(8/10/2012), are counted apart: they must be refused.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tui_crm.domain.dates import Look, parse_date
from tui_crm.domain.messages import Problem

DATA = Path(__file__).resolve().parents[1] / "../shared/data/6_date_phrases/date_cases.jsonl"
# A follow-up or a log entry lies within these many years of the day it is written.
YEARS_IN_SIGHT = 10
SOME_DAY = date(2026, 11, 20)

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One question: what does `text`, typed on `today`, mean? `expected` None: it must be refused."""

    source: str
    language: str
    text: str
    today: date
    look: Look
    expected: date | None
    decided: bool = False
