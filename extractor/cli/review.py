"""``--review-below`` and ``--review``: what a person should look at, told when the run is over."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from extractor.cli.terminal import columns, is_coloured
from extractor.cli.voice import Voice
from extractor.writing.output import Output, output_to
from extractor.writing.threshold import REVIEW_BELOW

if TYPE_CHECKING:
    from extractor.reading import Text
    from extractor.record import Made
    from extractor.writing.review import Item

#: Values that are listed on stderr at most: whoever has more reports than that wants a file.
_LISTED = 40


class Reviewer:
    """Collects what to look at while records are made, and lists it at the end of the run.

    As a context it opens the file, if there is one, before the first report is read: a place that cannot be
    written is told at once, and FILE is replaced whole or not at all.
    """

    def __init__(self, voice: Voice, below: float | None, path: str | None) -> None:
        self.voice, self.path = voice, path
        self.below = REVIEW_BELOW if below is None else below
        self.wanted = below is not None or path is not None
        self.found: list[Item] = []
        self._open = ExitStack()
        self._out: Output | None = None

    def look(self, made: Made, text: Text) -> None:
        """Take from a record what is to be looked at; ``text``: the text as read."""
        from extractor.writing.review import items

        self.take(items(made, text, self.below, self.voice.language))

    def take(self, found: Iterable[Sequence[str]]) -> None:
        """Take what is to be looked at in one record; warnings only for a file."""
        from extractor.writing.review import Item

        self.found += (item for one in found if (item := Item(*one)).confidence or self.path)

    def __enter__(self) -> Self:
        if self.path is not None:
            self._out = self._open.enter_context(output_to(self.path))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Any:
        if kind is None and self.wanted:
            self._tell()
        return self._open.__exit__(kind, error, trace)

    def _tell(self) -> None:
        from extractor.writing.review import Item, least_certain_first, spreadsheet, table

        words = self.voice.words
        headings = Item(
            words("Confidence"),
            words("Report"),
            words("Field"),
            words("Value"),
            words("Where"),
            words("Page or paragraph"),
            words("Why"),
            words("In the text"),
        )
        found = least_certain_first(self.found)
        if self._out is not None:
            self._out.write(spreadsheet(found, headings))
            self.voice.note(
                "{count} values and warnings to look at: {path}", count=len(found), path=self.path or ""
            )
            return
        if found:
            colour = is_coloured(sys.stderr)
            self.voice.show(table(found[:_LISTED], headings, columns(), colour))
        self.voice.note("{count} values to look at.", count=len(found))
        if len(found) > _LISTED:
            self.voice.note("The {count} least certain are shown; --review FILE has them all.", count=_LISTED)
