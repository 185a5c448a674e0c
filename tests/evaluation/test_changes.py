"""What changed between two records: each change once, by its kind, whatever the order of the lists."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.evaluation.changes import changes

from .reports import Data, at, record, value

Told = list[tuple[str, str, str, str | None, str | None]]


def told(old: Data, new: Data, *, everything: bool = False) -> Told:
    return [tuple(change) for change in changes(old, new, everything=everything)]


def edited(field: str, index: int, **parts: Any) -> Data:
    data = record()
    data[field][index].update(parts)
    return data


def without(field: str, index: int) -> Data:
    data = record()
    del data[field][index]
    return data


def test_nothing_changed() -> None:
    assert told(record(), record()) == told(record(), record(), everything=True) == []


@pytest.mark.parametrize(
    ("new", "change"),
    [
        (record(kind="minutes"), ("kind", "changed", "", "report", "minutes")),
        (record(title=None), ("title", "removed", "", "云岭县召开林业工作会议", None)),
        (record(title=value("林业工作会议")), ("title", "boundary", "", "云岭县召开林业工作会议", "林业工作会议")),
        (record(title=value("县林业局")), ("title", "changed", "", "云岭县召开林业工作会议", "县林业局")),
        (record(date=None), ("date", "removed", "", "2021-03-24", None)),
        (without("leaders", 0), ("leaders", "removed", "", "宁书同", None)),
        (edited("leaders", 0, roles=["chair"]), ("leaders", "roles", "宁书同", "attend, address", "chair")),
        (edited("leaders", 1, title=None), ("leaders", "title", "祖秋实", "副县长", None)),
        (edited("leaders", 1, name="祖秋", evidence=at("祖秋")), ("leaders", "boundary", "", "祖秋实", "祖秋")),
        (edited("attending_units", 2, representatives="代表"),
         ("attending_units", "representatives", "各乡镇（街道）", "主要负责人", "代表")),
        (edited("tasks", 1, by=None), ("tasks", "by", "二要补齐队伍，6月底前完成", "宁书同", None)),
        (edited("tasks", 1, text="补齐队伍，6月底", evidence=at("补齐队伍，6月底")),
         ("tasks", "boundary", "", "二要补齐队伍，6月底前完成", "补齐队伍，6月底")),
        (edited("documents", 0, action="approve"), ("documents", "action", "林业工作要点", "review", "approve")),
        (record(mentioned=["叶南", "祖秋"]), ("mentioned", "added", "", None, "祖秋")),
        (record(warnings=[{"code": "list-open", "message": "…", "evidence": []}]),
         ("warnings", "added", "", None, "list-open")),
        (record(novelty=[1, {"a": 2}]), ("novelty", "added", "", None, '[1, {"a": 2}]')),
    ],
)  # fmt: skip
def test_one_change_is_told_once_and_by_its_kind(new: Data, change: Told) -> None:
    assert told(record(), new) == [change]


def test_the_other_way_round_what_was_removed_is_added() -> None:
    assert told(without("leaders", 0), record()) == [("leaders", "added", "", None, "宁书同")]
    assert told(record(date=None), record()) == [("date", "added", "", None, "2021-03-24")]


def test_items_are_matched_by_what_they_are_and_not_by_their_index() -> None:
    new = record()
    new["leaders"] = [
        {"name": "叶南", "title": None, "roles": ["attend"], "evidence": at("叶南")},
        *new["leaders"],
    ]
    new["leaders"][2]["title"] = "县长"
    assert told(record(), new) == [
        ("leaders", "title", "祖秋实", "副县长", "县长"),
        ("leaders", "added", "", None, "叶南"),
    ]


def test_another_order_is_a_change_of_its_own() -> None:
    new = record()
    new["leaders"].reverse()
    assert told(record(), new) == [("leaders", "order", "", "宁书同、祖秋实", "祖秋实、宁书同")]


def test_roles_have_no_order_and_nothing_is_nothing() -> None:
    new = edited("leaders", 0, roles=["address", "attend"])
    del new["documents"], new["leaders"][0]["title"]
    old = record(documents=[])
    old["leaders"][0]["title"] = None
    assert told(old, new) == []


def test_pieces_that_overlap_in_the_text_are_one_with_two_cuts() -> None:
    """火源；二要补齐 and 一要管住火源 share 火源 alone: the places tell, if both have the same text."""
    piece = "火源；二要补齐"
    new = edited("tasks", 0, text=piece, evidence=at(piece))
    assert told(record(), new) == [("tasks", "boundary", "", "一要管住火源", piece)]
    new["source"]["sha256"] = "1" * 64
    assert told(record(), new) == [
        ("source.sha256", "changed", "", "0" * 64, "1" * 64),
        ("tasks", "removed", "", "一要管住火源", None),
        ("tasks", "added", "", None, piece),
    ]


def test_a_date_changes_in_its_value_or_in_its_expression() -> None:
    new = record()
    new["date"]["edtf"] = "2020-03-24"
    assert told(record(), new) == [("date", "changed", "", "2021-03-24", "2020-03-24")]
    new = record()
    new["date"].update(text="3月24日", inferred=["year"])
    assert told(record(), new) == [
        ("date", "text", "", "3月24日上午", "3月24日"),
        ("date", "inferred", "", None, "year"),
    ]


def test_an_error_record_is_compared_by_its_error_alone() -> None:
    error = {"status": "error", "source": {"name": "a.txt"}, "error": {"code": "empty", "message": "…"}}
    assert told(record(), error) == [("status", "changed", "", "ok", "error empty")]
    assert told(error, {**error, "error": {"code": "binary"}}) == [
        ("status", "changed", "", "error empty", "error binary")
    ]
    assert told(error, {**error, "error": {"code": "empty", "message": "?"}}) == []


def test_what_is_no_statement_is_compared_on_demand() -> None:
    old = record(warnings=[{"code": "no-date", "message": "甲", "evidence": []}])
    new = record(warnings=[{"code": "no-date", "message": "乙", "evidence": []}], schema_version="1.1")
    new["leaders"][0].update(confidence=0.5, evidence=at("祖秋实"))
    new["title"]["confidence"] = 0.25
    assert told(old, new) == []
    assert {(field, kind) for field, kind, *_ in told(old, new, everything=True)} == {
        ("schema_version", "changed"),
        ("title", "confidence"),
        ("leaders", "confidence"),
        ("leaders", "evidence"),
        ("warnings", "message"),
    }


def test_an_older_record_may_be_of_another_shape() -> None:
    """Mentioned as objects, a list that is none, a value that is a bare string."""
    new = record(mentioned=[{"name": "叶南", "evidence": at("叶南")}])
    assert told(record(), new) == []
    assert told(record(documents="none"), record()) == [("documents", "added", "", None, "林业工作要点")]
    assert told(record(title="云岭县召开林业工作会议"), record()) == []
    assert told(record(title="县林业局"), record()) == [
        ("title", "changed", "", "县林业局", "云岭县召开林业工作会议")
    ]
