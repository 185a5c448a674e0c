"""Documents that the meeting handled: reviewed, approved, conveyed, issued, signed.

A sentence is read from left to right: a verb (审议, 宣读) opens an action, the titles that follow belong to
it until another verb; a title before its verb (对《…》进行了解读) waits for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.language import Language

from extractor.language.findings import Component, Findings
from extractor.language.types import Document, Extent, LineKind, Name, Sentence
from extractor.patterns import headed
from extractor.rules import Rule, load

_RULES = load("documents")
_VERBS = [r for r in _RULES.rules.values() if r.label in ("approve", "sign", "issue", "review", "convey")]
_TOKEN = re.compile(
    headed(
        _RULES.words("heads"),
        rf"(?P<t>{_RULES['documents.title'].pattern})|(?P<s>{_RULES['documents.stop'].pattern})|(?P<reset>；)|"
        + "|".join(f"(?P<v{i}>{r.regex.pattern})" for i, r in enumerate(_VERBS)),
    ),
    re.VERBOSE,
)
_AFTER, _BEFORE = (_RULES[f"documents.{x}"] for x in ("none.after", "none.before"))
_AFTERWARDS, _PASSED, _NOT_DONE = (_RULES[f"documents.{x}"] for x in ("afterwards", "passed", "not_done"))
_BY, _NAMELESS, _TOPIC = (_RULES[f"documents.{x}"] for x in ("by", "nameless", "topic"))
_ABOUT, _LATER = _RULES["documents.about"], _RULES["documents.later"]
_NAMED_THEN, _HEADING = _RULES["documents.named_then"], _RULES["documents.heading"]
_TALKED_OVER = _RULES["documents.talked_over"]
_JOINT, _BY_VOTE = _RULES["documents.joint"], _RULES["documents.by_vote"]
_NEXT_TOPIC, _AGENDA = _RULES["documents.next_topic"], _RULES["documents.agenda"]
_DRAFT, _AGREED = _RULES["documents.draft"], _RULES["documents.agreed"]
_DONE = _RULES.words("done")
_PLAIN = {r.label: r.regex for r in _RULES.rules.values() if r.id.startswith("documents.plain.")}
#: How far from its verb a title may stand, in code points.
_REACH = 60
#: How many lines below a topic tell what was decided on it.
_BELOW = 12
#: Shortest title without 《》, and shortest name of a law (学位法).
_SHORTEST, _LAW = 4, 3
#: Which of two actions on one title is kept: the stronger, or the first of equals.
_RANK = {"approve": 2, "sign": 1, "issue": 1, "review": 1, "convey": 0}


class Documents(Component):
    """Documents that the meeting handled."""

    stage = "documents"
    needs = ("layout", "names", "speech", "tasks")

    def find(self, found: Findings) -> None:
        """Fill ``found.documents``."""
        found.documents = tuple(_merged(found.clean, read_documents(found)))

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """The titles, labelled with what was done with them."""
        return ((d.title.start, d.title.end, d.action, d.rule) for d in found.documents or ())


@dataclass(slots=True)
class _Open:
    """What has been read of a sentence: the last verb, and titles that wait for one."""

    verb: Extent | None = None
    rule: Rule | None = None
    waiting: list[Extent] = field(default_factory=list)
    done: int = -1  # end of what has been read as a title without 《》
    given: int = 0  # titles that the verb has taken
    later: bool = False  # the sentence tells what is still to come


def _near(gap: str, state: _Open) -> bool:
    """Whether a title belongs to the verb before it: behind a comma only if others stand between."""
    return len(gap) <= _REACH and ("，" not in gap or state.given > 0 or gap.endswith(("，以及", "，和")))


class _Reader:
    """Reads one report's sentences."""

    def __init__(self, found: Findings) -> None:
        assert found.layout is not None and found.names is not None
        self.text, self.layout = found.clean, found.layout
        self.names: Sequence[Name] = found.names
        self.starts = [n.start for n in self.names]
        said = [s.content for s in found.speech or () if s.kind != "statement"]
        self.said = sorted(said + [Extent(t.start, t.end) for t in found.tasks or ()])
        self.said_starts = [s.start for s in self.said]
        self.minutes = any(x.label in ("present", "chair", "topics") for x in self.layout.lines)

    def read(self) -> Iterator[Document]:
        """The documents in the order of their verbs; one title may come more than once."""
        before, agenda = _Open(), -1  # the paragraph that tells what another meeting is to handle
        for sentence in self.layout.sentences:
            line = self.layout.lines[sentence.line]
            if _AGENDA.search(self.text, sentence.start, sentence.end):
                agenda = sentence.line
            if line.kind is LineKind.CAPTION or sentence.line == agenda or self._is_said(sentence.start + 2):
                before = _Open()
                continue
            if self.minutes and (match := _TOPIC.match(self.text[line.start : line.end])) is not None:
                title = Extent(*(line.start + i for i in match.span("title")))
                yield Document(title, self._decided(sentence.line), title, "documents.topic")
            state = _Open(before.verb, before.rule) if self._goes_on(sentence) else _Open()
            yield from self._sentence(sentence, state)
            before = state

    def _decided(self, topic: int) -> str:
        """What was done with the topic that a line of minutes names: approved where the lines below agree."""
        for line in self.layout.lines[topic + 1 : topic + 1 + _BELOW]:
            text = self.text[line.start : line.end]
            if _NEXT_TOPIC.match(text) is not None:
                break
            if _AGREED.search(text) is not None:
                return "approve"
        return "review"

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether the sentence only adds titles to the one before: 县纪委《…》，县委《…》。"""
        first = _TOKEN.search(self.text, sentence.start, sentence.end)
        if first is None or not first["t"] or first.start() == sentence.start:
            return False
        return "，" not in self.text[sentence.start : first.start()] and self.text.startswith(
            ("，", "、", "。", "和"), first.end()
        )

    def _is_said(self, at: int) -> bool:
        """Whether this is what someone said, or asked for."""
        i = bisect_left(self.said_starts, at) - 1
        return any(s.start <= at < s.end for s in self.said[max(0, i - 2) : i + 1])

    def _sentence(self, sentence: Sentence, state: _Open) -> Iterator[Document]:
        last = sentence.start
        for match in _TOKEN.finditer(self.text, sentence.start, sentence.end):
            if match.start() < state.done or self._is_said(match.start()):
                continue
            if match["t"]:
                yield from self._title(match, last, sentence, state)
            elif match["reset"] or match["s"]:
                state.verb = state.rule = None
                state.waiting = []
            else:
                rule = next(r for i, r in enumerate(_VERBS) if match[f"v{i}"])
                yield from self._verb(match, rule, sentence, state)
            last = max(match.end(), state.done)
        for match in _NAMED_THEN.finditer(self.text, sentence.start, sentence.end):
            title, action = Extent(*match.span("title")), "review" if match["review"] else "convey"
            if not _NAMELESS.search(title.of(self.text)) and not self._is_said(match.start()):
                yield Document(title, action, Extent(*match.span(action)), "documents.named_then")

    def _title(self, match: re.Match[str], last: int, sentence: Sentence, state: _Open) -> Iterator[Document]:
        title = Extent(*match.span("title"))
        gap = self.text[last : match.start()]
        after = self.text[match.end() : min(sentence.end, match.end() + 24)]
        if _PASSED.match(after):
            yield Document(title, "approve", Extent(match.end(), match.end()), "documents.passed")
        elif self.minutes and _TALKED_OVER.match(after):
            yield Document(title, self._decided(sentence.line), title, "documents.talked_over")
        elif _AFTER.match(after) or _BEFORE.search(gap):
            return
        elif state.rule is not None and state.verb is not None and _near(gap, state):
            state.given += 1
            yield Document(title, state.rule.label, state.verb, state.rule.id)
            yield from self._list_goes_on(match.end(), sentence, state.rule, state.verb)
        elif state.waiting or _AFTERWARDS.search(gap):
            state.waiting.append(title)

    def _list_goes_on(self, end: int, sentence: Sentence, rule: Rule, verb: Extent) -> Iterator[Document]:
        """Titles without 《》 behind one with: 听取了《…》、…情况汇报，李甲所作的审计工作报告."""
        joint = _JOINT.match(self.text, end, sentence.end)
        if joint is None:
            return
        if joint[0] == "，" and _BY.match(self.text[joint.end() : joint.end() + _REACH]) is None:
            return
        if _TOKEN.match(self.text, joint.end(), sentence.end) is None:
            for title in self._plain(joint.end(), sentence.end, rule):
                yield Document(title, rule.label, verb, rule.id)

    def _verb(self, match: re.Match[str], rule: Rule, sentence: Sentence, state: _Open) -> Iterator[Document]:
        verb, end = Extent(*match.span()), match.end()
        if self.text.startswith("的", end):
            return
        if state.waiting:
            for title in state.waiting:
                draft = rule.label == "convey" and _DRAFT.search(title.of(self.text)) is not None
                yield Document(title, "review" if draft else rule.label, verb, rule.id)
            state.waiting = []
            return
        before = (max(sentence.start, verb.start - 24), verb.start)
        state.later = state.later or _LATER.search(self.text, *before) is not None
        if state.later or _NOT_DONE.search(self.text, *before):
            return
        state.verb, state.rule, state.given = verb, rule, 0
        if self._takes_plain(verb, rule, sentence):
            for title in self._plain(end + self.text.startswith("了", end), sentence.end, rule):
                yield Document(title, rule.label, verb, rule.id)
                state.done, state.given = title.end, state.given + 1

    def _takes_plain(self, verb: Extent, rule: Rule, sentence: Sentence) -> bool:
        """Whether the verb may take a title without 《》 here."""
        word = verb.of(self.text)
        if not self.text.startswith("了", verb.end):
            vote = _BY_VOTE.search(self.text, max(sentence.start, verb.start - 4), verb.start)
            if word in _DONE or (word == "通过" and vote is None):
                return False
        if self.layout.lines[sentence.line].kind not in (LineKind.HEADLINE, LineKind.SUBHEAD):
            return True
        if rule.label in ("sign", "approve"):
            return True
        return _HEADING.search(self.text, sentence.start, verb.start) is not None

    def _plain(self, start: int, end: int, rule: Rule) -> Iterator[Extent]:
        """Titles without 《》 right behind their verb: 审议了…报告、…方案."""
        pattern = _PLAIN[rule.id]
        while match := _ABOUT.match(self.text, start, end) or pattern.match(self.text, start, end):
            begin = start if rule.label == "convey" else self._begin(start, match.end())
            part = self.text[begin : match.end()]
            if (
                len(part) < (_LAW if part.endswith("法") else _SHORTEST)
                or _NAMELESS.search(part)
                or part.count("“") != part.count("”")
            ):
                return
            if "，" in part and "关于" not in part.split("，")[0]:
                return
            yield Extent(begin, match.end())
            joint = _JOINT.match(self.text, match.end())
            if joint is None:
                return
            start = joint.end()
            follows = _TOKEN.match(self.text, start, end)
            if follows is not None and not follows["t"]:
                return

    def _begin(self, start: int, end: int) -> int:
        """Where the title begins behind those who gave it."""
        if (by := _BY.match(self.text[start:end])) is not None:
            start += by.end()
        about = self.text.find("关于", start, end)
        i = bisect_left(self.starts, start)
        while i < len(self.names) and self.names[i].end <= (about if about >= 0 else end - 1):
            start = self.names[i].end
            i += 1
        while self.text[start] in "的作做 ":
            start += 1
        return start


def read_documents(found: Findings) -> list[Document]:
    """All that is said of documents, in the order of the verbs; one title may come more than once."""
    return list(_Reader(found).read())


def _merged(text: str, documents: Iterable[Document]) -> list[Document]:
    """One entry a title, with the strongest action."""
    out: dict[str, Document] = {}
    for document in documents:
        key = document.title.of(text)
        known = out.get(key)
        if known is None or _RANK[document.action] > _RANK[known.action]:
            out[key] = document
    return sorted(out.values(), key=lambda d: d.title.start)


@Language.factory("meeting_documents")
def make(nlp: Language, name: str) -> Documents:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_documents")``."""
    return Documents()
