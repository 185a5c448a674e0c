"""From spans to the record: everything traced back to the text as read, checked, and given its warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from pydantic import ValidationError

import schemas
from extractor.confidence import Judged, Reader, Signs, judge
from extractor.errors import RECORD_LANGUAGE, WARNINGS, InternalError
from extractor.language.edtf import read_day, resolve
from extractor.language.findings import Findings
from extractor.language.types import Act, DateMention, Document, Extent, LineKind, Name, Person, Task, Unit
from extractor.language.units import AS_UNIT
from extractor.reading import Text
from extractor.rules import load
from schemas.edtf import check_edtf

_RULES = load("record")
_LIST_OPEN, _BREAKS_OFF = _RULES["record.list-open"], _RULES["record.breaks-off"]
_LEADER, _SPEAKER, _UNIT = map(get_args, (schemas.LeaderRole, schemas.SpeakerRole, schemas.UnitRole))

#: Warnings whose sentence names all that they are about, not only the first.
_NAMING = ("text-damaged", "parts-unread")
#: A warning names so many places at most: whoever meets more damage needs another copy, not a longer list.
_PLACES = 20

Json = dict[str, Any]


#: What a component laid down, from which a value was made.
Find = Person | Unit | Task | Document | DateMention | Name | Act


@dataclass(frozen=True, slots=True)
class Trace:
    """Which rule gave which value: ``leaders[0].roles[1]``, the id of the rule, and the find it was made from."""

    path: str
    rule: str
    find: Find | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A record, which rules gave its values, how likely each is right, and all that was found in the text."""

    record: schemas.Record
    trace: tuple[Trace, ...]
    judged: tuple[Judged, ...] = ()
    found: Findings | None = None


def make_record(found: Findings, text: Text, published: date | None = None) -> Made:
    """The record of what was found in this text.

    ``published``: the day of publication that the caller gives; without one that of the file's metadata,
    then that in its name. Raises InternalError, naming the field, where the finds break the contract:
    a fault of a component, never of the input.
    """
    if found.text != text.characters:
        raise InternalError(detail="the pipeline worked on another text")
    maker = _Maker(found, text)
    fields = maker.fields(published)
    fields["warnings"] = [maker.warning(*notice) for notice in maker.notices(fields)]
    try:
        record = schemas.Record.model_validate(fields, context={"text": text.characters})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"])) or "record"
        raise InternalError(detail=f"{where}: {first['msg']}") from error
    return Made(record, tuple(maker.trace), tuple(maker.judged), found)


def known_day(text: Text, published: date | None) -> tuple[date | None, schemas.DateSource]:
    """The best known day of publication, and where it came from."""
    if published is not None:
        return published, "published"
    if text.created is not None:
        return text.created, "metadata"
    return read_day(text.name), "file name"


def _exists(edtf: str | None) -> bool:
    try:
        return edtf is None or check_edtf(edtf) == edtf
    except ValueError:
        return False


class _Quotes:
    """Pieces of the clean text as the record quotes them: from the text as read."""

    def __init__(self, found: Findings, text: Text) -> None:
        self.found, self.text = found, text
        self._places: dict[Extent, Extent | None] = {}

    def at(self, extent: Extent) -> Extent | None:
        """Where it stands in the text as read, without white space at its ends; None if nothing is left."""
        if extent not in self._places:  # two of three are asked for again: a leader who speaks, a shared verb
            self._places[extent] = self._at(extent)
        return self._places[extent]

    def _at(self, extent: Extent) -> Extent | None:
        text, place = self.found.text, self.found.source(extent.start, extent.end)
        held = place.of(text)
        if held and held == held.strip():
            return place
        start = place.start + len(held) - len(held.lstrip())
        end = place.end - len(held) + len(held.rstrip())
        return Extent(start, end) if start < end else None

    def words(self, extent: Extent | None) -> str | None:
        """The characters, verbatim."""
        place = self.at(extent) if extent else None
        return place.of(self.found.text) if place else None

    def name(self, extent: Extent | None) -> str | None:
        """The characters of a person's name, without the blanks inside (王　伟)."""
        words = self.words(extent)
        return schemas.bare(words) if words else None

    def evidence(self, value: Extent, others: Iterable[Extent | None] = ()) -> list[Json]:
        """The span of the value first, then the others in the order of the text, each once."""
        first = self.at(value)
        rest = {place for other in others if other and (place := self.at(other)) and place != first}
        return [self.span(e.start, e.end) for e in ([first] if first else []) + sorted(rest)]

    def span(self, start: int, end: int) -> Json:
        """A stretch of the text as read, and where that stands in the file."""
        return {"start": start, "end": end, **self.text.places.of(start, end)._asdict()}

    def value(self, extent: Extent | None) -> Json | None:
        """A value with its evidence, or None."""
        words = self.words(extent)
        return {"text": words, "evidence": self.evidence(extent)} if extent and words else None


