from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

import extractor
from extractor import api, extract, extract_bytes, extract_text, load
from extractor.errors import ExtractorError, InternalError, NotFoundError, PublishedError, UndecodableError
from extractor.reading import read_text
from schemas import ErrorRecord, Record, to_json

REPORT = """青石县召开春季农业工作会议
本报讯　3月24日，青石县春季农业工作会议在县城召开。县委副书记、县长李建国出席会议并讲话。
会议要求，各乡镇要抓好春耕备耕，6月底前完成高标准农田建设任务。
"""


def test_the_public_names() -> None:
    assert extractor.__all__ == [
        "ExtractorError", "Limits", "extract", "extract_bytes", "extract_many", "extract_text", "load",
    ]  # fmt: skip
    assert all(getattr(extractor, name).__doc__ for name in extractor.__all__)


@pytest.mark.parametrize("module", ["spacy", "pydantic", "schemas"])
def test_importing_the_library_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, extractor, extractor.reading, extractor.errors; print({module!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("package", ["extractor", "schemas"])
def test_both_packages_are_typed(package: str) -> None:
    assert (Path(sys.modules[package].__file__ or "").parent / "py.typed").exists()


def test_a_file_its_bytes_and_its_characters_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8", newline="")
    records = [
        extract(path, published="2021-04-01"),
        extract(str(path), published=date(2021, 4, 1)),
        extract_bytes(REPORT.encode(), name="report.txt", published="2021-04-01"),
        extract_text(REPORT, name="report.txt", published=datetime(2021, 4, 1, 12, 0)),
    ]
    assert all(isinstance(r, Record) for r in records)
    assert len({to_json(r) for r in records}) == 1


def test_the_encoding_changes_the_source_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="gbk", newline="\r\n")
    ours, other = extract(path), extract_text(REPORT, name="report.txt")
    assert ours.source.encoding == "gb18030"
    assert ours.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert ours.model_copy(update={"source": other.source}) == other


def test_errors_are_raised(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        extract(tmp_path / "none.txt")
    with pytest.raises(UndecodableError):
        extract_bytes(REPORT.encode() + b"\xff")
    assert extract_bytes(REPORT.encode() + b"\xff", on_damage="keep").warnings[-1].code == "text-damaged"


@pytest.mark.parametrize(
    "day",
    ["2021-3-24", "20210324", "2021-02-30", "2021-W12-3", "", "2021-03-24 ", "２０２１-03-24"],
)
def test_a_day_of_publication_is_an_iso_date(day: str) -> None:
    with pytest.raises(PublishedError) as caught:
        extract_text(REPORT, published=day)
    assert caught.value.arguments["value"] == day


def test_load_gives_a_pipeline_of_ones_own() -> None:
    nlp = load()
    assert nlp is not load()
    assert nlp.lang == "zh"
    assert nlp(REPORT)._.meeting.text == REPORT


def test_make_gives_the_trace_too() -> None:
    made = api.make(read_text(REPORT))
    assert made.record == extract_text(REPORT)
    assert ("title", "layout.headline") in {(t.path, t.rule) for t in made.trace}


def test_try_extract_gives_a_record_in_any_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8", newline="")
    assert api.try_extract(str(path), published="2021-04-01") == extract(path, published="2021-04-01")

    missing = api.try_extract(str(tmp_path / "none.txt"))
    assert isinstance(missing, ErrorRecord)
    assert (missing.source.name, missing.source.sha256) == ("none.txt", None)
    assert missing.error.code == "not-found"
    assert str(tmp_path) not in to_json(missing)
    assert missing.error.message == "找不到文件 none.txt。"

    path.write_bytes(REPORT.encode() + b"\xff")
    damaged = api.try_extract(str(path))
    assert isinstance(damaged, ErrorRecord)
    assert damaged.source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert str(len(REPORT.encode())) in damaged.error.message

    class Stdin:
        buffer = io.BytesIO(REPORT.encode("utf-16"))

    monkeypatch.setattr("sys.stdin", Stdin)
    assert api.try_extract("-").source.name == "<stdin>"


def test_a_fault_of_the_program_ends_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("division by zero")

    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr(api, "_pipeline", lambda _: fail)
    record = api.try_extract(str(path))
    assert isinstance(record, ErrorRecord)
    assert record.error.code == "internal"
    assert "ZeroDivisionError: division by zero" in record.error.message


def test_interruption_is_not_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr(api, "_pipeline", lambda _: interrupt)
    with pytest.raises(KeyboardInterrupt):
        api.try_extract(str(path))


def test_a_fault_keeps_its_cause() -> None:
    cause = ValueError("why")
    fault = api.fault(cause)
    assert isinstance(fault, InternalError)
    assert isinstance(fault, ExtractorError)
    assert fault.__cause__ is cause
