"""A whole archive: reports per second by the number of workers, memory of the parent, and what resuming costs.

    python benchmarks/batch.py [--reports 20000] [--workers 1 2] [--folder FOLDER]

Reports are made from the samples, each with numbers of its own, in folders of 1 000. Each run is ``extract FOLDER -o OUT`` in a process of
its own: wall time, with the workers' loading in it; resident memory of the parent (Linux), every half second, from the first line of the
journal on; then the same command again, which finds everything done.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from extractor.reading import read_file

SAMPLES = Path(__file__).parents[1] / "samples"


class Run(NamedTuple):
    """Seconds, and the parent's memory in MB: at a tenth of the time, at nine tenths, and at most."""

    seconds: float
    early: float
    late: float
    most: float


def generate(folder: Path, count: int) -> int:
    """Write so many reports; their characters, all together."""
    texts = [read_file(path).characters for path in sorted(SAMPLES.glob("*.txt"))]
    characters = 0
    for i in range(count):
        text = f"{texts[i % len(texts)]}\n（编号 {i:06}）\n"
        place = folder / f"{i // 1000:03}"
        place.mkdir(exist_ok=True)
        (place / f"{i:06}.txt").write_text(text, "utf-8")
        characters += len(text)
    return characters


def run(folder: Path, output: Path, workers: int) -> Run:
    """One run of the command."""
    command = [
        sys.executable,
        "-m",
        "extractor.cli",
        str(folder),
        "-o",
        str(output),
        "--workers",
        str(workers),
    ]
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    memory = []
    while process.poll() is None:
        try:
            pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
            memory.append(pages * 4096 / 1e6)
        except (OSError, IndexError):
            pass
        time.sleep(0.5)
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 1):
        raise SystemExit(f"the command left with {process.returncode}")
    memory = memory or [0.0]
    return Run(seconds, memory[len(memory) // 10], memory[len(memory) * 9 // 10], max(memory))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        characters = generate(folder, arguments.reports)
        print(f"{arguments.reports} reports, {characters} characters")
        print(
            f"\n{'workers':>8}{'seconds':>9}{'reports/s':>11}{'scaling':>9}{'MB early':>10}{'late':>7}{'most':>7}"
        )
        first = 0.0
        written = set()
        for workers in arguments.workers:
            output = Path(name) / f"out{workers}.jsonl"
            took = run(folder, output, workers)
            first = first or took.seconds
            written.add(output.read_bytes())
            print(
                f"{workers:8}{took.seconds:9.1f}{arguments.reports / took.seconds:11.1f}{first / took.seconds:9.2f}"
                f"{took.early:10.1f}{took.late:7.1f}{took.most:7.1f}"
            )
        print(f"\nthe outputs are {'the same' if len(written) == 1 else 'NOT THE SAME'}")
        again = run(folder, Path(name) / f"out{arguments.workers[-1]}.jsonl", arguments.workers[-1])
        print(
            f"again, all done: {again.seconds:.1f} s, {arguments.reports / again.seconds:.0f} files/s, at most {again.most:.0f} MB"
        )


if __name__ == "__main__":
    main()
