"""``extract … -o OUT`` for many inputs: workers, a journal that a killed run goes on from, and the format that is asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from extractor.batch.journal import Journal
from extractor.batch.many import cores
from extractor.batch.remote import copy_to, is_remote
from extractor.batch.run import Engine, deliver, local, run
from extractor.batch.work import Counted, Extractor, program_version
from extractor.cli.exit_codes import Tally
from extractor.cli.inputs import Sources
from extractor.cli.progress import Watch
from extractor.cli.review import Reviewer
from extractor.cli.voice import Voice
from extractor.errors import ExtractorError
from extractor.writing.entries import Entry
from extractor.writing.formats import check, write

#: Errors that are told one by one; the others are in the output, and counted.
_TOLD = 20


@dataclass(frozen=True)
class Many:
    """A run over many inputs into one output."""

    voice: Voice
    sources: Sources
    place: str
    form: str
    reviewer: Reviewer
    workers: int | None = None
    force: bool = False
    engine: str = "local"
    ray_address: str | None = None

    def run(self) -> Tally:
        """Read what is not done, then write all of it. Raises OutputError, BusyError, MissingPackageError, InternalError."""
        voice, tally = self.voice, Tally()
        place = staging_of(self.place) if is_remote(self.place) else self.place
        check(self.form, place)
        extractor = Extractor(program_version(), self.reviewer.below, voice.language, self.reviewer.wanted)
        watch = Watch(voice, self.sources.count())

        def done(counted: Counted, error: ExtractorError | None, known: bool) -> None:
            tally.count(counted, known=known)
            if error is not None and tally.failed <= _TOLD:
                voice.error(error)
            watch.add(bool(counted.code), known)

        with Journal(journal_of(place)) as journal:
            with watch, self._engine(extractor) as engine:
                run(self.sources, journal, extractor, engine, done, force=self.force)
            how = f"{self.form} {extractor.version.hex()}"
            deliver(journal, place, how, lambda: write(self.form, _entries(journal), place))
            if place != self.place:
                copy_to(place, self.place)
                if self.form != "sqlite":  # the next run brings it up to date
                    Path(place).unlink()
            for listed in journal.reviews():
                self.reviewer.take(json.loads(listed))
            journal.forget_the_rest()
        return tally

    def _engine(self, extractor: Extractor) -> AbstractContextManager[Engine]:
        if self.engine == "local":
            return local(extractor, self.workers or cores())
        from extractor.batch.ray_engine import RayEngine

        return RayEngine(extractor, self.workers, address=self.ray_address)


def journal_of(place: str) -> Path:
    """Where the journal of an output lies: beside it, hidden."""
    output = Path(os.path.realpath(place))
    return output.with_name(f".{output.name}.extract")


def staging_of(place: str) -> str:
    """Where an output that stands elsewhere is made first: in this folder, hidden, each under a name of its own."""
    return f".{place.rstrip('/').rpartition('/')[2]}.{sha256(place.encode()).hexdigest()[:8]}"


def _entries(journal: Journal) -> Iterator[Entry]:
    for number, line, extra in journal.lines():
        yield Entry(number, line, json.loads(extra) if extra else None)
