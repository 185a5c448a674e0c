"""The command line put together: commands, languages, and an exit code for whatever happens."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import typer
from typer.core import TyperGroup

from extractor.api import fault
from extractor.cli.diff import diff
from extractor.cli.evaluate import evaluate
from extractor.cli.exit_codes import ExitCode, code_of
from extractor.cli.explain import explain
from extractor.cli.language import spoken, translated
from extractor.cli.run import run as run_extract
from extractor.cli.schema import schema
from extractor.cli.text import text
from extractor.cli.voice import Voice
from extractor.errors import ExtractorError, Language, UsageError
from extractor.writing.output import STDOUT, output_error

NAME = "extract"

#: What typer raises for a wrong call. It has no public name, and newer typers no longer take click's.
_WrongCall: Any = typer.BadParameter.__bases__[0]

_HELP_NAMES = ["--help", "-h"]
_SETTINGS = {"help_option_names": _HELP_NAMES}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
# The group is itself the command that reads FILEs, which may stand before, between and after options: so it
# never gets to choose among its commands, and ``_invoke`` does.
app.callback(
    invoke_without_command=True,
    subcommand_metavar="",
    context_settings={"allow_interspersed_args": True, **_SETTINGS},
    epilog="Exit codes: 0 done, 1 nothing found, 2 wrong call, 3 unreadable, 4 internal, 5 some failed.",
)(run_extract)
app.command(context_settings=_SETTINGS)(schema)
app.command(context_settings=_SETTINGS)(explain)
app.command(context_settings=_SETTINGS)(text)
app.command(context_settings=_SETTINGS)(evaluate)
app.command(context_settings=_SETTINGS)(diff)


def run(arguments: Sequence[str]) -> int:
    """Do what these arguments ask for, and give the exit code; whatever goes wrong is told on stderr."""
    voice = Voice(spoken(arguments, os.environ))
    try:
        code = _invoke(arguments, voice)
        if sys.stdout is not None:
            sys.stdout.flush()
    except typer.Exit as leave:
        code = leave.exit_code
    except (KeyboardInterrupt, typer.Abort):
        voice.note("Interrupted.")
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        code = ExitCode.BROKEN_PIPE
    except Exception as error:  # the last resort: a sentence and a code, never a traceback
        told = _as_told(error)
        voice.error(told)
        code = code_of(told)
    _settle_stdout()
    return code


def _invoke(arguments: Sequence[str], voice: Voice) -> int:
    """Run the command that the first argument names, else the group itself, which is ``extract FILE…``."""
    group = commands(voice.language)
    command: Any = group
    name, rest = NAME, list(arguments)
    at = 2 if rest[:1] == ["--lang"] else 0  # the one option that is natural before a command
    if rest[at:] and rest[at] in group.commands:
        command = group.commands[rest[at]]
        name = f"{NAME} {rest.pop(at)}"
    with command.make_context(name, rest, obj=voice) as context:
        return int(command.invoke(context) or ExitCode.OK)


def commands(language: Language) -> TyperGroup:
    """``extract`` and its sub-commands, their help in this language."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    every: list[Any] = [group, *group.commands.values()]  # typer's and click's types, by version
    for command in every:
        command.help = translated(command.help or "", language)
        command.epilog = command.epilog and translated(command.epilog, language)
        command.rich_help_panel = translated("Commands", language)
        for param in parameters(command):
            param.help = _breakable(translated(param.help or "", language))
            param.rich_help_panel = translated("Options", language)
            if getattr(param, "is_flag", False):
                param.metavar = ""  # typer would print <bool>
    return group


def _breakable(text: str) -> str:
    """With a blank after each Chinese mark: rich breaks lines at blanks alone, and cuts what is too long."""
    return re.sub("(?<=[，；：。])(?=.)", " ", text)


def parameters(command: Any) -> list[Any]:
    """Arguments and options, ``--help`` among them."""
    return [*command.params, command.get_help_option(typer.Context(command, help_option_names=_HELP_NAMES))]


def _as_told(error: Exception) -> ExtractorError:
    """The error as this package has it."""
    if isinstance(error, ExtractorError):
        return error
    if isinstance(error, _WrongCall):
        return UsageError(detail=error.format_message().rstrip("."))
    if isinstance(error, OSError) and error.filename is None:  # from printing help: no file is concerned
        return output_error(STDOUT, error)
    return fault(error)


def _settle_stdout() -> None:
    """Let go of what could not be written: Python would try it again on leaving, and complain."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
