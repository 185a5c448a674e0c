"""What a writer of many records takes, one after the other: each record, its line of JSON, and its place in the archive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any


class Entry:
    """One finished input. ``number``: from 0, in the order of the inputs; ``line``: the record as one line of JSON.

    ``extra``: what the manifest says of the input beside the options: reference code, retention and the like, by the
    Chinese names of the catalogue (档号, 文号, 密级, 页数, 备注) or other keys.
    """

    def __init__(self, number: int, line: str, extra: Mapping[str, Any] | None = None) -> None:
        self.number, self.line = number, line
        self.extra: Mapping[str, Any] = extra or {}

    @cached_property
    def record(self) -> dict[str, Any]:
        """The record, parsed: ``status`` is ok or error, as docs/record.md has it."""
        parsed: dict[str, Any] = json.loads(self.line)
        return parsed
