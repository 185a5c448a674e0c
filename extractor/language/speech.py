"""Attributions: who says what follows, and as far as where.

A report is read sentence by sentence. A verb of saying or of requiring opens a speech if it has a subject
in its own clause (李甲指出), in the sentence so far (李甲主持会议并讲话，强调) or in what went before
(他强调 · 希望全体教师). A speech goes on until another opens or the reporter speaks again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.language import Language

from extractor.language.findings import Component, Findings
from extractor.language.subjects import Source, Subjects
from extractor.language.types import Extent, Layout, LineKind, Name, Sentence, Speech
from extractor.patterns import headed
from extractor.rules import load

_RULES = load("speech")
_TOKEN = re.compile(
    headed(_RULES.words("heads"), rf"(?P<mark>[，；：。！？“”《》])|{_RULES['speech.verb'].pattern}"),
    re.VERBOSE,
)
_FORMS = ("request", "told", "direct", "say")
_NARRATION, _RESUME, _BEGUN = (_RULES[f"speech.{x}"] for x in ("narration", "resume", "begun"))
_FIRST, _LATER, _COUNTED = (_RULES[f"speech.{x}"] for x in ("first", "later", "counted"))
_OPENERS, _PROPOSALS = _RULES.words("openers"), tuple(_RULES.words("proposals"))
#: Lines that hold no account of what was said.
_SILENT = (LineKind.HEADLINE, LineKind.SUBHEAD, LineKind.META, LineKind.CAPTION, LineKind.BYLINE)
#: How far back from a verb its clause is read: the longest in the gold reports has 90 code points.
_REACH = 120
#: Marks that close a paragraph; after another it was only broken, or announces what follows.
_CLOSED = "。！？”）…"
#: An item this far behind a speech that was broken off still belongs to its series.
_GAP = 400
#: How much of a sentence shows whether it goes on with what was said, and how much may stand before 他还要求.
_OPENING, _ASIDE = 80, 60


class Speeches(Component):
    """Attributions: who says what follows."""

    stage = "speech"
    needs = ("layout", "titles")

    def find(self, found: Findings) -> None:
        """Fill ``found.speech``."""
        assert found.layout is not None and found.titles is not None
        found.speech = tuple(find_speeches(found.clean, found.layout, found.titles))


def find_speeches(text: str, layout: Layout, names: tuple[Name, ...]) -> list[Speech]:
    """The speeches in the order of their attributions.

    >>> from extractor.language.layout import read_layout
    >>> text = "本报讯 5月3日，县教育局开会。局长李甲指出，成绩来之不易。他强调，要抓好落实。会议由王乙主持。"
    >>> names = tuple(Name(text.index(n), text.index(n) + 2, n, "-") for n in ("李甲", "王乙"))
    >>> [(s.by.of(text), s.verb, s.content.of(text)) for s in find_speeches(text, read_layout(text), names)]
    [('李甲', '指出', '成绩来之不易。'), ('李甲', '强调', '要抓好落实。')]
    """
    reader = _Reader(text, layout, Subjects(text, names))
    for sentence in layout.sentences:
        if layout.lines[sentence.line].kind not in _SILENT:
            reader.read(sentence)
    return sorted(reader.speeches(), key=lambda s: (s.start, s.content.start))


@dataclass(frozen=True, slots=True)
class _Head:
    """An attribution: from ``start`` to ``end``, where what is said begins."""

    start: int
    end: int
    verb: str
    form: str  # request | told | direct | say
    source: Source


class _Reader:
    """Reads sentences in order; ``open`` is the speech that is going on."""

    def __init__(self, text: str, layout: Layout, subjects: Subjects) -> None:
        self.text, self.layout, self.subjects = text, layout, subjects
        self.done: list[Speech] = []
        self.open: Speech | None = None
        self.line = -1  # of the last sentence of the open speech
        self.scanned = (-1, -1, False)  # where _begun looked last: from, to, found

    def speeches(self) -> Iterator[Speech]:
        """All that was read, but for what opens nothing: 提出了宝贵建议。 · 会议作出部署。"""
        self._close()
        for speech in self.done:
            empty = speech.content.start >= speech.content.end
            if not (empty and (speech.kind == "meeting" or speech.verb.endswith(_PROPOSALS))):
                yield speech

    def read(self, sentence: Sentence) -> None:
        """Read one sentence."""
        goes_on = self._goes_on(sentence)
        if not goes_on:
            self._close()
            goes_on = self._reopens(sentence)
        line = self.layout.lines[sentence.line]
        self.subjects.enter(sentence.start, sentence.end, line.start, goes_on)
        quoted = False
        for head in self._heads(sentence):
            if head.source.kind == "quote":  # within what another says, and no longer than its sentence
                quoted = True
                self.done.append(_speech(head, sentence.end))
            elif not (quoted and head.source.implicit):
                self._extend(self._before(head, sentence))
                self._close()
                self.open, self.line, goes_on = _speech(head, sentence.end), sentence.line, True
        told = sentence.end
        if goes_on and self.open is not None:
            self._extend(sentence.end)
            self.line = sentence.line
            told = max(sentence.start, self.open.end)
        self.subjects.leave(told, goes_on)

    def _extend(self, end: int) -> None:
        if self.open is not None:
            start = self.open.content.start
            self.open = replace(self.open, content=Extent(start, max(start, end)))

    def _close(self) -> None:
        if self.open is not None:
            self.done.append(self.open)
        self.open = None

    def _before(self, head: _Head, sentence: Sentence) -> int:
        """Where the open speech ends: 同时，他还要求 belongs to the new one whole."""
        aside = not head.source.implicit and head.start - sentence.start <= _ASIDE
        if aside and not _BEGUN.search(self.text, sentence.start, head.start):
            return sentence.start
        return head.start

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether the open speech goes on into this sentence, if nothing in it opens another."""
        if self.open is None or self.subjects.opens_with_name(sentence.start, sentence.end):
            return False
        opening = self.text[sentence.start : min(sentence.end, sentence.start + _OPENING)]
        if sentence.line != self.line:
            last = self.text[self.open.content.end - 1]
            return last not in _CLOSED or _RESUME.match(opening) is not None
        return not _NARRATION.match(opening)

    def _reopens(self, sentence: Sentence) -> bool:
        """Whether 二是… takes up the series of a speech that was broken off; if so, it is open again."""
        last = self.done[-1] if self.done else None
        if last is None or not _LATER.match(self.text[sentence.start : sentence.start + 8]):
            return False
        if sentence.start - last.content.end > _GAP or last.kind not in ("address", "meeting"):
            return False
        if _FIRST.search(self.text, last.content.start, last.content.end) is None:
            return False
        self.open = self.done.pop()
        return True

    def _heads(self, sentence: Sentence) -> Iterator[_Head]:
        """The attributions of a sentence; those inside quotation marks and titles are left out."""
        clause, depth, before = sentence.start, 0, None
        for match in _TOKEN.finditer(self.text, sentence.start, sentence.end):
            mark = match["mark"]
            if mark and mark in "“”《》":
                depth = depth + 1 if mark in "“《" else max(0, depth - 1)
                continue
            head = None if mark or depth else self._head(match, clause, sentence, before)
            if head is not None:
                before = head
                yield head
            if not depth and (mark or match[0][-1] in "，："):
                clause = match.end()

    def _head(self, match: re.Match[str], clause: int, s: Sentence, before: _Head | None) -> _Head | None:
        form = next(f for f in _FORMS if match[f] is not None)
        word, end = match[form].rstrip("，："), match.end()
        if form == "request":  # the mark behind 提出三点要求 stands outside the match
            end += 1
        low = max(clause, match.start() - _REACH)
        source = self.subjects.source(low, match.start(), form, word, before.source if before else None)
        if source is None:
            return None
        if before is not None and not source.implicit:
            source = self._within(before, source, form, adjacent=clause == before.end)
            if source is None:
                return None
        if source.kind == "quote" and form != "say" and self._begun(before, s, low):
            return None
        head = _Head(low, end, word, form, source)
        return head if not source.implicit or self._may_open(head, clause, s, before) else None

    def _within(self, before: _Head, source: Source, form: str, adjacent: bool) -> Source | None:
        """Another subject in the same sentence: 李甲指出，王乙强调… quotes; 李甲说，王乙提了要求 tells."""
        if source.kind == "quote":
            return source
        other = source.speaker != before.source.speaker
        if before.form == "say" and adjacent and other:
            return replace(source, kind="quote", by=None)
        if before.source.speaker is not None and (
            (form == "request" and other) or (form == "direct" and source.kind == "meeting")
        ):
            return None
        return source

    def _may_open(self, head: _Head, clause: int, s: Sentence, before: _Head | None) -> bool:
        """Whether a verb without a subject of its own opens a speech, and is not part of what is said.

        要加强指导，希望全体教师… goes on with the directive; 李甲作总结讲话，希望全体教师… opens.
        """
        word = head.verb
        if head.form == "request" and self.text[head.end - 1] == "，" and not _COUNTED.search(word):
            return False
        if head.source.conjoined or (before is None and (self.open is None or self.line != s.line)):
            return True
        if clause == s.start:
            return head.form != "direct" or word[:2] in _OPENERS
        return word[:2] in _OPENERS and not self._begun(before, s, clause)

    def _begun(self, before: _Head | None, s: Sentence, at: int) -> bool:
        """Whether a directive is under way in this sentence."""
        said = before.end if before else s.start if self.open is not None and self.line == s.line else at
        start, end, found = self.scanned
        if start != said or end > at:
            end, found = said, False
        found = found or _BEGUN.search(self.text, end, at) is not None
        self.scanned = (said, max(said, at), found)
        return found


def _speech(head: _Head, end: int) -> Speech:
    return Speech(
        start=head.start,
        end=head.end,
        by=head.source.by,
        speaker=head.source.speaker,
        verb=head.verb,
        content=Extent(head.end, max(head.end, end)),
        rule=f"speech.{head.form}",
        kind=head.source.kind,
        others=head.source.others,
        implied=head.source.implicit,
    )


@Language.factory("meeting_speech")
def make(nlp: Language, name: str) -> Speeches:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_speech")``."""
    return Speeches()
