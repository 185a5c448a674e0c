"""What reading costs by format: the same report in every format that is read, one after the other, in one process.

    python benchmarks/formats.py [--rounds 5]

Wall milliseconds of the first file (libraries are imported then) and the median of the others, in turn over the formats;
the pipeline's share for comparison. Needs the extras and what the tests make files with: pip install -e '.[dev]'.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractor.api import make
from extractor.reading import read_bytes

SAMPLE = "county-party-safety"


def milliseconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reading"))
    from every_format import MAKERS
    from office_files import office, samples_in

    files = {form: maker(SAMPLE) for form, maker in MAKERS.items()}
    if office():
        files |= {form: samples_in(form)[SAMPLE] for form in ("doc", "odt")}
    first = {form: milliseconds(lambda: read_bytes(data, "a")) for form, data in files.items()}  # noqa: B023
    taken: dict[str, list[float]] = {form: [] for form in files}
    for _ in range(rounds):
        for form, data in files.items():
            taken[form].append(milliseconds(lambda: read_bytes(data, "a")))  # noqa: B023
    text = read_bytes(files["txt"], "a")
    make(text)
    pipeline = statistics.median(milliseconds(lambda: make(text)) for _ in range(rounds))
    print(f"{len(text.characters)} characters\n\n{'format':8}{'bytes':>9}{'first ms':>10}{'then ms':>10}")
    for form in sorted(files, key=lambda form: statistics.median(taken[form])):
        print(f"{form:8}{len(files[form]):9}{first[form]:10.1f}{statistics.median(taken[form]):10.1f}")
    print(f"\nthe pipeline and the record: {pipeline:.1f} ms")


if __name__ == "__main__":
    main()
