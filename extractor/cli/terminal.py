"""What is at the other end of a stream: a person with a terminal, or a program."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

#: Columns of a page that goes into a file: wide enough that no table of ours is folded.
ELSEWHERE = 120


def is_coloured(stream: TextIO | None) -> bool:
    """Whether to send colours: only to a terminal that has them, and whose owner did not say NO_COLOR.

    See https://no-color.org: the variable counts when it is set and not empty.
    """
    if stream is None or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def columns() -> int:
    """Width of the terminal (or of COLUMNS); 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def is_shown(output: str | None) -> bool:
    """Whether the result goes to a terminal, and not into a file or to a program."""
    return output is None and sys.stdout is not None and sys.stdout.isatty()


def page_of(shown: bool) -> tuple[int, bool]:
    """Width and whether there are colours, for a page that is shown on the terminal, or read elsewhere."""
    return (columns(), is_coloured(sys.stdout)) if shown else (ELSEWHERE, False)
