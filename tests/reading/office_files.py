"""Office files that tests read: made by python-docx, by LibreOffice where it is installed, and by hand for odd cases."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from docx.oxml.parser import parse_xml

from tests.reading.alike import NAMES, paragraphs

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


# --- Word


def saved(document: docx.document.Document) -> bytes:
    """The bytes of a document of python-docx."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def docx_of(lines: Iterable[str]) -> bytes:
    """A Word document with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def body_of(xml: str, *, numbering: str = "", styles: str = "") -> bytes:
    """A Word document with this XML as its body, and these additions to its lists and styles."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for child in list(parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")):
        body.append(child)
    if numbering:
        lists = document.part.numbering_part.element
        for child in list(lists):
            lists.remove(child)
        for child in list(parse_xml(f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>")):
            lists.append(child)
    if styles:
        for child in list(parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>")):
            document.styles.element.append(child)
    return saved(document)


def p(text: str, properties: str = "") -> str:
    """A paragraph as Word writes it."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run as Word writes it."""
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{text}</w:t></w:r>'


def replaced(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """A ZIP with other parts in it: added, replaced, or (None) left out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """One part of a ZIP."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def sample_docx(name: str, day: datetime = datetime(2021, 3, 25, 2)) -> bytes:
    """A sample of this project as a Word document, made and saved on this day (UTC)."""
    document = docx.Document()
    for line in paragraphs(name):
        document.add_paragraph(line)
    document.core_properties.created = document.core_properties.modified = day
    return saved(document)


def level(depth: int, form: str, text: str, more: str = "") -> str:
    """A level of a list of Word."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
    + level(4, "decimal", "%1.%5", "<w:isLgl/>")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2">' + level(0, "bullet", "●") + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="3">'
    + level(0, "chineseCounting", "第%1条", '<w:pStyle w:val="Article"/>')
    + level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    + level(0, "upperRoman", "%1.")
    + "</w:lvlOverride></w:num>"
)


def item(text: str, number: int, depth: int = 0) -> str:
    """A paragraph in a list of Word."""
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


# --- LibreOffice


def office() -> str:
    """LibreOffice, or the test is skipped."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        pytest.skip("LibreOffice is not installed")
    return found


def converted(files: dict[str, bytes], form: str) -> dict[str, bytes]:
    """These files (by their names without suffix; all .docx) as LibreOffice writes them in another format."""
    program = office()
    with TemporaryDirectory() as name:
        folder = Path(name)
        for stem, data in files.items():
            (folder / f"{stem}.docx").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            form,
        ]
        command += ["--outdir", str(folder / "out"), *(str(folder / f"{stem}.docx") for stem in files)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return {stem: (folder / "out" / f"{stem}.{form}").read_bytes() for stem in files}


@cache
def samples_in(form: str) -> dict[str, bytes]:
    """The samples of ``alike`` in a format, by their names."""
    made = {name: sample_docx(name) for name in NAMES}
    return made if form == "docx" else converted(made, form)


# --- OpenDocument

_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        *((name, name) for name in ("office", "style", "text", "table", "meta", "manifest")),
        *(("draw", "drawing"), ("svg", "svg-compatible")),
    )
)
ODT = "application/vnd.oasis.opendocument.text"


def odt_of(
    content: str,
    *,
    automatic: str = "",
    styles: str = "",
    meta: str = "",
    kind: str = ODT,
    manifest: str = "",
) -> bytes:
    """An OpenDocument text with this XML as its content."""
    parts = {
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF}><office:styles>{styles}</office:styles></office:document-styles>",
        "meta.xml": f'<office:document-meta {_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest {_ODF}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/>{manifest}</manifest:manifest>',
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        for name, xml in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + xml)
    return out.getvalue()


# --- OLE


def ole_of(*names: str, flags: int = 0) -> bytes:
    """An OLE file whose top folder holds streams with these names, 4096 bytes each; ``flags``: at offset 10 of each."""
    stream = (b"\0" * 10 + struct.pack("<H", flags)).ljust(4096, b"\0")
    end, none = 0xFFFFFFFE, 0xFFFFFFFF
    folders = -(-(len(names) + 1) // 4)
    table = [0xFFFFFFFD, *(i + 2 for i in range(folders - 1)), end]
    for i in range(len(names)):
        first = 1 + folders + 8 * i
        table += [*range(first + 1, first + 8), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack(
        "<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6
    )
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0)
    directory = _entry("Root Entry", 5, right=none, child=1 if names else none, first=end, size=0)
    for i, name in enumerate(names):
        right = i + 2 if i + 1 < len(names) else none
        directory += _entry(name, 2, right=right, child=none, first=1 + folders + 8 * i, size=4096)
    body = b"".join(struct.pack("<I", value) for value in table).ljust(512, b"\xff") + directory.ljust(
        512 * folders, b"\0"
    )
    return header.ljust(512, b"\xff") + body + stream * len(names)


def _entry(name: str, kind: int, *, right: int, child: int, first: int, size: int) -> bytes:
    coded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBB", len(coded), kind, 1)
        + links
        + b"\0" * 36
        + struct.pack("<IQ", first, size)
    )
