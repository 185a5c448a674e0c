"""``extract evaluate`` is equal to the corpus's own scorer, to the digit, where the corpus is at hand."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractor.evaluation.comparison import Comparison, compare
from extractor.evaluation.gold import Case, read_cases
from extractor.evaluation.records import Line, parsed
from extractor.evaluation.scores import scored

from . import gate

pytestmark = [
    pytest.mark.skipif(not gate.CORPUS.exists(), reason="the reference corpus is not beside this checkout"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the reference leaves its files open
]

Data = dict[str, Any]
LISTS = ("leaders", "speakers", "attending_units", "tasks", "documents")
NAMES = {"tasks": "text", "documents": "title"}


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_scorer", gate.CORPUS / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    found, errors = read_cases(gate.CORPUS / "gold", gate.CORPUS / "texts")
    assert not errors
    return found


def as_made(records: list[Data], chance: random.Random) -> list[Data]:
    del chance
    return records


def none_at_all(records: list[Data], chance: random.Random) -> list[Data]:
    del records, chance
    return []


def some_missing(records: list[Data], chance: random.Random) -> list[Data]:
    return [record for record in records if chance.random() < 0.8]


def other_kind(records: list[Data], chance: random.Random) -> list[Data]:
    for record in chance.sample(records, 40):
        record["kind"] = "report" if record["kind"] == "other" else "other"
    return records


def fields_emptied(records: list[Data], chance: random.Random) -> list[Data]:
    for record in records:
        for field in (*LISTS, "mentioned"):
            if chance.random() < 0.2:
                record[field] = []
        for part in record["meeting"]:
            if chance.random() < 0.2:
                record["meeting"][part] = None
        if record["date"] and chance.random() < 0.4:
            record["date"] = chance.choice([None, {**record["date"], "edtf": None}])
    return records


def names_altered(records: list[Data], chance: random.Random) -> list[Data]:
    for item, name in _items(records, chance, 0.3):
        item[name] = chance.choice(
            [item[name][:-1] or "某", f"某{item[name]}", f"{item[name]}，", item[name][1:] or "某"]
        )
    return records


def parts_altered(records: list[Data], chance: random.Random) -> list[Data]:
    for item, name in _items(records, chance, 0.3):
        for part in ("title", "representatives", "by", "actor"):
            if part in item and part != name:
                item[part] = chance.choice([None, "某处", f" {item[part]} "])
        if "roles" in item:
            item["roles"] = chance.choice([["attend"], ["statement", "address"], ["chair"], ["lecture"]])
        if "action" in item:
            item["action"] = "sign"
    return records


def tasks_recut(records: list[Data], chance: random.Random) -> list[Data]:
    for record in records:
        for task in record["tasks"]:
            span, share = task["evidence"][0], chance.choice([0.0, 0.1, 0.3, 0.6])
            cut = int(share * len(task["text"]))
            task["text"], span["start"] = task["text"][cut:], span["start"] + cut
    return records


def without_evidence(records: list[Data], chance: random.Random) -> list[Data]:
    for item, _ in _items(records, chance, 0.5):
        item["evidence"] = []
    return records


def disordered_and_doubled(records: list[Data], chance: random.Random) -> list[Data]:
    for record in records:
        for field in LISTS:
            chance.shuffle(record[field])
            record[field] += [dict(item) for item in record[field] if chance.random() < 0.2]
        record["mentioned"] += record["mentioned"][:1]
    return chance.sample(records, len(records))


def mentioned_as_objects(records: list[Data], chance: random.Random) -> list[Data]:
    for record in records:
        record["mentioned"] = [{"name": name} for name in record["mentioned"] if chance.random() < 0.8]
    return records


CHANGES = [
    as_made, none_at_all, some_missing, other_kind, fields_emptied, names_altered, parts_altered, tasks_recut,
    without_evidence, disordered_and_doubled, mentioned_as_objects,
]  # fmt: skip


def all_at_once(records: list[Data], chance: random.Random) -> list[Data]:
    for change in CHANGES[2:]:
        records = change(records, chance)
    return records


def _items(records: list[Data], chance: random.Random, share: float) -> list[tuple[Data, str]]:
    """Some items of all lists, and what they are told by."""
    every = [(item, NAMES.get(field, "name")) for r in records for field in LISTS for item in r[field]]
    return [found for found in every if chance.random() < share]


@pytest.mark.parametrize("change", [*CHANGES, all_at_once])
def test_table_and_errors_are_those_of_the_reference(
    change: Callable[[list[Data], random.Random], list[Data]],
    records: Path,
    cases: list[Case],
    reference: ModuleType,
) -> None:
    made = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    lines = [_line(data) for data in change(made, random.Random(change.__name__))]
    found = {Path(line.record.source.name).stem: line for line in lines}
    comparisons = [compare(case, found[case.id].record if case.id in found else None) for case in cases]
    scores = scored(comparisons)

    rows, kinds, errors, perfect, reports = reference.score(
        gate.CORPUS / "texts", gate.CORPUS / "gold", {name: line.data for name, line in found.items()}
    )
    ours = {field: (s.precision, s.recall, s.f1, s.gold) for field, s in scores.fields.items()}
    assert ours == {field: (row.p, row.r, row.f, row.tp + row.fn) for field, row in rows.items()}
    assert list(ours) == list(rows)
    assert scores.core == sum(rows[field].f for field in reference.CORE) / len(reference.CORE)
    assert scores.told_right == kinds[(True, True)] + kinds[(False, False)]
    assert (scores.perfect, scores.reports) == (perfect, reports)
    assert _differences(comparisons) == sorted(map(_in_our_words, errors))
    _each_difference_is_a_mistake(comparisons)


def _line(data: Data) -> Line:
    return parsed(json.dumps(data).encode(), "records.jsonl")


def _differences(comparisons: list[Comparison]) -> list[str]:
    return sorted(repr(tuple(difference)) for c in comparisons for difference in c.differences)


def _in_our_words(error: tuple[str, str, str, object]) -> str:
    report, field, kind, value = error
    return repr((report, field, "wrong" if field == "kind" else kind, value))


def _each_difference_is_a_mistake(comparisons: list[Comparison]) -> None:
    """A report is without error in the list for people exactly where it is in the table.

    (Who says a task, and a meeting that is not told as one, are mistakes that the table counts elsewhere.)
    """
    for comparison in comparisons:
        told = [m for m in comparison.mistakes if m.field != "task.by" and m.gold != "meeting"]
        assert bool(told) == bool(comparison.differences), comparison.report
