"""Two files of records: which belong together, what is counted, how much is kept."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator

import pytest

from extractor.errors import RecordsError, TooLargeError
from extractor.evaluation import records
from extractor.evaluation.differences import Differences, compared, paired
from extractor.evaluation.records import Line, parsed, read_lines

from .reports import Data, record


def lines(*data: Data) -> Iterator[Line]:
    return (parsed(json.dumps(d).encode(), "records.jsonl") for d in data)


def named(name: str, sha256: str | None = "0" * 64, **changes: object) -> Data:
    return record(**changes) | {"source": {"name": name, "sha256": sha256}}


def pairs(old: list[Data], new: list[Data]) -> list[tuple[str | None, str | None]]:
    """The kinds of paired records: a name for each record of these tests."""
    return [(a and a.data["kind"], b and b.data["kind"]) for a, b in paired(lines(*old), lines(*new))]


def test_records_are_matched_whatever_their_order() -> None:
    old = [named(f"{i}.txt", kind=f"o{i}") for i in range(20)]
    new = [named(f"{i}.txt", kind=f"n{i}") for i in range(20)]
    random.Random(7).shuffle(new)
    assert sorted(pairs(old, new)) == sorted((f"o{i}", f"n{i}") for i in range(20))


def test_one_name_may_stand_for_several_reports() -> None:
    """With another digest they are told apart; with the same one they are matched in order."""
    old = [named("1.txt", "a", kind="oa"), named("1.txt", "b", kind="ob"), named("1.txt", "b", kind="ob2")]
    new = [named("1.txt", "b", kind="nb"), named("1.txt", "a", kind="na"), named("1.txt", "b", kind="nb2")]
    assert sorted(pairs(old, new)) == [("oa", "na"), ("ob", "nb"), ("ob2", "nb2")]


def test_an_edited_report_is_matched_by_its_name_where_that_is_unique() -> None:
    old = [named("1.txt", "a", kind="o1"), named("2.txt", "a", kind="o2"), named("2.txt", "b", kind="o2b")]
    new = [named("1.txt", "x", kind="n1"), named("2.txt", "x", kind="n2"), named("3.txt", None, kind="n3")]
    assert pairs(old, new) == [("o1", "n1"), ("o2", None), ("o2b", None), (None, "n2"), (None, "n3")]


def test_little_is_kept_of_files_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """No record waits for its counterpart: none is parsed a second time."""

    def parsed_again(*_: object) -> Line:
        raise AssertionError("a record had to wait")

    old, new = ([named(f"{i}.txt") for i in range(5)] for _ in range(2))
    before, after = list(lines(*old)), list(lines(*new))
    monkeypatch.setattr("extractor.evaluation.differences.parsed", parsed_again)
    assert len(list(paired(before, after))) == 5
    with pytest.raises(AssertionError, match="had to wait"):
        list(paired(before, reversed(after)))


def found(old: list[Data], new: list[Data], limit: int = 2) -> Differences:
    return compared(lines(*old), lines(*new), limit=limit)


def test_the_most_frequent_kinds_come_first_with_an_example_of_each_report() -> None:
    old = [named(f"{i}.txt") for i in range(4)]
    new = [
        named("0.txt", leaders=[]),
        named("1.txt", leaders=[], kind="minutes"),
        named("2.txt", leaders=[]),
        old[3],
    ]
    differences = found(old, new)
    assert (differences.changed, differences.same, bool(differences)) == (3, 1, True)
    assert [(k.field, k.kind, k.changes, k.records) for k in differences.kinds()] == [
        ("leaders", "removed", 6, 3),
        ("kind", "changed", 1, 1),
    ]
    examples = differences.kinds()[0].examples
    assert [(example.report, example.change.old) for example in examples] == [
        ("0.txt", "宁书同"),
        ("1.txt", "宁书同"),
    ]
    assert [kind.examples for kind in found(old, new, limit=0).kinds()] == [[], []]


def test_records_without_counterpart_are_a_difference_too() -> None:
    differences = found([named("1.txt")], [named("2.txt"), named("3.txt")])
    assert (differences.only_old, differences.only_new) == (["1.txt"], ["2.txt", "3.txt"])
    assert differences
    assert not found([named("1.txt")], [named("1.txt")])


def read(content: bytes) -> list[str]:
    return [line.record.source.name for line in read_lines(io.BytesIO(content), "records.jsonl")]


def test_files_of_records() -> None:
    one = json.dumps(named("1.txt"))
    assert read(f"\ufeff{one}\n\n  \n{one}".encode()) == ["1.txt", "1.txt"]
    assert read(json.dumps(named("1.txt"), indent=2).encode()) == ["1.txt"]
    assert read(b"") == []


@pytest.mark.parametrize("content", [b"\n{\n", b"{\n", b"\xff\n", b"{} {}", b"[" * 100_000])
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(RecordsError) as error:
        read(content)
    assert error.value.arguments["detail"] == "not-json"


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_BYTES", 100)
    with pytest.raises(TooLargeError):
        read(b" " * 101)
