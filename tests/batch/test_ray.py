"""The lines of Ray's engine are those of the local one, on a cluster of two workers; files with a scheme are read and written."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor import extract, extract_bytes
from extractor.batch import ray_engine, remote
from extractor.batch.inputs import Input, expanded
from extractor.batch.ray_engine import RayEngine
from extractor.batch.remote import copy_to, is_remote, is_remote_folder, listed, read_remote
from extractor.batch.run import Task, local, made
from extractor.batch.work import Extractor, Line
from extractor.errors import (
    ExtractorError,
    FolderError,
    InputError,
    MissingPackageError,
    NotFoundError,
    OutputError,
    UsageError,
)
from extractor.reading import Limits
from schemas import to_json

SAMPLES = Path(__file__).parents[2] / "samples"
# Ray and what it brings warn of changes to come, and leave sockets to the collector.
pytestmark = pytest.mark.filterwarnings("ignore")


class Perilous(Extractor):
    """Does what the name of an input says."""

    def __call__(self, source: Input) -> Line:
        if source.path.endswith("dies.txt"):
            os._exit(1)
        if source.path.endswith("hangs.txt"):
            time.sleep(1000)
        if source.path.endswith("takes-its-parent-along.txt"):
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(1)
        return super().__call__(source)

    def load(self) -> None:
        """Nothing is read for good."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Two CPUs of this machine as a cluster; an engine made meanwhile uses it and leaves it."""
    pytest.importorskip("ray.data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))  # for Perilous
        with RayEngine(Extractor(b""), 2, 60):
            yield
    gc.collect()


def told(lines: Iterator[tuple[Task, Line]]) -> dict[int, tuple[Any, ...]]:
    """All of each line; an error by what it says."""
    return {task.number: (*line[:-1], str(line.error or "")) for task, line in lines}


@pytest.mark.usefixtures("cluster")
def test_the_lines_are_those_of_the_local_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "名 单.txt").write_bytes("本站讯 5月3日，县长李甲主持召开会议。".encode("gbk"))
    (tmp_path / "很大.txt").write_bytes(b"1234")
    lexicon = tmp_path / "fonds.csv"
    sources = [Input(str(path), date(2023, 3, 15)) for path in sorted(SAMPLES.glob("*.txt"))]
    sources += [
        Input("空.txt"),
        Input("名 单.txt", encoding="gb18030"),
        Input("很大.txt", limits=("bytes=3",)),
    ]
    sources += [Input("nowhere.txt"), Input("名 单.txt", lexicon=str(lexicon))]
    tasks = [Task(*pair) for pair in enumerate(sources)]
    extractor = Extractor(b"", listed=True)
    monkeypatch.chdir(tmp_path)  # the workers follow
    monkeypatch.setattr(ray_engine, "_CHUNK", len(tasks) // 2 - 1)  # more than one dataset
    with local(extractor, 1, 60) as pool:
        expected = told(made(iter(tasks), extractor, pool))
    with RayEngine(extractor, 2, 60) as engine:
        done = told(made(iter(tasks), extractor, engine))
    assert done == expected and len(done) == len(tasks)


@pytest.mark.usefixtures("cluster")
def test_a_report_that_ends_or_stops_its_worker_costs_no_other() -> None:
    names = [f"{n}.txt" for n in range(20)]
    names[3], names[4], names[11] = "dies.txt", "hangs.txt", "takes-its-parent-along.txt"
    with RayEngine(Perilous(b""), 2, 2) as engine:
        done = {
            task.source.path: line
            for task, line in engine.do(Task(n, Input(x, limits=("seconds=3",))) for n, x in enumerate(names))
        }
    assert set(done) == set(names)
    failed = {path: line for path, line in done.items() if isinstance(line, str)}
    assert failed == {"dies.txt": "died", "hangs.txt": "hung", "takes-its-parent-along.txt": "died"}


@pytest.mark.usefixtures("cluster")
def test_another_version_on_the_cluster_ends_the_run() -> None:
    with RayEngine(Extractor(b"other"), 1, 5) as engine, pytest.raises(UsageError, match="another version"):
        list(engine.do([Task(0, Input("a.txt"))]))


_SCRIPT = """
from extractor.batch.inputs import Input
from extractor.batch.ray_engine import RayEngine
from extractor.batch.run import Task
from extractor.batch.work import Extractor, program_version
import sys

if __name__ == "__main__":
    with RayEngine(Extractor(program_version()), 1, 60) as engine:
        done = list(engine.do(Task(n, Input(path)) for n, path in enumerate(sys.argv[1:])))
    sys.exit(len(done))
"""


def test_ray_says_nothing_and_one_cpu_is_enough(tmp_path: Path) -> None:
    pytest.importorskip("ray.data")
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT, "utf-8")
    paths = [str(path) for path in sorted(SAMPLES.glob("*.txt"))[:3]]
    ended = subprocess.run([sys.executable, script, *paths], capture_output=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, b"", b"")


