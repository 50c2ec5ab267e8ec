"""The long run: python -m tests.fuzz.long [PARSER …] [--cases N] [--seed N] [--seconds N] [--processes N]

Every parser is given N cases made from seeded random bytes. One line for each parser says how many, how long, what broke; a
case that broke is printed as bytes, to be put into `test_parsers.FOUND`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from tests.fuzz.parsers import PARSERS

PORTION = 2_000
"""Cases that a process is given at a time; each portion has a seed of its own, so a run can be repeated exactly."""
_MOST_BROKEN = 5


class Done(NamedTuple):
    """What came of a portion: how many cases, and the bytes and words of those that broke."""

    cases: int
    broken: tuple[tuple[bytes, str], ...]


def portion(name: str, seed: str, cases: int) -> Done:
    """Try one portion."""
    chance, broken, check = random.Random(seed), [], PARSERS[name]
    for _ in range(cases):
        data = chance.randbytes(chance.randrange(4, 140))
        try:
            check(data)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            broken.append((data, f"{type(error).__name__} {where.filename}:{where.lineno}: {str(error)[:300]}"))
            if len(broken) == _MOST_BROKEN:
                break
    return Done(cases, tuple(broken))


def run(name: str, cases: int, seed: int, seconds: float, pool: ProcessPoolExecutor, processes: int) -> bool:
    """Try one parser; whether nothing broke."""
    start, tried, broken, waiting, number = time.monotonic(), 0, {}, [], 0
    while waiting or (number * PORTION < cases and time.monotonic() - start < seconds and len(broken) < _MOST_BROKEN):
        while len(waiting) < processes + 1 and number * PORTION < cases and time.monotonic() - start < seconds:
            size = min(PORTION, cases - number * PORTION)
            waiting.append(pool.submit(portion, name, f"{name} {seed} {number}", size))
            number += 1
        done = waiting.pop(0).result()
        tried += done.cases
        broken |= {what.split(":")[1] + what[:40]: (data, what) for data, what in done.broken}
    print(
        f"{name:12} {tried:>9,} cases  {time.monotonic() - start:>7,.0f} s  {len(broken)} kinds of faults", flush=True
    )
    for data, what in broken.values():
        print(f"    {what}\n    {data.hex()}", flush=True)
    return not broken


def main(argv: Sequence[str]) -> int:
    """Run; 1 where anything broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parsers", nargs="*", default=list(PARSERS))
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop a parser after so many")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(argv)
    with ProcessPoolExecutor(asked.processes) as pool:
        held = [run(name, asked.cases, asked.seed, asked.seconds, pool, asked.processes) for name in asked.parsers]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
