"""Files that are packages: a ZIP with XML in it (docx, odt, ofd), opened so that none can do harm.

What is checked before anything is unpacked: the number of parts, their sizes together, and passwords. What is checked
while unpacking: that no part is larger than it says. No part is ever written to disk, and XML is parsed with entities off.
"""

from __future__ import annotations

import posixpath
import zlib
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from extractor.errors import BrokenError, EncryptedError, UnsafeError
from extractor.reading.text import Raw

#: What unpacking raises for data that are not what they should be.
_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


def names_of(data: bytes) -> frozenset[str]:
    """The names of the parts of a ZIP; none if it is no ZIP, or one without a directory."""
    if not data.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _DAMAGED:
        return frozenset()


class Package:
    """The parts of one input. ``looks`` is its format, a term for messages.

    Raises BrokenError, EncryptedError (a part has a password), TooLargeError (too many parts, or too large ones),
    UnsafeError (a part whose name leads outside).
    """

    def __init__(self, raw: Raw, looks: str) -> None:
        self.raw, self.looks = raw, looks
        try:
            self.archive = ZipFile(BytesIO(raw.data))
            self.parts: dict[str, ZipInfo] = {info.filename: info for info in self.archive.infolist()}
        except _DAMAGED as error:
            raise self.broken(error) from error
        raw.check("parts", len(self.parts))
        raw.check("unpacked", sum(info.file_size for info in self.parts.values()))
        for name, info in self.parts.items():
            if info.flag_bits & 0x1:
                raise EncryptedError(path=raw.path, looks=looks)
            if name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
                raise UnsafeError(path=raw.path, looks=looks, detail="outside")

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def bytes(self, name: str) -> bytes:
        """One part, unpacked. Raises BrokenError where there is none, or it is damaged."""
        self.raw.check_time()
        if name not in self.parts:
            raise BrokenError(path=self.raw.path, looks=self.looks, detail=f"{name} is missing")
        size = self.parts[name].file_size
        try:
            with self.archive.open(name) as part:
                data = part.read(size + 1)
        except _DAMAGED as error:
            raise self.broken(error, name) from error
        if len(data) != size:
            raise BrokenError(path=self.raw.path, looks=self.looks, detail=f"{name} has another size")
        return data

    def xml(self, name: str) -> Element:
        """The root of one part that is XML. Raises TooLargeError, UnsafeError (it defines entities), BrokenError."""
        if name in self.parts:
            self.raw.check("xml", self.parts[name].file_size)
        try:
            root: Element = fromstring(self.bytes(name), forbid_dtd=False)
            return root
        except DefusedXmlException as error:
            raise UnsafeError(path=self.raw.path, looks=self.looks, detail="entities") from error
        except (ParseError, LookupError, ValueError) as error:
            raise self.broken(error, name) from error

    def resolve(self, base: str, name: str) -> str:
        """The part that ``name`` means in the part ``base``; ``/`` begins at the root. Raises UnsafeError."""
        joined = name.lstrip("/") if name.startswith("/") else posixpath.join(posixpath.dirname(base), name)
        path = posixpath.normpath(joined)
        if path.startswith("../") or path == "..":
            raise UnsafeError(path=self.raw.path, looks=self.looks, detail="outside")
        return path

    def broken(self, error: Exception, name: str = "") -> BrokenError:
        """The error of a library as one of this package, with the part that it is about."""
        said = str(error) or type(error).__name__
        return BrokenError(path=self.raw.path, looks=self.looks, detail=f"{name}: {said}" if name else said)
