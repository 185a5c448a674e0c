"""``extract explain FILE``: which rule gave which value."""

from __future__ import annotations

import sys

import typer

from extractor.api import make
from extractor.cli import options
from extractor.cli.exit_codes import ExitCode
from extractor.cli.inputs import STDIN, is_among, read_knowledge
from extractor.cli.options import Damage
from extractor.cli.terminal import columns, is_coloured
from extractor.cli.voice import Voice
from extractor.errors import UsageError
from extractor.reading import read_file, read_stream
from extractor.writing.output import output_to


def explain(
    context: typer.Context,
    file: options.File,
    published: options.Published = None,
    encoding: options.Encoding = None,
    on_damage: options.OnDamage = Damage.STOP,
    lexicon: options.Lexicon = None,
    output: options.Output = None,
    lang: options.Language = None,  # noqa: ARG001  (heard by extractor.cli.language before parsing)
) -> int:
    """Show which rule gave which value of the report FILE, and where it stands in the text."""
    from extractor.writing.explanation import Row, rows, tab_separated, table

    voice: Voice = context.obj
    if is_among(output, [file, *([lexicon] if lexicon else [])]):
        raise UsageError(detail=voice.words("{path} is one of the files to read", path=output or ""))
    known = read_knowledge(lexicon, voice)
    if file == STDIN:
        text = read_stream(sys.stdin.buffer, encoding=encoding, on_damage=on_damage.value)
    else:
        text = read_file(file, encoding=encoding, on_damage=on_damage.value)
    made = make(text, published, known)
    if output is None and sys.stdout is not None and sys.stdout.isatty():
        words = voice.words
        headings = Row(words("Field"), words("Value"), words("Rule"), words("Where"))
        shown = table(rows(made), headings, columns(), is_coloured(sys.stdout))
    else:
        shown = tab_separated(rows(made))
    with output_to(output) as out:
        out.write(shown, for_people=True)
    return ExitCode.NOTHING_FOUND if made.record.kind == "other" else ExitCode.OK
