"""The database, read back with sqlite3: rows, search, further runs, and what happens when one is killed."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from records import error_record, nothing_stated, record, value

from extractor.errors import BusyError, DatabaseError, OutputError
from extractor.writing import json_text
from extractor.writing.entries import Entry
from extractor.writing.sqlite import spaced, write
from schemas import ErrorRecord, Record

PLACED = [{"start": 0, "end": 2, "page": 3, "box": [1.5, 2.0, 30.25, 40.0], "paragraph": None}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


def ask(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query, values).fetchall()


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def entry(made: Record | ErrorRecord, number: int = 0, **extra: Any) -> Entry:
    return Entry(number, json_text.line(made), extra)


def from_file(name: str, digest: str = "0", **changes: Any) -> Record:
    source = record().source.model_dump() | {"name": name, "sha256": digest * 64}
    return record(source=source, **changes)


def test_every_table_holds_its_rows(path: Path) -> None:
    title = {"text": "云岭县召开会议", "confidence": 0.9, "evidence": PLACED}
    one = entry(record(title=title), 6, 档号="0001", 备注="甲")
    write([one], path)
    head = "id, code, name, number, status, title, title_confidence, meeting_name, date_start, date_inferred, extra"
    assert ask(path, f"SELECT {head} FROM record") == [
        (1, "0001", "report.txt", 6, "ok", "云岭县召开会议", 0.9, "安全生产工作会议", "2021-03-24", '["year"]',
         '{"档号": "0001", "备注": "甲"}'),
    ]  # fmt: skip
    assert ask(path, "SELECT list, rank, name, kind, title, roles FROM person ORDER BY list, rank") == [
        ("leaders", 0, "李甲", "person", "县委副书记、县长", '["attend", "address"]'),
        ("leaders", 1, "王乙", "person", None, '["chair"]'),
        ("mentioned", 0, "赵丙", "person", None, None),
        ("speakers", 0, "李甲", "person", "县委副书记、县长", '["address"]'),
        ("speakers", 1, "县财政局", "unit", None, '["statement"]'),
    ]
    assert ask(path, "SELECT name, representatives, representatives_confidence FROM unit") == [
        ("各乡镇", "党委书记", 0.85)
    ]
    assert ask(path, 'SELECT ordinal, "by", actor, deadline FROM task') == [
        ("一要", "会议", "各乡镇", "6月底前")
    ]
    assert ask(path, "SELECT title, action FROM document") == [("安全生产工作要点", "review")]
    assert ask(path, "SELECT code FROM warning") == [("list-open",)]
    assert ask(path, 'SELECT start, "end", page, "left", bottom FROM evidence WHERE path = ?', "title") == [
        (0, 2, 3, 1.5, 40.0)
    ]
    spans = ask(path, "SELECT count(*) FROM evidence JOIN person USING (record, path)")
    assert spans == [(4,)]  # one of each, but of the mentioned
    (line,) = ask(path, "SELECT json FROM record")[0]
    assert json.loads(line) == one.record
    assert ask(path, "PRAGMA foreign_key_check") == []


def test_an_error_has_its_row(path: Path) -> None:
    write([entry(error_record())], path)
    assert ask(path, "SELECT status, error_code, error_message, title, sha256 FROM record") == [
        ("error", "empty", "bad.txt 中没有文字。", None, None)
    ]
    assert ask(path, "SELECT count(*) FROM search") == [(0,)]


def test_no_entries_give_the_tables(path: Path) -> None:
    write([], path)
    assert ask(path, "SELECT count(*) FROM record") == [(0,)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("李甲", 1),  # a whole name, as it is typed
        ('"李 甲"', 1),
        ("各乡镇", 1),
        ('"乡 镇"', 1),  # any part of anything, with blanks between and quotes around
        ('"甲 李"', 0),
        ('"生 产"', 1),
        ('tasks : "压 实 责 任"', 1),
        ('title : "压 实 责 任"', 0),
        ("生", 1),
        ("王伟", 0),
    ],
)
def test_chinese_is_found(path: Path, query: str, found: int) -> None:
    write([entry(record())], path)
    assert len(ask(path, "SELECT rowid FROM search WHERE search MATCH ?", query)) == found


def test_a_phrase_is_made_as_the_text_was() -> None:
    assert spaced("安全GDP会议 2021") == "安 全 GDP 会 议 2021"
    assert spaced("𠮷野") == "𠮷 野"


def test_another_run_replaces_rows_in_place(path: Path) -> None:
    write([entry(from_file("a.txt")), entry(from_file("b.txt", "1"), 1)], path)
    change(path, "CREATE TABLE note (record INTEGER REFERENCES record ON DELETE CASCADE, text TEXT)",
           "INSERT INTO note VALUES (2, '已核')")  # fmt: skip
    write(
        [
            entry(from_file("b.txt", "1", title=value("新题名"), mentioned=["孙丁"])),
            entry(from_file("c.txt", "2"), 1),
        ],
        path,
    )
    assert ask(path, "SELECT id, name, title, run FROM record ORDER BY id") == [
        (1, "a.txt", "云岭县召开安全生产工作会议", 1),
        (2, "b.txt", "新题名", 2),
        (3, "c.txt", "云岭县召开安全生产工作会议", 2),
    ]
    assert ask(path, "SELECT name FROM person WHERE record = 2 AND list = 'mentioned'") == [("孙丁",)]
    assert ask(path, "SELECT rowid FROM search WHERE search MATCH '赵丙' ORDER BY 1") == [(1,), (3,)]
    assert ask(path, "SELECT rowid FROM search WHERE search MATCH '孙丁'") == [(2,)]
    assert ask(path, "SELECT note.text, title FROM note JOIN record ON id = record") == [("已核", "新题名")]


def test_two_files_of_one_name_are_two_rows_in_every_run(path: Path) -> None:
    different = [entry(from_file("a.txt", "1")), entry(from_file("a.txt", "2"), 1)]
    copies = [
        entry(from_file("a.txt", "2"), 2),
        entry(error_record(name="a.txt"), 3),
        entry(error_record(name="a.txt"), 4),
    ]
    for _ in range(3):
        write([*different, *copies], path)
        assert ask(path, "SELECT id, number, sha256 IS NULL FROM record ORDER BY id") == [
            (1, 0, 0), (2, 1, 0), (3, 2, 0), (4, 3, 1), (5, 4, 1),
        ]  # fmt: skip


def test_what_could_not_be_read_is_replaced_when_it_can(path: Path) -> None:
    write([entry(error_record(name="a.txt"))], path)
    write([entry(from_file("a.txt"))], path)
    assert ask(path, "SELECT id, status, error_code FROM record") == [(1, "ok", None)]
    assert len(ask(path, "SELECT rowid FROM search")) == 1


def test_an_item_is_known_by_its_reference_code(path: Path) -> None:
    write([entry(from_file("a.txt", "1"), 档号="A"), entry(from_file("a.txt", "1"), 1, 档号="B")], path)
    write([entry(from_file("new.txt", "2"), 档号="B")], path)  # scanned again
    assert ask(path, "SELECT code, name, run FROM record ORDER BY id") == [
        ("A", "a.txt", 1),
        ("B", "new.txt", 2),
    ]
    write([entry(from_file("a.txt", "1"))], path)  # without its manifest
    assert ask(path, "SELECT code, json_extract(extra, '$.档号'), run FROM record WHERE id = 1") == [
        ("A", "A", 3)
    ]
    write([entry(from_file("c.txt", "3"))], path)
    write([entry(from_file("c.txt", "3"), 档号="C")], path)
    assert ask(path, "SELECT id, code FROM record WHERE name = 'c.txt'") == [(3, "C")]


def test_other_databases_are_refused_and_stay(path: Path) -> None:
    change(path, "CREATE TABLE person (name TEXT)", "INSERT INTO person VALUES ('孙丁')")
    with pytest.raises(DatabaseError, match="not ours"):
        write([entry(record())], path)
    assert ask(path, "SELECT name FROM sqlite_master") == [("person",)]
    path.write_bytes("这不是数据库。".encode() * 100)
    with pytest.raises(DatabaseError, match="no SQLite database"):
        write([], path)
    assert path.read_bytes() == "这不是数据库。".encode() * 100


def test_a_database_of_another_layout_is_refused_and_stays(path: Path) -> None:
    write([entry(record())], path)
    change(path, "UPDATE extract_layout SET version = 99")
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="another layout"):
        write([entry(from_file("b.txt", "1"))], path)
    assert path.read_bytes() == before


def test_a_locked_database_and_a_missing_folder_are_told(path: Path) -> None:
    write([], path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError):
            write([], path, patience=0.01)
    with pytest.raises(OutputError, match="unable to open"):
        write([], path / "no" / "such.db")


def test_a_failing_run_changes_nothing(path: Path) -> None:
    write([entry(record())], path)
    before = path.read_bytes()

    def failing() -> Iterator[Entry]:
        yield entry(from_file("b.txt", "1"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(failing(), path)
    assert path.read_bytes() == before


KILLED = """
import os, signal, sys
from pathlib import Path
from extractor.writing.entries import Entry
from extractor.writing.sqlite import write

