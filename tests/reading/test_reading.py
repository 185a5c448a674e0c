from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from extractor.errors import (
    EmptyError,
    FolderError,
    InputError,
    LimitError,
    NoPermissionError,
    NotFoundError,
    TooLargeError,
    TooSlowError,
)
from extractor.reading import STDIN, Limits, base_name, read_bytes, read_file, read_stream, read_text
from extractor.reading.text import Raw


def test_a_file_is_known_by_its_base_name_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "会议.txt"
    path.write_bytes("县委召开会议\r\n".encode("gbk"))
    text = read_file(path)
    assert (text.name, text.media_type, text.encoding) == ("会议.txt", "text/plain", "gb18030")
    assert text.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert text.characters == "县委召开会议\n"
    assert text.created is None
    assert read_file(str(path)) == text


@pytest.mark.parametrize(
    ("ends", "read"),
    [("一\r\n二\r\n", "一\n二\n"), ("一\r二\r", "一\n二\n"), ("一\n\r二\r\r\n", "一\n\n二\n\n")],
)
def test_line_ends_are_lf(ends: str, read: str) -> None:
    assert read_bytes(ends.encode(), "a.txt").characters == read
    assert read_text(ends).characters == read


def test_only_the_first_byte_order_mark_is_one() -> None:
    assert read_text("\ufeff县\ufeff委").characters == "县\ufeff委"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "　\n".encode(), b"\xff\xfe \0\n\0"])
def test_nothing_to_read_is_an_error(data: bytes) -> None:
    with pytest.raises(EmptyError):
        read_bytes(data, "a.txt")


def test_a_missing_file(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path / "a\0b", ""):
        with pytest.raises((NotFoundError, FolderError)):
            read_file(path)
    file = tmp_path / "a.txt"
    file.write_text("会议", encoding="utf-8")
    with pytest.raises(NotFoundError):
        read_file(file / "b.txt")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderError) as caught:
        read_file(tmp_path)
    assert caught.value.arguments["path"] == str(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("会议", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(NoPermissionError):
        read_file(path)


@pytest.mark.parametrize(
    ("trouble", "error"),
    [(PermissionError(13, "denied"), NoPermissionError), (OSError(5, "Input/output error"), InputError)],
)
def test_troubles_of_the_system(
    trouble: OSError, error: type[InputError], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(error) as caught:
        read_file(tmp_path / "a.txt")
    assert type(caught.value) is error


def test_a_stream_is_read_to_its_end() -> None:
    text = read_stream(io.BytesIO("县委召开会议".encode("utf-16")))
    assert (text.name, text.characters) == (STDIN, "县委召开会议")


def test_a_stream_that_breaks() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:  # noqa: ARG002
            raise OSError(5, "Input/output error")

    with pytest.raises(InputError) as caught:
        read_stream(Broken())
    assert caught.value.arguments == {"path": STDIN, "detail": "Input/output error"}


def test_the_limits(tmp_path: Path) -> None:
    few = Limits(bytes=12, characters=5)
    path = tmp_path / "a.txt"
    path.write_text("一二三四五", encoding="gbk")
    assert read_file(path, limits=few).characters == "一二三四五"
    path.write_text("一二三四五六", encoding="gbk")
    with pytest.raises(TooLargeError) as caught:
        read_file(path, limits=few)
    assert caught.value.arguments["unit"] == "characters"
    assert "--max characters=N" in caught.value.hint()
    path.write_text("一二三四五", encoding="utf-8")
    for read in (lambda: read_file(path, limits=few), lambda: read_bytes(b"1" * 13, "a.txt", limits=few)):
        with pytest.raises(TooLargeError, match="more than 12 bytes"):
            read()
    with pytest.raises(TooLargeError, match="more than 12 bytes"):
        read_text("一二三四五", limits=few)


@pytest.mark.parametrize(
    "setting",
    ["", "pages", "pages=", "pages=0", "pages=-1", "pages=1e3", "pages=１", "sheets=3", "pages=" + "9" * 30],
)
def test_what_is_no_limit(setting: str) -> None:
    with pytest.raises(LimitError) as caught:
        Limits().changed("bytes=7", setting)
    assert caught.value.arguments["value"] == setting
    assert "pixels" in str(caught.value)


def test_limits_are_changed_one_by_one() -> None:
    assert Limits().changed("pages=3", "pixels=9", "pages=4") == Limits(pages=4, pixels=9)
    assert Limits().changed() == Limits()


def test_the_time_of_an_input_is_bounded() -> None:
    raw = Raw(b"", "a.pdf", limits=Limits(seconds=1))
    raw.check_time()
    raw.clock.end -= 2
    with pytest.raises(TooSlowError, match="more than 1 seconds"):
        raw.within(b"").check_time()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless device here")
def test_a_device_without_end_is_too_large() -> None:
    with pytest.raises(TooLargeError):
        read_file("/dev/zero", limits=Limits(bytes=1000))


def test_a_callers_string_with_half_a_character() -> None:
    text = read_text("县委\ud800召开\udfff会议")
    assert text.characters == "县委\ufffd召开\ufffd会议"
    assert [(d.start, d.end, d.reason) for d in text.damages] == [(2, 3, "surrogate"), (5, 6, "surrogate")]


@pytest.mark.parametrize(
    ("path", "name"),
    [("/srv/a/b.txt", "b.txt"), ("b.txt", "b.txt"), (STDIN, STDIN), ("", "unnamed"), ("a/ ", "unnamed")],
)
def test_names_have_no_folder(path: str, name: str) -> None:
    assert base_name(path) == name


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_a_file_whose_name_is_in_no_encoding(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xbb\xe1.txt"
    Path(os.fsdecode(path)).write_text("会议", encoding="utf-8")
    assert read_file(os.fsdecode(path)).name.encode() == "\ufffd\ufffd.txt".encode()
