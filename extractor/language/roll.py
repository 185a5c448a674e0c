"""The names of a text in order, so that those of a stretch are found without looking at all of them.

Beside them the units that an archive's lexicon lists, which every list of people and units is cut by.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extractor.language.types import Extent, Match, Name


class Roll:
    """Names by where they stand, and listed units, which are in order and apart."""

    __slots__ = ("names", "starts", "units")

    def __init__(self, names: Iterable[Name], units: Sequence[Match] = ()) -> None:
        self.names = sorted(names, key=lambda n: (n.start, n.end))
        self.starts = [name.start for name in self.names]
        self.units = units

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
        return Roll([*self.names[:left], *self.names[right:]], self.units)

    def nobody(self) -> Roll:
        """The listed units alone."""
        return Roll((), self.units)

    def units_within(self, start: int, end: int) -> list[Extent]:
        """The listed units that stand whole in ``start:end``."""
        if not self.units:
            return []
        first = bisect_left(self.units, start, key=lambda unit: unit.start)
        last = bisect_left(self.units, end, key=lambda unit: unit.start)
        return [Extent(unit.start, unit.end) for unit in self.units[first:last] if unit.end <= end]
