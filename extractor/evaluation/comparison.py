"""A record beside the annotation of its report: what is right in every field, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from extractor.evaluation.gold import Case, Gold
from extractor.evaluation.matching import candidates, held, norm, one_to_one, shared, unpaired
from extractor.evaluation.mistakes import Mistake, mistakes_in, no_such_meeting
from extractor.evaluation.readings import PARTS, Reading, of_gold, of_record
from extractor.evaluation.records import Record

#: The rows of the table, in its order. A field with ~ counts what is nearly right, too.
FIELDS = (
    "date", "leaders", "leaders+roles", "leaders+title", "speakers", "speakers+roles", "units", "units~",
    "units+reps", "tasks", "tasks~", "task.by", "documents", *(f"meeting.{part}" for part in PARTS), "names",
)  # fmt: skip

#: How much of a directive both must have, as the share of what they cover together.
SAME_TASK, NEARLY_SAME_TASK = 0.8, 0.5
#: The least ratio of the lengths of two names of units of which one holds the other.
NEARLY_SAME_UNIT = 0.6
#: A directive is told by its beginning.
_TOLD = 60


class Count(NamedTuple):
    """Values of one field: in both, in the record alone, in the annotation alone."""

    right: int = 0
    wrong: int = 0
    missed: int = 0


class Difference(NamedTuple):
    """A value, as a row counts it, that only the annotation has (missed) or only the record (wrong)."""

    report: str
    field: str
    kind: str
    value: Hashable


@dataclass(frozen=True, slots=True)
class Comparison:
    """One report. Where it reports no meeting, only that is compared, and there are no ``counts``.

    ``differences`` are those that the rows without ~ count; ``mistakes`` are the same for people, each once.
    """

    report: str
    is_meeting: bool
    says_meeting: bool
    counts: Mapping[str, Count]
    differences: tuple[Difference, ...]
    mistakes: tuple[Mistake, ...]


def compare(case: Case, record: Record | None) -> Comparison:
    """What a record has right of a report. No record is as good as an empty one."""
    found = of_record(record, case.text)
    if not isinstance(case.gold, Gold):
        if not found.is_meeting:
            return Comparison(case.id, False, False, {}, (), ())
        difference = Difference(case.id, "kind", "wrong", "")
        return Comparison(case.id, False, True, {}, (difference,), (no_such_meeting(case.id),))
    gold = of_gold(case.gold, case.text)
    strict = _same_tasks(gold, found, SAME_TASK)
    loose = _same_tasks(gold, found, NEARLY_SAME_TASK)
    counts, listed = _counts_of_values(case.id, gold, found)
    counts |= {
        "units~": _counted(
            len(_nearly_same_units(gold, found)), gold.entries["units"], found.entries["units"]
        ),
        "tasks": _counted(len(strict), gold.tasks, found.said_by),
        "tasks~": _counted(len(loose), gold.tasks, found.said_by),
        "task.by": _count_of_sayers(gold, found, loose),
    }
    listed += _unmatched_tasks(case, gold, found, strict)
    told = tuple(mistakes_in(case, gold, found, strict, loose))
    return Comparison(case.id, True, found.is_meeting, counts, tuple(listed), told)


def values(reading: Reading) -> dict[str, Counter[Hashable]]:
    """What the rows compare that know only right and wrong: every value as often as it is said."""
    entries = reading.entries
    alone = ("date", "leaders", "speakers", "units", *(f"meeting.{part}" for part in PARTS))
    rows: dict[str, list[Hashable]] = {field: [entry.key for entry in entries[field]] for field in alone}
    for field in ("leaders", "speakers"):
        rows[f"{field}+roles"] = [(entry.key, role) for entry in entries[field] for role in entry.roles]
    rows["leaders+title"] = [(leader.key, norm(leader.detail)) for leader in entries["leaders"]]
    rows["units+reps"] = [(unit.key, norm(unit.detail)) for unit in entries["units"]]
    rows["documents"] = [(document.key, *document.roles) for document in entries["documents"]]
    rows["names"] = list(reading.names)
    return {field: Counter(row) for field, row in rows.items()}


def _counts_of_values(
    report: str, gold: Reading, found: Reading
) -> tuple[dict[str, Count], list[Difference]]:
    counts: dict[str, Count] = {}
    listed: list[Difference] = []
    got = values(found)
    for field, wanted in values(gold).items():
        missed, wrong = wanted - got[field], got[field] - wanted
        counts[field] = Count((wanted & got[field]).total(), wrong.total(), missed.total())
        listed += [Difference(report, field, "missed", value) for value in missed]
        listed += [Difference(report, field, "wrong", value) for value in wrong]
    return counts, listed


def _counted(right: int, wanted: tuple[object, ...], got: tuple[object, ...]) -> Count:
    return Count(right, len(got) - right, len(wanted) - right)


def _nearly_same_units(gold: Reading, found: Reading) -> list[tuple[int, int]]:
    theirs = found.entries["units"]
    fits = ((held(unit.text, other.text) for other in theirs) for unit in gold.entries["units"])
    return one_to_one(candidates(fits), NEARLY_SAME_UNIT)


def _same_tasks(gold: Reading, found: Reading, least: float) -> list[tuple[int, int]]:
    fits = ((shared(task.where, other.where) for other in found.tasks) for task in gold.tasks)
    return one_to_one(candidates(fits), least)


def _count_of_sayers(gold: Reading, found: Reading, pairs: list[tuple[int, int]]) -> Count:
    """Who says the tasks that both have: the n-th place goes with the n-th sayer.

    So does the reference scorer, to which this table is equal; it matters for records alone that hold a
    task which their report does not hold, and no record of this program does.
    """
    right = sum(gold.said_by[i] == found.said_by[j] for i, j in pairs)
    return Count(right, len(pairs) - right, len(pairs) - right)


def _unmatched_tasks(
    case: Case, gold: Reading, found: Reading, pairs: list[tuple[int, int]]
) -> list[Difference]:
    ours, theirs = unpaired(gold.tasks, found.tasks, pairs)
    told = [*(("missed", task) for task in ours), *(("wrong", task) for task in theirs)]
    return [Difference(case.id, "tasks", kind, task.text[:_TOLD]) for kind, task in told]
