"""Reads web pages: the headline, what is printed about the story, and the story, without what a site puts around it.

trafilatura says which part of a page is the story. Which lines that part has is read from the page itself, so that
no short line, repeated line or cell of a table gets lost between the long paragraphs that trafilatura is after.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from extractor.errors import EmptyError, UndecodableError, UnknownEncodingError
from extractor.reading.encodings import decode
from extractor.reading.extras import need
from extractor.reading.metadata import add_headline, day_of
from extractor.reading.page_head import SITE_NAME, metas_of, parts_of, published, titles_of, without_site
from extractor.reading.places import Writer
from extractor.reading.plain import decoded
from extractor.reading.text import Raw, Text, put_together
from extractor.reading.webpage import SPACE, Block, Walk, parsed, remove_unseen
from extractor.reading.words import words

_PROLOGUE = re.compile(r"(?:[\s\ufeff]++|<\?xml[^<>]{0,400}\?>|<!--(?:[^-]++|-(?!->))*+-->)*+", re.DOTALL)
_DOCUMENT = re.compile(r"<!doctype\s{1,9}html|<(?:html|head|body|title|frameset|meta)[\s>]", re.IGNORECASE)
#: A page without a head: it begins with a block and closes several. Plain reports with litter have one or two tags.
_BLOCK = r"(?:div|p|table|section|article|main|center|h[1-6]|font|span|ul|ol|tbody|tr)"
_FRAGMENT = re.compile(rf"<{_BLOCK}(?:\s[^<>]*+)?>", re.IGNORECASE)
_CLOSING = re.compile(rf"</{_BLOCK}\s?>", re.IGNORECASE)
_CLOSINGS = 3

_DECLARED = re.compile(
    rb"""<meta[^<>]{0,300}?\bcharset\s{0,5}=\s{0,5}["']?([\w-]{2,20})|<\?xml[^<>]{0,200}?\bencoding\s{0,5}=\s{0,5}["']([\w-]{2,20})""",
    re.IGNORECASE,
)
#: Believed if the bytes fit. Pages that say iso-8859-1 do so because a program wrote it, and every byte fits that.
_BELIEVED = re.compile(r"(?:gb|x-gbk|big5|hz|cp936|cp950|euc|shift|iso-2022|utf-7)[^\n]*+", re.IGNORECASE)
_SEVEN_BIT = re.compile(r"hz|iso-2022|utf-7", re.IGNORECASE)

#: Beyond so many elements a page is no article, and trafilatura takes five seconds or more.
_ELEMENTS = 20_000
#: Stretches of so many characters, of which a line shares more than half with what trafilatura found, if it is of it.
#: Every fourth stretch of what was found is remembered.
_STRETCH, _STEP = 8, 4
_RULES = words()
_AT_BLANKS, _OFFICE = _RULES["reading.web.breaks-at-blanks"], _RULES["reading.web.office"]


def accepts(raw: Raw) -> bool:
    """Whether this is a page, or a piece of one; plain text with some litter of markup is not.

    >>> accepts(Raw(b"\\xef\\xbb\\xbf<!-- saved --><!DOCTYPE html><p>", "a")), accepts(Raw("会议<p>强调</p><br/>".encode(), "a"))
    (True, False)
    """
    head = raw.text_head.replace("\0", "")  # UTF-16 without a mark
    prologue = _PROLOGUE.match(head)
    start = prologue.end() if prologue else 0
    if _DOCUMENT.match(head, start):
        return True
    return _FRAGMENT.match(head, start) is not None and len(_CLOSING.findall(head)) >= _CLOSINGS


def read(raw: Raw) -> Text:
    """The text of a page. Raises EmptyError, BrokenError, TooLargeError, MissingExtraError, UndecodableError."""
    written, encoding, created = page(raw)
    return put_together(raw, written, "text/html", encoding=encoding, created=created)


def page(raw: Raw, declared: str = "", *, whole: bool = False) -> tuple[Writer, str, date | None]:
    """The text of a page, its encoding, and the day of publication that its head gives. Raises what ``read`` raises.

    ``declared``: the encoding that stands outside of the page (in a saved page, a mail); ``whole``: nothing in it is
    furniture, as in a mail, or in what an office program saved as a page.
    """
    raw.check("xml", len(raw.data))
    trafilatura = need("trafilatura", raw, "html", "html")
    etree = need("lxml.etree", raw, "html", "html")
    if not declared and (found := _DECLARED.search(raw.data[:8192])):
        declared = (found[1] or found[2]).decode("ascii", "replace")
    characters, encoding = decoded_as(raw, declared)
    tree, described = parsed(raw, characters)
    raw.check_time()
    metas, titles = metas_of(tree), list(titles_of(tree))
    created = day_of(published(tree, metas, described), None)
    remove_unseen(tree, etree)
    made_by = metas.get("generator", "")
    blocks = Walk(at_blanks=_AT_BLANKS.search(made_by) is not None).blocks_of(tree, etree)
    raw.check_time()
    if not blocks:
        raise EmptyError(path=raw.path)
    if whole or _OFFICE.search(made_by):
        written = _written(blocks, range(len(blocks)))
        add_headline(written, next(iter(titles), None), shown=False)
        return written, encoding, created
    story = _story(blocks, _found(tree, trafilatura))
    head = _headline(blocks, story, titles)
    written = _written(blocks, story if head is None else _from_headline(blocks, story, head))
    if head is None:
        add_headline(
            written, next((name for title in titles if (name := without_site(title))), None), shown=True
        )
    return written, encoding, created


