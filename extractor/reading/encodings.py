"""From bytes to characters: which encoding, and what does not fit it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from functools import cache
from importlib.resources import files

from extractor.errors import BinaryError, UndecodableError, UnknownEncodingError
from extractor.reading.text import OnDamage

#: UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What an encoding calls itself → what it is decoded as. GB18030 holds all of GBK, and GBK all of GB2312;
#: text that says gb2312 often has characters of the larger ones.
_MEANT = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("big5hkscs",),
    "utf-8-sig": ("utf-8",),
    "utf-16": ("utf-16-le", "utf-16-be"),
    "utf-32": ("utf-32-le", "utf-32-be"),
}
#: Tried in this order where two are equally plausible.
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
#: Microsoft's Big5 has a few characters of its own; tried when Hong Kong's does not fit.
_OTHERWISE = {"big5hkscs": "cp950"}

#: Bytes that plausibility is judged on: 5 000 characters settle it.
_SAMPLE = 16_384
_HIGH = re.compile(rb"[\x80-\xff]")
#: Bytes with NUL are UTF-16 from this plausibility on: reports have 0.6, ASCII 0.4, random bytes below -0.5.
_UTF16 = 0.05


def decode(data: bytes, path: str, encoding: str | None, on_damage: OnDamage) -> tuple[str, str, bool]:
    """Characters, name of the encoding, and whether bytes were lost (only with ``on_damage="keep"``).

    ``encoding`` forces one. Raises UnknownEncodingError, UndecodableError, BinaryError; ``path`` is for
    their sentences.
    """
    chosen = _forced(encoding, data) if encoding is not None else _detected(data, path)
    try:
        return data.decode(chosen), chosen, False
    except UnicodeError as error:
        if other := _OTHERWISE.get(chosen):
            try:
                return data.decode(other), other, False
            except UnicodeError:
                pass
        if on_damage == "keep":
            return data.decode(chosen, "replace"), chosen, True
        offset = getattr(error, "start", 0)
        byte = data[offset : offset + 1].hex().upper()
        raise UndecodableError(path=path, encoding=chosen, offset=offset, byte=byte) from error


def codec_of(encoding: str) -> str:
    """The name under which Python knows an encoding of text. Raises UnknownEncodingError."""
    try:
        name = codecs.lookup(encoding).name
        b"a".decode(name)
    except UnicodeDecodeError:
        pass  # there is such an encoding; that of a single byte is no matter
    except (LookupError, ValueError):
        raise UnknownEncodingError(encoding=encoding) from None
    return name


def _forced(encoding: str, data: bytes) -> str:
    name = codec_of(encoding)
    return _marked(data, _MEANT.get(name, (name,)))


def _marked(data: bytes, candidates: tuple[str, ...]) -> str:
    """The candidate that the byte order mark names, else the most plausible one."""
    for mark, name in _MARKS:
        if data.startswith(mark) and name in candidates:
            return name
    return _best(data, candidates)[0] if len(candidates) > 1 else candidates[0]


def _detected(data: bytes, path: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data:
        name, plausible = _best(data, ("utf-16-le", "utf-16-be"))
        if plausible < _UTF16:
            raise BinaryError(path=path, looks="nul")
        return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _best(data, _CANDIDATES)[0]
    return "utf-8"


def _best(data: bytes, candidates: tuple[str, ...]) -> tuple[str, float]:
    """The most plausible candidate and its plausibility, judged on a sample from the first non-ASCII on."""
    high = _HIGH.search(data)
    first = high.start() & ~1 if high and b"\0" not in data else 0  # even: UTF-16 goes by twos
    sample = data[first : first + _SAMPLE]
    scored = []
    for name in candidates:
        decoder = codecs.getincrementaldecoder(name)("replace")
        scored.append((name, plausibility(decoder.decode(sample, len(sample) == len(data)))))
    return max(scored, key=lambda pair: pair[1])


def plausibility(characters: str) -> float:
    """How much the characters look like Chinese text, from -2 to 1: the mean over all of them.

    Frequent Hanzi and Chinese punctuation count 1, printable ASCII 0.4, other Hanzi 0, other scripts
    and symbols -0.5, control characters, unassigned and private ones and U+FFFD -2.

    >>> plausibility("县委召开会议。") > plausibility("瞇巢氟弝瘤祜﹝") > plausibility("\\ufffd\\ufffd")
    True
    """
    weights = (count * _weight(character) for character, count in Counter(characters).items())
    return sum(weights) / max(len(characters), 1)


def _weight(character: str) -> float:
    if character in _frequent():
        return 1
    if character in "\t\n\r\xa0" or " " <= character <= "~" or "\uff01" <= character <= "\uff5e":
        return 0.4
    if "\u4e00" <= character <= "\u9fff":
        return 0
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs"):
        return -2
    return -0.5


@cache
def _frequent() -> frozenset[str]:
    lines = (files(__package__) / "frequent.txt").read_text("utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))
