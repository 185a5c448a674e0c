"""Where the time goes: the whole pipeline beside spaCy's bare one, and the cold start of the command.

    python benchmarks/throughput.py [--rounds 5]

One run, everything in turn on the same machine, the median of the rounds quoted:
- characters per second of the whole pipeline and of spaCy's blank Chinese pipeline (text → Doc);
- each component's share;
- cost per character of 1 MB (UTF-8 bytes) of reports, read as reports of 10 kB, of 100 kB and as one;
- wall time of ``extract report.txt`` and of ``python -c "import spacy"``, each in a fresh process.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from extractor.language.pipeline import load
from extractor.reading import read_file

SAMPLES = Path(__file__).parents[1] / "samples"


def corpus() -> list[str]:
    """The samples' texts."""
    return [read_file(path).characters for path in sorted(SAMPLES.glob("*.txt"))]


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Median wall seconds of ``work``, after one run that is not counted."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def reports(texts: list[str], size: int, total: int = 1_000_000) -> list[str]:
    """``total`` bytes of UTF-8, made of the samples over and over, in reports of about ``size`` bytes."""
    whole = "\n".join(texts).encode()
    data = (whole * (total // len(whole) + 1))[:total]
    return [data[at : at + size].decode(errors="ignore") for at in range(0, total, size)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    texts = corpus()
    characters = sum(map(len, texts))
    ours, blank = load(), spacy.blank("zh")
    whole = seconds(lambda: [ours(t) for t in texts], rounds)
    bare = seconds(lambda: [blank(t) for t in texts], rounds)
    print(f"{len(texts)} samples, {characters} characters, median of {rounds} rounds")
    print(f"whole pipeline      {characters / whole:>10,.0f} characters/s")
    print(f"spaCy's blank zh    {characters / bare:>10,.0f} characters/s")
    docs = [ours.make_doc(t) for t in texts]
    for name, component in ours.pipeline:
        start = time.perf_counter()
        for doc in docs:
            component(doc)
        print(f"  {name:18} {characters / (time.perf_counter() - start):>10,.0f} characters/s")
    costs = {}
    for size in (10_000, 100_000, 1_000_000):
        parts = reports(texts, size)
        taken = seconds(lambda parts=parts: [ours(t) for t in parts], 3)  # type: ignore[misc]
        costs[size] = taken / sum(map(len, parts)) * 1e6
        ratio = costs[size] / costs[10_000]
        print(
            f"reports of {size:>9,} bytes: {costs[size]:.1f} µs per character ({ratio:.2f} × that of 10 kB)"
        )
    report = str(SAMPLES / "county-party-safety.txt")
    for name, command in (
        ("extract report.txt", [sys.executable, "-m", "extractor.cli", "--quiet", report]),
        ('python -c "import spacy"', [sys.executable, "-c", "import spacy"]),
    ):
        took = seconds(
            lambda command=command: subprocess.run(command, capture_output=True, check=True), rounds
        )  # type: ignore[misc]
        print(f"{name:26} {took:.2f} s")


if __name__ == "__main__":
    main()
