"""The catalogue as CSV, read back as spreadsheets read it."""

from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from records import error_record, nothing_stated, record

from extractor.writing import json_text
from extractor.writing.csv_catalogue import write
from extractor.writing.entries import Entry
from extractor.writing.harmless import cell

LINE = json_text.line(record())


def written(entries: Iterable[Entry]) -> bytes:
    out = BytesIO()
    write(entries, out)
    return out.getvalue()


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_it_is_read_back() -> None:
    data = written([Entry(0, LINE, {"档号": "0001"}), Entry(1, json_text.line(error_record()))])
    assert data.startswith(b"\xef\xbb\xbf\xe5\xba\x8f\xe5\x8f\xb7,")
    first, second = rows(data)
    assert (first["序号"], first["档号"], first["题名"]) == ("1", "0001", "云岭县召开安全生产工作会议")
    assert first["最低把握"] == "0.85"
    assert (second["序号"], second["状态"], second["错误代码"], second["题名"]) == (
        "2",
        "未能处理",
        "empty",
        "",
    )


def test_every_line_ends_as_on_windows_and_is_one_row() -> None:
    data = written([Entry(0, LINE, {"备注": "一\r\n二\n三\u2028四"})])
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") == 2
    assert rows(data)[0]["备注"].startswith("一 二 三 四；")


@pytest.mark.parametrize(
    ("bad", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("＝1+1", "'＝1+1"),
        ("\x00\x1b[31m", "\\x00\\x1b[31m"),
        ("\u202e文件", "\\u202e文件"),
        ("\ud800", "\\ud800"),
        ("\"甲\",'乙'", "\"甲\",'乙'"),
        ("Z001-WS", "Z001-WS"),
    ],
)
def test_nothing_acts(bad: str, shown: str) -> None:
    assert cell(bad) == shown
    row = rows(
        written([Entry(0, json_text.line(nothing_stated()), {"题名": f"甲{bad}", "文号": bad, bad: "乙"})])
    )[0]
    assert row["文号"] == shown.replace("' =", "'=")  # white space around what a manifest says is dropped


def test_a_long_text_stays_whole() -> None:
    assert rows(written([Entry(0, LINE, {"备注": "要" * 100_000})]))[0]["备注"].startswith("要" * 100_000)


def test_no_entries_give_the_headings() -> None:
    assert written([]).count(b"\r\n") == 1
    assert rows(written([])) == []


def test_the_stream_stays_open_and_two_runs_are_equal(tmp_path: Path) -> None:
    entries = [Entry(n, LINE) for n in range(3)]
    with (tmp_path / "a.csv").open("wb") as out:
        write(entries, out)
        assert not out.closed
    assert (tmp_path / "a.csv").read_bytes() == written(entries)


def test_ten_thousand_entries_in_flat_memory(tmp_path: Path) -> None:
    line = json_text.line(nothing_stated(mentioned=["赵丙"]))
    with (tmp_path / "a.csv").open("wb") as out:
        tracemalloc.start()
        write((Entry(n, line, {"备注": f"{n}" * 99}) for n in range(10_000)), out)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (tmp_path / "a.csv").stat().st_size > 4_000_000
    assert peak < 1_000_000
