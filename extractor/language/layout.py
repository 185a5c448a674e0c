"""The shape of a report: headlines, dateline, body, captions, byline lines, labels of minutes, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language

from extractor.language.findings import Component, Findings
from extractor.language.types import Extent, Layout, Line, LineKind, Sentence
from extractor.rules import load

_RULES = load("layout")
_DATELINES = _RULES.labelled("dateline")
_BYLINES = _RULES.labelled("byline")
_META, _CAPTION, _HEADING = (_RULES[f"layout.{x}"] for x in ("meta", "caption", "heading.number"))

_LABELS = [r for r in _RULES.rules.values() if r.id.startswith("layout.label.")]
#: A label stands at the head of a line, after a number, a bullet or an English twin (Time 时间：), or after
#: two spaces on the line of another label.
_LABEL = re.compile(
    r"(?:^|(?<=[\n ]))(?:[一二三四五六七八九十\d]{1,3}[、.．][ ]?|[·*#-]{1,3}[ ]?|[A-Z][A-Za-z ]{1,16}[ ]?)?[【\[]?(?:"
    + "|".join(f"(?P<g{i}>{r.regex.pattern})" for i, r in enumerate(_LABELS))
    + r")[】\]]?(?:（[^（）\n]{0,20}）)?(?:：[ ]?|(?<=[】\]])|(?=\n))",
    re.VERBOSE,
)
_LABEL_OF = {f"g{i}": r.label for i, r in enumerate(_LABELS)}

#: Length in code points below which a line without a closing mark is a heading, and above which the first
#: line of a text is already its body. Headlines in the raw reports: median 24, 99th percentile 66.
_HEADING_LENGTH, _BODY_LENGTH = 40, 80

_SENTENCE = re.compile(r"[^。！？\n]*+(?:[。！？]++[”’）]*+|\n|\Z)")
_CLOSED = re.compile(r"[。！？；：，…][”’》）]{0,3}\Z")


class Reader(Component):
    """Lines, sentences, headline and dateline of the clean text."""

    stage = "layout"

    def find(self, found: Findings) -> None:
        """Fill ``found.layout``."""
        found.layout = read_layout(found.clean)

    def show(self, found: Findings) -> Iterable[tuple[int, int, str, str]]:
        """The lines, labelled with their kind."""
        assert found.layout is not None
        return ((x.start, x.end, x.kind.value, "layout.line") for x in found.layout.lines)


def read_layout(text: str) -> Layout:
    """The layout of a clean text.

    >>> layout = read_layout("县委召开会议\\n本报讯 5月3日，县委召开会议。李甲主持。\\n（记者 王乙）")
    >>> [line.kind.value for line in layout.lines]
    ['headline', 'body', 'byline']
    >>> len(layout.sentences)  # the headline is one
    3
    """
    datelines = [Extent(*m.span()) for r in _DATELINES for m in r.regex.finditer(text)]
    dateline = min(datelines, default=None)
    found = sorted(Extent(*m.span()) for r in _BYLINES for m in r.regex.finditer(text))
    # 本报讯（记者 李甲 摄影报道）5月3日，县委 … is no byline, though its line is short and names a reporter.
    ends = {d.start: d.end for d in datelines}
    bylines = [b for b in found if ends.get(b.start, b.end) >= b.end]
    lines = list(_lines(text, bylines, {d.start for d in datelines}))
    lines = _headlines(text, lines, dateline)
    headline = next((Extent(x.start, x.end) for x in lines if x.kind is LineKind.HEADLINE), None)
    return Layout(tuple(lines), tuple(_sentences(text, lines, bylines)), headline, dateline, tuple(bylines))


def _lines(text: str, bylines: list[Extent], datelines: set[int]) -> Iterator[Line]:
    """Every line with a first guess of its kind; a line with several labels counts as several."""
    labels = _labels(text)
    open_label: Line | None = None
    at = 0
    for raw in text.split("\n"):
        start, end = at, at + len(raw)
        at = end + 1
        if not raw:
            continue
        here = labels.get(start, [])
        if here and start not in datelines:
            for i, (label, begin, value) in enumerate(here):
                stop = here[i + 1][1] if i + 1 < len(here) else end
                open_label = Line(begin, stop, LineKind.LABEL, label, value)
                yield open_label
                if value < stop:
                    open_label = None
            continue
        kind = _kind(raw, start, end, bylines)
        if open_label and kind in (LineKind.BODY, LineKind.SUBHEAD):
            if not _HEADING.match(raw):
                yield Line(start, end, LineKind.LABEL, open_label.label, start)
                continue
            if open_label.label == "decisions":  # 议定事项： goes on under its headings
                yield Line(start, end, LineKind.SUBHEAD)
                continue
        open_label = None
        yield Line(start, end, kind)


def _labels(text: str) -> dict[int, list[tuple[str, int, int]]]:
    """Labels by the line they stand on: (canonical name, start, start of the value)."""
    found: dict[int, list[tuple[str, int, int]]] = {}
    for match in _LABEL.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        if match.start() > line and line not in found:
            continue
        found.setdefault(line, []).append((_LABEL_OF[str(match.lastgroup)], match.start(), match.end()))
    return found


def _kind(raw: str, start: int, end: int, bylines: list[Extent]) -> LineKind:
    if any(b.start <= start + 1 and b.end >= end for b in bylines):
        return LineKind.BYLINE
    if _META.match(raw):
        return LineKind.META
    if _CAPTION.match(raw):
        return LineKind.CAPTION
    if len(raw) <= _HEADING_LENGTH and not _CLOSED.search(raw):
        return LineKind.SUBHEAD
    return LineKind.BODY


def _headlines(text: str, lines: list[Line], dateline: Extent | None) -> list[Line]:
    """Lines before the body are headlines: the first is the main one, unless the body begins at once."""
    out, main = [], False
    for i, line in enumerate(lines):
        raw = text[line.start : line.end]
        if line.kind in (LineKind.META, LineKind.BYLINE):
            out.append(replace(line, kind=LineKind.META))
            continue
        begins = (
            line.kind is LineKind.LABEL
            or len(raw) > _BODY_LENGTH
            or (dateline is not None and dateline.start == line.start)
            or raw[-1] in "。；"
        )
        if begins:
            return out + lines[i:]
        out.append(replace(line, kind=LineKind.SUBHEAD if main else LineKind.HEADLINE))
        main = True
    return out


def _sentences(text: str, lines: list[Line], bylines: list[Extent]) -> Iterator[Sentence]:
    """Sentences of all lines but bylines and page furniture; a mark inside 《》 or 〈〉 ends none."""
    for n, line in enumerate(lines):
        if line.kind in (LineKind.BYLINE, LineKind.META):
            continue
        start = line.value if line.label else line.start
        end = next((b.start for b in bylines if line.start < b.start < line.end), line.end)
        at = start
        for match in _SENTENCE.finditer(text, start, end):
            stop = match.end()
            piece = text[at:stop]
            if stop < end and (text[stop] == "》" or piece.count("《") > piece.count("》")):
                continue
            if piece.strip():
                yield Sentence(at, stop, n)
            at = stop


@Language.factory("meeting_layout")
def make(nlp: Language, name: str) -> Reader:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_layout")``."""
    return Reader()
