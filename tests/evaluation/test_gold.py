"""Annotations: what is read, and how each sort of mistake in them is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import GoldError, NotFoundError
from extractor.evaluation.gold import Gold, NoMeeting, read_cases, texts_beside

from . import reports
from .reports import GOLD


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The annotation with one value replaced."""
    copy: dict[str, Any] = json.loads(json.dumps(GOLD))
    node: Any = copy
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = to
    return copy


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in GOLD.items() if name != key}


def wrong(folder: Path, gold: Any) -> GoldError:
    place = reports.folder(folder, gold)
    cases, errors = read_cases(place, folder / "texts")
    assert cases == []
    assert len(errors) == 1
    assert isinstance(errors[0], GoldError)
    assert errors[0].arguments["path"] == str(place / "a.json")
    return errors[0]


def test_an_annotation_is_read_with_its_text(tmp_path: Path) -> None:
    case = reports.case(tmp_path)
    assert isinstance(case.gold, Gold)
    assert (case.id, case.text) == ("a", reports.TEXT)
    assert [person.name for person in case.gold.people] == ["宁书同", "祖秋实"]


def test_what_may_be_left_out(tmp_path: Path) -> None:
    gold = changed("people", 0, to={"name": "宁书同", "roles": ["attend"]})
    del gold["is_meeting"], gold["tasks"][0]["by"], gold["units"][0]["representatives"]
    case = reports.case(tmp_path, gold)
    assert isinstance(case.gold, Gold)
    assert case.gold.people[0].title is case.gold.tasks[0].by is case.gold.units[0].representatives is None


def test_no_meeting(tmp_path: Path) -> None:
    assert isinstance(reports.case(tmp_path, {"id": "a", "is_meeting": False}).gold, NoMeeting)


@pytest.mark.parametrize(
    ("gold", "place", "detail"),
    [
        (changed("titel", to=1), "titel = 1", "unknown-key"),
        (changed("people", 0, "post", to="县长"), 'people[0].post = "县长"', "unknown-key"),
        (without("tasks"), "tasks", "missing-key"),
        (changed("meeting", to={"name": None, "organizer": None}), "meeting.location", "missing-key"),
        (changed("people", 1, "roles", to=["chairs"]), 'people[1].roles[0] = "chairs"', "unknown-value"),
        (changed("people", 1, "roles", to=[]), "people[1].roles", "wrong-type"),
        (changed("documents", 0, "action", to="read"), 'documents[0].action = "read"', "unknown-value"),
        (changed("people", 1, "title", to=""), 'people[1].title = ""', "empty-string"),
        (changed("people", 1, "title", to=" "), 'people[1].title = " "', "empty-string"),
        (changed("people", 1, "name", to=None), "people[1].name", "wrong-type"),
        (changed("tasks", to="一要"), 'tasks = "一要"', "wrong-type"),
        (changed("date", "edtf", to="2021-02-30"), 'date.edtf = "2021-02-30"', "not-edtf"),
        (changed("date", "text", to="3月25日"), 'date.text = "3月25日"', "not-in-text"),
        (changed("units", 2, "representatives", to="负责同志"), 'units[2].representatives = "负责同志"', "not-in-text"),
        (changed("mentioned", 0, to="叶 南"), 'mentioned[0] = "叶 南"', "not-in-text"),
        (changed("tasks", 0, "text", to="要" * 60), f'tasks[0].text = "{"要" * 38}…', "not-in-text"),
        (changed("id", to="b"), 'id = "b"', "other-id"),
        ({"id": "a", "is_meeting": False, "people": []}, "people", "not-stated"),
        ({"id": "a", "is_meeting": False, "pepole": []}, "pepole", "unknown-key"),
        ([GOLD], "1:1", "not-an-object"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(tmp_path: Path, gold: Any, place: str, detail: str) -> None:
    error = wrong(tmp_path, gold)
    assert (error.arguments["place"], error.arguments["detail"]) == (place, detail)
    assert all(place in error.message(language) for language in ("en", "zh"))


@pytest.mark.parametrize(
    ("content", "place"),
    [(b'{"id": "a",\n  "is_meeting": }', "2:17"), (b"\xff\xfe", "1:1"), (b"[" * 100_000, "1:1")],
)
def test_what_is_not_json_is_named_with_line_and_column(tmp_path: Path, content: bytes, place: str) -> None:
    folder = reports.folder(tmp_path)
    (folder / "a.json").write_bytes(content)
    _, [error] = read_cases(folder, tmp_path / "texts")
    assert isinstance(error, GoldError)
    assert (error.arguments["place"], error.arguments["detail"]) == (place, "not-json")


def test_one_bad_annotation_does_not_hide_another(tmp_path: Path) -> None:
    folder = reports.folder(tmp_path)
    (folder / "b.json").write_text("{}", "utf-8")
    (folder / "c.json").write_text('{"id": "c", "is_meeting": false}', "utf-8")
    cases, errors = read_cases(folder, tmp_path / "texts")
    assert [case.id for case in cases] == ["a"]
    assert [type(error) for error in errors] == [GoldError, NotFoundError]
    assert str(tmp_path / "texts" / "c.txt") in str(errors[1])


def test_an_empty_folder_measures_nothing(tmp_path: Path) -> None:
    cases, [error] = read_cases(tmp_path, tmp_path)
    assert cases == []
    assert error.arguments["detail"] == "no-gold"


@pytest.mark.parametrize("name", ["gold", "./gold", "gold/"])
def test_texts_lie_beside_or_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gold").mkdir()
    assert texts_beside(Path(name)) == Path()
    Path("texts").mkdir()
    assert texts_beside(Path(name)) == Path("texts")
    monkeypatch.chdir("gold")
    assert texts_beside(Path()).samefile("../texts")
