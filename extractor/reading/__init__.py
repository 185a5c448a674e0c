"""From bytes to ``Text``: one file per format, each with ``accepts(data)`` and ``read(data, path, …)``.

The format is told from the content, not from the suffix of the name. All raise InputError (or
UnknownEncodingError, where the caller names an encoding that does not exist).
"""

from __future__ import annotations

from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, Protocol

from extractor.errors import FolderError, InputError, NoPermissionError, NotFoundError, TooLargeError
from extractor.reading import plain
from extractor.reading.text import (
    MAX_BYTES,
    MAX_CHARACTERS,
    Damage,
    OnDamage,
    Text,
    base_name,
    settle,
)

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "STDIN",
    "Damage",
    "OnDamage",
    "Text",
    "base_name",
    "file_bytes",
    "open_bytes",
    "read_bytes",
    "read_file",
    "read_stream",
    "read_text",
    "stream_bytes",
]

#: The name of standard input in a record.
STDIN = "<stdin>"


class Format(Protocol):
    """What a module of this package has."""

    def accepts(self, data: bytes) -> bool:
        """Whether such content is in this format."""

    def read(self, data: bytes, path: str, encoding: str | None, on_damage: OnDamage) -> Text:
        """The text of it."""


#: Formats in the order in which they are asked; plain text accepts what is left.
_FORMATS: tuple[Format, ...] = (plain,)


def read_file(
    path: str | PathLike[str], *, encoding: str | None = None, on_damage: OnDamage = "stop"
) -> Text:
    """The text of a file. ``encoding`` forces one; ``on_damage="keep"`` goes on past undecodable bytes."""
    return read_bytes(file_bytes(path), fspath(path), encoding=encoding, on_damage=on_damage)


def read_stream(
    stream: BinaryIO, name: str = STDIN, *, encoding: str | None = None, on_damage: OnDamage = "stop"
) -> Text:
    """The text of an open binary stream, read to its end."""
    return read_bytes(stream_bytes(stream, name), name, encoding=encoding, on_damage=on_damage)


def read_bytes(data: bytes, path: str, *, encoding: str | None = None, on_damage: OnDamage = "stop") -> Text:
    """The text of these bytes, which came from ``path``.

    Raises EmptyError, BinaryError, UndecodableError (naming the byte's offset), TooLargeError,
    UnknownEncodingError.

    >>> read_bytes("会议开始\\r\\n".encode("gbk"), "reports/a.txt").encoding
    'gb18030'
    """
    if len(data) > MAX_BYTES:
        raise TooLargeError(path=path, limit=MAX_BYTES, unit="bytes")
    form = next(form for form in _FORMATS if form.accepts(data))
    return form.read(data, path, encoding, on_damage)


def read_text(characters: str, name: str = "text") -> Text:
    """A text that the caller has already: same checks, and the digest of its UTF-8 bytes."""
    data = characters.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        raise TooLargeError(path=name, limit=MAX_BYTES, unit="bytes")
    settled, damages = settle(characters, name)
    return Text(settled, base_name(name), "text/plain", "utf-8", sha256(data).hexdigest(), damages)


def file_bytes(path: str | PathLike[str]) -> bytes:
    """The bytes of a file.

    Raises NotFoundError, FolderError, NoPermissionError, TooLargeError (one byte past the limit is read,
    so that a device without end does no harm), InputError for other troubles of the system.
    """
    with open_bytes(path) as stream:
        return stream_bytes(stream, fspath(path))


def open_bytes(path: str | PathLike[str]) -> BinaryIO:
    """The file, open to be read. Raises NotFoundError, FolderError, NoPermissionError, InputError."""
    name = fspath(path)
    try:
        if Path(path).is_dir():
            raise FolderError(path=name)
        return Path(path).open("rb")
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the path
        raise NotFoundError(path=name) from None
    except PermissionError:
        raise NoPermissionError(path=name) from None
    except OSError as error:
        raise InputError(path=name, detail=error.strerror or type(error).__name__) from error


def stream_bytes(stream: BinaryIO, name: str = STDIN) -> bytes:
    """All bytes of a stream. Raises TooLargeError, InputError."""
    try:
        data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(path=name, detail=error.strerror or type(error).__name__) from error
    if len(data) > MAX_BYTES:
        raise TooLargeError(path=name, limit=MAX_BYTES, unit="bytes")
    return data
