"""The CSV that AtoM (Access to Memory) imports as archival descriptions by ISAD(G), one item for each report.

Columns and their order: AtoM's own template, ``lib/task/import/example/isad/example_information_objects_isad.csv``.
Each column that AtoM takes apart at ``|`` has ｜ for a | inside a value. docs/archival-description.md has the mapping and its reasons.
An input that could not be read gives no row: AtoM would make a description of it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, BinaryIO

from extractor.writing.description import (
    basic_day,
    days,
    extent,
    given,
    heading,
    organizers,
    parties,
    script,
    statements,
    words,
)
from extractor.writing.harmless import harmless

if TYPE_CHECKING:
    from extractor.writing.entries import Entry

#: The header of the template, word for word.
COLUMNS = (
    "legacyId", "parentId", "qubitParentSlug", "accessionNumber", "identifier", "title",
    "levelOfDescription", "extentAndMedium", "repository", "archivalHistory", "acquisition",
    "scopeAndContent", "appraisal", "accruals", "arrangement", "accessConditions", "reproductionConditions",
    "language", "script", "languageNote", "physicalCharacteristics", "findingAids", "locationOfOriginals",
    "locationOfCopies", "relatedUnitsOfDescription", "publicationNote", "digitalObjectPath",
    "digitalObjectURI", "generalNote", "subjectAccessPoints", "placeAccessPoints", "nameAccessPoints",
    "genreAccessPoints", "descriptionIdentifier", "institutionIdentifier", "rules", "descriptionStatus",
    "levelOfDetail", "revisionHistory", "languageOfDescription", "scriptOfDescription", "sources",
    "archivistNote", "publicationStatus", "physicalObjectName", "physicalObjectLocation",
    "physicalObjectType", "alternativeIdentifiers", "alternativeIdentifierLabels", "eventDates",
    "eventTypes", "eventStartDates", "eventEndDates", "eventActors", "eventActorHistories", "culture",
)  # fmt: skip
#: Said of every description: which rules, and that a program made it.
RULES = "ISAD(G)：国际档案著录规则（总则），第2版"
MADE_BY = "由程序自报道原文提取，引文照录，未经人工核对。"
#: The type of the event that the date of the report's meeting dates. Without a type AtoM takes a date for that of creation.
MEETING = "会议"
#: In a list of events, what one of them does not have (``csvImportBaseTask``, importEvents).
_NULL = "NULL"
#: Code points. AtoM keeps titles, identifiers and names in 1 024 characters, texts in a TEXT of MySQL: 65 535 bytes.
_NAME, _TEXT = 1_024, 16_000
#: The columns that AtoM takes apart at |, of those that are filled here.
_SEVERAL = (
    "generalNote", "nameAccessPoints", "genreAccessPoints", "alternativeIdentifiers", "alternativeIdentifierLabels",
    "eventDates", "eventTypes", "eventStartDates", "eventEndDates", "eventActors",
)  # fmt: skip
_FORMULA = tuple("=+-@＝＋－＠")
#: PHP's fgetcsv takes \" for a quotation mark inside a field, and reads on into the next rows.
_ESCAPES = re.compile(r'\\(?="|$)', re.MULTILINE)


def write(entries: Iterable[Entry], out: BinaryIO) -> None:
    """Write the header and a row for each record that was read, in UTF-8 with LF, as AtoM asks. Holds one at a time."""
    lines = TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        table = csv.writer(lines, lineterminator="\n", quoting=csv.QUOTE_ALL)
        table.writerow(COLUMNS)
        for entry in entries:
            if entry.record["status"] == "ok":
                row = _row(entry)
                table.writerow(_cell(row.get(column, ""), column) for column in COLUMNS)
    finally:
        lines.detach()


def _row(entry: Entry) -> dict[str, str]:
    record, extra = entry.record, entry.extra
    source, kind = record["source"], record["kind"]
    number = given(extra, "文号")
    return {
        "legacyId": str(entry.number + 1),
        "identifier": given(extra, "档号"),
        "title": given(extra, "题名") or heading(record),
        "levelOfDescription": "Item",
        "extentAndMedium": "；".join(filter(None, extent(entry))),
        "scopeAndContent": "\n".join(f"{label}：{said}。" for label, said in statements(record)),
        "appraisal": _labelled("保管期限", extra),
        "accessConditions": _labelled("密级", extra),
        "language": "zh",
        "script": script(record),
        "generalNote": _joined([given(extra, "备注"), *(w["message"] for w in record["warnings"])], _TEXT),
        "nameAccessPoints": _joined(dict.fromkeys(p.name for p in (*organizers(record), *parties(record)))),
        "genreAccessPoints": "" if kind == "other" else words()["kind"][kind],
        "rules": RULES,
        "languageOfDescription": "zh",
        "scriptOfDescription": "Hans",
        "sources": f"{source['name']}（SHA-256 {source['sha256']}）",
        "archivistNote": MADE_BY,
        "publicationStatus": "Draft",
        "alternativeIdentifiers": _joined([number]),
        "alternativeIdentifierLabels": "文号" if number else "",
        "culture": "zh",
        **_events(record, extra),
    }


def _events(record: Mapping[str, Any], extra: Mapping[str, Any]) -> dict[str, str]:
    """The columns of the events: the meeting by its date; the making of the document where the archive gives it."""
    events: list[dict[str, str]] = []
    if date := record["date"]:
        start, end = days(date["edtf"])
        stated = {"eventDates": date["text"], "eventStartDates": start, "eventEndDates": end}
        events.append({"eventTypes": MEETING, **stated})
    made, by = given(extra, "日期"), given(extra, "责任者")
    if made or by:  # no type: creation, whatever it is called in the language of that AtoM
        day = basic_day(made)
        stated = {"eventDates": made, "eventStartDates": day, "eventEndDates": day, "eventActors": by}
        events.append(stated)
    columns = ("eventDates", "eventTypes", "eventStartDates", "eventEndDates", "eventActors")
    told = (column for column in columns if any(event.get(column) for event in events))
    return {column: _joined(event.get(column) or _NULL for event in events) for column in told}


def _joined(values: Iterable[str], most: int = _NAME) -> str:
    return "|".join(cut(harmless(value).replace("|", "｜"), most) for value in values if value)


def _labelled(key: str, extra: Mapping[str, Any]) -> str:
    return f"{key}：{value}" if (value := given(extra, key)) else ""


def _cell(value: str, column: str) -> str:
    """Text that acts neither on a terminal, nor in a spreadsheet, nor on PHP's reader."""
    safe = "\n".join(map(harmless, value.split("\n"))) if column == "scopeAndContent" else harmless(value)
    if safe.startswith(_FORMULA):
        safe = f"'{safe}"
    if column not in _SEVERAL:  # these are cut value by value
        safe = cut(safe, _TEXT if column == "scopeAndContent" else _NAME)
    return _ESCAPES.sub("＼", safe)


def cut(value: str, most: int) -> str:
    """At most so many code points, the last one … where more were there."""
    return value if len(value) <= most else f"{value[: most - 1]}…"
