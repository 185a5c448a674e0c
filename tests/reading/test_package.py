"""Packages made to do harm, and packages that are broken."""

from __future__ import annotations

import io
import zipfile

import pytest

from extractor.errors import BrokenError, EncryptedError, TooLargeError, UnsafeError
from extractor.reading.limits import Limits
from extractor.reading.package import Package, names_of
from extractor.reading.text import Raw

BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


def packed(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened(data: bytes, limits: Limits | None = None) -> Package:
    return Package(Raw(data, "a.odt", limits=limits), "odt")


def test_parts_and_xml() -> None:
    package = opened(packed(**{"a/b.xml": "<r><t>会议</t></r>", "c": b"1"}))
    assert "a/b.xml" in package
    assert package.bytes("c") == b"1"
    assert package.xml("a/b.xml").findtext("t") == "会议"
    with pytest.raises(BrokenError, match="d is missing"):
        package.bytes("d")
    with pytest.raises(BrokenError, match="c: "):
        package.xml("c")


@pytest.mark.parametrize("xml", [BOMB, OUTSIDE])
def test_entities_are_off(xml: str) -> None:
    with pytest.raises(UnsafeError, match="defines entities"):
        opened(packed(x=xml)).xml("x")


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "..\\a", "C:\\a", "a/.."])
def test_names_that_lead_outside(name: str) -> None:
    with pytest.raises(UnsafeError, match="outside"):
        opened(packed(**{name: "x"}))


def test_what_a_part_names_stays_inside() -> None:
    package = opened(packed(a="x"))
    assert package.resolve("Doc_0/Document.xml", "Pages/P0/Content.xml") == "Doc_0/Pages/P0/Content.xml"
    assert package.resolve("Doc_0/Document.xml", "/Doc_0/Res.xml") == "Doc_0/Res.xml"
    assert package.resolve("Doc_0/Pages/P.xml", "../Res.xml") == "Doc_0/Res.xml"
    with pytest.raises(UnsafeError):
        package.resolve("Doc_0/Document.xml", "../../x")


def test_bombs_are_not_unpacked() -> None:
    zeros = b"\0" * 3_000_000
    with pytest.raises(TooLargeError, match="unpacked"):
        opened(packed(a=zeros, b=zeros), Limits(unpacked=5_000_000))
    with pytest.raises(TooLargeError, match="XML part"):
        opened(packed(a=zeros), Limits(xml=1_000_000)).xml("a")
    with pytest.raises(TooLargeError, match="files packed inside"):
        opened(packed(**{str(i): "" for i in range(20)}), Limits(parts=10))


def test_a_part_that_is_larger_than_it_says() -> None:
    data = packed(a=b"\0" * 100_000)
    said = (100_000).to_bytes(4, "little")
    assert data.count(said) == 2
    with pytest.raises(BrokenError):
        opened(data.replace(said, (10).to_bytes(4, "little"))).bytes("a")


def test_a_password() -> None:
    data = bytearray(packed(a="x"))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + at] |= 1
    with pytest.raises(EncryptedError):
        opened(bytes(data))


def test_cut_anywhere_it_is_broken_or_no_package() -> None:
    data = packed(**{f"part{i}.xml": f"<a>{i}</a>" * 50 for i in range(5)})
    for end in range(4, len(data), 17):
        assert names_of(data[:end]) == frozenset()
        with pytest.raises(BrokenError):
            opened(data[:end])


def test_a_flipped_byte_never_gets_out_as_another_error() -> None:
    data = packed(a="会议" * 200, b="<a/>")
    for at in range(0, len(data), 3):
        flipped = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            package = opened(flipped)
            for name in package.parts:
                package.bytes(name)
        except (BrokenError, EncryptedError, UnsafeError, TooLargeError):
            pass
