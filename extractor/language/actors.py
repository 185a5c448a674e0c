"""Actors: who a predicate is said of: the list of people and units before it, 他, or whoever the sentence began with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.language.lists import ends_in_people, is_list, is_mostly_list, people_of_roster, read_list
from extractor.language.roll import Roll
from extractor.language.types import Extent, Name
from extractor.rules import load

_RULES = load("roles")
_POST_AFTER = load("titles")["titles.after"]
_MARKER, _ADVERB, _PRONOUN, _TOLD = (_RULES[f"roles.{x}"] for x in ("marker", "adverb", "pronoun", "told"))
_COMPANY, _TOWARDS, _TURN, _NOBODY, _PAST = (
    _RULES[f"roles.{x}"] for x in ("company", "towards", "turn", "nobody", "past")
)
DOING = _RULES["roles.doing"]
_ONE = load("titles")["titles.one"]
_CALLS = re.compile(
    r"(?<!自)由|邀请[到了]{0,2}|特邀(?!专家|嘉宾|代表|教授|研究员|报告|评)|吸引[到了]{0,2}|听取了?|请"
)
_AND = re.compile(r"、|和|与|及|以及|，|；|[ ]|（")
#: Verbs of one character that a place follows.
_GOING = "赴往"
#: Longest subject without names, in code points, that is looked for before a preposition.
_LONGEST_SUBJECT = 160


@dataclass(slots=True)
class Subject:
    """Who a predicate is said of."""

    extent: Extent
    names: tuple[Name, ...]


class Actors:
    """Finds the subjects of one report's predicates."""

    def __init__(self, text: str, nobody: Roll) -> None:
        """``nobody``: a roll without names, for lists of units alone."""
        self.text, self.nobody = text, nobody
        self.person: Name | None = None  # the last person who was a subject, for 他 and 她

    def company(self, subject: Subject, verb: int, names: Roll) -> tuple[Name, ...]:
        """Who comes with the subject of 出席, 参加."""
        if not subject.names:
            return ()
        past = self.past(subject.names[-1])
        if not _COMPANY.match(self.text, past, verb):
            return ()
        return tuple(names.within(past, verb))

    def led(self, leader: Name, verb: int) -> Extent | None:
        """Where the units stand whose people come with the subject: 李甲率｜县农科所有关同志｜参加."""
        company = _COMPANY.match(self.text, self.past(leader), verb)
        if company is None or self.text[leader.end : company.end()] == "和":
            return None
        entries = read_list(self.text, company.end(), verb, self.nobody)
        several = all(e.unit and e.people and not _ONE.search(e.people.of(self.text)) for e in entries)
        return Extent(company.end(), verb) if several else None

    def is_pronoun(self, start: int, end: int) -> bool:
        """Whether 他 or 她 opens the segment, and someone has been spoken of."""
        return self.person is not None and _PRONOUN.match(self.text, start, end) is not None

    def lead(self, start: int, end: int, here: list[Name]) -> Subject | None:
        """The subject with which a segment without a predicate begins: 李甲围绕…，"""
        if _PRONOUN.match(self.text, start, end) and self.person is not None:
            return Subject(Extent(start, start), (self.person,))
        run = self.run(here)
        if run:
            if self._told(start, run[0]) or self.text.startswith("的", self.past(run[-1])):
                return None
            self.person = run[-1]
            return Subject(Extent(start, run[-1].end), run)
        stop = self._cut(start, end) if _MARKER.match(self.text, start, end) is None else end
        return Subject(Extent(start, stop), ()) if stop < end else None

    def before(
        self, start: int, begin: int, verb: int, names: Roll, topic: Subject | None, loose: bool
    ) -> Subject | None:
        """The subject of a predicate at ``verb``: what stands in ``begin:verb``, else the topic.

        ``start`` is where the segment begins; ``loose`` lets a list hold entries that nothing is known of.
        """
        here = names.within(begin, verb)
        calls = [m.end() for m in _CALLS.finditer(self.text, begin, verb)]
        if calls and any(n.start >= calls[-1] for n in here):
            begin = calls[-1]
            here = [n for n in here if n.start >= begin]
        elif calls and self.text[calls[-1] - 1] in "由取了到请":
            # 由教务处汇报; 李甲听取了教务处的汇报; 听取汇报 has its own subject
            heard = self.unnamed(calls[-1], verb, None, loose)
            if heard is not None or not here:
                return heard
        run = self.run(here)
        if run:
            if self._told(begin if calls else start, run[0]):
                return None
            end = self._end(run[-1], verb)
            if (
                end == verb and here[-1].start > run[-1].start
            ):  # a name within another's post, or a list with gaps
                run = max(people_of_roster(self.text, begin, verb, names), run, key=len)
            return Subject(Extent(begin, end), run)
        if _PRONOUN.match(self.text, begin, verb) and self.person is not None:
            return Subject(Extent(begin, begin), (self.person,))
        return self.unnamed(begin, verb, topic, loose)

    def _end(self, last: Name, verb: int) -> int:
        """Where a subject ends whose last name is ``last``: before what tells how they did it, else at the verb."""
        past = self.past(last)
        if _MARKER.match(self.text, past):
            return last.end
        further = _AND.match(self.text, past, verb)
        return self._cut(further.end(), verb) if further else verb

    def roster(self, since: int, verb: int, names: Roll) -> Subject | None:
        """Who stands in ``since:verb``, if that is a roster with entries that no rule knows.

        It ends at the predicate, or before what tells how they did it: 李甲、王乙，赵丙结合实际，作了交流发言.
        """
        pasts = (self.past(n) for n in reversed(names.within(since, verb)))
        told_how = next((p for p in pasts if _MARKER.match(self.text, p)), verb)
        for end in sorted({told_how, verb}, reverse=True):
            if people := people_of_roster(self.text, since, end, names):
                return Subject(Extent(since, end), people)
        return None

    def is_empty(self, begin: int, verb: int) -> bool:
        """Whether nothing that could be a subject stands in ``begin:verb``: adverbs, a phrase."""
        begin = _ADVERB.match(self.text, begin, verb).end()  # type: ignore[union-attr]  # it matches nothing, too
        return begin == verb or _MARKER.match(self.text, begin, verb) is not None

    def unnamed(self, begin: int, verb: int, topic: Subject | None, loose: bool) -> Subject | None:
        """A subject in which no one is named: units, or nothing (then the topic goes on)."""
        if begin > 0 and self.text[begin - 1] in _GOING:  # 李甲一行赴福州｜参加: where they went
            return topic
        if (
            begin < verb
            and not _TOWARDS.match(self.text, begin, verb)
            and is_mostly_list(self.text, begin, verb, self.nobody)
            and is_list(self.text, begin, verb, self.nobody)
        ):
            return Subject(Extent(begin, verb), ())
        if self.is_empty(begin, verb):
            turns = topic is not None and not topic.names and _TURN.match(self.text, begin, verb)
            return None if turns else topic
        begin = _ADVERB.match(self.text, begin, verb).end()  # type: ignore[union-attr]  # it matches nothing, too
        if _NOBODY.match(self.text, begin, verb) or self._is_class(begin, verb):
            return None
        doing = DOING.search(self.text, begin, verb) is not None
        if loose and not doing and is_mostly_list(self.text, begin, verb, self.nobody, closed=True):
            return Subject(Extent(begin, verb), ())
        stop = self._cut(begin, verb)
        if (
            stop < verb
            or is_list(self.text, begin, verb, self.nobody)
            or (loose and is_mostly_list(self.text, begin, verb, self.nobody))
        ):
            return Subject(Extent(begin, stop), ())
        comma = self.text.rfind("，", begin, verb)
        if loose and comma > 0 and is_list(self.text, begin, comma, self.nobody):
            return Subject(
                Extent(begin, comma), ()
            )  # what follows is read by nobody: 县财政局负责人，物理、化学老师参加
        return None if ends_in_people(self.text[begin:verb]) else topic

    def _is_class(self, begin: int, verb: int) -> bool:
        """Whether 代表 at the head of a predicate ends its subject: 宣讲员代表发言 · 学生代表上台."""
        return self.text.startswith("代表", verb) and ends_in_people(self.text[begin : verb + 2])

    def _cut(self, begin: int, verb: int) -> int:
        """Where a subject without names ends: before the last marker that leaves a list, else at the verb."""
        if is_list(self.text, begin, verb, self.nobody):
            return verb
        markers = list(_MARKER.finditer(self.text, begin + 2, min(verb, begin + _LONGEST_SUBJECT)))
        for match in reversed(markers):
            stop = match.start() - (self.text[match.start() - 1] == "，")
            if is_list(self.text, begin, stop, self.nobody):
                return stop
        return verb

    def run(self, names: list[Name]) -> tuple[Name, ...]:
        """The first of the names that make one list."""
        run: list[Name] = []
        past = 0
        for name in names:
            inside = name.start < past  # 李甲（王乙代）、赵丙: a name in the bracket behind the last one
            if run and not inside and not _AND.match(self.text, past, name.start):
                break
            run.append(name)
            past = past if inside else self.past(name)
        return tuple(run)

    def past(self, name: Name) -> int:
        """The offset behind a name, its title after it and 同志, 等."""
        after = name.title is not None and 0 <= name.title.start - name.end <= len("同志")
        at = name.title.end if after and name.title else name.end
        if not after and (post := _POST_AFTER.match(self.text, at)) is not None:
            at = post.end()  # 系主任李甲副教授: printed before and after
        return _PAST.match(self.text, at).end()  # type: ignore[union-attr]  # it matches nothing, too

    def _told(self, start: int, name: Name) -> bool:
        begin = name.title.start if name.title and name.title.end <= name.start else name.start
        return bool(_TOLD.search(self.text, start, begin))
