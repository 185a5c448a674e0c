"""What is at the other end of a stream: a person with a terminal, or a program."""

from __future__ import annotations

import os
import shutil
from typing import TextIO


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
