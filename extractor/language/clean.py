"""The text that rules look at: variants folded, litter dropped, every character traced to its origin.

Reports come with full-width digits, padded names (王　伟), stray markup, zero-width characters and lines
broken at a column. Rules that had to know all of that would be unreadable, so they look at the ``Clean``
text instead, and offsets are mapped back when the record is made.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractor.language.types import Extent
from extractor.rules import load, traditional

#: One character for one character. Letters and digits become ASCII, Chinese punctuation stays Chinese.
_FOLD = (
    {ord("０") + i: ord("0") + i for i in range(10)}
    | {ord("Ａ") + i: ord("A") + i for i in range(26)}
    | {ord("ａ") + i: ord("a") + i for i in range(26)}
    | {ord(c): " " for c in "\t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"}
    | {ord(c): " " for c in "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"}
    | {ord(c): "·" for c in "・•‧∙⋅･●"}
    | {ord(c): "—" for c in "―─–"}
    | {ord(c): "～" for c in "~∼〜"}
    | {ord("○"): "〇", ord("％"): "%", ord("／"): "/", ord("．"): ".", ord("－"): "-", ord("＋"): "+"}
    | {ord("("): "（", ord(")"): "）", ord("﹑"): "、", ord("､"): "、", ord("｡"): "。"}
    | {ord("﹔"): "；", ord("﹕"): "：", ord("﹐"): "，", ord("「"): "“", ord("」"): "”"}
    | {ord("﹁"): "“", ord("﹂"): "”", ord("『"): "‘", ord("』"): "’", ord("〝"): "“", ord("〞"): "”"}
)

_CJK = "\u3400-\u9fff\uf900-\ufaff"
#: ASCII punctuation that touches a Chinese character stands for the Chinese one.
_HALF = re.compile(rf"(?<=[{_CJK}”’》）])[,;:?!]|[,;:?!](?=[{_CJK}“‘《（])")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}

#: Frequent characters that only a text in traditional characters has: about one in nine of such a text.
_TELLING = re.compile("[們會來對這個時後為說國過發經開關長問學實現點萬與無將應體員動業數機產進種當總務議書]")
_SAMPLE, _TRADITIONAL = 20_000, 0.02

_MARK = "，。；：！？、“”‘’《》（）【】〈〉…"
#: What is dropped: markup, entities for spaces, invisible characters, spaces beside Chinese punctuation or
#: beside a line end, all but one of several spaces or line ends. Every repeat is bounded or possessive.
_LITTER = re.compile(
    rf"""</?[A-Za-z][A-Za-z0-9]{{0,12}}(?:\s[^<>\n]{{0,300}})?/?>
      | &(?:nbsp|ensp|emsp|thinsp|zwnj|zwj)[;；]
      | [\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]++
      | (?<=[\n{_MARK}])[ ]++ | [ ]++(?=[\n{_MARK}]) | (?<=[ ])[ ]++ | (?<=\n)[ \n]++
      | \A[ \n]++ | [ \n]++\Z""",
    re.VERBOSE,
)

#: A label set in columns (主　　持：), or a two-character name padded to three among others so far apart.
_PADDED = re.compile(
    rf"""^[ ]{{0,8}}(?P<word>(?:[{_CJK}][ ]{{1,6}}){{1,5}}[{_CJK}])(?=[ ]?：)
      | (?:(?<=[：、\n])|(?<=[ ][ ]))(?P<name>[{_CJK}][ ][{_CJK}])(?=[ ][ ]|[、，。\n]|\Z)""",
    re.VERBOSE | re.MULTILINE,
)
_BLANKS = re.compile(r"[ ]++")

#: What a table of minutes has in the cell before a value: 时间, 地点, 主持人.
_CELL_LABEL = re.compile(
    "|".join(r.regex.pattern for r in load("layout").rules.values() if r.id.startswith("layout.label.")),
    re.VERBOSE,
)

#: Cells of such a row, at most.
_CELLS = 8

#: A paragraph broken at a column: at least so many lines, all but the last this near the longest.
_WRAP_LINES, _WRAP_SLACK, _WRAP_WIDTH = 3, 3, 20
_ENDS = "。！？；：”’》）…"
_STARTS = re.compile(r"[ ]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[·*※△▲#>-]|[^：]{2,8}：")


#: A line end between Latin letters, or behind a hyphen, and how near Chinese must stand on both sides: the sentence goes
#: on. So long is half a line, and no sentence longer.
_LATIN = re.compile(r"(?<=[A-Za-z,.])\n(?=[A-Za-z])")
_CHINESE = re.compile(f"[{_CJK}]")
_NEAR, _HALF_LINE, _SENTENCE = 60, 20, 2000
#: Words in quotation marks, or a title, with one line end inside and no sentence's end before it.
_QUOTE = re.compile(r"[“《][^“”《》\n。！？；]{1,80}(?P<end>\n)[^“”《》\n]{1,80}[”》]")


@dataclass(frozen=True, slots=True)
class Clean:
    """The clean text and, for each of its characters, the code point of the text it came from."""

    text: str
    origin: array[int]

    def source(self, start: int, end: int) -> Extent:
        """The stretch of the text as read that ``text[start:end]`` came from.

        >>> c = clean("王　伟  主持，\\n\\n 会议")
        >>> c.text
        '王 伟 主持，\\n会议'
        >>> c.source(0, 3)
        Extent(start=0, end=3)
        >>> c.source(8, 10)
        Extent(start=11, end=13)
        """
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else 0
            return Extent(at, at)
        return Extent(self.origin[start], self.origin[end - 1] + 1)


def clean(text: str) -> Clean:
    """Fold and drop (see ``_FOLD``, ``_LITTER``, and ``_wraps`` for lines broken at a column).

    A text in traditional characters is folded to simplified ones, character by character, so that the
    rules read it too; what the record prints is taken from the text as read.

    >>> clean("縣委召開會議，縣長張國棟主持會議並講話").text
    '县委召开会议，县长张国栋主持会议并讲话'
    >>> clean("乾县召开会议，传达於都精神").text
    '乾县召开会议，传达於都精神'
    """
    if _is_traditional(text):
        text = text.translate(traditional())
    if "\t" in text:
        text = "\n".join(_labelled(line) if "\t" in line else line for line in text.split("\n"))
    out = _HALF.sub(lambda m: _WIDE[m[0]], text.translate(_FOLD))
    origin = array("I", range(len(out)))
    for find in (_padding, _litter):
        out, origin = _drop(out, origin, find(out))
    out = _rejoined(out)
    out, origin = _drop(out, origin, sorted({*_broken(out), *_wraps(out)}))
    return Clean(out, origin)


def _labelled(line: str) -> str:
    """The row of a table that pairs labels with values, as the lines that it stands for: one for one.

    >>> _labelled("时　间\\t3月24日\\t地点\\t三楼"), _labelled("姓名\\t职务"), _labelled("时间\\t地点\\t主持人\\t记录")
    ('时　间：3月24日\\n地点：三楼', '姓名\\t职务', '时间\\t地点\\t主持人\\t记录')
    """
    cells = line.split("\t")
    is_label = [bool(_CELL_LABEL.fullmatch(re.sub(r"\s", "", cell))) for cell in cells[:_CELLS]]
    if len(cells) > _CELLS or len(cells) % 2 or not all(is_label[::2]) or any(is_label[1::2]):
        return line
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return "\n".join(f"{label}：{value}" for label, value in pairs)


def _is_traditional(text: str) -> bool:
    """Whether so many of the characters are traditional that the text is: 乾, 於, 著 in others are names."""
    head = text[:_SAMPLE]
    return len(head) - len(_TELLING.sub("", head)) > _TRADITIONAL * len(head)


def _drop(text: str, origin: array[int], spans: Iterable[tuple[int, int]]) -> tuple[str, array[int]]:
    parts, kept, last = [], array("I"), 0
    for start, end in spans:
        parts.append(text[last:start])
        kept.extend(origin[last:start])
        last = end
    parts.append(text[last:])
    kept.extend(origin[last:])
    return "".join(parts), kept


def _litter(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _LITTER.finditer(text))


def _padding(text: str) -> Iterator[tuple[int, int]]:
    """Blanks that only set a label or a list of names in columns.

    >>> clean("主　　持：李甲").text, clean("出　席：王　伟　　欧阳明　　赵　丙").text
    ('主持：李甲', '出席：王伟 欧阳明 赵丙')
    """
    for match in _PADDED.finditer(text):
        for blank in _BLANKS.finditer(text, *match.span(str(match.lastgroup))):
            yield blank.span()


def _rejoined(text: str) -> str:
    """The text with a blank for the line ends that stand for one, between two Latin words of a sentence.

    >>> _rejoined("会上，美国某某大学植物与土壤科学系的某某研究员、教授Tom" + chr(10) + "Brown作了报告。")[-15:]
    '授Tom Brown作了报告。'
    """

    def joint(match: re.Match[str]) -> str:
        end = match.start()
        start = text.rfind("\n", max(0, end - _SENTENCE), end)
        whole = end - start > _HALF_LINE and not _STARTS.match(text, start + 1)
        near = max(start + 1, end - _NEAR), end, end + _NEAR
        goes_on = whole and all(_CHINESE.search(text, a, b) for a, b in pairwise(near))
        return " " if goes_on else match[0]

    return _LATIN.sub(joint, text)


def _broken(text: str) -> Iterator[tuple[int, int]]:
    """Line ends within quotation marks or a title that the next line closes: “迎接盛会｜喜开新局”.

    >>> text = "以“迎接盛会" + chr(10) + "喜开新局”为题"
    >>> [text[start] == chr(10) for start, _ in _broken(text)]
    [True]
    """
    for match in _QUOTE.finditer(text):
        at = match.start("end")
        yield at, at + 1


def _wraps(text: str) -> Iterator[tuple[int, int]]:
    """Line ends that only break a paragraph at a column.

    >>> line = "一二三四五六七八九十一二三四五六七八九十"
    >>> [start for start, _ in _wraps(chr(10).join([line, line, line, "完。"]))]
    [20, 41, 62]
    """
    lines = text.split("\n")
    at, widest = 0, 0
    run: list[int] = []
    for line in [*lines, ""]:
        full = len(line) >= _WRAP_WIDTH and line[-1] not in _ENDS
        if full and (not run or abs(len(line) - widest) <= _WRAP_SLACK):
            widest = max(widest, len(line))
            run.append(at + len(line))
        else:
            if len(run) >= _WRAP_LINES:
                ends = (end for end in run if end < len(text) and not _STARTS.match(text, end + 1))
                yield from ((end, end + 1) for end in ends)
            run, widest = ([at + len(line)], len(line)) if full else ([], 0)
        at += len(line) + 1
