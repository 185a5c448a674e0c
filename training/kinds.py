"""Fit what tells a report of a meeting from other news, and measure how well it holds.

    python -m training.kinds --annotated FOLDER [FOLDER…] [--judged FOLDER…] [--write]

``--annotated``: folders as ``training.annotated`` says (``is_meeting`` counts). ``--judged``: folders with
``manifest.jsonl`` (id, path, source) and ``labels.tsv``: id, tab, 1 for a meeting's report or 0, tab, how sure the
reader was (3, 2, 1). Measured is each source by weights fitted on the others. ``--write`` puts the weights into the
package. Fit the second reading first: what it finds is a sign. The same folders give the same bytes.
Needs scikit-learn: ``pip install '.[train]'``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.language.event import read_holdings
from extractor.language.findings import findings
from extractor.language.kind_signs import signs
from extractor.language.kinds import ENOUGH, FILE, KIND
from extractor.language.pipeline import load
from extractor.reading import read_file
from extractor.regression import Signs, Weights, dumped
from training.annotated import reports
from training.sparse import fit

#: How sure an annotation is.
_SURE = 3


@dataclass(frozen=True, slots=True)
class Text:
    """One text: the folder it lies in, its source, its signs, whether it reports a meeting, how sure that is.

    Each is read twice, ``whole`` and without its headline: archives hold texts of both sorts.
    """

    folder: str
    source: str
    signs: Signs
    meeting: bool
    sure: int
    whole: bool


def main() -> None:
    """Fit, measure, print; with ``--write`` keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--annotated", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--judged", type=Path, nargs="+", default=[], metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    seen = [text for folder in [*wanted.annotated, *wanted.judged] for text in texts(folder)]
    print("| texts | of which sure | right | of the sure | meetings missed | others taken |")
    print("| --- | --- | --- | --- | --- | --- |")
    told = cross_validated(seen)
    judged = [(text, said) for text, said in zip(seen, told, strict=True) if text.whole]
    for folder in sorted({text.folder for text in seen}):
        print(_row(folder, [(text, said) for text, said in judged if text.folder == folder]))
    print(_row("all", judged))
    print(_row("all, without headlines", [x for x in zip(seen, told, strict=True) if not x[0].whole]))
    if wanted.write:
        FILE.write_text(dumped({KIND: fitted(seen)}), "utf-8")


def texts(folder: Path) -> Iterator[Text]:
    """Every text of a folder that somebody has judged."""
    nlp = load()
    labels = folder / "labels.tsv"
    judged = _labels(labels) if labels.exists() else {}
    for report in reports(folder):
        if report.gold is not None:
            judgement = report.gold.get("is_meeting", True), _SURE
        elif report.id in judged:
            judgement = judged[report.id]
        else:
            continue
        text = read_file(report.path).characters
        for whole in (True, False):
            found = findings(nlp(text))
            seen = signs(found, read_holdings(found)).all
            yield Text(folder.name, report.source, seen, *judgement, whole)
            assert found.layout is not None
            if found.layout.headline is None:
                break
            text = text[found.source(found.layout.headline.start, found.layout.headline.end).end :]


def _labels(file: Path) -> dict[str, tuple[bool, int]]:
    """Id → whether the text reports a meeting, and how sure the reader was."""
    rows = (line.split("\t") for line in file.read_text("utf-8").splitlines())
    return {name: (told == "1", int(sure)) for name, told, sure in rows}


def fitted(seen: Sequence[Text]) -> Weights:
    """The weights of all signs; what a reader called doubtful teaches nothing."""
    sure = [text for text in seen if text.sure > 1]
    return fit([text.signs for text in sure], {KIND: [text.meeting for text in sure]})[KIND]


def cross_validated(seen: Sequence[Text]) -> list[bool]:
    """Whether each text is taken for a meeting's, by weights fitted without its source."""
    sources = sorted({text.source for text in seen})
    weights = {source: fitted([t for t in seen if t.source != source]) for source in sources}
    return [weights[text.source].odds(text.signs) > ENOUGH for text in seen]


def _row(title: str, told: Sequence[tuple[Text, bool]]) -> str:
    sure = [(text, said) for text, said in told if text.sure > 1]
    right = [sum(text.meeting == said for text, said in some) / max(1, len(some)) for some in (told, sure)]
    missed = sum(text.meeting and not said for text, said in told)
    taken = sum(said and not text.meeting for text, said in told)
    return f"| {title}: {len(told)} | {len(sure)} | {right[0]:.3f} | {right[1]:.3f} | {missed} | {taken} |"


if __name__ == "__main__":
    main()
