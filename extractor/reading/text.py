"""What reading hands on: the characters of a report, and where they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Literal

from extractor.errors import BinaryError, EmptyError, TooLargeError

#: Largest input, in bytes and in code points. A report has 10³ characters, a year of a gazette 10⁶.
MAX_BYTES = 64 * 1024 * 1024
MAX_CHARACTERS = 20_000_000

#: What to do with bytes that do not fit the encoding: stop with an error, or keep the rest of the text.
OnDamage = Literal["stop", "keep"]
Reason = Literal["undecodable", "replacement", "surrogate"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_LOST = re.compile("\ufffd++")


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the text (code points) whose characters are lost: U+FFFD stands there instead.

    ``reason``: undecodable (bytes that do not fit the encoding), replacement (U+FFFD was in the input),
    surrogate (half a character, in a string of the caller).
    """

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Text:
    """A report as read: decoded, line ends as ``\\n``, no byte order mark, no lone surrogate.

    ``name`` is the base name of the file, safe to encode; ``sha256`` is that of the bytes as read;
    ``created`` is the day that the metadata of the file's format gives (plain text has none).
    """

    characters: str
    name: str
    media_type: str
    encoding: str
    sha256: str
    damages: tuple[Damage, ...] = ()
    created: date | None = None


def settle(characters: str, path: str, lost: Reason = "replacement") -> tuple[str, tuple[Damage, ...]]:
    """The characters as all formats hand them on, and where they are damaged (``lost``: why).

    Raises EmptyError, TooLargeError, BinaryError (a NUL is in no text), naming the ``path``.

    >>> settle("\\ufeff会议\\r\\n主\\ufffd", "a.txt")
    ('会议\\n主\\ufffd', (Damage(start=4, end=5, reason='replacement'),))
    """
    characters = characters.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _SURROGATE.search(characters):
        characters, lost = _SURROGATE.sub("\ufffd", characters), "surrogate"
    if not characters or characters.isspace():
        raise EmptyError(path=path)
    if len(characters) > MAX_CHARACTERS:
        raise TooLargeError(path=path, limit=MAX_CHARACTERS, unit="characters")
    if "\0" in characters:
        raise BinaryError(path=path, looks="nul")
    return characters, tuple(Damage(*m.span(), lost) for m in _LOST.finditer(characters))


def base_name(path: str) -> str:
    """The name that a record gives its source: no folder, and characters that every encoding has.

    A name that is not in the encoding of the file system comes with surrogates (PEP 383): U+FFFD instead.

    >>> base_name("reports/2021/a.txt"), base_name("\\udcff.txt"), base_name("/")
    ('a.txt', '\\ufffd.txt', 'unnamed')
    """
    name = _SURROGATE.sub("\ufffd", PurePath(path).name)
    return name if name.strip() else "unnamed"
