"""What makes a value doubtful: signs read from the finds around it, each between 0 and 1.

Every sign speaks against its value, a thing that a careful reader would look at twice; only those that tell
which rule gave it (``rule:…``, 1 together), in which role or action, may speak for it as well. Nothing here
judges: ``weights`` does, by what was fitted. All offsets are of the clean text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import log1p

from extractor.language.findings import Findings
from extractor.language.types import (
    Act,
    DateMention,
    Document,
    Extent,
    Line,
    LineKind,
    Name,
    Person,
    Task,
    Unit,
)
from extractor.rules import load

_RULES = load("confidence")
_ACT, _ODD, _JOINED, _TOLD, _MODAL, _OWN, _UNCOMMON, _OUR, _BROKEN, _PLAIN = (
    _RULES[f"confidence.{x}"]
    for x in ("act", "odd", "joined", "told", "modal", "own", "uncommon", "our", "broken", "plain")
)
_POSTS = re.compile(load("titles").lists["posts"].alternation)
_SPEAKS = frozenset({"address", "report", "statement", "lecture"})
#: What may follow a post inside a title: 书记、县长 · 书记兼县长 · 书记（代）.
_AFTER_POST = "、（兼 "
#: A title of so many code points has no room for two posts: 县委副书记.
_PLAIN_TITLE = 5
#: How far behind a name an act is looked for that is no evidence of the person; how much text around a unit
#: is looked at; how many names show how well a report was read: so that no value costs more than a glance.
_NEAR, _AROUND, _MANY = 24, 300, 60
_STOPS = "。！？\n"
#: A name that gains so much (tenths of a nat) is sure.
_SURE = 100

Signs = dict[str, float]


class Reader:
    """Reads the signs of one report's values."""

    def __init__(self, found: Findings) -> None:
        self.found, self.text = found, found.clean
        self.acts: defaultdict[Extent, list[Act]] = defaultdict(list)
        for act in found.acts or ():
            self.acts[act.verb].append(act)
        self.mentions: defaultdict[str, list[Name]] = defaultdict(list)
        self.names = found.titles or ()
        self.name_starts = [name.start for name in self.names]
        for name in self.names:
            self.mentions[name.name].append(name)
        self.lines: Sequence[Line] = found.layout.lines if found.layout else ()
        self.starts = [line.start for line in self.lines]
        self.people = {person.name: person for person in found.people or ()}
        self.in_role = Counter(role for person in self.people.values() for role in person.roles)
        self.report = self._report()
        self._whole: dict[str, Signs] = {}
        self._titles: dict[str, Signs] = {}

    def _report(self) -> Signs:
        """What holds for all values of a report: where one is misread, others are likelier to be."""
        event, names = self.found.event, self.mentions
        speakers = {t.by.of(self.text) for t in self.found.tasks or () if t.by}
        signs = {
            "report: nameless": float(event is None or event.name is None),
            "report: nobody attends": float(not self.in_role["attend"] and not self.in_role["chair"]),
            "report: many address": _share(self.in_role["address"] - 2, 6),
            "report: many set tasks": _share(len(speakers) - 2, 6),
            "report: names without a role": _part(name not in self.people for name in names),
        }
        return {name: size for name, size in signs.items() if size}

    # -- people

    def person(self, person: Person, roles: Sequence[str]) -> Signs:
        """That this person took part in exactly these roles."""
        said = [act for e in person.evidence[1:] for act in self.acts.get(e, ()) if act.role in roles]
        signs = _ruled(said)
        for role in roles:
            signs[f"role:{role}"] = 1.0
        signs.update(self.report)
        if person.name not in self._whole:  # a leader who speaks is asked for twice
            self._whole[person.name] = self._name(person) | _mixed(set(person.roles))
        signs.update(self._whole[person.name])
        for act in said:
            if act.subject.start == act.subject.end:
                signs["implied"] = signs.get("implied", 0.0) + 1 / len(said)
            if act.rule.startswith("speech."):
                signs["only said to speak"] = signs.get("only said to speak", 0.0) + 1 / len(said)
        return signs

    def _name(self, person: Person) -> Signs:
        """How sure it is that this is a name, of whom all is read: the rules' gain, the model's word."""
        mentions = self.mentions[person.name]
        signs: Signs = {}
        if (gain := max((n.gain for n in mentions), default=0)) < _SURE:
            signs["name doubtful"] = 1 - _share(gain, _SURE)
        if self._model_doubts(person):
            signs["the model doubts it"] = 1.0
        if all(n.rule == "names.model" for n in mentions):
            signs["the model alone names it"] = 1.0
        if len(mentions) > 1:
            signs["named often"] = _share(len(mentions) - 1, 6)
        if unread := sum(self._unread(person, name) for name in mentions[:_MANY]):
            signs["act unread"] = _share(unread, 2)
        return signs

    def _model_doubts(self, person: Person) -> bool:
        return max((n.model for n in self.mentions[person.name]), default=0) < 0

    def _unread(self, person: Person, name: Name) -> bool:
        """Whether a word of an act stands right behind a mention and is no evidence of the person."""
        match = _ACT.search(self.text, name.end, name.end + _NEAR)
        if match is None or any(c in _STOPS for c in self.text[name.end : match.start()]):
            return False
        at, end = match.span()
        return not any(e.start - 2 <= at and end <= e.end + 4 for e in person.evidence[1:])

    def title(self, person: Person) -> Signs:
        """That the person's title is the one printed, whole and no more."""
        if person.name not in self._titles:
            self._titles[person.name] = self._title(person)
        return self._titles[person.name]

    def _title(self, person: Person) -> Signs:
        title = person.title
        assert title is not None
        words = title.of(self.text)
        signs = self.report | self._place(title)
        signs["long"] = _share(len(words), 40)
        if len(mentions := self.mentions[person.name]) > 1:
            titles = {n.title.of(self.text) for n in mentions[:_MANY] if n.title}
            signs["several titles"] = _share(len(titles) - 1, 2)
        if _UNCOMMON.search(words):
            signs["uncommon beginning"] = 1.0
        if _ODD.search(words):
            signs["odd"] = 1.0
        inside = _POSTS.finditer(words, 0, len(words) - 1) if len(words) > _PLAIN_TITLE else ()
        if any(words[m.end()] not in _AFTER_POST for m in inside):
            signs["a post inside"] = 1.0
        if "、" in words:
            signs["coordinated"] = _share(words.count("、"), 3)
        if self._beside(title.start - 1):
            signs["glued"] = 1.0
        if self._model_doubts(person):
            signs["the name is doubted"] = 1.0
        return signs

    # -- units

    def unit(self, unit: Unit, roles: Sequence[str]) -> Signs:
        """That this is the name of a unit that took part, whole and no more."""
        said = [act for e in unit.evidence[1:] for act in self.acts.get(e, ())]
        here = [act for act in said if act.subject.holds(unit.name)] or said
        end = unit.representatives.end if unit.representatives else unit.name.end
        signs = _ruled(here)
        for role in roles:
            signs[f"role:{role}"] = 1.0
        signs |= self._place(unit.name)
        self._unit_name(unit.name, signs)
        near = self.text[max(0, unit.name.start - _AROUND) : unit.name.end + _AROUND]
        signs["named often"] = _share(near.count(unit.name.of(self.text)) - 1, 4)
        for act in here:
            if self.text.find("、", act.subject.start, min(act.subject.end, act.subject.start + _AROUND)) < 0:
                signs["alone"] = signs.get("alone", 0.0) + 1 / len(here)
            if self._names_any(act.subject):
                signs["people in the list"] = signs.get("people in the list", 0.0) + 1 / len(here)
        if not self._beside(end) and self.text[end : end + 1] != "、":
            signs["a mark behind"] = 1.0
        if self._in_a_post(unit.name):
            signs["a post holds it"] = 1.0
        if unit.representatives is None:
            signs["not represented"] = 1.0
        return signs

    def _unit_name(self, extent: Extent, signs: Signs, whose: str = "") -> None:
        """Add what the name itself tells; ``whose`` stands before each sign."""
        name = extent.of(self.text)
        if len(name) <= 2:
            signs[f"{whose}bare"] = 1.0
        if len(name) > 8:
            signs[f"{whose}long"] = _share(len(name) - 8, 20)
        if _ODD.search(name):
            signs[f"{whose}odd"] = 1.0
        if _JOINED.search(name):
            signs[f"{whose}joined"] = 1.0
        if _OUR.match(name):
            signs[f"{whose}our"] = 1.0

    def _in_a_post(self, unit: Extent) -> bool:
        """Whether it lies in the title of a person named: a person's own post makes no unit."""
        at = bisect_left(self.name_starts, unit.end)
        near = self.names[max(0, at - 1) : at + 1]
        return any(n.title is not None and n.title.holds(unit) for n in near)

    def _names_any(self, extent: Extent) -> bool:
        """Whether a person is named in a stretch."""
        at = bisect_left(self.name_starts, extent.start)
        return at < len(self.names) and self.names[at].end <= extent.end

    def representatives(self, unit: Unit) -> Signs:
        """That the unit's people are designated so, whole and no more."""
        people = unit.representatives
        assert people is not None
        words = people.of(self.text)
        signs = _ruled([act for e in unit.evidence[1:] for act in self.acts.get(e, ())])
        self._unit_name(unit.name, signs, "unit ")
        post, goes_on = not _PLAIN.search(words), _JOINED.match(self.text, people.end) is not None
        signs["joined"] = float(_JOINED.search(words) is not None)
        signs["goes on"] = float(goes_on)
        signs["a post"] = float(post)
        signs["a post goes on"] = float(post and goes_on)
        signs["shared from afar"] = _share(people.start - unit.name.end - 1, 60)
        return signs

    # -- tasks, documents, the meeting

    def task(self, task: Task) -> Signs:
        """That this is a directive of the meeting, from its first word to its last."""
        words = self.text[task.start : task.end]
        by = self.people.get(task.by.of(self.text)) if task.by else None
        signs = self.report | {f"rule:{task.rule}": 1.0}
        signs["no speaker"] = float(task.by is None)
        signs["by a participant"] = float(by is not None and bool({"statement", "report"} & set(by.roles)))
        signs["by nobody of rank"] = float(by is not None and not {"attend", "chair"} & set(by.roles))
        signs["short"] = float(len(words) < 14)
        signs["no modal verb"] = float(_MODAL.search(words[:12]) is None)
        signs["told"] = float(_TOLD.search(words[:40]) is not None)
        signs["our own"] = float(_OWN.search(words[:16]) is not None)
        signs["many sentences"] = _share(words.count("。") + words.count("；"), 5)
        signs["no mark behind"] = float(self.text[task.end : task.end + 1] not in ("。", "；", "\n", ""))
        signs["a comma before"] = float(self.text[task.start - 1 : task.start] == "，")
        return signs

    def document(self, document: Document) -> Signs:
        """That the meeting handled a document of this title in this way."""
        title, verb = document.title, document.verb
        signs = self.report | {f"rule:{document.rule}": 1.0, f"action:{document.action}": 1.0}
        signs["no title marks"] = float(self.text[title.start - 1 : title.start] != "《")
        signs["far"] = _share(max(verb.start - title.end, title.start - verb.end), 60)
        signs["long"] = _share(title.end - title.start - 12, 40)
        return signs

    def date(self, mention: DateMention) -> Signs:
        """That the meeting took place then."""
        days = {d.begin for d in self.found.dates or () if d.kind in ("day", "relative", "meeting")}
        signs = self.report | {f"rule:{mention.rule}": 1.0} | self._place(mention)
        signs["other days"] = _share(len(days) - 1, 4)
        signs["no day"] = float(mention.begin[2] is None)
        signs["counted"] = float(mention.shift is not None)
        return signs

    def value(self, extent: Extent, rule: str) -> Signs:
        """That this is the name, organizer or place of the meeting."""
        words = extent.of(self.text)
        signs = self.report | {f"rule:{rule}": 1.0} | self._place(extent)
        signs["short"] = float(len(words) < 3)
        signs["long"] = _share(len(words) - 16, 30)
        signs["odd"] = float(_ODD.search(words) is not None)
        signs["our"] = float(_OUR.match(words) is not None)
        signs["glued"] = float(self._beside(extent.start - 1))
        return signs

    def headline(self, headline: Extent) -> Signs:
        """That this is the headline of the report, whole and no more."""
        words = self.found.source(headline.start, headline.end).of(self.found.text)
        return {
            "broken off": float(_BROKEN.search(words) is not None),
            "several lines": float("\n" in words),
            "short": float(len(words) < 8),
            "long": _share(len(words) - 40, 40),
        }

    # -- what several kinds share

    def _beside(self, at: int) -> bool:
        """Whether a Chinese character stands there, right beside a value: it may go on."""
        return at >= 0 and "\u4e00" <= self.text[at : at + 1] <= "\u9fff"

    def _place(self, extent: Extent | DateMention) -> Signs:
        kind = self._kind(extent.start)
        return {} if kind is LineKind.BODY else {"outside the body": 1.0}

    def _kind(self, at: int) -> LineKind | None:
        i = bisect_right(self.starts, at) - 1
        return self.lines[i].kind if i >= 0 else None


