"""``schema`` and ``explain``, and what the command loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from calling import Call, environment

from schemas import schema_text


def test_schema_is_the_published_one(call: Call) -> None:
    result = call("schema")
    assert (result.code, result.out, result.err) == (0, schema_text(), "")


def test_schema_into_a_file(call: Call, tmp_path: Path) -> None:
    place = tmp_path / "schema.json"
    assert call("schema", "-o", place) == (0, "", "")
    assert place.read_text("utf-8") == schema_text()
    assert call("schema", "-o", "-").out == schema_text()


def test_version(call: Call) -> None:
    name, version = call("--version").out.split()
    assert name == "meeting-extractor"
    assert version[0].isdigit()


def test_explain_gives_path_value_rule_and_place(call: Call, report: Path) -> None:
    result = call("explain", report)
    text = report.read_text("utf-8")
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert ["title", "云岭县召开农业工作会议", "layout.headline", "0-11", ""] in lines
    for path, value, rule, where, over in lines:
        assert path
        assert rule
        assert not over or over.endswith(")")
        if where and path.count("[") == 1 and "." not in path:  # an item of a list, not one of its roles
            start, end = map(int, where.split("-"))
            assert text[start:end] in value


def test_explain_knows_everything_that_the_record_has(call: Call, report: Path) -> None:
    record = json.loads(call(report, "-q").out)
    paths = {line.split("\t")[0] for line in call("explain", report).out.splitlines()}
    for name in ("leaders", "speakers", "attending_units", "tasks", "documents", "mentioned"):
        assert {f"{name}[{i}]" for i in range(len(record[name]))} <= paths
    assert "date" in paths or record["date"] is None


def test_explain_tells_the_rivals_and_on_wish_what_the_rules_look_for(call: Call, report: Path) -> None:
    lines = [line.split("\t") for line in call("explain", report).out.splitlines()]
    assert any(
        path == "leaders[0].name" and "李建 (names.surname no-name " in over for path, *_, over in lines
    )
    rules = [line.split("\t") for line in call("explain", report, "--rules", "--lang", "zh").out.splitlines()]
    assert {rule for _, _, rule, *_ in lines} <= {rule for rule, *_ in rules}
    assert ["roles.chair", "主持、召集的人", "县长李甲主持会议", "会议主持人介绍了节目"][:2] in [
        r[:2] for r in rules
    ]


def test_explain_names_the_entries_of_the_lexicon(call: Call, report: Path, tmp_path: Path) -> None:
    path = tmp_path / "fonds.csv"
    path.write_text("kind,name,title\npeople,王丽,副县长\n", "utf-8")
    lines = [line.split("\t") for line in call("explain", report, "--lexicon", path).out.splitlines()]
    assert [rule for _, value, rule, *_ in lines if value in ("王丽", "副县长")] == [
        "lexicon.people:王丽"
    ] * 2


def test_explain_tells_what_is_wrong(call: Call, tmp_path: Path) -> None:
    result = call("explain", tmp_path / "none.txt")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("error [not-found]")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["--no-such-option"],
        ["a.txt", "--published", "never"],
        ["a.txt", "--encoding", "klingon"],
        ["explain", "--help"],
        ["evaluate", "--help"],
        ["evaluate", "no-such-folder", "no-such-file.jsonl"],
        ["diff", "no-such-file.jsonl", "no-such-file.jsonl"],
        ["schema"],
        ["no-such-file.txt"],
        ["no-such-file.txt", "--format", "card"],
    ],
)
def test_spacy_is_loaded_only_when_a_report_is_read(arguments: list[str]) -> None:
    code = (
        "import sys; from extractor.cli.app import run; run(sys.argv[1:])\n"
        "print(*{'spacy', 'thinc', 'numpy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, env=environment(), check=True
    )
    assert done.stderr.splitlines()[-1] == b""


def test_spacy_is_what_that_test_looks_for(report: Path) -> None:
    code = "import sys; from extractor.cli.app import run; run(sys.argv[1:]); assert 'spacy' in sys.modules"
    subprocess.run([sys.executable, "-c", code, report], capture_output=True, env=environment(), check=True)
