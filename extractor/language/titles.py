"""Posts and titles of the people named: printed before a name, after it, or shared over a list.

Also finds a surname with a post (王书记) that stands for a person named before: an *alias*, a Name with
the rule ``titles.alias`` whose ``name`` is that person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language

from extractor.language.findings import Component, Findings
from extractor.language.posts import Posts
from extractor.language.types import Extent, Known, Name
from extractor.rules import load

_RULES = load("titles")
_BEFORE, _AFTER = _RULES["titles.before"], _RULES["titles.after"]
_NO_TITLES = _RULES.words("no_titles")
_LEAD, _APPOSED = _RULES["titles.lead"], _RULES["titles.apposed"]

#: How far to the left a title may reach: the longest of the gold reports has 130 code points.
_REACH = 200
#: How many commas may part one title.
_PARTED = 3
#: A blank parts a headline (…工作 县委书记), unless only so much follows it (省 领导).
_SHORT = 3
_MARK = re.compile(r"[，。；：！？、\n…—△▲](?![^（\n]{0,20}）)(?![^“”\n]{0,30}”)")
_JOINT = re.compile(r"(?:（[^（）\n]{0,12}）)?[ ]?(?:[、 ]|、? ?(?:和|与|及) ?)")
_LIST, _ONE, _ALIKE = (_RULES[f"titles.{x}"] for x in ("list", "one", "alike"))
_POST = re.compile(_RULES.lists["after"].alternation)


class Titles(Component):
    """Names with their titles, and aliases."""

    stage = "titles"
    needs = ("layout", "names")

    def find(self, found: Findings) -> None:
        """Fill ``found.titles``."""
        assert found.names is not None
        titled = find_titles(found.clean, found.names, found.known)
        found.titles = tuple(sorted([*titled, *_aliases(found.clean, titled)], key=lambda n: n.start))


def find_titles(text: str, names: Iterable[Name], known: Known | None = None) -> list[Name]:
    """The names, each with the title printed with it.

    ``known``: what an archive's lexicon knows of the text: its titles are posts, and a person's own is cut
    as it is listed.

    >>> text = "会议由市委常委、市长李甲主持，副市长王乙、赵丙，市政协副主席钱丁出席。孙戊教授授课。"
    >>> names = [Name(text.index(n), text.index(n) + 2, n, "-") for n in ("李甲", "王乙", "赵丙", "钱丁", "孙戊")]
    >>> [n.title and n.title.of(text) for n in find_titles(text, names)]
    ['市委常委、市长', '副市长', '副市长', '市政协副主席', '教授']
    """
    out: list[Name] = []
    run: list[int] = []  # the list that the last name closes, as indices into out
    posts = Posts(text, known or Known())
    floor, shared, after_last = 0, None, False  # whether a title stands behind the last name
    for name in names:
        joined = bool(out) and _JOINT.fullmatch(text, floor, name.start) is not None
        if (
            out
            and text[floor : name.start] == "（"
            and (close := text.find("）", name.end, name.end + _SHORT)) > 0
        ):
            out.append(name)  # 李甲（王乙代）、赵丙: the list goes on behind the bracket
            floor = close + 1
            continue
        before = posts.own(name, floor, _before(text, floor, name.start, posts))
        after = posts.after(name) or _after(text, name)
        if joined and after_last and after is not None and shared and _ONE.search(shared.of(text)):
            shared = None  # 院长李甲教授和王乙副教授: each has his own
        shared = before or (shared if joined else None)
        run = [*run, len(out)] if joined and before is None else [len(out)]
        out.append(replace(name, title=shared or after))
        if after is not None and shared is None and _ALIKE.fullmatch(after.of(text)):
            for i in run:  # 李甲、王乙、赵丙老师
                out[i] = replace(out[i], title=out[i].title or after)
        floor, after_last = after.end if after else name.end, after is not None
        if (match := _LIST.match(text, floor)) is not None:
            for i in run:
                out[i] = replace(out[i], title=out[i].title or Extent(*match.span("post")))
    return out


def _before(text: str, floor: int, end: int, posts: Posts) -> Extent | None:
    """The title that ends at ``end``, with the coordinate posts before it (县委副书记、县长)."""
    last, floor = floor, max(floor, end - _REACH)
    begin = right = end
    cut = False
    while (part := _part(text, floor, right, posts)) is not None:
        begin, cut = part
        if cut or begin <= floor or text[begin - 1] != "、":
            break
        right = begin - 1
    if not cut and begin < end:
        begin = _apposed(text, last, floor, begin)
    while begin < end and text[begin] in "”》":
        begin += 1
    while end > begin and text[end - 1] in " ：":
        end -= 1
    if begin == end or text[begin:end] in _NO_TITLES:
        return None
    return Extent(begin, end)


def _apposed(text: str, last: int, floor: int, begin: int) -> int:
    """Where a title that a comma parts begins: 县委副书记，开发区主任李甲; else where it begins without.

    The part before the comma must open its sentence, or follow the name before (which ends at ``last``):
    in a list of posts without names each stands for somebody else.
    """
    if begin <= floor or text[begin - 1] != "，":
        return begin
    start = begin
    for _ in range(_PARTED):
        stop = start - 1
        start = max(text.rfind(mark, floor, stop) for mark in "，。；：！？\n") + 1 or floor
        if start >= stop or _APPOSED.fullmatch(text, start, stop) is None:
            break
        if start == 0 or text[start - 1] in "。；：！？\n" or start - 1 == last:
            return start
    return begin


def _part(text: str, floor: int, right: int, posts: Posts) -> tuple[int, bool] | None:
    """Where the part of a title that ends at ``right`` begins, and whether a lead word cuts it off there.

    None if what ends there is no post, or one of the words that only look like posts.
    """
    window = text[floor:right]
    marks = [m.end() for m in _MARK.finditer(window)]
    start = marks[-1] if marks else 0
    head = posts.ending_at(right)
    if head is None or head < floor:
        post = _BEFORE.search(window, start)
        if post is None:
            return None
        head, tail = post.start(), post.end() - _SHORT
    else:
        head, tail = head - floor, head - floor
        start = min(start, head)
    cuts = [m.end() for m in _LEAD.finditer(window[start:head])]
    start += cuts[-1] if cuts else 0
    blank = window.rfind(" ", start, max(start, tail))
    start = blank + 1 if blank >= 0 else start
    if window[start:].strip(" ：") in _NO_TITLES:
        return None
    return floor + start, bool(cuts) or (start == 0 and not marks and floor > 0 and text[floor - 1] != "、")


def _after(text: str, name: Name) -> Extent | None:
    match = _AFTER.match(text, name.end)
    return Extent(*match.span("post")) if match else None


def _aliases(text: str, names: list[Name]) -> Iterator[Name]:
    """王书记, 王副书记 for the one person named before whose surname is 王 and whose titles hold 书记, or are 校领导.

    >>> text = "县委副书记王乙出席。王书记指出"
    >>> [(a.start, a.name) for a in _aliases(text, [Name(5, 7, "王乙", "-", Extent(0, 5))])]
    [(10, '王乙')]
    """
    taken = {i for n in names for i in range(n.start, n.end)}
    heads = {(n.start, text[n.start]) for n in names}
    titles: dict[str, set[str]] = {}  # each person's titles, without doubles: a book of reports repeats them
    for name in names:
        titles.setdefault(name.name, set()).add(name.title.of(text) if name.title else "")
    surnames: dict[str, list[str]] = {}
    for person in titles:
        for length in (1, 2):
            surnames.setdefault(person[:length], []).append(person)
    for match in _POST.finditer(text):
        post = match[0].removeprefix("副")
        for length in (2, 1):
            start = match.start() - length
            if (
                start < 0
                or taken & set(range(start, match.start() + 1))
                or (match.end(), text[start]) in heads
            ):
                continue  # 刘处长刘乙 is his title
            people = [
                p
                for p in surnames.get(text[start : match.start()], ())
                if any(post in t or t.endswith("领导") for t in titles[p])
            ]
            if len(people) == 1:
                yield Name(start, match.end(), people[0], "titles.alias")
                break


@Language.factory("meeting_titles")
def make(nlp: Language, name: str) -> Titles:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_titles")``."""
    return Titles()
