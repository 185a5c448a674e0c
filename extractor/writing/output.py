"""Where the result goes: standard output, or a file that is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import BusyError, DiskFullError, OutputError

if TYPE_CHECKING:
    import sqlite3

STDOUT = "<stdout>"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Output:
    """Takes text piece by piece and hands it on at once, so that a reader of a pipe sees each record."""

    def __init__(self, stream: BinaryIO, name: str, encoding: str = "utf-8") -> None:
        self._stream = stream
        self._name = name
        self._encoding = encoding

    def write(self, text: str, *, for_people: bool = False) -> None:
        """Write and flush: JSON is always UTF-8, text ``for_people`` has the encoding of their terminal.

        Raises OutputError, and BrokenPipeError where nobody reads any more.
        """
        with named(self._name):
            self._stream.write(text.encode(self._encoding if for_people else "utf-8", "replace"))
            self._stream.flush()


@contextmanager
def output_to(path: str | None) -> Iterator[Output]:
    """Open ``path`` for the length of a run; None is standard output.

    A file is written beside its place under a temporary name, and takes its place only when the run has
    ended without an exception: until then, and for ever after a failure, the old file stays as it was.
    Devices and pipes (``/dev/full``) are written directly. Raises OutputError, DiskFullError.
    """
    if path is None:
        if sys.stdout is None:  # closed by the caller: extract … >&-
            raise OutputError(path=STDOUT, detail=os.strerror(errno.EBADF))
        yield Output(sys.stdout.buffer, STDOUT, sys.stdout.encoding)
    elif is_special(path):
        with named(path):
            special = Path(path).open("wb")  # noqa: SIM115  (closed below)
        with special:
            yield Output(special, path)
    else:
        with replacing(path) as stream:
            yield Output(stream, path)


def output_error(path: str, error: OSError) -> OutputError:
    """What the system says of a place that cannot be written, as an error that names it."""
    if error.errno in _FULL:
        return DiskFullError(path=path)
    return OutputError(path=path, detail=error.strerror or str(error))


def database_error(path: str, error: sqlite3.Error, damaged: OutputError) -> OutputError:
    """What SQLite says of a file, as an error of this package; ``damaged``: where the file is no database, or a broken one."""
    import sqlite3

    code = getattr(error, "sqlite_errorcode", 0)
    # A quota, or a limit of the system that is reached, has no name of its own: writing fails.
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
        return DiskFullError(path=path)
    if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BusyError(path=path)
    if code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return damaged
    return OutputError(path=path, detail=str(error))


@contextmanager
def replacing(path: str, beside_it: str | None = None) -> Iterator[BinaryIO]:
    """A file open to be written that takes its place at the end, or never. ``beside_it``: its name until then, if nobody
    else can write there now.

    Raises OutputError, DiskFullError.
    """
    with named(path):
        place = Path(os.path.realpath(path))  # a link goes on pointing to the new file
        mode = may_be_replaced(place)
        beside = place.with_name(beside_it or f".extract-{secrets.token_hex(6)}.tmp")
        only_new = os.O_TRUNC if beside_it else os.O_EXCL  # what a killed run has left is begun anew
        stream = os.fdopen(
            os.open(beside, os.O_WRONLY | os.O_CREAT | only_new | getattr(os, "O_BINARY", 0), 0o666), "wb"
        )
    try:
        yield stream
        with named(path):
            stream.flush()
            os.fsync(stream.fileno())  # a full disk is told here at the latest, before the old file goes
            stream.close()
            if mode is not None:
                beside.chmod(mode)
            beside.replace(place)
    except BaseException:
        with suppress(OSError):
            stream.close()
        with suppress(OSError):
            beside.unlink()
        raise


def is_special(path: str) -> bool:
    """Whether something other than a file stands there, to be written but never replaced."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def may_be_replaced(place: Path) -> int | None:
    """The permissions of the file that is there already; raises OSError where it may not be replaced."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not place.exists():
        return None
    place.open("ab").close()  # changes nothing; the right to write in the folder alone is not enough
    return stat.S_IMODE(place.stat().st_mode)


def state_of(path: str) -> tuple[int, ...]:
    """What changes when anybody writes, or puts another file there; empty where none is."""
    try:
        about = Path(path).stat()
    except (OSError, ValueError):
        return ()
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns


@contextmanager
def named(path: str) -> Iterator[None]:
    """Turn the system's complaints into errors that name the place."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise output_error(path, error) from error
    except ValueError as error:  # a NUL in the path, a stream that is closed
        raise OutputError(path=path, detail=str(error)) from error
