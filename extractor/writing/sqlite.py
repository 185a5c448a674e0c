"""An SQLite database of records: tables for people, units, tasks and the rest, and full-text search for Chinese.

A database that is there already is brought up to date in place, in one transaction: killed at any moment, it is as it was.
Tables of others stay, and so does ``record.id``, which they may refer to. Nothing is lost: the line of JSON is there too.
Error records have their row in ``record``: ``status`` is error. How to search, and what makes two rows one: docs/catalogue.md.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from extractor.errors import DatabaseError
from extractor.writing.catalogue import sound, sound_record
from extractor.writing.entries import Entry
from extractor.writing.output import database_error

#: The layout of the tables below. A database of another one is refused: it may have columns that others rely on.
LAYOUT = 1

_VALUES = ("title", "meeting_name", "meeting_organizer", "meeting_location")
#: Tables of a record's lists. Rows are known by record, list and place in it; ``path`` is where ``evidence`` has their spans.
_LISTS = {
    "person": "list TEXT NOT NULL, rank INTEGER NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, kind TEXT, title TEXT,"
    " title_confidence REAL, roles TEXT, confidence REAL, PRIMARY KEY (record, list, rank)",
    "unit": "rank INTEGER NOT NULL, path TEXT NOT NULL, name TEXT NOT NULL, representatives TEXT,"
    " representatives_confidence REAL, roles TEXT NOT NULL, confidence REAL NOT NULL, PRIMARY KEY (record, rank)",
    "task": 'rank INTEGER NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, ordinal TEXT, "by" TEXT, actor TEXT, deadline TEXT,'
    " confidence REAL NOT NULL, PRIMARY KEY (record, rank)",
    "document": "rank INTEGER NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL, action TEXT NOT NULL,"
    " confidence REAL NOT NULL, PRIMARY KEY (record, rank)",
    "warning": "rank INTEGER NOT NULL, path TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (record, rank)",
    "evidence": 'path TEXT NOT NULL, place INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER,'
    ' "left" REAL, top REAL, "right" REAL, bottom REAL, paragraph INTEGER, PRIMARY KEY (record, path, place)',
}
_RECORD = (
    "id INTEGER PRIMARY KEY, code TEXT, name TEXT NOT NULL, sha256 TEXT, number INTEGER NOT NULL, run INTEGER NOT NULL,"
    " schema_version TEXT NOT NULL, status TEXT NOT NULL, media_type TEXT, encoding TEXT, characters INTEGER, pages INTEGER,"
    " kind TEXT, " + ", ".join(f"{name} TEXT, {name}_confidence REAL" for name in _VALUES) + ","
    " date_text TEXT, date_start TEXT, date_end TEXT, date_edtf TEXT, date_inferred TEXT, date_inferred_from TEXT,"
    " date_confidence REAL, error_code TEXT, error_message TEXT, error_hint TEXT, extra TEXT, json TEXT NOT NULL"
)
_SEARCHED = ("title", "meeting", "people", "units", "tasks", "documents")
_TABLES = (
    "CREATE TABLE extract_layout (version INTEGER NOT NULL, runs INTEGER NOT NULL)",
    f"CREATE TABLE record ({_RECORD})",
    "CREATE INDEX record_source ON record (name, sha256, run)",
    "CREATE INDEX record_code ON record (code, run) WHERE code IS NOT NULL",
    "CREATE INDEX record_day ON record (date_start)",
    *(
        f"CREATE TABLE {name} (record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE, {columns}) WITHOUT ROWID"
        for name, columns in _LISTS.items()
    ),
    "CREATE INDEX person_name ON person (name)",
    "CREATE INDEX unit_name ON unit (name)",
    # The text parted into characters: see ``spaced``.
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(_SEARCHED)}, tokenize = 'unicode61')",
)

#: Characters that are words of their own to a search: Chinese ones.
_CHARACTER = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def write(entries: Iterable[Entry], path: Path, *, patience: float = 5.0) -> None:
    """Write the entries into the database at ``path``, which need not be there; for ``patience`` seconds wait for a lock.

    Raises DatabaseError where it is no database, has tables of these names or of another layout; BusyError where another
    program holds it; DiskFullError; OutputError where it cannot be written.
    """
    try:
        with closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as database:
            # Off, as others' tables may refer to rows that are replaced by the same ones; it is off by default, not always.
            database.execute("PRAGMA foreign_keys = OFF")
            database.execute(
                "PRAGMA cache_size = -32768"
            )  # KiB of memory; what is beyond goes to the disk before the commit
            database.execute("BEGIN IMMEDIATE")
            _Writer(database, path).write(entries)
            database.execute("COMMIT")
    except sqlite3.Error as error:
        damaged = DatabaseError(path=str(path), detail="no-database")
        raise database_error(str(path), error, damaged) from error


def spaced(text: str) -> str:
    """The text as ``search`` holds it, each Chinese character apart; a phrase of it in quotes finds the text again.

    >>> spaced("王伟"), spaced("2021年GDP目标")
    ('王 伟', '2021 年 GDP 目 标')
    """
    return " ".join(_CHARACTER.sub(r" \g<0> ", text).split())


class _Writer:
    """One run over a database."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self.database, self.path = database, path
        self.do = database.execute

    def write(self, entries: Iterable[Entry]) -> None:
        """Bring the tables up to date."""
        self._prepare()
        self.do("UPDATE extract_layout SET runs = runs + 1")
        (self.run,) = self.do("SELECT runs FROM extract_layout").fetchone()
        for entry in entries:
            self._put(sound_record(entry), entry)

    def _prepare(self) -> None:
        """Make the tables, unless they are there. Raises OutputError where they are not those of this layout."""
        found = {name for (name,) in self.do("SELECT name FROM sqlite_master")}
        if "extract_layout" not in found:
            if found & {"record", "search", *_LISTS}:
                raise DatabaseError(path=str(self.path), detail="foreign-tables")
            for statement in _TABLES:
                self.do(statement)
            self.do("INSERT INTO extract_layout VALUES (?, 0)", (LAYOUT,))
        elif self.do("SELECT version FROM extract_layout").fetchone() != (LAYOUT,):
            raise DatabaseError(path=str(self.path), detail="other-layout")

    def _put(self, record: dict[str, Any], entry: Entry) -> None:
        values = _columns(record, entry) | {"run": self.run}
        known = self._known(values)
        if known is None:
            known = _id(self.do(_insertion("record", values), values).lastrowid)
        else:
            # What an earlier manifest said of it stays where this run has none.
            changed = [name for name in values if name not in ("code", "extra") or values[name] is not None]
            names = ", ".join(f'"{name}" = :{name}' for name in changed)
            self.do(f"UPDATE record SET {names} WHERE id = :id", values | {"id": known})
            for table in _LISTS:
                self.do(f"DELETE FROM {table} WHERE record = ?", (known,))
            self.do("DELETE FROM search WHERE rowid = ?", (known,))
        if record["status"] == "ok":
            tables: dict[str, list[dict[str, Any]]] = {}
            for table, row in _rows(record):
                tables.setdefault(table, []).append({"record": known} | row)
            for table, rows in tables.items():
                self.database.executemany(_insertion(table, rows[0]), rows)
            search = {"rowid": known} | _searched(record)
            self.do(_insertion("search", search), search)

    def _known(self, values: Mapping[str, Any]) -> int | None:
        """The row of an earlier run that this entry replaces.

        By its reference code (档号); else by name and content; else one of that name that could not be read at all then. One
        that this run has written already is another input: copies of a report in two folders are two rows.
        """
        by_source = "(code IS NULL OR :code IS NULL) AND name = :name AND sha256 IS"
        wheres = [f"{by_source} :sha256", f"{by_source} NULL"]
        if values["code"]:
            wheres.insert(0, "code = :code")
        for where in wheres:
            query = f"SELECT id FROM record WHERE {where} AND run < :run ORDER BY run, id LIMIT 1"
            if found := self.do(query, values).fetchone():
                return _id(found[0])
        return None


