"""Automatic numbers of lists, as the reader of a document sees them: 一、（一）1. ① 第三条.

Numbers of Word are described in ECMA-376 part 1: 17.9 (numbering), 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

#: The largest number that Word counts to. What a damaged file says beyond it is cut off here.
_MOST = 32_767
#: Levels of a list. OpenDocument has a tenth, which nobody has seen in use.
LEVELS = 9
#: Characters of what stands around a number. Word's dialogue takes 255; labels of reports have fewer than 10.
_AROUND = 64

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = _WORD + "val"
_NUMBER = re.compile(r"%([1-9])")


def numeral(value: int, form: str) -> str:
    """A number in a format of ST_NumberFormat; formats unknown here, and numbers beyond a format, are decimal.

    >>> [numeral(n, "chineseCountingThousand") for n in (1, 10, 12, 20, 105)]
    ['一', '十', '十二', '二十', '一百零五']
    >>> numeral(3, "decimalEnclosedCircle"), numeral(4, "upperRoman"), numeral(2, "bullet")
    ('③', 'IV', '')
    """
    if form in ("bullet", "none"):
        return ""
    write = _FORMS.get(form)
    return (write(value) if write and value > 0 else "") or str(value)


def joined(label: str, text: str) -> str:
    """What stands between a label and its text: nothing after a mark (一、), else a blank (第一条 总则).

    A blank too where a point would become that of a decimal fraction: ``1. 2021年``.
    """
    if not label or not text or text[0].isspace() or label[-1].isspace():
        return label
    closed = not label[-1].isalnum() and not (label[-1] == "." and text[0].isdigit())
    return label if closed else label + " "


def _counted(digits: str, units: str, *, ten_alone: bool) -> Callable[[int], str]:
    """Chinese numbers with their units, up to 9999; ``ten_alone``: 十一, not 一十一."""

    def write(value: int) -> str:
        if value > 9999:
            return ""
        out, gap = "", False
        for power in (3, 2, 1, 0):
            digit = value // 10**power % 10
            if digit:
                out += (
                    (digits[0] if gap and out else "") + digits[digit] + (units[power - 1] if power else "")
                )
            gap = not digit
        return out[1:] if ten_alone and 10 <= value < 20 else out

    return write


def _placed(digits: str) -> Callable[[int], str]:
    """Digit by digit: 一〇五."""
    return lambda value: "".join(digits[int(digit)] for digit in str(value))


def _of(characters: str) -> Callable[[int], str]:
    """One character each; "" beyond them."""
    return lambda value: characters[value - 1] if value <= len(characters) else ""


def _run(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow one another in Unicode."""
    return lambda value: chr(ord(first) + value - 1) if value <= count else ""


def _circled(value: int) -> str:
    for first, start, end in (("①", 1, 20), ("㉑", 21, 35), ("㊱", 36, 50)):
        if start <= value <= end:
            return chr(ord(first) + value - start)
    return ""


def _letters(value: int) -> str:
    """A … Z, AA, BB, …: as Word counts, up to 780."""
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value <= 780 else ""


def _roman(value: int) -> str:
    out = ""
    for worth, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (value // worth)
        value %= worth
    return out


_SMALL = _counted("零一二三四五六七八九", "十百千", ten_alone=True)
_DIGITS = _placed("○一二三四五六七八九")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def _under_hundred(value: int) -> str:
    """Word counts 九十九, 一○○."""
    return _SMALL(value) if value < 100 else _DIGITS(value)


_FULL_WIDTH = _placed("０１２３４５６７８９")
_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02}".format,
    "decimalFullWidth": _FULL_WIDTH,
    "decimalFullWidth2": _FULL_WIDTH,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "numberInDash": "- {} -".format,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "chineseCounting": _under_hundred,
    "taiwaneseCounting": _under_hundred,
    "chineseCountingThousand": _SMALL,
    "taiwaneseCountingThousand": _SMALL,
    "japaneseCounting": _SMALL,
    "ideographDigital": _placed("〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": _placed("〇一二三四五六七八九"),
    "taiwaneseDigital": _DIGITS,
    "chineseLegalSimplified": _counted("零壹贰叁肆伍陆柒捌玖", "拾佰仟", ten_alone=False),
    "ideographLegalTraditional": _counted("零壹貳參肆伍陸柒捌玖", "拾佰仟", ten_alone=False),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _run("㊀", 10),
}


