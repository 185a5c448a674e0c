"""What of a run is done, and what of it again; what a bad report costs."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from toy_batch import Here, Hungry, Lame, Light, Seen, Stillborn, Toy, batch, folder_of, journal_of

from extractor.batch.inputs import Input
from extractor.batch.journal import Journal
from extractor.batch.many import extract_many
from extractor.batch.run import Task, in_order, local, run
from extractor.batch.work import Counted, Extractor, Line, input_digest, lexicon_digest
from extractor.errors import InternalError
from schemas import read_record

NOBODY = b"no text \0\0\0"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "abcde":
        (folder / f"{name}.txt").write_text(f"report {name}")
    return folder


def names(out: Path) -> list[str]:
    return [json.loads(line)["name"][0] for line in out.read_text().splitlines()]


def test_nothing_is_done_twice(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = batch(folder_of(folder), out, workers=0)
    data = out.read_bytes()
    second = batch(folder_of(folder), out, workers=0)
    assert (first.known, second.known, second.codes) == (0, 5, first.codes)
    assert out.read_bytes() == data
    assert batch(folder_of(folder), out, force=True, workers=0).known == 0
    assert out.read_bytes() == data


def test_only_what_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    batch(folder_of(folder), out, workers=0)
    (folder / "b.txt").write_text("another report")
    (folder / "c.txt").unlink()
    (folder / "ab.txt").write_text("a new one")
    (folder / "e.txt").rename(folder / "f.txt")  # a record has the name of its file
    os.utime(folder / "a.txt", (0, 0))
    assert batch(folder_of(folder), out, workers=0).known == 2
    assert names(out) == ["a", "a", "b", "d", "f"]
    batch(folder_of(folder), fresh, workers=0)
    assert out.read_bytes() == fresh.read_bytes()
    assert batch(folder_of(folder), out, workers=0).known == 5


def test_an_output_is_left_alone_where_nothing_has_changed(folder: Path, tmp_path: Path) -> None:
    out, aside = tmp_path / "out", tmp_path / "aside"

    def again(**options: Any) -> bool:
        """Whether another run leaves the very file."""
        before = out.stat() if out.exists() else None
        batch(folder_of(folder), out, workers=0, **options)
        return before is not None and (before.st_ino, before.st_mtime_ns) == (
            out.stat().st_ino,
            out.stat().st_mtime_ns,
        )

    batch(folder_of(folder), out, workers=0)
    data = out.read_bytes()
    aside.write_bytes(data)  # so that no new file gets the number of an old one
    assert again()
    assert not again(force=True)
    with out.open("ab") as stream:
        stream.write(b"by hand")
    assert not again()
    assert out.read_bytes() == data
    aside.replace(out)
    assert not again()
    out.unlink()
    assert not again()
    assert out.read_bytes() == data
    (folder / "e.txt").unlink()
    assert not again()
    assert out.read_bytes() == b"".join(data.splitlines(keepends=True)[:-1])
    assert again()
    (folder / "b.txt").write_text("die")
    batch(folder_of(folder), out, workers=1)
    assert "worker-died" in out.read_text()


def test_options_and_version_are_part_of_what_is_done(folder: Path, tmp_path: Path) -> None:
    out, lexicon = tmp_path / "out", tmp_path / "lexicon"
    batch(folder_of(folder), out, workers=0)
    assert batch(folder_of(folder, encoding="gb18030"), out, workers=0).known == 0
    assert batch(folder_of(folder), out, workers=0).known == 0  # those of another option were forgotten
    assert batch(folder_of(folder), out, Toy(b"2"), workers=0).known == 0
    assert batch(folder_of(folder), out, Toy(b"2", listed=True), workers=0).known == 0
    lexicon.write_text("a")
    lexicon_digest.cache_clear()
    assert batch(folder_of(folder, lexicon=str(lexicon)), out, workers=0).known == 0
    assert batch(folder_of(folder, lexicon=str(lexicon)), out, workers=0).known == 5
    lexicon.write_text("b")
    lexicon_digest.cache_clear()  # a run reads it once
    assert batch(folder_of(folder, lexicon=str(lexicon)), out, workers=0).known == 0
    lexicon.unlink()
    lexicon_digest.cache_clear()
    assert batch(folder_of(folder, lexicon=str(lexicon)), out, workers=0).known == 0


def test_what_the_manifest_says_is_told_anew(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = str(folder / "a.txt")
    batch([Input(path, extra={"档号": "1"})], out, workers=0)
    assert batch([Input(path, extra={"档号": "2", "页数": [3]})], out, workers=0).known == 1
    with Journal(journal_of(out)) as journal:
        run([Input(path, extra={"档号": "3"})], journal, Toy(b"1"), Here(Toy(b"1")), Seen())
        assert [json.loads(line.extra or "") for line in journal.lines()] == [{"档号": "3"}]


@pytest.mark.parametrize("order", ["die", "signal", "segfault", "exit", "raise", "hang"])
def test_a_bad_report_costs_itself(folder: Path, tmp_path: Path, order: str) -> None:
    out = tmp_path / "out"
    (folder / "b.txt").write_text(order)
    (folder / "d.txt").write_text(order)
    seen = batch(folder_of(folder), out, grace=0.5)
    code = "worker-hung" if order == "hang" else "worker-died"
    assert sorted(seen.codes) == ["", "", "", code, code]
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line.get("error", {}).get("code") for line in lines] == [None, code, None, code, None]
    assert read_record(out.read_text().splitlines()[1]).status == "error"
    (folder / "b.txt").write_text("report b")
    seen = batch(folder_of(folder), out, grace=0.5)  # another try may go better
    assert (seen.known, sorted(seen.codes)) == (3, ["", "", "", "", code])


def test_a_good_line_is_not_replaced_by_the_failure_of_its_twin(tmp_path: Path) -> None:
    out, extractor = tmp_path / "out", Toy(b"1")
    error = Line(b"k", "error\n", Counted("internal", "", False, 0, 0))
    good = Line(b"k", "good\n", Counted("", "report", True, 0, 0))

    class Engine:
        def do(self, tasks: object) -> object:
            yield from zip(tasks, (good, error, good, error), strict=True)  # type: ignore[call-overload]

    with Journal(journal_of(out)) as journal:
        run([Input(str(n)) for n in range(4)], journal, extractor, Engine(), Seen())  # type: ignore[arg-type]
        assert [line.line for line in journal.lines()] == ["good\n", "error\n", "good\n", "error\n"]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux")
def test_out_of_memory(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("a", "c"):
        (folder / name).touch()
    (folder / "b").write_bytes("会".encode() * 20_000_000)
    seen = batch((Input(str(folder / name)) for name in "abc"), out, Hungry(b"1"), workers=1)
    codes = [json.loads(line)["error"]["code"] for line in out.read_text().splitlines()]
    assert codes[::2] == ["empty", "empty"] and codes[1] in ("internal", "worker-died")
    assert sorted(seen.codes) == sorted(codes)


@pytest.mark.parametrize("extractor", [Lame(b"1"), Stillborn(b"1")])
def test_workers_that_cannot_load(folder: Path, tmp_path: Path, extractor: Extractor) -> None:
    with pytest.raises(InternalError):
        batch(folder_of(folder), tmp_path / "out", extractor)
    assert not (tmp_path / "out").exists()
    assert batch(folder_of(folder), tmp_path / "out").codes == [""] * 5


def test_real_errors_are_lines(tmp_path: Path) -> None:
    """Also of files that are gone when their turn comes, and of options that go wrong in the worker only."""
    out = tmp_path / "out"
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "large").write_text("x" * 100)
    inputs = [
        Input(str(tmp_path / "empty")),
        Input(str(tmp_path / "gone")),
        Input(str(tmp_path)),
        Input(str(tmp_path / "large"), limits=("bytes=10",)),
        Input(str(tmp_path / "binary")),
        Input(str(tmp_path / "large"), encoding="klingon"),
        Input(str(tmp_path / "large"), lexicon=str(tmp_path / "no lexicon")),
        Input("-", data=b""),
        Input("-", data=b"x" * 11, limits=("bytes=10",)),
        Input("a\0b"),
    ]
    expected = ["empty", "not-found", "is-a-folder", "too-large", "binary", "unknown-encoding", "not-found"]
    expected += ["empty", "too-large", "not-found"]
    first = batch(inputs, out, Light(b"1"))
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["error"]["code"] for line in lines] == expected
    assert lines[7]["source"]["name"] == "<stdin>"
    data = out.read_bytes()
    second = batch(inputs, out, Light(b"1"))
    assert out.read_bytes() == data
    assert sorted(first.codes) == sorted(second.codes) == sorted(expected)
    assert second.known >= 4


@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root may read everything")
def test_no_permission(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").chmod(0)
    batch(folder_of(folder), tmp_path / "out", Light(b"1"), workers=0)
    lines = (tmp_path / "out").read_text().splitlines()
    assert json.loads(lines[1])["error"]["code"] == "no-permission"


def test_a_file_that_changes_during_the_run(folder: Path, tmp_path: Path) -> None:
    """Its line is known by the bytes that its worker read, not by those that were there before or after."""
    out = tmp_path / "out"

    def inputs() -> object:
        for source in folder_of(folder):
            yield source
            (folder / "a.txt").write_text("changed")

    batch(inputs(), out, workers=1)
    line = json.loads(out.read_text().splitlines()[0])
    known = batch(folder_of(folder), out).known
    assert known == 4 + (line["sha256"] == hashlib.sha256(b"changed").hexdigest())
    line = json.loads(out.read_text().splitlines()[0])
    assert line["sha256"] == hashlib.sha256(b"changed").hexdigest()


def test_the_order_is_that_of_the_inputs(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number in range(6):
        (tmp_path / f"{number}").write_text("slow" if number in (0, 3) else f"{number}")
    numbers = [0, 5, 3, 1, 4, 2, 1]
    batch([Input(str(tmp_path / f"{n}"), limits=("seconds=9",)) for n in numbers], out)
    assert names(out) == [str(n) for n in numbers]


def test_ten_thousand_files_in_flat_memory(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for i in range(10_000):
        (folder / f"{i}").write_text(f"report {i}")
    batch((Input(str(folder / f"{i}")) for i in range(50)), out)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seen = batch(folder_of(folder), out)
    assert (len(seen.codes), seen.known) == (10_000, 0)  # other limits than those fifty
    expected = sorted(str(i).encode() for i in range(10_000))
    with out.open() as lines:
        assert [json.loads(line)["name"].encode() for line in lines] == expected
    assert batch(folder_of(folder), out).known == 10_000
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert (
        after - before < 30_000
    )  # KiB; the lines alone have 7 MB, the names 4 MB, a page cache of SQLite 2 MB
    shutil.rmtree(folder)


def test_digests(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    path = str(tmp_path / "a")
    digest = hashlib.sha256(b"abc").hexdigest()
    assert input_digest(Input(path)) == input_digest(Input("-", data=b"abc")) == digest
    assert input_digest(Input(path, limits=("bytes=2",))) is None
    for none in (str(tmp_path), str(tmp_path / "gone"), "a\0b", "/dev/null"):
        assert input_digest(Input(none)) is None


def test_in_order_keeps_what_comes_early() -> None:
    taken = []

    def done() -> object:
        for number in (2, 0, 1, 3):
            taken.append(number)
            yield Task(number, Input("")), number

    lines = in_order(done())  # type: ignore[arg-type]
    assert next(lines) == 0 and taken == [2, 0]
    assert list(lines) == [1, 2, 3]


def test_extract_many_gives_records_as_they_are_made(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}").write_bytes(b"" if number % 2 else bytes(range(256)) * 20)
    taken = 0

    def paths() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield tmp_path / f"{taken % 4}"

    records = extract_many(paths(), workers=2)  # type: ignore[arg-type]
    codes = [next(records).error.code for _ in range(8)]  # type: ignore[union-attr]
    assert codes == ["empty", "binary"] * 4
    assert taken <= 8 + 2 * 3 + 1
    records.close()  # type: ignore[attr-defined]
    assert list(extract_many([])) == []


def test_extract_many_passes_on_what_its_caller_raises(tmp_path: Path) -> None:
    def paths() -> object:
        yield tmp_path / "gone"
        raise LookupError

    with pytest.raises(LookupError):
        list(extract_many(paths(), workers=1))  # type: ignore[arg-type]


def test_time_is_that_of_the_reports_own_limits() -> None:
    pool = local(Toy(b"1"), 1, 5)
    assert pool.seconds(Task(0, Input("a", limits=("seconds=7",)))) == 12
    assert pool.seconds(Task(0, Input("a"))) > 300
