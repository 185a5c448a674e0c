"""The tasks of a run done on Ray, by the same ``Extractor`` in Ray Data's actors.

Needs the extra ``ray``.
"""

from __future__ import annotations

import logging
import os
import pickle
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from inspect import Parameter, signature
from itertools import islice
from pathlib import Path
from platform import node
from socket import create_connection
from typing import TYPE_CHECKING, Any, Self

from extractor.batch.inputs import limits_of
from extractor.batch.remote import brief
from extractor.batch.run import GRACE, Task, local
from extractor.errors import ExtractorError, InternalError, MissingPackageError, UsageError

if TYPE_CHECKING:
    from extractor.batch.work import Extractor, Line

#: CPUs that Ray books for a worker. Less than one: a small machine, or one that others share, always has that much left.
_CPUS = 0.5
#: Tasks that a worker gets at once, at most: what is done again, one by one, where a machine is lost.
_TOGETHER = 16
#: Tasks that make one dataset, for each worker and at most: its workers load anew, which takes some seconds.
_CHUNK, _LARGEST_CHUNK = 5_000, 200_000
#: Seconds that a worker may take to start, beside what its task may take.
_STARTING = 300
#: Seconds in which a cluster answers; an address with a host.
_ANSWERING = 10
_HOST = re.compile(r"(?:ray://)?(\[[0-9A-Fa-f:.]{2,45}\]|[^/:]++):(\d{1,5})")
#: Bytes for what workers hand over, where Ray is started here. Some hundred records are on their way at a time.
_STORE = 256 * 1024 * 1024

#: Ray's ways, set before it is imported: no statistics to its makers, no word on stderr, and no monitor that ends whole workers
#: where memory runs short (the kernel ends the process that reads, which costs one report).
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_memory_monitor_refresh_ms": "0",
}
#: Ray Data's ways during a run: a block that gave none is missed, told to nobody, and made good here.
_SETTINGS = {"max_errored_blocks": -1, "enable_progress_bars": False, "print_on_execution_start": False}


