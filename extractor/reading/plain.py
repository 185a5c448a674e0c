"""Plain text in the encodings that Chinese reports come in."""

from __future__ import annotations

from hashlib import sha256

from extractor.errors import BinaryError, EmptyError
from extractor.reading.encodings import decode
from extractor.reading.text import Damage, Raw, Text, base_name, settle

#: How content begins that is no text → the term for it (``extractor.errors.TERMS``).
_SIGNATURES = (
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x7fELF", "elf"),
    (b"MZ\x90\0", "exe"),
    (b"SQLite format 3\0", "sqlite"),
    (b"ID3\x03", "media"),
    (b"ID3\x04", "media"),
    (b"OggS\0", "media"),
    (b"fLaC\0", "media"),
)


def accepts(raw: Raw) -> bool:  # noqa: ARG001  (every format has this function)
    """Whether this format reads such content: plain text is what nothing else claims."""
    return True


def read(raw: Raw) -> Text:
    """The text of these bytes. Raises what ``extractor.reading.read_bytes`` raises."""
    characters, name, damages = decoded(raw)
    digest = sha256(raw.data).hexdigest()
    return Text(characters, base_name(raw.path), "text/plain", name, digest, damages)


def decoded(raw: Raw) -> tuple[str, str, tuple[Damage, ...]]:
    """The characters of encoded text as they are handed on, the name of its encoding, and its damages."""
    if not raw.data:
        raise EmptyError(path=raw.path)
    if looks := looks_like(raw.data):
        raise BinaryError(path=raw.path, looks=looks)
    characters, name, lost = decode(raw.data, raw.path, raw.encoding, raw.on_damage)
    settled, damages = settle(characters, raw.path, raw.limits, "undecodable" if lost else "replacement")
    return settled, name, damages


def looks_like(data: bytes) -> str | None:
    """What these bytes are, if they begin as something that is no text: a term of ``extractor.errors``.

    >>> looks_like(b"%PDF-1.7"), looks_like("会议".encode())
    ('pdf', None)
    """
    for signature, looks in _SIGNATURES:
        if data.startswith(signature):
            return looks
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI ", b"WEBP")):
        return "media"
    return None