path = Path(sys.argv[1])
line = Path(sys.argv[2]).read_text("utf-8")
size = path.stat().st_size

def entries():
    for number in range(100_000):
        if number % 20 == 0 and path.stat().st_size > size:  # it is being written to the file already
            os.kill(os.getpid(), signal.SIGKILL)
        yield Entry(number, line, {"note": str(number) * 500})

write(entries(), path)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
def test_a_killed_run_changes_nothing(path: Path, tmp_path: Path) -> None:
    write([entry(from_file("a.txt", "1"), 档号="A")], path)
    before = ask(path, "SELECT * FROM record")
    line = tmp_path / "line.json"
    line.write_text(json_text.line(record(mentioned=[f"甲{n}" for n in range(500)])), "utf-8")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path), str(line)], check=False, timeout=120)
    assert ended.returncode == -signal.SIGKILL
    assert path.with_name("records.db-journal").exists()  # what the next reader undoes it with
    assert ask(path, "SELECT * FROM record") == before
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    "bad", ["=1+1", "'); DROP TABLE record; --", '"甲"', "甲\n乙", "\x00\x1b", "\u202e文件", "要" * 100_000]
)
def test_hostile_text_is_kept(path: Path, bad: str) -> None:
    write([entry(record(title=value(f"会{bad}"), mentioned=[f"赵{bad}"]), 档号="A", 备注=bad)], path)
    assert ask(path, "SELECT title, extra FROM record")[0] == (
        f"会{bad}",
        json.dumps({"档号": "A", "备注": bad}, ensure_ascii=False),
    )
    assert ask(path, "SELECT name FROM person WHERE list = 'mentioned'") == [(f"赵{bad}",)]


def test_halves_of_characters_are_replaced(path: Path) -> None:
    line = json_text.line(record()).replace("赵丙", "\\ud800赵")
    write([Entry(0, line, {"档号": "A\udfff", "备注": "\ud800"})], path)
    assert ask(path, "SELECT code, json_extract(extra, '$.备注') FROM record") == [("A\ufffd", "\ufffd")]
    assert ask(path, "SELECT name FROM person WHERE list = 'mentioned'") == [("\ufffd赵",)]


def test_two_new_files_are_equal(tmp_path: Path) -> None:
    entries = [entry(from_file(f"{n}.txt", str(n)), n, 备注=n) for n in range(5)]
    for name in ("a.db", "b.db"):
        write(entries, tmp_path / name)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_ten_thousand_entries_in_flat_memory(path: Path) -> None:
    line = json_text.line(nothing_stated(mentioned=["赵丙"]))
    tracemalloc.start()
    write((Entry(n, line, {"备注": f"{n}" * 50}) for n in range(10_000)), path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ask(path, "SELECT count(*) FROM record") == [(10_000,)]
    assert peak < 1_000_000  # beside the pages that SQLite keeps, 32 MiB at most
