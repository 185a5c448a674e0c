from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from extractor.batch.pool import Pool
from extractor.errors import InternalError


def echo() -> Callable[[Any], Any]:
    """A worker that gives back what it gets; a negative number, and some words, are its end."""

    def work(task: Any) -> Any:
        match task:
            case "exit":
                os._exit(1)
            case "raise":
                raise ValueError
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "hang":
                time.sleep(3600)
            case "unpicklable":
                return lambda: 0
            case "pid":
                return os.getpid()
            case "child":
                import subprocess

                child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
                Path(os.environ["TOY_CHILD"]).write_text(str(child.pid))
                child.wait()
        return task

    return work


def lame() -> Callable[[Any], Any]:
    raise ImportError("no model")


def stillborn() -> Callable[[Any], Any]:
    os._exit(1)


def pool(make: Any = echo, workers: int = 2, seconds: float = 60) -> Pool[Any, Any]:
    return Pool(make, workers, lambda task: 1.0 if task == "hang" or task == "child" else seconds)


def pids() -> set[int]:
    """The workers of this process, zombies not among them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            ours = int(fields[1]) == os.getpid() and fields[0] != "Z"
            if ours and b"spawn_main" in (stat.parent / "cmdline").read_bytes():
                found.add(int(stat.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="needs /proc")


def test_every_task_has_its_result() -> None:
    with pool() as two:
        assert sorted(two.do(range(50))) == [(n, n) for n in range(50)]


def test_no_tasks() -> None:
    with pool() as two:
        assert list(two.do([])) == []
        assert two.workers == []


def test_what_ends_a_worker_costs_one_task() -> None:
    tasks = [1, "exit", 2, "kill", 3, "raise", 4, "unpicklable", 5, "hang", 6, "exit", "exit"]
    with pool() as two:
        done = list(two.do(tasks))
    failed = {"exit": "died", "kill": "died", "raise": "died", "unpicklable": "died", "hang": "hung"}
    expected = [(task, failed.get(task, task)) for task in tasks]  # type: ignore[call-overload]
    assert sorted(done, key=str) == sorted(expected, key=str)


def test_more_deaths_than_bad_starts() -> None:
    with pool(workers=1) as one:
        assert list(one.do(["exit"] * 5 + [1])) == [("exit", "died")] * 5 + [(1, 1)]


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    with pool() as two:
        for number, _ in enumerate(two.do(tasks()), 1):
            assert taken - number <= 2 * 3
            if number == 200:
                break


def test_large_tasks_and_results() -> None:
    """Larger than what lies in a pipe, both ways at once: none may wait for the other."""
    tasks = [
        "hang",
        *(bytes([n]) * 2_000_000 for n in range(12)),
        "exit",
        *(bytes([n]) * 2_000_000 for n in range(4)),
    ]
    with pool() as two:
        done = list(two.do(tasks))
    assert len(done) == len(tasks)
    assert {task for task, result in done if result != task} == {"hang", "exit"}


@pytest.mark.parametrize("make", [lame, stillborn])
def test_workers_that_cannot_load(make: Any) -> None:
    with pytest.raises(InternalError) as caught, pool(make) as two:
        list(two.do(range(10)))
    assert make is not lame or "ImportError: no model" in caught.value.message()


@needs_proc
def test_a_worker_that_is_killed_while_it_waits(capfd: pytest.CaptureFixture[str]) -> None:
    """Its death costs nothing: it did nothing."""

    def tasks() -> Iterator[Any]:
        yield from (1, 2, "pid", "pid")
        for worker in idle:
            os.kill(worker, signal.SIGKILL)
        yield from (5, 6, 7, 8)

    idle: list[int] = []
    with pool(workers=1) as one:
        done = []
        for task, result in one.do(tasks()):
            done.append((task, result))
            if task == "pid" and len(done) == 4:
                idle.append(result)
    assert [task for task, _ in done] == [1, 2, "pid", "pid", 5, 6, 7, 8]
    assert sum(result == "died" for _, result in done) <= 1
    assert capfd.readouterr() == ("", "")


@needs_proc
@pytest.mark.parametrize("how", ["end", "exception", "close", "interrupt"])
def test_no_process_is_left(how: str) -> None:
    before = pids()
    errors: dict[str, type[BaseException]] = {"exception": ValueError, "interrupt": KeyboardInterrupt}

    def some() -> Iterator[Any]:
        with pool() as two:
            yield from two.do([1, "pid", "pid", *["hang"] * (4 * (how != "end"))])

    def fail(error: type[BaseException]) -> None:
        with pool() as two:
            for _ in two.do(count()):
                raise error

    if how in errors:
        with pytest.raises(errors[how]):
            fail(errors[how])
    elif how == "close":
        running = some()
        next(running)
        assert pids() - before
        running.close()
    else:
        list(some())
    assert pids() == before


@needs_proc
def test_the_children_of_a_worker_end_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "pid"
    monkeypatch.setenv("TOY_CHILD", str(told))
    with pool(workers=1) as one:
        assert list(one.do(["child"])) == [("child", "hung")]
    state = Path(f"/proc/{told.read_text()}/stat")
    assert not state.exists() or " Z " in state.read_text()


def test_ctrl_c_is_the_parents() -> None:
    with pool(workers=1) as one:
        running = one.do(["pid", 1, 2])
        _, worker = next(running)
        os.kill(worker, signal.SIGINT)
        assert list(running) == [(1, 1), (2, 2)]
