"""The samples, their records now, and their golden records."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from extractor import extract
from schemas import to_json

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
RECORDS = Path(__file__).parent / "records"
FAULTS = Path(__file__).parent / "known-faults.json"


def entries() -> list[dict[str, Any]]:
    """The lines of the samples' manifest."""
    return [json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text("utf-8").splitlines() if line]


def record(entry: dict[str, Any]) -> str:
    """The record of a sample as the command prints it."""
    published = date.fromisoformat(entry["published"]) if entry.get("published") else None
    return to_json(extract(SAMPLES / entry["path"], published=published)) + "\n"


def golden(entry: dict[str, Any]) -> Path:
    """Where the golden record of a sample lies."""
    return RECORDS / Path(entry["path"]).with_suffix(".json").name


def annotation(entry: dict[str, Any]) -> dict[str, Any]:
    """What a reader found in the sample, by the guideline."""
    gold: dict[str, Any] = json.loads((SAMPLES / "gold" / golden(entry).name).read_text("utf-8"))
    return gold
