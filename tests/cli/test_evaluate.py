"""``extract evaluate``: what it prints where, and with which code it leaves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from calling import Call, environment

from extractor.evaluation.comparison import FIELDS

TEXT = "云岭县林业会议召开\n3月24日，县委召开林业会议，县长宁书同讲话，副县长祖秋实主持。各乡镇参加会议。\n"
GOLD: dict[str, Any] = {
    "id": "a",
    "is_meeting": True,
    "meeting": {"name": "林业会议", "organizer": "县委", "location": None},
    "date": {"text": "3月24日", "edtf": "2021-03-24"},
    "people": [
        {"name": "宁书同", "title": "县长", "roles": ["address"]},
        {"name": "祖秋实", "title": "副县长", "roles": ["chair"]},
    ],
    "mentioned": [],
    "units": [{"name": "各乡镇", "representatives": None, "roles": ["attend"]}],
    "tasks": [],
    "documents": [],
}
#: Right but for the chair, who is missing, and the date, which has no year.
RECORD: dict[str, Any] = {
    "source": {"name": "a.txt", "sha256": "0" * 64},
    "kind": "report",
    "meeting": {"name": {"text": "林业会议"}, "organizer": {"text": "县委"}},
    "date": {"text": "3月24日", "edtf": "XXXX-03-24", "evidence": [{"start": 10, "end": 15}]},
    "leaders": [{"name": "宁书同", "title": "县长", "roles": ["address"]}],
    "speakers": [{"name": "宁书同", "kind": "person", "roles": ["address"]}],
    "attending_units": [{"name": "各乡镇", "roles": ["attend"]}],
}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Annotated reports a (a meeting) and b (none), a manifest, and records; the working folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("texts", "gold"):
        Path(name).mkdir()
    _write("texts/a.txt", TEXT)
    _write("texts/b.txt", "任免通知\n宁书同任县长。\n")
    _write("gold/a.json", json.dumps(GOLD))
    _write("gold/b.json", '{"id": "b", "is_meeting": false}')
    _write(
        "manifest.jsonl", '{"id": "a", "source": "云岭日报"}\n{"path": "texts/b.txt", "source": "县政府网"}\n'
    )
    other = {"source": {"name": "b.txt"}, "kind": "other"}
    _write("records.jsonl", "".join(json.dumps(record) + "\n" for record in (RECORD, other)))
    return tmp_path


def _write(path: str, content: str) -> None:
    Path(path).write_text(content, "utf-8")


@pytest.mark.usefixtures("archive")
def test_the_table(call: Call) -> None:
    code, out, err = call("evaluate", "gold", "records.jsonl")
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["Field", "P", "R", "F1", "Gold"]
    assert [line[0] for line in lines[1:18]] == list(FIELDS)
    assert ["date", "0.000", "0.000", "0.000", "1"] in lines
    assert ["leaders", "1.000", "0.500", "0.667", "2"] in lines
    assert out.splitlines()[18:] == [
        "meeting or not: 2 right of 2",
        "core F1 (mean of date, leaders+roles, speakers+roles, units, tasks): 0.733",
        "without any error: 0 of 1",
    ]


@pytest.mark.usefixtures("archive")
def test_groups_of_the_manifest(call: Call) -> None:
    out = call("evaluate", "gold", "records.jsonl", "--by", "source").out
    rows = [line.split() for line in out.splitlines()[-2:]]
    assert rows == [
        ["云岭日报", "1", "0.733", "0.000", "0.667", "1.000", "1.000", "1.000", "1.000", "0.000"],
        ["县政府网", "1", "-", "-", "-", "-", "-", "-", "1.000", "-"],
    ]


@pytest.mark.usefixtures("archive")
def test_errors_and_their_summary(call: Call) -> None:
    out = call("evaluate", "gold", "records.jsonl", "--errors").out
    summary, listed = out.split("\n\n")[1:]
    assert [line.split() for line in summary.splitlines()] == [
        ["Field", "missed", "wrong", "boundary", "role", "title", "All"],
        ["date", "0", "1", "0", "0", "0", "1"],
        ["leaders", "1", "0", "0", "0", "0", "1"],
    ]
    where = TEXT.index("祖秋实")
    assert listed.splitlines() == [
        "a\tdate\twrong\t3月24日\t3月24日 = 2021-03-24\t3月24日 = XXXX-03-24\t10-15",
        f"a\tleaders\tmissed\t祖秋实\t祖秋实\t-\t{where}-{where + 3}",
    ]


@pytest.mark.usefixtures("archive")
def test_all_of_it_for_programs(call: Call) -> None:
    _write("floors.json", '{"units": 1, "core": 0.8}')
    arguments = ("evaluate", "gold", "records.jsonl", "--json", "--by", "source", "--floors", "floors.json")
    result = call(*arguments)
    told = json.loads(result.out)
    assert result.code == 1
    assert {key: told[key] for key in ("reports", "meetings", "kind_right", "perfect")} == {
        "reports": 2, "meetings": 1, "kind_right": 2, "perfect": 0,
    }  # fmt: skip
    assert told["fields"]["leaders"] == {"p": 1.0, "r": 0.5, "f": 2 / 3, "gold": 2}
    assert list(told["fields"]) == list(FIELDS)
    assert [(group["value"], group["reports"]) for group in told["by"]["source"]] == [
        ("云岭日报", 1),
        ("县政府网", 1),
    ]
    assert told["floors"]["units"] == {"floor": 1, "reached": 1.0, "met": True}
    assert told["floors"]["core"]["met"] is False
    assert told["error_counts"]["leaders"]["missed"] == 1
    assert told["errors"][0] == {
        "report": "a", "field": "date", "kind": "wrong", "item": "3月24日", "gold": "3月24日 = 2021-03-24",
        "record": "3月24日 = XXXX-03-24", "where": {"start": 10, "end": 15},
    }  # fmt: skip
    assert call(*arguments) == result


@pytest.mark.usefixtures("archive")
def test_floors(call: Call) -> None:
    _write("floors.json", '{"units": 1.0, "core": 0.7, "kind": 1, "perfect": 0}')
    assert call("evaluate", "gold", "records.jsonl", "--floors", "floors.json")[::2] == (0, "")
    _write("floors.json", '{"units": 1.0, "core": 0.74, "leaders": 0.9, "perfect": 0.4}')
    code, out, err = call("evaluate", "gold", "records.jsonl", "--floors", "floors.json")
    assert code == 1
    assert out.startswith("Field")
    assert err.splitlines() == [
        "core: 0.733333 is below its floor 0.74.",
        "leaders: 0.666667 is below its floor 0.9.",
        "perfect: 0 is below its floor 0.4.",
    ]
    _write("floors.json", '{"unit": 1.0}')
    code, out, err = call("evaluate", "gold", "records.jsonl", "--floors", "floors.json")
    assert (code, out) == (2, "")
    assert err.startswith(
        "error [bad-floors] The floors of floors.json are wrong (unit): there is no such key."
    )


@pytest.mark.usefixtures("archive")
def test_what_has_no_counterpart_is_told(call: Call) -> None:
    _write("records.jsonl", json.dumps({**RECORD, "source": {"name": "c.txt"}}))
    code, out, err = call("evaluate", "gold", "records.jsonl")
    assert code == 0
    assert "without any error: 0 of 1" in out
    assert err.splitlines() == [
        "2 of 2 reports have no record: they count as empty.",
        "1 records have no annotation: they are left out.",
    ]


@pytest.mark.usefixtures("archive")
def test_texts_may_lie_elsewhere(call: Call) -> None:
    Path("texts").rename("elsewhere")
    assert call("evaluate", "gold", "records.jsonl").err.startswith(
        "error [not-found] There is no file a.txt."
    )
    assert call("evaluate", "gold", "records.jsonl", "--texts", "elsewhere")[::2] == (0, "")


@pytest.mark.usefixtures("archive")
def test_wrong_annotations_are_named_and_nothing_is_measured(call: Call) -> None:
    for number in range(12):
        _write(f"gold/x{number:02}.json", '{"id": "x"}')
    code, out, err = call("evaluate", "gold", "records.jsonl")
    assert (code, out) == (3, "")
    assert err.count("error [bad-gold]") == 10
    assert "gold/x00.json is wrong (meeting): it is missing." in err
    assert err.endswith("2 more.\n")


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Line 2 of records.jsonl is no record: it is not JSON."),
        ("[]", "Line 2 of records.jsonl is no record: it is not a JSON object."),
        ("{}", "Line 2 of records.jsonl is no record: it has no source with a name."),
        (
            '{"source": {"name": "x"}, "leaders": [{"title": "县长"}]}',
            "Line 2 of records.jsonl is no record (leaders[0].name): it is missing.",
        ),
    ],
)
def test_what_is_no_record_is_named_by_its_line(call: Call, line: str, message: str) -> None:
    _write("records.jsonl", json.dumps(RECORD) + "\n" + line + "\n")
    for arguments in (("evaluate", "gold", "records.jsonl"), ("diff", "records.jsonl", "records.jsonl")):
        code, out, err = call(*arguments)
        assert (code, out) == (3, "")
        assert err.startswith(f"error [bad-records] {message}\n")


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("gold/a.json", "records.jsonl"), 2, "GOLD is a folder of ID.json, and gold/a.json is none"),
        (("gold", "none.jsonl"), 3, "There is no file none.jsonl"),
        (("gold", "gold"), 3, "gold is a folder, not a file"),
        (("texts", "records.jsonl"), 3, "the folder holds no ID.json"),
        (("gold", "records.jsonl", "--by", "fonds"), 2, "no line of manifest.jsonl has the key fonds"),
        (("gold", "records.jsonl", "--by", "source", "--manifest", "no"), 3, "There is no file no"),
        (("gold", "records.jsonl", "--manifest", "texts/a.txt"), 2, "Line 1 of texts/a.txt is wrong: it is not JSON"),
        (("gold", "records.jsonl", "-o", "records.jsonl"), 2, "is one of the files to read"),
        (("gold",), 2, "Missing argument"),
    ],
)  # fmt: skip
def test_wrong_calls(call: Call, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = call("evaluate", *arguments)
    assert (result.code, result.out) == (code, "")
    assert message in result.err


@pytest.mark.usefixtures("archive")
def test_a_report_that_would_act_on_a_terminal_does_not(call: Call) -> None:
    name = "宁\x1b[31m\u202e书同"
    leaders = [{"name": name, "title": None, "roles": ["chair"]}]
    _write("records.jsonl", json.dumps({**RECORD, "leaders": leaders}))
    for arguments in ((), ("--json",)):
        out = call("evaluate", "gold", "records.jsonl", "--errors", *arguments).out
        assert "书同" in out
        assert not re.search("[\x1b\u202e]", out)


@pytest.mark.usefixtures("archive")
def test_in_chinese_and_into_a_file(call: Call) -> None:
    code, out, err = call("evaluate", "gold", "records.jsonl", "--lang", "zh", "--errors", "-o", "page.txt")
    assert (code, out, err) == (0, "", "")
    page = Path("page.txt").read_text("utf-8")
    assert page.startswith("字段")
    assert "全篇无误：有会议的 1 篇中 0 篇" in page


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("command", [["evaluate", "gold", "-"], ["diff", "records.jsonl", "-"]])
def test_records_come_from_a_pipe_and_spacy_stays_away(command: list[str]) -> None:
    code = (
        "import sys; from extractor.cli.app import run; assert run(sys.argv[1:]) == 0\n"
        "print(*{'spacy', 'thinc', 'numpy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        input=Path("records.jsonl").read_bytes(),
        capture_output=True,
        env=environment(),
        check=True,
    )
    assert done.stdout
    assert done.stderr == b"\n"
