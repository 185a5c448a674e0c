"""Names by a trained model: persons, organisations, places and posts, for texts that no list knows.

The model (``extractor/model/``) is made by ``training/``; its card is ``training/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.language.charnet import TAGS, Floats, Network, build
from extractor.language.findings import findings
from extractor.language.one_thread import one_thread
from extractor.language.vocabulary import Vocabulary

#: Where the model lies inside the package.
FOLDER = Path(__file__).parent.parent / "model"

#: Longest run of characters scored at once: bounds the memory (some 3 KB a character).
_RUN = 16_384


class Found(NamedTuple):
    """A name in a text: code points, ``end`` exclusive; ``score`` is the model's belief, 0 to 1."""

    start: int
    end: int
    label: str  # PERSON | ORG | LOC | TITLE
    score: float


class Tagger:
    """The network with its vocabulary; ``reach`` is how many characters it sees each way."""

    def __init__(self, network: Network, vocabulary: Vocabulary, reach: int) -> None:
        self.network, self.vocabulary, self.reach = network, vocabulary, reach

    def scores(self, text: str) -> Floats:
        """The probability of each tag at each character."""
        rows = self.vocabulary.rows(text)
        with one_thread():
            scores: Floats = self.network.predict(rows)
        scores[rows[:, 0] == self.vocabulary.line_end] = _LINE_END
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def find(self, texts: Iterable[str]) -> list[list[Found]]:
        """The names in each text, in order, none overlapping.

        Texts may be sentences or whole reports, cleaned (``extractor.language.clean``). They are scored in
        few runs, so that short ones cost little more per character than long ones; between them stand as many
        line ends as the network sees characters, so that what is found in one depends on no other.
        """
        items = list(texts)
        apart = "\n" * self.reach
        found: list[list[Found]] = [[] for _ in items]
        for group in _runs(items):
            text = apart + apart.join(items[n][a:b] for n, a, b in group) + apart
            names, at, near = spans(self.scores(text)), self.reach, 0
            for n, a, b in group:
                stop = at + b - a
                while near < len(names) and names[near].start < stop:
                    x = names[near]
                    found[n].append(Found(x.start - at + a, min(x.end, stop) - at + a, x.label, x.score))
                    near += 1
                at = stop + self.reach
        return found

    def to_disk(self, folder: Path, config: dict[str, Any]) -> None:
        """Write the folder that ``from_disk`` reads; ``config`` is that of the training, with what
        ``charnet.build`` was given under ``network``.
        """
        folder.mkdir(parents=True, exist_ok=True)
        weights: dict[str, Any] = {
            f"{n}.{name}": np.asarray(node.get_param(name)).astype(np.float16)  # halves the file, costs no F1
            for n, node in enumerate(self.network.walk())
            for name in node.param_names
        }
        np.savez(folder / "weights.npz", allow_pickle=False, **weights)
        np.savez(folder / "vocabulary.npz", allow_pickle=False, **self.vocabulary.arrays())
        (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")

    @classmethod
    def from_disk(cls, folder: Path) -> Tagger:
        """Read a model. Raises FileNotFoundError where there is none."""
        config = json.loads((folder / "config.json").read_text("utf-8"))["network"]
        with np.load(folder / "vocabulary.npz", allow_pickle=False) as arrays:
            vocabulary = Vocabulary.of(arrays)
        network = build(vocabulary.sizes, **config)
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            for n, node in enumerate(network.walk()):
                for name in node.param_names:
                    node.set_param(name, arrays[f"{n}.{name}"].astype(np.float32))
        return cls(network, vocabulary, sum(config["reach"]))


def _runs(texts: Sequence[str]) -> Iterator[list[tuple[int, int, int]]]:
    """Groups of (number, start, end) of at most ``_RUN`` characters together; a longer text is cut, where
    that can be at the end of a line.
    """
    group: list[tuple[int, int, int]] = []
    size = 0
    for number, text in enumerate(texts):
        end = 0
        while end < len(text):
            start, end = end, end + _RUN
            if end < len(text):
                end = text.rfind("\n", start, end) + 1 or end
            end = min(end, len(text))
            if size + end - start > _RUN and group:
                yield group
                group, size = [], 0
            group.append((number, start, end))
            size += end - start
    if group:
        yield group


#: No name goes on over a line end.
_LINE_END = np.array([50.0] + [0.0] * (len(TAGS) - 1), dtype=np.float32)
_SURE = 0.9
_PLACE = np.array([0] + [1 + i % 4 for i in range(len(TAGS) - 1)])  # 0 O, 1 B, 2 I, 3 E, 4 S
_KIND = np.array([0] + [1 + i // 4 for i in range(len(TAGS) - 1)])
_OPENS, _CLOSES = np.isin(_PLACE, (1, 2)), np.isin(_PLACE, (2, 3))
#: May tag b follow tag a? What B or I leaves open, I or E of the same label takes up, and nothing else may.
_MAY = np.where(_OPENS[:, None] | _CLOSES, _OPENS[:, None] & _CLOSES & (_KIND[:, None] == _KIND), True)
_COST = np.where(_MAY, 0.0, -1e9).astype(np.float32)


def spans(scores: Floats) -> list[Found]:
    """The names that the best sequence of tags spells.

    Mostly the best tag of each character already makes a sequence that holds together; only stretches
    where it does not are searched (Viterbi), from a character that surely is in no name to the next.
    """
    tags = scores.argmax(axis=1)
    broken = np.flatnonzero(~_MAY[tags[:-1], tags[1:]])
    quiet = np.flatnonzero(scores[:, 0] > _SURE)
    done = -1
    for at in broken.tolist():
        if at < done:
            continue
        i = int(np.searchsorted(quiet, at, side="right"))
        first = int(quiet[i - 1]) if i else 0
        j = int(np.searchsorted(quiet, at + 1, side="left"))
        done = int(quiet[j]) + 1 if j < len(quiet) else len(tags)
        tags[first:done] = _best(scores[first:done])
    if len(tags):
        tags[0] = tags[0] if not _CLOSES[tags[0]] else 0
        tags[-1] = tags[-1] if not _OPENS[tags[-1]] else 0
    starts = np.flatnonzero(np.isin(_PLACE[tags], (1, 4))).tolist()
    ends = np.flatnonzero(np.isin(_PLACE[tags], (3, 4))).tolist()
    best = np.log(scores[np.arange(len(tags)), tags] + 1e-9)
    total = np.concatenate(([0.0], np.cumsum(best)))
    out = []
    for a, b in _paired(starts, ends):
        score = float(np.exp((total[b + 1] - total[a]) / (b + 1 - a)))
        out.append(Found(a, b + 1, TAGS[tags[a]][2:], score))
    return out


def _paired(starts: list[int], ends: list[int]) -> Iterator[tuple[int, int]]:
    """Each start with the first end at or after it; a start that another start follows first is dropped."""
    j = 0
    for i, start in enumerate(starts):
        while j < len(ends) and ends[j] < start:
            j += 1
        if j < len(ends) and (i + 1 == len(starts) or ends[j] < starts[i + 1]):
            yield start, ends[j]


def _best(scores: Floats) -> list[int]:
    """The best sequence of tags that holds together."""
    logs = np.log(scores + 1e-9)
    back, total = [], logs[0] + np.where(_CLOSES, -1e9, 0)
    for row in logs[1:]:
        paths = total[:, None] + _COST
        back.append(paths.argmax(axis=0))
        total = paths.max(axis=0) + row
    path = [int((total + np.where(_OPENS, -1e9, 0)).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


@cache
def load_model() -> Tagger:
    """The model of the package, read once."""
    return Tagger.from_disk(FOLDER)


class Ner:
    """The pipeline component: ``doc.ents`` by the model; entities that are there already stay."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.ents``."""
        taken = list(doc.ents)
        held = {t.i for e in taken for t in e}
        new: list[Span] = []
        found = findings(doc)
        for name in load_model().find([found.clean])[0]:
            at = found.source(name.start, name.end)
            span = doc.char_span(at.start, at.end, label=name.label, alignment_mode="contract")
            if span is not None and not held.intersection(range(span.start, span.end)):
                new.append(span)
        doc.ents = [*taken, *new]
        return doc


@Language.factory("meeting_ner", assigns=["doc.ents"])
def make(nlp: Language, name: str) -> Ner:  # noqa: ARG001  (spaCy's signature)
    """The component, for ``nlp.add_pipe("meeting_ner")``: any Chinese pipeline can take it."""
    return Ner()
