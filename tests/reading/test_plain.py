from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from extractor.errors import TERMS, BinaryError
from extractor.reading import read_bytes


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return out.getvalue()


CONTENT = {
    "zip": _zip("report.txt"),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64,
    "gzip": gzip.compress("会议".encode()),
    "bzip2": b"BZh91AY&SY\0",
    "xz": b"\xfd7zXZ\0\0",
    "7z": b"7z\xbc\xaf\x27\x1c\0\4",
    "rar": b"Rar!\x1a\x07\1\0",
    "elf": b"\x7fELF\2\1\1\0",
    "exe": b"MZ\x90\0\3\0\0\0",
    "sheet": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "slides": _zip("[Content_Types].xml", "ppt/presentation.xml"),
    "sqlite": b"SQLite format 3\0\x10\0",
    "media": b"\0\0\0\x20ftypisom",
    "nul": b"\1\2\0\3\0\0\0\5",
}


@pytest.mark.parametrize("looks", CONTENT)
@pytest.mark.parametrize("encoding", [None, "gb18030"])
def test_binary_content_is_refused_by_what_it_looks_like(looks: str, encoding: str | None) -> None:
    if looks == "nul" and encoding:
        encoding = "latin-1"
    with pytest.raises(BinaryError) as caught:
        read_bytes(CONTENT[looks], "report.txt", encoding=encoding)
    assert caught.value.arguments["looks"] == looks
    assert TERMS[looks]["en"] in caught.value.message("en")
    assert TERMS[looks]["zh"] in caught.value.message("zh")


@pytest.mark.parametrize(
    "characters", ["PK赛在县城举行。", "MZ公司召开会议。", "GIF图片说明。", "<?xml version='1.0'?>会议"]
)
def test_text_that_begins_like_something_else_is_text(characters: str) -> None:
    assert read_bytes(characters.encode(), "a.txt").characters == characters