class RayEngine:
    """Does tasks on a Ray cluster; to be used as a context, which connects to it, or starts one on this machine and ends it.

    ``workers``: how many, if not one for each CPU of the cluster; ``grace``: as for ``local``; ``address``: where the cluster is
    (``auto``, ``host:6379``), if there is one. Raises UsageError where Ray or the cluster is missing.
    """

    def __init__(
        self,
        extractor: Extractor,
        workers: int | None = None,
        grace: float = GRACE,
        address: str | None = None,
    ) -> None:
        self.extractor, self.grace, self.address = extractor, grace, address
        self.workers = workers or 0
        self._suspect: Any = None
        self._leaving = ExitStack()

    def __enter__(self) -> Self:
        """Connect; without an address to a cluster of its own, whatever ``RAY_ADDRESS`` says."""
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        self._ray, self._data = _need("ray"), _need("ray.data")
        with ExitStack() as stack:
            stack.enter_context(_quiet())
            if not self._ray.is_initialized():
                stack.callback(self._ray.shutdown)
                self._connect()
            stack.enter_context(_changed(self._data.DataContext.get_current(), _SETTINGS))
            self.workers = self.workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
            self._leaving = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving.close()

    def do(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Line | str]]:
        """Each task with its line, or with why there is none, as they are done. One dataset after the other.

        Raises UsageError where a machine of the cluster has another version of this package, InternalError where Ray fails.
        """
        coming, size = iter(tasks), min(_CHUNK * self.workers, _LARGEST_CHUNK)
        while chunk := {task.number: task for task in islice(coming, size)}:
            try:
                for packed in self._mapped(chunk.values()):
                    for number, line in _unpacked(packed):
                        yield chunk.pop(number), line
                for task in list(chunk.values()):
                    yield task, self._alone(task)
            except self._ray.exceptions.RayError as error:
                raise InternalError(detail=f"Ray: {brief(error)}") from error
            finally:
                self._end_suspect()

    def _connect(self) -> None:
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.CRITICAL}
        if self.address is None:
            options |= {
                "address": "local",
                "num_cpus": self.workers or _cores(),
                "num_gpus": 0,
                "include_dashboard": False,
            }
            options |= {"object_store_memory": _STORE, "_node_ip_address": "127.0.0.1"}
        else:
            options["address"] = self.address
        try:
            if named := _HOST.fullmatch(self.address or ""):  # Ray itself would try for minutes
                create_connection((named[1].strip("[]"), int(named[2])), _ANSWERING).close()
            with _mute():
                self._ray.init(**options)
        except (RuntimeError, ValueError, OverflowError, OSError) as error:
            place = self.address or "this machine"
            raise UsageError(detail=f"there is no Ray cluster at {place}: {brief(error)}") from error

    def _mapped(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """What the workers give for these tasks, as it comes; where a worker is lost for good, what it held is missing."""
        packed = [{"task": pickle.dumps(task)} for task in tasks]
        together = max(1, min(_TOGETHER, len(packed) // (4 * self.workers)))
        dataset = self._data.from_items(packed, override_num_blocks=-(-len(packed) // together))
        with warnings.catch_warnings(
            action="ignore"
        ):  # of the retries: from Ray 2.64 on they cannot be given
            done = dataset.map_batches(
                Worker,
                fn_constructor_args=self._given(),
                compute=self._data.ActorPoolStrategy(min_size=1, max_size=min(self.workers, len(packed))),
                num_cpus=_CPUS,
                batch_size=None,
                batch_format="pyarrow",
                **_retries(dataset.map_batches),
            )
        for row in done.iter_rows():
            yield row["done"]

    def _alone(self, task: Task) -> Line | str:
        """A task in a worker that does nothing else meanwhile: if it is lost now, it is because of this task."""
        ray = self._ray
        if self._suspect is None:
            self._suspect = ray.remote(num_cpus=_CPUS, max_restarts=0)(Worker).remote(*self._given())
        longest = _STARTING + limits_of(task.source.limits).seconds + self.grace
        try:
            packed = ray.get(self._suspect.lines.remote([pickle.dumps(task)]), timeout=longest)
        except ray.exceptions.RayError:
            self._end_suspect()
            return "died"
        ((_, line),) = _unpacked(packed)
        return line

    def _end_suspect(self) -> None:
        if self._suspect is not None:
            with suppress(Exception):
                self._ray.kill(self._suspect)
            self._suspect = None

    def _given(self) -> tuple[Extractor, float, str]:
        return self.extractor, self.grace, str(Path.cwd())


class Worker:
    """What Ray Data has in each actor: a pool of one process, with the pipeline loaded once, so that a report that ends it or hangs
    costs no other. ``folder``: what relative paths are relative to.
    """

    def __init__(self, extractor: Extractor, grace: float, folder: str) -> None:
        with suppress(OSError):
            os.chdir(folder)
        self.extractor, self.pool = extractor, local(extractor, 1, grace)

    def __call__(self, batch: Any) -> dict[str, list[bytes]]:
        """A row with the lines of the tasks of a batch."""
        return {"done": [self.lines(batch["task"].to_pylist())]}

    def lines(self, packed: list[bytes]) -> bytes:
        """Numbers and lines of these tasks; or the error because of which there are none, which is then the driver's to raise."""
        try:
            self._check_version()
            done = [(task.number, line) for task, line in self.pool.do(map(pickle.loads, packed))]
        except ExtractorError as error:
            return pickle.dumps(error)
        return pickle.dumps(done)

    def _check_version(self) -> None:
        from extractor.batch.work import program_version

        if self.extractor.version and self.extractor.version != program_version():
            raise UsageError(
                detail=f"{node()}, in the cluster, has another version of this package or of Python"
            )


def _unpacked(packed: bytes) -> list[tuple[int, Line | str]]:
    """What a worker gave. Raises the error that it met."""
    done = pickle.loads(packed)
    if isinstance(done, ExtractorError):
        raise done
    return done  # type: ignore[no-any-return]


def _need(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingPackageError(what="Ray", extra="ray") from error


def _cores() -> int:
    from extractor.batch.many import cores

    return cores()


def _retries(map_batches: Callable[..., Any]) -> dict[str, int]:
    """How often a batch whose worker is lost is given to another: once, where Ray can be told; else it tries for ever."""
    kinds = (parameter.kind for parameter in signature(map_batches).parameters.values())
    return {"max_task_retries": 1} if Parameter.VAR_KEYWORD in kinds else {}


@contextmanager
def _mute() -> Iterator[None]:
    """Nobody writes to stderr meanwhile, not even a library in C++ that tells how much it is going to tell."""
    try:
        kept = os.dup(2)
    except OSError:  # it is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def _quiet() -> Iterator[None]:
    """Ray's loggers say nothing meanwhile; what goes wrong is told by errors."""
    loggers = [logging.getLogger(name) for name in ("ray", "ray.data")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


@contextmanager
def _changed(context: Any, settings: dict[str, Any]) -> Iterator[None]:
    before = {name: getattr(context, name) for name in settings}
    for name, value in settings.items():
        setattr(context, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(context, name, value)
