from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calling import COMMAND, REPORT, Call, Extract, Result, environment

from extractor import extract_text
from extractor.api import error_record
from extractor.cli.app import run
from extractor.errors import EmptyError, ExtractorError, InternalError
from schemas import ErrorRecord, Record, RecordWarning


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, "utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An input that gives an error record: for what does not depend on the report, without loading spaCy."""
    path = tmp_path / "empty.txt"
    path.touch()
    return path


@pytest.fixture
def call(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Call:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")

    def call(*arguments: object) -> Result:
        code = run([str(a) for a in arguments])
        captured = capsysbinary.readouterr()
        return Result(code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return call


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    def extract(*arguments: object, env: dict[str, str] | None = None, **keywords: Any) -> Result:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            capture_output=True,
            env=environment(**(env or {})),
            cwd=keywords.pop("cwd", tmp_path),
            timeout=120,
            check=False,
            **keywords,
        )
        return Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return extract


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What becomes of a file is told by its name (meeting, warned, other, bad, fault). Gives the calls."""
    record = extract_text(REPORT).model_copy(update={"kind": "report", "warnings": ()})
    warning = RecordWarning(code="no-date", message="文中未载明会议日期。", evidence=())
    changes: dict[str, dict[str, Any]] = {
        "meeting": {},
        "warned": {"warnings": (warning,)},
        "other": {"kind": "other"},
    }
    errors: dict[str, ExtractorError] = {
        "bad": EmptyError(path="bad.txt"),
        "fault": InternalError(detail="bug"),
    }
    calls: list[dict[str, Any]] = []

    def try_extract(
        path: str, *, on_error: Callable[[ExtractorError], object], **options: Any
    ) -> Record | ErrorRecord:
        calls.append({"path": path, **options})
        what = Path(path).stem
        if what in errors:
            on_error(errors[what])
            return error_record(errors[what], path)
        source = record.source.model_copy(update={"name": Path(path).name})
        return record.model_copy(update={"source": source, **changes[what]})

    monkeypatch.setattr("extractor.cli.run.try_extract", try_extract)
    return calls
