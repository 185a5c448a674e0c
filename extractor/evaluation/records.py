"""Records as they stand in a file: JSON Lines, of this schema version or another one.

Nothing is refused for a field that is unknown or missing here; what a field does hold has its type.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from extractor.errors import InputError, RecordsError, TooLargeError
from extractor.evaluation.faults import first_fault
from extractor.reading import Limits

T = TypeVar("T")
#: Longest line, in bytes: a record is no longer than a report may be.
MAX_BYTES = Limits().bytes
#: A list; null is an empty one.
Many = Annotated[tuple[T, ...], BeforeValidator(lambda value: () if value is None else value)]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Span(_Lenient):
    """``start`` inclusive, ``end`` exclusive, in code points."""

    start: int
    end: int


class Value(_Lenient):
    """A piece of the report."""

    text: str
    evidence: Many[Span] = ()


class Date(Value):
    """When the meeting took place."""

    edtf: str | None = None


class Party(_Lenient):
    """A person or unit that takes part, or (name only) is mentioned."""

    name: str
    kind: str = "person"
    title: str | None = None
    representatives: str | None = None
    roles: Many[str] = ()
    evidence: Many[Span] = ()


class Task(Value):
    """A directive."""

    by: str | None = None


class Document(_Lenient):
    """A document that the meeting handled."""

    title: str
    action: str = ""
    evidence: Many[Span] = ()


class Meeting(_Lenient):
    """The meeting itself."""

    name: Value | None = None
    organizer: Value | None = None
    location: Value | None = None


class Source(_Lenient):
    """What was read."""

    name: str
    sha256: str | None = None


class Record(_Lenient):
    """What ``extract evaluate`` and ``extract diff`` need of a record."""

    source: Source
    status: str = "ok"
    kind: str | None = None
    meeting: Meeting | None = None
    date: Date | None = None
    leaders: Many[Party] = ()
    speakers: Many[Party] = ()
    attending_units: Many[Party] = ()
    tasks: Many[Task] = ()
    documents: Many[Document] = ()
    mentioned: Many[Party | str] = ()


class Line(NamedTuple):
    """A record of a file: ``raw`` is its JSON, ``data`` the same parsed, ``record`` what we know of it."""

    raw: bytes
    data: dict[str, Any]
    record: Record


def read_lines(stream: BinaryIO, path: str) -> Iterator[Line]:
    """The records of a stream of JSON Lines, one by one, or the one of an indented document.

    Blank lines are left out. Raises RecordsError (naming the line), TooLargeError, InputError.
    """
    for number, raw in enumerate(_lines(stream, path), start=1):
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
            if raw.strip() == b"{":  # as extract writes one report
                yield parsed(raw + _rest(stream, path), path, 1)
                return
        if raw.strip():
            yield parsed(raw, path, number)


def parsed(raw: bytes, path: str, number: int = 1) -> Line:
    """One record. Raises RecordsError."""
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RecordsError(path=path, line=number, place="", detail="not-json") from None
    if not isinstance(data, dict):
        raise RecordsError(path=path, line=number, place="", detail="not-an-object")
    try:
        return Line(raw, data, Record.model_validate(data))
    except ValidationError as error:
        fault = first_fault(error)
        if fault.place.startswith("source"):
            raise RecordsError(path=path, line=number, place="", detail="no-source") from None
        raise RecordsError(path=path, line=number, place=f" ({fault.place})", detail=fault.term) from None


def _lines(stream: BinaryIO, path: str) -> Iterator[bytes]:
    """Lines of bounded length: a device without line ends does no harm."""
    while line := _read(stream, path, stop_at_line_end=True):
        yield line


def _rest(stream: BinaryIO, path: str) -> bytes:
    return _read(stream, path, stop_at_line_end=False)


def _read(stream: BinaryIO, path: str, *, stop_at_line_end: bool) -> bytes:
    try:
        data = (stream.readline if stop_at_line_end else stream.read)(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(path=path, detail=error.strerror or type(error).__name__) from error
    if len(data) > MAX_BYTES:
        raise TooLargeError(path=path, limit=MAX_BYTES, unit="bytes")
    return data
