"""Reads saved web pages: MIME with the page and its pictures (``.mhtml``, ``.mht``; a ``.doc`` may be one, too)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.feedparser import BytesFeedParser
from email.message import Message

from extractor.errors import BrokenError, ExtractorError
from extractor.reading import html
from extractor.reading.text import Raw, Text, put_together

_HEADER = re.compile(r"([!-9;-~]{1,76}):[ \t]*+([^\r\n]*+(?:\r?\n[ \t]++[^\r\n]++)*+)(?:\r?\n|\Z)")
_SAVED = re.compile(r"multipart/(?:related|alternative)|text/html", re.IGNORECASE)
#: What only a mail that was sent has.
_SENT = frozenset(("to", "cc", "received", "message-id", "return-path", "delivered-to", "reply-to"))

#: Bytes fed at a time, between two looks at the clock.
_BITE = 65_536
#: Mail programs write lines of 76 characters: 64 MB have less than a million. Shorter ones only cost memory.
_LINES = 4_000_000


def accepts(raw: Raw) -> bool:
    """Whether this is a page with its headers, and was not sent as a mail.

    >>> accepts(Raw(b"MIME-Version: 1.0\\r\\nContent-Type: multipart/related; boundary=x\\r\\n\\r\\n--x", "a.doc"))
    True
    """
    headers = headers_of(raw)
    kind = headers.get("content-type", "")
    return "mime-version" in headers and _SAVED.match(kind) is not None and not _SENT & headers.keys()


def read(raw: Raw) -> Text:
    """The text of the page. Raises BrokenError (no page inside), and what reading a page raises."""
    with mended(raw, "mhtml"):
        root = _root(parsed(raw, "mhtml"), raw)
        content, declared = raw.within(content_of(root)), charset_of(root)
    content.encoding = raw.encoding
    written, encoding, created = html.page(content, declared)
    return put_together(raw, written, "multipart/related", encoding=encoding, created=created)


def headers_of(raw: Raw) -> dict[str, str]:
    """The headers at the very beginning, by name in small letters, as far as they reach; of several the first."""
    head = raw.text_head.lstrip("\ufeff\r\n \t")
    headers: dict[str, str] = {}
    at = 0
    while match := _HEADER.match(head, at):
        headers.setdefault(match[1].lower(), match[2])
        at = match.end()
    return headers


def parsed(raw: Raw, looks: str) -> Message:
    """The parts of MIME. ``looks``: the format, a term. Raises BrokenError, TooSlowError.

    The policy is the old one: that of today parses each header when it is asked for, which takes time that grows with
    the square of a long one, and gives no raw bytes of headers that are not in ASCII, as some mail programs write them.
    """
    if raw.data.count(b"\n") > _LINES:
        raise BrokenError(path=raw.path, looks=looks, detail=f"more than {_LINES} lines")
    parser = BytesFeedParser(policy=policy.compat32)
    data = raw.data.lstrip(b"\xef\xbb\xbf\r\n \t")
    for at in range(0, len(data), _BITE):
        parser.feed(data[at : at + _BITE])
        raw.check_time()
    message: Message = parser.close()
    return message


@contextmanager
def mended(raw: Raw, looks: str) -> Iterator[None]:
    """What the email package raises on headers made to break it, or on parts within parts without end, as BrokenError."""
    try:
        yield
    except ExtractorError:
        raise
    except Exception as error:
        raise BrokenError(path=raw.path, looks=looks, detail=type(error).__name__) from error


def inside(part: Message) -> list[Message]:
    """The parts of a part, or the mail that it holds; none of one with content of its own."""
    held = part.get_payload() if part.is_multipart() else None
    return [one for one in held if isinstance(one, Message)] if isinstance(held, list) else []


def leaves(message: Message) -> list[Message]:
    """The parts that hold no others, in their order; a mail within the mail is one."""
    found: list[Message] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and (held := inside(part)):
            waiting.extend(reversed(held))
        else:
            found.append(part)
    return found


def content_of(part: Message) -> bytes:
    """The bytes of a part, decoded from base64 or quoted-printable; damaged base64 as far as it goes."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def charset_of(part: Message) -> str:
    """The character set that a part names; empty if it names none."""
    try:
        return part.get_content_charset() or ""
    except (LookupError, ValueError, TypeError):  # RFC 2231 with a character set that there is not
        return ""


def _root(message: Message, raw: Raw) -> Message:
    """The page: the part that the headers name as the start, or the first that is one."""
    pages = [
        part for part in leaves(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    start = message.get_param("start")
    if isinstance(start, str):
        pages.sort(key=lambda part: str(part.get("Content-ID", "")).strip() != start.strip())
    if not pages:
        raise BrokenError(path=raw.path, looks="mhtml", detail="no page inside")
    return pages[0]
