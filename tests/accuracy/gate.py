"""The accuracy gate: floors under the scores on the reference corpus.

    python -m tests.accuracy.gate            scores and compares with the floors
    python -m tests.accuracy.gate --update   raises the floors to what is reached; never lowers one

The corpus lies beside the checkout (``../shared/corpus``) where it is at hand; the texts may not be
published, so most checkouts have none and the gate has nothing to say there. Its own ``score.py`` is the
judge. ``floors.json`` holds the floors, and the digest of the corpus that they were measured on: scores on
another corpus are not compared.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FLOORS = Path(__file__).with_name("floors.json")
#: How far below what was reached a floor is set when it is raised, so that a better rule elsewhere that
#: costs a single value here need not touch it: one wrong value of the smallest field (65 locations) is .008.
SLACK = 0.005


def digest(corpus: Path = CORPUS) -> str:
    """SHA-256 over names and bytes of texts, gold, manifest and scorer."""
    sha = hashlib.sha256()
    files = [*sorted(corpus.glob("texts/*.txt")), *sorted(corpus.glob("gold/*.json"))]
    for path in [*files, corpus / "manifest.jsonl", corpus / "score.py"]:
        sha.update(path.name.encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()


def scores(corpus: Path = CORPUS) -> dict[str, float]:
    """F1 of every field by the corpus's own scorer, ``core``, and the share of texts told right (``kind``)."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        extract = [
            sys.executable,
            "-m",
            "extractor.cli",
            "--quiet",
            "--manifest",
            str(corpus / "manifest.jsonl"),
        ]
        done = subprocess.run([*extract, "-o", str(records)], check=False, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"extract ended with {done.returncode}: {done.stderr[-500:]}")
        score = [
            sys.executable,
            str(corpus / "score.py"),
            str(corpus / "texts"),
            str(corpus / "gold"),
            str(records),
        ]
        told = json.loads(
            subprocess.run([*score, "--json"], check=True, capture_output=True, text=True).stdout
        )
        meetings = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    return {
        **{field: round(x["f"], 4) for field, x in told.items() if isinstance(x, dict)},
        "core": round(told["core"], 4),
        "kind": round(right(corpus, meetings), 4),
    }


def right(corpus: Path, records: list[dict[str, Any]]) -> float:
    """The share of texts rightly told to report a meeting or none."""
    hits = 0
    for record in records:
        gold = json.loads(
            (corpus / "gold" / record["source"]["name"]).with_suffix(".json").read_text("utf-8")
        )
        hits += gold.get("is_meeting", True) == (record.get("kind") != "other")
    return hits / len(records)


def missed(reached: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for each floor that is not reached."""
    return [
        f"{k}: {reached.get(k, 0):.4f} < {floor:.4f}"
        for k, floor in floors.items()
        if reached.get(k, 0) < floor
    ]


def update(reached: dict[str, float]) -> None:
    """Raise the floors to what is reached, less the slack; refuse where that would lower one."""
    old = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"floors": {}}
    if old.get("corpus") in (None, digest()) and (lower := missed(reached, old["floors"])):
        raise SystemExit("floors are never lowered:\n" + "\n".join(lower))
    floors = {k: max(round(v - SLACK, 3), old["floors"].get(k, 0)) for k, v in reached.items()}
    FLOORS.write_text(json.dumps({"corpus": digest(), "floors": floors}, indent=2) + "\n", "utf-8")


def main() -> None:
    """Print the scores; exit 1 where a floor is missed."""
    if not CORPUS.exists():
        raise SystemExit(f"no corpus at {CORPUS}")
    reached = scores()
    if "--update" in sys.argv:
        update(reached)
    pinned = json.loads(FLOORS.read_text("utf-8"))
    for field, value in reached.items():
        print(f"{field:20}{value:8.4f}  floor {pinned['floors'].get(field, 0):.3f}")
    if lines := missed(reached, pinned["floors"]):
        raise SystemExit("floors missed:\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
