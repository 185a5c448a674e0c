"""What a description by ISAD(G) takes from a record, whatever the format: parties, statements, days, script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.rules import traditional
from extractor.writing.labels import labels

if TYPE_CHECKING:
    from extractor.writing.entries import Entry


@dataclass
class Party:
    """A person or unit that took part. ``kind``: person or unit; ``title``: the post, of units how their people are called."""

    kind: str
    name: str
    title: str | None
    roles: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """As the report says it: 县长李甲, 各乡镇（党委书记）."""
        if not self.title:
            return self.name
        return f"{self.title}{self.name}" if self.kind == "person" else f"{self.name}（{self.title}）"


class Statement(NamedTuple):
    """One thing said of the meeting, in the words of the report, under a fixed label."""

    label: str
    said: str


@cache
def words() -> dict[str, Any]:
    """The Chinese words for labels, kinds, roles and actions, as ``labels.toml`` has them."""

    return labels()["zh"]


def parties(record: Mapping[str, Any]) -> list[Party]:
    """Everyone who took part, once, with all roles: people first, in the order of the report."""
    found: dict[tuple[str, str], list[Party]] = {}
    for part, usual in (("leaders", "person"), ("speakers", None), ("attending_units", "unit")):
        for item in record[part]:
            kind = usual or item["kind"]
            _merge(found.setdefault((kind, item["name"]), []), kind, item)
    everyone = [party for same in found.values() for party in same]
    return sorted(everyone, key=lambda party: party.kind != "person")


def _merge(same: list[Party], kind: str, item: Mapping[str, Any]) -> None:
    """Two people of one name with different posts are two; a unit is one, however its people are called."""
    title = item.get("title") or item.get("representatives")
    for party in same:
        if kind == "unit" or not (party.title and title) or party.title == title:
            break
    else:
        party = Party(kind, item["name"], title)
        same.append(party)
    party.title = party.title or title
    party.roles += [role for role in item["roles"] if role not in party.roles]


def organizers(record: Mapping[str, Any]) -> list[Party]:
    """Who convened or held it, as one unit, as the record has it: 县委、县政府 is not taken apart."""
    organizer = record["meeting"]["organizer"]
    return [Party("unit", organizer["text"], None)] if organizer else []


def heading(record: Mapping[str, Any]) -> str:
    """The title of the description: the headline, else the name of the meeting, else the name of the file."""
    for value in (record["title"], record["meeting"]["name"]):
        if value:
            return str(value["text"])
    return str(record["source"]["name"])


def statements(record: Mapping[str, Any], *, tasks: bool = True) -> Iterator[Statement]:
    """Scope and content (ISAD(G) 3.3.1): fixed labels, after each the words of the report; last each of the tasks."""
    label, meeting = words(), record["meeting"]
    for key in ("name", "organizer", "location"):
        if meeting[key]:
            yield Statement(label[key], meeting[key]["text"])
    if record["date"]:
        yield Statement(label["date"], record["date"]["text"])
    taking_part = parties(record)
    for role, said in label["role"].items():
        who = [p for p in taking_part if role in p.roles and (p.kind == "person" or role != "attend")]
        if who:
            yield Statement(said, "；".join(p.words if p.kind == "person" else p.name for p in who))
    if units := [p.words for p in taking_part if p.kind == "unit"]:
        yield Statement(label["attending_units"], "；".join(units))
    for action, said in label["action"].items():
        if titles := [f"《{d['title']}》" for d in record["documents"] if d["action"] == action]:
            yield Statement(said, "；".join(titles))
    if tasks:
        yield from (Statement(label["tasks"], task_words(task)) for task in record["tasks"])


def task_words(task: Mapping[str, Any]) -> str:
    """The directive; in brackets who said it, who is to do it, and by when."""
    notes = [words()[key].format(task[key]) for key in ("by", "actor", "deadline") if task[key]]
    return f"{task['text']}（{'；'.join(notes)}）" if notes else str(task["text"])


def given(extra: Mapping[str, Any], key: str) -> str:
    """What the manifest says of the input under this name of the catalogue (DA/T 18); empty where nothing."""
    value = extra.get(key)
    return "" if value is None else str(value).strip()


def extent(entry: Entry) -> Iterator[str]:
    """Extent and medium (ISAD(G) 3.1.5): pages, as the archive counts them before the file does; what the file is."""
    source = entry.record["source"]
    if pages := given(entry.extra, "页数") or str(source["pages"] or ""):
        yield f"{pages}页" if pages.isdecimal() else pages
    yield f"电子文件（{source['media_type']}，{source['characters']}字符）"


def script(record: Mapping[str, Any]) -> str:
    """The script of the report by ISO 15924, by its words in the record: Hans, Hant, or Hani where they are alike in both."""
    spoken = "".join(
        [heading(record), *(p.words for p in parties(record)), *(t["text"] for t in record["tasks"])]
    )
    only = traditional()
    simplified = _simplified()
    old = sum(ord(character) in only for character in spoken)
    new = sum(character in simplified for character in spoken)
    return "Hani" if old == new else "Hant" if old > new else "Hans"


@cache
def _simplified() -> frozenset[str]:
    return frozenset(traditional().values())


def days(edtf: str | None) -> tuple[str, str]:
    """First and last date in ISO 8601, each as far as it is known: year, month, day; empty where no year is.

    >>> days("2021-03-24/2021-03-25"), days("2021-03-XX"), days("XXXX-03-24")
    (('2021-03-24', '2021-03-25'), ('2021-03', '2021-03'), ('', ''))
    """
    if not edtf:
        return "", ""
    start, _, end = edtf.partition("/")
    return _known(start), _known(end or start)


def _known(point: str) -> str:
    known = []
    for part in point.split("-"):
        if "X" in part:
            break
        known.append(part)
    return "-".join(known)


def basic_day(value: str) -> str:
    """A day of the catalogue (DA/T 22: YYYYMMDD) or of ISO 8601 as YYYY-MM-DD; empty where it is neither.

    >>> basic_day("20221109"), basic_day("2022-11-09"), basic_day("20221100"), basic_day("去年")
    ('2022-11-09', '2022-11-09', '', '')
    """
    from datetime import date

    try:
        return (
            date.fromisoformat(value).isoformat()
            if re.fullmatch(r"\d{8}|\d{4}-\d\d-\d\d", value, re.ASCII)
            else ""
        )
    except ValueError:
        return ""
