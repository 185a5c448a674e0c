"""Who is the subject of a verb of saying: a name, 会议, 他, a group, a document, or no one of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from extractor.language.standing import Standing, head
from extractor.language.types import Extent, Name
from extractor.rules import load

_RULES = load("speech")
_ADVERBS, _ASIDE, _MATTER, _NOUN = (_RULES[f"speech.{x}"] for x in ("adverbs", "aside", "matter", "noun"))
_MEETING, _HELD, _PRONOUN = (_RULES[f"speech.{x}"] for x in ("meeting", "held", "pronoun"))
_GROUP, _GROUPED, _CHIEF, _PAPER = (_RULES[f"speech.{x}"] for x in ("group", "grouped", "chief", "paper"))
_CHIEFLY, _ELSEWHERE = _RULES["speech.chiefly"], _RULES["speech.elsewhere"]
_NOMINAL, _CITED, _HONORED, _EMBEDDED = (
    _RULES[f"speech.{x}"] for x in ("nominal", "cited", "honored", "embedded")
)
_ATTENDS, _CONJOINED, _BEGUN = (_RULES[f"speech.{x}"] for x in ("attends", "conjoined", "begun"))
_SOFT, _RESOLVES, _NOUNS = (_RULES.words(x) for x in ("soft", "resolves", "nouns"))
#: Before a verb that is no common noun, what makes one of it all the same: 老师的鼓励.
_OBJECT = re.compile(r"[的与和、]\Z")
_BREAK = re.compile(r"[，；：。！？\n]")
_LIST = re.compile(r"(?:同志|等)?(?:、|和|与|及|以及)")
#: How far to the left of a name what governs it is looked for.
_BEFORE = 24
#: How much may stand before a name that opens a sentence: 检查中，李甲…
_OPENING = 14
#: Code points of an honour behind a name: 总书记.
_TITLE = 3
#: How far back in its sentence the subject of an empty verb is looked for, and how long one clause may be.
_REACH, _CLAUSE = 600, 160


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks. ``implicit``: the verb has no subject of its own; ``conjoined``: 同时希望, 并要求."""

    kind: str
    by: Extent | None = None
    speaker: Name | None = None
    others: tuple[Name, ...] = ()
    implicit: bool = False
    conjoined: bool = False


