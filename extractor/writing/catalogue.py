"""The catalogue of archived documents (归档文件目录): one row for an entry, and rows for its people, units and tasks.

Its nine items are those of DA/T 22-2015 (归档文件整理规则), 5.5.2; what stands in them, and why: docs/catalogue.md. Whatever the
archive says of its item itself (``Entry.extra``) is taken as it is; nothing is claimed that neither archive nor report says.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from extractor.writing.entries import Entry
from extractor.writing.labels import labels

#: What a cell holds; None is an empty one.
Cell = str | int | float | None
#: A row by the keys of its sheet's columns.
Row = dict[str, Cell]

#: Items of the catalogue by the keys under which a manifest gives them.
_ITEMS = ("档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
#: The manifest's option, not an item of the catalogue.
_PUBLISHED = "published"

_HALVES = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"(\d{4})(?:(\d\d)(\d\d)|[-/.年](\d{1,2})[-/.月](\d{1,2})日?)")


@dataclass(frozen=True, slots=True)
class Column:
    """``width``: in characters of Latin type, as spreadsheets count."""

    key: str
    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the catalogue, with its name and columns."""

    name: str
    columns: tuple[Column, ...]

    def headings(self) -> list[str]:
        """The headings in their order."""
        return [column.heading for column in self.columns]

    def cells(self, row: Row) -> list[Cell]:
        """The cells of a row in the order of the columns."""
        return [row[column.key] for column in self.columns]


@cache
def sheets() -> tuple[Sheet, Sheet, Sheet, Sheet]:
    """归档文件目录, 人员, 单位 and 任务, as ``catalogue.toml`` has them."""
    data = tomllib.loads((files(__package__) / "catalogue.toml").read_text("utf-8"))
    catalogue, people, units, tasks = (
        Sheet(sheet["name"], tuple(Column(*column) for column in sheet["columns"])) for sheet in data["sheet"]
    )
    return catalogue, people, units, tasks


def catalogue_row(entry: Entry) -> Row:
    """The row of 归档文件目录: the nine items of DA/T 22, then what the record says."""
    source, given = entry.record["source"], _Given(entry.extra)
    found = _found(entry.record)
    supplied = f"[{found['meeting']}]" if found["meeting"] else None
    day, basis = _day_of(given, found)
    return {
        "number": entry.number + 1,
        "code": given("档号"),
        "document_number": given("文号"),
        # Who made the document (5.5.2 d). The record knows who held the meeting, which is not the same.
        "responsible": given("责任者"),
        "title": given("题名") or found["headline"] or supplied,
        "date": day,
        "secrecy": given("密级"),
        "pages": given.number("页数") if given("页数") else source["pages"],
        "remarks": "；".join(filter(None, (given("备注"), basis, _failure(entry.record)))) or None,
        **found,
        "published": _eight_digits(given(_PUBLISHED)),
        "file": source["name"],
        "sha256": source["sha256"],
        "media_type": source["media_type"],
        "further": "；".join(f"{key}：{given(key)}" for key in given.further()) or None,
    }


def people_rows(entry: Entry) -> Iterator[Row]:
    """A row for each person of each list: who leads and speaks has two. Units that speak are among the units."""
    words, record = labels()["zh"], entry.record
    for name in ("leaders", "speakers"):
        for rank, person in enumerate(record.get(name, ()), start=1):
            if person.get("kind") != "unit":
                own = {key: person[key] for key in ("name", "title", "confidence", "title_confidence")}
                own |= {"list": words[name], "roles": _roles(person)}
                yield _begun(entry, rank) | own | _where(person)
    for rank, mentioned in enumerate(record.get("mentioned", ()), start=1):
        nothing: Row = dict.fromkeys(("title", "roles", "confidence", "title_confidence"))
        yield _begun(entry, rank) | nothing | {"list": words["mentioned"], "name": mentioned} | _where({})


def unit_rows(entry: Entry) -> Iterator[Row]:
    """A row for each unit that takes part."""
    keys = ("name", "representatives", "confidence", "representatives_confidence")
    for rank, unit in enumerate(entry.record.get("attending_units", ()), start=1):
        yield _begun(entry, rank) | {key: unit[key] for key in keys} | {"roles": _roles(unit)} | _where(unit)


def task_rows(entry: Entry) -> Iterator[Row]:
    """A row for each task."""
    keys = ("text", "ordinal", "by", "actor", "deadline", "confidence")
    for rank, task in enumerate(entry.record.get("tasks", ()), start=1):
        yield _begun(entry, rank) | {key: task[key] for key in keys} | _where(task)


def sound_record(entry: Entry) -> dict[str, Any]:
    """The record of an entry, ``sound``. Looked through only where its line can hold a half: elsewhere none is escaped."""
    record: dict[str, Any] = sound(entry.record) if "\\ud" in entry.line.lower() else entry.record
    return record


def sound(value: Any) -> Any:
    r"""What JSON holds, with U+FFFD for halves of characters: in UTF-8, and so in databases, there are none.

    >>> sound({"备注": ["甲\ud800", 1]})
    {'备注': ['甲�', 1]}
    """
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {sound(key): sound(item) for key, item in value.items()}
    return [sound(item) for item in value] if isinstance(value, list | tuple) else value


