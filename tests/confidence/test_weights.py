"""The weights: what the loader takes, and what becomes of signs that the fit did not know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.confidence import KINDS, judge
from extractor.confidence.weights import FILE, load, probability, read
from extractor.errors import RuleError


def written(tmp_path: Path, change: Any) -> Path:
    data = json.loads(FILE.read_text("utf-8"))
    change(data)
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda d: d["kinds"].pop("task"), "missing or unknown kinds: task"),
        (lambda d: d["kinds"].update(mood={"bias": 0, "signs": {}}), "missing or unknown kinds: mood"),
        (lambda d: d["kinds"]["task"].pop("bias"), "bias"),
        (lambda d: d["kinds"]["task"].update(bias="3"), "'3' is no number"),
        (lambda d: d["kinds"]["task"].update(bias=True), "True is no number"),
        (lambda d: d["kinds"]["task"]["signs"].update(told=float("nan")), "nan is no number"),
        (lambda d: d["kinds"]["task"].update(signs=[]), "AttributeError"),
        (lambda d: d.pop("kinds"), "kinds"),
    ],
)
def test_a_malformed_file_is_refused(tmp_path: Path, change: Any, complaint: str) -> None:
    with pytest.raises(RuleError, match=complaint):
        read(written(tmp_path, change))


def test_no_file_and_no_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="FileNotFound"):
        read(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{", "utf-8")
    with pytest.raises(RuleError, match=r"bad\.json"):
        read(tmp_path / "bad.json")


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_rule_has_the_mean_of_its_kind(kind: str) -> None:
    weights = load()[kind]
    assert weights.odds({"rule:nobody.knows": 1.0}) == weights.odds({}) == weights.bias
    rules = [w for name, w in weights.signs.items() if name.startswith("rule:")]
    assert not rules or min(rules) <= 0 <= max(rules)


@pytest.mark.parametrize("kind", KINDS)
def test_every_sign_but_rules_roles_and_actions_speaks_against(kind: str) -> None:
    free = ("rule:", "role:", "action:")
    assert all(w < 0 for name, w in load()[kind].signs.items() if not name.startswith(free))


def test_probabilities_are_hundredths_and_never_quite_sure() -> None:
    kind = load()["leader"]
    for size in (-20, -3, 0, 0.37, 1, 3, 20):
        told = probability(kind, dict.fromkeys(kind.signs, size))
        assert 0.01 <= told <= 0.99
        assert told == round(told, 2)


def test_what_speaks_against_is_told_the_weightiest_first() -> None:
    judged = judge(
        "leaders[0]", "leader", {"act unread": 1.0, "implied": 1.0, "role:address": 1.0, "new": 1.0}
    )
    weights = load()["leader"].signs
    assert weights["act unread"] < weights["implied"] < 0 < weights["role:address"]
    assert judged.against() == ["act unread", "implied"]
