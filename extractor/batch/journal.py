"""What of a run is done, kept beside its output: whatever ends a run, the next one goes on from here.

An SQLite file in write-ahead mode: a run that is killed, or loses power, leaves a journal that opens as it was at its last
commit. A line is known by what it was made from (bytes and name of the input, options, version of the program), so that the
same command does nothing twice, and a changed report is read again.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self

from extractor.errors import JournalError, OutputError
from extractor.writing.output import database_error

#: The layout of the file; a journal of another layout is begun anew.
_LAYOUT = 2
#: Lines, and seconds, between two commits: what a killed run has to do again, at most.
_COMMIT, _SECONDS = 64, 1.0
#: Seconds that a run waits for another one to let go, in case that it is just ending.
_PATIENCE = 1.0

_TABLES = """
CREATE TABLE IF NOT EXISTS line (key BLOB PRIMARY KEY, counted TEXT NOT NULL, line BLOB NOT NULL, review BLOB);
CREATE TABLE IF NOT EXISTS input (number INTEGER PRIMARY KEY, key BLOB NOT NULL, extra TEXT);
CREATE TABLE IF NOT EXISTS output (stamp TEXT NOT NULL);
"""
#: An input has its line. That it has it already changes nothing: no row is counted.
_TAKE = """
INSERT INTO input VALUES (?, ?, ?) ON CONFLICT (number) DO UPDATE SET key = excluded.key, extra = excluded.extra
WHERE key IS NOT excluded.key OR extra IS NOT excluded.extra
"""


class Line(NamedTuple):
    """A finished line in its place; ``extra``: what the manifest says of the input beside the options, as JSON."""

    number: int
    line: str
    extra: str | None


class Made(NamedTuple):
    """A line as it is kept. ``counted``, ``review``: JSON for the summary and for the list of values to look at (or empty)."""

    key: bytes
    line: str
    counted: str
    review: str


class Journal:
    """The journal of one output; as a context it holds the output for this run.

    Raises BusyError where another run holds it, JournalError where the file is none, OutputError, DiskFullError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known = False  # whether there are lines of another run
        self._changed = False  # whether this run has other lines than the last one, or another order
        self._uncommitted, self._committed = 0, monotonic()

    def __enter__(self) -> Self:
        try:
            self._db = sqlite3.connect(self.path, isolation_level=None, timeout=_PATIENCE)
            try:
                self._open()
            except BaseException:
                self._db.close()
                raise
        except sqlite3.Error as error:
            raise self._told(error) from error
        return self

    def _open(self) -> None:
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("BEGIN EXCLUSIVE")  # held until the end: the second run is told at once
        (layout,) = self._db.execute("PRAGMA user_version").fetchone()
        if layout not in (0, _LAYOUT):
            self._db.execute("DROP TABLE IF EXISTS line")
            self._db.execute("DROP TABLE IF EXISTS input")
        for statement in _TABLES.split(";")[:-1]:
            self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version={_LAYOUT}")
        self.known = self._db.execute("SELECT 1 FROM line LIMIT 1").fetchone() is not None
        self._commit()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(sqlite3.Error):  # what cannot be kept now is done again by the next run
            self._db.execute("COMMIT")
        self._db.close()

    def counted(self, key: bytes) -> str | None:
        """What is counted of the line of this key, if it is done; else None."""
        row = next(self._rows("SELECT counted FROM line WHERE key = ?", (key,)), None)
        return None if row is None else str(row[0])

    def take(self, number: int, key: bytes, extra: str | None) -> None:
        """The input of this number has that line, which is done."""
        if self._write(_TAKE, (number, key, extra)):
            self._change()

    def keep(self, number: int, made: Made, extra: str | None) -> None:
        """Keep a line that was made for the input of this number."""
        values = (made.key, made.counted, _packed(made.line), _packed(made.review))
        self._write("INSERT OR REPLACE INTO line VALUES (?, ?, ?, ?)", values)
        self._change()
        self.take(number, made.key, extra)

    def end(self, count: int) -> None:
        """This run had so many inputs. What the last one had beyond is no longer there."""
        if self._write("DELETE FROM input WHERE number >= ?", (count,)):
            self._change()

    def is_written(self, stamp: str) -> bool:
        """Whether all lines of this run are in the output already, and this is its stamp (``written``)."""
        return next(self._rows("SELECT 1 FROM output WHERE stamp = ?", (stamp,)), None) is not None

    def written(self, stamp: str) -> None:
        """All lines of this run are in the output. ``stamp``: what changes when anybody changes that."""
        self._write("DELETE FROM output", ())
        self._write("INSERT INTO output VALUES (?)", (stamp,))
        self._commit()

    def _change(self) -> None:
        """From the first line on that is another, the output is none of this run's: in the same transaction, before any is written."""
        if not self._changed:
            self._changed = True
            self._write("DELETE FROM output", ())

    def lines(self) -> Iterator[Line]:
        """The lines of this run in the order of its inputs."""
        self._commit()
        query = "SELECT number, line, extra FROM input LEFT JOIN line USING (key) ORDER BY number"
        for number, packed, extra in self._rows(query):
            yield Line(number, self._unpacked(packed), extra)

    def reviews(self) -> Iterator[str]:
        """What is to be reviewed of each line, in the order of the inputs, where there is anything."""
        self._commit()
        query = "SELECT review FROM input JOIN line USING (key) WHERE review IS NOT NULL ORDER BY number"
        for (packed,) in self._rows(query):
            yield self._unpacked(packed)

    def forget_the_rest(self) -> None:
        """Drop the lines that no input of this run has: of reports that are gone, or were made by an older version."""
        self._write("DELETE FROM line WHERE key NOT IN (SELECT key FROM input)", ())
        self._commit()

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._db.execute(query, values)
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _unpacked(self, data: bytes | None) -> str:
        try:
            return zlib.decompress(data or b"").decode("utf-8")
        except (zlib.error, UnicodeDecodeError) as error:
            raise JournalError(path=str(self.path)) from error

    def _write(self, statement: str, values: tuple[object, ...]) -> int:
        """How many rows that changes."""
        try:
            rows = self._db.execute(statement, values).rowcount
            self._uncommitted += rows
            if self._uncommitted >= _COMMIT or monotonic() - self._committed >= _SECONDS:
                self._commit()
        except sqlite3.Error as error:
            raise self._told(error) from error
        return rows

    def _commit(self) -> None:
        try:
            self._db.execute("COMMIT")
            self._db.execute("BEGIN EXCLUSIVE")
            self._uncommitted, self._committed = 0, monotonic()
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> OutputError:
        return database_error(str(self.path), error, JournalError(path=str(self.path)))


def _packed(characters: str) -> bytes | None:
    """As the journal keeps it: a record shrinks to a fifth."""
    return zlib.compress(characters.encode("utf-8"), 1) if characters else None
