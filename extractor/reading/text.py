"""What reading takes, and what it hands on: the characters of a report, and where they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import PurePath
from typing import Literal

from extractor.errors import BinaryError, EmptyError, TooLargeError, TooSlowError
from extractor.reading.limits import Clock, Limits
from extractor.reading.places import Places, Writer

#: What to do with bytes that do not fit the encoding: stop with an error, or keep the rest of the text.
OnDamage = Literal["stop", "keep"]
Reason = Literal["undecodable", "replacement", "surrogate", "unsure"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_LOST = re.compile("\ufffd++")


class Raw:
    """One input as it came, how the caller wants it read, and what it may cost.

    ``path`` is for messages and for the name of the source; ``encoding`` forces one, where the format has any.
    """

    def __init__(
        self,
        data: bytes,
        path: str,
        encoding: str | None = None,
        on_damage: OnDamage = "stop",
        limits: Limits | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.data, self.path = data, path
        self.encoding, self.on_damage = encoding, on_damage
        self.limits = limits or Limits()
        self.clock = clock or Clock(self.limits.seconds)

    def within(self, data: bytes) -> Raw:
        """What is packed inside this input (the page in a saved page, the attachment of a mail), on the same clock."""
        return Raw(data, self.path, None, self.on_damage, self.limits, self.clock)

    @cached_property
    def text_head(self) -> str:
        """The first 16 kB as characters, however damaged: to tell formats of text by."""
        head = self.data[:16_384]
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return head.decode("utf-16", "replace")
        return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")

    def check_time(self) -> None:
        """Raise TooSlowError if the time for this input is spent. To be called for every page or part."""
        if self.clock.spent:
            raise TooSlowError(path=self.path, seconds=self.limits.seconds)

    def check(
        self, name: Literal["bytes", "characters", "unpacked", "xml", "parts", "pages", "pixels"], size: int
    ) -> None:
        """Raise TooLargeError if the size is beyond the limit of this name."""
        if size > (limit := getattr(self.limits, name)):
            raise TooLargeError(path=self.path, limit=limit, unit=name)


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the text (code points) that cannot be relied on.

    ``reason``: undecodable (bytes that do not fit the encoding), replacement (U+FFFD was in the input, or stands for
    a character on an image that could not be recognised), surrogate (half a
    character, in a string of the caller), all of which show as U+FFFD; unsure (recognised on an image with little certainty).
    """

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Text:
    """A report as read: decoded, line ends as ``\\n``, no byte order mark, no lone surrogate.

    ``name`` is the base name of the file, safe to encode; ``sha256`` is that of the bytes as read; ``encoding`` is
    ``binary`` where the format is no encoded text; ``pages`` their number, where the format has any; ``created`` is the
    day that the metadata of the file's format gives (plain text has none); ``places`` maps characters back to the file;
    ``unread`` names what belongs to the file and was not read: the attachments of a mail, pages that cannot be recognised.
    """

    characters: str
    name: str
    media_type: str
    encoding: str
    sha256: str
    damages: tuple[Damage, ...] = ()
    created: date | None = None
    pages: int | None = None
    places: Places = field(default=Places(), compare=False, repr=False)
    unread: tuple[str, ...] = ()


def settle(
    characters: str, path: str, limits: Limits, lost: Reason = "replacement"
) -> tuple[str, tuple[Damage, ...]]:
    """The characters as all formats hand them on, and where they are damaged (``lost``: why).

    Raises EmptyError, TooLargeError, BinaryError (a NUL is in no text), naming the ``path``.

    >>> settle("\\ufeff会议\\r\\n主\\ufffd", "a.txt", Limits())
    ('会议\\n主\\ufffd', (Damage(start=4, end=5, reason='replacement'),))
    """
    characters = characters.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _SURROGATE.search(characters):
        characters, lost = _SURROGATE.sub("\ufffd", characters), "surrogate"
    if not characters or characters.isspace():
        raise EmptyError(path=path)
    if len(characters) > limits.characters:
        raise TooLargeError(path=path, limit=limits.characters, unit="characters")
    if "\0" in characters:
        raise BinaryError(path=path, looks="nul")
    return characters, tuple(Damage(*m.span(), lost) for m in _LOST.finditer(characters))


def put_together(
    raw: Raw,
    written: Writer,
    media_type: str,
    *,
    encoding: str = "binary",
    created: date | None = None,
    pages: int | None = None,
    unsure: tuple[tuple[int, int], ...] = (),
    unread: tuple[str, ...] = (),
) -> Text:
    """The text that a reader has put together with a ``Writer``. ``unsure``: stretches recognised with little certainty.

    Raises EmptyError, TooLargeError.
    """
    characters = written.characters
    if not characters or characters.isspace():
        raise EmptyError(path=raw.path)
    raw.check("characters", len(characters))
    lost = [Damage(*m.span(), "replacement") for m in _LOST.finditer(characters)]
    damages = sorted([*lost, *(Damage(*span, "unsure") for span in _joined(unsure))], key=lambda d: d.start)
    return Text(
        characters,
        base_name(raw.path),
        media_type,
        encoding,
        sha256(raw.data).hexdigest(),
        tuple(damages),
        created,
        pages,
        written.places(),
        unread,
    )


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def base_name(path: str) -> str:
    """The name that a record gives its source: no folder, and characters that every encoding has.

    A name that is not in the encoding of the file system comes with surrogates (PEP 383): U+FFFD instead.

    >>> base_name("reports/2021/a.txt"), base_name("\\udcff.txt"), base_name("/")
    ('a.txt', '\\ufffd.txt', 'unnamed')
    """
    name = _SURROGATE.sub("\ufffd", PurePath(path).name)
    return name if name.strip() else "unnamed"
