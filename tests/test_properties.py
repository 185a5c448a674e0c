"""Any text in, a valid record or a clear error out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # has none
from spacy.language import Language

from extractor import extract_bytes, extract_text, load
from extractor.api import make
from extractor.errors import InputError
from extractor.reading import read_text
from schemas import Record, bare, json_schema, read_record, to_json

SCHEMA = Draft202012Validator(json_schema())

#: What reports are made of: whole genre fragments, so that rules fire, and what breaks them.
FRAGMENTS = """
李建国 王\u3000伟 赵\u2002丽 欧阳明 阿依古丽·买买提 王\u200b芳 John\xa0Smith 陈&nbsp;光 张</b>强
县委书记 副县长 市政协主席、党组书记 县教育局局长 校长 县领导 中心主任 同志 教授
主持会议 出席会议并讲话 作工作报告 作表态发言 强调， 指出： 授课 参加会议 等出席 代表 受 委托 由 主持，
县财政局 各乡镇（街道）主要负责人 市直有关部门负责同志 县教育和体育局 各县（市、区） 董事会 领导班子成员
3月24日 2021年3月24日至25日 昨日下午 近日 二〇二一年二月三十日 2021.13.40 上周五 24日 10月31日至11月2日
一要抓好春耕；二要严格执法。 要确保6月底前完成 （一）加强领导。 一是压实责任 首先， 必须 会议要求，
时间： 地点： 主持： 出席： 列席： 缺席： 议题： 议定事项： 【主持人】 会议纪要
审议通过《春耕方案》 传达学习了《关于加强领导的通知》 听取工作情况的汇报 印发《 签订协议
本报讯（记者\xa0张三） 新华社北京5月3日电 全县农业工作会议 在县城召开 图为会议现场 责任编辑：
， 。 ； ： 、 ！ “ ” （ ） 《 》 等 和 的 &nbsp; <br/> \ufeff \ufffd \u200b 𠮷
"""

LINES = ("\n", "\n\n", "\r\n", "\r", "\u2028", "\x85")
BLANKS = (" ", "\u3000", "\t", "\xa0", "<p align='a'>", "<b>")

# Split at plain spaces and line ends only: some fragments hold other blanks.
FRAGMENT = st.sampled_from([*re.split("[ \n]+", FRAGMENTS.strip()), *LINES, *BLANKS])
#: What makes a meeting of the fragments that follow: without it most texts are none, their lists empty.
OPENINGS = (
    "",
    "青石县召开农业工作会议\n3月24日，青石县农业工作会议在县城召开。",
    "会议纪要\n时间：3月24日\n",
)
GENRE: SearchStrategy[str] = st.builds(
    lambda opening, rest: opening + "".join(rest),
    st.sampled_from(OPENINGS),
    st.lists(FRAGMENT | st.text(max_size=3), min_size=1, max_size=80),
)
#: All of Unicode, halves of characters included.
ANY: SearchStrategy[str] = st.text(max_size=300) | st.text(st.characters(categories=["Z", "C"]), max_size=99)
PUBLISHED = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))

# A call takes milliseconds, but the first one loads spaCy and the machine may be shared.
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(record: Record, characters: str) -> None:
    """Everything that a record promises, checked from outside of the models."""
    data = json.loads(to_json(record))
    SCHEMA.validate(data)
    to_json(record).encode("utf-8")
    assert read_record(data, characters) == record
    for value, evidence, is_name in quotes(data):
        first = characters[evidence[0]["start"] : evidence[0]["end"]]
        assert (bare(first) if is_name else first) == (bare(value) if is_name else value)
        assert all(0 <= e["start"] < e["end"] <= len(characters) for e in evidence)
    flat = bare(characters)
    assert all(bare(name) in flat for name in data["mentioned"])
    if data["kind"] == "other":
        assert data["warnings"][0]["code"] == "not-a-meeting"


def quotes(data: dict[str, object]) -> Iterator[tuple[str, list[dict[str, int]], bool]]:
    """Each value with its evidence, and whether it is a person's name."""

    def walk(item: object, field: str) -> Iterator[tuple[str, list[dict[str, int]], bool]]:
        if isinstance(item, list):
            for entry in item:
                yield from walk(entry, field)
        elif isinstance(item, dict):
            if "evidence" in item and field != "warnings":
                key = next(key for key in ("name", "text", "title") if key in item)
                is_name = key == "name" and "title" in item and item.get("kind") != "unit"
                yield item[key], item["evidence"], is_name
            for key, value in item.items():
                yield from walk(value, key)

    yield from walk(data, "")


def tried(characters: str, published: date | None = None) -> Record | None:
    try:
        return extract_text(characters, published=published)
    except InputError as error:  # any other error is a fault
        return None if error.message("zh") and error.hint("zh") else pytest.fail("an error that says nothing")


@relaxed
@given(ANY, PUBLISHED)
def test_any_text_gives_a_valid_record_or_a_clear_error(characters: str, published: date | None) -> None:
    if record := tried(characters, published):
        check(record, read_text(characters).characters)


@settings(relaxed, max_examples=300)
@given(GENRE, PUBLISHED)
def test_any_report_gives_a_valid_record(characters: str, published: date | None) -> None:
    if record := tried(characters, published):
        check(record, read_text(characters).characters)


@relaxed
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gbk", "big5", "utf-16", "latin-1"]))
def test_any_bytes_give_a_valid_record_or_a_clear_error(data: bytes, encoding: str | None) -> None:
    for on_damage in ("stop", "keep"):
        try:
            record = extract_bytes(data, encoding=encoding, on_damage=on_damage)
        except InputError:
            continue
        SCHEMA.validate(json.loads(to_json(record)))


@relaxed
@given(GENRE, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]))
def test_the_encoding_does_not_change_what_is_read(characters: str, encoding: str) -> None:
    plain = tried(characters)
    if plain is None:
        return
    coded = extract_bytes(characters.encode(encoding), encoding=encoding, name="text")
    assert coded.model_copy(update={"source": plain.source}) == plain


@relaxed
@given(GENRE, PUBLISHED)
def test_two_runs_give_the_same_bytes(characters: str, published: date | None) -> None:
    one, other = tried(characters, published), tried(characters, published)
    assert (one and to_json(one)) == (other and to_json(other))


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return load()


@relaxed
@given(characters=ANY | GENRE)
def test_the_pipeline_keeps_every_character(characters: str, pipeline: Language) -> None:
    try:
        text = read_text(characters)
    except InputError:
        return
    assert pipeline(text.characters).text == text.characters


@relaxed
@given(GENRE)
def test_every_traced_path_is_in_the_record(characters: str) -> None:
    try:
        made = make(read_text(characters))
    except InputError:
        return
    data = made.record.model_dump(mode="json")
    for trace in made.trace:
        assert trace.rule
        at: object = data
        for step in trace.path.replace("[", ".").replace("]", "").split("."):
            at = at[int(step)] if isinstance(at, list) else at[step]  # type: ignore[index]
