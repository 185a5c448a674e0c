"""Reads mail (``.eml``): subject, body, the one attachment where the body only points at it; other attachments by name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from hashlib import sha256

from extractor.errors import EmptyError, EncryptedError, InputError, UndecodableError, UnknownEncodingError
from extractor.reading import html
from extractor.reading.encodings import decode
from extractor.reading.metadata import add_headline, day_in_china, day_of
from extractor.reading.mhtml import charset_of, content_of, headers_of, inside, leaves, mended, parsed
from extractor.reading.places import Writer
from extractor.reading.text import Raw, Text, base_name, put_together
from extractor.reading.words import words

#: Headers as mail programs write them. A memo has From and Date, too, but no address and no moment in this form.
_SIGNS = {
    "from": re.compile(r"[^\r\n]{0,300}@"),
    "date": re.compile(r"(?:[A-Z][a-z]{2},\s{0,3})?\d{1,2} [A-Z][a-z]{2} \d{2,4} \d{1,2}:\d\d"),
    "message-id": re.compile(r"\s{0,9}<"),
    "received": re.compile(r"(?:from|by|\()"),
    "mime-version": re.compile(r"\d\.\d"),
    "return-path": re.compile(r"<"),
    "delivered-to": re.compile(r"\S{0,300}@"),
}
_SIGNS_NEEDED = 2

_RULES = words()
_REPLY, _POINTS = _RULES["reading.mail.reply"], _RULES["reading.mail.points"]
#: Longer headers are cut: a subject has some dozens of characters.
_LONGEST_HEADER = 4000

#: A body that has no text of its own: so short, or not much longer and about what is attached.
_NOTHING, _COVER = 12, 200
#: Attachments that are looked into, and mails within mails.
_TRIED, _DEPTH = 10, 3


class _Attached(Raw):
    """What is attached to a mail; ``depth``: how many mails it lies in."""

    depth = 1


def accepts(raw: Raw) -> bool:
    """Whether it begins with headers of which at least two are such as only mail has.

    >>> accepts(Raw(b"From: a@example.cn\\nDate: Thu, 25 Mar 2021 09:12:00 +0800\\n\\nx", "a"))
    True
    >>> accepts(Raw(b"From: Office\\nTo: All\\nDate: 2021-03-24\\nVenue: Hall\\n\\nx", "minutes"))
    False
    """
    headers = headers_of(raw)
    return (
        sum(name in headers and sign.match(headers[name]) is not None for name, sign in _SIGNS.items())
        >= _SIGNS_NEEDED
    )


def read(raw: Raw) -> Text:
    """The text of a mail. Raises EmptyError, BrokenError, EncryptedError, and what reading its body or attachment raises."""
    with mended(raw, "eml"):
        return _read(raw, parsed(raw, "eml"))


def _read(raw: Raw, message: Message) -> Text:
    parts = leaves(message)
    kinds = {part.get_content_type() for part in (message, *parts)}
    if "multipart/encrypted" in kinds or any(_is_sealed(part) for part in parts):
        raise EncryptedError(path=raw.path, looks="eml")
    attached = [part for part in parts if _is_attached(part)]
    names = [_name(part, raw) for part in attached]
    sent = _sent(message)
    written, encoding = _body([part for part in parts if not _is_attached(part)], raw)
    if _only_points(written.characters):
        chosen = _one_readable(attached, raw, must=not written.characters.strip())
        if chosen is not None:
            n, text = chosen
            unread = (*names[:n], *names[n + 1 :], *text.unread)
            digest = sha256(raw.data).hexdigest()
            return replace(
                text,
                name=base_name(raw.path),
                media_type="message/rfc822",
                sha256=digest,
                created=text.created or sent,
                unread=unread,
            )
    if not written.characters.strip():
        raise EmptyError(path=raw.path)
    add_headline(written, _REPLY.sub("", _header(message, "subject", raw), count=1), shown=True)
    return put_together(raw, written, "message/rfc822", encoding=encoding, created=sent, unread=tuple(names))


# ---- the body


def _body(parts: list[Message], raw: Raw) -> tuple[Writer, str]:
    """The plain text if there is any, else the page; both are mostly the same."""
    written, encoding = Writer(), "utf-8"
    for part in parts:
        if part.get_content_type() != "text/plain" or not (content := content_of(part)).strip():
            continue
        raw.check_time()
        characters, encoding = html.decoded_as(_within(raw, content), charset_of(part))
        if str(part.get_param("format", "")).lower() == "flowed":
            characters = _reflowed(
                characters, joined="" if str(part.get_param("delsp", "")).lower() == "yes" else " "
            )
        if characters := characters.strip("\n"):
            written.add(("\n" if written.length else "") + characters)
    if written.characters.strip():
        return written, encoding
    for part in parts:
        if part.get_content_type() == "text/html" and (content := content_of(part)).strip():
            try:
                written, encoding, _ = html.page(_within(raw, content), charset_of(part), whole=True)
            except EmptyError:
                continue
            return written, encoding
    return Writer(), encoding


def _within(raw: Raw, content: bytes) -> Raw:
    """A part of the mail's own text; an encoding that the caller forces is meant for it."""
    own = raw.within(content)
    own.encoding = raw.encoding
    return own


