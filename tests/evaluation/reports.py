"""A report made up for these tests, its annotation, and its record; places and people are invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.evaluation.comparison import Comparison, compare
from extractor.evaluation.gold import Case, read_case
from extractor.evaluation.records import parsed

Data = dict[str, Any]

TEXT = """云岭县召开林业工作会议
3月24日上午，云岭县林业工作会议在县行政中心召开。县委副书记、县长宁书同出席会议并讲话，副县长祖秋实主持会议。
宁书同强调，一要管住火源；二要补齐队伍，6月底前完成。会议审议了《林业工作要点》。
县林业局、青石镇作表态发言，各乡镇（街道）主要负责人参加会议。（记者 叶南）
"""

GOLD: Data = {
    "id": "a",
    "is_meeting": True,
    "meeting": {"name": "云岭县林业工作会议", "organizer": None, "location": "县行政中心"},
    "date": {"text": "3月24日上午", "edtf": "2021-03-24"},
    "people": [
        {"name": "宁书同", "title": "县委副书记、县长", "roles": ["attend", "address"]},
        {"name": "祖秋实", "title": "副县长", "roles": ["chair"]},
    ],
    "mentioned": ["叶南"],
    "units": [
        {"name": "县林业局", "representatives": None, "roles": ["statement"]},
        {"name": "青石镇", "representatives": None, "roles": ["statement"]},
        {"name": "各乡镇（街道）", "representatives": "主要负责人", "roles": ["attend"]},
    ],
    "tasks": [
        {"text": "一要管住火源", "by": "宁书同", "actor": None, "deadline": None},
        {"text": "二要补齐队伍，6月底前完成", "by": "宁书同", "actor": None, "deadline": "6月底前"},
    ],
    "documents": [{"title": "林业工作要点", "action": "review"}],
}


def at(piece: str) -> list[dict[str, int]]:
    """Evidence of a piece of the text, where it stands first."""
    start = TEXT.index(piece)
    return [{"start": start, "end": start + len(piece)}]


def value(piece: str) -> Data:
    return {"text": piece, "evidence": at(piece)}


def record(**changes: Any) -> Data:
    """A record without any error; ``changes`` replace fields."""
    leaders = [{**person, "evidence": at(person["name"])} for person in GOLD["people"]]
    units = [{**unit, "evidence": at(unit["name"])} for unit in GOLD["units"]]
    speech = {"kind": "person", "title": "县委副书记、县长", "roles": ["address"]}
    said = {"kind": "unit", "title": None, "roles": ["statement"]}
    made: Data = {
        "schema_version": "1.0",
        "status": "ok",
        "source": {"name": "a.txt", "sha256": "0" * 64},
        "kind": "report",
        "title": value("云岭县召开林业工作会议"),
        "meeting": {"name": value("云岭县林业工作会议"), "organizer": None, "location": value("县行政中心")},
        "date": {**value("3月24日上午"), "edtf": "2021-03-24", "start": "2021-03-24", "end": "2021-03-24"},
        "leaders": leaders,
        "speakers": [
            {"name": "宁书同", "evidence": at("宁书同"), **speech},
            {"name": "县林业局", "evidence": at("县林业局"), **said},
            {"name": "青石镇", "evidence": at("青石镇"), **said},
        ],
        "attending_units": units,
        "tasks": [{**task, "evidence": at(task["text"])} for task in GOLD["tasks"]],
        "documents": [{**GOLD["documents"][0], "evidence": at("林业工作要点")}],
        "mentioned": ["叶南"],
        "warnings": [],
    }
    copy: Data = json.loads(json.dumps(made | changes))  # so that a test may change it anywhere
    return copy


def folder(at: Path, gold: Mapping[str, Any] = GOLD, text: str = TEXT) -> Path:
    """The report and its annotation as files; gives the folder of annotations."""
    for name in ("texts", "gold"):
        (at / name).mkdir(exist_ok=True)
    (at / "texts" / "a.txt").write_text(text, "utf-8")
    (at / "gold" / "a.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    return at / "gold"


def case(at: Path, gold: Mapping[str, Any] = GOLD, text: str = TEXT) -> Case:
    place = folder(at, gold, text)
    return read_case(place / "a.json", at / "texts")


def measured(case: Case, data: Data | None) -> Comparison:
    found = None if data is None else parsed(json.dumps(data).encode(), "records.jsonl").record
    return compare(case, found)
