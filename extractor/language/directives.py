"""Directives in running text: which sentence lays one, where it begins, who is told, by when.

Pure functions over a stretch of the clean text; ``extractor.language.tasks`` knows whose words they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.language.types import Extent
from extractor.rules import load

_RULES = load("tasks")
_MODAL, _SUBORDINATE, _STATEMENT, _SETTING = (
    _RULES[f"tasks.{x}"] for x in ("modal", "subordinate", "statement", "setting")
)
_BARE, _PREPOSED, _IS, _NARRATIVE = (_RULES[f"tasks.{x}"] for x in ("bare", "preposed", "is", "narrative"))
_PLEDGE, _REPORTED, _COURTESY, _AGAIN, _PAIRED = (
    _RULES[f"tasks.{x}"] for x in ("pledge", "reported", "courtesy", "again", "paired")
)
_BODY = re.compile(f"(?=({_RULES['tasks.body'].pattern}))")  # looked ahead, since one may end within another
_NOBODY, _OPENING, _PREPOSITION, _FOLLOWS, _VERB = (
    _RULES[f"tasks.{x}"] for x in ("nobody", "opening", "preposition", "follows", "verb")
)
_DEADLINE = _RULES["tasks.deadline"]
#: Marks outside quotation marks and brackets; what these hold is stepped over as one.
_MARK = re.compile(r"[“《（][^”》）\n]{0,160}[”》）]|(?P<stop>[。！？\n])|(?P<semi>；)|(?P<comma>[，：])")
#: A modal verb this far into its clause no longer governs it: the longest subject in the gold reports has 41.
_SUBJECT = 60
#: Shorter than this is no directive: 同时， before another attribution.
_LEAST = 4
#: So much shows how a clause opens, and within so many clauses a bare directive shows that it is none.
_CLAUSE, _TELLING = 60, 3
#: Longest watchword, in code points, that may stand before a directive behind a semicolon: 部署得当，要….
_WATCHWORD = 6
#: Who is told opens a directive of its own even without a modal verb: 各部门通过….
_EACH = _RULES["tasks.each"]
_TRIM = " \n，。；：！？、"


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive of running text."""

    start: int
    end: int
    actor: Extent | None
    rule: str


def split(text: str, start: int, end: int, marks: str) -> Iterator[Extent]:
    """The parts between marks of these kinds (``stop``, ``semi``, ``comma``), marks left out.

    >>> text = "要抓好落实，学习“一，二”；严格管理。"
    >>> [x.of(text) for x in split(text, 0, len(text), "stop semi")]
    ['要抓好落实，学习“一，二”', '严格管理']
    """
    at = start
    for match in _MARK.finditer(text, start, end):
        if match.lastgroup is None or match.lastgroup not in marks:
            continue
        if match.start() > at:
            yield Extent(at, match.start())
        at = match.end()
    if end > at:
        yield Extent(at, end)


def trim(text: str, start: int, end: int) -> Extent:
    """Without marks and blanks at both ends, and without quotation marks around it or without a partner."""
    while start < end and text[start] in _TRIM + "—":
        start += 1
    while start < end and text[end - 1] in _TRIM:
        end -= 1
    if start < end and text[start] == "“" and text.find("”", start, end) in (-1, end - 1):
        start, end = start + 1, end - (text[end - 1] == "”")
    elif start < end and text[end - 1] == "”" and "“" not in text[start:end]:
        end -= 1
    while start < end and text[end - 1] in _TRIM:
        end -= 1
    return Extent(start, end)


