"""How long a large book takes to be given out: python -m bench.export BOOK [KIND …] (a copy is not needed: it only reads)."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from tui_crm.config import Settings
from tui_crm.usecases import exporting
from tui_crm.usecases.session import open_session


def main() -> None:
    book, *kinds = sys.argv[1:]
    session = open_session(Path(book), Settings())
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds or ("csv", "xlsx"):
            file = Path(folder) / f"book.{kind}"
            began, busy = time.perf_counter(), time.process_time()
            done = exporting.export(session, file)
            wall, cpu = time.perf_counter() - began, time.process_time() - busy
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{kind}: {done.customers:,} customers, {wall:.1f} s ({cpu:.1f} s of processor), "
                f"{file.stat().st_size / 1e6:.0f} MB, at most {peak:.0f} MB of memory"
            )


if __name__ == "__main__":
    main()
