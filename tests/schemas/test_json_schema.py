from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]  # has none

from schemas import SCHEMA_ID, json_schema, schema_text
from schemas.__main__ import main

Json = dict[str, Any]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    published = json.loads((files("schemas") / "record.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(published)
    return Draft202012Validator(published)


def test_the_published_schema_is_that_of_the_models() -> None:
    published = (files("schemas") / "record.schema.json").read_text("utf-8")
    assert json.loads(published) == json_schema(), "run: python -m schemas"


def test_writing_it_anew_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("schemas.__main__.__file__", str(tmp_path / "__main__.py"))
    main()
    assert (tmp_path / "record.schema.json").read_text("utf-8") == schema_text()


def test_it_says_what_it_is() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == SCHEMA_ID == "urn:meeting-extractor:schema:record:1.2"


def test_every_property_is_required_and_described() -> None:
    for name, model in json_schema()["$defs"].items():
        assert model["required"] == list(model["properties"]), name
        assert model["additionalProperties"] is False, name
        for field, prop in model["properties"].items():
            assert prop.get("description"), f"{name}.{field}"


def test_records_pass(validator: Draft202012Validator, data: Json, failure: Json) -> None:
    validator.validate(data)
    validator.validate(failure)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "2.0"),
        (("status",), "fine"),
        (("more",), 1),
        (("source", "sha256"), "xyz"),
        (("source", "characters"), "many"),
        (("title", "text"), ""),
        (("title", "evidence"), []),
        (("date", "edtf"), "24.3.2021"),
        (("date", "inferred"), ["year", "year"]),
        (("leaders", 0, "roles"), ["lecture"]),
        (("leaders", 0, "roles"), ["attend", "attend"]),
        (("speakers", 0, "kind"), "robot"),
        (("tasks", 0, "evidence", 0, "start"), -1),
        (("documents",), None),
        (("mentioned",), ["陈光", "陈光"]),
        (("warnings", 0, "code"), "List_Open"),
    ],
)
def test_broken_records_fail(
    path: tuple[str | int, ...], value: object, validator: Draft202012Validator, data: Json
) -> None:
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(ValidationError):
        validator.validate(data)


def test_a_field_left_out_fails(validator: Draft202012Validator, data: Json) -> None:
    for field in list(data):
        rest = {k: v for k, v in data.items() if k != field}
        with pytest.raises(ValidationError):
            validator.validate(rest)
