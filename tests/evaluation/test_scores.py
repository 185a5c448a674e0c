"""The table over several reports, its groups and its floors."""

from __future__ import annotations

import json

import pytest

from extractor.errors import FloorsError
from extractor.evaluation.comparison import Count
from extractor.evaluation.gold import Case
from extractor.evaluation.scores import Score, grouped, missed_floors, read_floors, scored

from .reports import measured, record


def test_precision_recall_and_f1() -> None:
    score = Score(Count(right=3, wrong=1, missed=2))
    assert (score.precision, score.recall, score.f1, score.gold) == (0.75, 0.6, pytest.approx(2 / 3), 5)
    nothing = Score(Count())
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.gold) == (1.0, 1.0, 1.0, 0)
    assert (Score(Count(0, 0, 1)).precision, Score(Count(0, 1, 0)).recall) == (1.0, 1.0)


def test_counts_are_summed_over_reports(case: Case) -> None:
    worse = record(tasks=[], mentioned=["叶南", "记者"])
    scores = scored([measured(case, record()), measured(case, worse)])
    assert scores.fields["tasks"].count == Count(2, 0, 2)
    assert scores.fields["names"].count == Count(6, 1, 0)
    assert scores.core == pytest.approx((1 + 1 + 1 + 1 + 2 / 3) / 5)
    assert (scores.perfect, scores.meetings) == (1, 2)
    assert scores.reached()["perfect"] == 0.5


def test_groups_come_largest_first_and_leave_out_who_has_no_key(case: Case) -> None:
    ids = ("a", "b", "c", "d")
    every = [measured(Case(id, case.text, case.gold), None if id == "c" else record()) for id in ids]
    labels = {
        "a": {"source": "乙报"},
        "b": {"source": "甲报"},
        "c": {"source": "甲报"},
        "d": {"level": "county"},
    }
    groups = grouped(every, labels, "source")
    assert [(name, scores.reports, scores.perfect) for name, scores in groups.items()] == [
        ("甲报", 2, 1),
        ("乙报", 1, 1),
    ]


def test_floors_are_compared_unrounded() -> None:
    assert missed_floors({"date": 0.95}, {"date": 0.95}) == {}
    assert missed_floors({"date": 0.94996}, {"date": 0.95}) == {"date": (0.94996, 0.95)}
    assert missed_floors({}, {"core": 0.1}) == {"core": (0.0, 0.1)}


@pytest.mark.parametrize(
    ("floors", "place", "detail"),
    [
        ({"leader": 0.9}, "leader", "unknown-key"),
        ({"leaders": 90}, "leaders = 90", "not-a-share"),
        ({"leaders": True}, "leaders = true", "not-a-share"),
        ({"leaders": "0.9"}, 'leaders = "0.9"', "not-a-share"),
        ([], "1:1", "not-an-object"),
    ],
)
def test_wrong_floors_are_named(floors: object, place: str, detail: str) -> None:
    with pytest.raises(FloorsError) as error:
        read_floors(json.dumps(floors).encode(), "floors.json")
    assert error.value.arguments == {"path": "floors.json", "place": place, "detail": detail}


def test_floors_are_read() -> None:
    assert read_floors(b'{"units~": 0.5, "core": 1, "perfect": 0}', "") == {
        "units~": 0.5,
        "core": 1,
        "perfect": 0,
    }
