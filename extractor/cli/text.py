"""``extract text FILE``: the text that evidence counts in, as it was read from the file."""

from __future__ import annotations

import typer

from extractor.cli import options
from extractor.cli.exit_codes import ExitCode
from extractor.cli.inputs import check_output, read_input
from extractor.cli.options import Damage
from extractor.cli.terminal import is_shown
from extractor.cli.voice import Voice
from extractor.writing.harmless import harmless
from extractor.writing.output import output_to


def text(
    context: typer.Context,
    file: options.File,
    encoding: options.Encoding = None,
    on_damage: options.OnDamage = Damage.STOP,
    max: options.Max = None,
    output: options.Output = None,
    lang: options.Language = None,  # noqa: ARG001  (heard by extractor.cli.language before parsing)
) -> int:
    """Print the text of FILE as it is read: what start and end of the evidence count in, character for character."""
    voice: Voice = context.obj
    check_output(output, [file], voice)
    read = read_input(file, encoding, on_damage.value, max)
    with output_to(output) as out:
        if is_shown(output):
            out.write("\n".join(map(harmless, read.characters.split("\n"))) + "\n", for_people=True)
        else:
            out.write(read.characters)
    return ExitCode.OK
