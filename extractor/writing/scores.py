"""What ``extract evaluate`` tells: rows for its tables, and all of it as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.evaluation.mistakes import Mistake, MistakeKind
from extractor.evaluation.scores import CORE, Scores
from extractor.writing.tables import ends

Cell = str | int | float
#: Where there is nothing to tell.
NOTHING = "-"


def field_rows(scores: Scores) -> Iterator[list[Cell]]:
    """Field, precision, recall, F1 and number of annotated values."""
    for field, score in scores.fields.items():
        yield [field, score.precision, score.recall, score.f1, score.gold]


def group_rows(groups: Mapping[str, Scores]) -> Iterator[list[Cell]]:
    """Group, number of reports, core F1, F1 of the core's fields, reports told right, without any error."""
    for name, scores in groups.items():
        reached = scores.reached()
        shares: list[Cell] = [reached[field] for field in ("core", *CORE)]
        if not scores.meetings:
            shares = [NOTHING] * len(shares)
        yield [
            name,
            scores.reports,
            *shares,
            reached["kind"],
            reached["perfect"] if scores.meetings else NOTHING,
        ]


def summary_rows(mistakes: tuple[Mistake, ...]) -> Iterator[list[Cell]]:
    """Field, the number of its errors of each kind, and of all."""
    for field, kinds in counted(mistakes).items():
        yield [field, *kinds.values(), sum(kinds.values())]


def mistake_rows(mistakes: tuple[Mistake, ...]) -> Iterator[list[Cell]]:
    """Report, field, kind, what it is about, what the annotation says, what the record says, START-END."""
    for mistake in mistakes:
        words = (mistake.item, mistake.gold, mistake.record, _place(mistake))
        yield [mistake.report, mistake.field, mistake.kind, *(word or NOTHING for word in words)]


def mistake_rows_shown(mistakes: tuple[Mistake, ...]) -> Iterator[list[Cell]]:
    """The same for the eye: long values are cut, and whose role or title it is stands before it."""
    for mistake in mistakes:
        about = f"{mistake.item}: " if mistake.kind in (MistakeKind.ROLE, MistakeKind.TITLE) else ""
        gold, record = (ends(word) if word else NOTHING for word in (mistake.gold, mistake.record))
        place = _place(mistake) or NOTHING
        yield [mistake.report, mistake.field, mistake.kind, ends(about) + gold, record, place]


def counted(mistakes: tuple[Mistake, ...]) -> dict[str, dict[str, int]]:
    """Number of errors by field and kind, the field with most of them first."""
    counts: dict[str, Counter[str]] = {}
    for mistake in mistakes:
        counts.setdefault(mistake.field, Counter())[mistake.kind] += 1
    fields = sorted(counts, key=lambda field: (-counts[field].total(), field))
    return {field: {kind: counts[field][kind] for kind in MistakeKind} for field in fields}


def scores_json(
    scores: Scores, groups: Mapping[str, Mapping[str, Scores]], floors: Mapping[str, float]
) -> dict[str, Any]:
    """All of it: the table, the tables of groups, every error, and the floors."""
    reached = scores.reached()
    return {
        **_table_json(scores),
        "by": {
            key: [{"value": value, **_table_json(group)} for value, group in tables.items()]
            for key, tables in groups.items()
        },
        "floors": {
            field: {"floor": floor, "reached": reached[field], "met": reached[field] >= floor}
            for field, floor in floors.items()
        },
        "error_counts": counted(scores.mistakes),
        "errors": [_mistake_json(mistake) for mistake in scores.mistakes],
    }


def _table_json(scores: Scores) -> dict[str, Any]:
    return {
        "reports": scores.reports,
        "meetings": scores.meetings,
        "kind_right": scores.told_right,
        "perfect": scores.perfect,
        "core": scores.core,
        "fields": {
            field: {"p": score.precision, "r": score.recall, "f": score.f1, "gold": score.gold}
            for field, score in scores.fields.items()
        },
    }


def _mistake_json(mistake: Mistake) -> dict[str, Any]:
    where = mistake.where and {"start": mistake.where[0], "end": mistake.where[1]}
    return {
        "report": mistake.report,
        "field": mistake.field,
        "kind": mistake.kind,
        "item": mistake.item or None,
        "gold": mistake.gold,
        "record": mistake.record,
        "where": where,
    }


def _place(mistake: Mistake) -> str:
    return "-".join(map(str, mistake.where or ()))
