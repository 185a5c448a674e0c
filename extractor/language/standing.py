"""In what capacity people speak: with authority, in a statement of their own, in a report, or from afar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.language.types import Name
from extractor.rules import load

_RULES = load("speech")
_INSTRUCTION, _THERE, _CHAIR = (_RULES[f"speech.{x}"] for x in ("instruction", "there", "chair"))
_THESIS, _PROPOSER, _PUPIL = (_RULES[f"speech.{x}"] for x in ("thesis", "proposer", "pupil"))
#: What a predicate makes of its subject; the first that is found counts.
_STANDINGS = tuple((x, _RULES[f"speech.{x}"]) for x in ("lecture", "report", "strong", "weak"))
_DISCUSSING, _ORDINARY, _OFFICE = (_RULES[f"speech.{x}"] for x in ("discussing", "ordinary", "office"))
_GREETS, _HEARS = _RULES["speech.greets"], _RULES["speech.hears"]
_SOFT = _RULES.words("soft")
_LIST = re.compile(r"(?:同志|等)?(?:、|和|与|及|以及)")
#: How far behind a name its predicate shows what it did, and how far before 作出重要指示 its subject stands.
_TAIL, _SENDER = 60, 30


class Standing:
    """What the report has told of each person so far."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.told: dict[str, str] = {}
        self.chairs = {n.name for n in names if _CHAIR.match(text[n.end : n.end + _TAIL])}
        self.absent = _senders(text, names)
        learned = _RULES["speech.symposium"].search(text) and _RULES["speech.papers"].search(text)
        self.symposium = learned is not None
        self._thesis = (-1, -1)  # the last sentence that was looked at for one, and where it stands there

    def tell(self, names: Sequence[Name], until: int) -> None:
        """Note what the reporter says of ``names``, of a list what he says of its last."""
        for name, after in reversed(list(zip(names, [*names[1:], None], strict=False))):
            end = min(head(after) if after else until, name.end + _TAIL)
            tail = self.text[name.end : end]
            shared = self.told.get(after.name) if after and _LIST.match(tail) else None
            self.note(name, tail, shared)

    def note(self, name: Name, tail: str, shared: str | None = None) -> None:
        """Note what the predicate ``tail`` makes of ``name``."""
        tail = _HEARS.sub("", tail)
        found = next((standing for standing, rule in _STANDINGS if rule.search(tail)), shared)
        if found is not None:
            self.told[name.name] = found

    def kind(self, name: Name, form: str, word: str, verb: int, sentence: tuple[int, int]) -> str:
        """The kind of speech that ``name`` gives with the verb ``word`` at ``verb`` (see ``Speech.kind``)."""
        told = self.told.get(name.name)
        if name.name in self.absent:
            return "quote"
        if name.name in self.chairs:
            return "address"
        paper = (
            self.symposium and told != "strong" and form != "direct" and not _GREETS.match(self.text, verb)
        )
        if paper or self._has_thesis(verb, sentence):
            return "statement"
        own = told == "lecture" or (told != "strong" and self._proposes(name))
        if form == "say" and word != "强调" and own:
            return "statement"
        if word == "建议" and told != "strong":
            return "statement"
        if word in _SOFT and told != "strong" and _DISCUSSING.match(self.text, *sentence):
            return "statement"
        if told == "weak" and word == "提出":  # 李甲常委代表县政协发言提出
            return "statement"
        if told in ("weak", "report") and form == "request" and "要求" in word:
            return "address"
        if told in ("weak", "report") and (word in _SOFT or form == "request"):
            return "report" if told == "report" else "statement"
        return "address"

    def _proposes(self, name: Name) -> bool:
        if _PUPIL.match(self.text, name.end) is not None:
            return True
        title = name.title.of(self.text) if name.title else ""
        ordinary = _ORDINARY.search(title) is not None and _OFFICE.search(title) is None
        return ordinary or _PROPOSER.search(title) is not None

    def _has_thesis(self, verb: int, sentence: tuple[int, int]) -> bool:
        if self._thesis[0] != sentence[0]:
            match = _THESIS.search(self.text, *sentence)
            self._thesis = (sentence[0], match.start() if match else sentence[1])
        return self._thesis[1] < verb


def head(name: Name) -> int:
    """Where the name begins with the title before it."""
    return min(name.start, name.title.start) if name.title else name.start


def _senders(text: str, names: Sequence[Name]) -> frozenset[str]:
    """Those who sent an instruction or a letter, and are not said to be there."""
    ends = {n.end: n.name for n in names}
    absent = set()
    for match in _INSTRUCTION.finditer(text):
        for end in range(match.start(), max(0, match.start() - _SENDER), -1):
            if end in ends:
                absent.add(ends[end])
            if end in ends or text[end - 1] in "。\n；":
                break
    return frozenset(absent - {n.name for n in names if _THERE.search(text[n.end : n.end + _TAIL])})
