"""Names of meetings: where they end, what does not belong to them, and which names may mean one meeting."""

from __future__ import annotations

import re

from extractor.language.types import Extent
from extractor.rules import load

_RULES = load("event")
_MEETING, _ENDS, _LEAD = (_RULES[f"event.{x}"] for x in ("meeting", "name.ends", "name.lead"))
_JOINTLY, _UNCOUNTED, _HEARD_OF = (_RULES[f"event.{x}"] for x in ("jointly", "uncounted", "heard_of"))
_ATTENDS = _RULES["event.attends"]
_BODY = re.compile(rf"[次届][^，。；]{{0,12}}{_RULES.lists['bodies'].alternation}\Z")
_NAMELESS = _RULES.words("nameless")
_YEAR = re.compile(r"\A(?:19|20)[0-9]{2}(?:[-—](?:19|20)?[0-9]{2})?(?:学?年度?)?")
_QUOTES = "”’ "
#: Shortest and longest name of a meeting, in code points; the longest of the gold reports has 71.
_SHORTEST, _LONGEST = 3, 110
#: Share of the characters of the shorter name that the longer holds where both may name one meeting.
ALIKE = 0.7


def is_meeting(stretch: str) -> bool:
    """Whether a stretch ends as names of meetings do.

    >>> [is_meeting(x) for x in ("全县工作会议", "“守初心”座谈会", "县总工会", "第七次常务理事会")]
    [True, True, False, True]
    """
    part = stretch.rstrip(_QUOTES)
    heads = [m.end("head") for m in _MEETING.finditer(part) if m["head"]]
    return bool(heads and heads[-1] == len(part)) or _BODY.search(part) is not None


def is_nameless(name: str) -> bool:
    """Whether a stretch only says that there was a meeting: 会议, 三次重大会议."""
    return name in _NAMELESS or _UNCOUNTED.search(name) is not None


def read_object(text: str, start: int, end: int) -> Extent | None:
    """The meeting that a verb takes as its object: what stands at the head of ``text[start:end]``.

    >>> text = "召开了学习贯彻全省教育会议精神部署会，会议由李甲主持"
    >>> read_object(text, 2, len(text)).of(text)
    '学习贯彻全省教育会议精神部署会'
    """
    part = text[start:end]
    stop = _complete(part)
    if stop is None or (not _ends(part, stop) and _HEARD_OF.match(part[stop : stop + 6])):
        return None
    begin = max((m.end() for m in _ATTENDS.finditer(part, 0, stop)), default=0)
    if part[stop : stop + 1] == "”" and part.count("“", 0, stop) > part.count("”", 0, stop):
        stop += 1
    if (more := _JOINTLY.match(text[start + stop : start + stop + 6])) is not None:
        further = stop + more.end()
        stop = further + (_complete(text[start + further : start + further + _LONGEST]) or -more.end())
    return trim(text, start + begin, start + stop)


def _complete(part: str) -> int | None:
    """Where the name at the head of a stretch is complete."""
    stop = None
    for match in _MEETING.finditer(part):
        if match["head"] or (match["body"] and _ends(part, match.end())):
            stop = match.end()
            if _ends(part, stop):
                break
    return stop


def _ends(part: str, stop: int) -> bool:
    return _ENDS.match(part[stop : stop + 12]) is not None


def trim(text: str, start: int, end: int) -> Extent | None:
    """A name without what stands before it, and without quotes around the whole; None where nothing is left.

    >>> text = "我校“守初心”座谈会"
    >>> trim(text, 0, len(text)).of(text)
    '“守初心”座谈会'
    """
    while (match := _LEAD.match(text[start:end])) is not None and match.end():
        start += match.end()
    while start < end and text[start] in " 、":
        start += 1
    inner = text[start + 1 : end - 1]
    if text[start : start + 1] == "“" and text[end - 1] == "”" and "”" not in inner:
        start, end = start + 1, end - 1
    elif text[start:end].count("“") < text[start:end].count("”"):
        end -= 1
    name = text[start:end]
    if name.count("“") != name.count("”"):
        return None
    if is_nameless(name) or _SHORTEST <= len(name) <= _LONGEST:
        return Extent(start, end)
    return None


def alike(a: str, b: str, share: float = ALIKE) -> bool:
    """Whether two names may mean one meeting: the longer holds ``share`` of the shorter's characters.

    >>> alike("省政协十二届五次会议", "政协第十二届江东省委员会第五次会议")
    True
    >>> alike("安全生产工作会议", "乡村振兴推进会")
    False
    """
    short, long = sorted((_YEAR.sub("", a), _YEAR.sub("", b)), key=len)
    pool = list(long)
    hits = 0
    for char in short:
        if char in pool:
            pool.remove(char)
            hits += 1
    return hits >= share * len(short)


def fullness(name: str) -> tuple[bool, int, int]:
    """A key by which the fuller of two names is the greater; a year in front counts least.

    >>> fullness("2021年工作会议") < fullness("教学工作会议")
    True
    """
    return "简称" not in name, len(_YEAR.sub("", name)), len(name)
