"""Which values of a record are right, by a gold annotation: the events that confidences are probabilities of.

Right is what the corpus's scorer counts as right; ``docs/confidence.md`` says it kind by kind.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.api import make
from extractor.confidence import Judged
from extractor.reading import read_file
from schemas import Record

LEADS = {"chair", "address", "report", "attend"}
SPEAKS = {"address", "report", "statement", "lecture"}
#: The least overlap (intersection over union) of a task and the one it is matched with.
OVERLAP = 0.8

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One value of one report, and whether it is right; ``source``: where the report comes from."""

    report: str
    source: str
    value: Judged
    right: bool


def verdicts(folder: Path, headlines: Mapping[str, str | None]) -> Iterator[Verdict]:
    """Every value of the records made of an annotated folder, in the order of its manifest.

    The folder holds ``manifest.jsonl`` (id, path, perhaps published and source), ``gold/ID.json`` and the texts.
    Reports without gold are left out. The gold has no headlines: ``headlines`` has them by the report's id (None:
    it has none); those of reports that it does not know are left out.
    """
    for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        gold_file = folder / "gold" / f"{entry['id']}.json"
        if not gold_file.exists():
            continue
        text = read_file(folder / entry["path"])
        made = make(text, entry.get("published"))
        right = Right(text.characters, json.loads(gold_file.read_text("utf-8")), made.record)
        for value in made.judged:
            if value.path == "title" and entry["id"] in headlines:
                told = right.is_headline(headlines[entry["id"]])
            elif value.path == "title":
                continue
            else:
                told = right(value.path)
            yield Verdict(entry["id"], entry.get("source", ""), value, told)


class Right:
    """Tells of the values of one record, by their paths, whether they are right."""

    def __init__(self, text: str, gold: Json, record: Record) -> None:
        self.record = record.model_dump(mode="json")
        self.gold = gold if gold.get("is_meeting", True) else _nothing()
        people, units = self.gold["people"], self.gold["units"]
        self.leaders = {_norm(p["name"]): LEADS & set(p["roles"]) for p in people}
        self.speakers = {_norm(p["name"]): SPEAKS & set(p["roles"]) for p in [*people, *units]}
        self.titles = {(_norm(p["name"]), _norm(p["title"])) for p in people}
        self.units = {(_norm(u["name"]), _norm(u.get("representatives"))) for u in units}
        self.documents = {(_norm(d["title"]), d["action"]) for d in self.gold["documents"]}
        self.tasks = _matched(text, self.gold["tasks"], self.record["tasks"])

    def __call__(self, path: str) -> bool:
        """Whether the value at this path (``leaders[0].title``) is right."""
        field, _, rest = path.partition("[")
        if not rest:
            return self._date() if field == "date" else self._meeting(field.removeprefix("meeting."))
        number, _, part = rest.partition("]")
        return self._item(field, int(number), part)

    def is_headline(self, headline: str | None) -> bool:
        """Whether the record has this headline."""
        return headline is not None and _norm(headline) == _norm(self.record["title"])

    def _item(self, field: str, number: int, part: str) -> bool:
        item = self.record[field][number]
        name = _norm(item.get("name"))
        if part == ".title":
            return (name, _norm(item["title"])) in self.titles
        if part == ".representatives":
            return (name, _norm(item["representatives"])) in self.units
        if field == "leaders":
            return self.leaders.get(name) == set(item["roles"])
        if field == "speakers":
            return self.speakers.get(name) == set(item["roles"])
        if field == "attending_units":
            return name in {unit for unit, _ in self.units}
        if field == "documents":
            return (_norm(item["title"]), item["action"]) in self.documents
        return number in self.tasks

    def _date(self) -> bool:
        gold, date = self.gold["date"], self.record["date"]
        return gold is not None and (gold["edtf"] or _norm(gold["text"])) == (
            date["edtf"] or _norm(date["text"])
        )

    def _meeting(self, part: str) -> bool:
        return _norm(self.gold["meeting"].get(part)) == _norm(self.record["meeting"][part]["text"])


def _nothing() -> Json:
    lists = ("people", "units", "tasks", "documents")
    return {"meeting": {}, "date": None, **{name: [] for name in lists}}


def _norm(value: Any) -> str:
    """As the scorer compares: width folded, without white space and outer marks.

    >>> _norm("县委（扩大） 会议。")
    '县委(扩大)会议'
    """
    text = value["text"] if isinstance(value, dict) else value or ""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace()).strip("，。；：、,.;:")


def _matched(text: str, gold: list[Json], tasks: list[Json]) -> set[int]:
    """The tasks of the record that match one of the gold, one to one, the closest first."""
    wanted = list(_located(text, gold))
    got = [(t["evidence"][0]["start"], t["evidence"][0]["end"]) for t in tasks]
    pairs = []
    for i, (a, b) in enumerate(wanted):
        for j, (c, d) in enumerate(got):
            overlap = (min(b, d) - max(a, c)) / (max(b, d) - min(a, c))
            if overlap >= OVERLAP:
                pairs.append((overlap, i, j))
    matched: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return set(matched.values())


def _located(text: str, tasks: list[Json]) -> Iterator[tuple[int, int]]:
    """Where verbatim strings stand that come in the order of the text."""
    at = 0
    for task in tasks:
        words = task["text"]
        start = text.find(words, at)
        start = text.find(words) if start < 0 else start
        if start >= 0:
            at = start + len(words)
            yield start, at
