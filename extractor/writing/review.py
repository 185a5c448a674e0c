"""What a person should look at: the values that a record is not sure of, the least certain first."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from extractor.reading.places import NOWHERE
from extractor.writing.explanation import value_at
from extractor.writing.harmless import cell
from extractor.writing.printing import printed, shown
from extractor.writing.sentences import warning_sentence
from extractor.writing.tables import grid

if TYPE_CHECKING:
    from extractor.confidence import Judged
    from extractor.errors import Language
    from extractor.reading import Text
    from extractor.record import Made

#: Reasons that are told, at most.
_REASONS = 2
#: Code points shown on each side of a value.
_AROUND = 30
#: Narrower, the table cannot be read.
_NARROWEST = 70


class Item(NamedTuple):
    """One thing to look at. ``confidence``: empty for a warning; ``where``: START-END in code points.

    ``place``: the page or paragraph of the file, empty where the format has neither.
    """

    confidence: str
    report: str
    field: str
    value: str
    where: str
    place: str
    why: str
    context: str


def items(made: Made, text: Text, below: float, language: Language) -> Iterator[Item]:
    """What to look at in one record: the values less certain than ``below``, then its warnings.

    ``text``: the text as read, from which the words around each are shown.
    """
    record, data = made.record, made.record.model_dump(mode="json")
    name = record.source.name
    for judged in sorted(made.judged, key=lambda j: j.confidence):
        if judged.confidence < below:
            value, where = value_at(data, judged.path)
            if "]." in judged.path:  # a part is told with the name that it belongs to
                value = f"{value_at(data, judged.path.rpartition('.')[0] + '.name')[0]}: {value}"
            confidence, why = f"{judged.confidence:.2f}", _why(judged, language)
            place, context = _place(text, where, language), _around(text.characters, where)
            yield Item(confidence, name, judged.path, value, where, place, why, context)
    for i, warning in enumerate(record.warnings):
        where = f"{warning.evidence[0].start}-{warning.evidence[0].end}" if warning.evidence else ""
        why, field = warning_sentence(warning, language), f"warnings[{i}]"
        place, context = _place(text, where, language), _around(text.characters, where)
        yield Item("", name, field, warning.code, where, place, why, context)


def least_certain_first(found: Iterable[Item]) -> list[Item]:
    """Of many reports: the values by confidence, then the warnings, each in the order of the reports."""
    return sorted(found, key=lambda item: item.confidence or "9")


def reasons(language: Language) -> dict[str, str]:
    """The words for each sign, as ``doubts.toml`` has them."""
    return _all_reasons()[language]


@cache
def _all_reasons() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "doubts.toml").read_text("utf-8"))


def _why(judged: Judged, language: Language) -> str:
    """The weightiest signs against it, in words."""
    words = reasons(language)
    told = []
    for sign in judged.against():
        group, colon, name = sign.partition(":")
        said = words.get(sign) or words[group + colon].format(name)
        if said not in told:
            told.append(said)
    return ("；" if language == "zh" else "; ").join(told[:_REASONS])


def _place(text: Text, where: str, language: Language) -> str:
    """The page of a stretch, else its paragraph."""
    page, _, paragraph = text.places.of(*_span(where)) if where else NOWHERE
    if page is not None:
        return f"第{page}页" if language == "zh" else f"page {page}"
    if paragraph is not None:
        return f"第{paragraph}段" if language == "zh" else f"paragraph {paragraph}"
    return ""


def _span(where: str) -> tuple[int, int]:
    start, _, end = where.partition("-")
    return int(start), int(end)


def _around(text: str, where: str) -> str:
    """The words around a stretch, which stands in 〔〕."""
    if not where:
        return ""
    start, end = _span(where)
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return re.sub(r"\s", " ", f"{before}〔{text[start:end]}〕{after}")


def table(found: Iterable[Item], headings: Item, width: int, colour: bool) -> str:
    """A table for the eye: certainty, report, field, value, where, why; the place in the file, if any item has one."""
    found = list(found)
    placed = any(item.place for item in found)
    columns = [i for i, name in enumerate(Item._fields) if name != "context" and (placed or name != "place")]
    styles = ("yellow", "dim", "dim", "", "dim", "dim", "cyan")
    page = grid([headings[i] for i in columns], [styles[i] for i in columns])
    for item in found:
        page.add_row(*(shown(item[i]) for i in columns))
    return printed(page, max(width, _NARROWEST), colour)


def spreadsheet(found: Iterable[Item], headings: Item) -> str:
    """CSV with a byte order mark and a line of headings, as spreadsheets on every desktop open it.

    What a spreadsheet would take for a formula has ' before it.
    """
    out = StringIO()
    out.write("\ufeff")
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(headings)
    for item in found:
        write(map(cell, item))
    return out.getvalue()
