"""One entry of a lexicon: what it may hold, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from extractor.errors import LexiconError
from extractor.rules import traditional

Kind = Literal["people", "units", "places", "never"]

#: Longest person's name and longest other name or title, in code points.
_LONGEST_NAME, _LONGEST = 40, 60
#: A value that an error quotes is cut here.
_QUOTED = 40
_PERSON = re.compile(r"[^\W\d_]{1,40}(?:[· .'’-]{1,2}[^\W\d_]{1,40}){0,6}\.?")
_DOT = re.compile("[・•‧∙⋅･●．]")
_MARKS = re.compile(r"[，。；：！？、“”《》,;:!?\"\n\t]")
_TITLE_MARKS = re.compile(r"[。；：！？\"\n\t;:!?]")
_DAY = re.compile(r"(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2}))?)?[年月日]?", re.ASCII)
#: What stands for an office that goes on.
_STILL = ("", "至今", "现在", "present")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as it is used.

    ``spellings`` are the name as listed and its aliases. ``begin`` and ``end`` are the first and last day of
    office, None where it is not said: the office then has no such bound.
    """

    kind: Kind
    name: str
    line: int
    spellings: tuple[str, ...]
    title: str | None = None
    begin: date | None = None
    end: date | None = None

    @property
    def rule(self) -> str:
        """What ``extract explain`` calls it."""
        return f"lexicon.{self.kind}:{self.name}"

    def holds_office(self, first: date | None, last: date | None) -> bool:
        """Whether the office overlaps the days from ``first`` to ``last``; unknown days (None) never speak against it."""
        begun = self.begin is None or last is None or self.begin <= last
        return begun and (self.end is None or first is None or first <= self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All entries of one file, in its order; ``name`` is the base name of the file."""

    name: str
    entries: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as the file has it: its values, and on which line each stands."""

    kind: Kind
    line: int
    values: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)


def folded(name: str) -> str:
    """A name as it is compared: width and traditional characters folded, no blanks.

    >>> folded("張　國棟") == folded("张国栋")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).translate(traditional()).split())


def _wrong(term: str) -> PydanticCustomError:
    return PydanticCustomError(term, term)  # a term of extractor.errors, no message


def _joined(name: str) -> str:
    """A Chinese name without the blanks inside; one in Latin letters keeps one between words."""
    return " ".join(name.split()) if name.isascii() else "".join(name.split())


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise _wrong("not-text")
    return " ".join(value.split())


def _person(name: str) -> str:
    name = _joined(_DOT.sub("·", name))
    if not name:
        raise _wrong("no-name")
    if not 2 <= len(name) <= _LONGEST_NAME:
        raise _wrong("bad-length")
    if not _PERSON.fullmatch(name):
        raise _wrong("no-persons-name")
    return name


def _name(name: str) -> str:
    name = _joined(name)
    if not name:
        raise _wrong("no-name")
    if not 2 <= len(name) <= _LONGEST:
        raise _wrong("bad-length")
    if _MARKS.search(name):
        raise _wrong("has-marks")
    return name


def _title(title: str) -> str | None:
    title = _joined(title)
    if len(title) > _LONGEST or len(title) == 1:
        raise _wrong("bad-length")
    if _TITLE_MARKS.search(title):
        raise _wrong("has-marks")
    return title or None


def _day(value: Any) -> tuple[date, date] | None:
    """First and last day that a date, a month, or a year covers."""
    if isinstance(value, date):
        day = date(value.year, value.month, value.day)
        return day, day
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else "?"
    if text.lower() in _STILL:
        return None
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day_of_month = (int(part) if part else None for part in match.groups())
        first = date(year or 0, month or 1, day_of_month or 1)
        if day_of_month:
            return first, first
        after = date(first.year + 1, 1, 1) if not month or month == 12 else date(first.year, month + 1, 1)
        return first, after - timedelta(days=1)
    except (ValueError, OverflowError):
        raise _wrong("bad-day") from None


Person = Annotated[str, BeforeValidator(_text), AfterValidator(_person)]
Name = Annotated[str, BeforeValidator(_text), AfterValidator(_name)]
Title = Annotated[str | None, BeforeValidator(_text), AfterValidator(lambda t: _title(t) if t else None)]
Day = Annotated[tuple[date, date] | None, BeforeValidator(_day)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: str | None = None  # for the archivist (备注)


class PersonEntry(_Entry):
    """A person (人员) with a post, and when it was held."""

    name: Person
    title: Title = None
    begin: Day = Field(None, alias="from")
    end: Day = Field(None, alias="to")


class UnitEntry(_Entry):
    """A unit (单位) and what else it is called."""

    name: Name
    aliases: list[Name] = []


class WordEntry(_Entry):
    """A place (地点), or a word that is never a name (非人名)."""

    name: Name


_MODELS: dict[Kind, type[_Entry]] = {
    "people": PersonEntry,
    "units": UnitEntry,
    "places": WordEntry,
    "never": WordEntry,
}
#: What pydantic calls it → the term of ``extractor.errors``.
_TERMS = {"missing": "no-name", "extra_forbidden": "unknown-key", "list_type": "not-a-list"}


def checked(row: Row, path: str) -> tuple[Listed | None, list[LexiconError]]:
    """The entry of a row, or what is wrong with it."""
    try:
        entry = _MODELS[row.kind].model_validate(row.values)
    except ValidationError as error:
        return None, [_error(row, path, wrong) for wrong in error.errors(include_url=False)]
    if not isinstance(entry, PersonEntry):
        name = str(getattr(entry, "name", ""))
        return Listed(row.kind, name, row.line, (name, *getattr(entry, "aliases", ()))), []
    begin, end = entry.begin and entry.begin[0], entry.end and entry.end[1]
    if begin and end and end < begin:
        line, value = row.lines.get("to", row.line), str(row.values.get("to"))
        return None, [LexiconError(path=path, line=line, value=value, detail="ends-before-it-begins")]
    return Listed("people", entry.name, row.line, (entry.name,), entry.title, begin, end), []


def _error(row: Row, path: str, wrong: Any) -> LexiconError:
    key = str(wrong["loc"][0]) if wrong["loc"] else ""
    detail = _TERMS.get(wrong["type"], wrong["type"])
    value = "" if wrong["type"] in ("missing", "extra_forbidden") else str(wrong["input"]).strip()[:_QUOTED]
    return LexiconError(path=path, line=row.lines.get(key, row.line), value=value or key, detail=detail)
