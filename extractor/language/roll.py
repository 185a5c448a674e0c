"""The names of a text in order, so that those of a stretch are found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from extractor.language.types import Extent, Name


class Roll:
    """Names by where they stand."""

    __slots__ = ("names", "starts")

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = sorted(names, key=lambda n: (n.start, n.end))
        self.starts = [name.start for name in self.names]

    def within(self, start: int, end: int) -> list[Name]:
        """The names that stand whole in ``start:end``.

        >>> roll = Roll([Name(2, 4, "李甲", "-"), Name(5, 7, "王乙", "-")])
        >>> [n.name for n in roll.within(0, 6)], [n.name for n in roll.within(5, 7)]
        (['李甲'], ['王乙'])
        """
        found = self.names[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [name for name in found if name.end <= end]

    def without(self, gap: Extent) -> Roll:
        """The roll without the names that begin in ``gap``."""
        left, right = bisect_left(self.starts, gap.start), bisect_left(self.starts, gap.end)
        return Roll([*self.names[:left], *self.names[right:]])
