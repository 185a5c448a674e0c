"""Every sample gives its golden record, and the golden records have no faults but the known ones.

The faults are kept as they are, ``known-faults.json``: one that is mended must leave the list, a new one
must not slip in unseen.
"""

import json
from typing import Any

import pytest

from . import compare, samples

ENTRIES = samples.entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["path"])
def test_golden_record(entry: dict[str, Any]) -> None:
    assert samples.record(entry) == samples.golden(entry).read_text("utf-8")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["path"])
def test_known_faults_are_all_and_only_those(entry: dict[str, Any]) -> None:
    known = json.loads(samples.FAULTS.read_text("utf-8"))
    record = json.loads(samples.golden(entry).read_text("utf-8"))
    assert compare.faults(samples.annotation(entry), record) == known.get(entry["path"], [])


def test_the_samples_cover_the_genre() -> None:
    assert len(ENTRIES) >= 15
    kinds = {json.loads(samples.golden(e).read_text("utf-8"))["kind"] for e in ENTRIES}
    assert kinds == {"report", "minutes", "other"}
    assert {p.name for p in samples.RECORDS.glob("*.json")} == {samples.golden(e).name for e in ENTRIES}
