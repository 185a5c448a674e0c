"""Older Word documents (.doc) and those of WPS (.wps): both are OLE files with a stream called WordDocument.

LibreOffice turns them into .docx, which is read as such; without it antiword or catdoc give the bare text: without the
numbers of lists, and with text that was hidden or deleted, which they do not tell apart. None of them runs macros or goes
to the network. Other OLE files are told by what their directory names.

The container is described in [MS-CFB], the beginning of the stream WordDocument in [MS-DOC] 2.5.2.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from glob import glob
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.errors import (
    BinaryError,
    BrokenError,
    EncryptedError,
    InputError,
    MissingProgramError,
    TooSlowError,
)
from extractor.reading import docx
from extractor.reading.extras import need
from extractor.reading.places import Writer
from extractor.reading.text import Raw, Text, put_together

MEDIA_TYPE = "application/msword"

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What the directory of an OLE file names beside the streams that all have → what the file is.
_OTHERS = (("Workbook", "sheet"), ("Book", "sheet"), ("PowerPoint Document", "slides"))
#: Streams shorter than this lie elsewhere in the file ([MS-CFB] 2.2); Word pads WordDocument to more.
_SHORT = 4096
_NO_ENTRY, _LAST_SECTOR = 0xFFFFFFFF, 0xFFFFFFFA
_ENCRYPTED = 0x0100

#: Where LibreOffice lies when it is not on the path.
_USUAL_PLACES = (
    "{ProgramFiles}/LibreOffice/program/soffice.com",
    "{ProgramFiles(x86)}/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
)
#: Settings of a profile that lives as long as one conversion: no macros, no links followed, no way to the network
#: (a proxy on a port where nobody answers).
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
#: A row of a table as antiword draws it.
_ROW = re.compile(r"\|([^\n]{0,400})\|")


def accepts(raw: Raw) -> bool:
    """Whether this is an OLE file; spreadsheets and the like are told as such when read."""
    return raw.data.startswith(_SIGNATURE)


def read(raw: Raw) -> Text:
    """The text of an older Word document; ``paragraph`` in its places is that of the .docx that LibreOffice makes.

    Raises BinaryError (no Word document), EncryptedError, BrokenError, MissingProgramError, TooSlowError, and what
    ``extractor.reading.docx.read`` raises.
    """
    try:
        streams = dict(_streams(raw.data))
    except (struct.error, ValueError) as error:
        if raw.data[28:30] != b"\xfe\xff":  # the byte order that every such file names
            raise BinaryError(path=raw.path, looks="ole") from error
        raise BrokenError(path=raw.path, looks="ole", detail="its directory is missing") from error
    if "EncryptedPackage" in streams:  # .docx and .xlsx with a password
        raise EncryptedError(path=raw.path, looks="office")
    if "WordDocument" not in streams:
        raise BinaryError(
            path=raw.path, looks=next((looks for name, looks in _OTHERS if name in streams), "ole")
        )
    if _has_password(raw.data, streams["WordDocument"]):
        raise EncryptedError(path=raw.path, looks="doc")
    return _converted(raw)


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream of an OLE file: where in the file it begins, and its length."""

    offset: int
    size: int


def _streams(data: bytes) -> Iterator[tuple[str, _Stream]]:
    """The streams and folders at the top of an OLE file, by name. Raises ValueError, struct.error if it has no directory."""
    (shift,) = struct.unpack_from("<H", data, 30)
    (sector,) = struct.unpack_from("<I", data, 48)
    if shift not in (9, 12):
        raise ValueError(shift)
    size = 1 << shift
    directory = b"".join(data[(s + 1) * size : (s + 2) * size] for s in _chain(data, sector, size))
    waiting, seen = [struct.unpack_from("<I", directory, 76)[0]], set[int]()
    while (
        waiting
    ):  # entries at one level make a binary tree: left, right; what lies in a folder hangs on its child
        entry = waiting.pop()
        if entry == _NO_ENTRY or entry in seen:
            continue
        seen.add(entry)
        at = entry * 128
        (length,) = struct.unpack_from("<H", directory, at + 64)
        left, right = struct.unpack_from("<II", directory, at + 68)
        first, held = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + min(length, 64)].decode("utf-16-le", "replace").rstrip("\0")
        yield name, _Stream((first + 1) * size, held)
        waiting += [left, right]


