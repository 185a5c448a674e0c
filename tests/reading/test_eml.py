from __future__ import annotations

import base64
import hashlib
import sys
from datetime import date
from email.message import EmailMessage

import pytest

from extractor.errors import BrokenError, EmptyError, EncryptedError, MissingExtraError
from extractor.reading import Text, read_bytes
from tests.reading.alike import NAMES, assert_alike, paragraphs, said, sample

LINE = "3月24日，县委召开全县农业工作会议，县委书记李甲主持会议并讲话，县长王乙作工作报告。"
SUBJECT = "县委召开全县农业工作会议"


def mail(subject: str = SUBJECT, day: str = "Thu, 25 Mar 2021 09:12:00 +0800") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "办公室 <office@example.cn>", "archive@example.cn"
    message["Subject"], message["Date"], message["Message-ID"] = subject, day, "<1@example.cn>"
    return message


def attach(message: EmailMessage, data: bytes, name: str, kind: str = "application/octet-stream") -> None:
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)


def read(message: EmailMessage | bytes) -> Text:
    return read_bytes(message if isinstance(message, bytes) else message.as_bytes(), "a.eml")


def raw(body: bytes, kind: str = "text/plain", *more: bytes, subject: bytes = b"x") -> bytes:
    head = [
        b"From: a@example.cn",
        b"Subject: " + subject,
        b"Date: Thu, 25 Mar 2021 09:12:00 +0800",
        b"MIME-Version: 1.0",
    ]
    return b"\r\n".join([*head, b"Content-Type: " + kind.encode(), *more, b"", body])


# ---- the body


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_report_as_the_body(name: str, charset: str) -> None:
    message = mail(paragraphs(name)[0])
    message.set_content(sample(name), charset=charset)
    message.add_alternative("<p>另一种格式</p>", subtype="html")
    text = read(message)
    assert_alike(text, name)
    assert (text.media_type, text.encoding, text.created) == ("message/rfc822", charset, date(2021, 3, 25))
    assert (text.sha256, text.unread) == (hashlib.sha256(message.as_bytes()).hexdigest(), ())


@pytest.mark.parametrize("name", NAMES)
def test_a_report_as_a_page(name: str) -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError, reason="pip install -e '.[dev]'")
    message = mail(paragraphs(name)[0])
    message.set_content("<div>" + "".join(f"<p>{x}</p>" for x in paragraphs(name)) + "</div>", subtype="html")
    assert_alike(read(message), name)


@pytest.mark.parametrize(
    "subject", [SUBJECT, f"转发：Re: {SUBJECT}", f"Fw:Fwd: 回复: {SUBJECT}", f"答复：{SUBJECT}"]
)
def test_the_subject_is_the_headline_of_a_body_without_one(subject: str) -> None:
    message = mail(subject)
    message.set_content(LINE + "\n会议强调，要抓好落实。\n\n> 引文\n-- \n李甲\n")
    assert read(message).characters == f"{SUBJECT}\n{LINE}\n会议强调，要抓好落实。\n\n> 引文\n-- \n李甲"


def test_a_body_with_a_headline_keeps_its_own() -> None:
    message = mail("请编发")
    message.set_content(f"{SUBJECT}\n{LINE}\n")
    assert read(message).characters == f"{SUBJECT}\n{LINE}"


@pytest.mark.parametrize(
    "subject",
    [
        SUBJECT.encode("gb18030"),
        SUBJECT.encode(),
        b"=?gb2312?B?" + base64.b64encode(SUBJECT.encode("gbk")) + b"?=",
        b"=?utf-8?B?"
        + base64.b64encode(SUBJECT.encode()[:16])
        + b"?=\r\n =?utf-8?B?"
        + base64.b64encode(SUBJECT.encode()[16:])
        + b"?=",
        b"=?no-such-set?B?" + base64.b64encode(SUBJECT.encode("gbk")) + b"?=",
    ],
    ids=["raw gbk", "raw utf-8", "gb2312", "split", "wrong"],
)
def test_subjects_of_chinese_mail_programs(subject: bytes) -> None:
    assert read(raw(LINE.encode(), subject=subject)).characters == f"{SUBJECT}\n{LINE}"


