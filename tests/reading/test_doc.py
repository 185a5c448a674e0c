from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest

from extractor.errors import (
    BinaryError,
    BrokenError,
    EmptyError,
    EncryptedError,
    InputError,
    MissingProgramError,
    TooSlowError,
)
from extractor.reading import Limits, Text, doc, read_bytes
from tests.reading.alike import NAMES, assert_alike, paragraphs
from tests.reading.office_files import (
    LISTS,
    body_of,
    converted,
    docx_of,
    item,
    office,
    ole_of,
    p,
    r,
    samples_in,
)


def read(data: bytes, **more: Limits) -> Text:
    return read_bytes(data, "report.doc", **more)


def _only(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """As if no other program were installed."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    found = shutil.which
    monkeypatch.setattr(doc.shutil, "which", lambda name: found(name) if name == program else None)
    monkeypatch.setattr(doc, "_USUAL_PLACES", ())


def _script(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """A program in the place of LibreOffice."""
    if os.name != "posix":
        pytest.skip("a script that is a program")
    program = tmp_path / "soffice"
    program.write_text(f"#!{sys.executable}\n{code}", "utf-8")
    program.chmod(0o700)
    monkeypatch.setattr(doc.shutil, "which", lambda name: str(program) if name == "soffice" else None)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_says_the_same_through_libreoffice(name: str) -> None:
    data = samples_in("doc")[name]
    text = read(data)
    assert text.characters.splitlines() == paragraphs(name)
    assert (text.media_type, text.sha256) == ("application/msword", sha256(data).hexdigest())
    assert text.created == date(2021, 3, 25)
    assert text.places.of(0, 1).paragraph == 1
    assert_alike(text, name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("program", ["antiword", "catdoc"])
def test_a_report_says_the_same_through_simpler_programs(
    monkeypatch: pytest.MonkeyPatch, program: str, name: str
) -> None:
    data = samples_in("doc")[name]
    _only(monkeypatch, program)
    text = read(data)
    assert text.characters.splitlines() == paragraphs(name)
    assert (text.media_type, text.sha256) == ("application/msword", sha256(data).hexdigest())
    assert_alike(text, name)


def _odd(more: Iterable[str] = ()) -> bytes:
    """Lists, a table, hidden text, changes."""
    table = f"<w:tbl><w:tr><w:tc>{p('时间')}</w:tc><w:tc>{p('3月24日')}</w:tc></w:tr></w:tbl>"
    changes = f"<w:p>{r('见')}{r('藏', '<w:vanish/>')}<w:del w:id='1' w:author='a'><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    return body_of(
        item("通报", 1) + item("部署", 1) + table + changes + "".join(map(p, more)), numbering=LISTS
    )


def test_lists_tables_and_what_is_not_seen_through_libreoffice() -> None:
    text = read(converted({"a": _odd()}, "doc")["a"])
    assert text.characters.splitlines() == ["一、通报", "二、部署", "时间\t3月24日", "见"]


def test_rows_through_antiword_are_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    data = converted({"a": _odd(paragraphs(NAMES[0]))}, "doc")["a"]  # antiword refuses short documents
    _only(monkeypatch, "antiword")
    found = read(data).characters.splitlines()
    assert "时间\t3月24日" in found


def test_the_name_does_not_matter() -> None:
    assert read_bytes(docx_of(["会议"]), "report.doc").media_type.endswith("wordprocessingml.document")
    assert read_bytes(b"{\\rtf1\\ansi\\ansicpg936 \\'bb\\'e1\\'d2\\'e9}", "report.doc").characters == "会议\n"
    assert read_bytes("会议开始".encode("gbk"), "report.doc").media_type == "text/plain"
    assert read_bytes(samples_in("doc")[NAMES[1]], "report.wps").media_type == "application/msword"


# --- other OLE files


@pytest.mark.parametrize(
    ("names", "looks"),
    [
        (("Workbook",), "sheet"),
        (("Book", "\x05SummaryInformation"), "sheet"),
        (("Current User", "PowerPoint Document"), "slides"),
        (("__properties_version1.0",), "ole"),
        ((), "ole"),
        ((*(f"Stream{i}" for i in range(12)), "Workbook"), "sheet"),
    ],
)
def test_other_ole_files_are_told(names: tuple[str, ...], looks: str) -> None:
    with pytest.raises(BinaryError) as caught:
        read(ole_of(*names))
    assert caught.value.arguments["looks"] == looks


def test_spreadsheets_as_libreoffice_writes_them(tmp_path: Path) -> None:
    program = office()
    (tmp_path / "a.csv").write_text("时间,WordDocument\n", "utf-8")
    command = [
        program,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "xls",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "a.csv")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    if not (tmp_path / "a.xls").exists():
        pytest.skip("LibreOffice Calc is not installed")
    with pytest.raises(BinaryError) as caught:
        read((tmp_path / "a.xls").read_bytes())
    assert caught.value.arguments["looks"] == "sheet"


def test_passwords_are_told() -> None:
    with pytest.raises(EncryptedError) as caught:
        read(ole_of("EncryptionInfo", "EncryptedPackage"))
    assert caught.value.arguments["looks"] == "office"
    with pytest.raises(EncryptedError) as caught:
        read(ole_of("1Table", "WordDocument", flags=0x0100))
    assert caught.value.arguments["looks"] == "doc"


# --- without the programs, and with programs that do not do what they should


def test_without_any_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc.shutil, "which", lambda _: None)
    monkeypatch.setattr(doc, "_USUAL_PLACES", ())
    with pytest.raises(MissingProgramError) as caught:
        read(ole_of("WordDocument"))
    assert caught.value.arguments["looks"] == "doc"


def test_libreoffice_is_found_in_its_usual_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "LibreOffice" / "program" / "soffice.com"
    place.parent.mkdir(parents=True)
    place.touch()
    monkeypatch.setattr(doc.shutil, "which", lambda _: None)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert doc._office() == str(place)


def test_a_conversion_that_yields_nothing_is_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _script(monkeypatch, tmp_path, "")
    with pytest.raises(BrokenError) as caught:
        read(ole_of("WordDocument"))
    assert caught.value.arguments["looks"] == "doc" and str(tmp_path) not in str(caught.value)


def test_the_time_is_limited_and_nothing_goes_on_running(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    child = (
        "import subprocess, sys, time\n"
        "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(one.pid))\n"
        "time.sleep(60)\n"
    )
    _script(monkeypatch, tmp_path, child)
    begun = monotonic()
    with pytest.raises(TooSlowError):
        read(ole_of("WordDocument"), limits=Limits(seconds=2))
    assert monotonic() - begun < 10
    started = int((tmp_path / "pid").read_text("utf-8"))
    state = Path(f"/proc/{started}/stat")
    while state.exists() and state.read_text("utf-8").split()[2] != "Z":
        assert monotonic() - begun < 10


def test_what_libreoffice_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = tmp_path / "a.docx"
    made.write_bytes(docx_of(["会议"]))
    code = (
        "import os, pathlib, shutil, sys\n"
        "args = sys.argv[1:]\n"
        "assert '--headless' in args and args[-1].endswith('report.doc'), args\n"
        "profile = pathlib.Path(next(a for a in args if a.startswith('-env:')).split('file://')[1])\n"
        "assert 'DisableMacrosExecution' in (profile / 'user' / 'registrymodifications.xcu').read_text()\n"
        f"out = pathlib.Path(args[args.index('--outdir') + 1]); out.mkdir(); shutil.copy({str(made)!r}, out / 'report.docx')\n"
    )
    _script(monkeypatch, tmp_path, code)
    assert read(ole_of("WordDocument")).characters == "会议\n"


# --- files that are damaged


def test_a_document_without_text_is_empty() -> None:
    with pytest.raises(EmptyError):
        read(converted({"a": docx_of(["", " "])}, "doc")["a"])


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.95])
def test_a_file_that_breaks_off(share: float) -> None:
    data = samples_in("doc")[NAMES[0]]
    with pytest.raises(InputError) as caught:
        read(data[: int(len(data) * share)])
    assert caught.value.code in ("broken", "binary", "empty")


@pytest.mark.parametrize("offset", [30, 44, 48, 68, 72, 76, 512, 520, 1000])
@pytest.mark.parametrize("value", [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\1\0\0\0", b"\xf0\xff\xff\x7f"])
def test_a_container_that_is_damaged_gives_a_coded_error(
    monkeypatch: pytest.MonkeyPatch, offset: int, value: bytes
) -> None:
    monkeypatch.setattr(doc.shutil, "which", lambda _: None)
    monkeypatch.setattr(doc, "_USUAL_PLACES", ())
    data = ole_of("WordDocument", "1Table", "Workbook")
    with pytest.raises(InputError) as caught:
        read(data[:offset] + value + data[offset + 4 :])
    assert caught.value.code in ("broken", "binary", "missing-program", "encrypted")


def test_random_bytes_in_the_streams_give_a_coded_error() -> None:
    office()
    with pytest.raises(InputError) as caught:
        read(ole_of("WordDocument", "1Table")[:512] + bytes(range(256)) * 64)
    assert caught.value.code in ("broken", "binary")
    with pytest.raises(InputError) as caught:
        read(ole_of("WordDocument", "1Table"))
    assert caught.value.code in ("broken", "empty")
