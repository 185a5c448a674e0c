"""``extract explain FILE``: which rule gave which value, and what it was preferred to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from extractor.api import make
from extractor.cli import options
from extractor.cli.exit_codes import ExitCode
from extractor.cli.inputs import check_output, read_input, read_knowledge
from extractor.cli.options import Damage
from extractor.cli.terminal import is_shown, page_of
from extractor.cli.voice import Voice
from extractor.writing.output import output_to

if TYPE_CHECKING:
    from extractor.record import Made


def explain(
    context: typer.Context,
    file: options.File,
    published: options.Published = None,
    encoding: options.Encoding = None,
    on_damage: options.OnDamage = Damage.STOP,
    max: options.Max = None,
    lexicon: options.Lexicon = None,
    rules: options.Rules = False,
    output: options.Output = None,
    lang: options.Language = None,  # noqa: ARG001  (heard by extractor.cli.language before parsing)
) -> int:
    """Show which rule gave which value of the report FILE, where it stands, and what it was preferred to."""
    voice: Voice = context.obj
    check_output(output, [file, lexicon], voice)
    known = read_knowledge(lexicon, voice)
    text = read_input(file, encoding, on_damage.value, max)
    made = make(text, published, known)
    with output_to(output) as out:
        out.write(_explained(made, voice, rules=rules, to_people=is_shown(output)), for_people=True)
    return ExitCode.NOTHING_FOUND if made.record.kind == "other" else ExitCode.OK


def _explained(made: Made, voice: Voice, *, rules: bool, to_people: bool) -> str:
    """The values with what gave them, or what these rules look for: as a table or separated by tabs."""
    from extractor.explaining import reasons
    from extractor.writing import explanation

    words = voice.words
    width, coloured = page_of(to_people)
    rows = list(explanation.rows(made, reasons(made)))
    if rules:
        meanings = explanation.rule_rows(rows, voice.language)
        if not to_people:
            return explanation.rules_tab_separated(meanings)
        headings = words("Rule"), words("Looks for"), words("Finds"), words("Does not find")
        return explanation.rules_table(meanings, headings, width, coloured)
    if not to_people:
        return explanation.tab_separated(rows)
    headings = words("Field"), words("Value"), words("Rule"), words("Where, or why not")
    return explanation.table(rows, headings, width, coloured, voice.language)
