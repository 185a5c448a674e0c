"""The accuracy gate: floors under the scores on the reference corpus.

    python -m tests.accuracy.gate            scores and compares with the floors
    python -m tests.accuracy.gate --update   raises the floors to what is reached; never lowers one

The corpus lies beside the checkout (``../shared/corpus``) where it is at hand; the texts may not be
published, so most checkouts have none and the gate has nothing to say there. The judge is
``extractor.evaluation``, as in ``extract evaluate``. ``floors.json`` holds the floors, and the digest of the corpus that they were measured on: scores on
another corpus are not compared.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from extractor.evaluation.comparison import compare
from extractor.evaluation.gold import read_cases
from extractor.evaluation.records import read_lines
from extractor.evaluation.scores import missed_floors, scored

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


def make_records(path: Path, corpus: Path = CORPUS) -> None:
    """Read the whole corpus with the command, into a file of records."""
    command = [sys.executable, "-m", "extractor.cli", "--quiet"]
    arguments = ["--manifest", str(corpus / "manifest.jsonl"), "-o", str(path)]
    done = subprocess.run([*command, *arguments], check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"extract ended with {done.returncode}: {done.stderr[-500:]}")


def scores(records: Path, corpus: Path = CORPUS) -> dict[str, float]:
    """What these records reach: F1 of every field, ``core``, ``kind`` and ``perfect``.

    As ``extract evaluate`` has it, which a test beside this one holds to the corpus's own ``score.py``.
    """
    cases, errors = read_cases(corpus / "gold", corpus / "texts")
    if errors:
        raise errors[0]
    with records.open("rb") as stream:
        lines = read_lines(stream, str(records))
        found = {Path(line.record.source.name).stem: line.record for line in lines}
    reached = scored(compare(case, found.get(case.id)) for case in cases).reached()
    return {field: round(value, 4) for field, value in reached.items()}


def missed(reached: dict[str, float], floors: dict[str, float]) -> list[str]:
    """A line for each floor that is not reached."""
    return [
        f"{field}: {value:.4f} < {floor:.4f}"
        for field, (value, floor) in missed_floors(reached, floors).items()
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
    with tempfile.TemporaryDirectory() as folder:
        make_records(Path(folder) / "records.jsonl")
        reached = scores(Path(folder) / "records.jsonl")
    if "--update" in sys.argv:
        update(reached)
    pinned = json.loads(FLOORS.read_text("utf-8"))
    for field, value in reached.items():
        print(f"{field:20}{value:8.4f}  floor {pinned['floors'].get(field, 0):.3f}")
    if lines := missed(reached, pinned["floors"]):
        raise SystemExit("floors missed:\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
