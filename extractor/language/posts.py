"""Titles that the archive's lexicon lists: posts wherever they stand, and the measure of a person's own."""

from __future__ import annotations

import re
from collections import defaultdict

from extractor.language.types import Extent, Known, Match, Name
from extractor.lexicon import Listed, folded
from extractor.rules import load

#: What may stand between a title and the name behind it.
_BETWEEN = " ："
#: What may stand before a listed title and be part of the printed one: another post, an organisation, a rank.
_MORE = re.compile(
    rf"(?:、|{load('titles').lists['posts'].alternation}|{load('units').lists['tails'].alternation}|中共.{{0,20}}|原|常务|第一)\Z"
)


class Posts:
    """The listed titles in one clean text."""

    def __init__(self, text: str, known: Known) -> None:
        self.text, self.matches = text, known.titles
        self.heads: dict[int, int] = {}  # where a listed title ends → where the longest begins
        self.ends: dict[int, int] = {}
        self.of: defaultdict[tuple[int, str], list[Match]] = defaultdict(
            list
        )  # end, holder's name → his titles
        for match in known.titles:
            self.heads[match.end] = min(match.start, self.heads.get(match.end, match.start))
            self.ends[match.start] = max(match.end, self.ends.get(match.start, match.end))
            self.of[match.end, folded(match.entry.name)].append(match)

    def ending_at(self, right: int) -> int | None:
        """Where the longest listed title begins that ends at ``right``, a blank or colon aside."""
        return self.heads.get(self._end(right)) if self.heads else None

    def listed(self, name: Name) -> Listed | None:
        """The entry that lists this title of a name, or its last post; the person's own entry first."""
        if name.title is None:
            return None
        here = [m for m in self.matches if m.end == name.title.end and m.start >= name.title.start]
        own = [m for m in here if folded(m.entry.name) == folded(name.name)]
        return max(own or here, key=lambda m: m.end - m.start).entry if here else None

    def after(self, name: Name) -> Extent | None:
        """The listed title that follows a name."""
        end = self.ends.get(name.end)
        return Extent(name.end, end) if end else None

    def own(self, name: Name, floor: int, printed: Extent | None) -> Extent | None:
        """The title printed before a name, cut as the lexicon has it for this person.

        What stands before the listed title stays where it can be of the title: another post, an organisation.
        """
        mine = self.of.get((self._end(name.start), folded(name.name))) if self.of else None
        start = min((m.start for m in mine), default=-1) if mine else -1
        if start < floor or (
            printed is not None and printed.end > start and not self._strays(printed, start)
        ):
            return printed
        return Extent(start, self._end(name.start))

    def _strays(self, printed: Extent, start: int) -> bool:
        """Whether the printed title begins too early or too late."""
        return printed.start > start or (
            printed.start < start and _MORE.search(self.text[printed.start : start]) is None
        )

    def _end(self, right: int) -> int:
        while right and self.text[right - 1] in _BETWEEN:
            right -= 1
        return right
