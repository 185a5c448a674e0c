"""What Ray costs: the same reports through the processes of this machine and through Ray on it, one after the other.

    python benchmarks/ray_engine.py [--reports 2000] [--workers 2]

The reports are the samples, each with its number at the end. For each engine: seconds until the first line (the workers start and
load), reports per second after it, seconds and reports per second altogether, start and end included. The lines are compared.
``--chunk N``: Ray with datasets of N reports for each worker, which shows what one more dataset costs. Needs the extra ray.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from extractor.batch import ray_engine
from extractor.batch.inputs import Input
from extractor.batch.ray_engine import RayEngine
from extractor.batch.run import Task, local, made
from extractor.batch.work import Extractor

SAMPLES = Path(__file__).parents[1] / "samples"


def measured(
    engine: Callable[[], AbstractContextManager[Any]], extractor: Extractor, tasks: list[Task]
) -> tuple[dict[int, str], float, float]:
    """Lines, seconds until the first, seconds altogether."""
    start, first, lines = time.perf_counter(), 0.0, {}
    with engine() as running:
        for task, line in made(iter(tasks), extractor, running):
            first = first or time.perf_counter() - start
            lines[task.number] = line.line
    return lines, first, time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--chunk", type=int, default=ray_engine._CHUNK)
    given = parser.parse_args()
    ray_engine._CHUNK = given.chunk
    texts = [path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))]
    extractor = Extractor(b"")
    with tempfile.TemporaryDirectory() as folder:
        tasks = []
        for number in range(given.reports):
            path = Path(folder) / f"{number:06}.txt"
            path.write_bytes(texts[number % len(texts)] + b"\n%d\n" % number)
            tasks.append(Task(number, Input(str(path))))
        engines = {
            "pool": lambda: local(extractor, given.workers),
            "ray": lambda: RayEngine(extractor, given.workers),
        }
        results = {name: measured(engine, extractor, tasks) for name, engine in engines.items()}
    datasets = -(-given.reports // (given.chunk * given.workers))
    print(f"{given.reports} reports, {given.workers} workers, {datasets} datasets\n")
    print(f"{'engine':8}{'first line s':>14}{'then /s':>10}{'all s':>10}{'all /s':>10}")
    for name, (lines, first, whole) in results.items():
        then = len(lines) / (whole - first)
        print(f"{name:8}{first:14.1f}{then:10.1f}{whole:10.1f}{len(lines) / whole:10.1f}")
    same = results["pool"][0] == results["ray"][0]
    print(f"\nthe same lines: {'yes' if same else 'NO'}")


if __name__ == "__main__":
    main()
