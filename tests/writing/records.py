"""Records made by hand for the tests of the writers; places and people are invented."""

from __future__ import annotations

from typing import Any

from schemas import ErrorRecord, Record, read_record

AT = [{"start": 0, "end": 2, "page": None, "box": None, "paragraph": None}]


def value(text: str) -> dict[str, Any]:
    return {"text": text, "confidence": 0.98, "evidence": AT}


def record(**changes: Any) -> Record:
    """A record with something in every field; ``changes`` replace fields."""
    data: dict[str, Any] = {
        "schema_version": "1.2",
        "status": "ok",
        "source": {
            "name": "report.txt",
            "media_type": "text/plain",
            "encoding": "utf-8",
            "sha256": "0" * 64,
            "characters": 900,
            "pages": None,
        },
        "kind": "report",
        "title": value("云岭县召开安全生产工作会议"),
        "meeting": {"name": value("安全生产工作会议"), "organizer": value("云岭县"), "location": None},
        "date": {
            "text": "3月24日至25日",
            "start": "2021-03-24",
            "end": "2021-03-25",
            "edtf": "2021-03-24/2021-03-25",
            "inferred": ["year"],
            "inferred_from": "published",
            "confidence": 0.99,
            "evidence": AT,
        },
        "leaders": [
            {
                "name": "李甲",
                "title": "县委副书记、县长",
                "title_confidence": 0.97,
                "roles": ["attend", "address"],
                "confidence": 0.95,
                "evidence": AT,
            },
            {
                "name": "王乙",
                "title": None,
                "title_confidence": None,
                "roles": ["chair"],
                "confidence": 0.9,
                "evidence": AT,
            },
        ],
        "speakers": [
            {
                "name": "李甲",
                "kind": "person",
                "title": "县委副书记、县长",
                "title_confidence": 0.97,
                "roles": ["address"],
                "confidence": 0.93,
                "evidence": AT,
            },
            {
                "name": "县财政局",
                "kind": "unit",
                "title": None,
                "title_confidence": None,
                "roles": ["statement"],
                "confidence": 0.88,
                "evidence": AT,
            },
        ],
        "attending_units": [
            {
                "name": "各乡镇",
                "representatives": "党委书记",
                "representatives_confidence": 0.85,
                "roles": ["attend"],
                "confidence": 0.94,
                "evidence": AT,
            }
        ],
        "tasks": [
            {
                "text": "一要压实责任，6月底前完成整改",
                "ordinal": "一要",
                "by": "会议",
                "actor": "各乡镇",
                "deadline": "6月底前",
                "confidence": 0.98,
                "evidence": AT,
            }
        ],
        "documents": [{"title": "安全生产工作要点", "action": "review", "confidence": 0.95, "evidence": AT}],
        "mentioned": ["赵丙"],
        "warnings": [
            {"code": "list-open", "message": "参会名单以“等”结尾，可能未列全。", "evidence": AT},
        ],
    }
    made = read_record(data | changes)
    assert isinstance(made, Record)
    return made


def nothing_stated(**changes: Any) -> Record:
    """A record of a meeting of which the report states nothing."""
    empty: dict[str, Any] = {
        "title": None,
        "meeting": {"name": None, "organizer": None, "location": None},
        "date": None,
    }
    lists = ("leaders", "speakers", "attending_units", "tasks", "documents", "mentioned", "warnings")
    return record(**(empty | {name: [] for name in lists} | changes))


def error_record(code: str = "empty", name: str = "bad.txt") -> ErrorRecord:
    made = read_record(
        {
            "schema_version": "1.2",
            "status": "error",
            "source": {
                "name": name,
                "media_type": None,
                "encoding": None,
                "sha256": None,
                "characters": None,
                "pages": None,
            },
            "error": {
                "code": code,
                "message": "bad.txt 中没有文字。",
                "hint": "请检查文件是否完整保存或复制。",
            },
        }
    )
    assert isinstance(made, ErrorRecord)
    return made
