"""docs/gold.md is what the program does: its example is read, measured, and gives the lines that it shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import GoldError
from extractor.evaluation.comparison import FIELDS, Comparison, compare
from extractor.evaluation.gold import Case, Gold, read_cases
from extractor.evaluation.mistakes import MistakeKind
from extractor.evaluation.records import parsed
from extractor.evaluation.scores import OVERALL, read_floors, scored
from extractor.writing.scores import mistake_rows
from extractor.writing.tables import tab_separated

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "gold.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
JSON = [block for language, block in BLOCKS if language == "json"]
MANIFEST, GOLD, NO_MEETING, FLOORS = JSON


def record() -> dict[str, Any]:
    """The record of the same report, as docs/record.md has it (and a test holds it to)."""
    page = (DOCS / "record.md").read_text("utf-8")
    found = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    data["source"]["name"] = "0001.txt"
    return data


def example(folder: Path) -> Path:
    """The folder of the page."""
    for name in ("texts", "gold"):
        (folder / name).mkdir()
    text = next(block for language, block in BLOCKS if language == "text")
    for name, content in {
        "texts/0001.txt": text,
        "texts/0002.txt": "通知\n请各单位做好准备。\n",
        "gold/0001.json": GOLD,
        "gold/0002.json": NO_MEETING,
        "manifest.jsonl": MANIFEST,
    }.items():
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture
def cases(tmp_path: Path) -> list[Case]:
    folder = example(tmp_path)
    found, errors = read_cases(folder / "gold", folder / "texts")
    assert not errors
    return found


def measured(case: Case, data: dict[str, Any]) -> Comparison:
    return compare(case, parsed(json.dumps(data).encode(), "records.jsonl").record)


def test_the_annotation_of_the_page_is_that_of_the_record(cases: list[Case]) -> None:
    comparisons = [measured(cases[0], record()), compare(cases[1], None)]
    scores = scored(comparisons)
    assert scores.mistakes == ()
    assert (scores.reports, scores.meetings, scores.perfect, scores.core) == (2, 1, 1, 1.0)


def test_the_errors_of_the_page_are_those_of_the_changed_record(cases: list[Case]) -> None:
    data = record()
    speaker, chair = data["leaders"]
    chair["name"], chair["evidence"][0]["end"] = "祖秋", chair["evidence"][0]["end"] - 1
    speaker["roles"] = ["attend"]
    data["speakers"] = [party for party in data["speakers"] if party["kind"] == "unit"]
    (townships,) = (unit for unit in data["attending_units"] if unit["name"] == "各乡镇")
    townships["representatives"] = None
    lines = tab_separated(mistake_rows(measured(cases[0], data).mistakes))
    assert f"```\n{lines}```" in PAGE


def test_the_message_of_the_page_is_the_one_that_comes(tmp_path: Path) -> None:
    folder = example(tmp_path)
    wrong = GOLD.replace('["chair"]', '["chairs"]')
    assert wrong != GOLD
    (folder / "gold/0001.json").write_text(wrong, "utf-8")
    _, [error] = read_cases(folder / "gold", folder / "texts")
    assert isinstance(error, GoldError)
    assert f"error [{error.code}] {error.retold(path='gold/0001.json')}" in PAGE


def test_every_field_row_and_kind_is_explained() -> None:
    words = set(re.findall(r"`([^`\n]+)`", PAGE))
    assert set(_keys(Gold.model_json_schema())) | set(FIELDS) | {str(kind) for kind in MistakeKind} <= words
    assert set(read_floors(FLOORS.encode(), "floors.json")) <= {*FIELDS, *OVERALL}
    assert set(OVERALL) - {"core"} <= words


def _keys(schema: dict[str, Any]) -> list[str]:
    models = [schema, *schema["$defs"].values()]
    return [key for model in models for key in model.get("properties", ())]
