from __future__ import annotations

from pathlib import Path

import pytest

from extractor.evaluation.gold import Case

from . import reports


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """The report of ``reports`` with its annotation."""
    return reports.case(tmp_path)
