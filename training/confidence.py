"""Fit the weights of the confidences, and measure how well they hold.

    python -m training.confidence --corpus FOLDER [FOLDER…] [--beside FOLDER…] [--headlines FILE] [--write]

Each FOLDER is annotated as ``training.annotated`` says. On the first the weights are fitted, and measured by
cross-validation that leaves out one source after the other; on each further one they are tested as they are.
``--beside``: reports that the weights are fitted on as well, because the rules were made while reading the
corpus and err less there than on a stranger's; the corpus counts three times beside them.
``--headlines``: a JSON object, report id → headline (null: none), since the annotation has no headlines; without
it the weights of headlines stay as they are. ``--write`` puts the weights into the package and the tables into
``docs/confidence.md``. The same folders give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from extractor.confidence import KINDS
from extractor.confidence.weights import FILE, probability, read
from extractor.regression import Weights, dumped
from training.logistic import fit
from training.rightness import Verdict, verdicts
from training.tables import Told, tables

PAGE = Path(__file__).parents[1] / "docs" / "confidence.md"
#: How often the corpus counts beside further reports: the fewest times with which the calibration error on the
#: corpus, judged source by source, stays below 0.05 for people, units, tasks, dates and titles each (units 0.046;
#: twice gives 0.053 for tasks). Over all values it is then 0.039; on 43 reports held out 0.068, and 0.107 without any.
_TIMES = 3
#: What stands between these lines of the page is written by this command.
_BEGIN, _END = "<!-- measured by training.confidence -->", "<!-- end -->"


def main() -> None:
    """Fit, measure, print; with ``--write`` keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--beside", type=Path, nargs="+", default=[], metavar="FOLDER")
    parser.add_argument("--headlines", type=Path, metavar="FILE")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    headlines = json.loads(wanted.headlines.read_text("utf-8")) if wanted.headlines else {}
    seen = [list(verdicts(folder, headlines)) for folder in wanted.corpus]
    for folder, values in zip(wanted.corpus, seen, strict=True):
        if not values:
            parser.error(f"{folder} holds no annotated report")
    beside = [verdict for folder in wanted.beside for verdict in verdicts(folder, {})]
    weights = fitted(_together(seen[0], beside))
    if not headlines:
        weights["headline"] = read(FILE)["headline"]
    text = "\n".join(_sections(seen, beside, weights))
    print(text)
    if wanted.write:
        FILE.write_text(dumped(weights), "utf-8")
        before, _, rest = PAGE.read_text("utf-8").partition(_BEGIN)
        PAGE.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{rest.partition(_END)[2]}", "utf-8")


def _together(corpus: Sequence[Verdict], beside: Sequence[Verdict]) -> list[Verdict]:
    return [*(list(corpus) * (_TIMES if beside else 1)), *beside]


def _sections(
    seen: Sequence[Sequence[Verdict]], beside: Sequence[Verdict], weights: Mapping[str, Weights]
) -> Iterator[str]:
    reports = len({v.report for v in seen[0]})
    others = f", and on {len({v.report for v in beside})} further reports," if beside else ""
    yield f"### The corpus of {reports} reports, each source judged by weights fitted on the others{others}\n"
    yield from tables(cross_validated(seen[0], beside))
    for further in seen[1:]:
        yield f"### {len({v.report for v in further})} further reports, judged by the weights as they are\n"
        yield from tables(judged(further, weights))


def fitted(seen: Iterable[Verdict]) -> dict[str, Weights]:
    """The weights of each kind."""
    every = list(seen)
    kinds = {kind: [v for v in every if v.value.kind == kind] for kind in KINDS}
    return {kind: fit([v.value.signs for v in vs], [v.right for v in vs]) for kind, vs in kinds.items()}


def cross_validated(seen: Sequence[Verdict], beside: Sequence[Verdict] = ()) -> list[Told]:
    """Every value of ``seen`` judged by weights that were fitted without its source, and ``beside`` without it, too."""
    out: list[Told] = []
    for source in sorted({v.source for v in seen}):
        rest = [[v for v in every if v.source != source] for every in (seen, beside)]
        weights = fitted(_together(*rest))
        out += judged([v for v in seen if v.source == source], weights)
    return out


def judged(seen: Iterable[Verdict], weights: Mapping[str, Weights]) -> list[Told]:
    """Every value with the probability that these weights give it."""
    return [Told(v, probability(weights[v.value.kind], v.value.signs)) for v in seen]


if __name__ == "__main__":
    main()
