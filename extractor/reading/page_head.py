"""What the head of a web page says: its title, and the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from extractor.reading.metadata import day_in_china
from extractor.reading.webpage import LONG_VALUE, SPACE
from extractor.reading.words import words

_RULES = words()
_LD_DAY = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\n]{8,40})"')
_DAY = re.compile(r"((?:19|20)\d\d)(?:[-/.年]([01]?\d)[-/.月]([0-3]?\d)(?!\d)|([01]\d)([0-3]\d)(?!\d))")
SITE_NAME, _PARTING = _RULES["reading.web.site"], _RULES["reading.web.parting"]


def titles_of(tree: Any) -> Iterator[str]:
    """What the head gives as a title: of the article first, then of the page."""
    metas = metas_of(tree)
    yield from (metas[name] for name in _RULES.lists["title_names"].words if name in metas)
    title = tree.find(".//title")
    if title is not None and (text := SPACE.sub(" ", "".join(title.itertext())).strip()):
        yield text


def parts_of(title: str) -> list[str]:
    """A title, and all that it may be without the names of the site and the column, before or behind.

    >>> parts_of("县委召开会议_东山要闻")
    ['县委召开会议_东山要闻', '县委召开会议', '东山要闻']
    """
    ends = [m.span() for m in _PARTING.finditer(title[:LONG_VALUE])][:9]
    return [title, *(title[:start] for start, _ in ends), *(title[end:] for _, end in ends)]


def without_site(title: str) -> str:
    """The longest part of a title that is no name of a site or a column.

    >>> without_site("东山县人民政府 - 东山要闻 - 中国-东盟合作会议召开"), without_site("东山县人民政府")
    ('中国-东盟合作会议召开', '')
    """
    parts = (part for part in _PARTING.split(title[:LONG_VALUE]) if not SITE_NAME.fullmatch(part))
    return max(parts, key=len, default="")


def metas_of(tree: Any) -> dict[str, str]:
    """What the head says by name, in small letters: the first of each."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop")
        if name and (content := meta.get("content", "").strip()):
            metas.setdefault(name.strip().lower(), content)
    return metas


def published(tree: Any, metas: dict[str, str], described: list[str]) -> date | None:
    """The day of publication that the head of the page gives, or that all times in its text agree on; no other is guessed."""
    for name in _RULES.lists["day_names"].words:
        if name in metas and (day := day_of_moment(metas[name])):
            return day
    given = (match[1] for script in described for match in _LD_DAY.finditer(script))
    if len(days := {day for value in given if (day := day_of_moment(value))}) == 1:
        return days.pop()
    marked = {day_of_moment(time.get("datetime") or "") for time in tree.iter("time")}
    return marked.pop() if len(marked) == 1 else None


def day_of_moment(value: str) -> date | None:
    """The day of a moment, in China where it names another zone.

    >>> day_of_moment("2021-03-25 09:12"), day_of_moment("2021-03-24T17:30:00Z"), day_of_moment("20210325"), day_of_moment("2021")
    (datetime.date(2021, 3, 25), datetime.date(2021, 3, 25), datetime.date(2021, 3, 25), None)
    """
    try:
        return day_in_china(datetime.fromisoformat(value.strip()))
    except (ValueError, OverflowError):
        pass
    if match := _DAY.match(value.strip()):
        year, month, day, month2, day2 = match.groups()
        try:
            return date(int(year), int(month or month2), int(day or day2))
        except ValueError:
            return None
    return None
