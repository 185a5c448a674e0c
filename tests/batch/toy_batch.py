"""A run of the batch engine whose extractor loads at once: ``python toy_batch.py FOLDER OUT`` as ``extract FOLDER -o OUT``.

What a file holds says what becomes of it: ``die``, ``signal``, ``segfault``, ``exit``, ``raise``, ``hang``, ``loop``, ``slow``;
anything else gives a line. Options: ``--workers N``, ``--force``, ``--grace S``, ``--place NAME``: kill this process at that place.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.api import error_record
from extractor.batch.inputs import Input, expanded
from extractor.batch.journal import Journal
from extractor.batch.run import Task, deliver, local, run
from extractor.batch.work import Counted, Extractor, Line
from extractor.errors import EmptyError
from extractor.reading import base_name, file_bytes
from extractor.writing.output import replacing

SETTINGS = ("seconds=1",)


def _hang() -> None:
    time.sleep(3600)


def _loop() -> None:
    while True:
        pass


def _raise() -> None:
    raise ValueError("a fault that nobody foresaw")


ORDERS: dict[bytes, Callable[[], object]] = {
    b"die": lambda: os._exit(3),
    b"signal": lambda: os.kill(os.getpid(), signal.SIGKILL),
    b"segfault": lambda: ctypes.string_at(0),
    b"exit": lambda: sys.exit(1),
    b"raise": _raise,
    b"hang": _hang,
    b"loop": _loop,
    b"slow": lambda: time.sleep(0.2),
}


class Toy(Extractor):
    """Obeys the orders above. A line tells nothing of when, or by whom, it was made."""

    def load(self) -> None:
        pass

    def __call__(self, source: Input) -> Line:
        data = file_bytes(source.path) if source.data is None else source.data
        if order := ORDERS.get(data.strip()):
            order()
        digest = sha256(data).hexdigest()
        line = json.dumps({"name": base_name(source.path), "sha256": digest, "padding": digest * 8}) + "\n"
        return Line(
            self.key_of(source, digest), line, Counted("", "report", True, 0, 1), json.dumps([digest])
        )


class Light(Extractor):
    """The real one, for files that give an error before a pipeline is needed."""

    def load(self) -> None:
        pass


class Hungry(Light):
    """The real one with 100 MiB left to it."""

    def load(self) -> None:
        import resource

        error_record(EmptyError(path="a"), "a")  # what an error needs is there already
        import extractor.writing.json_text  # noqa: F401

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + (100 << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


class Lame(Extractor):
    """Cannot load."""

    def load(self) -> None:
        raise ImportError("no model")


class Stillborn(Extractor):
    """Ends while it loads."""

    def load(self) -> None:
        os._exit(1)


class Here:
    """An engine without processes."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor

    def do(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Line | str]]:
        for task in tasks:
            yield task, self.extractor(task.source)


class Seen:
    """Counts what a run tells."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.known = 0

    def __call__(self, counted: Counted, _: Any, known: bool) -> None:
        self.codes.append(counted.code)
        self.known += known


def batch(
    inputs: Any,
    out: Path,
    extractor: Extractor | None = None,
    *,
    workers: int = 2,
    force: bool = False,
    grace: float = 60.0,
) -> Seen:
    """One run as the command makes it, with a journal beside ``out``; without workers it is done in this process."""
    extractor, seen = extractor or Toy(b"1"), Seen()
    with Journal(journal_of(out)) as journal:
        with local(extractor, workers, grace) as pool:
            run(inputs, journal, extractor, pool if workers else Here(extractor), seen, force=force)
        deliver(journal, str(out), "lines", lambda: _write(journal, out))
        journal.forget_the_rest()
    return seen


def _write(journal: Journal, out: Path) -> None:
    with replacing(str(out), f".{out.name}.extract-tmp") as stream:
        for line in journal.lines():
            stream.write(line.line.encode())


def journal_of(out: Path) -> Path:
    return out.with_name(f".{out.name}.extract")


def folder_of(folder: Path, **options: Any) -> Iterator[Input]:
    for path in expanded(str(folder)):
        yield Input(path, limits=SETTINGS, **options)


def _kill_at(place: str) -> None:
    """Have this process killed at a place: ``commit-N`` and ``written-N`` before the Nth commit and line of OUT,
    ``replace`` and ``replaced`` around the moment at which OUT is there, ``known`` before the journal knows that it is,
    ``forget`` after all is done.
    """
    name, _, number = place.partition("-")
    left = [int(number or 1)]

    def die(*_: Any) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(owner: Any, method: str, after: bool = False) -> None:
        real = getattr(owner, method)

        def wrapped(*arguments: Any) -> Any:
            if not after:
                die()
            result = real(*arguments)
            if after:
                die()
            return result

        setattr(owner, method, wrapped)

    match name:
        case "commit":
            before(Journal, "_commit")
        case "written":
            before(Journal, "_unpacked")
        case "replace" | "replaced":
            before(type(Path()), "replace", name == "replaced")
        case "known":
            before(Journal, "written")
        case "forget":
            before(Journal, "forget_the_rest")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--grace", type=float, default=60.0)
    parser.add_argument("--place", default="")
    chosen = parser.parse_args()
    _kill_at(chosen.place)
    print("ready", flush=True)  # whoever kills at random need not wait for the imports
    inputs = folder_of(chosen.folder)
    seen = batch(inputs, chosen.out, workers=chosen.workers, force=chosen.force, grace=chosen.grace)
    print(json.dumps({"inputs": len(seen.codes), "known": seen.known, "failed": sum(map(bool, seen.codes))}))


if __name__ == "__main__":
    main()
