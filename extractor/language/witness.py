"""The trained model as a witness among the candidates: what it says of each, and the names that it alone sees.

The model sees a few characters each way, so only the windows are shown to it in which a name is likely to
stand; what it says is told to the candidates in their own unit, tenths of a nat.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from math import log

from extractor.language.candidates import Candidate, is_address
from extractor.language.charnet import TAGS
from extractor.language.neighbours import context, post_ends
from extractor.language.ner import load_model
from extractor.rules import load

#: What a name that the model is sure of gains at most, and what one loses that the model does not see. Little
#: beside what neighbours say (POST is 60): where the two disagree on a cut, the posts and acts decide.
_BELIEF, _UNSEEN = 30, 10
#: The least that the characters of a name that the model sees can say: names that are words (白露, 高山).
_FLOOR = -20
#: What it costs to be seen by the model alone, and the least belief of such a name.
_ALONE, _LEAST = 50, 0.5
#: A candidate that lacks more than this is not shown to the model.
_SHOWN = -20
#: Characters shown on each side of what may be a name, and after a post. Of 3, 4, 5, 7, 10 a side, 3 loses
#: names and 10 finds no more than 5, which shows the model a third of a report.
_MARGIN, _AFTER_POST = 5, 3
#: The same around a name that a lexicon lists, which is asked about for itself; so many are shown together, which bounds
#: the memory.
_SEEN, _TOGETHER = 12, 256
#: What a name is made of.
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff]|[\u4e00-\u9fff]{1,9}(?:·[\u4e00-\u9fff]{1,9}){1,3}"
)


def heard(text: str, found: list[Candidate]) -> list[Candidate]:
    """The candidates, with what the model says of each, and those that it alone sees.

    >>> from extractor.language.candidates import candidates
    >>> text = "班主任代表花蕾发言。"  # a word as well: the rules would not have it
    >>> [(text[c.start : c.end], c.rule) for c in heard(text, candidates(text)) if c.gain > 0]
    [('花蕾', 'names.model')]
    """
    windows = _windows(text, found)
    seen = {at: score for at, score in _persons(text, windows) if not _vetoed(text[slice(*at)])}
    shown = {i for first, last in windows for i in range(first, last)}
    out = [_told(c, seen.pop((c.start, c.end), 0.0)) if c.start in shown else c for c in found]
    return out + [
        Candidate(
            start,
            end,
            _FLOOR,
            context(text, start, end) + _belief(score) - _ALONE,
            "names.model",
            model=_belief(score),
        )
        for (start, end), score in seen.items()
        if score >= _LEAST
    ]


def _told(c: Candidate, score: float) -> Candidate:
    """A candidate with what the model says; one that the rules would not have taken is named after the model."""
    if not score:
        return c._replace(told=c.told - _UNSEEN, model=-_UNSEEN)
    rule = c.rule if c.gain > 0 else "names.model"
    belief = _belief(score)
    return c._replace(shape=max(c.shape, _FLOOR), told=c.told + belief, rule=rule, model=belief)


def _vetoed(name: str) -> bool:
    """Whether the rules know better: no shape of a name, a form of address (王老), a thing (明志楼)."""
    return not _NAME.fullmatch(name) or name[-1] in load("names").words("thing_ends") or is_address(name)


def _belief(score: float) -> int:
    """10 ln of the odds for a name, bounded.

    >>> _belief(0.5)
    0
    """
    return max(-_BELIEF, min(_BELIEF, round(10 * log((score + 1e-6) / (1 - score + 1e-6)))))


def likeness(text: str, spans: Sequence[tuple[int, int]]) -> list[float]:
    """How far the model would have each of these stretches for exactly one name, 0 to 1."""
    groups = (spans[i : i + _TOGETHER] for i in range(0, len(spans), _TOGETHER))
    return [liked for group in groups for liked in _likeness(text, group)]


def _likeness(text: str, spans: Sequence[tuple[int, int]]) -> list[float]:
    tagger = load_model()
    person, apart = [TAGS.index(f"{place}-PERSON") for place in "BIE"], "\n" * tagger.reach
    starts = [max(0, start - _SEEN) for start, _ in spans]
    windows = [text[first : end + _SEEN] for first, (_, end) in zip(starts, spans, strict=True)]
    scores = tagger.scores(apart + apart.join(windows) + apart)
    out, at = [], len(apart)
    for first, window, (start, end) in zip(starts, windows, spans, strict=True):
        begin, last = at + start - first, at + end - first - 1
        inner = scores[begin + 1 : last, person[1]]
        out.append(float(min([scores[begin, person[0]], scores[last, person[2]], *inner])))
        at += len(window) + len(apart)
    return out


def _windows(text: str, found: Iterable[Candidate]) -> list[tuple[int, int]]:
    """Stretches of the text in which a name is likely to stand, in order, apart from each other."""
    places = [(c.start, c.end) for c in found if c.gain > _SHOWN]
    places += [(at, at + _AFTER_POST) for at in post_ends(text) if "\u4e00" <= text[at : at + 1] <= "\u9fff"]
    windows: list[tuple[int, int]] = []
    for start, end in sorted(places):
        start, end = max(0, start - _MARGIN), min(len(text), end + _MARGIN)
        if windows and start <= windows[-1][1]:
            start, last = windows.pop()
            end = max(end, last)
        windows.append((start, end))
    return windows


def _persons(text: str, windows: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], float]]:
    """The persons that the model finds in the windows, which it reads as so many lines."""
    if not windows:
        return
    starts = list(accumulate((b - a + 1 for a, b in windows), initial=0))
    for name in load_model().find(["\n".join(text[a:b] for a, b in windows)])[0]:
        if name.label == "PERSON":
            number = bisect_right(starts, name.start) - 1
            first = windows[number][0]
            start, end = name.start + first - starts[number], name.end + first - starts[number]
            yield (start, end), name.score
