"""Fit the second reading, and measure what it gains.

    python -m training.second_reading --annotated FOLDER [FOLDER…] [--held-out FOLDER…] [--write]

Each FOLDER is annotated as ``training.annotated`` says. ``--held-out``: folders that nothing is fitted on; what the
rules and both readings reach there is printed, and so it is for all folders together, each source judged by weights
fitted on the others. ``--write`` puts the weights into the package. The same folders give the same bytes.
Needs scikit-learn: ``pip install '.[train]'``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.evaluation.matching import norm
from extractor.evaluation.readings import LEADS, SPEAKS
from extractor.language.findings import Findings, findings
from extractor.language.pipeline import load
from extractor.language.role_signs import RoleSigns
from extractor.language.roles import read_by_rules
from extractor.language.second_reading import FILE, ROLES, Judge
from extractor.reading import read_file
from extractor.regression import Signs, Weights, dumped
from training.annotated import reports
from training.sparse import fit


@dataclass(frozen=True, slots=True)
class Person:
    """One person of one report: the signs (None: the name was not found), the rules' roles and the right ones."""

    source: str
    signs: Signs | None
    ruled: frozenset[str]
    right: frozenset[str]


def main() -> None:
    """Fit, measure, print; with ``--write`` keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--annotated", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--held-out", type=Path, nargs="+", default=[], metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    seen = [person for folder in wanted.annotated for person in persons(folder)]
    weights = fitted(seen)
    print("| reports | persons | leaders+roles: rules | both | speakers+roles: rules | both |")
    print("| --- | --- | --- | --- | --- | --- |")
    print(_row("source by source", seen, cross_validated(seen)))
    judge = Judge(weights)
    for folder in wanted.held_out:
        unseen = list(persons(folder))
        print(_row(folder.name, unseen, [_taken(judge, p) for p in unseen]))
    if wanted.write:
        FILE.write_text(dumped(weights), "utf-8")


def persons(folder: Path) -> Iterator[Person]:
    """Every person named in the annotated meetings of a folder, or by their annotation."""
    for source, found, gold in read(folder):
        if not gold.get("is_meeting", True):
            continue
        assert found.layout is not None and found.titles is not None
        right = {norm(p["name"]): frozenset(p["roles"]) for p in gold["people"]}
        signs = RoleSigns(found.clean, found.layout, found.titles, read_by_rules(found))
        names = {norm(name): name for name in signs.mentions}
        for name, printed in names.items():
            ruled = signs.roles.get(printed, frozenset())
            yield Person(source, signs.of(printed), ruled, right.get(name, frozenset()))
        for name in sorted(set(right) - set(names)):
            yield Person(source, None, frozenset(), right[name])


def read(folder: Path) -> Iterator[tuple[str, Findings, Mapping[str, Any]]]:
    """Source, findings and gold of every annotated report of a folder, as far as the rules need to read roles."""
    nlp = load()
    later = nlp.pipe_names[nlp.pipe_names.index("meeting_roles") :]
    for report in reports(folder):
        if report.gold is not None:
            doc = nlp(read_file(report.path).characters, disable=later)
            yield report.source, findings(doc), report.gold


def fitted(seen: Sequence[Person]) -> dict[str, Weights]:
    """The weights of each role."""
    found = [p for p in seen if p.signs is not None]
    return fit([p.signs or {} for p in found], {role: [role in p.right for p in found] for role in ROLES})


def cross_validated(seen: Sequence[Person]) -> list[frozenset[str]]:
    """The roles of every person, by weights fitted without his source."""
    sources = sorted({p.source for p in seen})
    judges = {source: Judge(fitted([p for p in seen if p.source != source])) for source in sources}
    return [_taken(judges[p.source], p) for p in seen]


def _taken(judge: Judge, person: Person) -> frozenset[str]:
    return frozenset() if person.signs is None else judge.roles(person.signs, person.ruled)


def _row(title: str, seen: Sequence[Person], both: Sequence[frozenset[str]]) -> str:
    ruled = [p.ruled for p in seen]
    scores = [f1(seen, roles, which) for which in (LEADS, SPEAKS) for roles in (ruled, both)]
    return " | ".join([f"| {title}", str(len(seen)), *(f"{score:.3f}" for score in scores)]) + " |"


def f1(seen: Iterable[Person], roles: Iterable[frozenset[str]], which: frozenset[str]) -> float:
    """How well these roles hit the right ones."""
    both = wrong = missed = 0
    for person, given in zip(seen, roles, strict=True):
        both += len(person.right & given & which)
        wrong += len((given - person.right) & which)
        missed += len((person.right - given) & which)
    return 2 * both / (2 * both + wrong + missed) if both else 0.0


if __name__ == "__main__":
    main()
