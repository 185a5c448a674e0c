"""The clause around a place in the text: as far as the next mark that is not inside quotes or brackets."""

from __future__ import annotations

#: Marks that end a clause of the body, and of a headline, whose parts stand apart by blanks and dashes.
BODY, HEADLINE = "，。；！？\n：", "，。；！？\n： |｜—"
_OPEN, _CLOSE = "“‘《〈（【", "”’》〉）】"
#: How far a clause is followed to either side, in code points: names of meetings with all their hosts reach
#: 130 in the raw reports.
_REACH = 160


def clause(text: str, start: int, end: int, marks: str = BODY) -> tuple[int, int]:
    """Where the clause that holds ``text[start:end]`` begins and ends.

    >>> text = "5月3日，县委召开“守初心，担使命”座谈会，总结工作。"
    >>> text[slice(*clause(text, 7, 9))]
    '县委召开“守初心，担使命”座谈会'
    """
    return _left(text, start, marks), _right(text, end, marks)


def _left(text: str, at: int, marks: str) -> int:
    depth, stop = 0, max(0, at - _REACH)
    while at > stop:
        char = text[at - 1]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            depth -= 1
            if depth < 0:
                return at
        elif depth == 0 and char in marks:
            return at
        at -= 1
    return at


def _right(text: str, at: int, marks: str) -> int:
    depth, stop = 0, min(len(text), at + _REACH)
    while at < stop:
        char = text[at]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth -= 1
            if depth < 0:
                return at
        elif depth == 0 and char in marks:
            return at
        at += 1
    return at
