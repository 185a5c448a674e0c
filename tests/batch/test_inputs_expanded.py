"""Which files a name means: folders, patterns, lists."""

from __future__ import annotations

import io
import os
import socket
import sys
import tracemalloc
from pathlib import Path

import pytest

from extractor.batch.inputs import Input, brought, expanded, means_several
from extractor.errors import NotFoundError

needs_links = pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
posix = pytest.mark.skipif(os.name != "posix", reason="names as bytes")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(name)


def names(name: str) -> list[str]:
    return list(expanded(name))


@pytest.mark.usefixtures("here")
def test_a_file_is_itself() -> None:
    files("a.txt")
    assert names("a.txt") == ["a.txt"]
    assert names("gone.txt") == ["gone.txt"]
    assert names("-") == ["-"]
    assert not means_several("a.txt") and not means_several("gone.txt") and not means_several("-")


@pytest.mark.usefixtures("here")
def test_a_folder_is_all_below_in_the_order_of_names() -> None:
    files(
        "f/b.txt",
        "f/a/z.txt",
        "f/a/c/d.txt",
        "f/a.txt",
        "f/B.txt",
        "f/é.txt",
        "f/10.txt",
        "f/9.txt",
        "f/会议.txt",
    )
    Path("f/empty").mkdir()
    inside = ["10.txt", "9.txt", "B.txt", "a/c/d.txt", "a/z.txt", "a.txt", "b.txt", "é.txt", "会议.txt"]
    assert names("f") == [f"f/{name}" for name in inside]
    assert names("f/a/") == ["f/a/c/d.txt", "f/a/z.txt"]
    assert means_several("f")


@pytest.mark.usefixtures("here")
def test_hidden_ones_are_left_out() -> None:
    files("f/a.txt", "f/.b.txt", "f/.git/c.txt", "f/d/.out.jsonl.extract")
    assert names("f") == ["f/a.txt"]
    assert names("**/*") == ["f/a.txt"]


@pytest.mark.usefixtures("here")
def test_an_output_inside_is_left_out() -> None:
    files("f/a.txt", "f/out.jsonl")
    assert list(expanded("f", lambda path: path.endswith(".jsonl"))) == ["f/a.txt"]
    assert list(expanded("f/*", lambda path: path.endswith(".jsonl"))) == ["f/a.txt"]


@pytest.mark.usefixtures("here")
@posix
def test_odd_names() -> None:
    Path("f").mkdir()
    odd = [
        b"a\nb.txt",
        b"a\tb.txt",
        b"\xff\xfe.txt",
        b" ",
        b"[x].txt",
        b"*.txt",
        b"\x01",
        b"@a",
        b"-",
    ]
    for name in odd:
        Path("f", os.fsdecode(name)).write_text("x")
    expected = sorted(os.fsencode(name) for name in odd)
    assert [os.fsencode(name).removeprefix(b"f/") for name in names("f")] == expected
    assert [os.fsencode(name).removeprefix(b"f/") for name in names("f/*")] == expected
    assert names("f/[x].txt") == ["f/[x].txt"] and not means_several("f/[x].txt")
    assert names("f/*.txt") == ["f/*.txt"]  # a file of this name is no pattern


@posix
@needs_links
def test_links(here: Path) -> None:
    files("f/a.txt", "f/g/b.txt", "away/c.txt")
    Path("f/g/up").symlink_to(here / "f")
    Path("f/g/up2").symlink_to("..")
    Path("f/self").symlink_to("self")
    Path("f/away").symlink_to(here / "away")
    Path("f/file").symlink_to(here / "away/c.txt")
    Path("f/nowhere").symlink_to("gone")
    inside = ["f/a.txt", "f/file", "f/g/b.txt", "f/nowhere", "f/self"]
    assert names("f") == inside
    assert names("f/**") == inside
    assert names("f/**/*.txt") == ["f/a.txt", "f/g/b.txt"]
    assert names("f/away/*") == ["f/away/c.txt"]  # named by the caller
    Path("link").symlink_to("away")
    assert names("link") == ["link/c.txt"]