def _reflowed(characters: str, joined: str) -> str:
    """Paragraphs of ``format=flowed`` (RFC 3676): a line that ends with a blank goes on in the next one.

    >>> _reflowed("会议强调， \\n要抓好落实。\\n-- \\n李甲", "")
    '会议强调，要抓好落实。\\n-- \\n李甲'
    """
    lines: list[str] = []
    goes_on = False
    for line in characters.split("\n"):
        line = line.removeprefix(" ")
        pieces = line.removesuffix(" ") + joined if (flows := line.endswith(" ") and line != "-- ") else line
        if goes_on:
            lines.append(pieces)
        else:
            lines.append(("\n" if lines else "") + pieces)
        goes_on = flows
    return "".join(lines)


def _only_points(body: str) -> bool:
    bare = "".join(body.split())
    return len(bare) <= _NOTHING or (len(bare) <= _COVER and _POINTS.search(bare) is not None)


# ---- what is attached


def _is_sealed(part: Message) -> bool:
    return part.get_content_type() in ("application/pkcs7-mime", "application/x-pkcs7-mime") and (
        part.get_param("smime-type") not in ("signed-data", "certs-only")
    )


def _is_attached(part: Message) -> bool:
    """Whether a reader sees it as an attachment: not the text, nor a picture that stands in it."""
    kind, disposition = part.get_content_type(), part.get_content_disposition()
    if disposition == "attachment":
        return True
    if part.get_content_maintype() == "image" and ("Content-ID" in part or disposition == "inline"):
        return False
    return kind not in ("text/plain", "text/html") or part.get_filename() is not None


def _name(part: Message, raw: Raw) -> str:
    """The name of an attachment, decoded; of a mail its subject; else what kind it is."""
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):  # RFC 2231 with a character set that there is not
        name = ""
    if not name and (held := inside(part)):
        name = _header(held[0], "subject", raw)
    return " ".join(_unfolded(name, raw).split())[:_LONGEST_HEADER] or part.get_content_type()


def _one_readable(attached: list[Message], raw: Raw, *, must: bool) -> tuple[int, Text] | None:
    """The one attachment that can be read, and its text; pictures only if there is nothing else.

    None if there are several, or none; if there ``must`` be one, the error that the only attachment raises.
    """
    from extractor.reading import read_raw  # it knows this module

    depth = raw.depth + 1 if isinstance(raw, _Attached) else 1
    if depth > _DEPTH or len(attached) > _TRIED:
        return None
    papers = [n for n, part in enumerate(attached) if part.get_content_maintype() != "image"]
    found: list[tuple[int, Text]] = []
    for n in papers or range(len(attached)):
        one = _Attached(_whole(attached[n]), raw.path, None, raw.on_damage, raw.limits, raw.clock)
        one.depth = depth
        try:
            found.append((n, read_raw(one)))
        except InputError:
            if must and len(attached) == 1:
                raise
        raw.check_time()
    return found[0] if len(found) == 1 else None


def _whole(part: Message) -> bytes:
    held = inside(part)
    return held[0].as_bytes() if held else content_of(part)


# ---- headers


def _header(message: Message, name: str, raw: Raw) -> str:
    """A header, decoded (RFC 2047), or from the bytes that some mail programs write as they are."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return _unfolded(value[:_LONGEST_HEADER], raw)


def _unfolded(value: str, raw: Raw) -> str:
    if not value.isascii():  # bytes, kept as halves of surrogates
        value = _decoded(value.encode("utf-8", "surrogateescape"), "", raw)
    try:
        words = decode_header(value.replace("\r", "").replace("\n", ""))
    except (HeaderParseError, ValueError):
        return value
    return "".join(
        word if isinstance(word, str) else _decoded(word, charset or "", raw) for word, charset in words
    )


def _decoded(data: bytes, charset: str, raw: Raw) -> str:
    for encoding in (charset, None):
        if encoding == "":
            continue
        try:
            return decode(data, raw.path, encoding, "stop")[0]
        except (InputError, UndecodableError, UnknownEncodingError):
            pass
    return data.decode("utf-8", "replace")


def _sent(message: Message) -> date | None:
    """The day on which it was sent, in China."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == "date"), "")
    try:
        moment = parsedate_to_datetime(value[:100])
        return day_of(day_in_china(moment), None)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
