"""Date expressions as the text prints them: the parts they state, nothing filled in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from extractor.language.types import DateMention, Shift
from extractor.rules import Rule, load

_RULES = load("dates")
_POINT, _TAIL = _RULES["dates.point"], _RULES["dates.tail"]
_EXPRESSIONS = _RULES.labelled("expression")
_GROUP = re.compile(r"[(][?]P<[a-z]++>")
#: All expressions in one pass, tried where one of them can begin. Group names would clash, so that a hit is
#: matched again by its own rule.
_ANY = re.compile(
    r"(?=[0-9一二三四五六七八九十元廿今昨前本当上去这近日连不农農阴正腊冬大周週星礼這])(?:"
    + "|".join(f"(?P<e{i}>{_GROUP.sub('(?:', r.regex.pattern)})" for i, r in enumerate(_EXPRESSIONS))
    + ")",
    re.VERBOSE,
)
_RULE_OF = {f"e{i}": r for i, r in enumerate(_EXPRESSIONS)}

#: Words that count from the day of the report: word → (unit, count).
_SHIFTS = {
    word: (unit, int(_RULES.lists[name].weight))
    for unit, names in {
        "day": ("today", "yesterday", "before_yesterday"),
        "week": ("this_week", "last_week"),
        "month": ("this_month", "last_month"),
        "year": ("this_year", "last_year"),
    }.items()
    for name in names
    for word in _RULES.lists[name].words
}
_WEEKDAYS = {mark: i % 7 for i, mark in enumerate("一二三四五六日")} | {"天": 6}
_DIGITS = {mark: i for i, mark in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零0OoО", 0)

#: A span of more days than this is a campaign, not a meeting; the longest session seen lasted 15.
_LONGEST_MEETING = 31


class Parts(NamedTuple):
    """Year, month and day, each as far as it is known."""

    year: int | None
    month: int | None
    day: int | None

    def exists(self) -> bool:
        """Whether some calendar has it: 30 February is in none, 29 February in that of an unknown year."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        last = monthrange(self.year or 2000, self.month)[1] if self.month else 31
        return self.day is None or 1 <= self.day <= last

    def date(self) -> date | None:
        """The day itself, where all of it is known."""
        if not self.year or self.month is None or self.day is None or not self.exists():
            return None
        return date(self.year, self.month, self.day)


NOTHING = Parts(None, None, None)


def read_expressions(text: str) -> Iterator[DateMention]:
    """Every date expression of a clean text, in order; ``kind`` tells how precise it is.

    >>> for m in read_expressions("3月24日至25日，昨日，近日"):
    ...     print(m.kind, m.begin[1:], m.finish and m.finish[1:])
    day (3, 24) (3, 25)
    relative (None, None) None
    vague (None, None) None
    """
    at = 0
    while (hit := _ANY.search(text, at)) is not None:
        rule = _RULE_OF[str(hit.lastgroup)]
        mention = _read(text, rule, hit.start())
        if mention is not None:
            yield mention
        at = max(mention.end if mention else hit.end(), hit.start() + 1)


def _read(text: str, rule: Rule, start: int) -> DateMention | None:
    """The expression that a rule found at ``start``; None where no calendar has it."""
    match = rule.regex.match(text, start)
    assert match is not None
    part = match.groupdict()
    begin = Parts(_year(part.get("year")), _number(part.get("month")), _number(part.get("day")))
    if not begin.exists():
        return None
    shift, kind = _shift(part), rule.id.removeprefix("dates.")
    end, finish = match.end(), None
    if begin.day is not None:
        kind = "day"
        if part.get("more"):
            end, finish = _last_day(text, begin, *match.span("more"))
    elif kind == "weekday":
        kind = "relative"
    if (finish and _days(begin, finish) > _LONGEST_MEETING) or (kind == "month" and part["more"]):
        kind = "duration"
    if begin.day is not None or kind in ("relative", "lunar"):
        tail = _TAIL.match(text, end)
        end = tail.end() if tail else end
    return DateMention(start, end, kind, begin, finish, rule.id, shift)


def _shift(part: dict[str, str | None]) -> Shift | None:
    for group in ("word", "era", "moon", "week"):
        if word := part.get(group):
            weekday = part.get("weekday")
            return Shift(*_SHIFTS[word], _WEEKDAYS[weekday] if weekday else None)
    return None


def _last_day(text: str, begin: Parts, start: int, end: int) -> tuple[int, Parts | None]:
    """Where the further days of an expression end, and the last; days apart (24日、27日) end it before."""
    last = begin
    finish, stop = None, start
    for point in _POINT.finditer(text, start, end):
        month, day = _number(point["month"]), _number(point["day"])
        year = _year(point["year"]) or last.year
        after = Parts(year, month or last.month, day)
        if not month and after.day and last.day and after.day < last.day:
            after = _month_on(after)
        elif month and last.month and month < last.month and not point["year"] and year:
            after = after._replace(year=year + 1)
        gap = _days(last, after)
        if not after.exists() or gap < 1 or (gap > 1 and point["sep"][0] in "、和"):
            break
        last = finish = after
        stop = point.end() + (text[point.end() : point.end() + 1] in "日号號")
    return stop, finish


def _month_on(parts: Parts) -> Parts:
    """The same day a month later: 30日至2日."""
    if parts.month is None:
        return parts
    year = parts.year + 1 if parts.year and parts.month == 12 else parts.year
    return Parts(year, parts.month % 12 + 1, parts.day)


def _days(begin: Parts, finish: Parts) -> int:
    """Days from one to the other, unknown years and months being the nearest that fit; below 1: none fits."""
    if begin.day is None or finish.day is None:
        return 0
    if begin.month is None or finish.month is None:
        return finish.day - begin.day + (31 if finish.day < begin.day else 0)
    months = finish.month - begin.month
    if begin.year and finish.year:
        months += 12 * (finish.year - begin.year)
    elif months < 0:
        months += 12
    if not months:
        return finish.day - begin.day
    return monthrange(begin.year or 2000, begin.month)[1] - begin.day + finish.day + 30 * (months - 1)


def _number(word: str | None) -> int | None:
    """A number below 100 in digits or Chinese.

    >>> [_number(w) for w in ("07", "元", "十二", "廿四", "三十一", "十")]
    [7, 1, 12, 24, 31, 10]
    """
    if not word:
        return None
    if word.isdigit():
        return int(word)
    if word == "元":
        return 1
    word = word.replace("廿", "二十")
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _DIGITS.get(ones) if len(ones) == 1 else -1
    return 10 * _DIGITS.get(tens or "一", 99) + (_DIGITS.get(ones, 99) if ones else 0)


def _year(word: str | None) -> int | None:
    """A year in two or four digits: 二〇一八, 2018, 18.

    >>> _year("二〇一八"), _year("18")
    (2018, 2018)
    """
    if not word:
        return None
    value = int("".join(str(_DIGITS.get(mark, mark)) for mark in word))
    return value + 2000 if value < 100 else value
