"""Lists of people and units: 县委书记李甲，县财政局、各乡镇（街道）主要负责同志及企业家代表.

Splits a stretch into its entries and tells what each is: a person (a Name stands in it), a unit with or
without the designation of its people, or people without an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractor.language.masks import masked
from extractor.language.roll import Roll
from extractor.language.types import Extent, Name
from extractor.rules import load

_RULES = load("units")
_DESIGNATION = _RULES["units.designation"]
_LEAD, _AND, _CLASS, _COLLECTIVE = (_RULES[f"units.{x}"] for x in ("lead", "and", "class", "collective"))
_COUNT, _BOUND, _DEPUTIES, _TRAIL = (_RULES[f"units.{x}"] for x in ("count", "bound", "deputies", "trail"))
_CROWD, _SCHOLARS = _RULES["units.crowd"], _RULES["units.scholars"]
_WITHIN, _LEADING, _HEAD, _GROUP_HEAD, _SPECIALITY, _CHARGED, _GUESTS, _COUNTED = (
    _RULES[f"units.{x}"]
    for x in ("within", "leading", "head", "group_head", "speciality", "charged", "guests", "counted")
)
_TAILS = _RULES.words("tails")
_LONGEST_TAIL = max(map(len, _TAILS))
_PEOPLE, _OWN_BODIES = _RULES.words("people"), _RULES.words("own_bodies")
_NOT_UNITS = _RULES.words("not_units")
#: The last characters that an entry can have: no other stretch need be read.
_LAST = frozenset(word[-1] for word in _TAILS | _PEOPLE | _NOT_UNITS) | set("）等人名位授士")
_BRACKET = re.compile(r"（[^（）\n]{0,24}）|“[^“”\n]{1,40}”")
_NO_NAME, _PRIZED, _OFFICE, _OWN_POST, _UNREAD = (
    _RULES[f"units.{x}"] for x in ("no_name", "prized", "office", "own_post", "unread")
)
_AFTER_NAME = re.compile(
    r"[ ]?(?:同志|院士|副?教授|副?研究员|老师|先生|女士|博士|(?:高级)?工程师|(?:副?主任)?医师|医生)?[ ]?"
    r"(?:（[^（）\n]{0,30}）)?等?(?:一行)?[0-9一二三四五六七八九十余多]{0,4}[人名位]?[\u4e00-\u9fff]{0,2}?"
)
#: Longest entry that is still taken for a unit's name: the longest of the gold reports has 23 code points.
_LONGEST = 30
#: From how many code points on a body is named and not only called what it is: 县财政局, not 县委.
_NAMED = 4
#: Longest name that is taken for a unit's among units without a known tail (华为, 中芯国际).
_SHORT = 10
#: A designation that a post after 、 goes on: 校长、书记; not 全体成员、科主任.
_POST = re.compile(r"(?:书记|长|主任|主席|委员|经理)\Z")
#: From how many entries on a stretch is a roster that may hold one that nothing is known of.
_ROSTER = 3
#: How far, in code points, a title may stand from its name: a blank, a colon.
_BESIDE = 2
#: Longest Chinese name without a dot.
_LONGEST_NAME = 4
_ANOTHER = re.compile(r"和|与|及")
_ET_CETERA = re.compile(r"(?<![同高平初中优上下])等(?!级|候|次|奖|保)")


#: Where no one is named.
NOBODY = Roll([])


@dataclass(slots=True)
class Entry:
    """One entry of a list. ``unit`` is None for persons and for people without an organisation."""

    extent: Extent
    unit: Extent | None = None
    people: Extent | None = None
    person: bool = False
    bare: Extent | None = None  # what would be a unit's name among units: 华为


def read_list(text: str, start: int, end: int, names: Roll) -> list[Entry]:
    """The entries of ``text[start:end]`` with the designations that close a list given to all it covers.

    >>> text = "县委书记李甲，县财政局、各乡镇（街道）主要负责同志，企业家代表"
    >>> for e in read_list(text, 0, len(text), Roll([Name(4, 6, "李甲", "-")])):
    ...     print(e.unit and e.unit.of(text), e.people and e.people.of(text), e.person)
    None None True
    县财政局 主要负责同志 False
    各乡镇（街道） 主要负责同志 False
    None 企业家代表 False
    """
    entries = [_entry(text, a, b, names) for a, b in _split(text, start, end, names)]
    _share(text, entries)
    own = False  # a person's entry follows, and the posts before it are his: 联合会会长、县网信办副主任李甲
    for entry in reversed(entries):
        unread = not (entry.unit or entry.people) and _UNREAD.search(entry.extent.of(text)) is not None
        own = entry.person or unread or (own and _is_own_post(text, entry))
        entry.unit = None if own else entry.unit
    return entries


def _is_own_post(text: str, entry: Entry) -> bool:
    """Whether an entry is a post that one person has, and is joined to the next: 县农科所所长、(长江学者李甲)."""
    if entry.people is None or text[entry.extent.end : entry.extent.end + 1] != "、":
        return False
    many = entry.unit is not None and _COLLECTIVE.search(entry.unit.of(text)) is not None
    return not many and _OWN_POST.search(entry.people.of(text)) is not None


def is_list(text: str, start: int, end: int, names: Roll) -> bool:
    """Whether the stretch is nothing but a list of people and units.

    >>> is_list("县财政局、县教育局负责人", 0, 12, Roll([]))
    True
    >>> is_list("会议总结了工作", 0, 7, Roll([]))
    False
    """
    if end - start < 2:
        return False
    if not names.within(start, end) and not _may_end(text, end, start, names):
        return False
    entries = read_list(text, start, end, names)
    unknown = [e for e in entries if not (e.unit or e.people or (e.person and _bare(text, e, names)))]
    if unknown and unknown[0] is not entries[-1]:
        # Posts that the titles do not know: 国务院参事、理事长李甲.
        posts = [a for a, b in pairwise(entries) if b.person and _may_be_post(text, a)]
        unknown = [e for e in unknown if all(e is not post for post in posts)]
    if unknown and 2 * sum(e.person for e in entries) > len(entries):  # a name that the finder does not know
        unknown = [e for e in unknown if e.person or e.extent.end - e.extent.start > _LONGEST_NAME]
    return bool(entries) and not unknown


def _may_be_post(text: str, entry: Entry) -> bool:
    """Whether an entry may be a post of the person who follows it."""
    size = entry.extent.end - entry.extent.start
    joined = text[entry.extent.end : entry.extent.end + 1] == "、"
    return joined and not entry.person and size <= _LONGEST and not _NO_NAME.search(entry.extent.of(text))


def is_mostly_list(text: str, start: int, end: int, nobody: Roll = NOBODY, closed: bool = False) -> bool:
    """Whether at least half of the entries, one unit among them, are entries of a list without names.

    ``closed``: the last must be one of them.
    """
    if not _may_end(text, end, start, nobody):
        return False
    entries = read_list(text, start, end, nobody)
    known = [e for e in entries if e.unit or e.people]
    if not any(e.unit for e in entries) or 2 * len(known) < len(entries):
        return False
    return not closed or known[-1] is entries[-1]


def ends_in_post(text: str, start: int, end: int) -> bool:
    """Whether a stretch ends in a post that one person has: 县农科所所长; not 各乡镇党委书记."""
    last = text[start:end].split("、")[-1]
    return _OWN_POST.search(last) is not None and not _COLLECTIVE.search(last)


def is_crowd(text: str, start: int, end: int) -> bool:
    """Whether a stretch may be people, whatever they are called: 部分驻华使馆外交官 · 全体学代会、研代会代表."""
    return end - start <= 2 * _LONGEST and _CROWD.match(text[start:end]) is not None


def people_of_roster(text: str, start: int, end: int, names: Roll) -> tuple[Name, ...]:
    """The people of a stretch where two in three entries, three at least, are people, their posts and units.

    For what stands before 出席 or 参加会议, where one entry that no rule knows must not hide the others.
    """
    entries = read_list(text, start, end, names)
    bare = [e.person and _bare(text, e, names) for e in entries]
    known = [is_bare or bool(e.unit or e.people) for e, is_bare in zip(entries, bare, strict=True)]
    posts = [
        joined and _may_be_post(text, e) for e, joined in zip(entries, [*bare[1:], False], strict=True)
    ]  # of the person in the next entry
    unknown = [e for e, *fits in zip(entries, known, posts, strict=True) if not any(fits)]
    if (
        sum(known) < _ROSTER
        or 2 * len(unknown) > sum(known)
        or (unknown[:1] == entries[:1] and entries[0].person)
    ):
        return ()
    if any(e.extent.end - e.extent.start > _LONGEST for e in unknown):
        return ()
    people = (e.extent for e, is_bare in zip(entries, bare, strict=True) if is_bare)
    return tuple(
        name for extent in people for name in _of_entry(text, names.within(extent.start, extent.end))
    )


def _of_entry(text: str, inside: list[Name]) -> list[Name]:
    """The people of an entry: the last name, and one before a bracket: 李甲（王乙代）; not the one in 严明研究会会长王乙."""
    return [name for name in inside if name is inside[-1] or text.startswith("（", name.end)]


def _may_end(text: str, end: int, start: int, names: Roll) -> bool:
    """Whether an entry of a list can end there: most stretches need not be read for that."""
    return text[end - 1] in _LAST or any(unit.end == end for unit in names.units_within(start, end))


def ends_in_people(stretch: str) -> bool:
    """Whether a stretch ends in what people are called: …宣讲员代表."""
    return _DESIGNATION.search(stretch) is not None


def _bare(text: str, entry: Entry, names: Roll) -> bool:
    """Whether nothing follows the person of an entry but a title, 同志 or 等, and who they all are: 等校友代表."""
    last = names.within(entry.extent.start, entry.extent.end)[-1]
    end = last.end
    if (
        last.title is not None and last.end <= last.title.start < entry.extent.end
    ):  # not one shared with others
        end = last.title.end
    if text.startswith("等", end) and _DESIGNATION.fullmatch(text, end + 1, entry.extent.end):
        return True
    return _AFTER_NAME.fullmatch(text, end, entry.extent.end) is not None


def _block(name: Name) -> Extent:
    """A name with the title printed right before it: 县委副书记、县长李甲 is one entry; not one that a list shares."""
    near = name.title is not None and 0 <= name.start - name.title.end <= _BESIDE
    return Extent(name.title.start if name.title and near else name.start, name.end)


def _split(text: str, start: int, end: int, names: Roll) -> Iterator[tuple[int, int]]:
    """Entries between coordinators; brackets and names are never split, nor 教育和体育局."""
    hidden = _BRACKET.sub(lambda m: "括" * len(m[0]), text[start:end])
    hidden = _BOUND.sub(lambda m: "并" * len(m[0]), hidden)
    hidden = masked(hidden, names.units_within(start, end), "局", start)
    hidden = masked(hidden, (_block(n) for n in names.within(start, end)), "名", start)
    at = 0
    for match in _AND.finditer(hidden):
        if match[0] in "和与及以及" and not _parts(hidden, at, match.start(), match.end()):
            continue
        if match.start() > at:
            yield start + at, start + match.start()
        at = match.end()
    if at < len(hidden):
        yield start + at, end


def _parts(hidden: str, begin: int, left: int, right: int) -> bool:
    """Whether what stands on both sides of a coordinator is an entry by itself."""
    before = hidden[max(begin, left - 2 * _LONGEST) : left]
    if (klass := _CLASS.search(before)) is not None and klass.end() == len(before):
        return True  # …等高校以及…: the list before is closed
    after = re.split(r"[、，；]", hidden[right : right + 2 * _LONGEST])[0]
    counted = _COUNT.match(after)  # 各支部书记及12名新进教师
    after = _COUNT.sub("", after.rstrip("括")).rstrip("等的")
    named = before.rstrip("同志等 ").endswith("名名") or before.endswith("名")
    whole = (
        named or (_has_tail(before) and before not in _NOT_UNITS) or _DESIGNATION.search(before) is not None
    )
    further = "名名" in after or (counted is not None and _DESIGNATION.search(counted["people"]) is not None)
    return whole and (further or _has_tail(after) or any(p.search(after) for p in (_DESIGNATION, _ANOTHER)))


def _entry(text: str, start: int, end: int, names: Roll) -> Entry:
    if names.within(start, end):
        return Entry(Extent(start, end), person=True)
    if (listed := _listed(text, start, end, names)) is not None:
        return listed
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    if (count := _COUNT.search(text[start:end])) is not None and count.start() > 1:
        crowd = Extent(*(start + i for i in count.span("people")))  # 三个支部共128名党员
        sender = Extent(
            *_strip(text, start, _listed_until(text, start, start + count.start()), " 的", " 等的")
        )
        if _GUESTS.match(crowd.of(text)):
            return Entry(Extent(start, end), people=Extent(start, end))
        if (_DESIGNATION.search(crowd.of(text)) or _SCHOLARS.search(crowd.of(text))) and is_unit(
            sender.of(text)
        ):
            return Entry(Extent(start, end), sender, crowd)
        end = start + count.start()
    start, end = _strip(text, start, end, " 的", " 等的。")
    if _DEPUTIES.search(text[start:end]):
        return Entry(Extent(start, end), people=Extent(start, end))
    if (leading := _LEADING.match(text[start:end])) is not None:
        middle = start + leading.start("reps")
        return Entry(Extent(start, end), Extent(start + leading.start("unit"), middle), Extent(middle, end))
    if (post := _GROUP_HEAD.search(text, start, end)) is not None and is_unit(text[start : end - 1]):
        return Entry(Extent(start, end), Extent(start, end - 1), Extent(post.start(), end))
    stop, people, closed = _designated(text, start, end)
    if people is not None and not closed:
        stop, people = _shifted(text, start, stop, people)
    unit = Extent(start, stop) if is_unit(text[start:stop], people is not None) else None
    if unit is not None and people is not None:
        of_none = _SPECIALITY.search(text, start, people.end) or _PRIZED.search(text[start:stop])
        unit = None if of_none else unit
    if unit is None and people is not None:
        unit, people = _of(text, start, end) or _within(text, start, end, people)
    body = text[start:stop]
    if unit is None and (
        text[start:end] in _NOT_UNITS
        or (people and not closed and (_PRIZED.search(body) or not _NO_NAME.search(body)))
    ):
        return Entry(Extent(start, end), people=Extent(start, end))
    bare = (
        Extent(start, stop)
        if unit is None and 1 < len(body) <= _SHORT and not _NO_NAME.search(body)
        else None
    )
    return Entry(Extent(start, end), unit, people if unit or bare else None, bare=bare)


def _shifted(text: str, start: int, stop: int, people: Extent) -> tuple[int, Extent]:
    """Where unit and people part, where the designation could begin elsewhere: 各学系｜主任 · 各支部｜支部委员."""
    twice = stop - start > 4 and people.start == stop and text[stop - 2 : stop] == text[stop - 4 : stop - 2]
    if twice and _has_tail(text[start : stop - 2]):
        return stop - 2, Extent(stop - 2, people.end)
    later = people.start + 1
    if text[people.end - 2 : people.end] == "领导":  # 学院领导 are people
        return stop, people
    if people.start == stop and later < people.end and not _has_tail(text[start:stop]):
        further = _has_tail(text[start:later]) and _DESIGNATION.fullmatch(text, later, people.end)
        return (later, Extent(later, people.end)) if further else (stop, people)
    return stop, people


def _listed_until(text: str, start: int, end: int) -> int:
    """Where the units of a stretch end, before 等 and what they are: 县一中｜等兄弟学校的."""
    et_cetera = _ET_CETERA.search(text, start, end)
    return end if et_cetera is None else et_cetera.start()


def _listed(text: str, start: int, end: int, names: Roll) -> Entry | None:
    """An entry that is a unit of the lexicon, whole, with the designation of its people or without."""
    if not (units := names.units_within(start, end)):
        return None
    unit = units[0]
    lead = _LEAD.match(text[start : unit.start])
    if start + (lead.end() if lead else 0) != unit.start:
        return None
    begin, stop = _strip(text, unit.end, end, " 的等", " 的")
    if begin == stop:
        return Entry(Extent(start, end), unit)
    if (count := _COUNT.search(text[begin:stop])) is not None:
        stop = begin + count.start()
    if begin == stop or _DESIGNATION.fullmatch(text, begin, stop):
        people = Extent(begin, stop) if begin < stop else None
        return Entry(Extent(start, end), unit, people)
    return None


def _designated(text: str, start: int, end: int) -> tuple[int, Extent | None, bool]:
    """Where the unit's name ends, what its people are called, and whether 等 closed a list before them."""
    bound = _BOUND.match(text, start, end)  # 东河、西山等各县｜农业协会
    et_cetera = _ET_CETERA.search(text, bound.end() if bound else start, end)
    if et_cetera is not None:
        klass = _CLASS.match(text, et_cetera.start(), end)
        rest, stop = klass.end() if klass else et_cetera.end(), et_cetera.start()
        designation = _DESIGNATION.fullmatch(text, rest, end) or _DESIGNATION.search(text, rest, end)
    else:
        designation = _DESIGNATION.search(text, start, end)
        stop = designation.start("reps") if designation else end
    people = Extent(designation.start("reps"), end) if designation else None
    if people and text[people.start] == "的":
        people = Extent(people.start + 1, end)
    leaders = end - len("领导")
    if (
        people
        and people.of(text)[1:] == "领导"
        and text[people.start] != text[people.start - 1]  # 县图书馆馆领导
        and (leaders - start >= _NAMED or text[start] == "各")
        and is_unit(text[start:leaders])
    ):
        # 县财政局领导: the unit is named; 局领导, 县委领导 are people.
        people, stop = Extent(leaders, end), leaders
    stop = _strip(text, start, stop, "", " 的")[1]
    if (trail := _TRAIL.search(text, start, stop)) is not None and is_unit(text[start : trail.start()]):
        stop = trail.start()
    return stop, people, et_cetera is not None


