"""The command ``extract``: it talks to people and programs, and decides nothing.

``docs/cli.md`` is the contract: options, streams, exit codes, language.
"""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Entry point of ``extract``: leaves with one of ``extractor.cli.exit_codes.ExitCode``."""
    try:
        from extractor.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command could listen for it, or while it was leaving
        code = 130
    except Exception as error:  # before the command could tell it better: the installation is broken
        print(f"extract: {type(error).__name__}: {error}", file=sys.stderr)
        code = 4
    sys.exit(code)
