"""From an expression to days: what it leaves open is inferred, and where from is said (GUIDELINE, date).

The text comes first: a dateline, a printed day of publication, a headline; then the day of publication that
the caller gives; what is unknown stays X. A day without its year is the latest not after the publication.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extractor.language.date_expressions import NOTHING, Parts, read_expressions
from extractor.language.findings import Findings
from extractor.language.types import DateMention, Extent, Shift

Part = Literal["year", "month", "day"]
Source = Literal["text", "published", "metadata", "file name"]

_PARTS: tuple[Part, ...] = ("year", "month", "day")
#: Kinds of mentions that tell the year and month in which a story goes on.
_TELLING = ("year", "month", "day", "clause", "headline")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date as the record has it.

    ``start`` and ``end`` are ISO dates where the days are known, else None; ``edtf`` keeps what is known,
    None for 近日. ``inferred`` are the parts that the expression does not state itself, ``inferred_from`` is
    where they came from (of several places: that outside the text), None where nothing was inferred.
    """

    text: Extent
    start: str | None
    end: str | None
    edtf: str | None
    inferred: tuple[Part, ...]
    inferred_from: Source | None


def read_day(text: str) -> date | None:
    """The first full date of a short text, such as a manifest's field or a file name.

    >>> read_day("2018年11月02日 00:00:00"), read_day("20221109_minutes"), read_day("minutes")
    (datetime.date(2018, 11, 2), datetime.date(2022, 11, 9), None)
    """
    days = (Parts(*mention.begin).date() for mention in read_expressions(text))
    return next((day for day in days if day is not None), None)


def resolve(
    mention: DateMention, found: Findings, published: date | str | None, source: Source = "published"
) -> Resolved:
    """The days that a mention means.

    ``published`` is the day of publication that the caller knows, or None; in a string the first full date
    counts. ``source`` is where he knows it from: ``published``, ``metadata`` or ``file name``.
    """
    outside = read_day(published) if isinstance(published, str) else published
    return _Resolver(found, outside, source).resolve(mention)


