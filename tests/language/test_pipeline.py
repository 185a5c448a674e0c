"""The pipeline as spaCy's users meet it."""

import importlib.metadata
import re
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

import extractor
from extractor.language.pipeline import COMPONENTS, load
from extractor.language.tokenizer import Characters

from ..test_rules import unbounded

TEXT = "县委召开春耕生产工作会议\n5月3日，县委在澜川召开春耕生产工作会议。县长李明主持会议，县财政局负责人参加会议。"


@pytest.mark.parametrize("name", COMPONENTS)
def test_each_component_works_alone(name: str) -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert any(key.startswith("meeting_") for key in doc.spans)


def test_components_are_found_through_entry_points() -> None:
    named = {e.name for e in importlib.metadata.entry_points(group="spacy_factories")}
    assert set(COMPONENTS) <= named
    code = "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('meeting_dates'); print(len(nlp('会议5月3日召开。').spans))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 1


def test_spans_carry_the_rule_and_the_words(nlp: Language) -> None:
    doc = nlp("县长王　伟主持春耕生产工作会议。")
    (person,) = doc.spans["meeting_people"]
    assert (person.text, person.label_) == ("王　伟", "chair")
    assert person.id_.startswith("roles.")


def test_pipe_gives_what_single_calls_give(nlp: Language) -> None:
    texts = [TEXT, "", "无会议。", TEXT]
    assert [d._.meeting for d in nlp.pipe(texts)] == [nlp(t)._.meeting for t in texts]


@given(st.text(st.sampled_from(list("省委 \n\t　ab，\u2028😀\u200b")), max_size=30) | st.text(max_size=30))
def test_tokens_are_those_of_spacys_own_tokenizer(text: str) -> None:
    blank = spacy.blank("zh")
    ours, theirs = Characters(blank.vocab)(text), blank.make_doc(text)
    assert ours.text == text
    assert [(t.text, t.whitespace_) for t in ours] == [(t.text, t.whitespace_) for t in theirs]


def test_loading_twice_gives_two_pipelines() -> None:
    assert load() is not load()


def test_no_pattern_in_the_code_can_run_away() -> None:
    for module in walk_packages(extractor.__path__, "extractor."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                assert not unbounded(value.pattern, value.flags & re.VERBOSE), f"{module.name}.{name}"