def test_what_only_looks_like_an_answer_stays_in_the_subject() -> None:
    subject = f"Before: {SUBJECT}".encode()
    assert read(raw(LINE.encode(), subject=subject)).characters == f"Before: {SUBJECT}\n{LINE}"


@pytest.mark.parametrize(
    ("charset", "encoding", "found"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("", "gb18030", "gb18030"),
        ("us-ascii", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("hz-gb-2312", "hz", "hz"),
        ("utf-8", "gb18030", "gb18030"),
    ],
)
def test_character_sets(charset: str, encoding: str, found: str) -> None:
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    text = read(raw(LINE.encode(encoding), kind, b"Content-Transfer-Encoding: 8bit"))
    assert (text.characters, text.encoding) == (LINE, found)


def test_flowed_text() -> None:
    body = f"{LINE[:20]} \r\n{LINE[20:]}\r\n-- \r\n李甲".encode()
    kind = "text/plain; charset=utf-8; format=flowed; delsp=yes"
    assert read(raw(body, kind)).characters == f"{LINE}\n-- \n李甲"


@pytest.mark.parametrize(
    ("day", "created"),
    [
        ("Wed, 24 Mar 2021 23:30:00 +0000", date(2021, 3, 25)),
        ("25 Mar 2021 00:30:00 +0800", date(2021, 3, 25)),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("Thu, 45 Mar 2021 09:12:00 +0800", None),
    ],
)
def test_the_day_of_sending(day: str, created: date | None) -> None:
    data = raw(LINE.encode()).replace(b"Thu, 25 Mar 2021 09:12:00 +0800", day.encode())
    assert read(data).created == created


# ---- attachments


def test_attachments_are_named_and_pictures_in_the_text_are_not() -> None:
    message = mail()
    message.set_content(f"{LINE}\n附件是签到表。{'会议强调，要抓好落实。' * 30}\n")
    attach(message, b"%PDF-1.7", "签到 表.pdf", "application/pdf")
    message.add_attachment(
        b"\x89PNG", maintype="image", subtype="png", disposition="inline", filename="logo.png", cid="<1@x>"
    )
    inner = mail("旧邮件")
    inner.set_content("旧的内容")
    message.add_attachment(inner)
    text = read(message)
    assert text.unread == ("签到 表.pdf", "旧邮件")
    assert text.characters.startswith(f"{SUBJECT}\n{LINE}")


@pytest.mark.parametrize("cover", ["", "见附件", "王科长：\n会议报道见附件，请查收。\n\n办公室 李甲"])
@pytest.mark.parametrize("name", NAMES)
def test_the_one_attachment_is_read_where_the_body_points_at_it(cover: str, name: str) -> None:
    message = mail()
    message.set_content(cover)
    attach(message, sample(name).encode("gb18030"), "报道.txt")
    text = read(message)
    assert_alike(text, name)
    assert (text.media_type, text.encoding, text.unread) == ("message/rfc822", "gb18030", ())
    assert (text.created, text.sha256) == (date(2021, 3, 25), hashlib.sha256(message.as_bytes()).hexdigest())


def test_what_else_is_attached_stays_named() -> None:
    message = mail()
    message.set_content("见附件")
    attach(message, b"\x89PNG\r\n\x1a\n", "照片.png", "image/png")
    attach(message, LINE.encode(), "报道.txt", "text/plain")
    attach(message, b"PK\x05\x06" + bytes(18), "资料.zip")
    text = read(message)
    assert (text.characters, text.unread) == (LINE, ("照片.png", "资料.zip"))


def test_of_two_readable_attachments_none_is_chosen() -> None:
    message = mail()
    message.set_content("两份报道见附件，请查收。")
    attach(message, LINE.encode(), "一.txt")
    attach(message, LINE.encode(), "二.txt")
    text = read(message)
    assert (text.characters, text.unread) == (f"{SUBJECT}\n两份报道见附件，请查收。", ("一.txt", "二.txt"))


def test_a_mail_sent_on_as_an_attachment() -> None:
    inner, outer = mail(), mail("转发：报道", "Fri, 26 Mar 2021 09:12:00 +0800")
    inner.set_content(LINE)
    outer.set_content("")
    outer.add_attachment(inner)
    text = read(outer)
    assert (text.characters, text.created, text.unread) == (f"{SUBJECT}\n{LINE}", date(2021, 3, 25), ())


def test_mails_in_mails_are_read_to_a_depth() -> None:
    message = mail("第1封")
    message.set_content(LINE)
    for n in range(2, 8):
        outer = mail(f"第{n}封")
        outer.set_content("见附件")
        outer.add_attachment(message)
        message = outer
    text = read(message)
    assert (text.characters, text.unread) == ("见附件", ("第3封",))


def test_an_attachment_that_needs_more_is_said_where_there_is_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    message = mail()
    message.set_content("")
    attach(message, f"<!DOCTYPE html><p>{LINE}</p>".encode(), "报道.html")
    with pytest.raises(MissingExtraError):
        read(message)


# ---- told by content


@pytest.mark.parametrize(
    "characters",
    [
        "Date: 2021-03-24\nVenue: Hall 3\nPresent: Li, Wang\n\n会议开始。",
        "From: 县委办公室\nTo: 各乡镇\nDate: 2021年3月24日\nSubject: 会议纪要\n\n会议开始。",
        "时间：2021年3月24日\n地点：三楼\n\n会议开始。",
        "From: a@example.cn\n\n会议开始。",
        "会议开始。\nFrom: a@example.cn\nDate: Thu, 25 Mar 2021 09:12:00 +0800\n",
    ],
)
def test_minutes_with_labels_are_text(characters: str) -> None:
    text = read(characters.encode())
    assert (text.media_type, text.characters) == ("text/plain", characters)


# ---- damaged, sealed, made to do harm


def test_an_empty_mail() -> None:
    message = mail()
    message.set_content(" \n")
    with pytest.raises(EmptyError):
        read(message)


@pytest.mark.parametrize(
    "kind", ["application/pkcs7-mime; smime-type=enveloped-data", 'multipart/encrypted; boundary="x"']
)
def test_a_sealed_mail(kind: str) -> None:
    with pytest.raises(EncryptedError):
        read(raw(b"--x\r\n\r\nabc\r\n--x--", kind))


def test_without_the_extra_a_mail_in_plain_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    message = mail()
    message.set_content(LINE)
    message.add_alternative(f"<p>{LINE}</p>", subtype="html")
    assert LINE in read(message).characters
    message = mail()
    message.set_content(f"<p>{LINE}</p>", subtype="html")
    with pytest.raises(MissingExtraError) as caught:
        read(message)
    assert caught.value.arguments["extra"] == "html"


@pytest.mark.parametrize(
    "data",
    [
        raw(LINE.encode(), "text/plain; charset*=x'y'%zz; format*0*=%; name*5*=a"),
        raw(LINE.encode(), "text/plain; charset=" + "a" * 50_000),
        raw(LINE.encode(), "(" * 50_000),
        raw(LINE.encode(), "text/plain", subject=b"=?utf-8?B?" * 50_000),
        raw(LINE.encode(), "text/plain", b"Received: " + b"a " * 500_000),
        raw(LINE.encode(), "text/plain", *(b"To: a@example.cn",) * 100_000),
        raw(LINE.encode(), "text/plain", b"Content-Transfer-Encoding: no-such"),
    ],
)
def test_odd_headers_do_no_harm(data: bytes) -> None:
    assert read(data).characters.endswith(LINE)


@pytest.mark.parametrize(
    "data",
    [
        raw(b"\n" * 5_000_000),
        raw(
            b"".join(
                f'--{n}\nContent-Type: multipart/mixed; boundary="{n + 1}"\n\n'.encode() for n in range(5000)
            ),
            'multipart/mixed; boundary="0"',
        ),
        raw(
            b"--x\r\nContent-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\n" * 1
            + b"Content-Type: message/rfc822\r\n\r\n" * 5000,
            'multipart/mixed; boundary="x"',
        ),
    ],
    ids=["lines", "parts in parts", "mails in mails"],
)
def test_mails_made_to_do_harm(data: bytes) -> None:
    with pytest.raises(BrokenError):
        read(data)


def test_the_record_warns_of_what_was_not_read() -> None:
    message = mail()
    message.set_content(f"{LINE}\n{'会议强调，要抓好落实。' * 30}")
    attach(message, b"%PDF-1.7", "签到表.pdf", "application/pdf")
    assert "parts-unread" in str(said(read(message))["warnings"])
