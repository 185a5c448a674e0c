"""How the tests call the command: in this process, or in one of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NamedTuple

COMMAND = [sys.executable, "-m", "extractor.cli"]

#: Invented place and people.
REPORT = """云岭县召开农业工作会议
本报讯 2021年3月24日，云岭县农业工作会议在县行政中心召开。
县委副书记、县长李建国出席会议并讲话，副县长王丽主持会议。
李建国强调，一要压实责任，6月底前完成整改；二要严格执法。各乡镇党委书记参加会议。
"""


class Result(NamedTuple):
    code: int
    out: str
    err: str


#: The fixtures ``call`` (in this process) and ``extract`` (in its own; keywords are those of subprocess.run).
Call = Callable[..., Result]
Extract = Callable[..., Result]


def environment(**variables: str) -> dict[str, str]:
    """A plain environment: English, no wish about colours; a warning of Python is an error."""
    unwanted = {"NO_COLOR", "FORCE_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "TERM"}
    kept = {k: v for k, v in os.environ.items() if k not in unwanted}
    return kept | {"LANG": "C.UTF-8", "TERM": "xterm", "PYTHONWARNINGS": "error"} | variables
