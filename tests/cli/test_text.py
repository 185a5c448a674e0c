"""``extract text`` and ``--max``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Call

from extractor.cli.exit_codes import ExitCode


def test_evidence_counts_in_what_it_prints(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(
        "\ufeff青石县召开农业工作会议\r\n3月24日，青石县召开会议。县长李甲主持。\r\n".encode("gb18030")
    )
    text = call("text", path)
    assert (text.code, text.err) == (ExitCode.OK, "")
    assert text.out == "青石县召开农业工作会议\n3月24日，青石县召开会议。县长李甲主持。\n"
    record = json.loads(call(path).out)
    assert record["source"]["characters"] == len(text.out)
    for item in (record["title"], record["date"]):
        first = item["evidence"][0]
        assert text.out[first["start"] : first["end"]] == item["text"]


def test_it_is_written_as_it_is(call: Call, tmp_path: Path) -> None:
    path, place = tmp_path / "a.txt", tmp_path / "out.txt"
    path.write_text("会\x1b[31m议", "utf-8")
    assert call("text", path, "-o", place).out == ""
    assert place.read_bytes() == "会\x1b[31m议".encode()
    assert call("text", path, "-o", path).code == ExitCode.USAGE


def test_what_cannot_be_read(call: Call, tmp_path: Path) -> None:
    result = call("text", tmp_path / "none.txt")
    assert result.code == ExitCode.UNREADABLE
    assert "error [not-found]" in result.err


@pytest.mark.parametrize("command", [(), ("text",), ("explain",)])
def test_limits_can_be_changed(call: Call, report: Path, command: tuple[str, ...]) -> None:
    result = call(*command, "--max", "characters=10", report)
    assert result.code == ExitCode.UNREADABLE
    assert "error [too-large]" in result.err
    assert "--max characters=N" in result.err
    assert call(*command, "--max", "characters=10", "--max", "characters=10000", report).code == ExitCode.OK


def test_what_is_no_limit_is_a_wrong_call(call: Call, report: Path) -> None:
    result = call("--max", "sheets=10", report)
    assert result.code == ExitCode.USAGE
    assert "error [bad-limit]" in result.err
    assert result.out == ""
