"""The fit: directions, rare rules, determinism. Signs and values here are made up."""

from __future__ import annotations

import pytest

from extractor.confidence import KINDS, Judged
from extractor.confidence.weights import probability
from extractor.regression import Weights, dumped
from training.logistic import PRIOR, fit
from training.rightness import Right, Verdict
from training.tables import Told, calibration_error, captured

OFTEN = [({"rule:a": 1.0, "doubt": float(i % 4 == 0)}, i % 4 != 0 or i % 8 == 0) for i in range(1600)]


def fitted(seen: list[tuple[dict[str, float], bool]]) -> Weights:
    return fit([signs for signs, _ in seen], [right for _, right in seen])


def test_a_sign_that_goes_with_errors_lowers_the_probability() -> None:
    weights = fitted(OFTEN)
    plain, doubted = (
        probability(weights, {"rule:a": 1.0}),
        probability(weights, {"rule:a": 1.0, "doubt": 1.0}),
    )
    assert plain > 0.9
    assert doubted == pytest.approx(0.5, abs=0.1)  # half of those with the sign are wrong


def test_a_sign_never_speaks_for_a_value() -> None:
    seen = [({"doubt": float(i % 2)}, i % 2 == 1 or i % 4 == 0) for i in range(200)]  # always right with it
    assert fitted(seen).signs.get("doubt", 0.0) == 0.0


def test_a_sign_that_was_not_seen_keeps_the_belief() -> None:
    assert fitted([({"doubt": 0.0}, i > 0) for i in range(20)]).signs["doubt"] == PRIOR


def test_a_rare_rule_is_drawn_to_the_mean_and_an_unknown_one_has_it() -> None:
    common = [({"rule:a": 1.0}, i % 10 > 0) for i in range(200)]
    rare = fitted([*common, ({"rule:b": 1.0}, False)])
    frequent = fitted([*common, *[({"rule:b": 1.0}, False)] * 100])
    assert probability(frequent, {"rule:b": 1.0}) < 0.3 < 0.7 < probability(rare, {"rule:b": 1.0})
    assert probability(rare, {"rule:new": 1.0}) == pytest.approx(180 / 201, abs=0.02)


def test_where_nothing_was_wrong_it_is_not_sure_all_the_same() -> None:
    told = probability(fitted([({"rule:a": 1.0}, True)] * 8), {"rule:a": 1.0})
    assert 0.9 < told < 0.97


def test_the_same_values_give_the_same_bytes() -> None:
    once, again = fitted(OFTEN), fitted([*OFTEN])
    assert dumped(dict.fromkeys(KINDS, once)) == dumped(dict.fromkeys(KINDS, again))


def told(*pairs: tuple[float, bool]) -> list[Told]:
    value = Judged("date", "date", {}, 0.5)
    return [Told(Verdict("r", "s", value, right), p) for p, right in pairs]


def test_calibration_error_is_the_mean_distance_of_the_bins() -> None:
    assert calibration_error(told((0.75, True), (0.75, True), (0.75, True), (0.75, False))) == 0
    assert calibration_error(told((0.95, False), (0.15, False))) == pytest.approx((0.95 + 0.15) / 2)


def test_of_equals_a_share_is_among_the_least_certain() -> None:
    values = told((0.5, False), (0.9, False), *[(0.9, True)] * 3)
    assert captured(values, 0.2) == 0.5
    assert captured(values, 0.4) == 0.5 + 0.5 / 4


GOLD = {
    "is_meeting": True,
    "meeting": {"name": "全县农业工作会议", "organizer": None, "location": None},
    "date": {"text": "3月24日", "edtf": "2021-03-24"},
    "people": [{"name": "李甲", "title": "县长", "roles": ["attend", "address"]}],
    "mentioned": [],
    "units": [{"name": "各乡镇", "representatives": "党委书记", "roles": ["attend"]}],
    "tasks": [{"text": "要抓好春耕", "by": "李甲", "actor": None, "deadline": None}],
    "documents": [],
}
TEXT = (
    "全县农业工作会议召开\n2021年3月24日，全县农业工作会议在县城召开。县长李甲出席会议并讲话，强调要抓好春耕。"
    "各乡镇党委书记参加会议。\n"
)


def test_right_is_what_the_gold_says() -> None:
    from extractor import extract_text

    right = Right(TEXT, GOLD, extract_text(TEXT))
    paths = (
        "date",
        "meeting.name",
        "leaders[0]",
        "leaders[0].title",
        "speakers[0]",
        "attending_units[0]",
        "tasks[0]",
    )
    assert all(map(right, paths))
    assert right("attending_units[0].representatives")
    assert right("meeting.location") is False
    assert right.is_headline("全县农业工作会议召开")
    assert not right.is_headline(None)


def test_one_role_too_many_is_wrong() -> None:
    from extractor import extract_text

    people = [{"name": "李甲", "title": "副县长", "roles": ["address"]}]
    right = Right(TEXT, {**GOLD, "people": people}, extract_text(TEXT))
    assert not right("leaders[0]")
    assert not right("leaders[0].title")
    assert right("speakers[0]")


def test_in_a_text_with_no_meeting_all_is_wrong() -> None:
    from extractor import extract_text

    right = Right(TEXT, {"is_meeting": False}, extract_text(TEXT))
    assert not any(map(right, ("date", "meeting.name", "leaders[0]", "tasks[0]")))