def test_without_ray_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingPackageError) as caught, RayEngine(Extractor(b""), 1, 5):
        pass
    assert "pip install 'meeting-extractor[ray]'" in caught.value.hint()


def test_no_cluster_there() -> None:
    pytest.importorskip("ray.data")
    script = "from extractor.batch.ray_engine import *\nwith RayEngine(None, 1, 5, '127.0.0.1:1'): pass"
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 1
    assert "UsageError: Wrong usage: there is no Ray cluster at 127.0.0.1:1" in ended.stderr


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands at ``s3://archive`` and at its own ``file://``."""
    fs = pytest.importorskip("pyarrow.fs")
    remote._system.cache_clear()
    real = remote._system
    below = fs.SubTreeFileSystem(str(tmp_path), fs.LocalFileSystem())
    monkeypatch.setattr(remote, "_system", lambda root: (below, "") if root == "s3://archive" else real(root))
    for name in ("b.txt", "a/9.txt", "a/会议 100%20.txt", "a-b/c.txt", ".hidden", "a/.git/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "round").symlink_to(tmp_path)
    return tmp_path


@pytest.mark.parametrize("scheme", ["file", "s3"])
def test_a_folder_is_listed_as_a_local_one(archive: Path, scheme: str) -> None:
    root = f"file://{archive}" if scheme == "file" else "s3://archive"
    expected = [f"{root}/{Path(path).relative_to(archive)}" for path in expanded(str(archive))]
    if scheme == "s3":
        (archive / "round").unlink()  # such systems have no links
    assert list(listed(root)) == expected
    assert list(listed(f"{root}/a/")) == [path for path in expected if "/a/" in path]
    assert [read_remote(path).decode() for path in listed(f"{root}/a")] == ["a/9.txt", "a/会议 100%20.txt"]
    assert list(listed(f"{root}/nowhere")) == [f"{root}/nowhere"]
    assert is_remote_folder(f"{root}/a") and not is_remote_folder(f"{root}/b.txt")


@pytest.mark.parametrize("root", ["file://{}", "s3://archive"])
def test_what_cannot_be_read_is_told(archive: Path, root: str) -> None:
    root = root.format(archive)
    with pytest.raises(NotFoundError, match=r"nowhere\.txt"):
        read_remote(f"{root}/nowhere.txt")
    with pytest.raises(ExtractorError, match="3 bytes"):
        read_remote(f"{root}/b.txt", Limits(bytes=3))
    with pytest.raises(FolderError if root.startswith("file") else InputError):
        read_remote(f"{root}/a")


def test_schemes() -> None:
    assert all(map(is_remote, ("s3://a/b", "gs://a", "hdfs://h:8020/x", "file:///a", "S3://A")))
    assert not any(map(is_remote, ("a.txt", "/a//b", r"C:\a", "c://a", "-", "a:b", "会议://a")))
    pytest.importorskip("pyarrow.fs")
    with pytest.raises(InputError, match="nonsense://a/b"):
        read_remote("nonsense://a/b")


@pytest.mark.parametrize("root", ["file://{}", "s3://archive"])
def test_an_output_is_copied_whole_or_not_at_all(archive: Path, root: str) -> None:
    finished = archive / "finished.jsonl.gz"
    finished.write_bytes(b"{}\n" * 4_000_000)
    copy_to(finished, f"{root.format(archive)}/a/out.jsonl.gz")  # its suffix means nothing
    assert (archive / "a/out.jsonl.gz").read_bytes() == finished.read_bytes()
    with pytest.raises(OutputError, match=r"out\.jsonl"):
        copy_to(finished, f"{root.format(archive)}/nowhere/out.jsonl")
    with pytest.raises(OutputError):
        copy_to(finished, f"{root.format(archive)}/a")
    assert sorted(path.name for path in (archive / "a").iterdir()) == [
        ".git", "9.txt", "out.jsonl.gz", "会议 100%20.txt"
    ]  # fmt: skip


def test_bytes_from_elsewhere_give_the_same_record() -> None:
    pytest.importorskip("pyarrow.fs")
    path = SAMPLES / "county-party-safety.txt"
    there = f"file://{path}"
    assert to_json(extract_bytes(read_remote(there), name=there)) == to_json(extract(path))
