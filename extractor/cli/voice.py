"""What the command says to people: on stderr, in their language, and never with a traceback."""

from __future__ import annotations

import sys
from contextlib import suppress

from extractor.cli.language import translated
from extractor.cli.terminal import is_coloured
from extractor.errors import ExtractorError, Language
from extractor.writing.harmless import harmless

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[33m"}


class Voice:
    """Speaks to whoever called the command; ``quiet`` leaves only errors."""

    def __init__(self, language: Language, quiet: bool = False) -> None:
        self.language: Language = language
        self.quiet = quiet

    def words(self, english: str, **arguments: str | int) -> str:
        """A sentence of the command itself, in the reader's language, with its arguments filled in."""
        return translated(english, self.language).format_map(arguments)

    def error(self, error: ExtractorError) -> None:
        """What went wrong and what can be done."""
        self._say("error", error.code, error.message(self.language), error.hint(self.language))

    def warning(self, code: str, name: str, sentence: str, hint: str | None) -> None:
        """What a record leaves out."""
        if not self.quiet:
            self._say("warning", code, self.words("{name}: {sentence}", name=name, sentence=sentence), hint)

    def note(self, english: str, **arguments: str | int) -> None:
        """A word on how the run went."""
        if not self.quiet:
            _print(self.words(english, **arguments))

    def show(self, table: str) -> None:
        """Lines made ready to be shown, such as a table."""
        if not self.quiet:
            _print(table.rstrip("\n"))

    def _say(self, grade: str, code: str, sentence: str, hint: str | None) -> None:
        colour, plain = (_COLOURS[grade], "\x1b[0m") if is_coloured(sys.stderr) else ("", "")
        _print(f"{colour}{self.words(grade)}{plain} [{code}] {harmless(sentence)}")
        if hint:
            _print(f"  {harmless(hint)}")


def _print(line: str) -> None:
    if sys.stderr is not None:  # closed by the caller: extract … 2>&-
        with suppress(OSError):  # what cannot be said must not end the run
            print(line, file=sys.stderr, flush=True)