def _of(text: str, start: int, end: int) -> tuple[Extent, Extent] | None:
    """A unit and its people, whatever they are called: 县农科所的｜水稻育种专家."""
    at = text.find("的", start, end)
    if at < 0 or not is_unit(text[start:at], True) or text[at - 1] == "地":  # 各地的
        return None
    if _DESIGNATION.search(text, at + 1, end) is None or _SPECIALITY.search(text, start, end) is not None:
        return None
    return Extent(start, at), Extent(at + 1, end)


def _within(text: str, start: int, end: int, people: Extent) -> tuple[Extent | None, Extent]:
    """A unit found inside its people's designation: 各校安全工作负责人 · 护林站长 (护林站, 站长)."""
    if _HEAD.search(text, start, end) and is_unit(text[start : end - 1]):
        return Extent(start, end - 1), people
    led = text[end - 2 : end] == "领导"  # 县委领导 are people
    # 动力系｜主任, not 动力｜系主任; 各分党委｜书记
    for middle in range(people.start + 1, people.start + (3 if text[people.start + 1] == "委" else 2)):
        if not led and is_unit(text[start:middle]) and _DESIGNATION.fullmatch(text, middle, end):
            return Extent(start, middle), Extent(middle, end)
    match = _WITHIN.match(text[start:end])
    if match is not None and is_unit(match["unit"], True):
        return Extent(start, start + match.end("unit")), Extent(start + match.start("reps"), end)
    for middle in range(people.start - 2, start + 1, -1):
        if is_unit(text[start:middle]) and _CHARGED.fullmatch(text, middle, end):
            return Extent(start, middle), Extent(middle, end)
    return None, people