def _ruled(acts: Sequence[Act]) -> Signs:
    """The rules of the acts that tell a value, each with its share."""
    signs: Signs = {}
    for act in acts:
        sign = f"rule:{act.rule}"
        signs[sign] = signs.get(sign, 0.0) + 1 / len(acts)
    return signs


def _mixed(roles: set[str]) -> Signs:
    """Roles that one person seldom has together."""
    return {
        "several roles": _share(len(roles - {"attend"}) - 1, 2),
        "speaks in several ways": float(len(roles & _SPEAKS) > 1),
        "contradiction": float("statement" in roles and bool(roles & {"address", "chair"})),
        "address and report": float({"address", "report"} <= roles),
    }


def _share(count: int, much: int) -> float:
    """From 0 for none to 1 for ``much`` and more; the first tell most.

    >>> _share(0, 20), _share(20, 20), round(_share(4, 20), 2)
    (0.0, 1.0, 0.53)
    """
    return _shares(much)[count if 0 < count < much else 0 if count <= 0 else much]


@cache
def _shares(much: int) -> tuple[float, ...]:
    return tuple(log1p(count) / log1p(much) for count in range(much + 1))


def _part(held: Iterable[bool]) -> float:
    """The share of those that hold."""
    every = list(held)
    return sum(every) / len(every) if every else 0.0
