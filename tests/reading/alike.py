"""The same report in another format: its record must say the same, whatever the characters' places are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from extractor.api import make
from extractor.reading import Text, read_file, read_text

SAMPLES = Path(__file__).parents[2] / "samples"
#: A long report with many names and tasks, a short one, minutes with labels, minutes in prose.
NAMES = ("county-party-safety", "village-flood-assembly", "minutes-county-executive", "minutes-prose-bridge")
_BLANK = re.compile(r"\s+")


def sample(name: str) -> str:
    """The text of a sample of this project."""
    return read_file(SAMPLES / f"{name}.txt").characters


def paragraphs(name: str) -> list[str]:
    """Its lines without blanks at their ends, empty ones left out."""
    return [line.strip() for line in sample(name).splitlines() if line.strip()]


def said(text: Text, published: str | None = "2024-12-31") -> Any:
    """What the record of this text says: evidence as the words it quotes, without blanks; no source, no confidences."""
    record = make(text, published).record.model_dump(mode="json")
    return _said({key: value for key, value in record.items() if key != "source"}, text.characters)


def _said(value: Any, characters: str) -> Any:
    if isinstance(value, dict):
        if "start" in value and isinstance(value["start"], int):
            return _BLANK.sub("", characters[value["start"] : value["end"]])
        return {k: _said(v, characters) for k, v in value.items() if not k.endswith("confidence")}
    if isinstance(value, list):
        return [_said(item, characters) for item in value]
    return _BLANK.sub("", value) if isinstance(value, str) else value


def assert_alike(text: Text, name: str) -> None:
    """That the record of this text says what the record of the sample says."""
    assert said(text) == said(read_text(sample(name)))
