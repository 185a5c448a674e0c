from __future__ import annotations

from pathlib import Path

import pytest

from . import gate


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of the reference corpus, made once for all tests that ask for them."""
    path = tmp_path_factory.mktemp("corpus") / "records.jsonl"
    gate.make_records(path)
    return path
