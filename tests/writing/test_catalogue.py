"""The rows of the catalogue: the nine items of DA/T 22-2015, and nothing that nobody said."""

from __future__ import annotations

from typing import Any

import pytest
from records import AT, error_record, nothing_stated, record, value

from extractor.writing import json_text
from extractor.writing.catalogue import catalogue_row, people_rows, sheets, sound_record, task_rows, unit_rows
from extractor.writing.entries import Entry
from schemas import ErrorRecord, Record

NAME = value("安全生产工作会议")


def entry(made: Record | ErrorRecord, **extra: Any) -> Entry:
    return Entry(6, json_text.line(made), extra)


def test_the_first_nine_columns_are_those_of_the_standard() -> None:
    assert sheets()[0].headings()[:9] == [
        "序号",
        "档号",
        "文号",
        "责任者",
        "题名",
        "日期",
        "密级",
        "页数",
        "备注",
    ]


def test_every_row_has_the_cells_of_its_sheet() -> None:
    catalogue, people, units, tasks = sheets()
    for made in (record(), nothing_stated(), error_record()):
        one = entry(made)
        assert len(catalogue.cells(catalogue_row(one))) == len(catalogue.columns)
        assert catalogue_row(one).keys() == {column.key for column in catalogue.columns}
        for sheet, rows in ((people, people_rows), (units, unit_rows), (tasks, task_rows)):
            for row in rows(one):
                assert row.keys() == {column.key for column in sheet.columns}


def test_what_the_archive_says_is_taken_as_it_is() -> None:
    said = {
        "档号": " Z001-WS·2021-Y-0007 ", "文号": "云发〔2021〕7号", "责任者": "中共云岭县委办公室", "题名": "安全会议报道",
        "日期": "2021-03-26", "密级": "内部", "页数": "12", "备注": "复印件", "保管期限": "永久", "盒号": 3, "无": None,
    }  # fmt: skip
    row = catalogue_row(entry(record(), **said))
    assert [row[key] for key in ("number", "code", "document_number", "responsible", "title")] == [
        7, "Z001-WS·2021-Y-0007", "云发〔2021〕7号", "中共云岭县委办公室", "安全会议报道",
    ]  # fmt: skip
    assert (row["date"], row["secrecy"], row["pages"], row["remarks"]) == ("20210326", "内部", 12, "复印件")
    assert row["headline"] == "云岭县召开安全生产工作会议"
    assert row["further"] == "保管期限：永久；盒号：3"


def test_who_held_the_meeting_is_not_who_made_the_document() -> None:
    row = catalogue_row(entry(record()))
    assert row["organizer"] == "云岭县"
    assert row["responsible"] is None


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (record(), "云岭县召开安全生产工作会议"),
        (record(title=None), "[安全生产工作会议]"),
        (nothing_stated(), None),
    ],
)
def test_a_title_that_is_supplied_stands_in_brackets(made: Record, title: str | None) -> None:
    assert catalogue_row(entry(made))["title"] == title


def test_the_date_is_that_of_the_document_where_anybody_knows_it() -> None:
    def told(made: Record, **extra: Any) -> tuple[Any, Any]:
        row = catalogue_row(entry(made, **extra))
        return row["date"], row["remarks"]

    assert told(record(), 日期="202103", published="2021-03-26") == ("202103", None)
    assert told(record(), published="2021-03-26") == ("20210326", "日期据发布日期著录")
    assert told(record()) == ("[20210325]", "日期据会议日期（3月24日至25日）著录")
    assert told(nothing_stated()) == (None, None)


def test_a_partial_date_is_completed_by_nobody() -> None:
    date = {
        "text": "10月24日", "start": None, "end": None, "edtf": "XXXX-10-24", "inferred": [], "inferred_from": None,
        "confidence": 0.9, "evidence": AT,
    }  # fmt: skip
    row = catalogue_row(entry(record(date=date)))
    assert [row[key] for key in ("date", "first_day", "last_day", "remarks")] == [None] * 4
    assert (row["meeting_date"], row["edtf"]) == ("10月24日", "XXXX-10-24")
    assert (
        catalogue_row(entry(record(date=date), 日期="20211399"))["date"] == "20211399"
    )  # wrong, but the archive's own


def test_pages_are_the_archives_or_the_files() -> None:
    source = record().source.model_copy(update={"pages": 4})
    four = record().model_copy(update={"source": source})
    assert catalogue_row(entry(four))["pages"] == 4
    assert catalogue_row(entry(four, 页数=5))["pages"] == 5
    assert catalogue_row(entry(four, 页数="1-3"))["pages"] == "1-3"
    assert catalogue_row(entry(record()))["pages"] is None


def test_the_record_in_words() -> None:
    row = catalogue_row(entry(record()))
    assert row["leaders"] == "李甲（县委副书记、县长；出席、讲话）；王乙（主持）"
    assert row["speakers"] == "李甲（县委副书记、县长；讲话）；县财政局（发言）"
    assert row["units"] == "各乡镇（党委书记；出席）"
    assert row["documents"] == "《安全生产工作要点》（审议）"
    assert row["mentioned"] == "赵丙"
    assert row["warnings"] == "参会名单以“等”结尾，可能未列全。"
    assert (row["kind"], row["status"], row["certainty"]) == ("会议报道", "已著录", 0.85)


def test_an_error_has_its_row_and_no_other() -> None:
    one = entry(error_record(), 档号="Z001", 备注="破损")
    row = catalogue_row(one)
    assert (row["code"], row["status"], row["error"]) == ("Z001", "未能处理", "empty")
    assert row["remarks"] == "破损；未能处理：bad.txt 中没有文字。"
    assert (row["title"], row["date"], row["kind"], row["certainty"]) == (None,) * 4
    assert [*people_rows(one), *unit_rows(one), *task_rows(one)] == []


def test_a_person_has_a_row_in_each_list_and_units_are_no_people() -> None:
    rows = list(people_rows(entry(record(), 档号="Z001")))
    assert [(row["list"], row["rank"], row["name"]) for row in rows] == [
        ("领导", 1, "李甲"), ("领导", 2, "王乙"), ("发言", 1, "李甲"), ("提及", 1, "赵丙"),
    ]  # fmt: skip
    assert {(row["number"], row["code"], row["file"]) for row in rows} == {(7, "Z001", "report.txt")}
    assert (rows[0]["roles"], rows[0]["title_confidence"], rows[0]["start"], rows[0]["end"]) == (
        "出席、讲话",
        0.97,
        0,
        2,
    )
    assert rows[3]["confidence"] is rows[3]["start"] is None


def test_units_and_tasks_have_their_rows() -> None:
    (unit,), (task,) = unit_rows(entry(record())), task_rows(entry(record()))
    assert (unit["name"], unit["representatives"], unit["roles"]) == ("各乡镇", "党委书记", "出席")
    assert (task["ordinal"], task["by"], task["actor"], task["deadline"]) == (
        "一要",
        "会议",
        "各乡镇",
        "6月底前",
    )


def test_halves_of_characters_are_mended_and_nothing_else_is() -> None:
    line = json_text.line(record(mentioned=["赵丙"]))
    whole = Entry(0, line)
    assert sound_record(whole) is whole.record
    assert sound_record(Entry(0, line.replace("赵丙", "\\ud800赵")))["mentioned"] == ["\ufffd赵"]
    assert sound_record(Entry(0, line.replace("赵丙", "\\uD83D\\uDE00")))["mentioned"] == ["😀"]
