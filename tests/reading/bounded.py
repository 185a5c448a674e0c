"""Hostile files are read in a process of their own that may take so much memory and computing time, and no more."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import resource, sys
memory, seconds = int(sys.argv[1]), int(sys.argv[2])
from extractor.errors import ExtractorError
from extractor.reading import Limits, read_bytes
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
try:
    print("text", len(read_bytes(sys.stdin.buffer.read(), "a.dat", limits=Limits().changed(*sys.argv[3:])).characters))
except ExtractorError as error:
    print(error.code)
"""


def outcome(data: bytes, *limits: str, memory: int = 3 << 30, seconds: int = 60) -> str:
    """The code of the error, or ``text``; also that nothing went to stderr, and that the process lived on."""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _PROGRAM, str(memory), str(seconds), *limits],
        input=data,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().split()[0]
