"""Killed at any moment, a run is finished by the same command, and its output is that of an undisturbed run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from toy_batch import batch, folder_of, journal_of

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")

_TOY = [sys.executable, str(Path(__file__).with_name("toy_batch.py"))]
_OLD = "what was there before\n"
#: Enough for several commits.
_REPORTS = 300


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for i in range(_REPORTS):
        (folder / f"{i}.txt").write_text(f"report {i % 290}")  # some of the same bytes, under other names
    return folder


@pytest.fixture(scope="module")
def undisturbed(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("undisturbed") / "out.jsonl"
    assert not any(batch(folder_of(reports), out).codes)
    assert out.read_bytes().count(b"\n") == _REPORTS
    return out.read_bytes()


def start(*arguments: object) -> subprocess.Popen[str]:
    process = subprocess.Popen([*_TOY, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "ready\n"
    return process


def finish(*arguments: object) -> dict[str, int]:
    out, _ = start(*arguments).communicate(timeout=60)
    told: dict[str, int] = json.loads(out)
    return told


def kill(process: subprocess.Popen[Any]) -> None:
    process.kill()
    process.communicate()


@pytest.mark.parametrize("seed", range(4))
def test_at_random_moments(reports: Path, undisturbed: bytes, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    out = tmp_path / "out.jsonl"
    out.write_text(_OLD)
    for _ in range(5):
        process = start(reports, out)
        time.sleep(dice.uniform(0, 1.2))
        kill(process)
        assert out.read_bytes() in (_OLD.encode(), undisturbed)
    assert finish(reports, out)["inputs"] == _REPORTS
    assert out.read_bytes() == undisturbed
    assert set(os.listdir(tmp_path)) == {"out.jsonl", ".out.jsonl.extract"}  # noqa: PTH208


@pytest.mark.parametrize(
    "place",
    [
        "commit-1",
        "commit-2",
        "commit-4",
        "written-1",
        "written-299",
        "replace",
        "replaced",
        "known",
        "forget",
        "forget-1",
    ],
)
def test_at_places(reports: Path, undisturbed: bytes, tmp_path: Path, place: str) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(_OLD)
    process = start(reports, out, "--place", place, "--workers", 1)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    done = place.startswith(("replaced", "known", "forget"))
    assert out.read_bytes() == (undisturbed if done else _OLD.encode())
    known = finish(reports, out)["known"]
    least = 0 if place in ("commit-1", "commit-2") else 1 if place == "commit-4" else _REPORTS
    assert known >= least
    assert out.read_bytes() == undisturbed


def test_power_is_lost(reports: Path, undisturbed: bytes, tmp_path: Path) -> None:
    """What was not on the disk yet is missing at the end of the journal, or is anything."""
    dice = random.Random(5)
    spoilt = 0
    for number, damage in enumerate(("cut", "garbled", "cut")):
        out = tmp_path / f"{number}.jsonl"
        process = start(reports, out, "--place", "written-1", "--workers", 1)
        process.communicate(timeout=60)
        log = Path(f"{journal_of(out)}-wal")
        size = log.stat().st_size
        at = dice.randrange(size // 2, size)
        with log.open("r+b") as stream:
            if damage == "cut":
                stream.truncate(at)
            else:
                stream.seek(at)
                stream.write(dice.randbytes(size - at))
        spoilt += finish(reports, out)["known"] < _REPORTS
        assert out.read_bytes() == undisturbed
    assert spoilt


def test_forced_and_killed(reports: Path, undisturbed: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    finish(reports, out)
    start(reports, out, "--force", "--place", "commit-3").communicate(timeout=60)
    assert finish(reports, out, "--force")["known"] == 0
    assert out.read_bytes() == undisturbed


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> set[int]:
    """Its workers; the tracker of multiprocessing is none."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child) for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
@pytest.mark.parametrize(
    ("order", "how"),
    [("hang", signal.SIGKILL), ("loop", signal.SIGKILL), ("hang", signal.SIGTERM), ("hang", signal.SIGINT)],
)
def test_no_process_is_left(tmp_path: Path, order: str, how: signal.Signals) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(4):
        (folder / f"{i}.txt").write_text(order)
    process = start(folder, tmp_path / "out.jsonl")
    until(lambda: len(children(process.pid)) == 2)
    workers = children(process.pid)
    time.sleep(1)
    process.send_signal(how)
    process.communicate(timeout=30)
    assert process.returncode
    until(lambda: not any(map(_alive, workers)))


def test_of_two_runs_at_once_one_goes_on(reports: Path, undisturbed: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    command = [*_TOY, str(reports), str(out)]
    both = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60)[1] for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 1], [0, 0])  # both, where the machine was so busy that the first had ended
    assert "BusyError" in "".join(told) or codes == [0, 0]
    assert out.read_bytes() == undisturbed