def _strip(text: str, start: int, end: int, left: str, right: str) -> tuple[int, int]:
    while start < end and text[start] in left:
        start += 1
    while end > start and text[end - 1] in right:
        end -= 1
    return start, end


def is_unit(name: str, designated: bool = False) -> bool:
    """Whether a stretch is the name of an organisation or of a collective of organisations.

    >>> [is_unit(x) for x in ("县财政局", "各乡镇（街道）", "师生代表", "干部", "会议总结")]
    [True, True, False, False, False]
    """
    if (
        len(name) < 2
        or len(name) - name.rfind("、") - 1 > _LONGEST
        or name in _NOT_UNITS
        or _NO_NAME.search(name)
    ):
        return False
    if _has_tail(name):
        return True
    return designated and bool(_COLLECTIVE.search(name))


def _has_tail(name: str) -> bool:
    """Whether a name ends like an organisation's, a closing bracket aside: 各州（地、市）."""
    if name.endswith("）"):
        name = name[: name.rfind("（")]
    return any(name[-length:] in _TAILS for length in range(1, min(len(name), _LONGEST_TAIL) + 1))


def _share(text: str, entries: list[Entry]) -> None:
    """Give a designation that closes a list to the units before it; join 书记、支委 to one designation."""
    open_units: list[Entry] = []
    closed: list[Entry] = []
    for entry in entries:
        if entry.person:
            open_units, closed = [], []
        elif entry.unit and entry.people and closed and _goes_on(text, closed[-1], entry):
            joined = Extent(closed[-1].people.start, entry.people.end)  # type: ignore[union-attr]  # it has people
            entry.unit = None
            for unit in closed:
                unit.people = joined
        elif entry.unit and entry.people:
            office = _OFFICE.search(text, entry.unit.start, entry.unit.end) if open_units else None
            if office is not None and not any(_name(text, u).endswith(office[0][-3:]) for u in open_units):
                entry.unit = Extent(entry.unit.start, office.start())
                entry.people = Extent(office.start(), entry.people.end)
            closed = [*open_units, entry]
            for unit in open_units:
                unit.people = entry.people
            open_units = []
        elif entry.unit:
            open_units.append(entry)
            closed = []
        elif entry.people and closed and _joins(text, closed[-1], entry):
            joined = Extent(closed[-1].people.start, entry.people.end)  # type: ignore[union-attr]  # it has people
            for unit in closed:
                unit.people = joined
        elif entry.bare and open_units:
            entry.unit = entry.bare
            open_units.append(entry)
            if entry.people:
                for unit in open_units:
                    unit.people = entry.people
                open_units, closed = [], list(open_units)


