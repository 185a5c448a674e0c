"""Folders of annotated reports: ``manifest.jsonl`` (path, perhaps id, published, source), ``gold/ID.json``, the texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Report:
    """One line of a manifest; ``id`` is the name of the text's file where the line has none."""

    id: str
    path: Path
    published: str | None
    source: str
    gold: Mapping[str, Any] | None


def reports(folder: Path) -> Iterator[Report]:
    """The reports of a folder, in the order of its manifest."""
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        name = entry.get("id") or Path(entry["path"]).stem
        gold = folder / "gold" / f"{name}.json"
        told = json.loads(gold.read_text("utf-8")) if gold.exists() else None
        yield Report(name, folder / entry["path"], entry.get("published"), entry.get("source", ""), told)
