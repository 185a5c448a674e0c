"""What minutes ask to be done: action items, follow-ups, divisions of work, the meeting's own suggestions.

Minutes are read line by line. A line's *section* says how much it takes for it to be a task: under 待办,
遗留问题, 分工 every item is one; under 结论, 议定事项 what is merely decided is none; elsewhere only what is
asked for is one, and never what a participant says (李甲：… · ……————李甲).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from extractor.language.directives import deadline, split, told, trim
from extractor.language.findings import Findings
from extractor.language.types import Extent, Line, LineKind, Name, Task
from extractor.rules import load

_RULES = load("minutes")
_BULLET, _NUMBER, _PREFIX, _SPEAKER, _SIGNED, _PRESENTED = (
    _RULES[f"minutes.{x}"] for x in ("bullet", "number", "prefix", "speaker", "signed", "presented")
)
_HEADING, _ACTIONS, _PAST, _QUESTION, _DECIDED = (
    _RULES[f"minutes.{x}"] for x in ("heading", "actions", "past", "question", "decided")
)
_FOLLOWUP, _ASKED, _BEGINS, _DONE, _KEPT, _OWNER, _LEADS = (
    _RULES[f"minutes.{x}"] for x in ("followup", "asked", "begins", "done", "kept", "owner", "leads")
)
_TITLE = _RULES["minutes.title"]
_ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,2}、")
#: Labels that head no account of what was dealt with.
_SILENT = frozenset(
    ("time", "place", "chair", "next", "present", "observers", "absent", "recorder", "name", "other")
)
_SKIPPED = (LineKind.HEADLINE, LineKind.META, LineKind.BYLINE, LineKind.CAPTION)
#: A line longer than this is prose: in it only follow-ups with an owner or a time count.
_PROSE = 90
#: Shorter than this is no task.
_LEAST = 5


def is_minutes(found: Findings) -> bool:
    """Whether the text has the shape or the name of minutes."""
    assert found.layout is not None
    labels = {line.label for line in found.layout.lines} & {"time", "place", "chair", "present"}
    head = found.layout.headline
    return len(labels) >= 2 or (head is not None and _TITLE.search(head.of(found.clean)) is not None)


def followups(found: Findings) -> tuple[list[Task], list[Extent]]:
    """The action items in order, and the lines that hold what participants said."""
    assert found.layout is not None and found.titles is not None
    reader = _Reader(found.clean, found.titles, [], [])
    lines = found.layout.lines
    labelled = next((i for i, line in enumerate(lines) if line.label is not None), 0)
    for line in lines[labelled:]:  # what stands before the first label is the heading of the minutes
        reader.read(line)
    return reader.tasks, reader.statements


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line without its bullet and its signature; ``start`` at its number, ``body`` behind it."""

    start: int
    body: int
    end: int
    section: str
    listed: bool  # it has a bullet
    number: str  # with its mark: 1. · （一）
    owner: Extent | None  # -- 李甲


