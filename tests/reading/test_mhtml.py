from __future__ import annotations

import base64
import hashlib
import quopri
from datetime import date

import pytest

from extractor.errors import BrokenError
from extractor.reading import Text, read_bytes
from tests.reading import pages
from tests.reading.alike import NAMES, assert_alike, paragraphs

pytest.importorskip("trafilatura", exc_type=ImportError, reason="pip install -e '.[dev]'")

CHROME = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.gov.cn/xw/1.html\r\nSubject: =?utf-8?Q?x?=\r\n"
    "Date: Thu, 25 Mar 2021 01:12:00 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----x"\r\n\r\n\r\n'
)
WORD = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----x"\n\n此文档为单个文件网页。\n\n'
PICTURE = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"


def part(
    page: str, encoding: str = "utf-8", charset: str = "", transfer: str = "quoted-printable", more: str = ""
) -> bytes:
    data = page.encode(encoding)
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[transfer](
        data
    )
    named = f'; charset="{charset}"' if charset else ""
    return f"Content-Type: text/html{named}\n{more}Content-Transfer-Encoding: {transfer}\n\n".encode() + body


def saved(*parts: bytes | str, start: str = CHROME) -> bytes:
    out = start.encode()
    for one in parts:
        out += b"------x\n" + (one if isinstance(one, bytes) else one.encode()) + b"\n"
    return out + b"------x--\n"


def read(data: bytes) -> Text:
    return read_bytes(data, "a.mhtml")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("layout", ["government", "breaks"])
def test_a_page_saved_by_a_browser(name: str, layout: str) -> None:
    headline, *others = paragraphs(name)
    data = saved(part(pages.LAYOUTS[layout](headline, others)), PICTURE)
    text = read(data)
    assert_alike(text, name)
    assert (text.media_type, text.encoding, text.name) == ("multipart/related", "utf-8", "a.mhtml")
    assert text.sha256 == hashlib.sha256(data).hexdigest()
    assert text.places.of(0, 4).paragraph == 1
    assert text.created is None  # the day in the headers is that of saving


@pytest.mark.parametrize("name", NAMES)
def test_a_document_saved_by_word_as_one_file(name: str) -> None:
    headline, *others = paragraphs(name)
    data = saved(part(pages.word(headline, others), "gb18030", "gb2312", "base64"), PICTURE, start=WORD)
    text = read_bytes(data, "a.doc")
    assert_alike(text, name)
    assert (text.media_type, text.encoding) == ("multipart/related", "gb18030")


PAGE = "<html><head><meta name=PubDate content=2021-03-25></head><body><h1>县委召开会议</h1><p>{}</p></body></html>"


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("gb18030", "gb2312"), ("gb18030", ""), ("utf-8", "gb2312"), ("utf-8", "no-such-set")],
)
def test_the_encoding_of_the_page(transfer: str, encoding: str, charset: str) -> None:
    text = read(saved(part(PAGE.format("李甲主持会议。"), encoding, charset, transfer)))
    assert (text.characters, text.encoding, text.created) == (
        "县委召开会议\n李甲主持会议。",
        encoding,
        date(2021, 3, 25),
    )


def test_the_page_that_the_headers_name_is_read() -> None:
    start = CHROME.replace("multipart/related;", 'multipart/related; start="<b@x>";')
    frame, story = (
        part(PAGE.format("框架。"), more="Content-ID: <a@x>\n"),
        part(PAGE.format("正文。"), more="Content-ID: <b@x>\n"),
    )
    assert read(saved(frame, story, start=start)).characters.endswith("正文。")
    assert read(saved(frame, story)).characters.endswith("框架。")


def test_a_page_alone_with_headers() -> None:
    data = b"From: <Saved by Microsoft Internet Explorer 5>\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + part(
        PAGE.format("李甲主持。")
    )
    assert read(data).characters == "县委召开会议\n李甲主持。"


def test_an_archive_without_a_page() -> None:
    with pytest.raises(BrokenError):
        read(saved(PICTURE))


def test_plain_text_that_speaks_of_mime_is_text() -> None:
    assert (
        read("MIME-Version: 1.0 是邮件格式，会议讨论了它。\n李甲主持。".encode()).media_type == "text/plain"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n'.encode() for n in range(3000)),
        b"\n" * 5_000_000,
        b"------x\n" * 300_000,
        b"Content-Type: " + b"(" * 100_000 + b"\n\nx",
    ],
    ids=["nested", "lines", "parts", "comment"],
)
def test_archives_made_to_do_harm(data: bytes) -> None:
    with pytest.raises(BrokenError):
        read(CHROME.encode() + b"------x\n" + data)
