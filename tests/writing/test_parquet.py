"""Parquet, read back with pyarrow and compared with the JSON value by value."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from records import error_record, nothing_stated, record, value

from extractor.errors import MissingPackageError
from extractor.writing import json_text, parquet
from extractor.writing.entries import Entry
from schemas import SCHEMA_VERSION, Record

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

PLACED = [{"start": 0, "end": 2, "page": 3, "box": [1.5, 2.0, 30.25, 40.0], "paragraph": None}]
LINE = json_text.line(record(title={"text": "云岭县召开会议", "confidence": 0.9, "evidence": PLACED}))


def written(entries: Iterable[Entry]) -> bytes:
    out = BytesIO()
    parquet.write(entries, out)
    return out.getvalue()


def rows(data: bytes) -> list[dict[str, Any]]:
    return list(pq.read_table(BytesIO(data)).to_pylist())


def test_every_value_is_that_of_the_json() -> None:
    lines = [LINE, json_text.line(nothing_stated()), json_text.line(error_record())]
    for line, row in zip(lines, rows(written(Entry(n, line) for n, line in enumerate(lines))), strict=True):
        told = json.loads(line)
        assert {key: row[key] for key in told} == told
        assert all(row[key] is None for key in row.keys() - told.keys() - {"number"})


def test_number_and_extra_stand_beside_it() -> None:
    row = rows(written([Entry(6, LINE, {"档号": "0001", "页数": 3})]))[0]
    assert row["number"] == 6
    assert json.loads(row["extra"]) == {"档号": "0001", "页数": 3}


def test_the_columns_are_those_of_the_models_whatever_the_data() -> None:
    empty, full = pq.read_schema(BytesIO(written([]))), pq.read_schema(BytesIO(written([Entry(0, LINE)])))
    assert empty == full
    assert empty.names == ["number", "extra", *Record.model_fields, "error"]
    assert empty.metadata[b"schema_version"] == SCHEMA_VERSION.encode()
    leader = empty.field("leaders").type.value_type
    assert [leader.field(i).name for i in range(leader.num_fields)] == [
        "name", "title", "title_confidence", "roles", "confidence", "evidence",
    ]  # fmt: skip
    assert leader.field("roles").type.value_type == pa.string()
    assert not leader.field("name").nullable
    assert leader.field("title").nullable


def test_no_entries_give_an_empty_table() -> None:
    assert rows(written([])) == []


@pytest.mark.parametrize(
    "bad", ["=1+1", "\x00\x1b", "甲\n乙\u2028", "]]>", "\u202e文件", "'\";--", "要" * 100_000, "\ufffe"]
)
def test_hostile_text_is_kept(bad: str) -> None:
    row = rows(written([Entry(0, json_text.line(record(title=value(f"会{bad}"))), {"备注": bad})]))[0]
    assert row["title"]["text"] == f"会{bad}"
    assert json.loads(row["extra"]) == {"备注": bad}


def test_halves_of_characters_are_replaced() -> None:
    row = rows(written([Entry(0, LINE.replace("赵丙", "\\ud800赵"), {"备注\udfff": "\ud800"})]))[0]
    assert row["mentioned"] == ["\ufffd赵"]
    assert json.loads(row["extra"]) == {"备注\ufffd": "\ufffd"}


def test_two_runs_are_equal() -> None:
    entries = [Entry(n, LINE) for n in range(3)]
    assert written(entries) == written(entries)


@pytest.mark.parametrize("limits", [{"GROUP_RECORDS": 4}, {"GROUP_CHARACTERS": 4 * len(LINE)}])
def test_row_groups_are_bounded(monkeypatch: pytest.MonkeyPatch, limits: Mapping[str, int]) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(parquet, name, limit)
    data = written(Entry(n, LINE) for n in range(10))
    file = pq.ParquetFile(BytesIO(data))
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [4, 4, 2]
    assert [row["number"] for row in rows(data)] == list(range(10))


def test_ten_thousand_entries_hold_one_group_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "GROUP_RECORDS", 200)
    line, held, most = json_text.line(nothing_stated(mentioned=["赵丙"])), set[int](), 0

    class Counted(Entry):
        """Known as long as it is held."""

        def __del__(self) -> None:
            held.discard(self.number)

    def entries() -> Iterable[Entry]:
        nonlocal most
        for number in range(10_000):
            held.add(number)
            most = max(most, len(held))
            yield Counted(number, line, {"备注": f"{number}" * 50})

    with (tmp_path / "a.parquet").open("wb") as out:
        before = pa.total_allocated_bytes()
        parquet.write(entries(), out)
        assert pa.total_allocated_bytes() - before < 1_000_000
    assert most < 5
    assert pq.ParquetFile(tmp_path / "a.parquet").metadata.num_rows == 10_000


def test_without_pyarrow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPackageError) as caught:
        written([])
    assert "pip install 'meeting-extractor[parquet]'" in caught.value.hint()
