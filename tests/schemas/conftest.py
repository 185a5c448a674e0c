"""A record written by hand, and the text that it quotes."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = """青石县召开春季农业工作会议
3月24日，青石县春季农业工作会议在县城召开。县长王　平出席会议并讲话，县财政局作表态发言。
会议指出，青石县农业局要抓好春耕，6月底前完成备耕。会议审议了《春耕方案》。陈光、各乡镇党委书记参加会议。
"""

Json = dict[str, Any]


def at(*pieces: str) -> list[dict[str, int]]:
    """The spans of these pieces, where each stands first."""
    nowhere = {"page": None, "box": None, "paragraph": None}
    return [{"start": (start := TEXT.index(piece)), "end": start + len(piece), **nowhere} for piece in pieces]


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def data() -> Json:
    """A fresh copy each time: tests break it."""
    name, task = "青石县春季农业工作会议", "青石县农业局要抓好春耕，6月底前完成备耕"
    speech = "讲话"
    return {
        "schema_version": "1.2",
        "status": "ok",
        "source": {
            "name": "qingshi.txt",
            "media_type": "text/plain",
            "encoding": "gb18030",
            "sha256": "0" * 64,
            "characters": len(TEXT),
            "pages": None,
        },
        "kind": "report",
        "title": {"text": "青石县召开春季农业工作会议", "confidence": 0.98, "evidence": at("青石县召开春季农业工作会议")},
        "meeting": {
            "name": {"text": name, "confidence": 0.97, "evidence": at(name)},
            "organizer": None,
            "location": {"text": "县城", "confidence": 0.9, "evidence": at("县城")},
        },
        "date": {
            "text": "3月24日",
            "start": "2021-03-24",
            "end": "2021-03-24",
            "edtf": "2021-03-24",
            "inferred": ["year"],
            "inferred_from": "published",
            "confidence": 0.99,
            "evidence": at("3月24日"),
        },
        "leaders": [
            {
                "name": "王平",
                "title": "县长",
                "title_confidence": 0.98,
                "roles": ["attend", "address"],
                "confidence": 0.96,
                "evidence": at("王　平", "县长", "出席会议", speech),
            }
        ],
        "speakers": [
            {"name": "王平", "kind": "person", "title": "县长", "title_confidence": 0.98, "roles": ["address"], "confidence": 0.95,
             "evidence": at("王　平", "县长", speech)},
            {"name": "县财政局", "kind": "unit", "title": None, "title_confidence": None, "roles": ["statement"],
             "confidence": 0.8,
             "evidence": at("县财政局", "作表态发言")},
        ],
        "attending_units": [
            {"name": "各乡镇", "representatives": "党委书记", "representatives_confidence": 0.7,
             "roles": ["attend"], "confidence": 0.9,
             "evidence": at("各乡镇", "党委书记", "参加会议")},
        ],
        "tasks": [
            {"text": task, "ordinal": None, "by": "会议", "actor": "青石县农业局", "deadline": "6月底前",
             "confidence": 0.98, "evidence": at(task, "会议")},
        ],
        "documents": [{"title": "春耕方案", "action": "review", "confidence": 0.95, "evidence": at("春耕方案", "审议")}],
        "mentioned": ["陈光"],
        "warnings": [{"code": "list-open", "message": "参会名单以“等”结尾。", "evidence": at("参加会议")}],
    }  # fmt: skip


@pytest.fixture
def failure() -> Json:
    return {
        "schema_version": "1.2",
        "status": "error",
        "source": {
            "name": "scan.txt",
            "media_type": None,
            "encoding": None,
            "sha256": "0" * 64,
            "characters": None,
            "pages": None,
        },
        "error": {"code": "binary", "message": "不是纯文本。", "hint": "请另存为纯文本。"},
    }
