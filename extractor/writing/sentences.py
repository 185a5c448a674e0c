"""The sentences of a record in the reader's language: the record itself always has them in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.errors import RECORD_LANGUAGE, WARNINGS

if TYPE_CHECKING:
    from extractor.errors import Language
    from schemas import Record, RecordWarning


def warning_sentence(warning: RecordWarning, record: Record, language: Language) -> str:
    """What the warning says, in this language; as the record has it where its code is of a later version."""
    if language == RECORD_LANGUAGE or warning.code not in WARNINGS:
        return warning.message
    return WARNINGS[warning.code].sentence(language, {"text": record.date.text if record.date else ""})


def warning_hint(warning: RecordWarning, language: Language) -> str | None:
    """What can be done about it."""
    return WARNINGS[warning.code].hint(language, {}) if warning.code in WARNINGS else None