def directives(text: str, start: int, end: int, form: str) -> Iterator[Directive]:
    """The directives in ``text[start:end]``, the words of one speaker.

    ``form`` says what the speaker's verb makes of them: after ``hope`` (希望, 要求) the first sentence is a
    directive whatever its shape, after ``order`` (强调, 部署) if it opens with a verb, after ``say`` only
    with a modal verb of its own.

    >>> text = "班主任是引路人，要主动思考。加强沟通；家长要配合。学校将加大投入。"
    >>> [text[d.start:d.end] for d in directives(text, 0, len(text), "say")]
    ['要主动思考', '加强沟通', '家长要配合']
    """
    bare, hoped = form == "order", form == "hope"
    for sentence in split(text, start, end, "stop"):
        current: Directive | None = None
        for part in split(text, sentence.start, sentence.end, "semi"):
            part = trim(text, part.start, part.end)
            if part.end - part.start < _LEAST:
                continue
            if current is not None and pledges(text, part.start):
                yield current
                current = None
                continue
            again = _AGAIN.match(text[part.start : part.start + 2 * _LEAST])
            if current is not None and not again and not _own(text, part):
                current = replace(current, end=_cut(text, part.start, part.end))
                continue
            if current is not None:
                yield current
            if again or hoped:
                current = _hoped(text, Extent(part.start + (again.end() if again else 0), part.end))
            else:
                current = read(text, part.start, part.end, bare or current is not None) or _each(text, part)
            hoped = False
        if current is not None:
            yield current
        announced = hoped and sentence.end > start and text[sentence.end - 1] == "："  # 要求各部门：
        hoped = False
        bare = announced or current is not None or (bare and not _tells(text, sentence))


def read(text: str, start: int, end: int, bare: bool) -> Directive | None:
    """The directive of one sentence, or of one part before a semicolon; None if it lays none.

    ``bare``: one that opens with its verb counts, too.
    """
    clauses = list(split(text, start, end, "comma"))
    for i, clause in enumerate(clauses):
        modal = _modal(text, clause)
        if modal is not None:
            begin = _begin(text, clauses[: i + 1])
            found = trim(text, begin, _cut(text, clause.start, end))
            actor = _actor(text, clauses[: i + 1], begin, modal)
            return Directive(found.start, found.end, actor, "tasks.modal")
    if bare and clauses and _is_bare(text, clauses):
        found = trim(text, start, end)
        return Directive(found.start, found.end, None, "tasks.bare")
    return None


def _each(text: str, part: Extent) -> Directive | None:
    """What follows a semicolon and tells another body without a modal verb: 各部门通过问题改进服务."""
    if _EACH.match(text, part.start, part.end) is None or text[part.start - 1] != "；":
        return None
    actor = told(text, part.start, part.end)
    return Directive(part.start, _cut(text, part.start, part.end), actor, "tasks.each")


def pledges(text: str, start: int) -> bool:
    """Whether the speaker promises or wishes something in the clause at ``start``, or the reporter goes on."""
    clause = text[start : start + _CLAUSE]
    return _PLEDGE.match(clause) is not None or _REPORTED.match(clause) is not None


def _tells(text: str, sentence: Extent) -> bool:
    """Whether a sentence that lays no directive states or tells something, so that directives end with it."""
    return any(rule.search(text, sentence.start, sentence.end) for rule in (_NARRATIVE, _STATEMENT))


def _is_bare(text: str, clauses: Sequence[Extent]) -> bool:
    """Whether it opens with the verb of a directive: 按照部署，抓好落实 and not 抓好落实，是根本要求."""
    last = 0  # the clause that holds the verb, after those that only set the scene
    while last + 1 < len(clauses) and _PREPOSED.match(text[clauses[last].start : clauses[last].end]):
        last += 1
    telling = clauses[min(last + _TELLING, len(clauses)) - 1].end
    if _NARRATIVE.search(text, clauses[0].start, telling):
        return False
    if _STATEMENT.search(text, clauses[0].start, clauses[last].end):
        return False
    if any(_IS.match(text, c.start) for c in clauses[1:]):
        return False
    return all(_BARE.match(text[c.start : c.start + _CLAUSE]) for c in (clauses[0], clauses[last]))


def _hoped(text: str, part: Extent) -> Directive | None:
    """What follows 希望, as a whole."""
    if _COURTESY.search(part.of(text)):
        return None
    clause = next(split(text, part.start, part.end, "comma"), part)
    modal = _modal(text, clause)
    end = _cut(text, part.start, part.end)
    actor = told(text, part.start, clause.end if modal is None else modal, governed=modal is not None)
    if modal is None and (end - part.start < _LEAST or (actor and actor.end == end)):
        return None  # 勉励广大党员，
    return Directive(part.start, end, actor, "tasks.hoped")


