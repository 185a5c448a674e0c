"""What the manifest says of each report: source, level, or whatever else its lines have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePath

from extractor.errors import ManifestError
from extractor.reading import file_bytes


def read_labels(path: Path) -> dict[str, dict[str, str]]:
    """Id of the report → the strings of its line, by key.

    The id is ``id``, else the name of ``path`` without its suffix. Raises ManifestError, InputError.
    """
    return dict(_labels(path))


def _labels(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for number, line in enumerate(file_bytes(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError):
            raise ManifestError(path=str(path), line=number, detail="not-json") from None
        if not isinstance(entry, dict):
            raise ManifestError(path=str(path), line=number, detail="not-an-object")
        labels = {key: value for key, value in entry.items() if isinstance(value, str)}
        if "id" not in labels and "path" not in labels:
            raise ManifestError(path=str(path), line=number, detail="no-id")
        yield labels.get("id", PurePath(labels.get("path", "")).stem), labels
