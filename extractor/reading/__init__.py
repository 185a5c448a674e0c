"""From bytes to ``Text``: one file per format, each with ``accepts(raw)`` and ``read(raw)``.

The format is told from the content, not from the suffix of the name. All raise InputError (or
UnknownEncodingError, where the caller names an encoding that does not exist). What a format needs beyond the
standard library is imported when such a file is read.
"""

from __future__ import annotations

import os
from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, Protocol

from extractor.errors import FolderError, InputError, NoPermissionError, NotFoundError, TooLargeError
from extractor.reading import doc, docx, eml, html, image, markdown, mhtml, odt, ofd, pdf, plain, rtf
from extractor.reading.encodings import codec_of
from extractor.reading.limits import Limits
from extractor.reading.text import Damage, OnDamage, Raw, Text, base_name, settle

__all__ = [
    "STDIN",
    "Damage",
    "Limits",
    "OnDamage",
    "Text",
    "base_name",
    "codec_of",
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

    def accepts(self, raw: Raw) -> bool:
        """Whether such content is in this format: told without unpacking it, or importing anything heavy."""

    def read(self, raw: Raw) -> Text:
        """The text of it."""


#: Formats in the order in which they are asked; plain text accepts what is left.
_FORMATS: tuple[Format, ...] = (docx, odt, ofd, pdf, doc, rtf, image, mhtml, eml, html, markdown, plain)


def read_file(
    path: str | PathLike[str],
    *,
    encoding: str | None = None,
    on_damage: OnDamage = "stop",
    limits: Limits | None = None,
) -> Text:
    """The text of a file. ``encoding`` forces one; ``on_damage="keep"`` goes on past undecodable bytes."""
    data = file_bytes(path, limits)
    return read_bytes(data, fspath(path), encoding=encoding, on_damage=on_damage, limits=limits)


def read_stream(
    stream: BinaryIO,
    name: str = STDIN,
    *,
    encoding: str | None = None,
    on_damage: OnDamage = "stop",
    limits: Limits | None = None,
) -> Text:
    """The text of an open binary stream, read to its end."""
    data = stream_bytes(stream, name, limits)
    return read_bytes(data, name, encoding=encoding, on_damage=on_damage, limits=limits)


def read_bytes(
    data: bytes,
    path: str,
    *,
    encoding: str | None = None,
    on_damage: OnDamage = "stop",
    limits: Limits | None = None,
) -> Text:
    """The text of these bytes, which came from ``path``.

    Raises EmptyError, BinaryError, UndecodableError (naming the byte's offset), TooLargeError, UnknownEncodingError;
    for packed formats also BrokenError, EncryptedError, UnsafeError, TooSlowError, MissingExtraError,
    MissingProgramError.

    >>> read_bytes("会议开始\\r\\n".encode("gbk"), "reports/a.txt").encoding
    'gb18030'
    """
    return read_raw(Raw(data, path, encoding, on_damage, limits))


def read_raw(raw: Raw) -> Text:
    """The text of an input, by the first format that accepts it."""
    raw.check("bytes", len(raw.data))
    return next(form for form in _FORMATS if form.accepts(raw)).read(raw)


def read_text(characters: str, name: str = "text", limits: Limits | None = None) -> Text:
    """A text that the caller has already: same checks, and the digest of its UTF-8 bytes."""
    limits = limits or Limits()
    data = characters.encode("utf-8", "surrogatepass")
    if len(data) > limits.bytes:
        raise TooLargeError(path=name, limit=limits.bytes, unit="bytes")
    settled, damages = settle(characters, name, limits)
    return Text(settled, base_name(name), "text/plain", "utf-8", sha256(data).hexdigest(), damages)


def file_bytes(path: str | PathLike[str], limits: Limits | None = None) -> bytes:
    """The bytes of a file.

    Raises NotFoundError, FolderError, NoPermissionError, TooLargeError (one byte past the limit is read,
    so that a device without end does no harm), InputError for other troubles of the system.
    """
    with open_bytes(path) as stream:
        return stream_bytes(stream, fspath(path), limits)


def open_bytes(path: str | PathLike[str]) -> BinaryIO:
    """The file, open to be read. Raises NotFoundError, FolderError, NoPermissionError, InputError."""
    name = fspath(path)
    try:
        if Path(path).is_dir():
            os.scandir(path).close()  # raises PermissionError where the folder may not be read
            raise FolderError(path=name)
        return Path(path).open("rb")
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the path
        raise NotFoundError(path=name) from None
    except PermissionError:
        raise NoPermissionError(path=name) from None
    except OSError as error:
        raise InputError(path=name, detail=error.strerror or type(error).__name__) from error


def stream_bytes(stream: BinaryIO, name: str = STDIN, limits: Limits | None = None) -> bytes:
    """All bytes of a stream. Raises TooLargeError, InputError."""
    limit = (limits or Limits()).bytes
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        raise InputError(path=name, detail=error.strerror or type(error).__name__) from error
    if len(data) > limit:
        raise TooLargeError(path=name, limit=limit, unit="bytes")
    return data