@pytest.mark.usefixtures("here")
@posix
def test_pipes_and_devices_in_a_folder_are_left_out() -> None:
    files("f/a.txt")
    os.mkfifo("f/pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("f/socket")
        assert names("f") == ["f/a.txt"]


def test_patterns(here: Path) -> None:
    files("a/1.txt", "a/2.txt", "a/3.doc", "a/b/4.txt", "a/b/c/5.txt", "6.txt", "a/b/.7.txt", "a/[d]/8.txt")
    assert names("a/?.txt") == ["a/1.txt", "a/2.txt"]
    assert names("a/[13].*") == ["a/1.txt", "a/3.doc"]
    assert names("**/*.txt") == ["6.txt", "a/1.txt", "a/2.txt", "a/[d]/8.txt", "a/b/4.txt", "a/b/c/5.txt"]
    assert names("a/**/c/*") == ["a/b/c/5.txt"]
    assert names("**/b/**/5.txt") == ["a/b/c/5.txt"]
    assert names("a/**/**/4.txt") == ["a/b/4.txt"]
    assert names("./**/4.txt") == ["./a/b/4.txt"]
    assert names(f"{here}/**/4.txt") == [f"{here}/a/b/4.txt"]
    assert names("a/*") == ["a/1.txt", "a/2.txt", "a/3.doc"]  # files, not folders
    assert means_several("a/*")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("pattern", ["*.pdf", "**/*.pdf", "[x", "gone/*", "f*", "f/**"])
def test_a_pattern_without_a_file_is_told(pattern: str) -> None:
    Path("folder").mkdir()
    with pytest.raises(NotFoundError):
        names(pattern)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\0"])
def test_lists(here: Path, end: str) -> None:
    files("l/a.txt", "l/f/b.txt", "l/f/c/d.txt", "e.txt", "l/ x ")
    entries = ["a.txt", "f", "../e.txt", f"{here}/e.txt", "gone.txt", " x ", "-", "@a", "*.txt"]
    Path("l/list.txt").write_bytes(end.join([*entries, "", ""]).encode())
    expected = ["l/a.txt", "l/f/b.txt", "l/f/c/d.txt", "l/../e.txt", f"{here}/e.txt", "l/gone.txt"]
    expected += ["l/ x ", "l/-", "l/@a", "l/*.txt"]
    assert names("@l/list.txt") == expected
    assert means_several("@l/list.txt")


@pytest.mark.usefixtures("here")
def test_a_list_with_a_byte_order_mark_and_nothing() -> None:
    Path("list").write_bytes(b"\xef\xbb\xbfa.txt\n-")
    assert names("@list") == ["a.txt", "./-"]  # no standard input
    Path("list").write_bytes(b"")
    assert names("@list") == []


@pytest.mark.usefixtures("here")
@posix
def test_a_list_of_odd_names() -> None:
    Path("list").write_bytes(b"a\nb\0\xff.txt\0" + b"x" * 5000 + b"\0")
    assert [os.fsencode(name) for name in names("@list")] == [b"a\nb", b"\xff.txt", b"x" * 5000]


@pytest.mark.usefixtures("here")
def test_a_list_that_is_not_there() -> None:
    with pytest.raises(NotFoundError):
        names("@gone")


@pytest.mark.usefixtures("here")
@pytest.mark.skipif(not hasattr(os, "geteuid") or not os.geteuid(), reason="root may read everything")
def test_a_folder_that_may_not_be_read() -> None:
    files("f/a.txt", "f/b/c.txt", "f/d.txt")
    Path("f/b").chmod(0)
    try:
        assert names("f") == ["f/a.txt", "f/b", "f/d.txt"]
    finally:
        Path("f/b").chmod(0o700)


@pytest.mark.usefixtures("here")
def test_a_folder_that_vanishes() -> None:
    files("f/a.txt", "f/b/c.txt", "f/d.txt")
    found = expanded("f")
    assert next(found) == "f/a.txt"
    Path("f/b/c.txt").unlink()
    Path("f/b").rmdir()
    assert list(found) == ["f/b", "f/d.txt"]


@pytest.mark.usefixtures("here")
def test_deeply_nested() -> None:
    deep = "f"
    Path(deep).mkdir()
    for _ in range(1500):  # more than Python goes down
        deep += "/d"
        Path(deep).mkdir()
    Path(deep, "a.txt").touch()
    found, matched = names("f"), names("f/**/a.txt")
    Path(deep, "a.txt").unlink()
    while deep:  # pytest, which clears up, cannot go so deep either
        Path(deep).rmdir()
        deep = deep.rpartition("/")[0]
    assert found == matched == ["f" + "/d" * 1500 + "/a.txt"]


@pytest.mark.usefixtures("here")
def test_ten_thousand_files() -> None:
    Path("f").mkdir()
    for i in range(10_000):
        Path(f"f/{i}.txt").touch()
    tracemalloc.start()
    try:
        found = sum(1 for _ in expanded("f"))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == 10_000
    assert peak < 6_000_000  # names alone


@pytest.mark.usefixtures("here")
def test_standard_input_is_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("会议".encode())))
    assert brought(Input("-")).data == "会议".encode()
    assert brought(Input("-")).data == b""  # it is read to its end
    monkeypatch.setattr(sys, "stdin", None)
    assert brought(Input("-")).data == b""
    files("a.txt")
    assert brought(Input("a.txt")).data is None
    assert brought(Input("gone.txt")).data is None
    assert brought(Input(".")).data is None
    assert brought(Input("a\0b")).data is None


@posix
def test_no_more_of_a_device_is_brought_than_is_taken() -> None:
    data = brought(Input("/dev/zero", limits=("bytes=1000",))).data
    assert data is not None and len(data) == 1001
