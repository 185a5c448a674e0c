"""The signs: each is seen where it should be, and stays between 0 and 1. Places and people are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import api
from extractor.confidence.weights import load
from extractor.reading import read_file, read_text

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
HEAD = "云岭县召开农业工作会议\n本报讯 2021年3月24日，云岭县农业工作会议在县城召开。"


def signs(text: str, path: str) -> dict[str, float]:
    """What was seen of the value at this path."""
    made = api.make(read_text(HEAD + text))
    return dict(next(j.signs for j in made.judged if j.path == path))


def test_every_value_of_the_samples_is_judged_once_and_signs_are_bounded() -> None:
    for path in SAMPLES:
        made = api.make(read_file(path))
        paths = [j.path for j in made.judged]
        assert len(set(paths)) == len(paths)
        told = json.dumps(made.record.model_dump(mode="json")).count('confidence": 0.')
        assert told == len(paths)
        for judged in made.judged:
            assert all(0 <= size <= 1 + 1e-9 for size in judged.signs.values()), judged


def test_most_signs_of_the_weights_are_seen_in_the_samples() -> None:
    seen = {(j.kind, s) for p in SAMPLES for j in api.make(read_file(p)).judged for s in j.signs}
    known = {
        (kind, sign)
        for kind, weights in load().items()
        for sign in weights.signs
        if not sign.startswith(("rule:", "role:", "action:"))
    }
    assert len(known & seen) > 0.6 * len(known), known - seen


@pytest.mark.parametrize(
    ("text", "path", "sign"),
    [
        ("县长李建国出席会议并讲话。李建国近日又通报了旱情。", "leaders[0]", "named often"),
        ("县长李建国讲话，李建国作交流发言。", "speakers[0]", "contradiction"),
        ("县委书记王丽讲话并通报了旱情。", "speakers[0]", "address and report"),
        ("会议由原云岭县教育局局长李建国主持。", "leaders[0].title", "uncommon beginning"),
        ("各乡镇书记、联络员参加会议。", "attending_units[0].representatives", "a post"),
        ("支部全体党员参加会议。", "attending_units[0]", "bare"),
        ("会议强调，我们要抓好春耕。", "tasks[0]", "our own"),
        ("会议审议了云岭县春耕工作实施方案。", "documents[0]", "no title marks"),
    ],
)
def test_what_is_doubtful_is_seen(text: str, path: str, sign: str) -> None:
    assert signs(text, path)[sign] > 0


def test_what_is_plain_has_no_doubt() -> None:
    seen = signs("县长李建国出席会议。", "leaders[0]")
    doubts = {s for s, size in seen.items() if size and not s.startswith(("rule:", "role:"))}
    assert doubts == set()


def test_the_model_and_the_rules_are_told_apart() -> None:
    names = api.load()(HEAD + "县长李建国出席会议。")._.meeting.names
    assert names[0].gain > 0
    assert names[0].model > 0
