"""numpy's matrix product on one thread: for the small products of one report more threads only wait.

Measured on two cores that others used too: 13 000 characters a second with two threads, 42 000 with one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it the OpenBLAS that numpy's wheels bring uses one thread; what was set before holds after.

    With another library it changes nothing. The setting is the process's: two Python threads in here at once
    can only cost each other speed.
    """
    control = _control()
    threads = control[0]() if control else 1
    if control is None or threads == 1:
        yield
        return
    control[1](1)
    try:
        yield
    finally:
        control[1](threads)


@cache
def _control() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """OpenBLAS's functions that tell and set the number of threads; None where numpy brings none."""
    for path in (Path(np.__file__).parent.parent / "numpy.libs").glob("*openblas*"):
        library = ctypes.CDLL(str(path))
        for prefix, suffix in (("scipy_", "64_"), ("scipy_", ""), ("", "64_"), ("", "")):
            get = getattr(library, f"{prefix}openblas_get_num_threads{suffix}", None)
            put = getattr(library, f"{prefix}openblas_set_num_threads{suffix}", None)
            if get is not None and put is not None:
                return get, put
    return None