class _Maker:
    """Builds the fields of one record, and keeps the trace of the rules."""

    def __init__(self, found: Findings, text: Text) -> None:
        self.found, self.text = found, text
        self.quotes = _Quotes(found, text)
        self.trace: list[Trace] = []
        self.signs = Reader(found)
        self.judged: list[Judged] = []
        self.acts = self.signs.acts
        self.first: dict[str, int] = {}  # name → where it stands first
        for name in found.titles or ():
            self.first.setdefault(name.name, name.start)

    def fields(self, published: date | None) -> Json:
        """All fields but the warnings, in the order of the record."""
        event, layout = self.found.event, self.found.layout
        source: Json = {key: getattr(self.text, key) for key in ("name", "media_type", "encoding", "sha256")}
        source |= {"characters": len(self.text.characters), "pages": self.text.pages}
        head: Json = {"schema_version": schemas.SCHEMA_VERSION, "status": "ok", "source": source}
        head["kind"] = event.kind if event else "other"
        headline = layout.headline if layout else None
        head["title"] = self.quotes.value(headline)
        if headline and head["title"]:
            self.trace.append(Trace("title", "layout.headline"))
            head["title"]["confidence"] = self._sure("title", "headline", self.signs.headline(headline))
        for field, rule in event.rules if event else ():
            if field == "kind" or head["kind"] != "other":
                self.trace.append(Trace(field if field == "kind" else f"meeting.{field}", rule))
        if head["kind"] == "other":
            lists = ("leaders", "speakers", "attending_units", "tasks", "documents", "mentioned")
            return {**head, "meeting": self._meeting(), "date": None, **{name: [] for name in lists}}
        leaders, speakers = self._leaders(), self._speakers()
        return {
            **head,
            "meeting": self._meeting(),
            "date": self._date(published),
            "leaders": leaders,
            "speakers": speakers,
            "attending_units": self._units(),
            "tasks": self._tasks(),
            "documents": self._documents(),
            "mentioned": self._mentioned({p["name"] for p in leaders + speakers if p.get("kind") != "unit"}),
        }

    def _meeting(self) -> Json:
        event = self.found.event
        if event is None or event.kind == "other":
            return dict.fromkeys(("name", "organizer", "location"))
        rules = dict(event.rules)
        out: Json = {}
        for key in ("name", "organizer", "location"):
            extent: Extent | None = getattr(event, key)
            out[key] = self.quotes.value(extent)
            if extent and out[key]:
                path, signs = f"meeting.{key}", self.signs.value(extent, rules.get(key, ""))
                out[key]["confidence"] = self._sure(path, path, signs)
        return out

    def _sure(self, path: str, kind: str, signs: Signs) -> float:
        """How likely the value at this path is right; kept in ``judged`` with what tells it."""
        self.judged.append(judge(path, kind, signs))
        return self.judged[-1].confidence

    def _date(self, published: date | None) -> Json | None:
        mention = self.date_mention()
        if mention is None:
            return None
        self.trace.append(Trace("date", mention.rule, mention))
        when = resolve(mention, self.found, *known_day(self.text, published))
        days = {key: getattr(when, key) for key in ("start", "end", "edtf", "inferred", "inferred_from")}
        if not _exists(when.edtf):  # 2月30日: a misprint gives no day
            days = {"start": None, "end": None, "edtf": None, "inferred": (), "inferred_from": None}
        extent = Extent(mention.start, mention.end)
        confidence = self._sure("date", "date", self.signs.date(mention))
        evidence = self.quotes.evidence(extent)
        return {"text": self.quotes.words(extent), **days, "confidence": confidence, "evidence": evidence}

    def date_mention(self) -> DateMention | None:
        """The date of the meeting: the event's, else the first that was taken for one."""
        if self.found.event and self.found.event.date:
            return self.found.event.date
        return next((d for d in self.found.dates or () if d.kind == "meeting"), None)

    def _leaders(self) -> list[Json]:
        out: list[Json] = []
        for person in self._people():
            if roles := [role for role in person.roles if role in _LEADER]:
                path, name = f"leaders[{len(out)}]", self.quotes.name(person.evidence[0])
                self._said(path, person, roles)
                out.append({"name": name, **self._titled(path, person, roles)})
        return out

    def _speakers(self) -> list[Json]:
        """People and units in one list, in the order in which the report names them."""
        speaking: list[tuple[int, Person | Unit]] = [
            *((self._order(p), p) for p in self._people()),
            *((u.name.start, u) for u in self.found.units or ()),
        ]
        out: list[Json] = []
        for _, who in sorted(speaking, key=lambda pair: pair[0]):
            if not (roles := [role for role in who.roles if role in _SPEAKER]):
                continue
            path = f"speakers[{len(out)}]"
            self._said(path, who, roles)
            if isinstance(who, Person):
                name = {"name": self.quotes.name(who.evidence[0]), "kind": "person"}
                out.append({**name, **self._titled(path, who, roles)})
            else:
                name = {"name": self.quotes.words(who.name), "kind": "unit", "title": None}
                confidence = self._sure(path, "speaking unit", self.signs.unit(who, roles))
                sure = {"title_confidence": None, "confidence": confidence}
                evidence = self.quotes.evidence(who.name, who.evidence)
                out.append({**name, "roles": roles, **sure, "evidence": evidence})
        return out

    def _people(self) -> list[Person]:
        return sorted(self.found.people or (), key=self._order)

    def _order(self, person: Person) -> int:
        return self.first.get(person.name, person.evidence[0].start)

    def _titled(self, path: str, person: Person, roles: list[str]) -> Json:
        """What both lists of people have; the evidence is that of the roles in this list."""
        name, *said = person.evidence
        said = [e for e in said if not self.acts[e] or any(act.role in roles for act in self.acts[e])]
        kind = path.partition("s[")[0]  # leader, speaker
        item = {
            "title": self.quotes.words(person.title),
            "title_confidence": None,
            "roles": roles,
            "confidence": self._sure(path, kind, self.signs.person(person, roles)),
            "evidence": self.quotes.evidence(name, [person.title, *said]),
        }
        if person.title:
            item["title_confidence"] = self._sure(f"{path}.title", "title", self.signs.title(person))
        return item

    def _units(self) -> list[Json]:
        out: list[Json] = []
        for unit in sorted(self.found.units or (), key=lambda u: u.name.start):
            roles = [role for role in unit.roles if role in _UNIT] or ["attend"]  # its people lectured
            path = f"attending_units[{len(out)}]"
            self._said(path, unit, roles)
            confidence = self._sure(path, "unit", self.signs.unit(unit, roles))
            designated = f"{path}.representatives", "representatives"
            out.append(
                {
                    "name": self.quotes.words(unit.name),
                    "representatives": self.quotes.words(unit.representatives),
                    "representatives_confidence": self._sure(*designated, self.signs.representatives(unit))
                    if unit.representatives
                    else None,
                    "roles": roles,
                    "confidence": confidence,
                    "evidence": self.quotes.evidence(unit.name, [unit.representatives, *unit.evidence]),
                }
            )
        return out

    def _said(self, path: str, who: Person | Unit, roles: list[str]) -> None:
        """Trace the item, and each of its roles to the rule of the first act that says it."""
        self.trace.append(Trace(path, who.rule, who))
        said = [act for e in reversed(who.evidence) for act in reversed(self.acts[e])]
        of_unit = AS_UNIT if isinstance(who, Unit) else {}
        acts = {of_unit.get(act.role, act.role): act for act in said}
        if of_unit and "lecture" in acts:
            acts.setdefault("attend", acts["lecture"])  # see _units
        for i, role in enumerate(roles):
            if role in acts:
                self.trace.append(Trace(f"{path}.roles[{i}]", acts[role].rule, acts[role]))

    def _tasks(self) -> list[Json]:
        out: list[Json] = []
        for task in sorted(self.found.tasks or (), key=lambda t: (t.start, t.end)):
            self.trace.append(Trace(f"tasks[{len(out)}]", task.rule, task))
            whole = Extent(task.start, task.end)
            parts = (task.ordinal, task.by, task.actor, task.deadline)
            outside = [e for e in parts if e and not whole.holds(e)]
            out.append(
                {
                    "text": self.quotes.words(whole),
                    "ordinal": self.quotes.words(task.ordinal),
                    "by": self.quotes.name(task.by),
                    "actor": self.quotes.words(task.actor),
                    "deadline": self.quotes.words(task.deadline),
                    "confidence": self._sure(f"tasks[{len(out)}]", "task", self.signs.task(task)),
                    "evidence": self.quotes.evidence(whole, outside),
                }
            )
        return out

    def _documents(self) -> list[Json]:
        out: list[Json] = []
        for document in sorted(self.found.documents or (), key=lambda d: d.title):
            path = f"documents[{len(out)}]"
            self.trace.append(Trace(path, document.rule, document))
            evidence = self.quotes.evidence(document.title, [document.verb])
            title = self.quotes.words(document.title)
            confidence = self._sure(path, "document", self.signs.document(document))
            item = {"title": title, "action": document.action, "confidence": confidence}
            out.append({**item, "evidence": evidence})
        return out

    def _mentioned(self, taking_part: set[str]) -> list[str]:
        """Names in the order of first appearance, each once, none of those who take part."""
        out: dict[str, str] = {}
        for name in sorted(self.found.mentioned or (), key=lambda n: n.start):
            words = self.quotes.name(Extent(name.start, name.end))
            if words and words not in taking_part and words not in out:
                self.trace.append(Trace(f"mentioned[{len(out)}]", name.rule, name))
                out[words] = words
        return list(out)

    def notices(self, fields: Json) -> Iterator[tuple[str, Iterable[Extent]]]:
        """Code and places (in the text as read) of each warning."""
        when = fields["date"]
        if fields["kind"] == "other":
            yield "not-a-meeting", ()
        else:
            if when is None:
                yield "no-date", ()
            elif when["edtf"] is None:
                yield "vague-date", [self._first(when)]
            elif when["edtf"].startswith("X"):
                yield "year-unknown", [self._first(when)]
            if not fields["leaders"]:
                yield "no-leaders", ()
            if places := list(self._open_lists()):
                yield "list-open", places
            if place := self._break():
                yield "truncated", [place]
        if self.text.damages:
            yield "text-damaged", [Extent(d.start, d.end) for d in self.text.damages]
        if self.text.unread:
            yield "parts-unread", ()

    def _first(self, value: Json) -> Extent:
        return Extent(value["evidence"][0]["start"], value["evidence"][0]["end"])

    def _open_lists(self) -> Iterator[Extent]:
        """Where 等 closes a list of those who attended."""
        lists = {
            Extent(act.subject.start, max(act.subject.end, act.verb.start))
            for act in self.found.acts or ()
            if act.role == "attend"
        }
        seen = set()
        for extent in sorted(lists):
            for match in _LIST_OPEN.finditer(self.found.clean, extent.start, extent.end):
                if match.start() not in seen:
                    seen.add(match.start())
                    yield self.found.source(*match.span())

    def _break(self) -> Extent | None:
        """The last words, where the last paragraph breaks off in the middle of a sentence."""
        layout = self.found.layout
        if layout is None or not layout.lines or layout.lines[-1].kind is not LineKind.BODY:
            return None
        line = layout.lines[-1]
        if any(b.end > line.start for b in layout.bylines):
            return None
        # The tail is cut out first: a search in the whole line would try every 。 of it.
        tail = self.found.clean[max(line.start, line.end - 420) : line.end]
        return self.quotes.at(Extent(line.end - 1, line.end)) if _BREAKS_OFF.search(tail) else None

    def warning(self, code: str, places: Iterable[Extent]) -> Json:
        """A warning of the record, in Chinese whatever the locale: the same bytes, the same record."""
        named = list(places)[:_PLACES]
        words = self.text.unread if code == "parts-unread" else [e.of(self.text.characters) for e in named]
        told = dict.fromkeys(words[:_PLACES] if code in _NAMING else words[:1])
        message = WARNINGS[code].sentence(RECORD_LANGUAGE, {"text": "、".join(told)})
        return {
            "code": code,
            "message": message,
            "evidence": [self.quotes.span(e.start, e.end) for e in named],
        }
