"""What a file says of itself beside its text: the day it was written, and a headline that the text lacks."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from extractor.reading.places import Writer
from extractor.reading.words import words

CHINA = timezone(timedelta(hours=8))
#: A file that was saved again this much later may have been saved in another year than it was written in.
_SAVED_AGAIN = timedelta(days=31)
#: The first reports in digital form are not older; an earlier day is that of a clock that was not set (1900, 1970, 1980).
_EARLIEST = date(1985, 1, 1)

#: When the empty documents were made that python-docx and WPS begin with (UTC): no date of what is written in them.
TEMPLATES = (datetime(2013, 12, 23, 23, 15), datetime(2014, 10, 29, 12, 8))

#: Longer first lines, and those with a mark at their end, are no headline. In the raw reports 99 % are at most 66 long.
_HEADLINE_LENGTH = 66
_CLOSED = re.compile(r"[。！？；：，…、][”’》）]{0,3}\Z")
_HANZI = re.compile("[\u4e00-\u9fff]")
_BLANK = re.compile(r"\s++")
_FILE_NAME = words()["reading.title.file-name"]
#: Of the pairs of characters in a title, the share that the beginning of the text must have too: a title that
#: stayed from another report (files are often made from older ones) has few.
_SHARED, _BEGINNING = 0.6, 1000


def day_in_china(moment: datetime) -> date:
    """The day of a moment, in China where it names its zone; else as it says."""
    return (moment.astimezone(CHINA) if moment.tzinfo else moment).date()


def day_of(created: datetime | date | None, modified: datetime | date | None) -> date | None:
    """The day on which a file was written: that of its last change, if it was made shortly before; else unknown.

    >>> day_of(date(2021, 3, 25), date(2021, 3, 26)), day_of(date(2019, 1, 4), date(2021, 3, 26)), day_of(None, None)
    (datetime.date(2021, 3, 26), None, None)
    """
    first, last = (day.date() if isinstance(day, datetime) else day for day in (created, modified))
    day = last or first
    if day is None or day < _EARLIEST or (first is not None and day - first > _SAVED_AGAIN):
        return None
    return day


def add_headline(written: Writer, title: str | None, *, shown: bool) -> None:
    """Put the title of the file before a text that begins without a headline; it has no place on any page.

    ``shown``: a reader sees it (the heading of a web page, the subject of a mail). Else it is a property of the file,
    and taken only where the beginning of the text bears it out.

    >>> text = Writer()
    >>> text.add("3月24日，县委召开全县农业工作会议，县长李甲主持。")
    >>> add_headline(text, "县委召开全县农业工作会议", shown=False)
    >>> text.characters.split(chr(10))[0]
    '县委召开全县农业工作会议'
    """
    title = _BLANK.sub(" ", title or "").strip()
    if len(_HANZI.findall(title)) < 4 or len(title) > _HEADLINE_LENGTH or _CLOSED.search(title):
        return
    beginning = written.characters[:_BEGINNING]
    if begins_with_headline(beginning) or (not shown and not _borne_out(title, beginning)):
        return
    written.put_before(title + "\n")


def begins_with_headline(characters: str) -> bool:
    """Whether the first line is short and open, and another one follows."""
    first, end, rest = characters.strip().partition("\n")
    first = first.strip()
    return bool(end and rest) and len(first) <= _HEADLINE_LENGTH and not _CLOSED.search(first)


def _borne_out(title: str, beginning: str) -> bool:
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    return not _FILE_NAME.search(title) and sum(pair in beginning for pair in pairs) >= _SHARED * len(pairs)
