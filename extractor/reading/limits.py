"""How much of one input the program takes: whoever sends more gets an error, not a machine that stands still."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from time import monotonic
from typing import Self

from extractor.errors import LimitError


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one input may be or cost. A report has 10³ characters, a year of a gazette 10⁶.

    >>> Limits().changed("pages=5000").pages
    5000
    """

    #: Bytes of the file as it is.
    bytes: int = 64 * 1024 * 1024
    #: Code points of the text.
    characters: int = 20_000_000
    #: Bytes of all that is packed inside (docx, odt, ofd, a stream of a PDF), unpacked.
    unpacked: int = 256 * 1024 * 1024
    #: Bytes of one XML part, unpacked: a tree of it takes some twenty times as much memory.
    xml: int = 32 * 1024 * 1024
    #: Files packed inside.
    parts: int = 10_000
    #: Pages of a PDF, an OFD or an image of several pages.
    pages: int = 2_000
    #: Pixels of one image: A3 at 600 dpi has 70 million.
    pixels: int = 80_000_000
    #: Seconds for reading one input, looked at between pages; for LibreOffice, from start to end.
    seconds: int = 300

    def changed(self, *settings: str) -> Self:
        """With these limits, as ``pages=5000``, instead. Raises LimitError."""
        names = [field.name for field in fields(self)]
        changes: dict[str, int] = {}
        for setting in settings:
            name, _, value = setting.partition("=")
            if (
                name not in names
                or not (value.isascii() and value.isdecimal())
                or not 0 < int(value[:19]) < 10**18
            ):
                raise LimitError(value=setting, names=", ".join(names))
            changes[name] = int(value)
        return replace(self, **changes)


class Clock:
    """The time that one input has left. ``check`` raises TooSlowError when it is spent."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never less than 0."""
        return max(0.0, self.end - monotonic())

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return monotonic() > self.end
