"""Date expressions, what each is for, and which of them is the date of the meeting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from enum import IntEnum

from spacy.language import Language

from extractor.language.date_expressions import read_expressions
from extractor.language.findings import Component, Findings
from extractor.language.types import DateMention, Layout, Line, LineKind, Sentence
from extractor.rules import load

_RULES = load("dates")
_HELD, _CONVENED, _MINUTES = (_RULES[f"dates.{x}"] for x in ("held", "convened", "minutes"))
#: What stands before or after a date, as (side, kind, rule), in the order in which they are tried.
_CONTEXT = [
    (side, kind, rule.regex)
    for rule in _RULES.rules.values()
    for side, colon, kind in [rule.label.partition(":")]
    if colon
]

#: Reach of the rules in code points: back to what stands before a date, back to an open 《 or “, and on to a
#: word of meeting in the same sentence.
_BACK, _OPEN, _ON = 24, 60, 400

#: What may date the meeting: at best, for want of better, and only where nothing else does.
_EXACT = ("day", "relative")
_LOOSE = ("vague", "month", "lunar")
_WEAK = ("headline", "caption", "occasion", "since", "clause", "quoted", "lately")

#: Sentences, from the first of the body, in which a report says when it happened. Of the days chosen farther
#: back in the raw reports three of four are more than a month before the publication: history.
_OPENING, _OPENING_LOOSE = 8, 4

#: A day in one of the next sentences beats 近日 (5 of 5 in the raw reports).
_BETTER_LATER = 2


class _Rank(IntEnum):
    """What speaks for a mention as the date of the meeting, best first."""

    LABELLED = 0  # 时间：3月24日
    HELD = 1  # a sentence of the opening that tells of a meeting; 近日 counts as two sentences later
    OPENING = 2  # another day in the opening
    PRINTED = 3  # in a headline or a caption, or alone over minutes
    LATER = 4  # a sentence farther back that tells of a meeting
    WEAK = 5  # a day of something else in the opening
    VAGUE = 6  # 近日 in the opening, and no meeting in its sentence


class Dates(Component):
    """Date expressions, and which of them is the date of the meeting."""

    stage = "dates"
    needs = ("layout",)

    def find(self, found: Findings) -> None:
        """Fill ``found.dates``."""
        assert found.layout is not None
        found.dates = find_dates(found.clean, found.layout)

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """The expressions, labelled with what they are for."""
        return ((d.start, d.end, d.kind, d.rule) for d in found.dates or ())


def find_dates(text: str, layout: Layout) -> tuple[DateMention, ...]:
    """All date expressions of a clean text, at most one of them of kind ``meeting``."""
    reader = _Reader(text, layout)
    expressions = list(read_expressions(text))
    limits = (following.start for following in expressions[1:])
    mentions = [reader.judge(m, next(limits, len(text))) for m in expressions]
    chosen = reader.choose(mentions)
    return tuple(replace(m, kind="meeting") if i == chosen else m for i, m in enumerate(mentions))


def ranks(text: str, layout: Layout, mentions: Iterable[DateMention]) -> list[str | None]:
    """How well each mention would date the meeting: ``opening``, ``later`` and so on; None: not at all."""
    reader = _Reader(text, layout)
    found = (reader._rank(mention) for mention in mentions)
    return [place[0].name.lower() if place else None for place in found]


class _Reader:
    """What the layout says about the place of a mention, and what follows from it."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text, self.layout = text, layout
        self.line_starts = [x.start for x in layout.lines]
        self.sentence_starts = [x.start for x in layout.sentences]
        body = (LineKind.BODY, LineKind.LABEL)
        lines = layout.lines
        told = [i for i, x in enumerate(layout.sentences) if lines[x.line].kind in body]
        self.first, self.last = (told[0], told[-1]) if told else (0, -1)
        labels = {x.label for x in lines if x.kind is LineKind.LABEL} - {"other", None}
        head = layout.headline.of(text) if layout.headline else ""
        self.minutes = len(labels) > 1 or _MINUTES.search(head) is not None

    def judge(self, mention: DateMention, limit: int) -> DateMention:
        """The mention with what it is for; a deadline with the word that makes it one, up to ``limit``."""
        if mention.kind not in (*_EXACT, *_LOOSE):
            return mention
        place = self._place(mention)
        if place in ("dateline", "published", "planned", "document", "other"):
            return replace(mention, kind=place)
        for side, kind, rule in _CONTEXT:
            if side == "before":
                match = rule.search(self.text, max(0, mention.start - _BACK), mention.start)
                if match and _suits(mention, kind):
                    return replace(mention, kind=kind)
            elif match := rule.match(self.text, mention.end):
                end = min(match.end(), limit) if kind == "deadline" else mention.end
                return replace(mention, kind=kind, end=end)
        return replace(mention, kind=place) if place else mention

    def _place(self, mention: DateMention) -> str | None:
        """The kind that the place alone tells."""
        dateline, line = self.layout.dateline, self._line(mention.start)
        if dateline and dateline.start <= mention.start < dateline.end:
            return "dateline"
        if line is None:
            return None
        if mention.rule == "dates.compact" and mention.start > line.start and mention.end < line.end:
            return "other"  # 20180324 within a sentence numbers something
        if line.kind is LineKind.LABEL:
            return self._label(mention, line)
        alone = mention.start - line.start < 2 and line.end - mention.end < 2 and mention.begin[0]
        if alone or line.kind in (LineKind.META, LineKind.BYLINE):
            return "published" if self._at_edge(mention.start) else "other"
        if line.kind in (LineKind.HEADLINE, LineKind.SUBHEAD):
            broken = mention.begin[2] and self.text[mention.end : mention.end + 1] == "，"
            broken = broken and line.kind is LineKind.SUBHEAD
            return None if broken else "headline"
        if line.kind is LineKind.CAPTION:
            return "caption"
        before = self.text[max(line.start, mention.start - _OPEN) : mention.start]
        if before.count("《") > before.count("》"):
            return "document"
        return "quoted" if before.count("“") > before.count("”") else None

    def _at_edge(self, at: int) -> bool:
        """Before or after all that is told, where a page prints when it was published; not in a chronicle."""
        nth = bisect_right(self.sentence_starts, at) - 1
        return nth <= self.first or nth >= self.last

    def _label(self, mention: DateMention, line: Line) -> str | None:
        """时间：2018-07-01 alone stands over a news story; beside other labels it is that of the meeting."""
        if line.label == "next":
            return "planned"
        if line.label == "recorder":
            return "published"
        if line.label == "time" and mention.begin[0] and not self.minutes:
            label = self.text[line.start : line.value]
            return None if "会" in label or "召开" in label else "published"
        return None

    def choose(self, mentions: list[DateMention]) -> int | None:
        """Index of the mention that dates the meeting."""
        ranks = [(rank, i) for i, m in enumerate(mentions) if (rank := self._rank(m)) is not None]
        return min(ranks)[1] if ranks else None

    def _rank(self, mention: DateMention) -> tuple[_Rank, int] | None:
        """How well a mention dates the meeting, the least best, and its place among equals; None: not."""
        kind, line, sentence, nth = mention.kind, self._line(mention.start), *self._sentence(mention.start)
        if line is None:
            return None
        if kind in _EXACT and line.label == "time":
            return _Rank.LABELLED, 0
        held = sentence and _HELD.search(self.text, mention.end, min(sentence.end, mention.end + _ON))
        if kind in _EXACT and nth < _OPENING:
            return (_Rank.HELD, 2 * nth) if held and not _starts_from(mention) else (_Rank.OPENING, nth)
        if kind in _LOOSE and nth < _OPENING_LOOSE:
            if kind == "month" and not _CONVENED.match(self.text, mention.end):
                return None
            return (_Rank.HELD, 2 * (nth + _BETTER_LATER) + 1) if held else (_Rank.VAGUE, nth)
        if kind in ("headline", "caption") and mention.begin[2] and nth < _OPENING:
            return _Rank.PRINTED, _WEAK.index(kind)
        if kind == "published" and self.minutes and nth <= 0:
            return _Rank.PRINTED, len(_WEAK)
        if kind in _EXACT and held:
            return _Rank.LATER, nth
        if kind in _WEAK[2:] and mention.rule != "dates.month" and nth < _OPENING:
            return _Rank.WEAK, _WEAK.index(kind)
        return None

    def _line(self, at: int) -> Line | None:
        i = bisect_right(self.line_starts, at) - 1
        return self.layout.lines[i] if i >= 0 else None

    def _sentence(self, at: int) -> tuple[Sentence | None, int]:
        """The sentence at an offset, and its place counted from the first of the body."""
        i = bisect_right(self.sentence_starts, at) - 1
        inside = i >= 0 and at < self.layout.sentences[i].end
        return self.layout.sentences[i] if inside else None, i - self.first


def _suits(mention: DateMention, kind: str) -> bool:
    """自3月24日至25日 is a range, not a beginning; 参加12月的会议 names no day."""
    return not (kind == "since" and mention.finish) and not (kind == "day" and mention.begin[2] is None)


def _starts_from(mention: DateMention) -> bool:
    """今年3月24日 tells what the story starts from; the meeting itself is dated 3月24日."""
    return mention.shift is not None and mention.shift.unit == "year"


@Language.factory("meeting_dates")
def make(nlp: Language, name: str) -> Dates:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_dates")``."""
    return Dates()
