"""Person names: the best reading of the report as a whole.

A *finder* is a function ``(clean text, layout) -> names``. ``find_names`` is the one made of lists, rules and
the trained model (``witness``); ``Names(finder)``, or the setting ``finder`` of the factory, takes another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from spacy.language import Language
from spacy.util import registry

from extractor.language.candidates import Candidate, candidates
from extractor.language.costs import words
from extractor.language.findings import Component, Findings
from extractor.language.listed import Archive, mentioned
from extractor.language.neighbours import POST, before, context
from extractor.language.types import Extent, Known, Layout, Name
from extractor.language.witness import heard
from extractor.rules import load

_RULES = load("names")

#: Mentions that gain so much together (tenths of a nat) make a name sure: it is known in the whole report.
_SURE = 40
#: The most that its being known adds to a candidate; what a neighbour in a list adds; what a byline adds.
_KNOWN, _LISTED, _BYLINE = 60, 30, 20
#: From what its neighbours tell (tenths of a nat), a mention speaks for its name, whatever its characters say.
_TOLD = 70
#: What it adds to fill all the room between two names of a list.
_ITEM = 100
#: What is known of one mention is told to the others, and of these to theirs, at most so often.
_ROUNDS = 4
#: What joins the names of a list.
_JOINTS = ("、", " ", "和", "与", "及")

Finder = Callable[[str, Layout], tuple[Name, ...]]


class Names(Component):
    """Person names, by a finder."""

    stage = "names"
    needs = ("layout",)

    def __init__(self, finder: Finder | None = None) -> None:
        self.finder = finder or find_names

    def find(self, found: Findings) -> None:
        """Fill ``found.names``."""
        assert found.layout is not None
        if self.finder is find_names:
            found.names = find_names(found.clean, found.layout, found.known)
        else:
            found.names = self.finder(found.clean, found.layout)


def find_names(text: str, layout: Layout, known: Known | None = None) -> tuple[Name, ...]:
    """Every mention of a person's name in a clean text, in order, none overlapping.

    ``known``: what an archive's lexicon knows of the text.

    >>> from extractor.language.layout import read_layout
    >>> text = "会议由县委书记李明华主持，王芳、欧阳建国出席。"
    >>> [name.name for name in find_names(text, read_layout(text))]
    ['李明华', '王芳', '欧阳建国']
    """
    no_person = _RULES["names.no_person"]
    return tuple(
        Name(c.start, c.end, text[c.start : c.end].replace(" ", ""), c.rule, gain=c.gain, model=c.model)
        for c in settle(text, layout, known)[1]
        if not no_person.match(text, c.end)
    )


def settle(text: str, layout: Layout, known: Known | None) -> tuple[list[Candidate], list[Candidate]]:
    """All candidates as they were weighed last, and those that were chosen."""
    lines = [*layout.bylines, *([layout.dateline] if layout.dateline else [])]
    found = _in_bylines(heard(text, candidates(text)), lines)
    archive = Archive(text, known) if known and known.all else None
    if archive is not None:
        found = archive.weighed(found)
    weighed, chosen = found, choose(found)
    for _ in range(_ROUNDS):
        weighed = _told(text, found, chosen, archive)
        last, chosen = chosen, choose(weighed)
        if [c[:2] for c in last] == [c[:2] for c in chosen]:
            break
    return weighed, chosen


def choose(found: Iterable[Candidate]) -> list[Candidate]:
    """Of those that gain, the ones that weigh most together without overlapping, in order.

    >>> [c.start for c in choose(Candidate(i, i + 2, gain, 0, "") for i, gain in ((0, 9), (1, 10), (3, 3)))]
    [1, 3]
    """
    items = sorted((c for c in found if c.gain > 0), key=lambda c: (c.end, c.start, c.weight))
    ends = [c.end for c in items]
    total, back = [0], []
    for i, c in enumerate(items):
        back.append(bisect_right(ends, c.start, 0, i))
        total.append(max(total[back[i]] + c.weight, total[i]))
    out, i = [], len(items)
    while i:
        if total[i] > total[i - 1]:
            out.append(items[i - 1])
            i = back[i - 1]
        else:
            i -= 1
    return out[::-1]


def _in_bylines(found: list[Candidate], lines: list[Extent]) -> list[Candidate]:
    """Candidates, with more for those inside the lines that name reporters."""
    inside = {i for line in lines for i in range(line.start, line.end)}
    return [c._replace(told=c.told + _BYLINE) if c.start in inside else c for c in found]


def _told(
    text: str, found: list[Candidate], chosen: list[Candidate], archive: Archive | None
) -> list[Candidate]:
    """Candidates, with what the chosen names tell them: the same name elsewhere, the neighbours in a list."""
    here = {(c.start, c.end): c for c in sorted(found, key=lambda c: c.weight)}
    sure = _sure(text, found, chosen)
    places = list(mentioned(_mentions(text, sure), archive))
    longest = {start: (end, sure[text[start:end]][1]) for start, end in sorted(places)}
    for start, end in places:
        best, gain = sure[text[start:end]]
        if longest[start][0] > end and longest[start][1] >= gain:
            continue  # 米尔卡 at the head of 米尔卡恩
        c = here.get((start, end)) or Candidate(start, end, best.shape, context(text, start, end), best.rule)
        # That its characters can be a name is settled: half of what spoke against it remains.
        here[start, end] = c._replace(known=min(_KNOWN, gain) + max(0, -best.shape // 2))
    starts, ends = {c.start for c in chosen}, {c.end for c in chosen}
    for match in _RULES["names.item"].finditer(text):
        start, end = match.span()
        between = start - 1 in ends and end + 1 in starts
        if archive is not None and not archive.admits(start, end):
            continue
        if between and ((start, end) in here or _may_be_name(text, start, end)):
            c = here.get((start, end)) or Candidate(start, end, 0, 0, "names.item")
            here[start, end] = c._replace(known=max(_ITEM, c.known))
    return [c._replace(known=c.known + _listed(text, c, starts, ends)) for c in here.values()]


def _may_be_name(text: str, start: int, end: int) -> bool:
    """Whether an item between names is no word and no post: 李甲 摄影 王乙 · 李甲 学生记者 王乙."""
    return text[start:end] not in words() and before(text, end) < POST


def _sure(text: str, found: list[Candidate], chosen: list[Candidate]) -> dict[str, tuple[Candidate, int]]:
    """The names whose mentions together are sure, each with its best mention and the gain of all."""
    best: dict[str, Candidate] = {}
    gains: dict[str, int] = {}
    for c in chosen:
        name = text[c.start : c.end]
        gains[name] = gains.get(name, 0) + c.gain
        if name not in best or c.gain > best[name].gain:
            best[name] = c
    for c in found:  # the others that stand where names stand, whatever their characters say
        name = text[c.start : c.end]
        if name in best and c.gain <= 0 and c.told >= _TOLD and c.end - c.start > 2:
            gains[name] += c.told // 3
    return {name: (c, gains[name]) for name, c in best.items() if gains[name] >= _SURE}


def _mentions(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where these names stand: at each of their first characters the few lengths that they have are tried."""
    if not names:
        return
    sizes = {first: {len(n) for n in names if n[0] == first} for first in {n[0] for n in names}}
    for match in re.finditer("[" + re.escape("".join(sorted(sizes))) + "]", text):
        start = match.start()
        for size in sizes[match[0]]:
            if start + size <= len(text) and text[start : start + size] in names:
                yield start, start + size


def _listed(text: str, c: Candidate, starts: set[int], ends: set[int]) -> int:
    """What the chosen names that touch a candidate, or are joined to it, add to it."""
    left = c.start in ends or (text[c.start - 1 : c.start] in _JOINTS and c.start - 1 in ends)
    right = c.end in starts or (text[c.end : c.end + 1] in _JOINTS and c.end + 1 in starts)
    return _LISTED * (left + right)


@registry.misc("meeting_names.rules.v1")  # type: ignore[untyped-decorator]  # catalogue has no types
def rules() -> Finder:
    """The finder made of lists and rules, for the factory's configuration."""
    return find_names


@Language.factory("meeting_names", default_config={"finder": {"@misc": "meeting_names.rules.v1"}})
def make(nlp: Language, name: str, finder: Finder) -> Names:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_names")``; ``finder``: another registered function."""
    return Names(finder)