class _Given:
    """What the manifest says of the input: text or numbers, from strangers."""

    def __init__(self, extra: Mapping[str, Any]) -> None:
        self.extra = extra

    def __call__(self, key: str) -> str | None:
        """As text; None where there is nothing."""
        value = self.extra.get(key)
        return None if value is None else str(value).strip() or None

    def number(self, key: str) -> Cell:
        """As a whole number where it is one, else as text."""
        text = self(key)
        return int(text) if text is not None and re.fullmatch(r"[0-9]{1,15}", text) else text

    def further(self) -> list[str]:
        """The keys that are no items of the catalogue, in their order."""
        return [key for key in self.extra if key not in (*_ITEMS, _PUBLISHED) and self(key)]


def _found(record: Mapping[str, Any]) -> Row:
    """What the record says of its report; all empty for an error record, its status and code aside."""
    words = labels()["zh"]
    if record["status"] != "ok":
        keys = [column.key for column in sheets()[0].columns]
        empty: Row = dict.fromkeys(keys[keys.index("kind") :])
        return empty | {"status": words["error"], "error": record["error"]["code"]}
    when = record["date"] or dict.fromkeys(("text", "edtf", "start", "end"))
    return {
        "kind": words["kind"][record["kind"]],
        "headline": _text(record["title"]),
        "meeting": _text(record["meeting"]["name"]),
        "organizer": _text(record["meeting"]["organizer"]),
        "location": _text(record["meeting"]["location"]),
        "meeting_date": when["text"],
        "edtf": when["edtf"],
        "first_day": _eight_digits(when["start"]),
        "last_day": _eight_digits(when["end"]),
        "leaders": _several(map(_participant, record["leaders"])),
        "speakers": _several(map(_participant, record["speakers"])),
        "units": _several(map(_participant, record["attending_units"])),
        "tasks": _several(task["text"] for task in record["tasks"]),
        "documents": _several(
            f"《{d['title']}》（{words['action'][d['action']]}）" for d in record["documents"]
        ),
        "mentioned": words["separator"].join(record["mentioned"]) or None,
        "warnings": "".join(warning["message"] for warning in record["warnings"]) or None,
        "certainty": min(_certainties(record), default=None),
        "status": "已著录",
        "error": None,
    }


def _day_of(given: _Given, found: Row) -> tuple[Cell, str | None]:
    """日期, and on what it is based if it is not the archive's own.

    The item is the day on which the document was made (DA/T 22-2015, 5.5.2 f), which a record does not know: only that of the
    meeting. So that stands as a date that was found out (考证日期) does, in [ ] and with a note (DA/T 18-2022, 7.6.6).
    """
    if own := given("日期"):
        return _eight_digits(own), None
    if published := given(_PUBLISHED):
        return _eight_digits(published), "日期据发布日期著录"
    if last := found["last_day"]:
        return f"[{last}]", f"日期据会议日期（{found['meeting_date']}）著录"
    return None, None


def _failure(record: Mapping[str, Any]) -> str | None:
    return None if record["status"] == "ok" else f"{labels()['zh']['error']}：{record['error']['message']}"


def _eight_digits(text: Cell) -> str | None:
    """A full date as YYYYMMDD; anything else as it is.

    >>> _eight_digits("2021-03-24"), _eight_digits("2021年3月4日"), _eight_digits("20210324"), _eight_digits("2021-03")
    ('20210324', '20210304', '20210324', '2021-03')
    """
    if text is None:
        return None
    if match := _DAY.fullmatch(str(text)):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        try:
            return date(year, month, day).strftime("%Y%m%d").zfill(8)
        except ValueError:
            pass
    return str(text)


def _text(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else str(value["text"])


def _several(items: Iterable[str]) -> str | None:
    return str(labels()["zh"]["note_separator"].join(items)) or None


def _participant(item: Mapping[str, Any]) -> str:
    """Name, and in brackets title or representatives, and roles: 李甲（县长；主持、讲话）."""
    words = labels()["zh"]
    notes = filter(None, (item.get("title") or item.get("representatives"), _roles(item)))
    return str(item["name"] + words["brackets"].format(words["note_separator"].join(notes)))


def _roles(item: Mapping[str, Any]) -> str:
    words = labels()["zh"]
    return str(words["separator"].join(words["role"][role] for role in item["roles"]))


def _begun(entry: Entry, rank: int) -> Row:
    """What ties a row to its report, and its place in the list there, from 1."""
    code = _Given(entry.extra)("档号")
    return {"number": entry.number + 1, "code": code, "rank": rank, "file": entry.record["source"]["name"]}


def _where(item: Mapping[str, Any]) -> Row:
    """Where its name or text stands: the first span."""
    keys = ("start", "end", "page", "paragraph")
    spans = item.get("evidence")
    return {key: spans[0][key] for key in keys} if spans else dict.fromkeys(keys)


def _certainties(record: Mapping[str, Any]) -> Iterator[float]:
    """The confidences of all values of a record."""
    for value in (record["title"], *record["meeting"].values(), record["date"]):
        if value is not None:
            yield value["confidence"]
    for name in ("leaders", "speakers", "attending_units", "tasks", "documents"):
        for item in record[name]:
            parts = (item[key] for key in item if key == "confidence" or key.endswith("_confidence"))
            yield from (part for part in parts if part is not None and math.isfinite(part))
