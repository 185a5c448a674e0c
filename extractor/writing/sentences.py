"""The sentences of a record in the reader's language: the record itself always has them in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.errors import RECORD_LANGUAGE, WARNINGS

if TYPE_CHECKING:
    from extractor.errors import Language
    from schemas import RecordWarning


def warning_sentence(warning: RecordWarning, language: Language) -> str:
    """What the warning says, in this language; as the record has it where its code is of a later version."""
    message = WARNINGS.get(warning.code)
    if language == RECORD_LANGUAGE or message is None:
        return warning.message
    before, gap, after = message.zh.partition("{text}")
    said = warning.message.removeprefix(before).removesuffix(after) if gap else ""
    return message.sentence(language, {"text": said})


def warning_hint(warning: RecordWarning, language: Language) -> str | None:
    """What can be done about it."""
    return WARNINGS[warning.code].hint(language, {}) if warning.code in WARNINGS else None