@dataclass(slots=True)
class _Reader:
    text: str
    names: tuple[Name, ...]
    tasks: list[Task]
    statements: list[Extent]
    section: str = "other"  # actions | decisions | topics | past | other
    by: Extent | None = None
    discussing: bool = False  # a participant has the word
    numbered: str = ""  # the mark behind the number of the last item, if the next line may go on with it

    def read(self, line: Line) -> None:
        """Read one line."""
        if line.kind in _SKIPPED or line.label in _SILENT:
            self._enter("other")
            return
        section, start = self.section, line.start
        if line.label is not None and line.value > line.start:
            self._enter(line.label if line.value >= line.end else "other")
            self.by = self._convener(line)
            section, start = line.label, line.value
        elif line.label is not None:
            section = self.section if self.section in ("actions", "past") else line.label
        elif self.section in ("decisions", "topics"):
            self._enter("other")
            section = "other"
        words = self.text[start : line.end]
        if not words or words[0] == "|" or self._heads(words, line) or words[-1] == "：":
            return  # a table, a heading, or what announces the lines below
        self._line(start, line.end, section)
        if line.label is not None and start > line.start:
            self.by = None

    def _enter(self, section: str) -> None:
        self.section, self.by, self.discussing, self.numbered = section, None, False, ""

    def _convener(self, line: Line) -> Extent | None:
        """会议 in the label: 会议结论."""
        if line.label not in ("decisions", "actions"):
            return None
        at = self.text.find("会议", line.start, line.value)
        return Extent(at, at + 2) if at >= 0 else None

    def _heads(self, words: str, line: Line) -> bool:
        """Whether a line is a heading; if so, its section begins."""
        if _PAST.match(words):
            self._enter("past")
            return True
        topic = line.label is not None and line.value == line.start and words[-1] != "："
        if _ACTIONS.match(words) and (not topic or _ENUMERATED.match(words)):
            self._enter("actions")
            return True
        if not (_PRESENTED.search(words) or (_HEADING.match(words) and line.kind is LineKind.SUBHEAD)):
            return False
        if self.section == "actions" and words[0].isdecimal():
            return False  # 1. 整理记录 -- 李甲: an item with its owner
        by = self.by if line.label == "decisions" else None
        self._enter("other")
        self.by = by
        return True

    def _line(self, start: int, end: int, section: str) -> None:
        entry = self._entry(start, end, section)
        if entry is None:
            self.statements.append(Extent(start, end))
            return
        if self._goes_on(entry):
            return
        prefix = _PREFIX.match(self.text[entry.body : entry.end])
        if prefix is None and _SPEAKER.match(self.text[entry.body : entry.end]):
            self.discussing = True
            self.statements.append(Extent(start, end))
            return
        self.discussing = self.discussing and not (entry.listed or entry.number or prefix)
        if section == "past" or (self.discussing and section == "other"):
            return
        if prefix:
            body = entry.body + prefix.end()
            section = "actions" if section == "other" else section
            entry = replace(entry, start=body, body=body, section=section, number="")
        self._sentences(entry)
        self.numbered = entry.number[-1:] if section == "actions" else ""

    def _entry(self, start: int, end: int, section: str) -> _Entry | None:
        """The parts of a line; None if it is signed with the name of the one whose opinion it is."""
        bullet = _BULLET.match(self.text[start:end])
        begin = start + (bullet.end() if bullet else 0)
        signed = _SIGNED.search(self.text, begin, end)
        owner = None
        if signed is not None:
            if section not in ("actions", "decisions"):
                return None
            owner, end = self._owner(signed.start(), end), signed.start()
        number = _NUMBER.match(self.text[begin:end])
        body = begin + (number.end() if number else 0)
        mark = number[0].strip() if number else ""
        return _Entry(begin, body, end, section, bullet is not None, mark, owner)

    def _goes_on(self, entry: _Entry) -> bool:
        """Whether a line goes on with the numbered item before it; if so, that task is made longer."""
        if not self.numbered or entry.section != "actions" or entry.listed or not self.tasks:
            return False
        if entry.number and (entry.number[-1] != "）" or self.numbered == "）"):
            return False
        last = self.tasks[-1]
        end = trim(self.text, last.start, entry.end).end
        self.tasks[-1] = replace(last, end=end, actor=entry.owner or last.actor)
        return True

    def _sentences(self, entry: _Entry) -> None:
        numeral = entry.number.rstrip("、.．)")
        ordinal = Extent(entry.start, entry.start + len(numeral)) if numeral else None
        for sentence in split(self.text, entry.body, entry.end, "stop"):
            begin = self._begin(sentence, entry)
            if begin is not None:
                number = ordinal if begin == sentence.start else None
                span = trim(self.text, number.start if number else begin, sentence.end)
                actor = entry.owner or self._actor(span)
                due = deadline(self.text, span.start, span.end)
                rule = f"minutes.{entry.section}"
                self.tasks.append(Task(span.start, span.end, number, self.by, actor, due, rule))
            ordinal = None

    def _begin(self, sentence: Extent, entry: _Entry) -> int | None:
        """Where the task of a sentence begins; None if it asks for nothing."""
        words = sentence.of(self.text)
        if _QUESTION.search(words) or len(words) < _LEAST:
            return None
        if entry.section == "actions":
            return sentence.start
        prose = entry.section == "other" and entry.end - entry.body > _PROSE
        begin: int | None = None
        for clause in split(self.text, sentence.start, sentence.end, "comma semi"):
            part = clause.of(self.text)
            if _DECIDED.search(part) or _DONE.search(part):
                begin = None
            elif _FOLLOWUP.search(part) or (not prose and (_ASKED.search(part) or _BEGINS.match(part))):
                told_of = entry.section != "decisions" and _DONE.search(self.text, clause.start, sentence.end)
                return None if told_of else clause.start if begin is None else begin
            elif begin is None and (entry.listed or entry.section == "decisions" or _KEPT.match(part)):
                begin = clause.start
        return None

    def _owner(self, start: int, end: int) -> Extent | None:
        at = bisect_left(self.names, start, key=lambda n: n.start)
        if at < len(self.names) and self.names[at].end <= end:
            return Extent(self.names[at].start, self.names[at].end)
        return None

    def _actor(self, span: Extent) -> Extent | None:
        match = _OWNER.search(self.text, span.start, span.end)
        if match is not None:
            return Extent(*match.span("who"))
        number = _NUMBER.match(self.text[span.start : span.end])
        start = span.start + (number.end() if number else 0)
        match = _LEADS.match(self.text[start : span.end])
        return Extent(start, start + match.end("who")) if match else told(self.text, start, span.end)
