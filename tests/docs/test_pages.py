"""The pages for readers cannot drift from the models: every field, value and code is on them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor import extract_bytes
from extractor.errors import WARNINGS
from extractor.language.pipeline import COMPONENTS
from schemas import Record, to_json

DOCS = Path(__file__).parents[2] / "docs"
RECORD = (DOCS / "record.md").read_text("utf8")
GLOSSARY = (DOCS / "glossary.md").read_text("utf8")


def _code(page: str) -> set[str]:
    """The words set as code on a page, dotted ones in their parts too.

    >>> sorted(_code("`a.b` and `c`"))
    ['a', 'a.b', 'b', 'c']
    """
    spans = set(re.findall(r"`([^`\n]+)`", page))
    return spans | {part for span in spans for part in span.split(".")}


def _fields(schema: dict[str, Any]) -> set[str]:
    models = [schema, *schema["$defs"].values()]
    return {field for model in models for field in model.get("properties", ())}


def _values(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = set(node.get("enum", ()))
        return own.union(*map(_values, node.values())) if node else own
    return set().union(*map(_values, node)) if isinstance(node, list) and node else set()


SCHEMA = Record.model_json_schema()


def test_every_field_is_explained() -> None:
    assert _fields(SCHEMA) - _code(RECORD) == set()


def test_every_fixed_value_is_explained() -> None:
    assert len(_values(SCHEMA)) > 15
    assert _values(SCHEMA) - _code(RECORD) == set()


def test_every_warning_is_explained() -> None:
    assert set(WARNINGS) - _code(RECORD) == set()


def test_glossary_has_every_role_action_and_component() -> None:
    definitions = SCHEMA["$defs"]
    roles = _values(definitions["Leader"]) | _values(definitions["Speaker"]["properties"]["roles"])
    assert roles - _code(GLOSSARY) == set()
    actions = {f"action: {action}" for action in _values(definitions["Document"])}
    assert actions - _code(GLOSSARY) == set()
    assert set(COMPONENTS) - _code(GLOSSARY) == set()


def test_example_is_the_record_of_its_report() -> None:
    text = re.search(r"```text\n(.*?)```", RECORD, re.DOTALL)
    example = re.search(r"```json\n(.*?)```", RECORD, re.DOTALL)
    assert text
    assert example
    record = extract_bytes(text[1].encode(), name="report.txt", published=date(2022, 11, 9))
    assert json.loads(example[1]) == json.loads(to_json(record))


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf8")):
        assert (page.parent / target).exists(), target
