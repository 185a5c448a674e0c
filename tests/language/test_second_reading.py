"""The second reading: what it takes from the rules and adds, at which words, and what the weights hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from extractor import regression
from extractor.errors import RuleError
from extractor.language import kinds, second_reading
from extractor.language.findings import Findings
from extractor.language.role_signs import RoleSigns
from extractor.language.roles import read_by_rules
from extractor.language.second_reading import KEPT, ROLES, RULE, TAKEN, Judge
from extractor.regression import Weights
from extractor.rules import load
from training.sparse import fit

HEAD = "全县春耕生产工作会议召开\n5月3日，全县春耕生产工作会议召开。"
Find = Callable[[str], Findings]


def judging(monkeypatch: pytest.MonkeyPatch, **weights: Weights) -> None:
    """Let roles be judged by these weights; a role without any is never taken and never given up."""
    neutral = Weights((KEPT + TAKEN) / 2, {})
    judge = Judge({role: weights.get(role, neutral) for role in ROLES})
    monkeypatch.setattr(second_reading, "load", lambda: judge)


def roles(found: Findings) -> dict[str, str]:
    return {person.name: " ".join(person.roles) for person in found.people or ()}


def test_where_the_weights_tell_nothing_the_rules_stand(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    judging(monkeypatch)
    assert roles(find(HEAD + "县长李明主持会议，王芳讲话。")) == {"李明": "chair", "王芳": "address"}


def test_an_unlikely_role_goes_and_its_words_with_it(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    judging(monkeypatch, address=Weights(KEPT - 1, {}))
    found = find(HEAD + "县长李明主持会议并讲话。")
    assert roles(found) == {"李明": "chair"}
    assert [e.of(found.clean) for e in (found.people or ())[0].evidence] == ["李明", "主持"]


def test_a_role_read_otherwise_keeps_its_words(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    judging(monkeypatch, address=Weights(KEPT - 1, {}), statement=Weights(TAKEN + 1, {}))
    found = find(HEAD + "县长李明讲话。")
    person = (found.people or ())[0]
    assert (person.roles, person.rule) == (("statement",), RULE)
    assert [e.of(found.clean) for e in person.evidence] == ["李明", "讲话"]


def test_an_added_role_points_at_the_verb_of_others_in_its_sentence(
    find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging(monkeypatch, address=Weights(-9, {"rules give address": 18, "any mate address": 18}))
    found = find(HEAD + "王芳鼓掌，副县长赵刚讲话。")
    people = {person.name: person for person in found.people or ()}
    assert people["赵刚"].roles == people["王芳"].roles == ("address",)
    assert [e.of(found.clean) for e in people["王芳"].evidence] == ["王芳", "讲话"]


def test_no_role_comes_where_no_words_say_it(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    judging(monkeypatch, **dict.fromkeys(ROLES, Weights(TAKEN + 1, {})))
    assert roles(find(HEAD + "县长李明很忙。王芳出席会议，赵刚看到了。")) == {"王芳": "attend"}


def test_an_act_without_its_person_still_tells_of_units(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    judging(monkeypatch, attend=Weights(KEPT - 1, {}))
    found = find(HEAD + "县长李明、县财政局负责人出席会议。")
    assert roles(found) == {}
    assert [unit.name.of(found.clean) for unit in found.units or ()] == ["县财政局"]


def test_no_sign_knows_a_person_or_a_day(find: Find) -> None:
    signs: list[Mapping[str, float]] = []
    for name, day in (("李明", "5月3日"), ("王芳", "7月8日")):
        found = find(f"全县会议召开\n{day}，全县会议召开。县长{name}主持会议并讲话。{name}强调，要抓好落实。")
        assert found.layout is not None and found.titles is not None
        signs.append(RoleSigns(found.clean, found.layout, found.titles, read_by_rules(found)).of(name))
    assert signs[0] == signs[1]


def test_what_is_certain_to_a_reader_is_certain_to_the_weights(find: Find) -> None:
    text = (
        "全县春耕生产工作会议召开\n5月3日，全县春耕生产工作会议在县城召开。县委书记李明出席会议并讲话，县长王芳主持会议，"
        "副县长赵刚通报了有关情况。县委常委、县直各部门主要负责人参加会议。李明强调，要抓好落实。"
    )
    assert roles(find(text)) == {"李明": "address attend", "王芳": "chair", "赵刚": "report"}


@pytest.mark.parametrize("module", [kinds, second_reading])
def test_the_weights_hold_no_run_of_words(module: object) -> None:
    """What was learned from reports that may not be published tells none of their sentences and no name."""
    wanted = (kinds.KIND,) if module is kinds else ROLES
    lists = load("roles").lists
    listed = (*lists["cues"].words, *lists["sittings"].words)
    for weights in regression.read(module.FILE, wanted).values():  # type: ignore[attr-defined]
        words = [name.removeprefix("in the headline ").removeprefix("at its end ") for name in weights.signs]
        for name in words:
            last = name.rpartition(" ")[2].strip("…")
            assert len(last) <= 4 or last.isascii() or any(word in name for word in listed), name


def test_a_person_whom_only_a_headline_names_is_judged_too(
    find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging(monkeypatch, **dict.fromkeys(ROLES, Weights(TAKEN + 1, {})))
    assert roles(find("李明主持")) == {"李明": "chair"}


@pytest.mark.parametrize("wanted", [("chair",), (*ROLES, "mood")])
def test_a_file_with_other_kinds_is_refused(wanted: tuple[str, ...]) -> None:
    with pytest.raises(RuleError, match="missing or unknown kinds"):
        regression.read(second_reading.FILE, wanted)


def test_the_fit_learns_what_goes_together_and_gives_the_same_again() -> None:
    signs = [{"a": 1.0}, {"a": 1.0, "b": 0.5}, {"b": 1.0}, {"c": 1.0}] * 5
    told = {"x": [True, True, False, False] * 5}
    once, again = (fit(signs, told)["x"] for _ in range(2))
    assert once == again
    assert once.signs["a"] > 0 > once.signs["c"]
    assert fit([*signs, {"rare": 1.0}], {"x": [*told["x"], True]})["x"].signs.keys() == once.signs.keys()
