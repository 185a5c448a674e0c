"""Confidences hold on the reference corpus, where it is at hand: each source judged without itself."""

from __future__ import annotations

import importlib.util
import json

import pytest

from extractor import extract
from extractor.confidence.weights import FILE, read
from schemas import to_json
from training.confidence import cross_validated, judged
from training.rightness import verdicts
from training.tables import Told, calibration_error, captured

from . import gate


@pytest.fixture(scope="module")
def told() -> list[Told]:
    if not gate.CORPUS.exists():
        pytest.skip("the reference corpus is not beside this checkout")
    return cross_validated(list(verdicts(gate.CORPUS, {})))


KINDS = ("leader", "unit", "task", "date", "title")


def test_the_calibration_error_is_small(told: list[Told]) -> None:
    assert calibration_error(told) <= 0.05
    for kind in KINDS:
        assert calibration_error([t for t in told if t.verdict.value.kind == kind]) <= 0.05, kind


def test_so_it_is_with_the_weights_that_the_package_has(told: list[Told]) -> None:
    packed = judged((t.verdict for t in told), read(FILE))
    assert calibration_error(packed) <= 0.05
    for kind in KINDS:
        assert calibration_error([t for t in packed if t.verdict.value.kind == kind]) <= 0.05, kind
    assert captured(packed, 0.1) >= 0.4


def test_the_least_certain_tenth_holds_two_fifths_of_what_is_wrong(told: list[Told]) -> None:
    assert captured(told, 0.1) >= 0.4


#: Field of the scorer → the kind of value that it counts.
SAME = {
    "date": "date",
    "units": "unit",
    "tasks": "task",
    "documents": "document",
    "meeting.name": "meeting.name",
    "meeting.organizer": "meeting.organizer",
    "meeting.location": "meeting.location",
}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the scorer leaves its files to Python to close
def test_right_is_what_the_scorer_counts_as_right(told: list[Told]) -> None:
    spec = importlib.util.spec_from_file_location("score", gate.CORPUS / "score.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    records = {}
    for line in (gate.CORPUS / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        made = extract(gate.CORPUS / entry["path"], published=entry.get("published"))
        records[entry["id"]] = json.loads(to_json(made))
    tallies = scorer.score(gate.CORPUS / "texts", gate.CORPUS / "gold", records)[0]
    for field, kind in SAME.items():
        of_kind = [t.right for t in told if t.verdict.value.kind == kind]
        assert (sum(of_kind), len(of_kind)) == (tallies[field].tp, tallies[field].tp + tallies[field].fp), (
            field
        )