def _chain(data: bytes, sector: int, size: int) -> Iterator[int]:
    """The sectors that follow one another from this one, by the allocation table."""
    held = size // 4
    tables = list(struct.unpack_from("<109I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    while more < _LAST_SECTOR and len(tables) * size < len(data):
        rest = struct.unpack_from(f"<{held}I", data, (more + 1) * size)
        tables += rest[:-1]
        more = rest[-1]
    for _ in range(len(data) // size):
        if sector >= _LAST_SECTOR:
            return
        yield sector
        table = tables[sector // held] if sector // held < len(tables) else _LAST_SECTOR
        (sector,) = struct.unpack_from("<I", data, (table + 1) * size + 4 * (sector % held))


def _has_password(data: bytes, stream: _Stream) -> bool:
    if stream.size < _SHORT or stream.offset + 12 > len(data):
        return False
    return bool(struct.unpack_from("<H", data, stream.offset + 10)[0] & _ENCRYPTED)


def _converted(raw: Raw) -> Text:
    """By the first program that is there and gives text."""
    office, others = _office(), [name for name in ("antiword", "catdoc") if shutil.which(name)]
    if not office and not others:
        raise MissingProgramError(path=raw.path, looks="doc")
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "report.doc").write_bytes(raw.data)
        if office and (text := _by_office(raw, office, folder)):
            return text
        for other in others:
            if text := _by_other(raw, other, folder):
                return text
    raise BrokenError(path=raw.path, looks="doc", detail="no program could read it")


def _office() -> str | None:
    """LibreOffice, if it is installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in _USUAL_PLACES:
        for variable in ("ProgramFiles(x86)", "ProgramFiles"):
            place = place.replace("{" + variable + "}", os.environ.get(variable, ""))
        if found := next(iter(sorted(glob(place), reverse=True)), None):  # noqa: PTH207  (a pattern from the root)
            return found
    return None


def _by_office(raw: Raw, office: str, folder: Path) -> Text | None:
    need("docx", raw, "doc", "word")
    profile, made = folder / "profile", folder / "made" / "report.docx"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), "utf-8")
    command = [
        office,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
    ]
    command += ["--convert-to", "docx", "--outdir", str(made.parent), str(folder / "report.doc")]
    _run(raw, command, folder)
    if not made.exists():
        return None
    raw.check("bytes", made.stat().st_size)
    try:
        text = docx.read(raw.within(made.read_bytes()))
    except InputError as error:
        raise (error.retold(looks="doc") if "looks" in error.arguments else error) from error
    return replace(text, media_type=MEDIA_TYPE, sha256=sha256(raw.data).hexdigest())


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _by_other(raw: Raw, program: str, folder: Path) -> Text | None:
    """By antiword or catdoc, which write one line a paragraph; places of paragraphs are not known."""
    options = ["-m", "UTF-8.txt", "-w", "0"] if program == "antiword" else ["-d", "utf-8", "-w"]
    output = _run(raw, [program, *options, str(folder / "report.doc")], folder).decode("utf-8", "replace")
    written = Writer()
    for line in output.splitlines():
        row = _ROW.fullmatch(line.strip())
        cells = [cell.strip() for cell in row[1].split("|")] if row else [line.strip()]
        if any(cells):
            written.add("\t".join(filter(None, cells)) + "\n")
    return put_together(raw, written, MEDIA_TYPE) if written.length else None


def _run(raw: Raw, command: Sequence[str], folder: Path) -> bytes:
    """What a program writes, within the time that this input has left; nothing of it goes on running. Raises TooSlowError."""
    raw.check_time()
    with (folder / "output").open("w+b") as output:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                start_new_session=True,
            )
        except OSError:
            return b""
        try:
            process.wait(raw.clock.left)
        except subprocess.TimeoutExpired as error:
            raise TooSlowError(path=raw.path, seconds=raw.limits.seconds) from error
        finally:
            _end(process)
        output.seek(0)
        return output.read(4 * raw.limits.characters)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and those that it started: soffice is a script that starts another program."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.wait()
