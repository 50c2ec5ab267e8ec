"""One clock and one language for all tests, whatever the machine is set to."""

from __future__ import annotations

import os
import time

os.environ["TZ"] = "UTC"
os.environ.pop("LANGUAGE", None)
os.environ.pop("NO_COLOR", None)
if hasattr(time, "tzset"):
    time.tzset()
