"""Workers: processes that load once and do one task after the other. One that dies or hangs costs its task, and is replaced.

Not ``concurrent.futures``: there a worker that dies takes the whole pool with it, and none can be stopped alone.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Generic, Literal, NamedTuple, TypeVar

from extractor.errors import InternalError

T = TypeVar("T")
R = TypeVar("R")

#: Why a task has no result.
Failure = Literal["died", "hung"]

#: Tasks that a worker holds: the one that it does, and the next, so that it never waits for the parent.
_AHEAD = 2
#: Bytes of a task that may lie in a pipe unread. A larger one waits until its worker does nothing else: a parent that
#: cannot go on writing to a worker that cannot go on writing to its parent would wait for ever.
_SMALL = 4096
#: Seconds that a worker may take to load; so many in a row that cannot are a fault of the installation.
_LOADING, _BAD_STARTS = 180, 3

_CONTEXT = get_context("spawn")  # the same on every system; a fork would copy the parent's threads and locks


class _Packed(NamedTuple, Generic[T]):
    """A task, and as it travels."""

    task: T
    data: bytes


class _Worker(Generic[T]):
    """One process, and the tasks that it holds, the one it does first."""

    def __init__(self, make: Callable[[], Callable[[T], object]]) -> None:
        self.pipe, other = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_serve, args=(other, make), daemon=True)
        try:
            with _deaf():
                self.process.start()
        finally:
            other.close()
        self.held: deque[_Packed[T]] = deque()
        self.ready = False
        self.since = monotonic()

    def deadline(self, seconds: Callable[[T], float]) -> float | None:
        """When it has hung; None while it has nothing to do."""
        if not self.ready:
            return self.since + _LOADING
        return self.since + seconds(self.held[0].task) if self.held else None

    def takes(self, packed: _Packed[T]) -> bool:
        """Whether it may be given this task, without blocking. While it loads, others are quicker."""
        return self.ready and (not self.held or len(packed.data) <= _SMALL)

    def give(self, packed: _Packed[T]) -> None:
        """One more task. The clock starts with the first."""
        if not self.held:
            self.since = monotonic()
        self.held.append(packed)
        with suppress(BrokenPipeError, ConnectionResetError):  # it has died: whoever waits for it will see
            self.pipe.send_bytes(packed.data)

    def stop(self) -> None:
        """End it now, whatever it does, with the processes that it has started."""
        if hasattr(os, "killpg") and self.process.pid:
            with suppress(OSError):  # it had no time to found its group
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.pipe.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile are born with Ctrl-C held back: one that it hits while it imports would say so at length."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which would end this when it is started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Pool(Generic[T, R]):
    """So many workers, each with what ``make`` gives there: a function from task to result.

    ``make``, tasks and results travel between processes (pickle). ``seconds``: what a task may take. To be used as a context,
    for one ``do``: its end is theirs.
    """

    def __init__(
        self, make: Callable[[], Callable[[T], R]], workers: int, seconds: Callable[[T], float]
    ) -> None:
        self.make, self.seconds = make, seconds
        self.wanted = workers
        self.workers: list[_Worker[T]] = []
        self.bad_starts = 0

    def __enter__(self) -> Pool[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.stop()
        self.workers.clear()

    def do(self, tasks: Iterable[T]) -> Iterator[tuple[T, R | Failure]]:
        """Each task with its result, in the order in which they are done; takes no more tasks than it can hold.

        Raises InternalError where the workers cannot even load.
        """
        waiting, coming = deque[_Packed[T]](), iter(tasks)
        exhausted = False
        while True:
            while not exhausted and len(waiting) < self.wanted:
                for task in coming:
                    waiting.append(_Packed(task, bytes(ForkingPickler.dumps(task))))
                    break
                else:
                    exhausted = True
            if not waiting and not any(worker.held for worker in self.workers):
                return
            self._hand_out(waiting)
            yield from self._collect(waiting)

    def _hand_out(self, waiting: deque[_Packed[T]]) -> None:
        while len(self.workers) < self.wanted and len(waiting) > sum(not w.held for w in self.workers):
            self.workers.append(_Worker(self.make))
        for ahead in range(_AHEAD):
            for worker in self.workers:
                if waiting and len(worker.held) == ahead and worker.takes(waiting[0]):
                    worker.give(waiting.popleft())

    def _collect(self, waiting: deque[_Packed[T]]) -> Iterator[tuple[T, R | Failure]]:
        """What the workers have done meanwhile, at least until one of them stirs or has hung."""
        deadlines = [d for worker in self.workers if (d := worker.deadline(self.seconds)) is not None]
        pause = max(0.0, min(deadlines, default=monotonic()) - monotonic())
        stirring = wait([worker.pipe for worker in self.workers], timeout=pause)
        now = monotonic()
        for worker in list(self.workers):
            if worker.pipe in stirring:
                try:
                    answer = worker.pipe.recv()
                except (EOFError, OSError):
                    yield from self._replace(worker, waiting, "died")
                    continue
                worker.since = monotonic()
                if worker.ready:
                    yield worker.held.popleft().task, answer
                elif answer:
                    yield from self._replace(worker, waiting, "died", answer)
                else:
                    worker.ready, self.bad_starts = True, 0
            elif (deadline := worker.deadline(self.seconds)) is not None and now >= deadline:
                yield from self._replace(worker, waiting, "hung")

    def _replace(
        self, worker: _Worker[T], waiting: deque[_Packed[T]], why: Failure, complaint: str = ""
    ) -> Iterator[tuple[T, Failure]]:
        """End a worker: its first task has failed, the others go back. ``complaint``: what it says itself, when it cannot load."""
        worker.stop()
        self.workers.remove(worker)
        if not worker.ready:
            self.bad_starts += 1
            if self.bad_starts >= _BAD_STARTS:
                raise InternalError(detail=f"a worker {why} while it was loading: {complaint}".rstrip(": "))
        if worker.held:
            failed = worker.held.popleft()
            waiting.extendleft(reversed(worker.held))
            yield failed.task, why


def _serve(pipe: Connection, make: Callable[[], Callable[[T], object]]) -> None:
    """What a worker does, until the parent hangs up or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    with suppress(AttributeError, OSError):  # a group of its own, so that it can be ended with its children
        os.setpgid(0, 0)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(OSError):  # Linux: where memory runs out, a worker ends, not the parent or another program
        Path("/proc/self/oom_score_adj").write_text("1000")
    with suppress(OSError):  # the parent is gone
        try:
            work = make()
        except Exception as error:
            pipe.send(f"{type(error).__name__}: {error}")
            return
        pipe.send("")
    # A fault that the work makes no result of costs the worker its life, and the task: told by the parent, without a traceback.
    with suppress(Exception):
        while True:
            pipe.send(work(pipe.recv()))


def _end_with_parent() -> None:
    """A parent that was killed cannot stop its workers: one that is busy, or hangs, would not see the end of the pipe."""
    if (parent := parent_process()) is None:
        return
    parent.join()
    with suppress(AttributeError, OSError):
        if os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
    os._exit(1)