@dataclass(slots=True)
class Level:
    """One level of a list: how its numbers look. ``text``: what is printed, ``%1`` for the number of the first level.

    ``restart``: None after each number of a level above; 0 never; n after the levels up to the n-th.
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    joins: bool = False


@dataclass(slots=True)
class Counter:
    """The numbers of one list, level by level. Lists that go on after one another share it."""

    values: list[int | None] = field(default_factory=lambda: [None] * LEVELS)

    def count(self, depth: int, levels: dict[int, Level]) -> None:
        """Go on to the next number of a level; those below begin anew."""
        now, level = self.values[depth], levels.get(depth, Level())
        self.values[depth] = level.start if now is None else min(now + 1, _MOST)
        for below in range(depth + 1, LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or depth < restart:
                self.values[below] = None

    def label(self, depth: int, levels: dict[int, Level]) -> str:
        """The current number of a level as printed."""
        own = levels.get(depth, Level())
        if own.form == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            level = levels.get(place, Level())
            value = self.values[place]
            form = "decimal" if own.legal and level.form != "none" else level.form
            return numeral(level.start if value is None else value, form)

        return _NUMBER.sub(number, own.text)


def whole(text: str | None, default: int = 0) -> int:
    """A number of a file, kept between 0 and what Word counts to."""
    text = (text or "").strip()
    return min(int(text), _MOST) if text.isascii() and text.isdecimal() and len(text) < 10 else default


class WordLists:
    """The lists of a Word document. ``numbering``: the root of its numbering part, an element of lxml, or None.

    ``label`` is to be called for every paragraph that has a number, in the order of the document.
    """

    def __init__(self, numbering: Any, list_of_style: Callable[[str], str | None]) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.level_of_style: dict[tuple[str, str], int] = {}
        self.abstract: dict[str, str] = {}  # w:num → w:abstractNum
        self.restarts: dict[tuple[str, int], int] = {}
        self.counters: dict[str, Counter] = {}
        links: dict[str, str] = {}
        if numbering is None:
            return
        for element in numbering.iterchildren(_WORD + "abstractNum"):
            name = element.get(_WORD + "abstractNumId", "")
            self.levels[name] = dict(self._levels(element, name))
            if (link := element.find(_WORD + "numStyleLink")) is not None:
                links[name] = link.get(_VAL, "")
        for element in numbering.iterchildren(_WORD + "num"):
            self._list(element)
        for name, style in links.items():  # a list that is described where its style is
            self.levels[name] = self.levels.get(self.abstract.get(list_of_style(style) or "", ""), {})

    def label(self, name: str, depth: int | None, style: str) -> tuple[str, bool]:
        """The number of the next paragraph in this list (w:numId), and whether its text follows at once.

        ``depth``: its level, from 0; None where the style of the paragraph tells it.
        """
        if name not in self.abstract:
            return "", True
        abstract = self.abstract[name]
        if depth is None:
            depth = self.level_of_style.get((abstract, style), 0)
        depth = min(depth, LEVELS - 1)
        levels = self.levels.get(name) or self.levels.get(abstract, {})
        counter = self.counters.setdefault(abstract, Counter())
        if (restart := self.restarts.pop((name, depth), None)) is not None:
            counter.values[depth] = restart - 1
        counter.count(depth, levels)
        return counter.label(depth, levels), depth in levels and levels[depth].joins

    def _levels(self, parent: Any, abstract: str) -> Iterator[tuple[int, Level]]:
        for element in parent.iterchildren(_WORD + "lvl"):
            depth = whole(element.get(_WORD + "ilvl"))
            if depth < LEVELS:
                if style := value_of(element, "pStyle"):
                    self.level_of_style[abstract, style] = depth
                yield depth, _level(element)

    def _list(self, element: Any) -> None:
        name, abstract = element.get(_WORD + "numId", ""), value_of(element, "abstractNumId")
        self.abstract[name] = abstract
        for override in element.iterchildren(_WORD + "lvlOverride"):
            depth = whole(override.get(_WORD + "ilvl"))
            if (start := override.find(_WORD + "startOverride")) is not None:
                self.restarts[name, depth] = whole(start.get(_VAL))
            changed = dict(self._levels(override, abstract))
            if changed:
                self.levels[name] = {**self.levels.get(abstract, {}), **self.levels.get(name, {}), **changed}


def _level(element: Any) -> Level:
    restart = element.find(_WORD + "lvlRestart")
    legal = element.find(_WORD + "isLgl")
    return Level(
        form=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText")[:_AROUND],
        start=whole(value_of(element, "start"), 1 if element.find(_WORD + "start") is None else 0),
        restart=None if restart is None else whole(restart.get(_VAL)),
        legal=legal is not None and legal.get(_VAL) not in ("0", "false", "off"),
        joins=value_of(element, "suff") == "nothing",
    )


class WordStyles:
    """What styles say of the paragraphs and runs that have them: the list they belong to, and whether they are hidden."""

    def __init__(self, root: Any) -> None:
        self.known: dict[str, tuple[str, str | None, int | None, bool | None]] = {}
        self.usual = ""
        for style in () if root is None else root.iterchildren(_WORD + "style"):
            name = style.get(_WORD + "styleId", "")
            number, depth = numbered(style.find(_WORD + "pPr"))
            self.known[name] = (
                value_of(style, "basedOn"),
                number,
                depth,
                switch(style.find(_WORD + "rPr"), "vanish"),
            )
            if style.get(_WORD + "type") == "paragraph" and style.get(_WORD + "default") in (
                "1",
                "true",
                "on",
            ):
                self.usual = name

    def _chain(self, name: str) -> Iterator[tuple[str, tuple[str, str | None, int | None, bool | None]]]:
        """A style and those that it is based on."""
        seen = set[str]()
        while name in self.known and name not in seen and len(seen) < 100:
            seen.add(name)
            yield name, self.known[name]
            name = self.known[name][0]

    def list_of(self, name: str) -> str | None:
        """The list (w:numId) that paragraphs of this style belong to."""
        return self.numbering(name)[0]

    def numbering(self, name: str) -> tuple[str | None, int | None, str]:
        """List, level, and the style of the chain that says so."""
        for style, (_, number, depth, _) in self._chain(name):
            if number is not None:
                return number, depth, style
        return None, None, name

    def hidden(self, name: str) -> bool:
        """Whether text of this style is hidden."""
        return next((hidden for _, (_, _, _, hidden) in self._chain(name) if hidden is not None), False)


def numbered(properties: Any) -> tuple[str | None, int | None]:
    """List (w:numId) and level that the properties of a paragraph or a style give."""
    found = None if properties is None else properties.find(_WORD + "numPr")
    if found is None:
        return None, None
    depth = value_of(found, "ilvl")
    return value_of(found, "numId") or None, whole(depth) if depth else None


def switch(parent: Any, name: str) -> bool | None:
    """A property that is on or off; None where nothing is said."""
    found = None if parent is None else parent.find(_WORD + name)
    return None if found is None else found.get(_VAL, "true") not in ("0", "false", "off")


def value_of(parent: Any, name: str) -> str:
    """The value of a child, as ``w:val`` gives it."""
    found = parent.find(_WORD + name)
    return "" if found is None else str(found.get(_VAL, ""))
