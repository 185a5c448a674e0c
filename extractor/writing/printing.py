"""Rich, tamed: text of strangers shows as it is, and the same things print the same everywhere."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, RenderableType
from rich.text import Text

from extractor.writing.harmless import harmless


def shown(characters: str, style: str = "") -> Text:
    """A piece of text that shows as it is: no markup, nothing that a terminal obeys."""
    return Text(harmless(characters), style)


def printed(renderable: RenderableType, width: int, colour: bool) -> str:
    """What rich prints for it, as a string; with ``colour`` also the sequences that terminals obey."""
    out = StringIO()
    Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        highlight=False,
    ).print(renderable)
    return out.getvalue()