def _modal(text: str, clause: Extent) -> int | None:
    """Where the modal verb stands that governs this clause."""
    match = _MODAL.search(text, clause.start, min(clause.end, clause.start + _SUBJECT))
    if match is None or _SUBORDINATE.search(text, clause.start, match.start()):
        return None
    if text.rfind("“", clause.start + 1, match.start()) > text.rfind("”", clause.start, match.start()):
        return None  # 落实关于“要高度重视”的指示
    return match.start()


def _own(text: str, part: Extent) -> bool:
    """Whether what follows a semicolon lays a directive of its own."""
    if _PAIRED.match(text[part.start : part.start + _LEAST]):
        return False
    clauses = split(text, part.start, part.end, "comma")
    first, second = next(clauses, part), next(clauses, None)
    if _modal(text, first) is not None or _EACH.match(text, first.start, first.end):
        return True
    if second is None or _modal(text, second) is None:
        return False
    judged = first.end - first.start <= _WATCHWORD and _modal(text, second) == second.start
    return judged or _SETTING.match(first.of(text)) is not None


def _begin(text: str, clauses: Sequence[Extent]) -> int:
    """Where the directive begins: after the last clause before its verb that states how things are."""
    begin = clauses[0].start
    for before, after in pairwise(clauses):
        if not _belongs(text, before):
            begin = after.start
    return begin


def _belongs(text: str, clause: Extent) -> bool:
    """Whether a clause before the verb belongs to the directive: a setting, its subject, a verb phrase."""
    words = clause.of(text)
    if _STATEMENT.search(words):
        return False
    if _SETTING.match(words) or _BARE.match(words):
        return True
    return told(text, clause.start, clause.end) is not None


def _cut(text: str, start: int, end: int) -> int:
    """Where it ends: before a clause in which the speaker promises something himself."""
    first = True
    for clause in split(text, start, end, "comma"):
        if not first and pledges(text, clause.start):
            return trim(text, start, clause.start).end
        first = False
    return trim(text, start, end).end


def _actor(text: str, clauses: Sequence[Extent], begin: int, modal: int) -> Extent | None:
    """Who is told: the subject before the modal verb, or in a clause before it."""
    subject = told(text, clauses[-1].start, modal, governed=True)
    earlier = (told(text, c.start, c.end) for c in reversed(clauses[:-1]) if c.start >= begin)
    return subject or next((actor for actor in earlier if actor is not None), None)


def told(text: str, start: int, end: int, governed: bool = False) -> Extent | None:
    """The body or the people that a clause opens with, after a setting; None if it opens with something else.

    ``governed``: a modal verb follows at ``end``, so that what ends there is its subject.

    >>> told("今后各级各部门和广大党员干部要抓好落实", 0, 14, governed=True)
    Extent(start=2, end=14)
    """
    part = text[start : min(end, start + _SUBJECT)]
    opening = _OPENING.match(part)
    clause = next(split(part, opening.end() if opening else 0, len(part), "stop semi comma"), Extent(0, 0))
    part, start = clause.of(part), start + clause.start
    ends = sorted({m.end(1) for m in _BODY.finditer(part)})
    if not ends or _PREPOSITION.match(part):
        return None
    verb = _VERB.match(part)
    bare = verb is not None and verb.end() > 1
    if ends[-1] == len(part) and start + len(part) == end and (governed or not bare):
        stop = ends[-1]
    else:
        stop = 0 if bare else next((e for e in ends if _FOLLOWS.match(part, e)), 0)
    return None if not stop or _NOBODY.match(part[:stop]) else Extent(start, start + stop)


def deadline(text: str, start: int, end: int) -> Extent | None:
    """By when, as printed."""
    match = _DEADLINE.search(text, start, end)
    return Extent(*match.span()) if match else None