def _insertion(table: str, row: Mapping[str, Any]) -> str:
    """The statement that adds rows with such columns; names are ours, values go by parameters."""
    names = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"


def _id(value: Any) -> int:
    return int(value)


def _columns(record: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """The row of ``record``; empty where an error record says nothing."""
    code = entry.extra.get("档号")
    row: dict[str, Any] = {
        "code": None if code is None else sound(str(code).strip()) or None,
        "number": entry.number,
        "schema_version": record["schema_version"],
        "status": record["status"],
        **record["source"],
        "kind": record.get("kind"),
    }
    meeting = record.get("meeting", {})
    for name in _VALUES:
        value = (record.get("title") if name == "title" else meeting.get(name.removeprefix("meeting_"))) or {}
        row |= {name: value.get("text"), f"{name}_confidence": value.get("confidence")}
    for part in ("text", "start", "end", "edtf", "inferred", "inferred_from", "confidence"):
        value = (record.get("date") or {}).get(part)
        row[f"date_{part}"] = _json(value) if isinstance(value, list) else value
    for part in ("code", "message", "hint"):
        row[f"error_{part}"] = record.get("error", {}).get(part)
    return row | {
        "extra": _json(sound(dict(entry.extra))) if entry.extra else None,
        "json": entry.line.rstrip("\n"),
    }


def _rows(record: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of the other tables, as table and columns."""
    for path in ("title", "meeting.name", "meeting.organizer", "meeting.location", "date"):
        first, _, second = path.partition(".")
        value = record[first][second] if second else record[first]
        if value is not None:
            yield from _spans(path, value)
    tables = {"attending_units": "unit", "tasks": "task", "documents": "document", "warnings": "warning"}
    for name in ("leaders", "speakers", *tables):
        for rank, item in enumerate(record[name]):
            path = f"{name}[{rank}]"
            own = {
                key: _json(value) if key == "roles" else value
                for key, value in item.items()
                if key != "evidence"
            }
            if name not in tables:
                own = {"kind": "person", "list": name} | own  # a leader's kind goes without saying
            yield tables.get(name, "person"), {"rank": rank, "path": path} | own
            yield from _spans(path, item)
    unsaid = dict.fromkeys(("title", "title_confidence", "roles", "confidence"))
    for rank, mentioned in enumerate(record["mentioned"]):
        own = {
            "rank": rank,
            "path": f"mentioned[{rank}]",
            "name": mentioned,
            "kind": "person",
            "list": "mentioned",
        }
        yield "person", unsaid | own


def _spans(path: str, item: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, span in enumerate(item["evidence"]):
        sides = dict(zip(("left", "top", "right", "bottom"), span["box"] or (None,) * 4, strict=True))
        own = {key: span[key] for key in ("start", "end", "page", "paragraph")}
        yield "evidence", {"path": path, "place": place} | own | sides


def _searched(record: Mapping[str, Any]) -> dict[str, str]:
    """What can be searched, by column. Names stand whole as well, so that ``MATCH '王伟'`` finds whoever is called so."""
    meeting = [value["text"] for value in record["meeting"].values() if value is not None]
    people = [item for name in ("leaders", "speakers") for item in record[name]]
    names = [*(item["name"] for item in people), *record["mentioned"]]
    units = [item["name"] for item in record["attending_units"]]
    posts = [item["title"] for item in people if item["title"]]
    titles = [item["title"] for item in record["documents"]]
    return {
        "title": spaced(record["title"]["text"] if record["title"] else ""),
        "meeting": _lines(map(spaced, meeting)),
        "people": _lines([*names, *map(spaced, [*names, *posts])]),
        "units": _lines([*units, *map(spaced, units)]),
        "tasks": _lines(spaced(item["text"]) for item in record["tasks"]),
        "documents": _lines(map(spaced, titles)),
    }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(texts))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
