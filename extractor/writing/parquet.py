"""Parquet: a row for each record with its lists inside it, for DuckDB, pandas, Spark. Needs the extra ``parquet`` (pyarrow).

The columns are those of the models in ``schemas``, never guessed from the data; each file has all of them. A record that could
not be made has its row: ``error`` says why, and what only an ok record has is null. Beside the record stand ``number`` (from 0)
and ``extra`` (what the manifest says, as JSON). Nothing is lost. The file's metadata has ``schema_version``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, Union, get_args, get_origin

from extractor.errors import MissingPackageError
from extractor.writing.catalogue import sound, sound_record
from extractor.writing.entries import Entry

if TYPE_CHECKING:
    from pydantic import BaseModel

#: What a row group holds at most: records, and characters of their JSON. One group is in memory at a time.
GROUP_RECORDS, GROUP_CHARACTERS = 1_000, 8_000_000


def write(entries: Iterable[Entry], out: BinaryIO) -> None:
    """Write the records; one row group is held at a time. Raises MissingPackageError where pyarrow is not installed."""
    from schemas import SCHEMA_ID, SCHEMA_VERSION

    pa, parquet = _need("pyarrow"), _need("pyarrow.parquet")
    metadata = {"schema_version": SCHEMA_VERSION, "schema_id": SCHEMA_ID}
    schema = pa.schema(_fields(), metadata=metadata)
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for rows in _groups(entries):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema), row_group_size=GROUP_RECORDS)


def need_pyarrow() -> None:
    """Raise MissingPackageError where pyarrow is not installed."""
    _need("pyarrow.parquet")


def _need(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingPackageError(what="Parquet", extra="parquet") from error


def _groups(entries: Iterable[Entry]) -> Iterator[list[dict[str, Any]]]:
    """The rows, as many together as a row group holds."""
    rows: list[dict[str, Any]] = []
    characters = 0
    for entry in entries:
        extra = json.dumps(sound(dict(entry.extra)), ensure_ascii=False) if entry.extra else None
        rows.append({"number": entry.number, "extra": extra} | sound_record(entry))
        characters += len(entry.line)
        if len(rows) == GROUP_RECORDS or characters >= GROUP_CHARACTERS:
            yield rows
            rows, characters = [], 0
    if rows:
        yield rows


def _fields() -> list[Any]:
    """The columns: those of a record, with what an error record may leave out null, and its error."""
    from schemas import ErrorRecord, Record

    pa = _need("pyarrow")
    error, always = ErrorRecord.model_fields, ("schema_version", "status", "source")
    columns = [pa.field("number", pa.int64(), nullable=False), pa.field("extra", pa.string())]
    for name, field in Record.model_fields.items():
        # The source of an error record has the same fields, but may not know them.
        kind, _ = _arrow(error[name].annotation if name == "source" else field.annotation)
        columns.append(pa.field(name, kind, nullable=name not in always))
    return [*columns, pa.field("error", _arrow(error["error"].annotation)[0])]


def _arrow(annotation: Any) -> tuple[Any, bool]:
    """The Arrow type of what a model is annotated with, and whether it may be null."""
    pa = _need("pyarrow")
    simple = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    origin, parts = get_origin(annotation), get_args(annotation)
    if annotation in simple:
        return simple[annotation], False
    if origin is Annotated:
        return _arrow(parts[0])
    if origin is Literal:
        return _arrow(type(parts[0]))
    if origin in (Union, UnionType):
        (kept,) = (part for part in parts if part is not NoneType)
        return _arrow(kept)[0], True
    if origin is tuple:  # of one type throughout: (X, ...), or the four numbers of a box
        kind, nullable = _arrow(parts[0])
        return pa.list_(pa.field("element", kind, nullable=nullable)), False
    return _struct(annotation), False


def _struct(model: type[BaseModel]) -> Any:
    pa = _need("pyarrow")
    kinds = ((name, _arrow(field.annotation)) for name, field in model.model_fields.items())
    return pa.struct([pa.field(name, kind, nullable=nullable) for name, (kind, nullable) in kinds])
