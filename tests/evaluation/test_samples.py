"""The project's own samples, measured: the evaluation sees an error exactly where the golden tests know one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.evaluation.comparison import Comparison, compare
from extractor.evaluation.gold import read_cases
from extractor.evaluation.records import read_lines
from tests.golden import samples

KNOWN = json.loads(samples.FAULTS.read_text("utf-8"))


@pytest.fixture(scope="module")
def comparisons() -> dict[str, Comparison]:
    """Of the golden records, which are as ``extract`` prints one report: indented documents."""
    cases, errors = read_cases(samples.SAMPLES / "gold", samples.SAMPLES)
    assert not errors
    found = {}
    for case in cases:
        path = samples.RECORDS / f"{case.id}.json"
        with path.open("rb") as stream:
            (line,) = read_lines(stream, str(path))
        found[f"{case.id}.txt"] = compare(case, line.record)
    return found


def test_reports_with_errors_are_those_with_known_faults(comparisons: dict[str, Comparison]) -> None:
    assert len(comparisons) == len(samples.entries())
    assert {name for name, comparison in comparisons.items() if comparison.mistakes} == set(KNOWN)


@pytest.mark.parametrize("entry", samples.entries(), ids=lambda entry: Path(entry["path"]).stem)
def test_differences_are_those_that_are_known(
    entry: dict[str, str], comparisons: dict[str, Comparison]
) -> None:
    """Roles of leaders, dates and names of meetings are compared there by other code."""
    rows = {"date": "date", "meeting.name": "meeting.name", "leaders+roles": "leaders"}
    comparison = comparisons[entry["path"]]
    told = [(d.field, d.kind) for d in comparison.differences if d.field in rows]
    known = [line.partition(":")[0].rsplit(" ", 1) for line in KNOWN.get(entry["path"], [])]
    assert sorted((rows[field], kind) for field, kind in told) == sorted(
        (field, kind) for field, kind in known if field in rows.values()
    )
