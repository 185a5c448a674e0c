from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

import schemas
from schemas import ErrorRecord, Record, read_record, to_json

Json = dict[str, Any]
Break = Callable[[Json], object]


def test_a_sound_record_is_taken_and_comes_back_as_it_went_in(data: Json, text: str) -> None:
    record = Record.model_validate(data, context={"text": text})
    assert record.model_dump(mode="json") == data
    assert list(record.model_dump()) == list(data)


def test_json_keeps_order_and_chinese_and_is_the_same_each_time(data: Json, text: str) -> None:
    record = read_record(data, text)
    lines = to_json(record).splitlines()
    assert lines[0] == "{"
    assert lines[1] == '  "schema_version": "1.2",'
    assert "青石县召开春季农业工作会议" in to_json(record)
    assert to_json(record, indent=None).count("\n") == 0
    assert read_record(to_json(record), text) == record
    assert to_json(read_record(to_json(record))) == to_json(record)


def test_an_error_record_has_source_and_error_and_nothing_else(failure: Json) -> None:
    record = read_record(failure)
    assert isinstance(record, ErrorRecord)
    assert list(record.model_dump()) == ["schema_version", "status", "source", "error"]
    with pytest.raises(ValidationError):
        read_record({**failure, "kind": "report"})


def test_records_are_frozen(data: Json) -> None:
    record = Record.model_validate(data)
    with pytest.raises(ValidationError):
        record.kind = "minutes"
    assert isinstance(record.leaders, tuple)


