"""The card: one record for the eye, in the reader's language; what the report does not state is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.box import ROUNDED
from rich.console import RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from extractor.writing.harmless import harmless
from extractor.writing.labels import labels
from extractor.writing.printing import printed, shown
from extractor.writing.sentences import warning_sentence
from extractor.writing.threshold import REVIEW_BELOW

if TYPE_CHECKING:
    from extractor.errors import ExtractorError, Language
    from schemas import Document, ErrorRecord, Leader, MeetingDate, Record, Speaker, Task, Unit, Value

#: Columns: a wider card is hard to read, however wide the terminal; a narrower has no room for a title.
WIDEST, NARROWEST = 110, 40


def card(
    record: Record | ErrorRecord,
    language: Language = "zh",
    *,
    width: int = 80,
    colour: bool = False,
    error: ExtractorError | None = None,
    below: float = REVIEW_BELOW,
) -> str:
    """The record as a card ``width`` columns wide (40 to 110), with its line end.

    ``colour`` adds the sequences that a terminal shows as colours; the text of a report cannot add any.
    ``error`` is what an error record was made from, if at hand: it speaks the reader's language.
    What is less certain than ``below`` is marked with how certain it is.
    """
    words = labels()[language]
    if record.status == "ok":
        kind, body = words["kind"][record.kind], _grid(_Rows(record, language, below))
    else:
        failure = record.error
        message = error.message(language) if error else failure.message
        hint = error.hint(language) if error else failure.hint
        kind, body = words["error"], _grid([(failure.code, shown(message)), (words["hint"], shown(hint))])
    heading = Text.assemble((kind, "bold"), f" · {harmless(record.source.name)}")
    return printed(
        Panel(body, title=heading, title_align="left", box=ROUNDED, border_style="dim"),
        min(max(width, NARROWEST), WIDEST),
        colour,
    )


class _Rows:
    """The rows of a record: label and content, in the order of the card."""

    def __init__(self, record: Record, language: Language, below: float) -> None:
        self.record, self.below = record, below
        self.language: Language = language
        self.words = labels()[language]

    def __iter__(self) -> Iterator[tuple[str, RenderableType]]:
        for key, content in self._rows():
            yield self.words[key], content

    def _rows(self) -> Iterator[tuple[str, RenderableType]]:
        record = self.record
        yield "title", self._value(record.title)
        if record.kind != "other":
            yield "name", self._value(record.meeting.name)
            yield "organizer", self._value(record.meeting.organizer)
            yield "location", self._value(record.meeting.location)
            yield "date", self._date(record.date)
            yield "leaders", self._several(map(self._person, record.leaders))
            yield "speakers", self._several(map(self._person, record.speakers))
            yield "tasks", self._several(map(self._task, record.tasks))
            yield "attending_units", self._several(map(self._unit, record.attending_units))
            yield "documents", self._several(map(self._document, record.documents))
            mentioned = self.words["separator"].join(record.mentioned)
            yield "mentioned", shown(mentioned or self.words["none"], "" if mentioned else "dim")
        if record.warnings:
            sentences = (warning_sentence(w, self.language) for w in record.warnings)
            yield "warnings", self._several(shown(s, "yellow") for s in sentences)

    def _value(self, value: Value | None) -> Text:
        if value is None:
            return self._unstated()
        return self._marked(shown(value.text), value.confidence)

    def _unstated(self) -> Text:
        return shown(self.words["unstated"], "dim")

    def _several(self, lines: Iterable[Text]) -> RenderableType:
        lines = tuple(lines)
        return _grid(("·", line) for line in lines) if lines else self._unstated()

    def _date(self, date: MeetingDate | None) -> Text:
        if date is None:
            return self._unstated()
        notes = [date.edtf] if date.edtf else []
        if date.inferred_from:
            parts = self.words["separator"].join(self.words["part"][part] for part in date.inferred)
            notes.append(
                self.words["inferred"].format(parts=parts, source=self.words["source"][date.inferred_from])
            )
        return self._marked(self._noted(shown(date.text), notes), date.confidence)

    def _person(self, person: Leader | Speaker) -> Text:
        words = _words(person.name, person.title)
        return self._marked(self._roles(words, person.roles), person.confidence, person.title_confidence)

    def _unit(self, unit: Unit) -> Text:
        words = _words(unit.name, unit.representatives)
        return self._marked(self._roles(words, unit.roles), unit.confidence, unit.representatives_confidence)

    def _document(self, document: Document) -> Text:
        text = self._noted(shown(f"《{document.title}》"), [self.words["action"][document.action]])
        return self._marked(text, document.confidence)

    def _task(self, task: Task) -> Text:
        stated = (("by", task.by), ("actor", task.actor), ("deadline", task.deadline))
        notes = [self.words[key].format(value) for key, value in stated if value]
        return self._marked(self._noted(shown(task.text), notes), task.confidence)

    def _roles(self, who: Text, roles: Sequence[str]) -> Text:
        return self._noted(who, [self.words["separator"].join(self.words["role"][role] for role in roles)])

    def _marked(self, text: Text, confidence: float, further: float | None = None) -> Text:
        """With how certain it is, and a part of it (the title), where that is less than ``below``."""
        for key, told in (("uncertain", confidence), ("part_uncertain", further)):
            if told is not None and told < self.below:
                text.append(" " + self.words[key].format(round(100 * told)), "not bold yellow")
        return text

    def _noted(self, text: Text, notes: Sequence[str]) -> Text:
        """What the record says about these words of the report, in brackets and another colour."""
        if notes:
            joined = self.words["note_separator"].join(notes)
            text.append(harmless(self.words["brackets"].format(joined)), "not bold cyan")
        return text


def _words(name: str, further: str | None) -> Text:
    text = shown(name, "bold")
    return text.append(f" {harmless(further)}") if further else text


def _grid(rows: Iterable[tuple[str, RenderableType]]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    for label, content in rows:
        grid.add_row(Text(label), content)
    return grid
