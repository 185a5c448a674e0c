"""One sample of this project in every format that is read, made with real tools."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from email.message import EmailMessage
from html import escape

import ofd_files
import office_files
import pages
import pdf_files
import scans
from alike import paragraphs

#: Modules that a format needs beyond the base install, and the extra that brings them.
EXTRAS = {
    "docx": ("docx", "word"),
    "pdf": ("pypdfium2_raw", "pdf"),
    "html": ("trafilatura", "html"),
    "mhtml": ("trafilatura", "html"),
    "png": ("rapidocr", "ocr"),
}


def text(name: str) -> bytes:
    return "\r\n".join(paragraphs(name)).encode("gb18030")


def markdown(name: str) -> bytes:
    headline, *lines = paragraphs(name)
    return f"---\ntitle: {headline}\n---\n\n# {headline}\n\n{chr(10).join(line + chr(10) for line in lines)}".encode()


def eml(name: str) -> bytes:
    headline, *lines = paragraphs(name)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "bgs@example.cn", "das@example.cn", f"转发：{headline}"
    mail["Date"], mail["Message-ID"] = "Tue, 31 Dec 2024 09:30:00 +0800", "<1@example.cn>"
    mail.set_content("\n".join([headline, *lines]) + "\n")
    return mail.as_bytes()


def html(name: str) -> bytes:
    headline, *lines = paragraphs(name)
    return pages.government(headline, lines).encode()


def mhtml(name: str) -> bytes:
    body = base64.encodebytes(html(name)).decode()
    head = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    part = f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--b--\r\n"
    return (head + part).encode()


def fodt(name: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in paragraphs(name))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"'
        f' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>{lines}</office:text></office:body></office:document>'
    ).encode()


def rtf(name: str) -> bytes:
    lines = "".join(f"{_rtf(line)}\\par\r\n" for line in paragraphs(name))
    return (
        f"{{\\rtf1\\ansi\\ansicpg936\\deff0{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}\\uc0 {lines}}}".encode(
            "ascii"
        )
    )


def _rtf(line: str) -> str:
    return "".join(
        c if c.isascii() and c not in "\\{}" else f"\\u{(ord(c) + 32768) % 65536 - 32768} " for c in line
    )


def pdf(name: str) -> bytes:
    return pdf_files.draw(pdf_files.Report(paragraphs(name), header=""))


def png(name: str) -> bytes:
    out = io.BytesIO()
    images = scans.Scan().report(paragraphs(name)).pages
    images[0].save(out, "TIFF" if len(images) > 1 else "PNG", save_all=True, append_images=images[1:])
    return out.getvalue()


#: Format → what makes a sample in it, by the name of the sample.
MAKERS: dict[str, Callable[[str], bytes]] = {
    "txt": text,
    "md": markdown,
    "eml": eml,
    "html": html,
    "mhtml": mhtml,
    "docx": office_files.sample_docx,
    "rtf": rtf,
    "fodt": fodt,
    "ofd": lambda name: ofd_files.report(paragraphs(name)),
    "pdf": pdf,
    "png": png,
}
