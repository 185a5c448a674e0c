"""Several reports in a row, and the manifest."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from calling import REPORT, Call

from extractor.batch.inputs import Input
from extractor.batch.manifest import manifest_lines
from extractor.cli.exit_codes import ExitCode
from extractor.errors import TERMS


def write_manifest(folder: Path, *lines: object) -> Path:
    path = folder / "manifest.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.usefixtures("scripted")
def test_one_line_each_in_input_order_failures_included(call: Call) -> None:
    result = call("other.txt", "bad.txt", "meeting.txt", "bad.txt")
    records = [json.loads(line) for line in result.out.splitlines()]
    assert [r["source"]["name"] for r in records] == ["other.txt", "bad.txt", "meeting.txt", "bad.txt"]
    assert [r["status"] for r in records] == ["ok", "error", "ok", "error"]
    assert result.code == ExitCode.SOME_FAILED
    assert result.err.splitlines()[-1] == "4 inputs: 1 with a meeting, 1 without, 2 failed."


@pytest.mark.usefixtures("scripted")
def test_one_input_is_a_document_or_a_line(call: Call) -> None:
    document, line = call("meeting.txt").out, call("meeting.txt", "--format", "jsonl").out
    assert document.count("\n") > 10
    assert line.count("\n") == 1
    assert json.loads(document) == json.loads(line)


@pytest.mark.usefixtures("scripted")
def test_a_manifest_gives_lines_however_long_it_is(call: Call, tmp_path: Path) -> None:
    assert call("--manifest", write_manifest(tmp_path, {"path": "meeting.txt"})).out.count("\n") == 1
    empty = call("--manifest", write_manifest(tmp_path))
    assert (empty.code, empty.out) == (ExitCode.NOTHING_FOUND, "")


def test_files_come_before_the_manifest(call: Call, tmp_path: Path, scripted: list[dict[str, Any]]) -> None:
    lines = (
        {"path": "texts/other.txt", "published": "2021-03-25", "level": "county"},
        "",
        {"path": "warned.txt"},
    )
    call("meeting.txt", "--manifest", write_manifest(tmp_path, *lines), "--published", "2020-01-01")
    assert [(c["path"], c["published"]) for c in scripted] == [
        ("meeting.txt", date(2020, 1, 1)),
        (str(tmp_path / "texts/other.txt"), date(2021, 3, 25)),
        (str(tmp_path / "warned.txt"), date(2020, 1, 1)),
    ]


def test_options_reach_every_input(call: Call, scripted: list[dict[str, Any]]) -> None:
    call("meeting.txt", "other.txt", "--encoding", "gbk", "--on-damage", "keep")
    assert [(c["encoding"], c["on_damage"]) for c in scripted] == [("gbk", "keep")] * 2


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{path: a.txt}", "not-json"),
        ("[" * 100_000, "not-json"),
        ('["a.txt"]', "not-an-object"),
        ({"published": "2021-03-24"}, "no-path"),
        ({"path": 7}, "no-path"),
        ({"path": ""}, "no-path"),
        ({"path": "a\0.txt"}, "no-path"),
        ({"path": "\ud800.txt"}, "no-path"),
        ({"path": "a.txt", "published": "March"}, "bad-published"),
        ({"path": "a.txt", "published": 20210324}, "bad-published"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_read(
    call: Call, tmp_path: Path, scripted: list[dict[str, Any]], line: object, what: str
) -> None:
    result = call("--manifest", write_manifest(tmp_path, {"path": "meeting.txt"}, "", line))
    assert (result.code, result.out) == (ExitCode.USAGE, "")
    assert result.err.startswith("error [bad-manifest] Line 3 of ")
    assert TERMS[what]["en"] in result.err
    assert not scripted


def test_every_wrong_line_is_named_up_to_ten(call: Call, tmp_path: Path) -> None:
    result = call("--manifest", write_manifest(tmp_path, "no", {"path": "a.txt"}, *["no"] * 20))
    assert result.err.count("error [bad-manifest]") == 10
    assert "Line 3 of " in result.err


def test_a_manifest_that_is_not_there(call: Call, tmp_path: Path) -> None:
    result = call("--manifest", tmp_path / "none.jsonl")
    assert (result.code, result.out) == (ExitCode.UNREADABLE, "")
    assert result.err.startswith("error [not-found]")


def test_manifest_with_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"path": "a.txt", "published": null}\r\n{"path": "/b.txt"}\r\n\r\n')
    assert list(manifest_lines(str(path), Input(""))) == [Input(str(tmp_path / "a.txt")), Input("/b.txt")]


def test_a_file_called_minus_in_a_manifest(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text(REPORT, "utf-8")
    write_manifest(tmp_path, {"path": "-"})
    assert json.loads(call("--manifest", "manifest.jsonl").out)["source"]["name"] == "-"


@pytest.mark.parametrize("output", ["report.txt", "./sub/../report.txt", "link.txt", "manifest.jsonl"])
def test_a_report_is_never_overwritten(
    call: Call, report: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(report.parent)
    Path("sub").mkdir()
    Path("link.txt").symlink_to("report.txt")
    manifest = write_manifest(report.parent, {"path": "report.txt"})
    before = report.read_bytes(), manifest.read_bytes()
    result = call("--manifest", manifest, "-o", output)
    assert result.code == ExitCode.USAGE
    assert (report.read_bytes(), manifest.read_bytes()) == before
    if output != "manifest.jsonl":
        assert call("explain", "report.txt", "-o", output).code == ExitCode.USAGE
        assert report.read_bytes() == before[0]
