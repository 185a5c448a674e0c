"""Reads Markdown: the text without its marks, one paragraph a line. Only what is surely Markdown is taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

from extractor.reading.metadata import add_headline, begins_with_headline, day_of
from extractor.reading.page_head import day_of_moment
from extractor.reading.places import Writer
from extractor.reading.plain import decoded
from extractor.reading.text import Raw, Text, put_together
from extractor.reading.webpage import joins

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Longer files are read as they are: markdown-it takes 1 µs per character of a report, up to 75 of one made to be slow.
_LARGEST = 256 * 1024

#: Characters in which a headline is looked for.
_BEGINNING = 1000

#: Keys at the head of a file, between lines of dashes.
_FRONT = re.compile(r"\s{0,99}---[ \t]{0,9}\n((?:[^\n]*+\n){1,100}?)(?:---|\.\.\.)[ \t]{0,9}(?:\n|\Z)")
_KEY = re.compile(r"^([\w-]{1,40})[ \t]{0,9}:[ \t]{0,9}([^\n]*+)$", re.MULTILINE)
_TITLES, _DAYS = ("title", "标题"), ("date", "published", "pubdate", "日期")

_HEADING = re.compile(r"^#{1,6}[ \t]++[^\s#]", re.MULTILINE)
#: 12 of 8 382 plain reports have lines between upright bars, none has the line of dashes under the first of them.
_TABLE = re.compile(
    r"^\|?[ \t]{0,9}:?-{3,99}:?[ \t]{0,9}\|(?:[ \t]{0,9}:?-{3,99}:?[ \t]{0,9}\|?){1,50}[ \t]{0,9}$",
    re.MULTILINE,
)
_LINK = re.compile(r"!?\[[^\[\]\n]{0,200}\]\((?:https?://|\.{0,2}/|#)[^()\s]++\)")
_STRONG = re.compile(r"\*\*[^\s*][^*\n]{0,200}(?<!\s)\*\*")
#: One heading is not enough: minutes typed in plain text put a # before their first line. One of 8 382 plain reports
#: has one pair of stars, none a heading or a link.
_STRONG_NEEDED, _HEADINGS_NEEDED = 3, 2

#: Stars that CommonMark does not take for marks, since a Chinese mark stands inside them: **时间：**3月24日.
_LEFT_STARS = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_TAG = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+(?:-->)?|<(script|style)\b(?:[^<]++|<(?!/\1))*+(?:</\1[^<>]{0,99}>)?|</?[A-Za-z][^<>]*+>",
    re.DOTALL | re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
#: Lines of a paragraph that are lines to its writer: behind a closing mark, and those with a label or a number.
_CLOSED = re.compile(r"[。！？；：…][”’》）]?\Z")
_LABELLED = re.compile(r"[^，。：\n]{1,10}：|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


def accepts(raw: Raw) -> bool:
    """Whether it is surely Markdown: it has keys at its head, headings, a table, links, or much in bold.

    >>> accepts(Raw("# 会议纪要\\n\\n## 议题".encode(), "a")), accepts(Raw("1. 预算\\n2. 人事\\n---\\n会议#1".encode(), "a"))
    (True, False)
    """
    if len(raw.data) > _LARGEST:
        return False
    head = raw.text_head.replace("\r\n", "\n").replace("\r", "\n")
    return bool(
        _front_matter(head)[0]
        or _TABLE.search(head)
        or _LINK.search(head)
        or len(_HEADING.findall(head)) >= _HEADINGS_NEEDED
        or (strong := len(_STRONG.findall(head))) >= _STRONG_NEEDED
        or (strong and _HEADING.match(head.lstrip()))
    )


def read(raw: Raw) -> Text:
    """The text without its marks. Raises EmptyError, UndecodableError."""
    characters, encoding, _ = decoded(raw)
    front, end = _front_matter(characters)
    from markdown_it import MarkdownIt

    parser = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code"])
    )  # reports indent paragraphs
    written = Writer()
    for number, block in enumerate(_blocks(parser.parse(characters[end:])), 1):
        raw.check_time()
        written.add(("\n" if number > 1 else "") + block, paragraph=number)
    _add_title(written, next((front[key] for key in _TITLES if key in front), ""))
    day: date | None = next((day_of_moment(front[key]) for key in _DAYS if key in front), None)
    return put_together(raw, written, "text/markdown", encoding=encoding, created=day_of(day, None))


def _add_title(written: Writer, title: str) -> None:
    """The title at the head of a file is printed above the text, whatever headings follow, unless one says the same."""
    bare = "".join(title.split())
    if bare and bare not in ("".join(line.split()) for line in written.characters[:_BEGINNING].split("\n")):
        if begins_with_headline(written.characters[:_BEGINNING]):
            written.put_before(f"{title}\n")
        else:
            add_headline(written, title, shown=True)


def _front_matter(characters: str) -> tuple[dict[str, str], int]:
    """The keys at the head of a file, and where they end; none without a title or a day among them."""
    if match := _FRONT.match(characters):
        keys = {key.lower(): value.strip().strip("\"'") for key, value in _KEY.findall(match[1])}
        if any(key in keys for key in (*_TITLES, *_DAYS)):
            return keys, match.end()
    return {}, 0


def _blocks(tokens: list[Token]) -> Iterator[str]:
    """The paragraphs; a row of a table is one, its cells parted by tabs."""
    number = ""
    row: list[str] | None = None
    for token in tokens:
        said: list[str] = []
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "list_item_close":
            number = ""
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            said, row = ["\t".join(row)], None
        elif token.type == "inline":
            if row is None:
                said = _inline(token.children or []).split("\n")
            else:
                row.append(_inline(token.children or []).replace("\n", " "))
        elif token.type in ("fence", "code_block"):
            said = token.content.split("\n")
        elif token.type == "html_block":
            said = unescape(_TAG.sub("", _BREAK.sub("\n", token.content))).split("\n")
        for line in said:
            if line := line.strip():
                yield number + line
                number = ""


def _inline(children: list[Token]) -> str:
    """The characters that a reader sees, with line ends where he sees them."""
    lines = [""]
    for child in children:
        if child.type in ("text", "text_special", "code_inline"):
            lines[-1] += child.content
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and _BREAK.fullmatch(child.content)
        ):
            if child.type != "softbreak":
                lines[-1] += "\n"
            lines.append("")
    text = lines[0]
    for line in lines[1:]:
        if not text.endswith("\n"):
            apart = _CLOSED.search(text) or _LABELLED.match(line.lstrip())
            text += "\n" if apart else "" if joins(text[-1:], line[:1]) else " "
        text += line
    return _LEFT_STARS.sub(r"\1", text)