def _name(text: str, entry: Entry) -> str:
    assert entry.unit is not None
    return entry.unit.of(text)


def _goes_on(text: str, unit: Entry, entry: Entry) -> bool:
    """Whether a body without a name is that of the units before it: 各学院院长、党委书记."""
    assert unit.people is not None and unit.unit is not None and entry.unit is not None
    between = text[unit.people.end : entry.unit.start]
    return (
        between == "、"
        and entry.unit.of(text) in _OWN_BODIES
        and entry.people is not None
        and _OWN_POST.search(entry.people.of(text)) is not None
        and _COLLECTIVE.search(unit.unit.of(text)) is not None
    )


def _joins(text: str, unit: Entry, people: Entry) -> bool:
    """Whether people go on the designation of the unit before them: 支部书记、支委和联络员 · 领导和代表."""
    assert unit.people is not None and people.people is not None
    between = text[unit.people.end : people.people.start]
    said = people.people.of(text)
    if between in ("和", "与", "及", "以及"):
        if said not in _NOT_UNITS and not _DEPUTIES.search(said):
            return _DESIGNATION.fullmatch(said) is not None or _COUNTED.search(said) is None
        return said == "代表"
    return (
        between == "、"
        and not {said, said[:2]} & _NOT_UNITS
        and _POST.search(unit.people.of(text)) is not None
    )
