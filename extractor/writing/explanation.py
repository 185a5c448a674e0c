"""Which rule gave which value and what it was preferred to: for the eye a table, for programs lines with tabs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import Language
from extractor.rules import known_rule
from extractor.writing import tables
from extractor.writing.printing import printed, shown

if TYPE_CHECKING:
    from extractor.explaining import Reason, Rival
    from extractor.record import Made

#: What of a value with several fields tells the reader which one it is.
_SHOWN = ("text", "edtf", "name", "title", "representatives")
_STEP = re.compile(r"([a-z_]++)|\[(\d++)\]")
#: What stands before a rival in the table, before further evidence for the value itself, and between rivals on a line.
_NOT, _AND, _BETWEEN = "≠ ", "+ ", " | "


class Row(NamedTuple):
    """One value of the record: ``where`` is START-END in code points of the text as read, or empty."""

    path: str
    value: str
    rule: str
    where: str
    over: tuple[Rival, ...] = ()


class RuleRow(NamedTuple):
    """What a rule looks for, with what it must find and what it must not; empty where it has no pattern of its own."""

    rule: str
    meaning: str
    example: str
    counter_example: str


def rows(made: Made, reasons: Iterable[Reason]) -> Iterator[Row]:
    """The values that a rule gave, in the order of the record's trace."""
    data = made.record.model_dump(mode="json")
    for reason in reasons:
        value, where = value_at(data, reason.path)
        if reason.at is not None and made.found is not None:
            place = made.found.source(reason.at.start, reason.at.end)
            where = f"{place.start}-{place.end}"
        yield Row(reason.path, value, reason.rule, where, reason.over)


def rule_rows(explanation: Iterable[Row], language: Language) -> list[RuleRow]:
    """Every rule that gave a value or spoke for a rival, once, in the order of its id."""
    used = {rule for row in explanation for rule in (row.rule, *(rival.rule for rival in row.over))}
    out = []
    for rule in sorted(used):
        known = known_rule(rule)
        example, counter = (known.example, known.counter_example) if known else ("", "")
        out.append(RuleRow(rule, meaning(rule, language), example, counter))
    return out


def meaning(rule: str, language: Language) -> str:
    """What a rule looks for, in plain words.

    >>> meaning("lexicon.people:禤逸", "en")
    "A person of your archive's lexicon"
    """
    sentences = _sentences()["rule"]
    key = rule.partition(":")[0]
    while key and key not in sentences:
        key = key.rpartition(".")[0]
    return sentences[key][language == "zh"] if key else ""


def why(rival: Rival, language: Language) -> str:
    """Why a rival lost, in plain words."""
    return _sentences()["why"][rival.why][language == "zh"].format(by=rival.by)


def tab_separated(explanation: Iterable[Row]) -> str:
    """A line for each value: path, value, rule, where and rivals, with tabs between; for programs.

    A rival is ``text (rule why by)``, and `` | `` stands between two.
    """
    return tables.tab_separated((*row[:4], _BETWEEN.join(map(_rival, row.over))) for row in explanation)


def rules_tab_separated(explanation: Iterable[RuleRow]) -> str:
    """A line for each rule: id, meaning, example and counter-example, with tabs between."""
    return tables.tab_separated(explanation)


def table(
    explanation: Iterable[Row], headings: Iterable[str], width: int, colour: bool, language: Language
) -> str:
    """The same under headings, in columns, each rival on a line of its own below its value; for the eye."""
    page = tables.grid(headings, ("dim", "", "cyan", "dim"))
    for row in explanation:
        page.add_row(*map(shown, row[:4]))
        for rival in row.over:
            mark = _AND if rival.text == row.value else _NOT
            lost = ("", mark + rival.text, rival.rule, why(rival, language))
            page.add_row(*(shown(cell, "dim") for cell in lost))
    return printed(page, max(width, tables.NARROWEST), colour)


def rules_table(explanation: Iterable[RuleRow], headings: Iterable[str], width: int, colour: bool) -> str:
    """What the rules look for, in columns; for the eye."""
    page = tables.grid(headings, ("cyan", "", "", "dim"))
    for row in explanation:
        page.add_row(*map(shown, row))
    return printed(page, max(width, tables.NARROWEST), colour)


def _rival(rival: Rival) -> str:
    by = "" if rival.by is None else f" {rival.by}"
    return f"{rival.text} ({rival.rule} {rival.why}{by})"


def value_at(data: Any, path: str) -> tuple[str, str]:
    """The value under a path as ``leaders[0].roles[1]``, and the first evidence on the way there."""
    where = ""
    for key, index in _STEP.findall(path):
        data = data[key] if key else data[int(index)]
        if isinstance(data, dict) and data.get("evidence"):
            first = data["evidence"][0]
            where = f"{first['start']}-{first['end']}"
    if isinstance(data, dict):
        data = " ".join(data[key] for key in _SHOWN if data.get(key))
    return (" ".join(data) if isinstance(data, list) else str(data)), where


@cache
def _sentences() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files(__package__) / "reasons.toml").read_text("utf-8"))
