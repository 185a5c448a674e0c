"""Rows of tables as lines of a text: the same for Word, OpenDocument and RTF."""

from __future__ import annotations

import re

from extractor.reading.places import Writer

#: A line of the text: pieces with the numbers of the paragraphs that they are from.
Line = list[tuple[int, str]]

#: A label set upright in a narrow cell (会 / 议 / 议 / 题) has no more characters than this.
_UPRIGHT = 10
_ENDED = re.compile(r"[。；！？：，、]\Z")


def in_row(cells: list[list[Line]]) -> list[Line]:
    """The lines of a row of a table: its cells parted by tabs, a cell of several paragraphs on lines of its own.

    >>> in_row([[[(1, "会")], [(2, "议")]], [], [[(3, "一是通报。")], [(4, "二是部署。")]]])
    [[(1, '会'), (2, '议'), (2, '\\t'), (3, '一是通报。')], [(4, '二是部署。')]]
    """
    lines, single = list[Line](), False
    for lines_of_cell in cells:
        cell = [line for broken in lines_of_cell for line in _lines(broken)]
        if len(cell) > 1 and _is_upright(cell, 1 if lines else 2):
            cell = [[piece for line in cell for piece in line]]
        if not cell:
            continue
        if single:
            lines[-1] = [*lines[-1], (lines[-1][-1][0], "\t"), *cell[0]]
            cell = cell[1:]
            single = not cell
        else:
            single = len(cell) == 1
        lines += cell
    return lines


def put(line: Line, written: Writer) -> None:
    """Write a line that is finished, each piece with its paragraph."""
    for number, piece in line:
        written.add(piece, paragraph=number)
    written.add("\n", paragraph=line[-1][0])


def _is_upright(cell: list[Line], width: int) -> bool:
    """Whether this is a label, so many characters a line: two in the first cell (会议 / 时间), elsewhere they may be names."""
    texts = ["".join(piece for _, piece in line).strip() for line in cell]
    return (
        all(len(text) <= width for text in texts)
        and sum(map(len, texts)) <= _UPRIGHT
        and not any(_ENDED.search(text) or text[:1].isdigit() for text in texts)
    )


def _lines(broken: Line) -> list[Line]:
    """A paragraph that line breaks divide, as lines."""
    lines: list[Line] = [[]]
    for number, piece in broken:
        for i, text in enumerate(piece.split("\n")):
            if i:
                lines.append([])
            if text:
                lines[-1].append((number, text))
    return [line for line in lines if any(not text.isspace() for _, text in line)]
