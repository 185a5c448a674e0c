"""A list of reports in JSON Lines: each with its path, the options that hold for it alone, and what the catalogue takes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from extractor.api import published_day
from extractor.batch.inputs import Input, beside
from extractor.errors import LimitError, ManifestError, PublishedError, UnknownEncodingError
from extractor.reading import Limits, codec_of, open_bytes

#: Keys that are options; all others are for the catalogue, or for nobody.
_OPTIONS = frozenset({"path", "published", "encoding", "on_damage", "lexicon", "max"})
#: Bytes of a line: whoever has a longer one has another file in mind.
_LONGEST = 1024 * 1024


def manifest_lines(path: str, defaults: Input) -> Iterator[Input | ManifestError]:
    """The inputs of a manifest, one a line, and what is wrong with its other lines; it is read as it comes, never kept.

    Each line is an object with ``path``, relative to the manifest; ``published`` (a day as 2021-03-24), ``encoding``,
    ``on_damage``, ``lexicon`` (relative to the manifest) and ``max`` (an object, as {"pages": 5000}) hold for this report instead
    of ``defaults``. Blank lines are ignored. Raises InputError where the manifest itself cannot be read.
    """
    with open_bytes(path) as stream:
        number = 0
        while line := stream.readline(_LONGEST):
            number += 1
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            while len(line) >= _LONGEST and not line.endswith(b"\n"):
                line = b"[" + stream.readline(_LONGEST)  # no JSON, and the end of it is no line of its own
            if not line.strip():
                continue
            try:
                yield _input(line, path, defaults)
            except _LineError as error:
                yield ManifestError(path=path, line=number, detail=error.term)


class _LineError(Exception):
    """What is wrong with a line: a term of ``extractor.errors``."""

    def __init__(self, term: str) -> None:
        super().__init__(term)
        self.term = term


def _input(line: bytes, path: str, defaults: Input) -> Input:
    try:
        entry = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _LineError("not-json") from None
    if not isinstance(entry, dict):
        raise _LineError("not-an-object")
    name = entry.get("path")
    if not isinstance(name, str) or not name or not _is_possible(name):
        raise _LineError("no-path")
    encoding, damage = entry.get("encoding"), entry.get("on_damage")
    if damage not in (None, "stop", "keep") or not (encoding is None or _is_encoding(encoding)):
        raise _LineError("bad-option")
    lexicon = entry.get("lexicon")
    if lexicon is not None and (not isinstance(lexicon, str) or not _is_possible(lexicon)):
        raise _LineError("bad-option")
    return Input(
        beside(path, name),
        _day(entry.get("published")) or defaults.published,
        encoding or defaults.encoding,
        damage or defaults.on_damage,
        beside(path, lexicon) if lexicon else defaults.lexicon,
        (*defaults.limits, *_limits(entry.get("max"))),
        _extra(entry),
    )


def _extra(entry: dict[str, object]) -> dict[str, object]:
    """What is no option. Halves of characters (``\\ud800``) go into no file."""
    extra = {key: value for key, value in entry.items() if key not in _OPTIONS}
    try:
        json.dumps(extra, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise _LineError("not-json") from None
    return extra


def _is_encoding(name: object) -> bool:
    """Whether bytes can be decoded by this name. An empty one is none, and means that the bytes shall tell."""
    try:
        return isinstance(name, str) and bool(codec_of(name or "utf-8"))
    except UnknownEncodingError:
        return False


def _day(value: Any) -> Any:
    if value is not None and not isinstance(value, str):
        raise _LineError("bad-published")
    try:
        return published_day(value)
    except PublishedError:
        raise _LineError("bad-published") from None


def _limits(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise _LineError("bad-option")
    settings = tuple(f"{name}={number}" for name, number in value.items())
    try:
        Limits().changed(*settings)
    except LimitError:
        raise _LineError("bad-option") from None
    return settings


def _is_possible(name: str) -> bool:
    """Whether a file can have this name: no NUL, no half of a character."""
    try:
        return b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False
