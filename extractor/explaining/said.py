"""Tasks and documents: who said it, who is told, by when, what was done, and what else each could have been."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.explaining.reason import Reason, Rival, first, overlap, words
from extractor.language.directives import directives, split, told
from extractor.language.documents import read_documents
from extractor.language.findings import Findings
from extractor.language.followups import followups, is_minutes
from extractor.language.types import Document, Extent, Speech, Task
from extractor.rules import load

_MINUTES, _BODY = load("minutes"), load("tasks")["tasks.body"]
_ITEMS = ("tasks.ordinal", "tasks.dashed")


def task(found: Findings, path: str, own: Task) -> Iterator[Reason]:
    """The task, and each of its parts that is there."""
    whole = Extent(own.start, own.end)
    yield Reason(path, own.rule, first(list(_cut_otherwise(found, own, whole))))
    if own.ordinal is not None:
        rule = "minutes.number" if own.rule.startswith("minutes") else "tasks.ordinal"
        yield Reason(f"{path}.ordinal", rule, (), own.ordinal)
    if own.by is not None:
        speech = _speech(found, own)
        yield Reason(
            f"{path}.by", speech.rule if speech else "minutes.convener", _speakers(found, own, speech), own.by
        )
    if own.actor is not None:
        yield Reason(f"{path}.actor", _actor_rule(found, own), _bodies(found, whole, own.actor), own.actor)
    if own.deadline is not None:
        yield Reason(f"{path}.deadline", "tasks.deadline", _days(found, whole, own.deadline), own.deadline)


def _cut_otherwise(found: Findings, own: Task, whole: Extent) -> Iterator[Rival]:
    """The same words as another rule would have cut them."""
    if own.rule in _ITEMS:  # items come first: running text is what they leave
        for d in directives(found.clean, own.start, own.end, "say"):
            if Extent(d.start, d.end) != whole:
                yield Rival(words(found, Extent(d.start, d.end)), d.rule, "within-item")
    if is_minutes(found) and not own.rule.startswith("minutes"):
        for item in followups(found)[0]:
            if overlap(Extent(item.start, item.end), whole):
                yield Rival(words(found, Extent(item.start, item.end)), item.rule, "said-by-someone")


def _speech(found: Findings, own: Task) -> Speech | None:
    """The speech that a task belongs to."""
    holding = [
        s for s in found.speech or () if s.by == own.by and s.content.start <= own.start < s.content.end
    ]
    return max(holding, key=lambda s: s.content.start, default=None)


def _speakers(found: Findings, own: Task, chosen: Speech | None) -> tuple[Rival, ...]:
    """Others who have the word there, or are named in the same attribution."""
    rivals = []
    for speech in found.speech or ():
        if (
            speech is not chosen
            and speech.by
            and speech.by != own.by
            and speech.content.start <= own.start < speech.content.end
        ):
            rivals.append(Rival(words(found, speech.by), speech.rule, f"speech-{speech.kind}"))
    if chosen is not None:
        for name in found.titles or ():
            inside = chosen.start <= name.start and name.end <= chosen.end
            if (
                inside
                and own.by is not None
                and name.start != own.by.start
                and name.name != own.by.of(found.clean)
            ):
                rivals.append(Rival(words(found, name.extent), name.rule, "named-beside"))
    return first(rivals)


def _actor_rule(found: Findings, own: Task) -> str:
    """What named the one who is told."""
    assert own.actor is not None
    if not own.rule.startswith("minutes"):
        return "tasks.body"
    if own.actor.start >= own.end:
        return "minutes.signed"
    match = _MINUTES["minutes.owner"].search(found.clean, own.start, own.end)
    if match is not None and Extent(*match.span("who")) == own.actor:
        return "minutes.owner"
    led = _MINUTES["minutes.leads"].match(found.clean[own.actor.start : own.end])
    return (
        "minutes.leads"
        if led is not None and led.end("who") == own.actor.end - own.actor.start
        else "tasks.body"
    )


def _bodies(found: Findings, whole: Extent, chosen: Extent) -> tuple[Rival, ...]:
    """Other bodies that the task names: a shorter reading of the same, or one that is not told to do it."""
    rivals = []
    for match in _BODY.finditer(found.clean, chosen.start, chosen.end):
        if match.end() < chosen.end:
            rivals.append(Rival(words(found, Extent(chosen.start, match.end())), "tasks.body", "less-full"))
    for clause in split(found.clean, whole.start, whole.end, "stop semi comma"):
        other = told(found.clean, clause.start, clause.end)
        if other is not None and not overlap(other, chosen):
            rivals.append(Rival(words(found, other), "tasks.body", "not-told-to"))
    return first(rivals)


def _days(found: Findings, whole: Extent, chosen: Extent) -> tuple[Rival, ...]:
    """Other dates inside the task."""
    return first(
        [
            Rival(words(found, Extent(d.start, d.end)), d.rule, f"date-{d.kind}")
            for d in found.dates or ()
            if whole.start <= d.start < whole.end and not overlap(Extent(d.start, d.end), chosen)
        ]
    )


def document(found: Findings, path: str, own: Document) -> Iterator[Reason]:
    """The document's title, and what was done with it."""
    yield Reason(path, own.rule)
    title = own.title.of(found.clean)
    others = [d for d in read_documents(found) if d.title.of(found.clean) == title and d.action != own.action]
    yield Reason(
        f"{path}.action",
        own.rule,
        first([Rival(d.action, d.rule, "weaker-action") for d in others]),
        own.verb if own.verb.start < own.verb.end else None,
    )
