"""What the components hand on: small frozen records that point into the clean text.

Every offset is a code point of the *clean* text (``extractor.language.clean``), ``start`` inclusive,
``end`` exclusive; ``Findings.source`` maps a stretch back to the text as read, which is what ``evidence``
of the published record counts in. ``rule`` is the id of the rule that gave the value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from extractor.lexicon import Listed


@dataclass(frozen=True, slots=True, order=True)
class Extent:
    """A stretch of the text: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves.

        >>> Extent(1, 3).of("省委召开")
        '委召'
        """
        return text[self.start : self.end]

    def holds(self, other: Extent | Name) -> bool:
        """Whether ``other`` lies inside."""
        return self.start <= other.start and other.end <= self.end


class LineKind(StrEnum):
    """What a line of the report is for."""

    HEADLINE = "headline"  # the main headline (题名)
    SUBHEAD = "subhead"  # further headlines, and section headings inside the body
    META = "meta"  # source, date of publication, page views, navigation
    BODY = "body"
    CAPTION = "caption"  # of a photograph
    BYLINE = "byline"  # reporters, editors, photographers, suppliers at the end
    LABEL = "label"  # a labelled line of minutes: 时间：…


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, without its line end and outer white space."""

    start: int
    end: int
    kind: LineKind
    label: str | None = None  # canonical name of the label of minutes: time, place, chair, present, …
    value: int = -1  # where the value after the label begins; -1 where there is no label


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a line, its closing mark (。！？；is none) and closing quotes included."""

    start: int
    end: int
    line: int  # index into Layout.lines


@dataclass(frozen=True, slots=True)
class Layout:
    """The shape of the report."""

    lines: tuple[Line, ...]
    sentences: tuple[Sentence, ...]  # of body, label and caption lines, in order
    headline: Extent | None
    dateline: Extent | None  # 本报讯（记者 …） · 新华社北京5月3日电 · 央视网消息（…）：
    bylines: tuple[Extent, ...] = ()  # who wrote, photographed, edited: whole lines or closing brackets


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A person's name where it stands; ``name`` is without inner white space."""

    start: int
    end: int
    name: str
    rule: str
    title: Extent | None = None  # the post printed with this mention
    gain: int = field(default=0, compare=False)  # how sure the finder is, in tenths of a nat
    model: int = field(default=0, compare=False)  # what the trained model adds or takes; 0: not asked

    @property
    def extent(self) -> Extent:
        """Where it stands."""
        return Extent(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Shift:
    """How an expression counts from the day of the report: 昨天 is day -1, 上周五 week -1, weekday 4."""

    unit: str  # day | week | month | year
    count: int
    weekday: int | None = None  # Monday is 0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression. Parts that the expression does not state are None.

    ``kind`` says what the date is for. ``meeting``: it dates the meeting (one mention at most). Those that
    might: day, relative, month, year, vague, lunar. Those that date something else: clause, quoted, since,
    caption, headline; and those that never date it: dateline, published, deadline, duration, planned,
    document, other.
    """

    start: int
    end: int
    kind: str
    begin: tuple[int | None, int | None, int | None]  # year, month, day
    finish: tuple[int | None, int | None, int | None] | None  # last day of a range
    rule: str
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """An attribution: who says what follows, and as far as where.

    ``by`` is what the record prints: 会议, or the name (with a pronoun or 王书记, the name as printed
    earlier); None where minutes, a letter or a whole group speaks.
    ``content`` runs from the first character said to the end of what this speaker says in a row.
    ``kind`` is ``meeting`` (会议要求), ``address`` (a person who speaks to the meeting), ``report``
    (汇报, 介绍), ``statement`` (发言, 表态, 大家表示), or ``quote`` (the words of one who is not there).
    """

    start: int
    end: int  # end of the attribution, before the content
    by: Extent | None
    speaker: Name | None
    verb: str
    content: Extent
    rule: str
    kind: str = "address"
    others: tuple[Name, ...] = ()  # further subjects of the same verb: 李甲、王乙表示
    implied: bool = False  # the verb has no subject of its own: …并讲话，强调


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate with its subject: ``subject`` took part in this ``role``."""

    role: str  # chair | address | report | statement | lecture | attend
    subject: Extent
    verb: Extent
    rule: str
    soft: bool = False  # counts only for those of whom nothing else is told


@dataclass(frozen=True, slots=True)
class Person:
    """One person over the whole report."""

    name: str
    title: Extent | None
    roles: tuple[str, ...]
    evidence: tuple[Extent, ...]  # the first is the name
    rule: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One organisation that takes part through its representatives."""

    name: Extent
    representatives: Extent | None
    roles: tuple[str, ...]
    evidence: tuple[Extent, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Task:
    """One directive."""

    start: int
    end: int
    ordinal: Extent | None
    by: Extent | None
    actor: Extent | None
    deadline: Extent | None
    rule: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the meeting handled."""

    title: Extent
    action: str  # review | approve | convey | issue | sign
    verb: Extent
    rule: str


@dataclass(frozen=True, slots=True)
class Event:
    """The meeting itself."""

    kind: str  # report | minutes | other
    name: Extent | None
    organizer: Extent | None
    location: Extent | None
    date: DateMention | None
    rules: tuple[tuple[str, str], ...]  # field → rule id


@dataclass(frozen=True, slots=True)
class Match:
    """An entry of the archive's lexicon where it stands."""

    start: int
    end: int
    kind: str  # people | titles | units | places | never
    entry: Listed


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive's lexicon knows of the text. Units are apart, and so are places; others may overlap."""

    people: tuple[Match, ...] = ()
    titles: tuple[Match, ...] = ()  # of those in office
    units: tuple[Match, ...] = ()
    places: tuple[Match, ...] = ()
    never: tuple[Match, ...] = ()

    @property
    def all(self) -> tuple[Match, ...]:
        """All of them, in the order of the text."""
        every = (*self.people, *self.titles, *self.units, *self.places, *self.never)
        return tuple(sorted(every, key=lambda m: (m.start, m.end)))
