"""``extract schema``: what a record is, for programs."""

from __future__ import annotations

from extractor.cli import options
from extractor.writing.output import output_to


def schema(
    output: options.Output = None,
    lang: options.Language = None,  # noqa: ARG001  (heard by extractor.cli.language before parsing)
) -> None:
    """Print the JSON Schema of the records."""
    from schemas import schema_text

    with output_to(output) as out:
        out.write(schema_text())
