"""The table on which the components lay their finds: one typed object per Doc, ``doc._.meeting``.

A component that is used alone finds its needs here: whatever an earlier component has not laid down yet
is made on demand by that component's own ``find_…`` function (see ``Component``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from spacy.tokens import Doc, Span

from extractor.language.clean import Clean, clean
from extractor.language.tokenizer import text_of
from extractor.language.types import (
    Act,
    DateMention,
    Document,
    Event,
    Extent,
    Known,
    Layout,
    Name,
    Person,
    Speech,
    Task,
    Unit,
)


@dataclass(slots=True)
class Findings:
    """What has been found in one report so far; None where the component has not run.

    ``text`` is the text as read; ``clean`` is what rules look at (``extractor.language.clean``), and all
    offsets below count in it. ``source`` maps them back.
    """

    text: str
    cleaned: Clean
    published: date | None = None  # the day of publication, where the caller knows it
    known: Known | None = None  # what the archive's lexicon knows of the text
    layout: Layout | None = None
    names: tuple[Name, ...] | None = None
    titles: tuple[Name, ...] | None = None  # the same names, with their titles
    dates: tuple[DateMention, ...] | None = None
    speech: tuple[Speech, ...] | None = None
    acts: tuple[Act, ...] | None = None
    people: tuple[Person, ...] | None = None  # roles lays down acts, people and mentioned together
    mentioned: tuple[Name, ...] | None = None
    units: tuple[Unit, ...] | None = None
    tasks: tuple[Task, ...] | None = None
    documents: tuple[Document, ...] | None = None
    event: Event | None = None

    @property
    def clean(self) -> str:
        """The clean text."""
        return self.cleaned.text

    def source(self, start: int, end: int) -> Extent:
        """Where a stretch of the clean text stands in the text as read."""
        return self.cleaned.source(start, end)


Doc.set_extension("meeting", default=None, force=True)


def findings(doc: Doc) -> Findings:
    """The findings of this Doc, begun if need be."""
    if doc._.meeting is None:
        text = text_of(doc)
        doc._.meeting = Findings(text, clean(text))
    found: Findings = doc._.meeting
    return found


class Component:
    """A pipeline component: sees to its needs, finds, and shows its spans to spaCy's users.

    A subclass names its ``stage`` (the field of Findings that it fills), the stages that it ``needs``,
    and implements ``find``. ``doc.spans["meeting_STAGE"]`` holds what it found, with the rule's id as
    the span's id and what it is as the label.
    """

    stage: ClassVar[str]
    fills: ClassVar[tuple[str, ...]] = ()  # further fields that it fills
    needs: ClassVar[tuple[str, ...]] = ()
    stages: ClassVar[dict[str, Callable[[], Component]]] = {}

    def __init_subclass__(cls) -> None:
        for field in (cls.stage, *cls.fills):
            Component.stages[field] = cls

    def __call__(self, doc: Doc) -> Doc:
        """Find, and show what was found in ``doc.spans``."""
        found = findings(doc)
        for stage in self.needs:
            if getattr(found, stage) is None:
                from extractor.language import pipeline  # noqa: F401  (it imports every component)

                Component.stages[stage]()(doc)
        self.find(found)
        doc.spans[f"meeting_{self.stage}"] = list(_spans(doc, found, self.show(found)))
        return doc

    def find(self, found: Findings) -> None:
        """Fill the stage's field."""
        raise NotImplementedError

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """What to lay into ``doc.spans``: start, end (in the clean text), label, id of the rule."""
        items: Iterable[Any] = getattr(found, self.stage) or ()
        return ((x.start, x.end, self.stage, x.rule) for x in items)


def _spans(doc: Doc, found: Findings, items: Iterable[tuple[int, int, str, str]]) -> Iterable[Span]:
    for start, end, label, rule in items:
        at = found.source(start, end)
        span = doc.char_span(at.start, at.end, label=label, span_id=rule, alignment_mode="expand")
        if span is not None:
            yield span
