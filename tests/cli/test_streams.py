"""What goes where: records, messages, colours, files; and what happens when the other end goes away."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import COMMAND, REPORT, Call, Extract, environment

from extractor.cli.exit_codes import ExitCode
from schemas import read_record

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")

_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
_NO_DEVFULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")


def on_a_terminal(*arguments: object, **variables: str) -> bytes:
    """What the command prints on stdout when that is a terminal."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment(**variables),
    )
    os.close(theirs)
    pieces = []
    while piece := _read(ours):
        pieces.append(piece)
    os.close(ours)
    done.wait(60)
    return b"".join(pieces).replace(b"\r\n", b"\n")  # the terminal's own doing


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError as error:
        if error.errno != errno.EIO:  # how Linux tells the end of a pseudo-terminal
            raise
        return b""


@pytest.mark.parametrize("inputs", [["report"], ["empty", "empty"]])
def test_the_same_bytes_on_a_terminal_but_for_colour(
    extract: Extract, request: pytest.FixtureRequest, inputs: list[str]
) -> None:
    paths = [request.getfixturevalue(name) for name in inputs]
    piped = extract(*paths).out.encode()
    shown = on_a_terminal(*paths)
    assert shown != piped
    assert _COLOUR.sub(b"", shown) == piped


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("format", ["json", "card"])
def test_no_colour_where_it_is_not_wanted(empty: Path, variables: dict[str, str], format: str) -> None:
    assert b"\x1b" in on_a_terminal(empty, "--format", format)
    shown = on_a_terminal(empty, "--format", format, **variables)
    assert empty.name.encode() in shown
    assert b"\x1b" not in shown


def test_no_colour_in_a_pipe_even_when_forced(extract: Extract, empty: Path) -> None:
    assert "\x1b" not in extract(empty, "--format", "card", env={"FORCE_COLOR": "1"}).out


def test_utf8_in_every_locale(extract: Extract, empty: Path) -> None:
    variables = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"}
    plain = extract(empty).out
    assert "empty.txt 中没有文字" in plain
    assert extract(empty, env=variables).out == plain


def test_the_record_does_not_depend_on_the_language(call: Call, report: Path) -> None:
    assert call(report, "--lang", "zh").out == call(report, "--lang", "en").out


def test_standard_input(extract: Extract, call: Call, report: Path) -> None:
    piped = json.loads(extract("-", input=report.read_bytes()).out)
    read = json.loads(call(report).out)
    assert piped["source"].pop("name") == "<stdin>"
    del read["source"]["name"]
    assert piped == read


@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [
        ("- <&-", ExitCode.USAGE, b"Standard input (-) is closed"),
        ("explain - <&-", ExitCode.USAGE, b"Standard input (-) is closed"),
        (">&-", ExitCode.INTERNAL, b"<stdout> cannot be written"),
        ("2>&-", ExitCode.UNREADABLE, b""),
    ],
)
def test_streams_closed_by_the_caller(empty: Path, closed: str, code: ExitCode, said: bytes) -> None:
    arguments = closed if "-" in closed.split() else f"{empty} {closed}"
    done = subprocess.run(
        ["sh", "-c", f'"$@" {arguments}', "sh", *COMMAND], env=environment(), capture_output=True, check=False
    )
    assert done.returncode == code
    assert said in done.stderr
    assert b"Traceback" not in done.stderr
    if closed == "2>&-":
        read_record(done.stdout)


def test_a_file_called_as_a_command(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("schema").write_text(REPORT, "utf-8")
    assert json.loads(call("./schema").out)["source"]["name"] == "schema"
    assert json.loads(call("--quiet", "schema").out)["source"]["name"] == "schema"
    assert "$schema" in json.loads(call("schema").out)
    assert "$schema" in json.loads(call("--lang", "zh", "schema").out)
    assert json.loads(call("--", "schema").out)["source"]["name"] == "schema"


def test_files_between_options(call: Call, empty: Path) -> None:
    assert len(call(empty, "--lang", "en", empty, "-q", empty).out.splitlines()) == 3


class TestBrokenPipe:
    def test_ends_quietly(self, empty: Path) -> None:
        running = subprocess.Popen(
            [*COMMAND, *[empty] * 3000], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        )
        assert running.stdout is not None
        assert running.stderr is not None
        read_record(running.stdout.readline())
        running.stdout.close()
        told = running.stderr.read()
        assert running.wait(60) == ExitCode.BROKEN_PIPE
        assert told.count(b"error [empty]") == told.count(b"\n") / 2  # of the inputs, and of nothing else
        running.stderr.close()

    def test_of_help(self) -> None:
        done = subprocess.run(
            ["sh", "-c", '"$@" | true', "sh", *COMMAND, "--help"],
            env=environment(),
            capture_output=True,
            check=True,
        )
        assert done.stderr == b""


class TestInterrupt:
    @pytest.fixture
    def waiting(self, empty: Path) -> Callable[..., subprocess.Popen[bytes]]:
        """The command when it has written one record and waits for standard input."""

        def start(*options: object) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [*COMMAND, empty, "-", *map(str, options)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment(),
                # A shell's background job hands down a deaf ear to Ctrl+C: the command must start with a good one.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

        return start

    def test_keeps_what_is_done(self, waiting: Callable[..., subprocess.Popen[bytes]]) -> None:
        running = waiting()
        assert running.stdout is not None
        read_record(running.stdout.readline())
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
        assert (running.returncode, out) == (ExitCode.INTERRUPTED, b"")
        assert err.splitlines()[-1] == b"Interrupted."
        assert b"Traceback" not in err

    def test_leaves_the_old_file(
        self, waiting: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
    ) -> None:
        folder = tmp_path / "out"
        folder.mkdir()
        place = folder / "records.jsonl"
        place.write_text("old", "utf-8")
        running = waiting("-o", place)
        while not any(path.stat().st_size for path in folder.glob(".extract-*")):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
        assert running.returncode == ExitCode.INTERRUPTED
        assert [path.name for path in folder.iterdir()] == ["records.jsonl"]
        assert place.read_text("utf-8") == "old"


class TestOutputThatFails:
    @_NO_DEVFULL
    @pytest.mark.parametrize("arguments", [[], ["--format", "card"], ["--version"], ["--help"], ["schema"]])
    def test_full_disk_behind_stdout(self, empty: Path, arguments: list[str]) -> None:
        first = [] if "schema" in arguments else [empty]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*COMMAND, *arguments, *first],
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment(),
                check=False,
            )
        assert done.returncode == ExitCode.INTERNAL
        assert done.stderr.startswith(b"error [disk-full] There is no space left to write <stdout>.")
        assert b"Traceback" not in done.stderr
        assert b"Exception ignored" not in done.stderr

    @_NO_DEVFULL
    def test_full_device(self, extract: Extract, empty: Path) -> None:
        result = extract(empty, "-o", "/dev/full")
        assert result.code == ExitCode.INTERNAL
        assert result.err.startswith("error [disk-full]")
        assert Path("/dev/full").is_char_device()

    def test_disk_full_half_way(self, extract: Extract, empty: Path) -> None:
        place = empty.with_name("records.jsonl")
        place.write_text("old", "utf-8")

        def little_room() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))

        result = extract(*[empty] * 5, "-o", place, preexec_fn=little_room)
        assert result.code == ExitCode.INTERNAL
        assert "error [disk-full]" in result.err
        assert place.read_text("utf-8") == "old"
        assert not list(empty.parent.glob(".extract-*"))
