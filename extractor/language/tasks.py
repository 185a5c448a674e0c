"""What the meeting asks to be done.

Directives in the words of those who speak to the meeting (``directives``, ``enumerations``), and in minutes
the action items (``followups``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language

from extractor.language.directives import deadline, directives, pledges, read, split, told, trim
from extractor.language.enumerations import Item, chains, dashed
from extractor.language.findings import Component, Findings
from extractor.language.followups import followups, is_minutes
from extractor.language.types import Extent, Speech, Task
from extractor.rules import load

_RULES = load("tasks")
_ANNOUNCES, _RECOUNTS, _DEMANDS = (_RULES[f"tasks.{x}"] for x in ("announces", "recounts", "demands"))
_HOPE, _ORDER, _ASKS = (_RULES.words(x) for x in ("hope", "order", "asks"))
#: Roles of those who speak with authority.
_LAYS = {"address", "chair"}
#: How far before the first item its announcement is looked for, and how much of it says what the items are.
_LEAD, _ANNOUNCED, _NEAR = 400, 30, 12


class Tasks(Component):
    """What the meeting asks to be done."""

    stage = "tasks"
    needs = ("layout", "titles", "speech", "people")

    def find(self, found: Findings) -> None:
        """Fill ``found.tasks``."""
        assert found.layout is not None and found.speech is not None
        found.tasks = tuple(find_tasks(found))


def find_tasks(found: Findings) -> list[Task]:
    """The tasks in order."""
    assert found.speech is not None
    own = {p.name for p in found.people or () if not _LAYS & set(p.roles)}
    stated = {p.name for p in found.people or () if p.roles == ("statement",)}
    said = [s for s in found.speech if s.kind in ("address", "meeting") and not _is_own(s, own, stated)]
    quotes = sorted(s.content for s in found.speech if s.kind == "quote")
    tasks = [task for run in _runs(said) for task in _Run(found.clean, run, quotes).tasks()]
    if is_minutes(found):
        items, statements = followups(found)
        tasks = [t for t in tasks if t.by is not None and not _among(Extent(t.start, t.end), statements)]
        spans = sorted(Extent(t.start, t.end) for t in tasks)
        tasks += [t for t in items if not _among(Extent(t.start, t.end), spans)]
    return sorted(tasks, key=lambda t: t.start)


def _is_own(speech: Speech, own: Collection[str], stated: Collection[str]) -> bool:
    """Whether what is said is a lecture's or a statement's, which lays no tasks unless it asks: 希望大家…, 强调要…

    ``own``: those without authority; ``stated``: those of them who did nothing but make a statement; what these call
    for (呼吁, 倡议) lays none: in the annotations 2 of 12.
    """
    if speech.speaker is None or speech.speaker.name not in own:
        return False
    if speech.rule == "speech.direct":
        return not any(word in speech.verb for word in _ASKS) and speech.speaker.name in stated
    return speech.rule == "speech.say" and speech.verb != "强调"


def _runs(speeches: Iterable[Speech]) -> Iterator[list[Speech]]:
    """Speeches of one speaker that go on without a new subject: 提出三点要求：… 希望各位老师…"""
    run: list[Speech] = []
    for speech in speeches:
        goes_on = run and speech.implied and speech.by == run[-1].by
        if run and not (goes_on and speech.start - run[-1].content.end <= 2):
            yield run
            run = []
        run.append(speech)
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class _Run:
    """What one speaker says in a row."""

    text: str
    speeches: list[Speech]
    quotes: list[Extent]

    def tasks(self) -> Iterator[Task]:
        """Items first; running text is what they leave."""
        start, end = self.speeches[0].content.start, self.speeches[-1].content.end
        taken: list[Extent] = []
        for item in dashed(self.text, start, end):
            if read(self.text, item.start, item.end, True) is not None:
                taken.append(Extent(item.start, item.end))
                yield self._task(item.start, item.end, None, None, "tasks.dashed")
        paragraphs = list(taken)
        for chain in chains(self.text, start, end):
            if _among(Extent(chain[0].start, chain[-1].end), paragraphs) or not self._directs(chain, start):
                continue
            lead = self._lead(chain[0].start, start)
            taken.append(Extent(lead.start, chain[-1].end))
            yield from self._chain(chain, lead)
        yield from self._running(sorted(taken))

    def _chain(self, chain: Sequence[Item], lead: Extent) -> Iterator[Task]:
        yield from self._before(lead)
        shared = self._announced(lead)
        for item in chain:
            if not pledges(self.text, item.body):
                actor = self._told(item) or shared
                yield self._task(item.start, item.end, item.ordinal, actor, "tasks.ordinal")

    def _running(self, taken: list[Extent]) -> Iterator[Task]:
        for speech in self.speeches:
            form = _form(self.text, speech)
            for piece in _without(speech.content, taken, self.quotes):
                here = form if piece.start == speech.content.start else "say"
                for d in directives(self.text, piece.start, piece.end, here):
                    yield self._task(d.start, d.end, None, d.actor, d.rule)

    def _directs(self, chain: Sequence[Item], start: int) -> bool:
        """Whether the items are directives: announced as such (提出三点要求：), or shaped like them."""
        opener = self._speech_at(chain[0].start)
        between = self.text[opener.content.start : chain[0].start]
        if not between.strip("\n —") and _form(self.text, opener) != "say":
            return True
        lead = self._lead(chain[0].start, start)
        if lead.start == lead.end:  # a sentence of its own stands before
            before = list(split(self.text, max(start, lead.start - _LEAD), lead.start, "stop"))
            lead = before[-1] if before else lead
            if read(self.text, lead.start, lead.end, False) is not None:
                return True
        words = self.text[lead.start : chain[0].start]
        if _DEMANDS.search(words[-_ANNOUNCED:]):
            return True
        if _RECOUNTS.search(words[-_ANNOUNCED:]) and not _ANNOUNCES.search(words[-_NEAR:]):
            return False
        return sum(self._shaped(item) for item in chain) * 2 >= len(chain)

    def _shaped(self, item: Item) -> bool:
        body = trim(self.text, item.body, item.end).start
        return any(read(self.text, begin, item.end, True) is not None for begin in (item.start, body))

    def _lead(self, at: int, start: int) -> Extent:
        """The words that announce the items: the rest of the sentence before the first."""
        parts = list(split(self.text, max(start, at - _LEAD), at, "stop"))
        closed = not parts or self.text[at - 1] in "。！？\n"
        return Extent(at if closed else parts[-1].start, at)

    def _before(self, lead: Extent) -> Iterator[Task]:
        """A directive in the same sentence before the clause that announces the items with a modal verb."""
        clauses = list(split(self.text, lead.start, lead.end, "comma semi"))
        if len(clauses) > 1 and read(self.text, clauses[-1].start, clauses[-1].end, False) is not None:
            d = read(self.text, lead.start, clauses[-2].end, True)
            if d is not None:
                yield self._task(d.start, d.end, None, d.actor, d.rule)

    def _announced(self, lead: Extent) -> Extent | None:
        """Who is told by the words that announce the items: 各部门要做到：… · 要求各部门…：…"""
        begin, found = max(self._speech_at(lead.end).content.start, lead.start), None
        for clause in split(self.text, begin, lead.end, "comma semi"):
            d = read(self.text, clause.start, clause.end, False)
            found = (d.actor if d else told(self.text, clause.start, clause.end)) or found
        return found

    def _told(self, item: Item) -> Extent | None:
        """The subject of the first sentence of an item."""
        start = trim(self.text, item.body, item.end).start
        first = next(split(self.text, start, item.end, "stop"), Extent(start, item.end))
        d = read(self.text, first.start, first.end, False)
        return d.actor if d else told(self.text, first.start, first.end)

    def _speech_at(self, at: int) -> Speech:
        """The speech that these words belong to."""
        return self.speeches[max(0, bisect_right(self.speeches, at, key=lambda s: s.content.start) - 1)]

    def _task(self, start: int, end: int, ordinal: Extent | None, actor: Extent | None, rule: str) -> Task:
        by = self._speech_at(start).by
        return Task(start, end, ordinal, by, actor, deadline(self.text, start, end), rule)


def _among(extent: Extent, others: Sequence[Extent]) -> bool:
    """Whether it overlaps one of ``others``, which are in order and apart."""
    at = bisect_right(others, extent.start, key=lambda o: o.start)
    return any(o.start < extent.end and extent.start < o.end for o in others[max(0, at - 1) : at + 1])


def _without(extent: Extent, *taken: Sequence[Extent]) -> Iterator[Extent]:
    """What is left of ``extent`` without the parts taken (each series in order)."""
    inside: list[Extent] = []
    for series in taken:
        at = max(0, bisect_right(series, extent.start, key=lambda o: o.start) - 1)
        while at < len(series) and series[at].start < extent.end:
            inside.append(series[at])
            at += 1
    start = extent.start
    for other in sorted(inside):
        if other.start > start:
            yield Extent(start, other.start)
        start = max(start, other.end)
    if start < extent.end:
        yield Extent(start, extent.end)


def _form(text: str, speech: Speech) -> str:
    """How the speaker's verb governs what follows; see ``directives``."""
    request = speech.rule == "speech.request"
    if any(w in speech.verb for w in _HOPE) and not (request and text[speech.end - 1] != "："):
        return "hope"
    return "order" if request or any(w in speech.verb for w in _ORDER) else "say"


@Language.factory("meeting_tasks")
def make(nlp: Language, name: str) -> Tasks:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_tasks")``."""
    return Tasks()
