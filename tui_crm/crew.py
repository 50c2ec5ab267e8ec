"""Processes that compute beside this one: the same work on one value after another, the results in the order of the values.

Each is `python -m tui_crm.crew`, begun afresh on every system, so nothing is shared and nothing is left behind. It ends with the
block that it works for, and where this process is gone, with its input.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import MappingProxyType, TracebackType
from typing import IO, Any, Generic, TypeVar

from .domain.messages import N_, Problem

Value = TypeVar("Value")
Result = TypeVar("Result")
Ask = Callable[[Any], Any]
"""Asks the process that the work is done for, and waits for its answer."""
Reduce = Mapping[type, Callable[[Any], Any]]

_MOST = 2
"""Processes at work, where there are as many processors."""
_AHEAD = 3
"""Values given out for each process before the first result is taken."""
_LOOK_EVERY = 0.1
"""Seconds after which whoever waits is told so."""
_HEAD = 8
"""Bytes in front of a message: its length."""
_PACKAGE = Path(__file__).parents[1]


def quick(*kinds: type) -> Reduce:
    """How dataclasses are packed by their values in order: ten times as fast as by what they bring along."""
    return {kind: _reducer(kind) for kind in kinds}


def packed(value: object, reduce: Reduce) -> bytes:
    """A value for another process, or to be kept."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = reduce
    pickler.dump(value)
    return stream.getvalue()


def _thawed(mapping: Mapping[Any, Any]) -> Any:
    return _frozen, (dict(mapping),)


def _frozen(mapping: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


def _reducer(kind: type) -> Callable[[Any], Any]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, values(value))


class Crew(Generic[Value, Result]):
    """Does work in processes of its own; here, where none can be begun or there is only one processor."""

    def __init__(
        self,
        make: Callable[[Ask], Callable[[Value], Result]],
        answer: Ask | None = None,
        reduce: Reduce | None = None,
        alone: bool = False,
    ) -> None:
        """`make`, which must be picklable, makes what does the work; it is given a way to ask, which `answer` answers here.
        `reduce` says how values and answers are packed. `alone`, the work is done here: there is too little of it."""
        self._make, self._answer = make, answer or (lambda question: None)
        self._reduce = {MappingProxyType: _thawed, **(reduce or {})}
        # A program frozen into one file cannot run a module of itself.
        self._count = 0 if alone or getattr(sys, "frozen", False) else min(_MOST, os.cpu_count() or 1)
        self._tasks: SimpleQueue[tuple[int, bytes] | None] = SimpleQueue()
        self._inbox: SimpleQueue[tuple[Any, str, Any]] = SimpleQueue()
        self._members: list[_Member] = []

    def __enter__(self) -> Crew[Value, Result]:
        if self._count > 1:
            with suppress(OSError):
                begin = packed(self._make, self._reduce)
                for _ in range(self._count):
                    self._members.append(_Member(begin, self._tasks, self._inbox))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _member in self._members:
            self._tasks.put(None)
        for member in self._members:
            member.end()

    def each(self, values: Iterable[Value], tick: Callable[[], None] | None = None) -> Iterator[Result]:
        """The results of the work on each of `values`, in order. While there is nothing but waiting, `tick` is called ten times a
        second; it may raise. Raises Problem where the work does, or a process was ended from outside."""
        if not self._members:
            yield from map(self._make(self._answer), values)
            return
        coming, done = iter(values), dict[int, Result]()
        given = taken = 0
        while True:
            while given - taken < _AHEAD * len(self._members):
                try:
                    value = next(coming)
                except StopIteration:
                    break
                self._tasks.put((given, packed(value, self._reduce)))
                given += 1
            if given == taken:
                return
            while taken not in done:
                self._hear(done, tick)
            yield done.pop(taken)
            taken += 1

    def _hear(self, done: dict[int, Result], tick: Callable[[], None] | None) -> None:
        try:
            whose, kind, said = self._inbox.get(timeout=_LOOK_EVERY)
        except Empty:
            if tick:
                tick()
            return
        if kind == "done":
            done[whose] = said
        elif kind == "ask":
            whose.answers.put(packed(self._answer(said), self._reduce))
        elif kind == "problem":
            raise Problem(said[0], **said[1])
        elif kind == "failed":
            raise RuntimeError(said)
        else:
            raise Problem(
                N_("A process that worked for crm was ended from outside (code {code}), perhaps for want of memory. Try again."),
                code=said,
            )  # fmt: skip


class _Member:
    """One process, and the thread here that speaks with it."""

    def __init__(
        self, begin: bytes, tasks: SimpleQueue[tuple[int, bytes] | None], inbox: SimpleQueue[tuple[Any, str, Any]]
    ) -> None:
        known = os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tui_crm.crew"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": known},
        )  # fmt: skip
        self._tasks, self._inbox = tasks, inbox
        self.answers: SimpleQueue[bytes] = SimpleQueue()
        self._thread = Thread(target=self._speak, args=(begin,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End the process at once, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self.answers.put(b"")  # it may be waiting for one
        self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(OSError):  # something that it can read no more was still to be written
                stream.close()

    def _speak(self, begin: bytes) -> None:
        to, back = self._process.stdin, self._process.stdout
        assert to is not None and back is not None
        try:
            _send(to, begin)
            while (task := self._tasks.get()) is not None:
                number, value = task
                _send(to, value)
                while (said := pickle.loads(_received(back)))[0] == "ask":  # from a process that this one has begun
                    self._inbox.put((self, *said))
                    _send(to, self.answers.get())
                self._inbox.put((number, *said))
        except (OSError, EOFError, ValueError):
            self._inbox.put((self, "lost", self._process.wait()))


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_HEAD, "little"))
    stream.write(message)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes:
    head = stream.read(_HEAD)
    message = stream.read(int.from_bytes(head, "little"))
    if len(head) < _HEAD or not message:
        raise EOFError
    return message


# The other side ------------------------------------------------------------------------------------------------------


def _serve() -> None:
    """Work for whoever has begun this process, until it has nothing more to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches both; the other one decides
    source, sink = sys.stdin.buffer, sys.stdout.buffer

    def ask(question: object) -> Any:
        _send(sink, pickle.dumps(("ask", question), pickle.HIGHEST_PROTOCOL))
        return pickle.loads(_received(source))

    with suppress(EOFError, BrokenPipeError):
        work = pickle.loads(_received(source))(ask)
        gc.freeze()  # what is loaded stays, and values come and go by the thousand: looking for garbage took a tenth of the time
        gc.set_threshold(50_000, 20, 100)
        while True:
            value = pickle.loads(_received(source))
            _send(sink, pickle.dumps(_outcome(work, value), pickle.HIGHEST_PROTOCOL))


def _outcome(work: Callable[[Any], Any], value: object) -> tuple[str, object]:
    try:
        return "done", work(value)
    except Problem as problem:
        return "problem", (problem.message.template, problem.message.values)
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:  # told with its place, without its words, which may hold a customer's data
        from traceback import format_tb

        return "failed", f"{type(error).__name__}\n{''.join(format_tb(error.__traceback__))}"


if __name__ == "__main__":
    _serve()
