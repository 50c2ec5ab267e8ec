"""One clock, one language, one terminal and the usual keys for all tests, whatever the machine is set to."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from tui_crm.keys_in_force import use_keys

os.environ["TZ"] = "UTC"
os.environ.pop("LANGUAGE", None)
os.environ.pop("NO_COLOR", None)
os.environ.pop("CRM_MARKS", None)
os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
if hasattr(time, "tzset"):
    time.tzset()


@pytest.fixture(autouse=True)
def usual_keys_after() -> Iterator[None]:
    """A keymap is in force for the process."""
    yield
    use_keys({})