class Subjects:
    """Finds subjects in one text, sentence after sentence (``enter``, then ``source``, then ``leave``)."""

    def __init__(self, text: str, names: tuple[Name, ...]) -> None:
        self.text, self.names = text, names
        self.starts = [n.start for n in names]
        self.full = {n.name: n for n in reversed(names) if n.rule != "titles.alias"}  # first full mentions
        self.standing = Standing(text, names)
        self.last: Source | None = None  # who has the word
        self.focus: Name | None = None  # whom 他 means
        self.told = 0  # where the reporter last spoke of them
        self.meeting: Source | None = None  # if the sentence before was about what 会议 did
        self.begin = self.end = self.line = self.verb = 0
        self.barren = 0  # no subject stands in the sentence before this

    def enter(self, start: int, end: int, line: int, speaking: bool) -> None:
        """Begin a sentence of the paragraph at ``line``; ``speaking``: the last speaker may go on in it."""
        self.begin, self.end, self.line, self.barren = start, end, line, start
        if not speaking:
            self.last = None

    def leave(self, said: int, speaking: bool) -> None:
        """End it. Before ``said`` the reporter spoke: whom he named first is whom 他 means."""
        told = [n for n in self.between(self.begin, self.end) if n.end <= said]
        self.standing.tell(told, said)
        if speaking:
            return
        self.last = self.meeting = None
        opening = _HELD.match(self.text[self.begin : self.begin + _BEFORE])
        first = next((n for n in told if not self._cited(n)), None)
        if opening and opening["by"]:
            self.meeting = _meeting(opening, "by", self.begin)
        elif first:
            self.focus, self.told = self.full.get(first.name, first), first.start

    def between(self, start: int, end: int) -> tuple[Name, ...]:
        """Names within."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return tuple(n for n in self.names[low:high] if n.end <= end)

    def opens_with_name(self, start: int, end: int) -> bool:
        """Whether a name, with its title, opens the sentence; one who is only cited does not."""
        first = next(iter(self.between(start, end)), None)
        if first is None or _HONORED.match(self.text, first.end):
            return False
        before = self.text[start : head(first)]
        return len(before) < _OPENING and (before[-1:] in ("", "，") or _ADVERBS.match(before) is not None)

    def source(self, clause: int, verb: int, form: str, word: str, before: Source | None) -> Source | None:
        """Who is the subject of the verb at ``verb``, in the clause that begins at ``clause``.

        ``before`` is who spoke last in the same sentence. None if the verb opens no speech.
        """
        self.verb, part = verb, self.text[clause:verb]
        names = self.between(clause, verb)
        if form == "direct" and not (names and names[-1].end == verb) and self._is_noun(part, word):
            return None
        if not names and _BEGUN.search(part):
            return None
        found = self._named(names, verb, form, word) if names else self._unnamed(part, clause, form, word)
        if found is not None:
            return None if word in _RESOLVES and found.kind != "meeting" else self._keep(found)
        empty = _ADVERBS.match(part) or _ASIDE.match(part) or (form == "request" and _MATTER.search(part))
        return None if names or not empty else self._implied(part, clause, form, word, before)

    def _is_noun(self, part: str, word: str) -> bool:
        """Whether what stands before a word of asking makes a noun of it: 工作要求 · 老师的鼓励."""
        return (_NOUN if word[:2] in _NOUNS else _OBJECT).search(part) is not None

    def _implied(self, part: str, clause: int, form: str, word: str, before: Source | None) -> Source | None:
        """The subject of a verb that has none in its clause."""
        known = before or self.last
        if before is not None and form != "request" and self._cites(before, clause):
            return Source("quote")
        if known is not None:
            if known.speaker is not None and known.kind != "quote":
                known = replace(known, kind=self._kind(known.speaker, form, word))
            return replace(known, implicit=True, conjoined=_CONJOINED.search(part) is not None)
        found = self._left(clause, form, word)
        if found is None and clause == self.begin:
            found = self.meeting
            if found is None and self.focus is not None and self.told >= self.line:
                found = self._person(self.focus, (), form, word)
        return self._keep(replace(found, implicit=True)) if found else None

    def _cites(self, before: Source, clause: int) -> bool:
        """Whether who speaks has turned to what another did: 李甲说，去年，王乙总书记视察全县，强调…"""
        own = before.speaker.end if before.speaker is not None else self.begin
        others = [n for n in self.between(max(own, self.begin), clause) if _HONORED.match(self.text, n.end)]
        return any(
            self.text[head(n) - 1] in "，。；" and not self.text.startswith("的", n.end + _TITLE)
            for n in others
        )

    def _keep(self, source: Source) -> Source:
        if source.kind != "quote":
            self.last = source
            self.focus, self.told = source.speaker or self.focus, self.begin
        return source

    def _named(self, names: tuple[Name, ...], verb: int, form: str, word: str) -> Source | None:
        subjects = [n for n in names if not self._cited(n)]
        if not subjects:
            return None
        name = subjects[-1]
        if name is not subjects[0] and _EMBEDDED.search(self.text, subjects[0].end, name.start):
            name = subjects[0]
        end = name.title.end if name.title and name.title.start >= name.end else name.end
        tail = self.text[end:verb]
        if _NOMINAL.search(tail) or _HONORED.match(self.text, name.end):
            return Source("quote", None, name)
        before = (n for n in subjects if n.start < name.start)
        others = tuple(n for n in before if _LIST.search(self.text, n.end, name.start))
        self.standing.note(name, tail)
        found = self._person(name, others, form, word)
        if others and self._as_one(found, verb, word):
            found = replace(found, kind="statement")
        return replace(found, by=None) if others or tail.startswith("等") else found

    def _as_one(self, found: Source, verb: int, word: str) -> bool:
        """Whether several make one statement: 李甲、王乙表示，书院难能可贵; not where they direct: 表示，要抓好落实."""
        assert found.speaker is not None
        known = found.kind != "address" or found.speaker.name in self.standing.told
        return not known and word in _SOFT and _BEGUN.match(self.text, verb + len(word) + 1) is None

    def _person(self, name: Name, others: tuple[Name, ...], form: str, word: str) -> Source:
        kind = self._kind(name, form, word)
        if name.rule == "titles.alias":
            name = self.full.get(name.name, name)
        return Source(kind, Extent(name.start, name.end), name, others)

    def _kind(self, name: Name, form: str, word: str) -> str:
        return self.standing.kind(name, form, word, self.verb, (self.begin, self.end))

    def _unnamed(self, part: str, at: int, form: str, word: str) -> Source | None:
        if _ELSEWHERE.match(part) is not None:
            return None
        match = _MEETING.match(part)
        if match is not None:
            return _meeting(match, "by", at)
        if _PRONOUN.search(part):
            return self._him(at, form, word)
        if word not in _SOFT and _CHIEF.match(part):
            return Source("address")
        if _GROUP.search(part):
            return Source("statement")
        return Source("quote") if form != "request" and _PAPER.search(part) else None

    def _him(self, clause: int, form: str, word: str) -> Source | None:
        """Whom 他 means: the subject of the clauses before, else of the sentences before."""
        if self.last is None:
            found = self._left(clause, form, word)
            if found is not None and found.speaker is not None:
                return found
        return self._person(self.focus, (), form, word) if self.focus is not None else None

    def _left(self, clause: int, form: str, word: str) -> Source | None:
        """The subject in the clauses before, the nearest first; a clause that only attends comes last."""
        attends: Source | None = None
        pronoun, right, limit = False, clause, max(self.barren, clause - _REACH)
        while right > limit:
            low = max(limit, right - _CLAUSE)
            left = max([m.end() for m in _BREAK.finditer(self.text, low, right - 1)] + [low])
            part = self.text[left:right].rstrip("，；：")
            names = [n for n in self.between(left, right) if not self._cited(n)]
            if names:
                found, tail = self._subject(names, left, right, form, word)
                if not _ATTENDS.search(tail):
                    return found
                attends = attends or found
            elif _PRONOUN.match(part):
                pronoun = True
            elif not pronoun and (unnamed := _collective(part, left)) is not None:
                return attends or unnamed
            right = left
        if attends is None and pronoun and self.focus is not None:
            return self._person(self.focus, (), form, word)
        if attends is None:
            self.barren = clause
        return attends

    def _subject(self, names: list[Name], left: int, right: int, form: str, word: str) -> tuple[Source, str]:
        """The first name of a clause as its subject, with what the clause says of it."""
        name, tail = names[0], self.text[names[-1].end : right]
        listed = _LIST.match(self.text, name.end) and name.title and name.title.start <= left
        self.standing.note(name, tail)
        found = self._person(name, tuple(names[1:]) if listed else (), form, word)
        return (replace(found, by=None) if found.others or tail.startswith("等") else found), tail

    def _cited(self, name: Name) -> bool:
        """Whether something is done with this person's words (学习李甲…讲话), so that he is no subject."""
        begin = head(name)
        return _CITED.search(self.text[max(self.begin, begin - _BEFORE) : begin]) is not None


def _collective(part: str, at: int) -> Source | None:
    """会议, a group or a leader without a name as the subject of an earlier clause."""
    match = _HELD.search(part)
    if match is not None:
        return _meeting(match, "by" if match["by"] else "held", at)
    if _GROUPED.match(part):
        return Source("statement")
    return Source("address") if _CHIEFLY.match(part) else None


def _meeting(match: re.Match[str], group: str, at: int) -> Source:
    """会议 as the speaker, as printed; 会上 names no one."""
    start, end = match.span(group)
    return Source("meeting", Extent(at + start, at + end) if start >= 0 else None)
