"""What to read: the FILEs of the command line and the lines of a manifest, in their order."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from extractor.api import published_day
from extractor.cli.exit_codes import ExitCode
from extractor.cli.voice import Voice
from extractor.errors import ManifestError, PublishedError, UsageError
from extractor.reading import Limits, OnDamage, Text, file_bytes, open_bytes, read_file, read_stream

if TYPE_CHECKING:
    from extractor.lexicon import Lexicon

STDIN = "-"
#: Wrong lines, or annotations, that are named; whoever has more has another file in mind, or one mistake again and again.
NAMED_LINES = 10


@dataclass(frozen=True, slots=True)
class Input:
    """One report to read: ``path`` is ``-`` for standard input; ``published`` its day of publication."""

    path: str
    published: date | None = None


def read_manifest(path: str, published: date | None = None) -> tuple[list[Input], list[ManifestError]]:
    """The inputs of a manifest (JSON Lines), and what is wrong with its other lines.

    Each line is an object with ``path``, relative to the manifest, and perhaps ``published``, a day as
    2021-03-24 (else the one given here); further keys are ignored, and so are blank lines. Raises
    InputError where the manifest itself cannot be read.
    """
    inputs, errors = [], []
    for number, line in enumerate(file_bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            inputs.append(_input(line, Path(path).parent, published))
        except _LineError as error:
            errors.append(ManifestError(path=path, line=number, detail=error.term))
    return inputs, errors


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


class _LineError(Exception):
    """What is wrong with a line: a term of ``extractor.errors``."""

    def __init__(self, term: str) -> None:
        super().__init__(term)
        self.term = term


def _input(line: bytes, folder: Path, published: date | None) -> Input:
    try:
        entry = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _LineError("not-json") from None
    if not isinstance(entry, dict):
        raise _LineError("not-an-object")
    name, day = entry.get("path"), entry.get("published")
    if not isinstance(name, str) or not name or not _is_possible(name):
        raise _LineError("no-path")
    if day is not None and not isinstance(day, str):
        raise _LineError("bad-published")
    try:
        day_of_publication = published_day(day) or published
    except PublishedError:
        raise _LineError("bad-published") from None
    place = str(folder / name)
    # A file that is called - is not to be taken for standard input.
    return Input(f"./{place}" if place == STDIN else place, day_of_publication)


def _is_possible(name: str) -> bool:
    """Whether a file can have this name: no NUL, no half of a character."""
    try:
        return b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False


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
        raise UsageError(detail=voice.words("{path} is one of the files to read", path=output))


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):  # one of them does not exist
        return False