class _Resolver:
    """One report: its own day, from which others are counted, and what its text tells."""

    def __init__(self, found: Findings, published: date | None, source: Source) -> None:
        self.mentions = found.dates or ()
        self.day = NOTHING if published is None else Parts(published.year, published.month, published.day)
        self.source: dict[Part, Source] = dict.fromkeys(_PARTS, source)
        printed = [Parts(*m.begin) for m in self.mentions if m.kind == "published" and None not in m.begin]
        if printed:
            self.day, self.source = printed[0], dict.fromkeys(_PARTS, "text")
        dateline = next((Parts(*m.begin) for m in self.mentions if m.kind == "dateline"), NOTHING)
        if dateline.day is not None:
            self.day = _latest(dateline, self.day)
            self.source = self._source(dateline)

    def resolve(self, mention: DateMention) -> Resolved:
        """The days of a mention."""
        extent = Extent(mention.start, mention.end)
        begin, source = self._begin(mention)
        if begin == NOTHING or begin.year == 0 or not begin.exists():  # 今年2月29日 in a common year
            return Resolved(extent, None, None, None, (), None)
        end = _end(begin, Parts(*mention.finish)) if mention.finish else begin
        first, last = begin.date(), end.date()
        if not end.exists() or (first and (last is None or last < first)):
            end, last = begin, first
        edtf = _edtf(begin) if end == begin else f"{_edtf(begin)}/{_edtf(end)}"
        inferred = tuple(p for i, p in enumerate(_PARTS) if mention.begin[i] is None and begin[i] is not None)
        sources = sorted({source[p] for p in inferred}, key=lambda s: s == "text")
        source_shown = sources[0] if sources else None
        if first is None or last is None:
            return Resolved(extent, None, None, edtf, inferred, source_shown)
        return Resolved(extent, first.isoformat(), last.isoformat(), edtf, inferred, source_shown)

    def _begin(self, mention: DateMention) -> tuple[Parts, dict[Part, Source]]:
        """The first day, and where a part that the mention does not state comes from."""
        stated, shift = Parts(*mention.begin), mention.shift
        if stated == NOTHING:
            return (self._counted(shift) if shift else NOTHING), self.source
        if shift and shift.unit in ("month", "year"):
            return _latest(self._shifted(stated, shift), self.day), self.source
        told = self._told(stated, mention)
        full = _latest(told, self.day)
        if full.year is None:
            full = told = self._so_far(full, mention)
        return full, self._source(told)

    def _source(self, told: Parts) -> dict[Part, Source]:
        """Where each part comes from: the text as far as it told, else whence the day of the report."""
        return {p: self.source[p] if value is None else "text" for p, value in zip(_PARTS, told, strict=True)}

    def _counted(self, shift: Shift) -> Parts:
        """昨天 and 上周五, from the day of the report; no report tells of a Friday still to come."""
        year, month, day = self.day
        if month is None or day is None:
            return NOTHING
        today = date(year or 2001, month, day)
        days = shift.count
        if shift.unit == "week":
            if year is None or shift.weekday is None:
                return NOTHING
            days = 7 * shift.count + shift.weekday - today.weekday()
        if days > 0 or today.toordinal() + days < 1:
            return NOTHING
        then = today + timedelta(days=days)
        return Parts(then.year if year else None, then.month, then.day)

    def _shifted(self, stated: Parts, shift: Shift) -> Parts:
        """今年3月24日 and 上月24日, from the year and month of the report."""
        year, month, _ = self.day
        if shift.unit == "year":
            return stated._replace(year=year + shift.count) if year else stated
        if month is None:
            return stated
        back = month + shift.count < 1
        return Parts(year - back if year else None, month + shift.count + 12 * back, stated.day)

    def _told(self, stated: Parts, mention: DateMention) -> Parts:
        """What the text says of this very day: the end of its range, a headline, an earlier mention of it."""
        year, month, day = stated
        if mention.finish and day is not None:
            last = Parts(*mention.finish)
            if month is None and last.month is not None and last.day is not None:
                month = last.month if day < last.day else (last.month - 2) % 12 + 1
            if year is None and last.year is not None and month is not None and last.month is not None:
                year = last.year - (month > last.month)
        for other in self.mentions:
            begin, end = Parts(*other.begin), Parts(*(other.finish or other.begin))
            if day is None or begin.day is None or end.day is None or begin.month is None:
                continue
            if year is None and other.kind == "headline" and (month, day) == begin[1:]:
                year = begin.year
            earlier = other.start < mention.start and other.kind in _TELLING
            if month is None and earlier and begin.day <= day <= end.day:
                month = begin.month
        return Parts(year, month, day)

    def _so_far(self, full: Parts, mention: DateMention) -> Parts:
        """What no day of the report tells, from the story before the mention, the nearest first."""
        earlier = (m for m in reversed(self.mentions) if m.start < mention.start and m.kind in _TELLING)
        before = [Parts(*m.begin) for m in earlier]
        year = next((p.year for p in before if p.year), None)
        month = full.month or next((p.month for p in before if p.month), None)
        said = Parts(year, month, full.day)
        return said if said.exists() else full


def _latest(stated: Parts, anchor: Parts) -> Parts:
    """The latest day with the stated parts that is not after the anchor; what that leaves open stays so.

    >>> _latest(Parts(None, 12, 30), Parts(2021, 1, 5)), _latest(Parts(None, None, 31), Parts(None, 3, 2))
    (Parts(year=2020, month=12, day=30), Parts(year=None, month=1, day=31))
    """
    year, month, day = stated
    if year is not None or anchor.month is None:
        return stated
    if month is not None:
        year = anchor.year
        if year is not None:
            year -= (month, day or 1) > (anchor.month, anchor.day or 31)
            while not Parts(year, month, day).exists():  # 29 February
                year -= 1
        return Parts(year, month, day)
    year, month = anchor.year, anchor.month
    late = (day or 1) > (anchor.day or 31)
    while late or not Parts(year, month, day).exists():
        year, month = (year, month - 1) if month > 1 else (year - 1 if year else None, 12)
        late = False
    return Parts(year, month, day)


def _end(begin: Parts, finish: Parts) -> Parts:
    """The last day of a range, with what the first day has."""
    year, month, day = finish
    if month is None and begin.month is not None and begin.day is not None and day is not None:
        month = begin.month if day >= begin.day else begin.month % 12 + 1
    if year is None and begin.year is not None:
        later = month is not None and begin.month is not None and month < begin.month
        year = begin.year + later
    return Parts(year, month, day)


def _edtf(parts: Parts) -> str:
    """EDTF of a day, or of a month where no day is named."""
    year = f"{parts.year:04d}" if parts.year else "XXXX"
    month = f"-{parts.month:02d}" if parts.month else "-XX"
    return year + month + (f"-{parts.day:02d}" if parts.day else "")
