from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st
from records import error_record, record, value

from extractor.writing.json_text import coloured, document, line
from schemas import read_record

#: Characters that act on a terminal or end a line for some reader.
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

hostile = st.text(
    st.sampled_from("会议[/b]\x1b\x9b\x07\u202e\u2028\x85\n\t\\\"' :{}1-true")
    | st.characters(exclude_categories=["Cs"])
)


def test_document_and_line_are_the_same_record() -> None:
    for made in (record(), error_record()):
        assert read_record(document(made)) == read_record(line(made)) == made
        assert document(made).endswith("\n}\n")
        assert line(made).count("\n") == 1
        assert line(made).endswith("}\n")


def test_chinese_stays_chinese_and_fields_keep_their_order() -> None:
    text = document(record())
    assert "云岭县召开安全生产工作会议" in text
    assert list(json.loads(text)) == list(type(record()).model_fields)


@given(hostile.filter(str.strip))
def test_any_text_comes_back_and_nothing_of_it_acts(text: str) -> None:
    made = error_record(name=text)
    for written in (document(made), line(made)):
        assert not ACTING.search(written)
        assert json.loads(written)["source"]["name"] == text
        written.encode("utf-8")


@given(hostile.filter(str.strip))
def test_colours_only_come_between(text: str) -> None:
    for written in (document(error_record(name=text)), line(record(title=value(text)))):
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured(written)) == written
        assert coloured(written) != written
