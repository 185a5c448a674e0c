"""Sentences with the labels of three taggers, voted into one label a character, or none.

A span that two teachers give is taken. Where only one gives it the others may have missed it or it may
have erred: such characters teach little (``DOUBT``) or nothing, but the rest of the sentence still does.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractor.language.clean import clean

Span = tuple[int, int, str]

TEACHERS = ("fool", "cutword", "lac")
#: How much a character teaches where a single teacher sees a place or an organisation there.
DOUBT = 0.3

_HAN = r"[\u3400-\u9fff]"
#: What a person's name may look like: 王伟, 欧阳修文, 阿卜杜拉·买买提, Anna Weber, 洛佩兹-马丁.
_NAME = re.compile(
    rf"{_HAN}{{2,6}}|{_HAN}{{1,8}}(?:[·-]{_HAN}{{1,8}}){{1,4}}|[A-Z][A-Za-z.]+(?:[ ·][A-Z][A-Za-z.]*){{0,3}}"
)
#: Words that taggers glue to names (张主席 is a surname and a post: no name).
_POST = re.compile(
    "(?:总书记|书记|主席|总理|总统|首相|部长|主任|校长|院长|教授|老师|同学|同志|先生|女士|院士|医生|处长|局长|县长|市长|省长"
    "|会长|董事长|记者|代表|国王|王储|大使|外长|将军|互)$"
)
#: 张书记, 李副校长: one is addressed, not named. Taggers call it a name; the model is to know better.
_ADDRESS = re.compile(rf"{_HAN}副?(?:{_HAN}长|总?书记|主席|主任|总理|总统|教授|老师|医生|院士|总|局|处|队)")
_POST_BEFORE = re.compile("(?:国家主席|国务院总理|总书记|总理|主席|总统|记者|通讯员|书记|同志|同)")


@dataclass(slots=True)
class Example:
    """A sentence (cleaned), its voted spans and the weight of each character."""

    text: str
    spans: list[Span]
    weights: list[float] = field(default_factory=list)


def read(path: Path) -> Iterator[Example]:
    """All sentences of ``silver.jsonl.gz``, in order, adjudicated."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            example = adjudicate(json.loads(line))
            if example.text:
                yield example


def adjudicate(row: dict) -> Example:
    """Vote over one sentence."""
    cleaned = clean(row["s"])
    text, at = cleaned.text, {o: i for i, o in enumerate(cleaned.origin)}
    votes: dict[Span, set[str]] = {}
    for teacher in TEACHERS:
        for start, end, label in row[teacher]:
            kept = [at[o] for o in range(start, end) if o in at]
            if kept and teacher == "cutword" and label == "PERSON":
                # Its 张明总书记 is a name with a post: a vote for the end of the post.
                votes.setdefault((kept[0], kept[-1] + 1, "BASE"), set()).add(teacher)
            if kept and label in ("PERSON", "ORG", "LOC", "TITLE"):
                span = _trimmed(text, kept[0], kept[-1] + 1, label)
                if span:
                    votes.setdefault(span, set()).add(teacher)
            elif kept and label == "BASE":
                votes.setdefault((kept[0], kept[-1] + 1, "BASE"), set()).add(teacher)
    return _vote(text, votes)


def _trimmed(text: str, start: int, end: int, label: str) -> Span | None:
    """The span without white space, punctuation and posts at its ends; None where nothing is left."""
    while start < end and text[start] in " \n，。、；：“”（）《》,.":
        start += 1
    while start < end and text[end - 1] in " \n，。、；：“”（《》,":
        end -= 1
    if label == "PERSON":
        before = _POST_BEFORE.match(text[start:end])
        if before and end - start - before.end() >= 2:
            start += before.end()
        after = _POST.search(text[start:end])
        if after and after.start() >= 2:
            end = start + after.start()
    return (start, end, label) if start < end else None


def _vote(text: str, votes: dict[Span, set[str]]) -> Example:
    taken: list[Span] = []
    owner = bytearray(len(text))
    weights = [1.0] * len(text)
    order = {"PERSON": 0, "ORG": 1, "LOC": 2, "TITLE": 3, "BASE": 4}
    ranked = sorted(votes, key=lambda s: (order[s[2]], -len(votes[s]), s[0] - s[1], s[0]))
    longest = sorted((s for s in votes if s[2] == "ORG"), key=lambda s: (s[0] - s[1], -len(votes[s])))
    bases = {s[1] for s in votes if s[2] == "BASE"}
    chosen = [s for s in ranked if s[2] == "PERSON" and len(votes[s]) > 1 and is_name(text[s[0] : s[1]])]
    chosen += [s for s in longest if len(votes[s]) > 1 or _agreed(s, votes, longest)]
    chosen += [s for s in ranked if s[2] == "LOC" and len(votes[s]) > 1]
    chosen += [s for s in ranked if s[2] == "TITLE" and s[1] in bases and s[1] - s[0] > 1]
    for span in chosen:
        if not any(owner[span[0] : span[1]]):
            owner[span[0] : span[1]] = b"\1" * (span[1] - span[0])
            taken.append(span)
    for span in ranked:
        addressed = span[2] == "PERSON" and _ADDRESS.fullmatch(text[span[0] : span[1]])
        if span[2] != "BASE" and span not in taken and not addressed:
            # A person that only cutword sees and that does not look like a name is hardly one (班主任).
            likely = span[2] == "PERSON" and (votes[span] != {"cutword"} or is_name(text[span[0] : span[1]]))
            for i in range(span[0], span[1]):
                if not owner[i]:
                    weights[i] = min(weights[i], 0.0 if likely else DOUBT)
    return Example(text, sorted(taken), weights)


def is_name(text: str) -> bool:
    """Whether it may be the name of a person, by its form alone."""
    return bool(_NAME.fullmatch(text)) and not _POST.search(text)


def _agreed(span: Span, votes: dict[Span, set[str]], organisations: list[Span]) -> bool:
    """Whether another teacher sees an organisation that begins or ends where this one does, inside it."""
    return any(
        o != span
        and (o[0] == span[0] or o[1] == span[1])
        and span[0] <= o[0]
        and o[1] <= span[1]
        and votes[o] - votes[span]
        for o in organisations
    )
