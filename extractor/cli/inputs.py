"""What to read: the FILEs of the command line and the lines of a manifest, in their order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from extractor.batch.inputs import STDIN, Input, expanded, means_several
from extractor.batch.manifest import manifest_lines
from extractor.batch.remote import is_remote
from extractor.cli.exit_codes import ExitCode
from extractor.cli.voice import Voice
from extractor.errors import ManifestError, UsageError
from extractor.reading import Limits, OnDamage, Text, file_bytes, open_bytes, read_file, read_stream

if TYPE_CHECKING:
    from extractor.lexicon import Lexicon

#: Wrong lines, or annotations, that are named; whoever has more has another file in mind, or one mistake again and again.
NAMED_LINES = 10


class Sources:
    """The inputs of a call, in their order: the FILEs with what they mean, then the lines of the manifest. Walked as often as wanted.

    ``defaults``: the options that hold where a line of the manifest says nothing else. Files at one of ``outputs`` are left out of folders.
    """

    def __init__(
        self, files: list[str], manifest: str | None, defaults: Input, outputs: Iterable[str | None] = ()
    ) -> None:
        self.files, self.manifest, self.defaults = files, manifest, defaults
        self.outputs = [place for place in outputs if place is not None]
        self._lines = 0  # of the manifest that name inputs: ``check`` counts them
        # A database that is being written, or was when a run was killed, has files of these names beside it.
        ends = ("", "-journal", "-wal", "-shm")
        self._outputs = {
            os.path.realpath(place) + end for place in self.outputs if not is_remote(place) for end in ends
        }
        self._names = {path.rpartition(os.sep)[2] for path in self._outputs}

    @property
    def several(self) -> bool:
        """Whether lines are written, and no document: told from the shape of the call alone."""
        return self.manifest is not None or len(self.files) > 1 or any(map(means_several, self.files))

    def __iter__(self) -> Iterator[Input]:
        """One input after the other. Raises InputError for a list, a pattern or a manifest that cannot be read."""
        yield from self._of_files()
        if self.manifest is not None:
            for line in manifest_lines(self.manifest, self.defaults):
                if isinstance(line, Input):
                    yield line

    def count(self) -> int:
        """How many there are, after ``check``."""
        return self._lines + sum(1 for _ in self._of_files())

    def check(self, voice: Voice) -> None:
        """Look at all of the call before anything is read, the manifest once from end to end.

        Wrong lines are told, and end the call (Exit). Raises UsageError where an output is one of the files to read.
        """
        named = [name for name in self.files if not means_several(name)]
        lists = [name[1:] for name in self.files if name.startswith("@")]
        for place in self.outputs:
            check_output(place, [*named, *lists, self.manifest, self.defaults.lexicon], voice)
        if self.manifest is None:
            return
        wrong, taken = 0, None
        there = [
            place for place in self.outputs if os.path.lexists(place)
        ]  # no other can be one of the files
        for line in manifest_lines(self.manifest, self.defaults):
            if isinstance(line, ManifestError):
                wrong += 1
                if wrong <= NAMED_LINES:
                    voice.error(line)
            else:
                self._lines += 1
                taken = taken or next((place for place in there if _is_same(place, line.path)), None)
        if wrong:
            raise typer.Exit(ExitCode.USAGE)
        if taken is not None:
            raise UsageError(detail=_is_to_read(taken, voice))

    def _of_files(self) -> Iterator[Input]:
        for name in self.files:
            for path in expanded(name, self._is_output):
                yield replace(self.defaults, path=path)

    def _is_output(self, path: str) -> bool:
        if path.rpartition(os.sep)[2] not in self._names and not os.path.islink(path):  # noqa: PTH114  (a Path costs ten times as much)
            return False
        return os.path.realpath(path) in self._outputs


def read_knowledge(path: str | None, voice: Voice) -> Lexicon | None:
    """The archive's lexicon, if one is given. Its mistakes are told, and end the call before a report is read.

    Raises InputError where it cannot be read, Exit where it has mistakes.
    """
    if path is None:
        return None
    from extractor.lexicon import parse_lexicon

    lexicon, errors = parse_lexicon(file_bytes(path), path)
    for error in errors[:NAMED_LINES]:
        voice.error(error)
    if errors:
        raise typer.Exit(ExitCode.USAGE)
    return lexicon


def read_input(path: str, encoding: str | None, damage: OnDamage, settings: list[str] | None) -> Text:
    """The text of a file or of standard input. Raises InputError, LimitError."""
    limits = Limits().changed(*settings or ())
    if path == STDIN:
        return read_stream(sys.stdin.buffer, encoding=encoding, on_damage=damage, limits=limits)
    return read_file(path, encoding=encoding, on_damage=damage, limits=limits)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file or of standard input, to be read as they come. Raises InputError."""
    if path == STDIN:
        yield sys.stdin.buffer
    else:
        with open_bytes(path) as stream:
            yield stream


def check_output(output: str | None, paths: Iterable[str | None], voice: Voice) -> None:
    """That the output is none of the files that are read: writing it would lose a report. Raises UsageError."""
    if output is not None and any(path and _is_same(output, path) for path in paths):
        raise UsageError(detail=_is_to_read(output, voice))


def _is_to_read(output: str, voice: Voice) -> str:
    return voice.words("{path} is one of the files to read", path=output)


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):  # one of them does not exist
        return False
