"""``extract_many``: the records of many files, for programs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from os import PathLike, fspath
from typing import TYPE_CHECKING

from extractor.api import published_day
from extractor.batch.inputs import Input, brought
from extractor.reading import Limits, OnDamage

if TYPE_CHECKING:
    from schemas import ErrorRecord, Record


def extract_many(
    paths: Iterable[str | PathLike[str]],
    *,
    published: date | str | None = None,
    encoding: str | None = None,
    on_damage: OnDamage = "stop",
    lexicon: str | PathLike[str] | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
) -> Iterator[Record | ErrorRecord]:
    """The records of many files, in their order, as they are made: by ``workers`` processes, one for each core if not given.

    Takes the paths as it goes, and keeps no record that was given. What cannot be read gives an ErrorRecord, never an exception;
    so does a file whose worker dies or takes too long. Options as for ``extract``. Call it under ``if __name__ == "__main__":`` where
    processes are spawned. Raises PublishedError, InternalError (the workers cannot even load).
    """
    from extractor.batch.run import (  # processes and databases, which a single report needs not
        Task,
        in_order,
        local,
        made,
    )
    from extractor.batch.work import Extractor
    from schemas import read_record

    limits = limits or Limits()
    day, settings = (
        published_day(published),
        tuple(f"{name}={value}" for name, value in asdict(limits).items()),
    )
    known = None if lexicon is None else fspath(lexicon)
    inputs = (brought(Input(fspath(path), day, encoding, on_damage, known, settings)) for path in paths)
    extractor = Extractor(b"")
    with local(extractor, workers or cores()) as pool:
        for line in in_order(made((Task(*pair) for pair in enumerate(inputs)), extractor, pool)):
            yield read_record(line.line)


def cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
