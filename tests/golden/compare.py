"""What a record has and a hand-made annotation has not, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LEADS = ("chair", "address", "report", "attend")
SPEAKS = ("address", "report", "statement", "lecture")


def faults(gold: dict[str, Any], record: dict[str, Any]) -> list[str]:
    """One line a difference: ``leaders missed: 李明 chair``. Empty where the record is as annotated."""
    if not gold.get("is_meeting", True):
        return [] if record["kind"] == "other" else [f"kind wrong: {record['kind']}"]
    lines: list[str] = []
    for (field, wanted), (_, got) in zip(_expected(gold), _found(record), strict=True):
        lines += [f"{field} missed: {x}" for x in sorted(wanted - got)]
        lines += [f"{field} wrong: {x}" for x in sorted(got - wanted)]
    return lines


def _expected(gold: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    yield "kind", {"meeting"}
    date = gold["date"]
    yield "date", {date["edtf"] or date["text"]} if date else set()
    for name in ("name", "organizer", "location"):
        yield f"meeting.{name}", {gold["meeting"][name]} - {None}
    people = gold["people"]
    yield "leaders", {f"{_bare(p['name'])} {r}" for p in people for r in p["roles"] if r in LEADS}
    yield "titles", {f"{_bare(p['name'])}: {p['title']}" for p in people if set(p["roles"]) & set(LEADS)}
    speakers = [*people, *gold["units"]]
    yield "speakers", {f"{_bare(p['name'])} {r}" for p in speakers for r in p["roles"] if r in SPEAKS}
    yield "units", {f"{u['name']} ({u['representatives']})" for u in gold["units"]}
    yield "tasks", {f"{t['text']} [{t['by'] and _bare(t['by'])}]" for t in gold["tasks"]}
    yield "documents", {f"{d['title']} {d['action']}" for d in gold["documents"]}
    yield "mentioned", {_bare(m) for m in gold["mentioned"]}


def _found(record: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    yield "kind", {"other" if record["kind"] == "other" else "meeting"}
    date = record["date"]
    yield "date", {date["edtf"] or date["text"]} if date else set()
    for name in ("name", "organizer", "location"):
        value = record["meeting"][name]
        yield f"meeting.{name}", {value["text"]} if value else set()
    yield "leaders", {f"{p['name']} {r}" for p in record["leaders"] for r in p["roles"]}
    yield "titles", {f"{p['name']}: {p['title']}" for p in record["leaders"]}
    yield "speakers", {f"{p['name']} {r}" for p in record["speakers"] for r in p["roles"]}
    yield "units", {f"{u['name']} ({u['representatives']})" for u in record["attending_units"]}
    yield "tasks", {f"{t['text']} [{t['by']}]" for t in record["tasks"]}
    yield "documents", {f"{d['title']} {d['action']}" for d in record["documents"]}
    yield "mentioned", set(record["mentioned"])


def _bare(name: str) -> str:
    return "".join(name.split())
