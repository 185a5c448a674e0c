from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from toy_batch import batch, folder_of, journal_of

from extractor.batch.journal import Journal, Line, Made
from extractor.errors import BusyError, DiskFullError, JournalError, OutputError


def made(key: bytes, line: str = "{}\n", review: str = "") -> Made:
    return Made(key, line, "[]", review)


def test_lines_come_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        for number in (2, 0, 1):
            journal.keep(number, made(b"%d" % number, f"{number}\n", "r" * number), f"x{number}")
        assert list(journal.lines()) == [Line(n, f"{n}\n", f"x{n}") for n in range(3)]
        assert list(journal.reviews()) == ["r", "rr"]


def test_one_line_may_be_of_several_inputs(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        journal.keep(0, made(b"k"), "a")
        journal.take(1, b"k", None)
        assert list(journal.lines()) == [Line(0, "{}\n", "a"), Line(1, "{}\n", None)]


def test_what_is_done_is_known_to_the_next_run(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        assert not journal.known
        journal.keep(0, made(b"k"), None)
    with Journal(tmp_path / "j") as journal:
        assert journal.known
        assert journal.counted(b"k") == "[]"
        assert journal.counted(b"other") is None
        journal.end(0)
        assert list(journal.lines()) == []  # no input of this run has it yet
        journal.forget_the_rest()
        assert journal.counted(b"k") is None


def test_an_output_is_known_until_a_run_has_another_line(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        assert not journal.is_written("s")
        for number in range(2):
            journal.keep(number, made(b"%d" % number), None)
        journal.end(2)
        journal.written("s")
        assert (journal.is_written("s"), journal.is_written("t")) == (True, False)
    with Journal(tmp_path / "j") as journal:
        journal.take(0, b"0", None)
        journal.take(1, b"1", None)
        journal.end(2)
        assert journal.is_written("s")
    for changes in ("order", "extra", "end", "line"):
        with Journal(tmp_path / "j") as journal:
            journal.written("s")
        with Journal(tmp_path / "j") as journal:
            match changes:
                case "order":
                    journal.take(0, b"1", None)
                case "extra":
                    journal.take(1, b"1", "x")
                case "end":
                    journal.end(1)
                case "line":
                    journal.keep(0, made(b"1", "another"), None)
            assert not journal.is_written("s"), changes


def test_it_is_held_while_it_is_open(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        journal.keep(0, made(b"k"), None)
        with pytest.raises(BusyError), Journal(tmp_path / "j"):
            pass
        journal.keep(1, made(b"l"), None)
        assert len(list(journal.lines())) == 2
    with Journal(tmp_path / "j") as journal:
        assert journal.known


@pytest.mark.parametrize("data", [b"no database" * 1000, b"SQLite format 3\0" + bytes(5000), b"\0" * 100])
def test_no_journal(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "j").write_bytes(data)
    with pytest.raises(JournalError), Journal(tmp_path / "j"):
        pass
    assert (tmp_path / "j").read_bytes() == data


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "j").touch()
    with Journal(tmp_path / "j") as journal:
        journal.keep(0, made(b"k"), None)


def test_another_layout_is_begun_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "j")) as database:
        database.execute("CREATE TABLE line (other)")
        database.execute("INSERT INTO line VALUES (1)")
        database.execute("PRAGMA user_version=999")
        database.commit()
    with Journal(tmp_path / "j") as journal:
        assert not journal.known
        journal.keep(0, made(b"k"), None)


def test_damage_inside_is_told(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        for number in range(200):
            journal.keep(number, made(b"%d" % number, os.urandom(1000).hex()), None)
    whole = (tmp_path / "j").read_bytes()
    (tmp_path / "j").write_bytes(whole[:8192] + os.urandom(len(whole) - 8192))

    def use() -> None:
        with Journal(tmp_path / "j") as journal:
            for number in range(200):
                if journal.counted(b"%d" % number):
                    journal.take(number, b"%d" % number, None)
            list(journal.lines())

    with pytest.raises(JournalError):
        use()


def test_a_line_that_is_gone_is_told(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        journal.take(0, b"none", None)
        with pytest.raises(JournalError):
            list(journal.lines())


def test_places_where_none_can_be(tmp_path: Path) -> None:
    with pytest.raises(OutputError), Journal(tmp_path / "no folder" / "j"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError), Journal(tmp_path / "folder"):
        pass


@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError), Journal(tmp_path / "j"):
            pass
    finally:
        tmp_path.chmod(0o700)


_LIMITED = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from toy_batch import batch, folder_of
from extractor.errors import ExtractorError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
if __name__ == "__main__":
    try:
        batch(folder_of(Path(sys.argv[1])), Path(sys.argv[2]))
    except ExtractorError as error:
        print(error.code)
"""


@pytest.mark.parametrize("most", [0, 90_000, 200_000])
def test_a_full_disk(tmp_path: Path, most: int) -> None:
    """A limit to the size of files, as a quota: in the journal at its start, in its middle, in the output."""
    pytest.importorskip("resource")
    folder = _reports(tmp_path)
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    batch(folder_of(folder), whole)
    assert whole.stat().st_size > 200_000
    out.write_text("old")
    script = tmp_path / "limited.py"
    script.write_text(_LIMITED)
    command = [sys.executable, script, folder, out, str(most), Path(__file__).parent]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("disk-full\n", "")
    assert out.read_text() == "old"
    known = batch(folder_of(folder), out).known
    assert out.read_bytes() == whole.read_bytes()
    assert known >= (100 if most == 200_000 else 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 KiB, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("may mount nothing")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_full(tmp_path: Path, small_disk: Path) -> None:
    folder = _reports(tmp_path)
    whole, out = tmp_path / "whole.jsonl", small_disk / "out.jsonl"
    batch(folder_of(folder), whole)
    out.write_text("old")
    with pytest.raises(DiskFullError):
        batch(folder_of(folder), out)
    assert out.read_text() == "old"
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    batch(folder_of(folder), out)
    assert out.read_bytes() == whole.read_bytes()


def _reports(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(350):
        (folder / f"{i}.txt").write_text(f"report {i}")
    return folder


def test_the_journal_lies_beside_its_output(tmp_path: Path) -> None:
    assert journal_of(tmp_path / "a.jsonl").name == ".a.jsonl.extract"
