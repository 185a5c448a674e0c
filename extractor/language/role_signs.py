"""What tells which part a person had: signs read from all mentions of a name, for ``second_reading``.

The rules say who did what; how they came to it is a sign among others, as are the words around the name, its
neighbours in a list and what its sentence tells of them, the post, the sort of sitting. A sign's name says what it
is; its size is between 0 and 1. Names and digits are masked, so that no sign knows a person. All offsets are of the
clean text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from extractor.language.acts import Said
from extractor.language.masks import without_names
from extractor.language.types import Act, Layout, Name, Sentence
from extractor.rules import load

_CUES = re.compile(load("roles").lists["cues"].alternation)
_SITTINGS = load("roles").lists["sittings"].words
_SPOKEN = frozenset({"address", "report", "statement", "lecture"})
#: So many mentions of a name are looked at, and so many words around each: no person costs more than a glance.
_MENTIONS, _BEFORE, _BEHIND = 8, 60, 120
#: How many cue words before a name and behind it count, and how many characters behind it count as pairs.
_CUES_BEFORE, _CUES_BEHIND, _PAIRS = 3, 6, 10
#: Neighbours further apart than this are none.
_GAP = 60
#: From so many on, counts are alike.
_MANY = 10

#: The last sentence of the opening that is told from others; how much of a verb's end is a sign.
_OPENING, _VERB = 6, 4
#: So many names and verbs of one sentence are looked at.
_MOST = 80

Signs = dict[str, float]


class RoleSigns:
    """Reads the signs of one report's persons."""

    def __init__(self, text: str, layout: Layout, names: Sequence[Name], said: Sequence[Said]) -> None:
        self.layout = layout
        self.names = [n for n in names if n.rule != "titles.alias"]
        self.mentions: defaultdict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(self.names):
            self.mentions[name.name].append(i)
        self.text = without_names(text, names)
        self.starts = [n.start for n in self.names]
        self.sentence_starts = [s.start for s in layout.sentences]
        self.line_starts = [line.start for line in layout.lines]
        self.acts: defaultdict[str, list[Act]] = defaultdict(list)
        for act, people in said:
            for name in people:
                self.acts[name.name].append(act)
        self.verbs = sorted({(act.verb.start, act.role) for act, _ in said})
        self.roles = {name: frozenset(act.role for act in acts) for name, acts in self.acts.items()}
        speaking = {name: min(a.verb.start for a in acts) for name, acts in self.acts.items()}
        order = sorted((at, name) for name, at in speaking.items() if self.roles[name] & _SPOKEN)
        self.turns = {name: turn for turn, (_, name) in enumerate(order)}
        self.report = self._report()

    def of(self, name: str) -> Signs:
        """The signs of the person with this name."""
        signs = dict(self.report)
        self._read_by_rules(name, signs)
        self._titled(name, signs)
        mentions = self.mentions[name]
        signs["mentions"] = min(len(mentions), _MANY) / _MANY
        for i in mentions[:_MENTIONS]:
            self._mentioned(i, signs)
        return signs

    def _report(self) -> Signs:
        """What holds for all persons of the report: how many have each role, the sort of sitting."""
        signs: Signs = {}
        for role, count in Counter(role for roles in self.roles.values() for role in roles).items():
            signs[f"so many {role}"] = min(count, _MANY) / _MANY
        if (headline := self.layout.headline) is not None:
            head = self.text[headline.start : headline.end]
            signs.update({f"sitting {word}": 1.0 for word in _SITTINGS if word in head})
        return signs

    def _read_by_rules(self, name: str, signs: Signs) -> None:
        """The roles that the rules give, by which words, and this speaker's place among all."""
        roles = self.roles.get(name, frozenset())
        signs["rules " + "+".join(sorted(roles))] = 1.0
        for role in roles:
            signs[f"rules give {role}"] = 1.0
            signs.update({f"{role} in {s}": 1.0 for s in self.report if s.startswith("sitting ")})
        for act in self.acts.get(name, ()):
            signs[f"{act.role} by {act.rule}"] = 1.0
            signs[f"{act.role} by …{act.verb.of(self.text)[-_VERB:]}"] = 1.0
            if act.subject.start == act.subject.end:
                signs[f"{act.role} implied"] = 1.0
        if roles & _SPOKEN:
            turn, many = self.turns[name], len(self.turns)
            for role in ("speaks", *roles):
                signs[f"{role} first"] = float(turn == 0)
                signs[f"{role} last"] = float(turn == many - 1)
                signs[f"{role} of so many"] = min(many, _MANY) / _MANY

    def _titled(self, name: str, signs: Signs) -> None:
        """The head and the end of the longest title."""
        titles = [n.title.of(self.text) for n in (self.names[i] for i in self.mentions[name]) if n.title]
        title = max(titles, key=len, default="")
        signs[f"post …{title[-2:]}"] = 1.0
        signs[f"post {title[:2]}…"] = 1.0

    def _mentioned(self, i: int, signs: Signs) -> None:
        """What stands around one mention."""
        name, text = self.names[i], self.text
        number = bisect_right(self.sentence_starts, name.start) - 1
        if number >= 0 and name.start < self.layout.sentences[number].end:
            sentence = self.layout.sentences[number]
            line = self.layout.lines[sentence.line]
            signs[f"in sentence {min(number, _OPENING)}"] = 1.0
            self._in_sentence(name, sentence, signs)
        else:
            line = self.layout.lines[max(0, bisect_right(self.line_starts, name.start) - 1)]
        signs[f"in {line.kind.value}"] = 1.0
        self._neighboured(i, signs)
        behind = text[name.end : name.end + _PAIRS + 1]
        for size in (1, 2, 3):
            signs[f"then {behind[:size]}"] = 1.0
            signs[f"after {text[max(0, name.start - size) : name.start]}"] = 1.0
        signs.update({f"near {behind[k : k + 2]}": 1.0 for k in range(_PAIRS)})

    def _in_sentence(self, name: Name, sentence: Sentence, signs: Signs) -> None:
        """The cue words on both sides, and what the sentence tells of others."""
        end = min(sentence.end, name.end + _BEHIND)
        cues = [m[0] for m in islice(_CUES.finditer(self.text, name.end, end), _CUES_BEHIND)]
        before = _CUES.findall(self.text, max(sentence.start, name.start - _BEFORE), name.start)
        signs.update({f"cue {cue}": 1.0 for cue in cues})
        signs.update({f"cue before {cue}": 1.0 for cue in before[-_CUES_BEFORE:]})
        if cues:
            signs[f"first cue {cues[0]}"] = 1.0
        first, last = (bisect_left(self.starts, at) for at in (sentence.start, sentence.end))
        mates = {self.names[k].name for k in range(first, min(last, first + _MOST))} - {name.name}
        shared = Counter(role for mate in mates for role in self.roles.get(mate, ()))
        signs.update({f"mate {role}": count / len(mates) for role, count in shared.items()})
        signs.update({f"any mate {role}": 1.0 for role in shared})
        signs["mates"] = min(len(mates), _MANY) / _MANY
        for at, role in self._verbs(sentence):
            signs[f"{role} told {'behind' if at >= name.end else 'before'}"] = 1.0

    def _verbs(self, sentence: Sentence) -> Iterator[tuple[int, str]]:
        first = bisect_left(self.verbs, (sentence.start, ""))
        for at, role in self.verbs[first : first + _MOST]:
            if at >= sentence.end:
                return
            yield at, role

    def _neighboured(self, i: int, signs: Signs) -> None:
        """The roles of the names right before and right behind, with what stands between."""
        name = self.names[i]
        for other, side in ((i - 1, "before"), (i + 1, "behind")):
            if not 0 <= other < len(self.names):
                continue
            near = self.names[other]
            start, end = (near.end, name.start) if side == "before" else (name.end, near.start)
            between = self.text[start:end]
            if end - start > _GAP or "。" in between or "\n" in between:
                continue
            how = "and" if "，" not in between or "、" in between or "和" in between else "comma"
            for role in self.roles.get(near.name, frozenset({"none"})):
                signs[f"{side}, {how}, {role}"] = 1.0
