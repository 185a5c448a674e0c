"""``extract evaluate GOLD RECORDS``: how good records are, by annotations."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import typer

from extractor.cli import options
from extractor.cli.exit_codes import ExitCode, code_of
from extractor.cli.inputs import NAMED_LINES, check_output, opened
from extractor.cli.terminal import is_shown, page_of
from extractor.cli.voice import Voice
from extractor.errors import UsageError
from extractor.reading import file_bytes
from extractor.writing.output import output_to

if TYPE_CHECKING:
    from extractor.evaluation.gold import Case
    from extractor.evaluation.records import Record
    from extractor.evaluation.scores import Scores

    Groups = dict[str, dict[str, Scores]]


def evaluate(
    context: typer.Context,
    gold: options.Gold,
    records: options.Records,
    texts: options.Texts = None,
    manifest: options.Labels = None,
    by: options.By = None,
    errors: options.Errors = False,
    floors: options.Floors = None,
    json: options.Json = False,
    output: options.Output = None,
    lang: options.Language = None,  # noqa: ARG001  (heard by extractor.cli.language before parsing)
) -> int:
    """Measure RECORDS (as extract -o writes them) by the annotations GOLD/ID.json: precision, recall, F1 of
    every field. docs/gold.md tells how to annotate reports of your own.
    """
    from extractor.evaluation.comparison import compare
    from extractor.evaluation.scores import grouped, read_floors, scored
    from extractor.writing import json_text
    from extractor.writing.scores import scores_json

    voice: Voice = context.obj
    check_output(output, [records, manifest, floors], voice)
    least = read_floors(file_bytes(floors), floors) if floors else {}
    labels = _labels(voice, Path(gold), manifest, by or [])
    cases = _cases(voice, Path(gold), texts)
    found = _records(voice, cases, records)
    comparisons = [compare(case, found.get(case.id)) for case in cases]
    scores = scored(comparisons)
    groups = {key: grouped(comparisons, labels, key) for key in by or []}
    with output_to(output) as out:
        if json:
            out.write(json_text.data(scores_json(scores, groups, least)))
        else:
            out.write(_page(voice, scores, groups, errors, shown=is_shown(output)), for_people=True)
    return _told_floors(voice, scores, least)


def _told_floors(voice: Voice, scores: Scores, floors: dict[str, float]) -> ExitCode:
    """Name each floor that is missed."""
    from extractor.evaluation.scores import missed_floors

    missed = missed_floors(scores.reached(), floors)
    for field, (reached, floor) in missed.items():
        voice.note(
            "{field}: {reached} is below its floor {floor}.",
            field=field,
            reached=f"{reached:.6g}",
            floor=f"{floor:.6g}",
        )
    return ExitCode.BELOW_FLOOR if missed else ExitCode.OK


def _labels(voice: Voice, gold: Path, manifest: str | None, by: list[str]) -> dict[str, dict[str, str]]:
    """What the manifest says of each report. Raises UsageError where it does not tell what is asked for."""
    from extractor.evaluation.gold import beside
    from extractor.evaluation.manifest import read_labels

    path = Path(manifest) if manifest else beside(gold) / "manifest.jsonl"
    if not by and not manifest:
        return {}
    labels = read_labels(path)
    for key in by:
        if not any(key in entry for entry in labels.values()):
            raise UsageError(
                detail=voice.words("no line of {path} has the key {key}", path=str(path), key=key)
            )
    return labels


def _cases(voice: Voice, gold: Path, texts: str | None) -> list[Case]:
    """The annotated reports. Raises UsageError, and Exit after telling what is wrong with annotations."""
    from extractor.evaluation.gold import read_cases, texts_beside

    if not gold.is_dir():
        raise UsageError(
            detail=voice.words("GOLD is a folder of ID.json, and {path} is none", path=str(gold))
        )
    cases, wrong = read_cases(gold, Path(texts) if texts else texts_beside(gold))
    for error in wrong[:NAMED_LINES]:
        voice.error(error)
    if len(wrong) > NAMED_LINES:
        voice.note("{number} more.", number=len(wrong) - NAMED_LINES)
    if wrong:
        raise typer.Exit(code_of(wrong[0]))
    return cases


def _records(voice: Voice, cases: list[Case], path: str) -> dict[str, Record]:
    """The records by the id of their report; the last one counts. Tells which have no counterpart."""
    from extractor.evaluation.records import read_lines

    with opened(path) as stream:
        records = {PurePath(line.record.source.name).stem: line.record for line in read_lines(stream, path)}
    ids = {case.id for case in cases}
    if missing := len(ids - records.keys()):
        voice.note(
            "{number} of {all} reports have no record: they count as empty.", number=missing, all=len(ids)
        )
    if further := len(records.keys() - ids):
        voice.note("{number} records have no annotation: they are left out.", number=further)
    return records


def _page(voice: Voice, scores: Scores, groups: Groups, errors: bool, *, shown: bool) -> str:
    """Tables and sentences, one after the other; on a terminal as wide as it is."""
    from extractor.evaluation.scores import CORE
    from extractor.writing.scores import field_rows, group_rows
    from extractor.writing.tables import table

    words = voice.words
    width, colour = page_of(shown)
    parts = [
        table([words("Field"), "P", "R", "F1", words("Gold")], field_rows(scores), width, colour=colour),
        words("meeting or not: {right} right of {all}", right=scores.told_right, all=scores.reports),
        words("core F1 (mean of {fields}): {core}", fields=", ".join(CORE), core=f"{scores.core:.3f}"),
        words("without any error: {perfect} of {all}", perfect=scores.perfect, all=scores.meetings),
    ]
    for key, tables in groups.items():
        fields = [field.replace("+", "\n+") for field in CORE]
        headings = [key, words("Reports"), "core", *fields, "kind", "perfect"]
        parts.append("\n" + table(headings, group_rows(tables), width, colour=colour))
    if errors:
        parts += _errors(voice, scores, width, colour=colour, shown=shown)
    return "".join(part if part.endswith("\n") else f"{part}\n" for part in parts)


def _errors(voice: Voice, scores: Scores, width: int, *, colour: bool, shown: bool) -> list[str]:
    """How many errors of which kind, and each of them: in columns on a terminal, else with tabs between."""
    from extractor.evaluation.mistakes import MistakeKind
    from extractor.writing.scores import mistake_rows, mistake_rows_shown, summary_rows
    from extractor.writing.tables import tab_separated, table

    words = voice.words
    kinds = [kind.value for kind in MistakeKind]
    summary = table(
        [words("Field"), *kinds, words("All")], summary_rows(scores.mistakes), width, colour=colour
    )
    if not shown:
        return [f"\n{summary}", "\n" + tab_separated(mistake_rows(scores.mistakes))]
    headings = [
        words("Report"),
        words("Field"),
        words("Kind"),
        words("Gold"),
        words("Record"),
        words("Where"),
    ]
    rows = mistake_rows_shown(scores.mistakes)
    return [f"\n{summary}", "\n" + table(headings, rows, width, colour=colour)]
