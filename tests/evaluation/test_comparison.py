"""Rows counted by hand, and the same errors told to a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation.comparison import FIELDS, Count
from extractor.evaluation.gold import Case
from extractor.evaluation.scores import scored

from . import reports
from .reports import Data, at, measured, record


def told(case: Case, data: Data | None) -> list[tuple[str, str, str | None, str | None]]:
    """Field, kind, annotation and record of each error."""
    return [(m.field, m.kind, m.gold, m.record) for m in measured(case, data).mistakes]


def with_item(field: str, index: int, **changes: Any) -> Data:
    data = record()
    data[field][index].update(changes)
    return data


def test_a_record_without_error(case: Case) -> None:
    comparison = measured(case, record())
    assert comparison.differences == comparison.mistakes == ()
    assert {field: count.right for field, count in comparison.counts.items()} == {
        "date": 1, "leaders": 2, "leaders+roles": 3, "leaders+title": 2, "speakers": 3, "speakers+roles": 3,
        "units": 3, "units~": 3, "units+reps": 3, "tasks": 2, "tasks~": 2, "task.by": 2, "documents": 1,
        "meeting.name": 1, "meeting.organizer": 0, "meeting.location": 1, "names": 3,
    }  # fmt: skip
    assert all((count.wrong, count.missed) == (0, 0) for count in comparison.counts.values())
    assert set(comparison.counts) == set(FIELDS)


@pytest.mark.parametrize(
    "data", [None, {"source": {"name": "a.txt"}, "status": "error", "error": {"code": "empty"}}]
)
def test_no_record_and_an_error_record_miss_everything(case: Case, data: Data | None) -> None:
    comparison = measured(case, data)
    assert not comparison.says_meeting
    right = {field: count.right for field, count in measured(case, record()).counts.items()}
    missed = {field: count.missed for field, count in comparison.counts.items()}
    assert missed == right | {"task.by": 0}  # of tasks that were found alone it is asked who says them
    assert sum(count.right + count.wrong for count in comparison.counts.values()) == 0
    assert {m.kind.value for m in comparison.mistakes} == {"missed"}
    assert told(case, data)[0] == ("kind", "missed", "meeting", "other")


def test_a_record_of_another_version_is_read_as_far_as_it_goes(case: Case) -> None:
    """Without kind, evidence or mentioned, with unknown fields, a list that is null."""
    data = record(schema_version="0.9", novelty={"x": 1}, documents=None)
    del data["kind"], data["mentioned"], data["tasks"][0]["evidence"], data["speakers"][0]["kind"]
    data["leaders"][0]["confidence"] = 0.5
    comparison = measured(case, data)
    assert comparison.says_meeting
    assert comparison.counts["tasks"] == Count(2, 0, 0)
    assert told(case, data) == [
        ("documents", "missed", "林业工作要点", None),
        ("names", "missed", "叶南", None),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (with_item("leaders", 1, name="祖秋", evidence=at("祖秋")), ("leaders", "boundary", "祖秋实", "祖秋")),
        (with_item("leaders", 0, roles=["attend"]), ("leaders", "role", "attend, address", "attend")),
        (with_item("leaders", 1, title="县长"), ("leaders", "title", "副县长", "县长")),
        (with_item("leaders", 1, title=None), ("leaders", "title", "副县长", None)),
        (with_item("speakers", 2, roles=["report"]), ("speakers", "role", "statement", "report")),
        (with_item("attending_units", 2, representatives=None), ("units", "title", "主要负责人", None)),
        (with_item("attending_units", 2, name="各乡镇"), ("units", "boundary", "各乡镇（街道）", "各乡镇")),
        (with_item("documents", 0, action="approve"), ("documents", "role", "review", "approve")),
        (with_item("tasks", 1, by="祖秋实"), ("task.by", "role", "宁书同", "祖秋实")),
        (with_item("tasks", 0, text="管住", evidence=at("管住")), ("tasks", "boundary", "一要管住火源", "管住")),
        (record(mentioned=[]), ("names", "missed", "叶南", None)),
        (record(mentioned=["叶南", "记者"]), ("names", "wrong", None, "记者")),
        (record(mentioned=["叶"]), ("names", "boundary", "叶南", "叶")),
        (record(date=None), ("date", "missed", "3月24日上午 = 2021-03-24", None)),
    ],
)  # fmt: skip
def test_one_error_is_told_once_and_by_its_kind(
    case: Case, data: Data, expected: tuple[str, str, str | None, str | None]
) -> None:
    assert told(case, data) == [expected]


def test_known_in_another_capacity_is_a_role(case: Case) -> None:
    """Who chaired is in the record as merely mentioned; who was mentioned, as a leader."""
    data = record(mentioned=["祖秋实"])
    data["leaders"][1].update(name="叶南", title=None, roles=["attend"], evidence=at("叶南"))
    assert told(case, data) == [("leaders", "role", "chair", None), ("leaders", "role", None, "attend")]


def test_a_date_has_an_expression_and_a_value(case: Case) -> None:
    data = record()
    data["date"]["edtf"] = "2020-03-24"
    assert told(case, data) == [("date", "wrong", "3月24日上午 = 2021-03-24", "3月24日上午 = 2020-03-24")]
    data["date"].update(text="24日", edtf=None, evidence=at("24日"))
    assert told(case, data) == [("date", "boundary", "3月24日上午 = 2021-03-24", "24日")]


def test_in_a_field_with_one_value_another_one_stands_in_its_place(case: Case) -> None:
    data = record()
    data["meeting"]["location"] = {"text": "青石镇", "evidence": at("青石镇")}
    assert told(case, data) == [("meeting.location", "wrong", "县行政中心", "青石镇")]
    data["meeting"]["location"] = {"text": "中心召开", "evidence": at("中心召开")}
    assert told(case, data) == [("meeting.location", "boundary", "县行政中心", "中心召开")]


def test_where_an_error_is(case: Case) -> None:
    """At the record's value; at the annotation's where the record has none; nowhere without evidence."""
    data = record(mentioned=["记者"])
    data["attending_units"][2].update(name="青石", evidence=[{"start": 7, "end": 9}])
    by_item = {m.item: m.where for m in measured(case, data).mistakes}
    start = case.text.index("各乡镇")
    assert by_item == {
        "各乡镇（街道）": (start, start + 7),
        "青石": (7, 9),
        "叶南": _place(case, "叶南"),
        "记者": None,
    }


def _place(case: Case, piece: str) -> tuple[int, int]:
    return case.text.index(piece), case.text.index(piece) + len(piece)


def test_loose_rows_count_what_is_nearly_right(case: Case) -> None:
    data = record()
    data["attending_units"][2]["name"] = "各乡镇街道"  # neither holds the other
    data["attending_units"][1]["name"] = "青石"  # two thirds as long
    data["attending_units"][0]["name"] = "县局"  # neither, again
    half = "二要补齐队伍，"  # 7 of 13 characters
    data["tasks"][1].update(text=half, evidence=at(half))
    counts = measured(case, data).counts
    assert (counts["units"], counts["units~"]) == (Count(0, 3, 3), Count(1, 2, 2))
    assert (counts["tasks"], counts["tasks~"]) == (Count(1, 1, 1), Count(2, 0, 0))
    assert counts["task.by"] == Count(2, 0, 0)


@pytest.mark.parametrize(
    ("units", "piece", "expected"),
    [("镇", "二要补齐队伍", (2, 1)), ("青石", "二要补齐队伍，6月底前完", (3, 2))],
)
def test_loose_rows_have_an_end(case: Case, units: str, piece: str, expected: tuple[int, int]) -> None:
    """A third of a name, and 6 of 13 characters, are too little."""
    data = record()
    data["attending_units"][1]["name"] = units
    data["tasks"][1].update(text=piece, evidence=at(piece))
    counts = measured(case, data).counts
    assert (counts["units~"].right, counts["tasks~"].right) == expected


def test_a_text_without_meeting(tmp_path: Path) -> None:
    case = reports.case(tmp_path, {"id": "a", "is_meeting": False})
    assert measured(case, record(kind="other")).mistakes == ()
    assert measured(case, None).mistakes == ()
    assert told(case, record()) == [("kind", "wrong", "other", "meeting")]
    scores = scored([measured(case, record()), measured(case, None)])
    assert (scores.reports, scores.meetings, scores.told_right, scores.perfect) == (2, 0, 1, 0)
