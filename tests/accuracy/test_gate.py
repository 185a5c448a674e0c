"""Runs the accuracy gate where the corpus is at hand, and tests the gate itself everywhere."""

import json
from pathlib import Path

import pytest

from . import gate


@pytest.mark.skipif(not gate.CORPUS.exists(), reason="the reference corpus is not beside this checkout")
def test_no_floor_is_missed(records: Path) -> None:
    pinned = json.loads(gate.FLOORS.read_text("utf-8"))
    if pinned["corpus"] != gate.digest():
        pytest.skip("another corpus than the one that the floors were measured on")
    assert gate.missed(gate.scores(records), pinned["floors"]) == []


def test_the_floors_are_those_of_the_project() -> None:
    floors = json.loads(gate.FLOORS.read_text("utf-8"))["floors"]
    assert floors["core"] >= 0.75
    assert min(floors[k] for k in ("date", "leaders+roles", "speakers+roles", "units", "tasks")) >= 0.65
    assert floors["kind"] >= (144 - 2) / 144 - 1e-3


def test_a_missed_floor_is_told() -> None:
    assert gate.missed({"date": 0.9}, {"date": 0.95, "units": 0.8}) == [
        "date: 0.9000 < 0.9500",
        "units: 0.0000 < 0.8000",
    ]


def test_update_refuses_to_lower(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    floors = gate.Path(str(tmp_path)) / "floors.json"
    floors.write_text(json.dumps({"corpus": "x", "floors": {"date": 0.9}}), "utf-8")
    monkeypatch.setattr(gate, "FLOORS", floors)
    monkeypatch.setattr(gate, "digest", lambda: "x")
    with pytest.raises(SystemExit, match="never lowered"):
        gate.update({"date": 0.8})
    gate.update({"date": 0.97})
    assert json.loads(floors.read_text("utf-8"))["floors"]["date"] == pytest.approx(0.965)
