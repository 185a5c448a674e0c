"""``extract FILE…``: reports in, records out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extractor.api import published_day, try_extract
from extractor.batch.inputs import STDIN, Input
from extractor.batch.remote import is_remote
from extractor.cli import options
from extractor.cli.exit_codes import Tally
from extractor.cli.inputs import Sources, read_knowledge
from extractor.cli.options import Damage, Engine, Format
from extractor.cli.review import Reviewer
from extractor.cli.terminal import columns, is_coloured
from extractor.cli.voice import Voice
from extractor.errors import ExtractorError, UsageError
from extractor.reading import Limits
from extractor.writing import json_text
from extractor.writing.formats import SUFFIXES
from extractor.writing.output import is_special, output_to
from extractor.writing.sentences import warning_hint, warning_sentence

if TYPE_CHECKING:
    from extractor.lexicon import Lexicon
    from schemas import ErrorRecord, Record

    #: A record, and the error that an error record was made from → what is written for it.
    Render = Callable[[Record | ErrorRecord, ExtractorError | None], str]

#: Formats that take one record after the other, on standard output too.
_ONE_BY_ONE = (Format.JSON, Format.JSONL, Format.CARD)


def run(
    context: typer.Context,
    files: options.Files = None,
    format: options.RecordFormat = None,
    published: options.Published = None,
    manifest: options.Manifest = None,
    encoding: options.Encoding = None,
    on_damage: options.OnDamage = Damage.STOP,
    max: options.Max = None,
    lexicon: options.Lexicon = None,
    output: options.Output = None,
    workers: options.Workers = None,
    force: options.Force = False,
    engine: options.ReadBy = Engine.LOCAL,
    ray_address: options.RayAddress = None,
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
    defaults = Input("", published_day(published), encoding, on_damage.value, lexicon, tuple(max or ()))
    sources = _sources(voice, files or [], manifest, defaults, (output, review))
    form = _format(voice, format, output)
    looked_at = Reviewer(voice, review_below, review)
    known = read_knowledge(lexicon, voice)
    _check(voice, form, output, sources, engine, ray_address)
    if output is not None and _is_batch(form, output, sources, engine):
        from extractor.cli.many import Many

        name = "jsonl" if form is Format.JSON else form.value
        many = Many(voice, sources, output, name, looked_at, workers, force, engine.value, ray_address)
        with looked_at:
            tally = many.run()
    else:
        tally = _one_by_one(voice, sources, form, output, looked_at, known)
    if sources.several:
        _sum_up(voice, tally)
    return tally.code(strict)


def _check(
    voice: Voice, form: Format, output: str | None, sources: Sources, engine: Engine, ray_address: str | None
) -> None:
    """Raise UsageError for options that do not go together."""
    if form not in _ONE_BY_ONE and STDIN in sources.files:
        raise UsageError(
            detail=voice.words("Standard input (-) cannot be written as {format}", format=form.value)
        )
    if engine is Engine.RAY and (output is None or STDIN in sources.files):
        raise UsageError(detail=voice.words("--engine ray needs files, and -o FILE"))
    if ray_address is not None and engine is not Engine.RAY:
        raise UsageError(detail=voice.words("--ray-address is for --engine ray"))


def _is_batch(form: Format, output: str, sources: Sources, engine: Engine) -> bool:
    """Whether workers read, and a journal is kept: not for one report, a card, a pipe, or standard input."""
    if is_special(output) or STDIN in sources.files or form is Format.CARD:
        return False
    elsewhere = engine is Engine.RAY or any(map(is_remote, (output, *sources.files)))
    return sources.several or form not in _ONE_BY_ONE or elsewhere


def _one_by_one(
    voice: Voice,
    sources: Sources,
    form: Format,
    output: str | None,
    looked_at: Reviewer,
    known: Lexicon | None,
) -> Tally:
    """Each record is written as soon as it is made, in this process."""
    coloured = output is None and is_coloured(sys.stdout)
    render = _renderer(form, sources.several, voice, coloured, looked_at.below)
    tally = Tally()
    with looked_at, output_to(output) as out:
        for source in sources:
            errors: list[ExtractorError] = []
            read = partial(try_extract, on_error=errors.append)
            if looked_at.wanted:
                read = partial(read, on_made=looked_at.look)
            record = read(
                source.path,
                published=source.published,
                encoding=source.encoding,
                on_damage=source.on_damage,
                lexicon=known if source.lexicon == sources.defaults.lexicon else source.lexicon,
                limits=Limits().changed(*source.limits),
            )
            error = errors[0] if errors else None
            out.write(render(record, error), for_people=form is Format.CARD)
            tally.add(record)
            _remark(voice, record, error, warnings=not sources.several and form is not Format.CARD)
    return tally


def _sources(
    voice: Voice,
    files: list[str],
    manifest: str | None,
    defaults: Input,
    outputs: tuple[str | None, str | None],
) -> Sources:
    """What is to be read. Raises UsageError, InputError, and Exit for wrong lines of the manifest."""
    sources = Sources(files, manifest, defaults, outputs)
    if manifest is None and not files:
        raise UsageError(detail=voice.words("No FILE is given"))
    sources.check(voice)
    output, review = outputs
    if review is not None and output is not None and Path(review).resolve() == Path(output).resolve():
        raise UsageError(detail=voice.words("{path} cannot hold both records and list", path=review))
    return sources


def _format(voice: Voice, named: Format | None, output: str | None) -> Format:
    """The format that is named, or that the suffix of the output tells. Raises UsageError where it needs a file."""
    if named is None:
        return Format(SUFFIXES.get(Path(output or "").suffix.lower(), Format.JSON))
    if named not in _ONE_BY_ONE and output is None:
        raise UsageError(detail=voice.words("--format {format} needs -o FILE", format=named.value))
    return named


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
    if tally.known:
        voice.note("{known} of them were done already.", known=tally.known)
    if tally.undated or tally.to_review:
        voice.note(
            "{undated} meetings without a date, {values} values to review.",
            undated=tally.undated,
            values=tally.to_review,
        )
    voice.note(
        "{inputs} inputs: {found} with a meeting, {without} without, {failed} failed.",
        inputs=tally.inputs,
        found=tally.inputs - tally.failed - tally.without_meeting,
        without=tally.without_meeting,
        failed=tally.failed,
    )
