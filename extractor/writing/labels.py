"""What the fields of a record are called, by language: on the card, in the catalogue, in archival descriptions."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def labels() -> dict[str, dict[str, Any]]:
    """The words by language, as ``labels.toml`` has them."""
    return tomllib.loads((files(__package__) / "labels.toml").read_text("utf-8"))
