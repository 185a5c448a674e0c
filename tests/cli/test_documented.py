"""Documentation that cannot drift: whatever ``extract --help`` shows stands in the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extractor.cli.app import commands, parameters
from extractor.cli.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]
PAGES = ("docs/cli.md", "README.md", "README.zh-CN.md")


def names() -> list[str]:
    """``--format``, ``extract schema`` and the like."""
    group = commands("en")
    options = {
        name
        for command in (group, *group.commands.values())
        for param in parameters(command)
        for name in param.opts
        if name.startswith("--")
    }
    return sorted(options) + [f"extract {name}" for name in sorted(group.commands)]


def test_there_is_something_to_document() -> None:
    assert {"--format", "--published", "--lang", "--help", "extract schema"} <= set(names())


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", names())
def test_every_option_and_command_is_documented(page: str, name: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text), f"{page} does not tell of {name}"


def test_no_option_is_documented_that_does_not_exist() -> None:
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", (ROOT / "docs/cli.md").read_text("utf-8")))
    assert told <= set(names())


@pytest.mark.parametrize("code", list(ExitCode))
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    assert f"| {code.value} |" in (ROOT / "docs/cli.md").read_text("utf-8")
