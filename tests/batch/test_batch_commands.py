"""``extract FOLDER -o OUT``, the command itself."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

_COMMAND = [sys.executable, "-m", "extractor.cli", "--lang", "en", "--workers", "1"]
_SAMPLES = Path(__file__).parents[2] / "samples"


class Told(NamedTuple):
    code: int
    out: bytes
    err: str


def extract(*arguments: object, stdin: bytes = b"", cwd: Path | None = None) -> Told:
    command = [*_COMMAND, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, timeout=120, check=False)
    return Told(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    """Files that give errors: no pipeline is loaded for them but in the workers, once."""
    folder = tmp_path / "nothing"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).touch()
    return folder


def codes(out: Path) -> list[str | None]:
    lines = map(json.loads, out.read_text().splitlines())
    return [line["error"]["code"] if line["status"] == "error" else None for line in lines]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    samples = sorted(path for path in _SAMPLES.glob("*.txt"))
    for sample in samples[:5]:
        shutil.copy(sample, folder)
    (folder / "empty.txt").touch()
    return folder


def summary(told: Told) -> list[str]:
    return [line for line in told.err.splitlines() if "inputs:" in line or "without a date" in line]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_killed_three_times(reports: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    undisturbed = extract(reports, "-o", whole)
    out.write_text("old")
    dice = random.Random(1)
    for _ in range(3):
        command = [*_COMMAND, str(reports), "-o", str(out)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.5, 4))
        process.kill()
        process.wait()
        assert out.read_bytes() in (b"old", whole.read_bytes())
    last = extract(reports, "-o", out)
    assert out.read_bytes() == whole.read_bytes()
    assert (last.code, summary(last)) == (undisturbed.code, summary(undisturbed))
    assert last.code == 5
    again = extract(reports, "-o", out)
    assert out.read_bytes() == whole.read_bytes()
    assert (again.code, summary(again)) == (undisturbed.code, summary(undisturbed))


def test_what_is_told_is_the_same_again(nothing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first, second = (extract(nothing, "-o", out) for _ in range(2))
    assert (first.code, summary(first)) == (second.code, summary(second))
    assert first.code == 3 and "3 inputs: 0 with a meeting, 0 without, 3 failed." in first.err
    assert "3 of them were done already" in second.err


def test_output_inside_of_the_folder(nothing: Path) -> None:
    out = nothing / "out.jsonl"
    for _ in range(2):
        assert extract(nothing, "-o", out).code == 3
        assert codes(out) == ["empty"] * 3


def test_standard_input_among_others(nothing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    told = extract(nothing / "a", "-", "-o", out, stdin=b"\0\1\2\3" * 50)
    assert told.code == 3
    assert codes(out) == ["empty", "binary"]
    assert json.loads(out.read_text().splitlines()[1])["source"]["name"] == "<stdin>"
    (nothing / "-").write_bytes(b"")
    extract(nothing / "a", "-", "-o", out, stdin=b"\0\1\2\3" * 50, cwd=nothing)
    assert codes(out) == ["empty", "binary"]


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="needs /dev/fd")
def test_a_pipe_among_others(nothing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = ["bash", "-c", '"$@" <(head -c 200 /dev/zero) -o "$OUT"', "bash", *_COMMAND, str(nothing / "a")]
    subprocess.run(command, env=os.environ | {"OUT": str(out)}, capture_output=True, check=False)
    assert codes(out) == ["empty", "binary"]


def test_busy(nothing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs a pipe")
    os.mkfifo(tmp_path / "pipe")
    command = [*_COMMAND, str(nothing), str(tmp_path / "pipe"), "-o", str(out)]
    first = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    journal = tmp_path / ".out.jsonl.extract"
    with (tmp_path / "pipe").open("wb") as pipe:  # the first run waits for it
        second = extract(nothing, "-o", out)
        assert journal.exists()
        assert (second.code, "error [busy]" in second.err) == (4, True)
        pipe.write(bytes(200))
    assert first.wait(60) == 3
    assert codes(out) == ["empty"] * 3 + ["binary"]


def test_a_journal_that_is_none(nothing: Path, tmp_path: Path) -> None:
    (tmp_path / ".out.jsonl.extract").write_bytes(b"x" * 5000)
    told = extract(nothing, "-o", tmp_path / "out.jsonl")
    assert (told.code, "error [bad-journal]" in told.err) == (4, True)
    assert not (tmp_path / "out.jsonl").exists()


def test_output_is_a_folder_or_nowhere(nothing: Path, tmp_path: Path) -> None:
    for place in (nothing, tmp_path / "gone" / "out.jsonl"):
        told = extract(nothing, "-o", place)
        assert (told.code, "error [not-writable]" in told.err) == (4, True)


def test_inputs_that_are_none(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    for name in ("*.pdf", "@list"):
        told = extract(name, "-o", out, cwd=tmp_path)
        assert (told.code, "error [not-found]" in told.err) == (3, True)
        assert not out.exists()


def test_a_manifest_with_a_wrong_option(tmp_path: Path) -> None:
    manifest = tmp_path / "m.jsonl"
    manifest.write_text('{"path": "a.txt"}\n{"path": "b.txt", "encoding": "klingon"}\n')
    told = extract("--manifest", manifest, "-o", tmp_path / "out.jsonl")
    assert (told.code, "error [bad-manifest] Line 2" in told.err) == (2, True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_interrupted(reports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = [*_COMMAND, str(reports), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    end = time.monotonic() + 60
    while not (tmp_path / ".out.jsonl.extract").exists() and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: all of them are told
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "Interrupted.\n")
    assert not out.exists()
