"""Where the characters of a text stand in the file they were read from: page, box on the page, paragraph."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

#: What no text holds, one for one: \\r and Word's line break end a line, halves of characters and NUL are lost.
_SETTLED = {
    **dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd"),
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), "\n"),
    **dict.fromkeys((*range(1, 9), *range(0x0E, 0x20), 0x7F), " "),
}

#: Left, top, right, bottom on the page, from its upper left corner: in points (PDF), millimetres (OFD), pixels (images).
Box = tuple[float, float, float, float]

_NAN = float("nan")
_NOWHERE = (_NAN,) * 4


class Place(NamedTuple):
    """Where a stretch of the text stands: page and paragraph (from 1) of its first character that has one.

    ``box`` holds what of the stretch stands on that page.
    """

    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters from ``start`` to the next run: their page and paragraph."""

    start: int
    page: int | None
    paragraph: int | None


class Places:
    """Maps stretches of a text (code points) back to the file. Plain text has none."""

    __slots__ = ("boxes", "runs", "starts")

    def __init__(self, runs: Sequence[_Run] = (), boxes: array[float] | None = None) -> None:
        self.runs, self.boxes = (
            tuple(runs),
            boxes,
        )  # boxes: four numbers a code point, NaN where there is none
        self.starts = [run.start for run in runs]

    def of(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``."""
        first = bisect_right(self.starts, start) - 1
        for i in range(max(first, 0), len(self.runs)):
            run = self.runs[i]
            if run.start >= end:
                break
            if run.page is not None or run.paragraph is not None:
                stop = next(
                    (r.start for r in self.runs[i + 1 :] if r.start >= end or r.page != run.page), end
                )
                return Place(run.page, self._box(max(start, run.start), min(stop, end)), run.paragraph)
        return NOWHERE

    def _box(self, start: int, end: int) -> Box | None:
        if self.boxes is None:
            return None
        held = [self.boxes[4 * i : 4 * i + 4] for i in range(start, end) if not isnan(self.boxes[4 * i])]
        if not held:
            return None
        left, top, right, bottom = zip(*held, strict=True)
        return (round(min(left), 1), round(min(top), 1), round(max(right), 1), round(max(bottom), 1))


class Writer:
    """A text put together piece by piece, each with its place.

    >>> text = Writer()
    >>> text.add("县委召开会议", paragraph=1)
    >>> text.add("\\n")
    >>> text.add("主持", page=2, boxes=[(0, 0, 5, 5), (5, 0, 10, 5)])
    >>> text.characters, text.places().of(0, 2), text.places().of(6, 9)
    ('县委召开会议\\n主持', Place(page=None, box=None, paragraph=1), Place(page=2, box=(0.0, 0.0, 10.0, 5.0), paragraph=None))
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[_Run] = []
        self._boxes: array[float] = array("f")
        self._boxed = False
        self.length = 0

    def add(
        self,
        characters: str,
        *,
        page: int | None = None,
        paragraph: int | None = None,
        boxes: Sequence[Box] | None = None,
    ) -> None:
        """Append characters, settled one for one; ``boxes``: one for each code point."""
        if not characters:
            return
        characters = characters.translate(_SETTLED)
        here = (page, paragraph)
        if not self._runs or here != (self._runs[-1].page, self._runs[-1].paragraph):
            self._runs.append(_Run(self.length, page, paragraph))
        self._pieces.append(characters)
        self.length += len(characters)
        if boxes is not None:
            if len(boxes) != len(characters):
                raise ValueError(f"{len(boxes)} boxes for {len(characters)} characters")
            self._boxed = True
            self._boxes.extend([_NAN] * (4 * (self.length - len(characters)) - len(self._boxes)))
            for box in boxes:
                self._boxes.extend(box)

    def put_before(self, characters: str) -> None:
        """Characters at the very beginning, without a place."""
        added = len(characters)
        self._pieces.insert(0, characters.translate(_SETTLED))
        self._runs = [_Run(0, None, None), *(_Run(r.start + added, r.page, r.paragraph) for r in self._runs)]
        if self._boxed:
            self._boxes = array("f", [_NAN] * (4 * added)) + self._boxes
        self.length += added

    @property
    def characters(self) -> str:
        """All of it."""
        return "".join(self._pieces)

    def places(self) -> Places:
        """Where its characters stand."""
        boxes = None
        if self._boxed:
            boxes = self._boxes[:]
            boxes.extend([_NAN] * (4 * self.length - len(boxes)))
        return Places(self._runs, boxes)
