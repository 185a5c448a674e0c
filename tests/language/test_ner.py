"""The names model: what it finds, that texts do not lean on each other, that it is small."""

from __future__ import annotations

import numpy as np
import pytest
import spacy

from extractor.language.charnet import TAGS
from extractor.language.ner import FOLDER, load_model, spans


def named(text: str, label: str = "PERSON") -> list[str]:
    return [text[n.start : n.end] for n in load_model().find([text])[0] if n.label == label]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县长郝志远主持会议。", ["郝志远"]),
        ("会议由副市长阿依努尔·买买提主持，卢 峰出席。", ["阿依努尔·买买提", "卢 峰"]),
        ("出席：欧阳明慧、卫国梁、秦苗", ["欧阳明慧", "卫国梁", "秦苗"]),
        ("会议要求，各级各部门要高度重视安全生产工作。", []),
    ],
)
def test_persons(text: str, names: list[str]) -> None:
    assert named(text) == names


def test_other_labels() -> None:
    text = "青川县教育局局长郝志远到成都市调研。"
    found = {(text[n.start : n.end], n.label) for n in load_model().find([text])[0]}
    assert {("青川县教育局", "ORG"), ("局长", "TITLE"), ("成都市", "LOC")} <= found


def test_a_text_does_not_lean_on_its_neighbours() -> None:
    texts = ["县长郝志远主持会议。", "", "卢峰", "\n", "会议由秦苗主持，"]
    alone = [load_model().find([t])[0] for t in texts]
    together = load_model().find(texts)
    assert [[x[:3] for x in t] for t in together] == [[x[:3] for x in t] for t in alone]


def test_long_texts_are_cut_at_line_ends() -> None:
    line = "县长郝志远主持会议。\n"
    text = line * 4000
    assert [text[n.start : n.end] for n in load_model().find([text])[0] if n.label == "PERSON"] == [
        "郝志远"
    ] * 4000


def test_any_characters_will_do() -> None:
    assert load_model().find(["", "\ud800", "\U0001f600" * 3, "\0"])


def test_broken_tags_are_mended() -> None:
    def row(**chance: float) -> list[float]:
        return [chance.get(tag.replace("-", "_"), 0.001) for tag in TAGS]

    scores = np.array([row(O=0.9), row(B_PERSON=0.9), row(O=0.5, I_PERSON=0.4), row(E_PERSON=0.9)], dtype="f")
    (found,) = spans(scores)
    assert (found.start, found.end, found.label) == (1, 4, "PERSON")


def test_component_works_in_other_pipelines() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("meeting_ner")
    assert ("郝志远", "PERSON") in {(e.text, e.label_) for e in nlp("县长　郝志远主持会议。").ents}


def test_the_model_is_small() -> None:
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) < 8_000_000
