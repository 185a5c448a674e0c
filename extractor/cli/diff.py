"""``extract diff OLD NEW``: what changed between two files of records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from extractor.batch.inputs import STDIN
from extractor.cli import options
from extractor.cli.exit_codes import ExitCode
from extractor.cli.inputs import check_output, opened
from extractor.cli.terminal import is_shown, page_of
from extractor.cli.voice import Voice
from extractor.errors import UsageError
from extractor.writing.output import output_to

if TYPE_CHECKING:
    from extractor.evaluation.differences import Differences


def diff(
    context: typer.Context,
    old: options.OldRecords,
    new: options.NewRecords,
    limit: options.Limit = 3,
    everything: options.Everything = False,
    json: options.Json = False,
    exit_code: options.TellByCode = False,
    output: options.Output = None,
    lang: options.Language = None,  # noqa: ARG001  (heard by extractor.cli.language before parsing)
) -> int:
    """Show which fields of which records changed from OLD to NEW (as extract -o writes them), the most
    frequent kinds of change first.
    """
    from extractor.evaluation.differences import compared
    from extractor.evaluation.records import read_lines
    from extractor.writing import json_text
    from extractor.writing.differences import differences_json

    voice: Voice = context.obj
    check_output(output, [old, new], voice)
    if old == new == STDIN:
        raise UsageError(detail=voice.words("Standard input (-) can be read only once"))
    with opened(old) as before, opened(new) as after:
        differences = compared(
            read_lines(before, old), read_lines(after, new), limit=limit, everything=everything
        )
    with output_to(output) as out:
        if json:
            out.write(json_text.data(differences_json(differences)))
        else:
            out.write(_page(voice, differences, shown=is_shown(output)), for_people=True)
    return ExitCode.DIFFERENT if exit_code and differences else ExitCode.OK


def _page(voice: Voice, differences: Differences, *, shown: bool) -> str:
    """A sentence, the table of kinds, examples of each kind, and the reports that only one file has."""
    from extractor.writing.differences import examples, kind_rows
    from extractor.writing.tables import table

    words = voice.words
    lines = words(
        "{changed} records differ, {same} do not; {old} only in OLD, {new} only in NEW.",
        changed=differences.changed,
        same=differences.same,
        old=len(differences.only_old),
        new=len(differences.only_new),
    )
    parts = [f"{lines}\n"]
    if differences.by_kind:
        headings = [words("Changes"), words("Records"), words("Field"), words("Kind")]
        width, colour = page_of(shown)
        parts.append(table(headings, kind_rows(differences), width, colour=colour))
        parts += [examples(kind) for kind in differences.kinds() if kind.examples]
    return "\n".join(parts)
