"""``--review-below`` and ``--review``."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from calling import Call

from extractor.cli.exit_codes import ExitCode


def test_the_list_goes_to_stderr_and_the_record_stays_as_it_is(call: Call, report: Path) -> None:
    plain, listed = call("--quiet", report), call("--review-below", 1, report)
    assert listed.out == plain.out
    assert listed.code == plain.code == ExitCode.OK
    assert "Confidence" in listed.err
    assert "二要严格执法" in listed.err
    assert "values to look at." in listed.err


def test_nothing_below_nothing(call: Call, report: Path) -> None:
    listed = call("--review-below", 0, report)
    assert "Confidence" not in listed.err
    assert "0 values to look at." in listed.err


def test_quiet_lists_nothing(call: Call, report: Path) -> None:
    assert call("--quiet", "--review-below", 1, report).err == ""


@pytest.mark.parametrize("limit", ["1.5", "-0.1", "much"])
def test_a_limit_that_is_no_probability_is_a_wrong_call(call: Call, report: Path, limit: str) -> None:
    result = call(f"--review-below={limit}", report)
    assert result.code == ExitCode.USAGE
    assert "usage" in result.err


def test_a_file_has_all_reports_least_certain_first(call: Call, report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(report.read_text("utf-8").replace("云岭", "青石"), "utf-8")
    place = tmp_path / "review.csv"
    result = call("--lang", "zh", "--review", place, "--review-below", "0.99", report, other)
    rows = list(csv.reader(place.read_text("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["把握", "报道", "字段"]
    told = [float(row[0]) for row in rows[1:] if row[0]]
    assert told == sorted(told)
    assert {row[1] for row in rows[1:]} == {"report.txt", "other.txt"}
    assert str(len(rows) - 1) in result.err
    assert len(result.out.splitlines()) == 2


def test_without_a_limit_it_is_below_four_fifths(call: Call, report: Path, tmp_path: Path) -> None:
    call("--review", tmp_path / "a.csv", report)
    call("--review", tmp_path / "b.csv", "--review-below", "0.8", report)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_report_is_never_overwritten_by_the_list(call: Call, report: Path) -> None:
    before = report.read_text("utf-8")
    assert call("--review", report, report).code == ExitCode.USAGE
    assert report.read_text("utf-8") == before


def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(
    call: Call, report: Path, tmp_path: Path
) -> None:
    result = call("--review", tmp_path / "none" / "list.csv", report)
    assert result.code == ExitCode.INTERNAL
    assert result.out == ""


def test_the_list_and_the_output_are_not_the_same_file(call: Call, report: Path, tmp_path: Path) -> None:
    place = tmp_path / "both"
    assert call("--review", place, "-o", place, report).code == ExitCode.USAGE
    assert not place.exists()


def test_an_unreadable_report_is_no_value_to_look_at(
    call: Call, report: Path, empty: Path, tmp_path: Path
) -> None:
    place = tmp_path / "review.csv"
    result = call("--review", place, report, empty)
    assert result.code == ExitCode.SOME_FAILED
    assert "empty.txt" not in place.read_text("utf-8-sig")
    assert json.loads(result.out.splitlines()[1])["status"] == "error"


def test_the_card_marks_what_is_below_the_limit(call: Call, report: Path) -> None:
    assert "% sure" not in call("--format", "card", "--review-below", 0, report).out
    assert "% sure" in call("--format", "card", "--review-below", 1, report).out