#: name of the test → what is done to a sound record → words of the complaint.
BROKEN: dict[str, tuple[Break, str]] = {
    "unknown field": (lambda d: d.update(more=1), "Extra inputs"),
    "unknown field deeper": (lambda d: d["leaders"][0].update(age=50), "Extra inputs"),
    "missing field": (lambda d: d.pop("mentioned"), "Field required"),
    "other version": (lambda d: d.update(schema_version="2.0"), "'1.2'"),
    "surer than sure": (lambda d: d["title"].update(confidence=1.01), "less than or equal to 1"),
    "no confidence": (lambda d: d["tasks"][0].update(confidence=None), "valid number"),
    "sure of no title": (lambda d: d["speakers"][1].update(title_confidence=0.9), "go together"),
    "title without confidence": (lambda d: d["leaders"][0].update(title_confidence=None), "go together"),
    "representatives without confidence": (
        lambda d: d["attending_units"][0].update(representatives_confidence=None),
        "go together",
    ),
    "other kind": (lambda d: d.update(kind="speech"), "'report'"),
    "number as string": (lambda d: d["title"]["evidence"][0].update(start="0"), "valid integer"),
    "null list": (lambda d: d.update(tasks=None), "valid tuple"),
    "empty string": (lambda d: d["leaders"][0].update(title=""), "at least 1 character"),
    "white space alone": (lambda d: d["mentioned"].append("　"), "match pattern"),
    "bad digest": (lambda d: d["source"].update(sha256="F" * 64), "match pattern"),
    "reversed span": (lambda d: d["title"]["evidence"][0].update(start=9, end=3), "empty or reversed"),
    "empty span": (lambda d: d["title"]["evidence"][0].update(start=3, end=3), "empty or reversed"),
    "no evidence": (lambda d: d["title"].update(evidence=[]), "at least 1 item"),
    "span after the text": (lambda d: d["warnings"][0]["evidence"][0].update(end=999), "ends after the text"),
    "role twice": (lambda d: d["leaders"][0].update(roles=["attend", "attend"]), "stands twice"),
    "no role": (lambda d: d["leaders"][0].update(roles=[]), "at least 1 item"),
    "leader with a speaker's role": (lambda d: d["leaders"][0].update(roles=["lecture"]), "'chair'"),
    "speaker with a leader's role": (lambda d: d["speakers"][0].update(roles=["attend"]), "'address'"),
    "unit that chairs": (lambda d: d["attending_units"][0].update(roles=["chair"]), "'attend'"),
    "unit with a title": (lambda d: d["speakers"][1].update(title="县财政局"), "no title"),
    "unknown action": (lambda d: d["documents"][0].update(action="read"), "'review'"),
    "mentioned twice": (lambda d: d["mentioned"].append("陈光"), "stands twice"),
    "mentioned and leader": (lambda d: d["mentioned"].append("王平"), "taking part"),
    "no such day": (lambda d: d["date"].update(edtf="2021-02-30"), "no such day"),
    "not EDTF": (lambda d: d["date"].update(edtf="24.3.2021"), "match pattern"),
    "day that is not in edtf": (lambda d: d["date"].update(start="2021-03-23"), "not those of edtf"),
    "end without edtf": (lambda d: d["date"].update(edtf=None), "not those of edtf"),
    "inferred from nowhere": (lambda d: d["date"].update(inferred_from=None), "go together"),
    "from somewhere, yet nothing inferred": (lambda d: d["date"].update(inferred=[]), "go together"),
    "inferred from a guess": (lambda d: d["date"].update(inferred_from="guess"), "'text'"),
    "code with capitals": (lambda d: d["warnings"][0].update(code="List_Open"), "match pattern"),
    "a meeting in a text without one": (lambda d: d.update(kind="other"), "nothing but a title"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_refused(name: str, data: Json) -> None:
    change, complaint = BROKEN[name]
    change(data)
    with pytest.raises(ValidationError, match=complaint):
        Record.model_validate(data)


#: Sound in themselves, but not what the text says.
MISQUOTED: dict[str, tuple[Break, str]] = {
    "another title": (lambda d: d["title"].update(text="青石县召开秋季农业工作会议"), "the text has"),
    "shifted span": (lambda d: d["date"]["evidence"][0].update(start=13), "the text has"),
    "blanks in what is no name": (lambda d: d["meeting"]["location"].update(text="县 城"), "the text has"),
    "another name": (lambda d: d["leaders"][0].update(name="王安"), "the text has"),
    "blanks in a unit's name": (lambda d: d["attending_units"][0].update(name="各 乡镇"), "the text has"),
    "title without evidence": (lambda d: d["leaders"][0].update(title="县委书记"), "holds the title"),
    "representatives without": (lambda d: d["attending_units"][0].update(representatives="代表"), "holds"),
    "by without evidence": (lambda d: d["tasks"][0].update(by="王平"), "holds the by"),
    "actor without evidence": (lambda d: d["tasks"][0].update(actor="县财政局"), "holds the actor"),
    "deadline without": (lambda d: d["tasks"][0].update(deadline="5月底前"), "holds the deadline"),
    "ordinal without": (lambda d: d["tasks"][0].update(ordinal="一要"), "holds the ordinal"),
    "document": (lambda d: d["documents"][0].update(title="《春耕方案》"), "the text has"),
    "another length": (lambda d: d["source"].update(characters=500), "not the length of the text"),
}


@pytest.mark.parametrize("name", MISQUOTED)
def test_what_the_text_does_not_say_is_refused(name: str, data: Json, text: str) -> None:
    change, complaint = MISQUOTED[name]
    change(data)
    with pytest.raises(ValidationError, match=complaint):
        Record.model_validate(data, context={"text": text})


def test_without_the_text_quotes_are_not_checked(data: Json) -> None:
    data["title"]["text"] = "别的题名"
    assert read_record(data)


def test_a_text_without_a_meeting_keeps_its_title(data: Json) -> None:
    data |= {"kind": "other", "meeting": dict.fromkeys(("name", "organizer", "location")), "date": None}
    for field in ("leaders", "speakers", "attending_units", "tasks", "documents", "mentioned"):
        data[field] = []
    assert read_record(data)


def models() -> list[type[BaseModel]]:
    found = [getattr(schemas, name) for name in schemas.__all__]
    return [m for m in found if isinstance(m, type) and issubclass(m, BaseModel)]


def test_every_field_is_required_and_described_in_both_languages() -> None:
    assert len(models()) >= 15
    for model in models():
        for name, field in model.model_fields.items():
            where = f"{model.__name__}.{name}"
            assert field.is_required(), where
            assert field.description, where
            assert field.description.endswith("."), where
            assert any("\u4e00" <= c <= "\u9fff" for c in field.description), where


def test_no_array_is_a_list_that_could_be_changed() -> None:
    for model in models():
        for name, field in model.model_fields.items():
            for kind in (field.annotation, *get_args(field.annotation)):
                assert get_origin(kind) is not list, f"{model.__name__}.{name}"


def test_schemas_need_neither_spacy_nor_the_extractor() -> None:
    code = "import sys, schemas; print(sorted({'spacy', 'extractor'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_all_names_exist_and_are_sorted() -> None:
    assert all(hasattr(schemas, name) for name in schemas.__all__)
    assert len(set(schemas.__all__)) == len(schemas.__all__)
