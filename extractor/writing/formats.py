"""The formats that many records are written in, by name; each writer is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from extractor.writing.entries import Entry
from extractor.writing.output import may_be_replaced, named, replacing

#: Name of the format → its module in this package.
WRITERS = {
    "jsonl": "json_lines",
    "csv": "csv_catalogue",
    "xlsx": "xlsx",
    "parquet": "parquet",
    "sqlite": "sqlite",
    "atom": "atom",
    "ead3": "ead3",
    "dc": "dublin_core",
}
#: Suffix of the output → the format it asks for, where none is named. XML has several.
SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}


def check(name: str, path: str) -> None:
    """What would be told only at the end of a long run. Raises OutputError (a folder, no right), MissingPackageError."""
    with named(path):
        may_be_replaced(Path(path))
    if name == "parquet":
        import_module("extractor.writing.parquet").need_pyarrow()


def write(name: str, entries: Iterable[Entry], path: str) -> None:
    """Write the entries to a file that no other run writes now (a journal holds it): it is replaced whole or not at all.

    A database is brought up to date in one transaction. Raises OutputError, DiskFullError, MissingPackageError.
    """
    writer = import_module(f"extractor.writing.{WRITERS[name]}")
    if name == "sqlite":
        writer.write(entries, Path(path))
        return
    with replacing(path, f".{Path(path).name}.extract-tmp") as stream, named(path):
        writer.write(entries, stream)
