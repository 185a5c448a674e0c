"""Tasks and documents: who said it, who is told, by when, what was done, and what else each could have been."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.explaining.again import Again
from extractor.explaining.reason import Reason, Rival, first, overlap, words
from extractor.language.directives import directives, split, told
from extractor.language.types import Document, Extent, Speech, Task
from extractor.rules import load

_MINUTES = load("minutes")
_BODY, _DEADLINE = load("tasks")["tasks.body"], load("tasks")["tasks.deadline"]
_ITEMS = ("tasks.ordinal", "tasks.dashed")


def task(again: Again, path: str, own: Task) -> Iterator[Reason]:
    """The task, and each of its parts that is there."""
    whole = Extent(own.start, own.end)
    yield Reason(path, own.rule, first(list(_cut_otherwise(again, own, whole))))
    if own.ordinal is not None:
        rule = "minutes.number" if own.rule.startswith("minutes") else "tasks.ordinal"
        yield Reason(f"{path}.ordinal", rule, (), own.ordinal)
    if own.by is not None:
        speech = _speech(again, own)
        yield Reason(
            f"{path}.by", speech.rule if speech else "minutes.convener", _speakers(again, own, speech), own.by
        )
    if own.actor is not None:
        yield Reason(f"{path}.actor", _actor_rule(again, own), _bodies(again, whole, own.actor), own.actor)
    if own.deadline is not None:
        yield Reason(f"{path}.deadline", "tasks.deadline", _days(again, whole, own.deadline), own.deadline)


def _cut_otherwise(again: Again, own: Task, whole: Extent) -> Iterator[Rival]:
    """The same words as another rule would have cut them."""
    if own.rule in _ITEMS:  # items come first: running text is what they leave
        for d in directives(again.text, own.start, own.end, "say"):
            if Extent(d.start, d.end) != whole:
                yield Rival(words(again.found, Extent(d.start, d.end)), d.rule, "within-item")
    if not own.rule.startswith("minutes"):
        for item in again.items_at(whole):
            yield Rival(words(again.found, Extent(item.start, item.end)), item.rule, "speech-first")


def _speech(again: Again, own: Task) -> Speech | None:
    """The speech that a task belongs to."""
    holding = [speech for speech in again.speeches_at(own.start) if speech.by == own.by]
    return max(holding, key=lambda s: s.content.start, default=None)


def _speakers(again: Again, own: Task, chosen: Speech | None) -> tuple[Rival, ...]:
    """Others who have the word there, or are named in the same attribution."""
    assert own.by is not None
    rivals = [
        Rival(words(again.found, speech.by), speech.rule, f"speech-{speech.kind}")
        for speech in again.speeches_at(own.start)
        if speech is not chosen and speech.by and speech.by != own.by
    ]
    if chosen is not None:
        beside = [(name, "named-beside") for name in again.roll.within(chosen.start, chosen.end)]
        begin = max(again.text.rfind(mark, 0, chosen.start) for mark in "。！？\n") + 1
        before = again.roll.within(begin, chosen.start) if chosen.implied else ()
        for name, reason in (*beside, *((name, "named-before") for name in before)):
            if name.start != own.by.start and name.name != again.bare(own.by):
                rivals.append(Rival(words(again.found, name.extent), name.rule, reason))
    return first(rivals)


def _actor_rule(again: Again, own: Task) -> str:
    """What named the one who is told."""
    assert own.actor is not None
    if not own.rule.startswith("minutes"):
        return "tasks.body"
    if own.actor.start >= own.end:
        return "minutes.signed"
    match = _MINUTES["minutes.owner"].search(again.text, own.start, own.end)
    if match is not None and Extent(*match.span("who")) == own.actor:
        return "minutes.owner"
    led = _MINUTES["minutes.leads"].match(again.text[own.actor.start : own.end])
    leads = led is not None and led.end("who") == own.actor.end - own.actor.start
    return "minutes.leads" if leads else "tasks.body"


def _bodies(again: Again, whole: Extent, chosen: Extent) -> tuple[Rival, ...]:
    """Other bodies that the task names: a shorter reading of the same, or one that is not told to do it."""
    rivals = []
    for match in _BODY.finditer(again.text, chosen.start, chosen.end):
        if match.end() < chosen.end:
            rivals.append(
                Rival(words(again.found, Extent(chosen.start, match.end())), "tasks.body", "less-full")
            )
    for clause in split(again.text, whole.start, whole.end, "stop semi comma"):
        other = told(again.text, clause.start, clause.end)
        if other is not None and not overlap(other, chosen):
            rivals.append(Rival(words(again.found, other), "tasks.body", "not-told-to"))
    return first(rivals)


def _days(again: Again, whole: Extent, chosen: Extent) -> tuple[Rival, ...]:
    """Other deadlines and dates inside the task."""
    rivals = [
        Rival(words(again.found, Extent(*match.span())), "tasks.deadline", "printed-later")
        for match in _DEADLINE.finditer(again.text, chosen.end, whole.end)
    ]
    for day in again.dates_at(whole):
        if not overlap(Extent(day.start, day.end), chosen):
            rivals.append(Rival(words(again.found, Extent(day.start, day.end)), day.rule, f"date-{day.kind}"))
    return first(rivals)


def document(again: Again, path: str, own: Document) -> Iterator[Reason]:
    """The document's title, and what was done with it."""
    yield Reason(path, own.rule)
    others = [d for d in again.documents.get(own.title.of(again.text), ()) if d.action != own.action]
    rivals = first([Rival(d.action, d.rule, "weaker-action") for d in others])
    at = own.verb if own.verb.start < own.verb.end else None
    yield Reason(f"{path}.action", own.rule, rivals, at)
