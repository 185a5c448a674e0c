"""One report: what a worker does, on this machine, in a Ray actor or anywhere else. From an ``Input`` to a finished line."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, NamedTuple

from extractor.batch.inputs import Input, limits_of
from extractor.batch.remote import is_remote, read_remote
from extractor.errors import ExtractorError, Language
from extractor.reading import Limits, Text, file_bytes

if TYPE_CHECKING:
    from extractor.record import Made
    from schemas import ErrorRecord, Record

#: Errors that another try may not have: nothing is taken for done because of them.
PASSING = frozenset(
    {"not-found", "no-permission", "unreadable", "missing-extra", "missing-program", "too-slow", "worker-died",
     "worker-hung", "internal"}
)  # fmt: skip


class Counted(NamedTuple):
    """What a summary counts of one input: code of the error (or empty), kind, whether it has a date, warnings, values to review."""

    code: str
    kind: str
    dated: bool
    warnings: int
    to_review: int


class Line(NamedTuple):
    """A finished input: its key, the record as one line of JSON, what is counted, what is to be reviewed (JSON, or empty).

    ``error``: what went wrong, to be told in the language of whoever waits.
    """

    key: bytes
    line: str
    counted: Counted
    review: str = ""
    error: ExtractorError | None = None


@dataclass(frozen=True)
class Extractor:
    """Makes lines of inputs; the pipeline loads with the first one. Travels between processes as its options alone.

    ``version``: what ``program_version`` gives; ``below``: the confidence below which a value is to be reviewed;
    ``language``: that of the reasons for it; ``listed``: whether the values are listed, and not only counted.
    """

    version: bytes
    below: float = 0.8
    language: Language = "zh"
    listed: bool = False

    def __call__(self, source: Input) -> Line:
        """The line of an input. Whatever goes wrong is in the line; only a fault of the machine gets out."""
        from extractor.api import try_extract

        made: list[tuple[Made, Text]] = []
        errors: list[ExtractorError] = []
        limits = limits_of(source.limits)
        record = try_extract(
            source.path,
            published=source.published,
            encoding=source.encoding,
            on_damage=source.on_damage,
            lexicon=source.lexicon,
            limits=limits,
            load=partial(_bytes_of, source, limits),
            on_made=lambda *one: made.append(one),
            on_error=errors.append,
        )
        found, text = made[0] if made else (None, None)
        return self.finished(record, source, found, text, errors[0] if errors else None)

    def load(self) -> None:
        """Load the pipeline now, before the first input is waited for."""
        from extractor.api import extract_text

        extract_text("会议")

    def finished(
        self,
        record: Record | ErrorRecord,
        source: Input,
        made: Made | None = None,
        text: Text | None = None,
        error: ExtractorError | None = None,
    ) -> Line:
        """A record as a line."""
        from extractor.writing import json_text

        key = self.key_of(source, record.source.sha256)
        if record.status == "error":
            return Line(key, json_text.line(record), Counted(record.error.code, "", False, 0, 0), "", error)
        doubtful = sum(judged.confidence < self.below for judged in made.judged) if made else 0
        counted = Counted("", record.kind, record.date is not None, len(record.warnings), doubtful)
        review = ""
        if self.listed and made and text:
            from extractor.writing.review import items

            review = json.dumps(list(items(made, text, self.below, self.language)), ensure_ascii=False)
        return Line(key, json_text.line(record), counted, review)

    def key_of(self, source: Input, digest: str | None) -> bytes:
        """What a line is made from, and nothing else: the bytes and the name of the input, the options, the program."""
        parts = (
            os.path.basename(source.path),  # noqa: PTH119  (a Path takes longer than all the rest)
            digest or f"unread {source.path}",
            source.published,
            source.encoding,
            source.on_damage,
            source.limits,
            lexicon_digest(source.lexicon) if source.lexicon else "",
            self.below,
            self.listed and self.language,
        )
        return sha256(self.version + "\0".join(map(str, parts)).encode("utf-8", "surrogateescape")).digest()


def _bytes_of(source: Input, limits: Limits) -> bytes:
    """The bytes of an input, wherever they are. Raises InputError."""
    if source.data is not None:
        return source.data
    return read_remote(source.path, limits) if is_remote(source.path) else file_bytes(source.path, limits)


def input_digest(source: Input) -> str | None:
    """SHA-256 of the bytes of an input; None if it cannot be read, or is too large."""
    limits = limits_of(source.limits)
    if source.data is not None or is_remote(source.path):
        try:
            return sha256(_bytes_of(source, limits)).hexdigest()
        except ExtractorError:
            return None
    try:  # a finished archive is nothing but this: ``file_bytes`` takes three times as long
        with open(source.path, "rb", buffering=0) as stream:  # noqa: PTH123  (a Path takes as long as the reading)
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode) or about.st_size > limits.bytes:
                return None
            data = stream.read()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None
    return sha256(data).hexdigest() if len(data) <= limits.bytes else None


@lru_cache(maxsize=64)
def lexicon_digest(path: str) -> str:
    """SHA-256 of a lexicon, read once a run; empty if it cannot be read: then no record is made with it."""
    try:
        return sha256(file_bytes(path)).hexdigest()
    except ExtractorError:
        return ""


@lru_cache(maxsize=1)
def program_version() -> bytes:
    """A digest of all that a record depends on beside its report: code, rules and models of this package, its schema, Python."""
    digest = sha256(f"{sys.version_info[:2]}".encode())
    for package in ("extractor", "schemas"):
        for name, data in sorted(_parts(files(package), package)):
            digest.update(name.encode() + b"\0" + sha256(data).digest())
    return digest.digest()


def _parts(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    out: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                out += _parts(entry, f"{name}/{entry.name}")
        elif not entry.name.endswith((".pyc", ".pyo")):
            out.append((f"{name}/{entry.name}", entry.read_bytes()))
    return out
