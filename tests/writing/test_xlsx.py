"""The workbook, read back with openpyxl."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from records import error_record, nothing_stated, record

from extractor.writing import json_text, xlsx
from extractor.writing.entries import Entry

openpyxl = pytest.importorskip("openpyxl")

LINE = json_text.line(record())
EMPTY = json_text.line(nothing_stated())


def written(entries: Iterable[Entry]) -> bytes:
    out = BytesIO()
    xlsx.write(entries, out)
    return out.getvalue()


def opened(entries: Iterable[Entry]) -> Any:
    return openpyxl.load_workbook(BytesIO(written(entries)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    headings, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in body]


def test_it_is_read_back() -> None:
    book = opened([Entry(0, LINE, {"档号": "0001", "页数": 3}), Entry(1, json_text.line(error_record()))])
    assert book.sheetnames == ["归档文件目录", "人员", "单位", "任务"]
    first, second = rows(book["归档文件目录"])
    assert (first["序号"], first["档号"], first["页数"], first["最低把握"]) == (1, "0001", 3, 0.85)
    assert (first["日期"], first["会议开始日期"]) == ("[20210325]", "20210324")
    assert (second["状态"], second["错误代码"], second["题名"]) == ("未能处理", "empty", None)
    assert [(row["名单"], row["姓名"]) for row in rows(book["人员"])] == [
        ("领导", "李甲"), ("领导", "王乙"), ("发言", "李甲"), ("提及", "赵丙"),
    ]  # fmt: skip
    assert rows(book["单位"])[0]["单位名称"] == "各乡镇"
    assert rows(book["任务"])[0]["任务原文"] == "一要压实责任，6月底前完成整改"


def test_the_headings_stay_in_sight_and_columns_have_their_widths() -> None:
    for sheet in opened([]):
        assert sheet.freeze_panes == "A2"
        assert sheet.max_row == 1
        assert sheet.column_dimensions["B"].width > 5
        assert sheet["A1"].font.b


@pytest.mark.parametrize(
    "bad", ["=1+1", '=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "#N/A", "00012", "1e5", "TRUE", "2021-03-24"]
)
def test_text_stays_text(bad: str) -> None:
    cell = opened([Entry(0, EMPTY, {"文号": bad})])["归档文件目录"]["C2"]
    assert (cell.value, cell.data_type, cell.number_format) == (bad, "s", "@")


@pytest.mark.parametrize(
    ("bad", "shown"),
    [
        ("]]><a&b>\"'", "]]><a&b>\"'"),
        ("\x00\x08甲\x1b", "\\x00\\x08甲\\x1b"),
        ("甲\r\n乙", "甲 乙"),
        ("\u202e文件", "\\u202e文件"),
        ("\ud800", "\\ud800"),
        ("甲\ufffe\uffff", "甲\ufffd\ufffd"),
        ("甲_x0041_", "甲_x005F_x0041_"),  # as ST_Xstring writes a literal _x0041_
        ("😀", "😀"),
    ],
)
def test_nothing_breaks_the_file(bad: str, shown: str) -> None:
    book = opened([Entry(0, EMPTY, {"备注": bad})])
    assert rows(book["归档文件目录"])[0]["备注"] == shown


def test_a_long_text_is_cut_where_excel_would_refuse_it() -> None:
    def told(text: str) -> str:
        return str(rows(opened([Entry(0, EMPTY, {"备注": text})])["归档文件目录"])[0]["备注"])

    assert told("要" * 32_767) == "要" * 32_767
    assert told("要" * 100_000) == "要" * 32_766 + "…"
    assert told("😀" * 100_000) == "😀" * 16_383 + "…"  # two UTF-16 units each


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 4)
    book = opened(Entry(n, LINE) for n in range(3))
    assert book.sheetnames == ["归档文件目录", "人员", "人员 (2)", "人员 (3)", "人员 (4)", "单位", "任务"]
    people = [row["姓名"] for name in book.sheetnames[1:5] for row in rows(book[name])]
    assert people == ["李甲", "王乙", "李甲", "赵丙"] * 3


def test_two_runs_are_equal_and_tell_no_time() -> None:
    entries = [Entry(n, LINE) for n in range(3)]
    data = written(entries)
    assert data == written(entries)
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if name.startswith("docProps")]


def test_ten_thousand_entries_in_flat_memory(tmp_path: Path) -> None:
    line = json_text.line(nothing_stated(mentioned=["赵丙"]))
    with (tmp_path / "a.xlsx").open("wb") as out:
        tracemalloc.start()
        xlsx.write((Entry(n, line, {"备注": f"{n}" * 50}) for n in range(10_000)), out)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert sum(member.file_size for member in package.infolist()) > 10_000_000
    assert peak < 5_000_000  # of each of the four sheets a megabyte is kept
