"""A run over many inputs: what is done already is taken, the rest is made by workers, and all of it is kept in the journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, Protocol

from extractor.api import error_record
from extractor.batch.inputs import Input, brought, limits_of
from extractor.batch.journal import Journal, Made
from extractor.batch.pool import Pool
from extractor.batch.work import PASSING, Counted, Extractor, Line, input_digest
from extractor.errors import ExtractorError, WorkerDiedError, WorkerHungError
from extractor.writing.output import state_of

#: Told of each input as soon as it is done: what is counted of it, the error that it gave, and whether it was done already.
OnDone = Callable[[Counted, ExtractorError | None, bool], object]

#: Seconds beyond those for reading that a report may take before its worker is stopped: 20 million characters take some minutes.
GRACE = 900.0


class Task(NamedTuple):
    """An input with its number in the run, from 0."""

    number: int
    source: Input


class Engine(Protocol):
    """Whoever does tasks: the processes of this machine, or of a cluster."""

    def do(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Line | str]]:
        """Each task with its line, or with why there is none (died, hung); in any order, a few tasks at a time."""


def run(
    inputs: Iterable[Input],
    journal: Journal,
    extractor: Extractor,
    engine: Engine,
    on_done: OnDone,
    *,
    force: bool = False,
) -> None:
    """Have a line in the journal for every input. ``force``: also where one is done. Raises OutputError where it cannot be kept."""
    for task, line in made(_undone(inputs, journal, extractor, on_done, force), extractor, engine):
        # What another try may not give is no other input's, and never looked for: its key is not one that can be made from a file.
        key = line.key if line.counted.code not in PASSING else b"%d " % task.number + line.key
        kept = Made(key, line.line, json.dumps(line.counted), line.review)
        journal.keep(task.number, kept, _extra(task.source))
        on_done(line.counted, line.error, False)


def deliver(journal: Journal, place: str, how: str, write: Callable[[], object]) -> None:
    """Have the lines of a run in its output: by ``write``, unless they stand there as an earlier run has left them.

    ``how``: what else the output depends on, as its format.
    """
    if not journal.is_written(_stamp(place, how)):
        write()
        journal.written(_stamp(place, how))


def _stamp(place: str, how: str) -> str:
    return " ".join([how, *map(str, state_of(place))])


def local(extractor: Extractor, workers: int, grace: float = GRACE) -> Pool[Task, Line]:
    """The processes of this machine, ``workers`` of them. To be used as a context.

    ``grace``: seconds that a report may take beyond those which its limits give for reading.
    """
    return Pool(
        partial(_worker, extractor), workers, lambda task: limits_of(task.source.limits).seconds + grace
    )


def _worker(extractor: Extractor) -> Callable[[Task], Line]:
    extractor.load()
    return lambda task: extractor(task.source)


def made(tasks: Iterable[Task], extractor: Extractor, engine: Engine) -> Iterator[tuple[Task, Line]]:
    """Each task with its line, in the order in which they are done; the line of an error where its worker did not survive."""
    for task, line in engine.do(tasks):
        yield task, _failed(task.source, line, extractor) if isinstance(line, str) else line


def in_order(done: Iterable[tuple[Task, Line]]) -> Iterator[Line]:
    """The lines in the order of their tasks. What comes early waits: while one report takes its time, the others go on."""
    early: dict[int, Line] = {}
    number = 0
    for task, line in done:
        early[task.number] = line
        while number in early:
            yield early.pop(number)
            number += 1


def _undone(
    inputs: Iterable[Input], journal: Journal, extractor: Extractor, on_done: OnDone, force: bool
) -> Iterator[Task]:
    """The tasks that are left; those done already are taken as they come by."""
    count = 0
    for number, named in enumerate(inputs):
        count += 1
        source = brought(named)
        if journal.known and not force and (digest := input_digest(source)):
            key = extractor.key_of(source, digest)
            if (counted := journal.counted(key)) is not None:
                journal.take(number, key, _extra(source))
                on_done(Counted(*json.loads(counted)), None, True)
                continue
        yield Task(number, source)
    journal.end(count)


def _failed(source: Input, why: str, extractor: Extractor) -> Line:
    """The line of an input that its worker did not survive."""
    error: ExtractorError = WorkerDiedError(path=source.path)
    if why == "hung":
        error = WorkerHungError(path=source.path, seconds=limits_of(source.limits).seconds + int(GRACE))
    return extractor.finished(error_record(error, source.path), source, error=error)


def _extra(source: Input) -> str | None:
    """What the catalogue takes from the manifest, and the day of publication, which the record does not hold."""
    extra = dict(source.extra)
    if source.published is not None:
        extra.setdefault("published", source.published.isoformat())
    return json.dumps(extra, sort_keys=True) if extra else None
