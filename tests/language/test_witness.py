"""The model as a witness: what it adds, what the rules veto, what it is shown."""

from __future__ import annotations

import pytest

from extractor.language import witness
from extractor.language.candidates import candidates
from extractor.language.layout import read_layout
from extractor.language.names import find_names
from extractor.language.ner import load_model


def names(text: str) -> list[tuple[str, str]]:
    return [(name.name, name.rule) for name in find_names(text, read_layout(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("旗长巴图孟和主持会议。", "巴图孟和"),  # spelt by sound, without a dot
        ("省水利厅厅长水长东主持会议。", "水长东"),  # a surname that no list has
        ("站长谷雨汇报工作。", "谷雨"),  # a word as well
    ],
)
def test_names_that_the_rules_miss(text: str, expected: str) -> None:
    assert names(text) == [(expected, "names.model")]


def test_what_both_see_keeps_the_name_of_the_rule() -> None:
    assert names("会议由县委书记李明华主持。") == [("李明华", "names.surname")]


@pytest.mark.parametrize("said", ["王老", "明志楼", "李甲、王乙", "申威-", "D C"])
def test_rules_veto(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"会上，{said}发言。"
    at = (3, 3 + len(said))
    monkeypatch.setattr(witness, "_persons", lambda _text, _windows: [(at, 0.99)])
    assert at not in {(c.start, c.end) for c in witness.heard(text, []) if c.gain > 0}


def test_of_a_text_without_persons_little_is_shown() -> None:
    text = "会议要求，各级各部门要高度重视安全生产工作，压实责任，消除隐患。" * 20
    assert sum(end - start for start, end in witness._windows(text, candidates(text))) < len(text) / 10


def test_windows_keep_the_offsets() -> None:
    text = "会议强调，要抓好落实。" * 30 + "县长郝志远主持会议。" + "要压实责任。" * 30 + "副县长卢峰出席。"
    windows = witness._windows(text, candidates(text))
    found = {text[start:end] for (start, end), _ in witness._persons(text, windows)}
    whole = {text[n.start : n.end] for n in load_model().find([text])[0] if n.label == "PERSON"}
    assert {"郝志远", "卢峰"} <= found & whole