def decoded_as(raw: Raw, declared: str) -> tuple[str, str]:
    """Characters and encoding: forced, by its mark, or UTF-8 if it is that; else as declared, if that fits, or as detected."""
    marked = b"\0" in raw.data or raw.data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    believed = raw.encoding is None and not marked and _BELIEVED.fullmatch(declared)
    if believed and (_SEVEN_BIT.match(declared) or not _fits(raw, "utf-8")) and _fits(raw, declared):
        raw = Raw(raw.data, raw.path, declared, raw.on_damage, raw.limits, raw.clock)
    characters, encoding, _ = decoded(raw)
    return characters, encoding


def _fits(raw: Raw, encoding: str) -> bool:
    try:
        decode(raw.data, raw.path, encoding, "stop")
    except (UndecodableError, UnknownEncodingError):
        return False
    return True


def _found(tree: Any, trafilatura: Any) -> list[str] | None:
    """What trafilatura takes for the story, piece by piece, without blanks; None where it cannot be asked, or finds nothing."""
    if tree.xpath("count(//*)") > _ELEMENTS:
        return None
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it is talkative about odd pages
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, include_tables=True, deduplicate=False
        )
    except Exception:  # whatever it raises on a page that no browser minds, the page can be read without it
        return None
    if found is None or found.body is None:
        return None
    return [bare for piece in found.body.itertext() if (bare := SPACE.sub("", piece))]


def _story(blocks: list[Block], pieces: list[str] | None) -> list[int]:
    """The lines of the story, by number: from the first to the last that trafilatura found, and those set like them.

    Of what it found, a site may have put some after the story (the beginnings of others): that stands behind a line of
    furniture, and in another element than the story.
    """
    kept = _kept(blocks, pieces) if pieces else [not (x.aside or x.leads) for x in blocks]
    taken = {n for n, x in enumerate(blocks) if kept[n] and not x.is_furniture}
    sizes = Counter(x.element for x in blocks)
    holders = [x.element if sizes[x.element] > 1 else x.element.getparent() for x in blocks]
    story = _main(blocks, holders, taken)
    ends = sorted(n for n in taken if holders[n] in story and not blocks[n].leads)
    if not ends:
        return list(range(len(blocks)))
    first, last = ends[0], ends[-1]

    def belongs(n: int) -> bool:
        return (
            0 <= n < len(blocks)
            and holders[n] in story
            and not (blocks[n].is_furniture or blocks[n].leads or blocks[n].aside)
        )

    while belongs(first - 1):
        first -= 1
    while belongs(last + 1):
        last += 1
    return [
        n
        for n in range(first, last + 1)
        if n in taken or not (blocks[n].is_furniture or blocks[n].leads or blocks[n].aside)
    ]


def _main(blocks: list[Block], holders: list[Any], taken: set[int]) -> set[Any]:
    """The elements that hold the story: the one with most text, and those without a line of furniture between it and them."""
    weights: Counter[Any] = Counter()
    stretches: list[set[Any]] = [set()]
    for n, block in enumerate(blocks):
        if block.is_furniture:
            stretches.append(set())
        elif n in taken and not block.leads:
            weights[holders[n]] += len(block.bare)
            stretches[-1].add(holders[n])
    main = max(weights, key=weights.__getitem__, default=None)
    return {holder for stretch in stretches if main in stretch for holder in stretch}


def _kept(blocks: list[Block], pieces: list[str]) -> list[bool]:
    """Which lines trafilatura found: whole, or more than half of their stretches."""
    whole = set(pieces)
    stretches = {x[i : i + _STRETCH] for x in pieces for i in range(0, len(x) - _STRETCH + 1, _STEP)}

    def found(bare: str) -> bool:
        if bare in whole:
            return True
        of = len(bare) - _STRETCH + 1
        return of > 0 and sum(bare[i : i + _STRETCH] in stretches for i in range(of)) * _STEP * 2 > of

    return [found(x.bare) for x in blocks]


def _written(blocks: list[Block], chosen: Iterable[int]) -> Writer:
    written = Writer()
    for number, n in enumerate(chosen, 1):
        written.add(("\n" if number > 1 else "") + blocks[n].text, paragraph=number)
    return written


def _from_headline(blocks: list[Block], story: list[int], head: int) -> list[int]:
    """The story with the headline, and with what is printed between them: other headlines, source, day of publication."""
    between = (
        n for n in range(head, story[0]) if not (blocks[n].is_furniture or blocks[n].leads or blocks[n].aside)
    )
    return sorted({head, *between, *story})


def _headline(blocks: list[Block], story: list[int], titles: list[str]) -> int | None:
    """The last line before the text that the title of the page holds; else a heading there. A logo is neither."""
    wanted = {SPACE.sub("", part) for title in titles for part in parts_of(title)}

    def may_be(n: int) -> bool:
        block = blocks[n]
        logo = n < story[0] - 1 and SITE_NAME.fullmatch(block.text)
        return not (logo or block.leads or block.aside or block.is_furniture)

    before = [n for n in range(min(story[0] + 2, len(blocks))) if may_be(n)]
    named = [n for n in before if len(blocks[n].bare) >= 4 and blocks[n].bare in wanted]
    headings = [n for n in before if n < story[0] and blocks[n].heading]
    return next(reversed(named or headings), None)
