"""``extract FILE…``: reports in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extractor.api import published_day, try_extract
from extractor.cli import options
from extractor.cli.exit_codes import ExitCode, Tally
from extractor.cli.inputs import NAMED_LINES, Input, check_output, read_knowledge, read_manifest
from extractor.cli.options import Damage, Format
from extractor.cli.review import Reviewer
from extractor.cli.terminal import columns, is_coloured
from extractor.cli.voice import Voice
from extractor.errors import ExtractorError, UsageError
from extractor.reading import Limits
from extractor.writing import json_text
from extractor.writing.output import output_to
from extractor.writing.sentences import warning_hint, warning_sentence

if TYPE_CHECKING:
    from schemas import ErrorRecord, Record

    #: A record, and the error that an error record was made from → what is written for it.
    Render = Callable[[Record | ErrorRecord, ExtractorError | None], str]


def run(
    context: typer.Context,
    files: options.Files = None,
    format: options.RecordFormat = Format.JSON,
    published: options.Published = None,
    manifest: options.Manifest = None,
    encoding: options.Encoding = None,
    on_damage: options.OnDamage = Damage.STOP,
    max: options.Max = None,
    lexicon: options.Lexicon = None,
    output: options.Output = None,
    strict: options.Strict = False,
    review_below: options.ReviewBelow = None,
    review: options.Review = None,
    quiet: options.Quiet = False,
    lang: options.Language = None,  # noqa: ARG001  (heard by extractor.cli.language before parsing)
    version: options.Version = False,  # noqa: ARG001  (its callback answers)
) -> int:
    """Print a typed, traceable JSON record of each FILE: a Chinese meeting report (会议报道) or minutes
    (会议纪要). - is standard input; a file that is called as a command is given as ./schema.
    """
    voice: Voice = context.obj
    voice.quiet = quiet
    inputs = _inputs(voice, files or [], manifest, published)
    for place in (output, review):
        check_output(place, [*(i.path for i in inputs), manifest, lexicon], voice)
    if review is not None and output is not None and Path(review).resolve() == Path(output).resolve():
        raise UsageError(detail=voice.words("{path} cannot hold both records and list", path=review))
    looked_at = Reviewer(voice, review_below, review)
    several = manifest is not None or len(inputs) > 1
    coloured = output is None and is_coloured(sys.stdout)
    render = _renderer(format, several, voice, coloured, looked_at.below)
    known = read_knowledge(lexicon, voice)
    limits = Limits().changed(*max or ())
    read = partial(try_extract, encoding=encoding, on_damage=on_damage.value, lexicon=known, limits=limits)
    if looked_at.wanted:
        read = partial(read, on_made=looked_at.look)
    tally = Tally()
    with looked_at, output_to(output) as out:
        for source in inputs:
            errors: list[ExtractorError] = []
            record = read(source.path, published=source.published, on_error=errors.append)
            error = errors[0] if errors else None
            out.write(render(record, error), for_people=format is Format.CARD)
            tally.add(record, error)
            _remark(voice, record, error, warnings=not several and format is not Format.CARD)
    if several:
        _sum_up(voice, tally)
    return tally.code(strict)


def _inputs(voice: Voice, files: list[str], manifest: str | None, published: str | None) -> list[Input]:
    """The FILEs, then the lines of the manifest. Raises UsageError, InputError, and Exit for wrong lines."""
    day = published_day(published)
    inputs = [Input(path, day) for path in files]
    if manifest is None and not files:
        raise UsageError(detail=voice.words("No FILE is given"))
    if manifest is not None:
        listed, errors = read_manifest(manifest, day)
        for error in errors[:NAMED_LINES]:
            voice.error(error)
        if errors:
            raise typer.Exit(ExitCode.USAGE)
        inputs += listed
    return inputs


def _renderer(format: Format, several: bool, voice: Voice, coloured: bool, below: float) -> Render:
    if format is Format.CARD:
        from extractor.writing.card import card

        return lambda record, error: card(
            record, voice.language, width=columns(), colour=coloured, error=error, below=below
        )
    write = json_text.line if several or format is Format.JSONL else json_text.document
    if coloured:
        return lambda record, _: json_text.coloured(write(record))
    return lambda record, _: write(record)


def _remark(
    voice: Voice, record: Record | ErrorRecord, error: ExtractorError | None, *, warnings: bool
) -> None:
    if error is not None:
        voice.error(error)
    elif record.status == "ok" and warnings:
        for warning in record.warnings:
            sentence = warning_sentence(warning, voice.language)
            voice.warning(warning.code, record.source.name, sentence, warning_hint(warning, voice.language))


def _sum_up(voice: Voice, tally: Tally) -> None:
    voice.note(
        "{inputs} inputs: {found} with a meeting, {without} without, {failed} failed.",
        inputs=tally.inputs,
        found=tally.inputs - tally.failed - tally.without_meeting,
        without=tally.without_meeting,
        failed=tally.failed,
    )
