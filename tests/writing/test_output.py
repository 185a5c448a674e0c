"""A file is replaced whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.errors import OutputError
from extractor.writing.output import output_to

posix = pytest.mark.skipif(os.name != "posix", reason="permissions and devices as POSIX has them")


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".extract-")]


def test_takes_its_place_only_at_the_end(tmp_path: Path) -> None:
    place = tmp_path / "out.json"
    place.write_text("old", "utf-8")
    with output_to(str(place)) as out:
        out.write("新\n")
        assert place.read_text("utf-8") == "old"
        assert leftovers(tmp_path)
    assert place.read_bytes() == "新\n".encode()
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("what", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_nothing_remains_of_a_run_that_fails(tmp_path: Path, what: type[BaseException]) -> None:
    place = tmp_path / "out.json"

    def fail() -> None:
        with output_to(str(place)) as out:
            out.write("half")
            raise what

    with pytest.raises(what):
        fail()
    assert list(tmp_path.iterdir()) == []


@posix
def test_keeps_permissions_and_gives_new_files_the_usual_ones(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.touch()
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        for place in (old, new):
            with output_to(str(place)) as out:
                out.write("x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@posix
def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old", "utf-8")
    link.symlink_to(real)
    with output_to(str(link)) as out:
        out.write("new")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "new"


@posix
def test_a_device_is_written_and_not_replaced() -> None:
    with output_to(os.devnull) as out:
        out.write("x")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize("name", ["missing/out.json", "file.txt/out.json", "folder", "nul\0"])
def test_a_place_that_cannot_be_is_told_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_text("report", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError) as told, output_to(str(tmp_path / name)):
        pytest.fail("the run began")
    assert name.split("/")[0].rstrip("\0") in told.value.message("en")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder, for a user who has no more rights than its permissions give: root would have all."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        if os.geteuid() != 0:
            yield Path(folder)
            return
        try:
            os.seteuid(65_534)
        except OSError:
            pytest.skip("root may write everywhere, and cannot become nobody here")
        try:
            yield Path(folder)
        finally:
            os.seteuid(0)


@posix
@pytest.mark.parametrize("what", ["folder", "file"])
def test_no_right_to_write(as_nobody: Path, what: str) -> None:
    folder = as_nobody / "folder"
    folder.mkdir()
    place = folder / "out.json"
    place.write_text("old", "utf-8")
    target = folder if what == "folder" else place
    target.chmod(0o555)
    with pytest.raises(OutputError) as told, output_to(str(place)):
        pytest.fail("the run began")
    assert told.value.code == "not-writable"
    assert "Permission denied" in told.value.message("en")
    assert place.read_text("utf-8") == "old"
    folder.chmod(0o755)  # for the clearing up


@posix
def test_a_folder_where_even_root_may_not_write() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("no /proc on this system")
    with pytest.raises(OutputError) as told, output_to("/proc/self/out.json"):
        pytest.fail("the run began")
    assert told.value.code == "not-writable"
