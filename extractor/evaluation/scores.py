"""The table: precision, recall and F1 of every field over many reports, and floors under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from extractor.errors import FloorsError
from extractor.evaluation.comparison import FIELDS, Comparison, Count
from extractor.evaluation.faults import json_object, place
from extractor.evaluation.mistakes import Mistake

#: The fields whose mean is the one figure for a record: who, when, with whom, and what is to be done.
CORE = ("date", "leaders+roles", "speakers+roles", "units", "tasks")

#: What may have a floor beside the fields: the mean of ``CORE``, the share of reports told right to report a
#: meeting or none, and the share without any error among those that report one.
OVERALL = ("core", "kind", "perfect")


@dataclass(frozen=True, slots=True)
class Score:
    """One row of the table. Where there is nothing to find, and nothing was found, everything is 1."""

    count: Count

    @property
    def precision(self) -> float:
        """Share of the records' values that are right, 0 to 1."""
        return _share(self.count.right, self.count.right + self.count.wrong)

    @property
    def recall(self) -> float:
        """Share of the annotations' values that the records have, 0 to 1."""
        return _share(self.count.right, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        right, wrong, missed = self.count
        return _share(2 * right, 2 * right + wrong + missed)

    @property
    def gold(self) -> int:
        """How many values the annotations have."""
        return self.count.right + self.count.missed


@dataclass(frozen=True, slots=True)
class Scores:
    """The table of some reports: ``meetings`` of them report a meeting, ``perfect`` of these without error.

    ``told_right``: reports of which the record says rightly whether they report a meeting.
    """

    reports: int
    meetings: int
    told_right: int
    perfect: int
    fields: Mapping[str, Score]
    mistakes: tuple[Mistake, ...]

    @property
    def core(self) -> float:
        """The mean F1 of the fields of ``CORE``."""
        return sum(self.fields[field].f1 for field in CORE) / len(CORE)

    def reached(self) -> dict[str, float]:
        """What floors are compared with: F1 of every field, and ``OVERALL``."""
        return {
            **{field: score.f1 for field, score in self.fields.items()},
            "core": self.core,
            "kind": _share(self.told_right, self.reports),
            "perfect": _share(self.perfect, self.meetings),
        }


def scored(comparisons: Iterable[Comparison]) -> Scores:
    """The table of these reports."""
    every = list(comparisons)
    meetings = [comparison for comparison in every if comparison.is_meeting]
    return Scores(
        reports=len(every),
        meetings=len(meetings),
        told_right=sum(comparison.is_meeting == comparison.says_meeting for comparison in every),
        perfect=sum(not comparison.differences for comparison in meetings),
        fields={field: Score(_sum(c.counts[field] for c in meetings)) for field in FIELDS},
        mistakes=tuple(mistake for comparison in every for mistake in comparison.mistakes),
    )


def grouped(
    comparisons: Iterable[Comparison], labels: Mapping[str, Mapping[str, str]], key: str
) -> dict[str, Scores]:
    """A table for each value of a key of the manifest, the largest group first.

    ``labels``: what the manifest says of each report, by id. Reports without the key are left out.
    """
    groups: defaultdict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        if (value := labels.get(comparison.report, {}).get(key)) is not None:
            groups[value].append(comparison)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {value: scored(members) for value, members in ordered}


def missed_floors(
    reached: Mapping[str, float], floors: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """What was reached and its floor, for each floor that is not reached.

    >>> missed_floors({"date": 0.9, "units": 0.8}, {"date": 0.95, "units": 0.8})
    {'date': (0.9, 0.95)}
    """
    return {
        field: (reached.get(field, 0.0), floor)
        for field, floor in floors.items()
        if reached.get(field, 0.0) < floor
    }


def read_floors(data: bytes, path: str) -> dict[str, float]:
    """The floors of a JSON object: field, or one of ``OVERALL``, → least value, 0 to 1. Raises FloorsError."""
    wrong = partial(FloorsError, path=path)
    floors = json_object(data, wrong)
    for field, floor in floors.items():
        if field not in (*FIELDS, *OVERALL):
            raise wrong(place=field, detail="unknown-key")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise wrong(place=place([field], floor), detail="not-a-share")
    return floors


def _sum(counts: Iterable[Count]) -> Count:
    return Count(*map(sum, zip(Count(), *counts, strict=True)))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
