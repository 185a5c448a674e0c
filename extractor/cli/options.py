"""The options and arguments of the commands, declared once so that they are the same everywhere.

Callbacks look at values before anything is read: a wrong one costs the caller no time.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from importlib.metadata import version
from typing import Annotated

import typer

from extractor.api import published_day
from extractor.batch.inputs import STDIN
from extractor.cli.voice import Voice
from extractor.errors import UsageError
from extractor.reading import Limits, codec_of
from extractor.writing.output import output_to

DISTRIBUTION = "meeting-extractor"


class Format(StrEnum):
    """How records are written."""

    JSON = "json"
    JSONL = "jsonl"
    CARD = "card"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    ATOM = "atom"
    EAD3 = "ead3"
    DC = "dc"


class Damage(StrEnum):
    """What to do about bytes that do not fit the encoding."""

    STOP = "stop"
    KEEP = "keep"


class Engine(StrEnum):
    """Who reads many reports."""

    LOCAL = "local"
    RAY = "ray"


class Lang(StrEnum):
    """In which language to speak."""

    ZH = "zh"
    EN = "en"


def _files(context: typer.Context, files: list[str] | None) -> list[str] | None:
    _check_stdin(context.obj, (files or []).count(STDIN))
    return files


def _file(context: typer.Context, file: str) -> str:
    _check_stdin(context.obj, file == STDIN)
    return file


def _check_stdin(voice: Voice, asked: int) -> None:
    """Standard input must be there, and can be read only once."""
    if asked > 1:
        raise UsageError(detail=voice.words("Standard input (-) can be read only once"))
    if asked and sys.stdin is None:
        raise UsageError(detail=voice.words("Standard input (-) is closed"))


def _is_day(published: str | None) -> str | None:
    published_day(published)  # raises PublishedError
    return published


def _is_encoding(encoding: str | None) -> str | None:
    if encoding is not None:
        codec_of(encoding)  # raises UnknownEncodingError
    return encoding


def _are_limits(settings: list[str] | None) -> list[str] | None:
    Limits().changed(*settings or ())  # raises LimitError
    return settings


def _place(output: str | None) -> str | None:
    return None if output == "-" else output


def _print_version(wanted: bool) -> None:
    if wanted:
        with output_to(None) as out:
            out.write(f"{DISTRIBUTION} {version(DISTRIBUTION)}\n")
        raise typer.Exit


Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE", show_default=False, hidden=True, callback=_files
    ),  # told by the command's help
]
File = Annotated[str, typer.Argument(metavar="FILE", hidden=True, callback=_file)]
Gold = Annotated[str, typer.Argument(metavar="GOLD", hidden=True)]
Records = Annotated[str, typer.Argument(metavar="RECORDS", hidden=True, callback=_file)]
OldRecords = Annotated[str, typer.Argument(metavar="OLD", hidden=True, callback=_file)]
NewRecords = Annotated[str, typer.Argument(metavar="NEW", hidden=True, callback=_file)]
Texts = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        help="Folder of the reports, ID.txt; else texts beside GOLD, else the folder that GOLD is in.",
    ),
]
Labels = Annotated[
    str | None,
    typer.Option(
        "--manifest",
        metavar="FILE",
        help="JSON Lines with id or path, and source, level or others of each report; else manifest.jsonl beside GOLD.",
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KEY",
        help="Also one row for each value of KEY in the manifest, as source or level; may be given again.",
    ),
]
Errors = Annotated[bool, typer.Option("--errors", help="List every error, and how many there are by kind.")]
Json = Annotated[bool, typer.Option("--json", help="Print all of it as one JSON document, for programs.")]
Floors = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="JSON with the least F1 by field, and for core, kind, perfect: exit with 1 if one is missed.",
    ),
]
Limit = Annotated[int, typer.Option(metavar="N", min=0, help="How many examples to show of each kind.")]
Everything = Annotated[
    bool,
    typer.Option(
        "--all", help="Compare also what is no statement about the meeting: evidence, confidence, versions."
    ),
]
TellByCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if the records differ.")]
RecordFormat = Annotated[
    Format | None,
    typer.Option(
        metavar="FORMAT",
        show_default=False,
        help="json: indented, for several reports JSON Lines; jsonl: always JSON Lines; card: for the eye. With -o FILE also csv, "
        "xlsx: the catalogue; parquet, sqlite: tables; atom, ead3, dc: archival description. Told from FILE if not given.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        callback=_is_day,
        help="Day of publication, as 2021-03-24: it fills the year and month that a report leaves out.",
    ),
]
Manifest = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="JSON Lines with path (relative to FILE) for each report to read, and perhaps published or other options.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        callback=_is_encoding,
        help="Encoding of the reports; told from their bytes if not given.",
    ),
]
OnDamage = Annotated[
    Damage,
    typer.Option(
        help="At bytes that do not fit the encoding: stop with an error, or keep the rest and warn."
    ),
]
Max = Annotated[
    list[str] | None,
    typer.Option(
        "--max",
        metavar="NAME=N",
        show_default=False,
        callback=_are_limits,
        help="Take more or less of one file than usual, as pages=5000; may be given again. NAME is bytes, characters, "
        "unpacked, xml, parts, pages, pixels or seconds.",
    ),
]
Lexicon = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="What your archive knows of its people, units and places: TOML or CSV, see docs/lexicon.md.",
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=_place,
        help="Write to FILE, which is replaced whole at the end or not at all.",
    ),
]
Rules = Annotated[
    bool,
    typer.Option(
        "--rules", help="Show instead what each rule looks for, with an example and a counter-example."
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 if any record has warnings or no meeting in it.")
]
ReviewBelow = Annotated[
    float | None,
    typer.Option(
        metavar="P",
        min=0,
        max=1,
        show_default=False,
        help="List the values whose confidence is below P, as 0.8, for a person to look at: least certain first.",
    ),
]
Review = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        callback=_place,
        help="Write that list to FILE as CSV for a spreadsheet, warnings included; P is 0.8 if not given.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        show_default=False,
        help="How many processes read at the same time, with -o FILE; one for each core if not given.",
    ),
]
RayAddress = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        show_default=False,
        help="Where the cluster is: auto or HOST:PORT; without it one is started on this machine.",
    ),
]
ReadBy = Annotated[
    Engine,
    typer.Option("--engine", help="Who reads: the processes of this machine, or a Ray cluster."),
]
Force = Annotated[
    bool, typer.Option("--force", help="Read everything anew, also what an earlier run has done already.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing on stderr but errors.")]
Language = Annotated[
    Lang | None,
    typer.Option(
        "--lang", show_default=False, help="Language of messages, help and card; else the locale's."
    ),
]
Version = Annotated[
    bool,
    typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit."),
]
