"""Acts: which predicate is said of whom.

A sentence is read as segments between commas. A predicate (主持, 出席, 作…报告) takes as its subject the
list of people and units before it in its segment, joined by the segments before that are nothing but
such lists; an empty place (，并讲话) takes the subject that went before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor.language.actors import DOING, Actors, Subject
from extractor.language.lists import ends_in_post, is_crowd, is_list, is_mostly_list
from extractor.language.masks import HIDDEN, masked
from extractor.language.roll import Roll
from extractor.language.types import Act, Extent, Layout, LineKind, Match, Name, Sentence
from extractor.patterns import headed
from extractor.rules import Rule, load

_RULES = load("roles")
_PREDICATES = [r for r in _RULES.rules.values() if r.label]
_HEARD = {"roles.heard": "report", "roles.heard_of": "report", "roles.heard_views": "statement"}
_TOPIC, _PRESENTER, _REMARK = (_RULES[f"roles.{x}"] for x in ("topic", "presenter", "remark"))
_PREDICATE = re.compile(
    headed(
        _RULES.words("heads"),
        "|".join(f"(?P<p{i}>{r.regex.pattern})" for i, r in enumerate(_PREDICATES)),
    ),
    re.VERBOSE,
)
_COMMISSIONED, BEHALF, _SUBSTITUTE = (_RULES[f"roles.{x}"] for x in ("commissioned", "behalf", "substitute"))
_SEGMENT = re.compile(r"[^，；：。！？\n]++")
_HEADLINE_SEGMENT = re.compile(r"[^，；：。！？\n ]++")
_HEARS = re.compile(r"(?:听取|收听|聆听)了?")
_PURPOSE, _CLOSING, _NARRATED = (_RULES[f"roles.{x}"] for x in ("purpose", "closing", "narrated"))
_KIN, _TITLED, _HELD = (_RULES[f"roles.{x}"] for x in ("kin", "titled", "held"))
_OTHERS = _RULES["roles.others"]
_SCHOLAR = _RULES["roles.scholar"]
_AGENDA, _SAID_IN = _RULES["roles.agenda"], _RULES["roles.said_in"]
_PAPER, _COMING, _NAMED_BODY = (_RULES[f"roles.{x}"] for x in ("paper", "coming", "named_body"))
_SYMPOSIUM, _PAPERS, _PUPIL, _OFFICE = (
    load("speech")[f"speech.{x}"] for x in ("symposium", "papers", "pupil", "office")
)
_QUOTED = re.compile(r"“[^“”\n]{1,80}”|《[^《》\n]{1,120}?(?P<report>报告)?》")
#: What may be heard, and how far behind 听取, in code points, it is named.
_HEARD_ROLES, _HEARING = ("report", "statement", "lecture"), 40
#: Predicates behind which the name follows at once.
_AT_ONCE = ("roles.chair.noun", "roles.lecture.speaker", "roles.present")
#: How much of the text on each side of a predicate another reading of its words may take.
_BESIDE = 10
#: How far before a predicate 将 tells that it is still to come.
_NEAR = 8
#: What one does on behalf of who gave the commission; who chairs or attends does so himself.
_SPOKEN = ("address", "report", "statement")
#: What many may do together or in turn.
_LISTED = ("attend", "report", "statement", "lecture")
#: What one does for a unit that one stands for: 代表学校致辞 · 代表学校参加; not 代表学校领奖.
_FOR_OTHERS = (*_SPOKEN, "lecture", "attend")
_LABEL_ROLE = {"chair": "chair", "present": "attend", "observers": "attend"}
#: Lines of minutes where whoever stands at the end spoke; at the end of an action he is its owner.
_MINUTES_LINES = ("topics", "decisions", "other", None)
#: An act with the people it is said of; units are read from the act's subject later.
Said = tuple[Act, tuple[Name, ...]]


def predicates(text: str, verb: Extent) -> list[Rule]:
    """The predicates that can be read in these words, the one that counts first."""
    near = max(0, verb.start - _BESIDE), min(len(text), verb.end + _BESIDE)
    return [
        rule
        for rule in _PREDICATES
        if any(m.start() < verb.end and verb.start < m.end() for m in rule.regex.finditer(text, *near))
    ]


def _without(text: str, names: Iterable[Name | Match]) -> str:
    """The text without what holds no predicate: names (王作民), quoted words, titles of books, listed units.

    A title goes on telling that it is a report's: 李甲作《三年工作报告》.
    """
    return masked(_NAMED_BODY.sub(2 * HIDDEN, _QUOTED.sub(_filled, text)), names)


def _rule_of(match: re.Match[str]) -> Rule:
    return _PREDICATES[int(str(match.lastgroup)[1:])]


def _is_same(subject: Subject, topic: Subject | None) -> bool:
    """Whether it goes on with the topic, or says 他 of it."""
    return topic is not None and (subject is topic or (subject.names == topic.names != ()))


def _filled(quoted: re.Match[str]) -> str:
    report = quoted["report"] or ""
    return HIDDEN * (len(quoted[0]) - len(report) - bool(report)) + report + HIDDEN * bool(report)


@dataclass(slots=True)
class _SoFar:
    """What has been read of a sentence."""

    sentence: Sentence
    names: Roll
    commission: re.Match[str] | None  # who gave one, until somebody spoke on his behalf
    topic: Subject | None = None  # the subject that an empty place takes, but for
    unnamed: list[tuple[int, int]] = field(default_factory=list)  # segments since, that may begin with one
    begin: int = -1  # where the list that leads up to the next predicate begins
    since: int = -1  # where what follows the last predicate begins
    role: str = ""  # what the last predicate said of the topic


class ActReader:
    """Reads one report's sentences for acts."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        names: tuple[Name, ...],
        told: Sequence[Extent] = (),
        units: Sequence[Match] = (),
    ) -> None:
        """``told``: what speakers say, in text order: others there are only talked about.

        ``units``: those that an archive's lexicon lists, where they stand.
        """
        self.text, self.layout = text, layout
        self.roll = Roll((n for n in names if not _KIN.match(text, n.end) and not self._is_stray(n)), units)
        self.actors = Actors(text, self.roll.nobody())
        self.told, self.told_starts = told, [extent.start for extent in told]
        self.learned = bool(_SYMPOSIUM.search(text) and _PAPERS.search(text))
        self.caption = False  # whether the sentence is the caption of a photograph: 李甲发言
        self.minutes = any(line.label in ("chair", "present") for line in layout.lines)
        hiding = [unit for unit in units if _PREDICATE.search(text, unit.start, unit.end)]
        self.masked = _without(text, sorted([*names, *hiding], key=lambda x: x.start) if hiding else names)

    def _is_stray(self, name: Name) -> bool:
        """Whether a line begins with the end of a bracket in which the name stands: who wrote the story, cut in two."""
        if not self.text.startswith("）", name.end):
            return False
        return "（" not in self.text[self.text.rfind("\n", 0, name.start) + 1 : name.start]

    def read(self) -> Iterator[Said]:
        """All acts with the people they are said of, without what is only talked about."""
        for sentence in self.layout.sentences:
            names = Roll(self.roll.within(sentence.start, sentence.end), self.roll.units)
            if _NARRATED.match(self.masked, sentence.start, sentence.end):
                yield from self._read(sentence, names)
                continue
            told = self._told_at(sentence.start) and self._told_at(sentence.end - 1)
            if told and not names.names and not self._tells(sentence):
                continue  # most of a report is what its speakers say: nothing to find there
            for act, people in self._read(sentence, names):
                if (
                    act.role in ("attend", "chair")
                    or act.rule == "roles.behalf"
                    or self._told_at(act.verb.start) is None
                ):
                    yield act, people

    def _tells(self, s: Sentence) -> bool:
        """Whether a sentence without a name may tell, amid an account of a speech, who was there or spoke for whom."""
        return any(rule.search(self.text, s.start, s.end) is not None for rule in (_CLOSING, BEHALF))

    def _told_at(self, at: int) -> Extent | None:
        i = bisect_right(self.told_starts, at) - 1
        return self.told[i] if i >= 0 and at < self.told[i].end else None

    def _read(self, sentence: Sentence, names: Roll) -> Iterator[Said]:
        line = self.layout.lines[sentence.line]
        self.caption = line.kind is LineKind.CAPTION
        if line.label in _LABEL_ROLE:
            yield from self._label(sentence, _LABEL_ROLE[line.label], names)
        elif line.label not in ("absent", "next", "recorder", "time", "place"):
            yield from self._sentence(sentence, names, line.kind)
        if self.minutes and line.label in _MINUTES_LINES:
            yield from self._minutes(sentence, names)
        if _RULES["roles.talks"].search(self.text, sentence.start, sentence.end):
            yield from self._talks(sentence, names)

    def _act(self, rule: Rule, subject: Subject, match: re.Match[str]) -> Said:
        role = rule.label.rstrip(">?")
        if (
            role == "report"
            and _PAPER.search(match[0]) is not None
            and (self.learned or self._is_talk(match, subject))
        ):
            role = "lecture"
        soft = rule.label.endswith("?") or self.caption
        return Act(role, subject.extent, Extent(*match.span()), rule.id, soft), tuple(
            self._present(subject.names)
        )

    def _label(self, s: Sentence, role: str, names: Roll) -> Iterator[Said]:
        start = self.layout.lines[s.line].start
        act = Act(role, Extent(s.start, s.end), Extent(start, max(start + 1, s.start)), f"roles.label.{role}")
        yield act, tuple(self._present(names.names))

    def _present(self, names: Iterable[Name]) -> Iterator[Name]:
        """Without those for whom another came: 李甲（王乙代）."""
        for name in names:
            if not _SUBSTITUTE.match(self.text, name.end):
                yield name

    def _minutes(self, s: Sentence, names: Roll) -> Iterator[Said]:
        line = self.layout.lines[s.line]
        topic = _TOPIC.match(self.text, s.start, s.end) or (
            line.label == "topics" and line.start < s.start == line.value
        )
        at_end = _PRESENTER.search(self.text, s.start, s.end)
        if at_end is not None:
            rule = "roles.topic" if topic else "roles.presenter"
            yield from self._who(at_end, "report" if topic else "statement", rule, names)
        if (remark := _REMARK.match(self.text, s.start, s.end)) is not None:
            yield from self._who(remark, "statement", "roles.remark", names)

    def _who(self, match: re.Match[str], role: str, rule: str, names: Roll) -> Iterator[Said]:
        who = Extent(*match.span("who"))
        said = tuple(names.within(who.start, who.end))
        if said:
            yield Act(role, who, Extent(*match.span()), rule), said

    def _talks(self, s: Sentence, names: Roll) -> Iterator[Said]:
        for match in _RULES["roles.talk"].finditer(self.text, s.start, s.end):
            yield from self._who(match, "lecture", "roles.talk", names)

    def _sentence(self, s: Sentence, names: Roll, kind: LineKind) -> Iterator[Said]:
        cut = _HEADLINE_SEGMENT if kind in (LineKind.HEADLINE, LineKind.SUBHEAD) else _SEGMENT
        commission = _COMMISSIONED.search(self.text, s.start, s.end)
        if commission is not None:
            names = names.without(Extent(*commission.span()))
        for rule, role in _HEARD.items():
            for match in _RULES[rule].finditer(self.masked, s.start, s.end):
                who = Extent(*match.span("heard"))
                yield Act(role, who, Extent(*match.span()), rule), tuple(names.within(who.start, who.end))
        for match in _OTHERS.finditer(self.masked, s.start, s.end):
            if self._talked(match, s.start, names):
                others = Extent(*match.span("others"))
                yield Act("attend", others, Extent(*match.span()), "roles.others"), ()
        so_far = _SoFar(s, names, commission)
        for segment in cut.finditer(self.masked, s.start, s.end):
            start, end = segment.span()
            so_far.begin = start if so_far.begin < 0 else so_far.begin
            so_far.since = start if so_far.since < 0 else so_far.since
            predicates = list(_PREDICATE.finditer(self.masked, start, end))
            roster = self._roster(predicates[0], so_far) if predicates else None
            for match in predicates:
                yield from self._predicate(match, start, end, so_far, roster)
                roster = None
            if predicates:
                so_far.begin = so_far.since = -1
            elif not self._goes_on(so_far.begin, start, end, names):
                self._lead(so_far, end)
                so_far.begin = -1
                if so_far.since == start and not names.within(start, end):  # 会上，
                    so_far.since = -1

    def _goes_on(self, begin: int, start: int, end: int, names: Roll) -> bool:
        """Whether a segment may be part of the list that leads up to a predicate, and began at ``begin``."""
        if is_list(self.text, start, end, names):
            return True
        if (
            names.within(start, end)
            or DOING.search(self.text, start, end)
            or ends_in_post(self.text, start, end)
        ):
            return False
        return is_mostly_list(self.text, start, end, self.actors.nobody) or (
            begin < start and is_crowd(self.text, start, end)
        )

    def _lead(self, so_far: _SoFar, end: int) -> None:
        """Note whom the segment up to ``end`` begins with; where it names no one, only when a predicate asks."""
        here = so_far.names.within(so_far.begin, end)
        if not here and not self.actors.is_pronoun(so_far.begin, end):
            so_far.unnamed.append((so_far.begin, end))
        elif (lead := self.actors.lead(so_far.begin, end, here)) is not None:
            so_far.topic, so_far.unnamed = lead, []

    def _topic(self, so_far: _SoFar) -> Subject | None:
        """The subject that an empty place takes."""
        while so_far.unnamed:
            if (lead := self.actors.lead(*so_far.unnamed.pop(), [])) is not None:
                so_far.topic, so_far.unnamed = lead, []
        return so_far.topic

    def _roster(self, match: re.Match[str], so_far: _SoFar) -> Subject | None:
        """The roster that leads up to a predicate of what many do, begun before the list that stands right before it."""
        if _rule_of(match).label not in _LISTED or not so_far.names.within(so_far.since, so_far.begin):
            return None
        return self.actors.roster(so_far.since, match.start(), so_far.names)

    def _predicate(
        self, match: re.Match[str], start: int, end: int, so_far: _SoFar, roster: Subject | None
    ) -> Iterator[Said]:
        """The acts that one predicate tells of, in the segment ``start:end``; of the ``roster`` if there is one."""
        rule = _rule_of(match)
        s, names, topic = so_far.sentence, so_far.names, self._topic(so_far)
        if _COMING.search(self.text, max(start, match.start() - _NEAR), match.start()) is not None:
            so_far.topic, so_far.begin = None, match.end()
            return
        if rule.id == "roles.award":
            yield from self._givers(match, (start, so_far.begin), names, topic)
        if topic is not None and self._is_agenda(rule, match, s.start, so_far):
            return
        if rule.id == "roles.invited" and _PURPOSE.search(self.text, match.end(), s.end):
            guests = names.within(match.end(), s.end)
            self.actors.person = guests[0] if guests else self.actors.person
            return
        if rule.label in _HEARD_ROLES and (hears := self._hears(match, so_far)) is not None:
            so_far.topic = self.actors.before(start, so_far.begin, hears, names, topic, False) or topic
            so_far.begin = match.end()
            return
        if rule.id == "roles.attend" and (led := self._led(match.start(), so_far)) is not None:
            yield led
        subject = self._subject(rule, match, (start, so_far.begin, end, s.end), names, topic)
        if (
            subject is None
            and topic is not None
            and "并" in self.text[max(0, match.start() - 1) : match.start() + 1]
        ):
            subject = topic  # 李甲主持座谈会并讲话
        if roster is not None and (subject is None or len(subject.names) < len(roster.names)):
            subject = roster
        so_far.begin = match.end()
        if (
            subject is topic
            and subject is not None
            and rule.id == "roles.exchanged"
            and (subject.names or so_far.role == "attend")
        ):
            return
        if subject is None or (_is_same(subject, topic) and _SAID_IN.match(f"{so_far.role}：{match[0]}")):
            return
        if subject is topic and not subject.names and _HELD.search(self.text, s.start, match.start()):
            return
        if rule.label == "address" and subject.names and self._is_genitive(subject, Extent(*match.span())):
            return
        so_far.topic, so_far.role = subject, rule.label
        self.actors.person = subject.names[-1] if subject.names else self.actors.person
        if not subject.names and rule.label == "address" and match[0].endswith("总结"):
            yield Act("report", subject.extent, Extent(*match.span()), rule.id), ()  # of its own work
        elif subject.names or rule.id != "roles.proposal":  # units make none: 监察室的建议
            yield self._act(rule, subject, match)
        if rule.label == "statement" and match[0].endswith("汇报发言"):
            yield Act("report", subject.extent, Extent(*match.span()), rule.id), subject.names
        if "总结发言" in match[0] and len(subject.names) == 1 and self._leads(subject.names[0]):
            yield (
                Act("address", Extent(match.start(), match.start()), Extent(*match.span()), rule.id),
                subject.names,
            )
        if rule.id != "roles.award":  # 代表学校领奖: the school was given it, and need not be there
            yield from self._behalf(rule.label, subject, match, start)
        if so_far.commission is not None and subject.names and rule.label in _SPOKEN:
            who = Extent(*so_far.commission.span("who"))
            yield Act(rule.label, who, Extent(*match.span()), "roles.commissioned"), ()
            so_far.commission = None

    def _leads(self, name: Name) -> bool:
        """Whether a person's title, here or elsewhere, is an office: 校长, not 教授."""
        titles = (n.title.of(self.text) for n in self.roll.names if n.name == name.name and n.title)
        return any(_OFFICE.search(title) for title in titles)

    def _hears(self, match: re.Match[str], so_far: _SoFar) -> int | None:
        """Where 听取 stands if the subject only heard it: 李甲认真听取了汇报; None if the text says from whom."""
        calls = list(_HEARS.finditer(self.text, max(so_far.begin, match.start() - _HEARING), match.start()))
        if not calls or so_far.names.within(calls[-1].end(), match.start()):
            return None
        heard = self.actors.unnamed(calls[-1].end(), match.start(), None, False)
        return calls[-1].start() if heard is None else None

    def _led(self, verb: int, so_far: _SoFar) -> Said | None:
        """The units that come with the subject of 参加: 李甲率县农科所有关同志参加."""
        last = so_far.names.within(so_far.begin, verb)
        company = self.actors.led(last[-1], verb) if last else None
        if company is None or so_far.names.within(company.start, verb):
            return None
        return (Act("attend", company, Extent(verb, verb + 1), "roles.attend"), ())

    def _talked(self, match: re.Match[str], start: int, names: Roll) -> bool:
        """Whether nothing but bodies, or their people, stands behind 与, and nothing but who talked with them before it."""
        begin, end = match.span("others")
        here = max(start, *(self.text.rfind(mark, start, match.start()) + 1 for mark in "，：；"))
        bodies = not names.within(begin, end) and is_list(self.text, begin, end, self.actors.nobody)
        return bodies and (here == match.start() or is_list(self.text, here, match.start(), names))

    def _is_agenda(self, rule: Rule, match: re.Match[str], start: int, so_far: _SoFar) -> bool:
        """Whether 部署工作 tells what the meeting was held for: 李甲主持召开会议，研究…，部署工作。"""
        if rule.id != "roles.address" or not match[0].startswith(("部署", "布置", "安排")):
            return False
        begin = so_far.begin
        before = self.text.rfind("，", start, max(start, begin - 1)) + 1
        agenda = _AGENDA.match(self.text, begin)
        if agenda is not None and agenda.end() == match.start():  # 研究部署工作
            return True
        if so_far.role == "chair" and begin == match.start() > start and self.text[begin - 1] in "，；":
            return True  # 李甲主持召开会议，决定…；部署工作
        return before > start and _AGENDA.match(self.text, before) is not None

    def _givers(
        self, match: re.Match[str], place: tuple[int, int], names: Roll, topic: Subject | None
    ) -> Iterator[Said]:
        """Those who hand out an award."""
        start, begin = place
        giver = self.actors.before(start, begin, match.start(), names, topic, False)
        if giver is not None and giver.names:
            yield Act("attend", giver.extent, Extent(*match.span()), "roles.sign", soft=True), giver.names

    def _is_genitive(self, subject: Subject, verb: Extent) -> bool:
        """Whether something of the subject's is told of: 李甲总书记的重要讲话作出部署."""
        past = self.actors.past(subject.names[-1])
        return (
            past < verb.start
            and self.text.startswith("的", past)
            and not self.text.startswith("下", verb.end)
        )

    def _is_talk(self, match: re.Match[str], subject: Subject) -> bool:
        """Whether a report is a talk: a teacher's or scholar's that has a title: 作题为“…”的报告; not 作《工作报告》."""
        if _TITLED.search(match[0]) is None or self.text.startswith("》", match.end()):
            return False
        return any(
            _SCHOLAR.search(n.title.of(self.text) if n.title else "") or _PUPIL.match(self.text, n.end)
            for n in subject.names
        )

    def _subject(
        self,
        rule: Rule,
        match: re.Match[str],
        place: tuple[int, int, int, int],
        names: Roll,
        topic: Subject | None,
    ) -> Subject | None:
        """Who the predicate is said of: before it, or for a label with ">" after it."""
        start, begin, end, last = place
        if rule.id == "roles.award" and match["given"]:
            who = Extent(*match.span("given"))
            given = tuple(names.within(who.start, who.end))
            return Subject(who, given) if given else None
        if not rule.label.endswith(">"):
            loose = rule.label.rstrip("?") in _LISTED
            subject = self.actors.before(start, begin, match.start(), names, topic, loose)
            if subject is not None and rule.id == "roles.attend":
                subject.names += self.actors.company(subject, match.start(), names)
            strayed = (
                subject is topic and rule.label == "attend" and not self.actors.is_empty(begin, match.start())
            )
            return None if strayed else subject
        stop = end
        if rule.id in ("roles.attend.list", "roles.invited"):  # as far as the sentence tells of nothing else
            further = _PREDICATE.search(self.masked, match.end(), last)
            stop = further.start() if further else last
        here = names.within(match.end(), stop)
        if rule.id in _AT_ONCE:
            run = self.actors.run(here)
            if rule.id == "roles.present" and run and run[0].start > match.end():
                return None
            return Subject(Extent(match.end(), run[-1].end), run) if run else None
        return Subject(Extent(match.end(), stop), tuple(here))

    def _behalf(self, role: str, subject: Subject, match: re.Match[str], start: int) -> Iterator[Said]:
        """The unit that the subject speaks for: 李甲代表学校致辞."""
        if not subject.names or role not in _FOR_OTHERS:
            return
        last = self.actors.past(subject.names[-1])
        behalf = BEHALF.search(self.text, max(last, start), match.end())
        if (
            behalf is None and last < start and self.text[start - 1] == "，"
        ):  # 李甲代表学校，向全体师生致以问候
            before = BEHALF.search(self.text, last, start + 1)
            behalf = before if before is not None and before.end() == start - 1 else None
        if behalf is not None:
            unit = Extent(*behalf.span("unit"))
            yield Act(role, unit, Extent(*match.span()), "roles.behalf"), ()
