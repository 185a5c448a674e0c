"""Who held which meeting where: 县委｜在三楼会议室｜召开｜全县工作会议, and 全县工作会议｜在郑州｜召开.

Every verb that says a meeting was held is read with its clause: before it the organizer or the name of the
meeting, dates, place and adverbs; after it the name, if it takes one as its object.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.language.clauses import BODY, HEADLINE, clause
from extractor.language.meeting_names import is_meeting, is_nameless, read_object, trim
from extractor.language.types import DateMention, Extent, Layout, Line, LineKind, Match, Name
from extractor.patterns import headed
from extractor.rules import load

_RULES = load("event")
_SITTING, _HOSTED = (_RULES[f"event.{x}"] for x in ("sitting", "hosted"))
_HELD = re.compile(headed(_RULES.words("heads"), _RULES["event.held"].pattern), re.VERBOSE)
_PLACE, _NO_PLACE, _TIME = (_RULES[f"event.{x}"] for x in ("place", "no_place", "time"))
_LEAD, _CUT, _NO_ORGANIZER = (_RULES[f"event.{x}"] for x in ("lead", "cut", "no_organizer"))
_SPOKEN, _AFTER_TITLE, _TAKES_PART = (_RULES[f"event.{x}"] for x in ("spoken", "aftertitle", "takes_part"))
_TOPIC, _SHORT_NAME = _RULES["event.topic"], _RULES["event.short_name"]
_LATER = re.compile(rf"{_RULES.lists['later'].alternation}\Z")
_ADVERB = re.compile(rf"{_RULES.lists['adverbs'].alternation}{{1,5}}\Z")
_UNIT = re.compile(rf"{load('units').lists['tails'].alternation}\Z")
#: Verbs that say that something was done, and that a meeting was held only if their object is one.
LIGHT = ("开展", "进行", "召集")
#: Verbs without an object.
_CLOSING = ("开幕", "开班", "开营", "开讲", "开始", "闭幕", "落幕", "结束", "帷幕", "完成")
#: Longest organizer, in code points: the longest of the gold reports has 107.
_LONGEST_ORGANIZER = 120
#: How much of the body tells which meeting is reported, in code points: its first sentence.
_LEADS = 120
#: How far before a listed place its unit's last word is looked for.
_TAIL = 8
#: How many verbs of one report are read: the account of the meeting stands at the head.
_READ = 40


@dataclass(frozen=True, slots=True)
class Holding:
    """A statement that a meeting was, or will be, held."""

    verb: Extent
    name: Extent | None  # what it is called, be it only 会议
    organizer: Extent | None
    place: Extent | None
    headline: bool
    told: bool  # that it was held: not that it will be, nor as an aside (召开的会议上)
    rule: str
    nameless: bool = False  # 会议, 三次重大会议
    attended: bool = False  # only that someone attended it: 参加了县教育局召开的会议


class HoldingReader:
    """Reads one report's statements that a meeting was held."""

    def __init__(
        self,
        text: str,
        layout: Layout,
        dates: Sequence[DateMention],
        names: Sequence[Name],
        places: Sequence[Match] = (),
    ) -> None:
        """``places``: those that an archive's lexicon lists, where they stand."""
        self.text, self.layout, self.names = text, layout, names
        self.line_starts = [x.start for x in layout.lines]
        self.name_starts = [n.start for n in names]
        whole = [d for d in dates if d.begin[1] is not None or d.begin[2] is not None or d.begin[0] is None]
        self.place_to = {p.end: p.start for p in places}
        self.date_from = {d.start: d.end for d in whole}
        self.date_to = {d.end: d.start for d in whole}
        first = (LineKind.BODY, LineKind.LABEL)
        self.body = next((x.start for x in layout.lines if x.kind in first), len(text))

    def read(self) -> Iterator[Holding]:
        """The holdings in the order of the text."""
        for n, match in enumerate(_HELD.finditer(self.text)):
            if n == _READ:
                return
            line = self.layout.lines[max(0, bisect_right(self.line_starts, match.start()) - 1)]
            if line.kind in (LineKind.META, LineKind.BYLINE):
                continue
            found = self._read(match, match.start() < self.body)
            if found is not None:
                yield found

    def headlines(self) -> Iterator[Holding]:
        """Headlines that name the meeting without a verb of holding: 第三次例会纪要 · 李甲在…会议上强调."""
        for line in self.layout.lines:
            if line.start >= self.body:
                return
            if line.kind is LineKind.META and line.start > 0:
                continue
            if _HELD.search(self.text, line.start, line.end) is not None:
                continue
            named, rule = self._headline(line), "event.headline"
            if named is None and (match := _SPOKEN.search(self.text, line.start, line.end)) is not None:
                rule = "event.spoken"
                named = trim(self.text, *match.span("name")) if is_meeting(match["name"]) else None
            if named is not None and not is_nameless(named.of(self.text)):
                yield Holding(Extent(line.start, line.end), named, None, None, True, True, rule)

    def _headline(self, line: Line) -> Extent | None:
        """The name that a headline, or its last part, is: 2021-05-03 县科协 第三次会议纪要."""
        end = line.end
        while (added := _AFTER_TITLE.search(self.text, line.start, end)) is not None:
            end = added.start()
            if added[0].startswith("会议") and not is_meeting(self.text[line.start : end]):
                end += len("会议")
                break
        if not is_meeting(self.text[line.start : end]):
            return None
        start, _ = clause(self.text, end, end, HEADLINE)
        left = self.text[line.start : start].rstrip()
        if _UNIT.search(left):
            start, _ = clause(self.text, line.start + len(left), line.start + len(left), HEADLINE)
        for match in _TAKES_PART.finditer(self.text, start, end):
            start = match.end()
        return trim(self.text, self._lead(start, end), end)

    def _read(self, match: re.Match[str], headline: bool) -> Holding | None:
        verb, tail = match["verb"], match["tail"]
        left, right = clause(self.text, match.start(), match.end(), HEADLINE if headline else BODY)
        subject, place = self._before(left, match.start())
        if subject.start >= subject.end and place is not None:
            earlier = self._clause_before(left)
            subject = earlier if is_meeting(earlier.of(self.text)) else subject  # 全县工作会议，在郑州召开
        own = None
        if not verb.endswith(_CLOSING) and tail in (None, "的"):
            own = read_object(self.text, match.end(), right)
            if own is None and headline:
                own = read_object(self.text, match.end(), clause(self.text, match.start(), match.end())[1])
        if own is None and (tail is not None or verb in LIGHT):
            return None
        name, organizer, rule = own, None, "event.object"
        if self._is_subject(subject, own):
            name, organizer = self._subject_name(subject)
            rule = "event.subject"
            if name is None and place is None and organizer is None:
                return None
        elif own is None:
            return None
        else:
            organizer = self._organizer(subject, left, match)
        attended = tail is not None and self._attended(left, match)
        told = (tail is None or attended) and not _LATER.search(self.text, subject.start, subject.end)
        nameless = name is None or is_nameless(name.of(self.text))
        verb_at = Extent(*match.span())
        return Holding(verb_at, name, organizer, place, headline, told, rule, nameless, attended)

    def _attended(self, left: int, match: re.Match[str]) -> bool:
        """Whether the report opens with who attended it: 李甲参加了县教育局召开的全县工作会议."""
        opening = left < self.body + _LEADS
        return opening and _TAKES_PART.search(self.text, left, match.start()) is not None

    def _is_subject(self, subject: Extent, own: Extent | None) -> bool:
        """Whether the meeting is the verb's subject: 全县会议在郑州召开 · 第五次会议举行全体会议."""
        if not is_meeting(subject.of(self.text)):
            return False
        said = own.of(self.text) if own else ""
        return own is None or is_nameless(said) or _SITTING.match(said) is not None

    # ---- before the verb

    def _before(self, left: int, end: int) -> tuple[Extent, Extent | None]:
        """What stands before the verb, without dates and place; and the place."""
        place = None
        while end > left:
            if end in self.date_to and self.date_to[end] >= left:
                end = self.date_to[end]
            elif (match := self._aside(left, end)) is not None:
                end = match.start()
            elif place is None and (listed := self.place_to.get(end, -1)) > left and self._is_place(listed):
                place = Extent(listed, end)
                end = listed - (self.text[listed - 1] in "在于")
            elif (match := _PLACE.search(self.text, left, end)) is not None:
                if not _NO_PLACE.search(match["place"]):
                    if place is not None:
                        break
                    place = Extent(*match.span("place"))
                end = match.start()
            elif self.text[end - 1] == " ":
                end -= 1
            else:
                break
        dateline = self.layout.dateline
        if dateline is not None and dateline.start <= left < dateline.end <= end:
            left = dateline.end
        if (called := _SHORT_NAME.search(self.text, left, end)) is not None:
            end = called.start()  # 全县工作会议（以下简称“工作会”）在郑州召开
        return Extent(self._lead(left, end), end), place

    def _is_place(self, start: int) -> bool:
        """Whether a listed place that begins there stands alone: 在听涛阁, 3月5日听涛阁, 县委听涛阁."""
        if self.text[start - 1] in "在于 ，" or start in self.date_to:
            return True
        return _UNIT.search(self.text[max(0, start - _TAIL) : start]) is not None

    def _aside(self, left: int, end: int) -> re.Match[str] | None:
        """A time of day, or what the meeting was about, at the end of a stretch."""
        if (match := _TIME.search(self.text, left, end)) is not None or is_meeting(self.text[left:end]):
            return match
        return _TOPIC.search(self.text, left, end)

    def _lead(self, left: int, end: int) -> int:
        """Where dates and connectives at the head of a clause end."""
        while left < end:
            skip = left + (self.text[left] in "在于自从")
            if skip in self.date_from and self.date_from[skip] <= end:
                left = self.date_from[skip]
            elif (match := _LEAD.match(self.text[left : min(end, left + 40)])) is not None:
                left += match.end()
            else:
                break
        return left

    def _subject_name(self, subject: Extent) -> tuple[Extent | None, Extent | None]:
        """The meeting that is the subject itself, and who held it: 由县委主办的…座谈会."""
        organizer, start = None, subject.start
        if (match := _HOSTED.match(self.text[start : subject.end])) is not None:
            if match["how"] not in ("承办", "协办", "主持"):
                organizer = self._checked(start + match.start("org"), start + match.end("org"))
            start += match.end()
        return trim(self.text, start, subject.end), organizer

    # ---- the organizer

    def _organizer(self, subject: Extent, left: int, match: re.Match[str]) -> Extent | None:
        """Who held it: the subject, or what opens the clause before an empty one (学校邀请…, 在…召开)."""
        if "主持" in match[0]:
            return None
        if subject.start < subject.end:
            return self._checked(subject.start, subject.end)
        earlier = self._clause_before(left)
        if _CUT.search(self.text, earlier.start + 2, earlier.end) is None:
            return None
        return self._checked(earlier.start, earlier.end)

    def _clause_before(self, left: int) -> Extent:
        """The clause before the comma that stands before ``left``, without dates and connectives; empty without a comma."""
        if self.text[left - 1 : left] != "，":
            return Extent(left, left)
        return Extent(self._lead(clause(self.text, left - 1, left - 1)[0], left - 1), left - 1)

    def _checked(self, start: int, end: int) -> Extent | None:
        """The organizer at the head of a stretch, if there is one: no person, no pronoun, no meeting."""
        dates = [d for d in range(start + 2, end) if d in self.date_from]
        end = min([end, *dates[:1]])
        if (cut := _CUT.search(self.text, start + 2, end)) is not None:
            end = cut.start()
        if (adverb := _ADVERB.search(self.text, start, end)) is not None:
            end = adverb.start()
        while end > start and self.text[end - 1] in " 、的于":
            end -= 1
        part = self.text[start:end]
        if not 2 <= len(part) <= _LONGEST_ORGANIZER:
            return None
        if _NO_ORGANIZER.search(part) or _LATER.search(part) or _CUT.match(part):
            return None
        i = bisect_left(self.name_starts, start)
        if i < len(self.names) and self.names[i].end <= end:
            return None
        return Extent(start, end)
