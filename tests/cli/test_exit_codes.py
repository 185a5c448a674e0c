"""The contract of ``docs/cli.md``: which code says what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from calling import Call

from extractor.cli.exit_codes import ExitCode, Tally
from schemas import read_record


@pytest.mark.usefixtures("scripted")
@pytest.mark.parametrize(
    ("inputs", "options", "code"),
    [
        (["meeting"], [], ExitCode.OK),
        (["other"], [], ExitCode.NOTHING_FOUND),
        (["warned"], [], ExitCode.OK),
        (["warned"], ["--strict"], ExitCode.NOTHING_FOUND),
        (["meeting"], ["--strict"], ExitCode.OK),
        (["meeting", "other"], [], ExitCode.OK),
        (["meeting", "other"], ["--strict"], ExitCode.NOTHING_FOUND),
        (["other", "other"], [], ExitCode.NOTHING_FOUND),
        (["bad"], [], ExitCode.UNREADABLE),
        (["bad", "bad"], [], ExitCode.UNREADABLE),
        (["fault"], [], ExitCode.INTERNAL),
        (["bad", "fault"], [], ExitCode.INTERNAL),
        (["meeting", "bad"], [], ExitCode.SOME_FAILED),
        (["other", "bad"], [], ExitCode.SOME_FAILED),
        (["meeting", "fault"], ["--strict"], ExitCode.SOME_FAILED),
    ],
)
def test_code_of_a_run(call: Call, inputs: list[str], options: list[str], code: ExitCode) -> None:
    assert call(*inputs, *options).code == code


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--no-such-option"],
        ["a.txt", "--format", "xml"],
        ["a.txt", "--published", "24.3.2021"],
        ["a.txt", "--published", "2021-02-30"],
        ["a.txt", "--encoding", "klingon"],
        ["a.txt", "--encoding", "base64"],
        ["a.txt", "--output"],
        ["-", "-"],
        ["explain"],
        ["schema", "a.txt"],
    ],
)
def test_a_wrong_call_is_told_before_anything_is_read(
    call: Call, scripted: list[dict[str, Any]], arguments: list[str]
) -> None:
    result = call(*arguments)
    assert result.code == ExitCode.USAGE
    assert result.out == ""
    assert result.err.startswith("error [")
    assert not scripted


def test_an_unforeseen_error_of_the_command_is_a_sentence(
    call: Call, monkeypatch: pytest.MonkeyPatch, report: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("extractor.cli.run.try_extract", broken)
    result = call(report)
    assert result.code == ExitCode.INTERNAL
    assert "error [internal]" in result.err
    assert "ZeroDivisionError: division by zero" in result.err
    assert "Traceback" not in result.err


def test_a_fault_in_one_report_does_not_stop_the_others(
    call: Call, monkeypatch: pytest.MonkeyPatch, report: Path
) -> None:
    from extractor import api

    sound = api.make

    def make(text: Any, *options: Any) -> Any:
        if text.name == "poison.txt":
            raise RecursionError("too deep")
        return sound(text, *options)

    monkeypatch.setattr(api, "make", make)
    poison = report.with_name("poison.txt")
    poison.write_text("会议", "utf-8")
    result = call(poison, report)
    assert result.code == ExitCode.SOME_FAILED
    first, second = map(json.loads, result.out.splitlines())
    assert (first["status"], first["error"]["code"]) == ("error", "internal")
    assert (second["status"], second["source"]["name"]) == ("ok", "report.txt")


def test_a_report_and_its_failure_both_print_a_valid_record(call: Call, report: Path) -> None:
    assert read_record(call(report).out).status == "ok"
    missing = call(report.with_name("missing.txt"))
    assert missing.code == ExitCode.UNREADABLE
    assert read_record(missing.out).status == "error"
    assert missing.err.startswith("error [not-found]")


def test_a_meeting_is_found(call: Call, report: Path) -> None:
    result = call(report)
    assert result.code == ExitCode.OK
    assert json.loads(result.out)["kind"] == "report"


def test_no_input_at_all_is_nothing_found() -> None:
    assert Tally().code(strict=False) is ExitCode.NOTHING_FOUND
