from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import AT, error_record, nothing_stated, record, value
from rich.cells import cell_len

import schemas
from extractor.errors import EmptyError
from extractor.writing.card import card
from extractor.writing.labels import labels

hostile = st.text(
    st.sampled_from("会议[bold][/]\x1b[31m\x9b\x07\u202e\u2028\x85\n\t\\:smile:")
    | st.characters(exclude_categories=["Cs"])
)


def rows(text: str) -> str:
    """The card without its frame, each row with single blanks."""
    lines = (re.sub(r"\s+", " ", line.strip("│ ")) for line in text.splitlines()[1:-1])
    return "\n".join(lines)


def test_in_chinese() -> None:
    text = card(record(), "zh", width=100)
    assert text.splitlines()[0].startswith("╭─ 会议报道 · report.txt ─")
    assert rows(text) == (
        "题名 云岭县召开安全生产工作会议\n"
        "会议名称 安全生产工作会议\n"
        "主办 云岭县\n"
        "地点 未载明\n"
        "日期 3月24日至25日（2021-03-24/2021-03-25；年份据发布日期推断）\n"
        "领导 · 李甲 县委副书记、县长（出席、讲话）\n"
        "· 王乙（主持）\n"
        "发言 · 李甲 县委副书记、县长（讲话）\n"
        "· 县财政局（发言）\n"
        "任务 · 一要压实责任，6月底前完成整改（提出：会议；责任：各乡镇；期限：6月底前）\n"
        "单位 · 各乡镇 党委书记（出席）\n"
        "文件 · 《安全生产工作要点》（审议）\n"
        "提及 赵丙\n"
        "提示 · 参会名单以“等”结尾，可能未列全。"
    )


def test_in_english() -> None:
    text = rows(card(record(), "en", width=110))
    assert "Place not stated" in text
    assert "(2021-03-24/2021-03-25; year inferred from the date of publication)" in text
    assert "· 李甲 县委副书记、县长 (attended, address)" in text
    assert "Remarks · A list of those who attended ends with 等" in text


def test_what_is_not_stated_is_named() -> None:
    labels = ["题名", "会议名称", "主办", "地点", "日期", "领导", "发言", "任务", "单位", "文件"]
    assert rows(card(nothing_stated())).splitlines() == [
        *(f"{label} 未载明" for label in labels),
        "提及 无",
    ]


def test_a_text_without_a_meeting_has_no_empty_rows() -> None:
    warning = {"code": "not-a-meeting", "message": "文中没有会议。", "evidence": []}
    text = card(nothing_stated(kind="other", warnings=[warning]))
    assert "非会议文本 · report.txt" in text
    assert rows(text) == "题名 未载明\n提示 · 文中没有会议。"


def test_an_error() -> None:
    assert "未能处理 · bad.txt" in card(error_record())
    assert "empty bad.txt 中没有文字。" in rows(card(error_record(), "en"))
    told = rows(card(error_record(), "en", error=EmptyError(path="bad.txt")))
    assert "empty bad.txt holds no text." in told


def test_a_warning_of_a_later_version_stays_as_it_is() -> None:
    later = {"code": "not-yet-known", "message": "新的提示。", "evidence": []}
    assert "新的提示。" in card(record(warnings=[later]), "en")


def test_what_the_date_says_is_filled_into_the_warning() -> None:
    warning = {"code": "year-unknown", "message": "会议年份未载明：3月24日至25日。", "evidence": AT}
    assert "not stated: 3月24日至25日." in rows(card(record(warnings=[warning]), "en"))


@settings(deadline=None)  # the machine may be busy: time is not what this is about
@given(hostile.filter(str.strip), st.sampled_from([40, 80, 200]))
def test_no_text_of_a_report_acts(text: str, width: int) -> None:
    made = record(title=value(text), mentioned=[text], warnings=[]).model_copy(
        update={"source": record().source.model_copy(update={"name": text})}
    )
    shown = card(made, width=width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    assert re.sub(r"\x1b\[[0-9;]*m", "", card(made, width=width, colour=True)) == shown


def test_markup_and_escapes_come_out_literally() -> None:
    shown = card(record(title=value("[bold]红[/bold] [link=http://a.b]x[/link] :smile: \x1b[31m\u202e")))
    assert r"[bold]红[/bold] [link=http://a.b]x[/link] :smile: \x1b[31m\u202e" in shown


@pytest.mark.parametrize("width", [1, 40, 63, 80, 500])
def test_every_line_is_as_wide_as_the_card(width: int) -> None:
    long = {"text": "一要压实责任，" * 30, "ordinal": "一要", "by": "会议", "actor": None, "deadline": None}
    shown = card(record(tasks=[long | {"confidence": 0.98, "evidence": AT}]), width=width)
    assert {cell_len(line) for line in shown.splitlines()} == {min(max(width, 40), 110)}
    assert re.sub(r"[\s│·]", "", shown).count("一要压实责任，") == 30


def _keys(table: dict[str, Any]) -> set[str]:
    inner = (f"{k}.{i}" for k, v in table.items() if isinstance(v, dict) for i in v)
    return {k for k, v in table.items() if isinstance(v, str)} | set(inner)


def test_both_languages_have_the_same_words_and_a_word_for_every_value() -> None:
    assert _keys(labels()["zh"]) == _keys(labels()["en"])
    for name, values in {
        "kind": schemas.Kind,
        "role": schemas.Role,
        "action": schemas.Action,
        "part": schemas.DatePart,
        "source": schemas.DateSource,
    }.items():
        assert set(labels()["zh"][name]) == set(get_args(values))


def test_what_is_uncertain_is_marked() -> None:
    assert "[" not in rows(card(record(), "en", width=110, below=0.8))
    text = rows(card(record(), "en", width=110, below=0.9))
    assert "县财政局 (statement) [88 % sure]" in text
    assert "各乡镇 党委书记 (attended) [title or representatives: 85 % sure]" in text
    assert "李甲 县委副书记、县长 (attended, address)\n" in text
