"""Packages that only some formats need: imported when such a file is read, named where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from extractor.errors import MissingExtraError
from extractor.reading.text import Raw


def need(module: str, raw: Raw, looks: str, extra: str) -> Any:
    """The module, imported. ``looks``: the format that needs it, a term; ``extra``: what installs it.

    Raises MissingExtraError, with the command that adds it.
    """
    try:
        return import_module(module)
    except ImportError as error:  # the package itself, or a library of the system that it needs
        raise MissingExtraError(path=raw.path, looks=looks, extra=extra) from error
