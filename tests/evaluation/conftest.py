from __future__ import annotations

from pathlib import Path

import pytest
import reports

from extractor.evaluation.gold import Case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """The report of ``reports`` with its annotation."""
    return reports.case(tmp_path)
