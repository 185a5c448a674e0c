"""The archive's lexicon as a witness among the candidates for names.

A listed name is no guess about characters: its shape is sure, whatever its surname. What is left to tell is
whether it stands there as a name, or as the ordinary words that it is, too (黎明, 向前), or inside another
name or word. Places, units and words that are listed as no names rule out what lies in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from extractor.language import costs
from extractor.language.candidates import Candidate
from extractor.language.neighbours import POST, after, before
from extractor.language.types import Known, Match
from extractor.language.witness import likeness
from extractor.rules import load

_RULES = load("names")
_POST = load("titles")["titles.before"]
#: -10 ln of the share of one listed person among the words of his own archive's reports: half of the names
#: there (2.5 % of the words), spread over fifty leaders.
_COST = 83
#: The most that the shape of a listed name counts, so that a longer name that holds it can outweigh it.
_MOST = 90
#: A name that is a word as well, where nothing but its place in a list tells: the other names must add more.
_DOUBTFUL = -25
#: How much its neighbours must say together before one that is known in the report is believed elsewhere.
_SOMETHING = 40
#: What a listed post before or behind a name says: as much as another post.
_LISTED_POST = 90
#: The weight of posts and forms of address that follow a name (``right_posts``).
_ADDRESS = 80
#: How much of the text on each side is read as words around a name.
_AROUND = 8
#: How far the model must like a listed name that is a word. In made-up reports in a syntax that no rule was made for it likes
#: 99 of 143 such names so much; of the same words in published reports 16 of 605, ten of them parts of longer names.
_LIKED = 0.01
#: What joins the people of a list.
_JOINTS = "、和与及"
#: What parts the items of a list, on the left and on the right.
_LEFT, _RIGHT = frozenset("、 （，\n：和与及"), frozenset("、，。；） （\n等和与及")


class _Stretches:
    """Stretches of the text, to ask whether one of them holds or touches another."""

    def __init__(self, matches: Iterable[Match]) -> None:
        spans = sorted((m.start, m.end) for m in matches)
        self.starts = [start for start, _ in spans]
        self.reach = list(accumulate((end for _, end in spans), max))  # how far those up to here reach

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them holds ``start:end``."""
        i = bisect_right(self.starts, start) - 1
        return i >= 0 and self.reach[i] >= end

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has a character in common with ``start:end``."""
        i = bisect_left(self.starts, end) - 1
        return i >= 0 and self.reach[i] > start


class Archive:
    """What the lexicon says of names in one clean text."""

    def __init__(self, text: str, known: Known) -> None:
        self.text, self.known = text, known
        self.people = {(m.start, m.end): m for m in known.people}
        self.names = {text[m.start : m.end]: m for m in known.people}
        self.person_starts = {m.start for m in known.people}
        self.person_from = {m.end: m.start for m in known.people}
        self.titled = {(m.end, m.entry) for m in known.titles}  # where a person's own title ends
        self.post_ends = {m.end for m in known.titles}
        self.post_starts = {m.start for m in known.titles}
        self.never = _Stretches(known.never)
        self.bodies = _Stretches((*known.units, *known.places))

    def weighed(self, found: Iterable[Candidate]) -> list[Candidate]:
        """The candidates without those that are barred, told of listed posts, and the listed people."""
        own: dict[tuple[int, int], Candidate] = {}  # what the rules and the model make of the listed people
        out = []
        for c in found:
            at = (c.start, c.end)
            if at in self.people:
                own[at] = max(c, own.get(at, c), key=lambda candidate: candidate.gain)
            elif self.admits(*at):
                out.append(self._behind_post(c) if c.start in self.post_ends else c)
        doubtful = []
        for at, match in self.people.items():
            if (listed := self._person(match, own.get(at))) is not None:
                out.append(listed)
            else:
                doubtful.append(match)
        return [*out, *self._asked(doubtful, own)]

    def _behind_post(self, c: Candidate) -> Candidate:
        return c._replace(told=c.told + max(0, _LISTED_POST - before(self.text, c.start)))

    def admits(self, start: int, end: int) -> bool:
        """Whether a name may stand there.

        A listed person always; others not inside a listed unit or place, nor where a word stands that is never
        a name.
        """
        if (start, end) in self.people:
            return True
        return not (self.never.touch(start, end) or self.bodies.hold(start, end))

    def believes(self, start: int, end: int) -> bool:
        """Whether a name that is sure elsewhere in the report may be read here.

        A listed one not where its neighbours tell of a place (在禤逸村), and one that is a word only where they
        tell of a name.
        """
        if self.text[start:end] not in self.names:
            return self.admits(start, end)
        left, right = self._before(start), self._after(end)
        if not self._is_word(start, end):
            return left + right >= 0
        return left >= 0 < right and left + right >= _SOMETHING

    def _person(self, match: Match, own: Candidate | None) -> Candidate | None:
        """A listed person as a candidate; None for one that is a word, where the rules cannot tell."""
        start, end = match.start, match.end
        left, right = self._before(start), self._after(end)
        told, rule = max(left + right, own.told if own else left + right), match.entry.rule
        if not self._is_word(start, end):
            shape = min(_MOST, self._worth(start, end))
            return Candidate(start, end, max(shape, own.shape if own else shape), told, rule)
        if (start, match.entry) in self.titled:
            return Candidate(start, end, max(0, own.shape if own else 0), max(told, _LISTED_POST), rule)
        if self._anchored(start, end, left, right):
            return Candidate(start, end, max(0, own.shape if own else 0), told, rule)
        return None

    def _asked(self, doubtful: list[Match], own: dict[tuple[int, int], Candidate]) -> Iterator[Candidate]:
        """Of the listed names that are words those that the model likes, and those in a list, which others must help."""
        spans = [(match.start, match.end) for match in doubtful]
        for match, at, liked in zip(doubtful, spans, likeness(self.text, spans), strict=True):
            left, right = self._before(at[0]), self._after(at[1])
            rules = own.get(at)
            if liked >= _LIKED:
                yield Candidate(*at, 0, max(_SOMETHING, left + right), match.entry.rule)
            elif min(left, right) >= 0 and self._is_item(*at):
                yield Candidate(*at, 0, _DOUBTFUL, match.entry.rule)
            elif rules is not None:
                yield rules

    def _is_item(self, start: int, end: int) -> bool:
        """Whether nothing but marks and joints stands beside it."""
        before, behind = self.text[start - 1 : start], self.text[end : end + 1]
        return start > 0 and before in _LEFT and end < len(self.text) and behind in _RIGHT

    def _anchored(self, start: int, end: int, left: int, right: int) -> bool:
        """Whether a name that is a word stands where only a name can: 县长黎明, 黎明同志, ，黎明强调."""
        named = start in self.post_ends or _POST.search(self.text, max(0, start - _AROUND), start) is not None
        # Not behind a mere calling (毕业生成功入选); behind a shared word (县领导) only before something telling.
        post = named and (left >= POST or min(left, right) > 0)
        if post or (left >= POST and self.text[start - 1] in " ：:") or right >= _ADDRESS:
            return min(left, right) >= 0
        if self._beside_listed(start, end):
            return min(left, right) >= 0
        return left > 0 and _RULES["names.acts"].match(self.text, end) is not None

    def _beside_listed(self, start: int, end: int) -> bool:
        """Whether another listed person is joined to it: 黎明、禤逸."""
        left = self.person_from.get(start - 1)
        if left is not None and self.text[start - 1] in _JOINTS:
            return self._before(left) > 0  # not 世界和平与安宁
        joined = end + 1 in self.person_starts and self.text[end : end + 1] in _JOINTS
        return joined and self._before(start) > 0

    def _before(self, start: int) -> int:
        return _LISTED_POST if start in self.post_ends else before(self.text, start)

    def _after(self, end: int) -> int:
        return _ADDRESS if end in self.post_starts else after(self.text, end)

    def _is_word(self, start: int, end: int) -> bool:
        """Whether the name is an ordinary word, or is cut from ordinary words (提高文化)."""
        return self.text[start:end] in costs.words() or self._worth(start, end) <= 0

    def _worth(self, start: int, end: int) -> int:
        """What is gained by reading the name instead of words, in tenths of a nat."""
        low, high = max(0, start - _AROUND), min(len(self.text), end + _AROUND)
        run = self.text[low:high]
        return costs.read(run).cost(start - low, end - low) - _COST


def mentioned(names: Iterable[tuple[int, int]], archive: Archive | None) -> Iterator[tuple[int, int]]:
    """Mentions of names that are sure elsewhere, without those that the lexicon does not believe."""
    return (at for at in names if archive is None or archive.believes(*at))
