"""Which values of a record are right, by a gold annotation: the events that confidences are probabilities of.

Right is what ``extract evaluate`` counts as right; ``docs/confidence.md`` says it kind by kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.api import make
from extractor.confidence import Judged
from extractor.evaluation.comparison import SAME_TASK
from extractor.evaluation.matching import candidates, norm, one_to_one, shared
from extractor.evaluation.readings import LEADS, SPEAKS, in_order
from extractor.reading import read_file
from schemas import Record
from training.annotated import reports

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

    The folder is as ``training.annotated`` says; reports without gold are left out. The gold has no headlines:
    ``headlines`` has them by the report's id (None: it has none); those of reports that it does not know are left out.
    """
    for report in reports(folder):
        if report.gold is None:
            continue
        text = read_file(report.path)
        made = make(text, report.published)
        right = Right(text.characters, report.gold, made.record)
        for value in made.judged:
            if value.path == "title" and report.id in headlines:
                told = right.is_headline(headlines[report.id])
            elif value.path == "title":
                continue
            else:
                told = right(value.path)
            yield Verdict(report.id, report.source, value, told)


class Right:
    """Tells of the values of one record, by their paths, whether they are right."""

    def __init__(self, text: str, gold: Json, record: Record) -> None:
        self.record = record.model_dump(mode="json")
        self.gold = gold if gold.get("is_meeting", True) else _nothing()
        people, units = self.gold["people"], self.gold["units"]
        self.leaders = {norm(p["name"]): LEADS & set(p["roles"]) for p in people}
        self.speakers = {norm(p["name"]): SPEAKS & set(p["roles"]) for p in [*people, *units]}
        self.titles = {(norm(p["name"]), norm(p["title"])) for p in people}
        self.units = {(norm(u["name"]), norm(u.get("representatives"))) for u in units}
        self.documents = {(norm(d["title"]), d["action"]) for d in self.gold["documents"]}
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
        return headline is not None and norm(headline) == norm(_text(self.record["title"]))

    def _item(self, field: str, number: int, part: str) -> bool:
        item = self.record[field][number]
        name = norm(item.get("name"))
        if part == ".title":
            return (name, norm(item["title"])) in self.titles
        if part == ".representatives":
            return (name, norm(item["representatives"])) in self.units
        if field == "leaders":
            return self.leaders.get(name) == set(item["roles"])
        if field == "speakers":
            return self.speakers.get(name) == set(item["roles"])
        if field == "attending_units":
            return name in {unit for unit, _ in self.units}
        if field == "documents":
            return (norm(item["title"]), item["action"]) in self.documents
        return number in self.tasks

    def _date(self) -> bool:
        gold, date = self.gold["date"], self.record["date"]
        return gold is not None and (gold["edtf"] or norm(gold["text"])) == (
            date["edtf"] or norm(date["text"])
        )

    def _meeting(self, part: str) -> bool:
        return norm(self.gold["meeting"].get(part)) == norm(self.record["meeting"][part]["text"])


def _text(value: Json | None) -> str | None:
    return value["text"] if value else None


def _nothing() -> Json:
    lists = ("people", "units", "tasks", "documents")
    return {"meeting": {}, "date": None, **{name: [] for name in lists}}


def _matched(text: str, gold: list[Json], tasks: list[Json]) -> set[int]:
    """The tasks of the record that match one of the gold, as ``extract evaluate`` matches them."""
    wanted = [where for where in in_order(text, (task["text"] for task in gold)) if where]
    got = [(t["evidence"][0]["start"], t["evidence"][0]["end"]) for t in tasks]
    fits = ((shared(one, other) for other in got) for one in wanted)
    return {j for _, j in one_to_one(candidates(fits), SAME_TASK)}
