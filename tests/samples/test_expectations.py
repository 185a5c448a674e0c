"""The hand-written expectations of the samples: well formed, and word for word in their texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.reading import read_file
from schemas.edtf import check_edtf

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
ROLES = {"chair", "address", "report", "statement", "lecture", "attend"}
ACTIONS = {"review", "approve", "convey", "issue", "sign"}


def _gold(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((SAMPLES / "gold" / f"{name}.json").read_text("utf8"))
    return gold


def _strings(node: Any) -> Iterator[str]:
    """Every string that must stand in the text: all but roles, actions and normalised dates."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from _strings(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in {"id", "edtf", "roles", "action"}:
                yield from _strings(value)


def test_every_sample_is_expected_and_listed() -> None:
    manifest = [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text("utf8").splitlines()]
    assert sorted(Path(entry["path"]).stem for entry in manifest) == NAMES
    assert sorted(path.stem for path in (SAMPLES / "gold").glob("*.json")) == NAMES
    assert all(entry["what"] for entry in manifest)
    readme = (SAMPLES / "README.md").read_text("utf8")
    assert [name for name in NAMES if f"[{name}]({name}.txt)" not in readme] == []


@pytest.mark.parametrize("name", NAMES)
def test_expectation_is_in_the_text(name: str) -> None:
    gold = _gold(name)
    text = read_file(SAMPLES / f"{name}.txt").characters
    assert 400 <= len(text) <= 1800
    assert [string for string in _strings(gold) if string not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_expectation_is_well_formed(name: str) -> None:
    gold = _gold(name)
    assert gold["id"] == name
    if not gold["is_meeting"]:
        assert set(gold) == {"id", "is_meeting"}
        return
    if edtf := gold["date"]["edtf"]:
        check_edtf(edtf)
    for party in gold["people"] + gold["units"]:
        assert party["roles"]
        assert set(party["roles"]) <= ROLES
    assert {document["action"] for document in gold["documents"]} <= ACTIONS
    taking_part = [person["name"] for person in gold["people"]]
    assert len(set(taking_part)) == len(taking_part)
    assert set(taking_part).isdisjoint(gold["mentioned"])
