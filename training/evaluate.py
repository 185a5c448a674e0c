"""Measure a model: ``python -m training.evaluate --model FOLDER --data FOLDER [--corpus FOLDER]``.

Four tests: sentences kept from training with the names that stand there; the same sentences with other names
that training saw; with such as it never saw; with made-up ones, rarer in surnames and characters. The corpus
has gold of its own (names of people).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from extractor.language.charnet import LABELS
from extractor.language.clean import clean
from extractor.language.ner import Found, Tagger
from training.names import Met, Names
from training.silver import Example, read
from training.substitute import Shares, Substitutes

Find = Callable[[list[str]], list[list[Found]]]


class Score:
    """Right, wrong and missed."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = 0

    def add(self, gold: set, found: set) -> None:
        """Count one text."""
        self.right += len(gold & found)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)

    @property
    def precision(self) -> float:
        """Right of found."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Right of gold."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f(self) -> float:
        """F1."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F {self.f:.3f}"


def on_examples(find: Find, examples: Sequence[Example]) -> dict[str, Score]:
    """Spans against voted spans; what lies where the teachers doubt is not counted."""
    scores = {label: Score() for label in LABELS}
    for e, names in zip(examples, find([e.text for e in examples]), strict=True):
        for label, score in scores.items():
            gold = {(a, b) for a, b, kind in e.spans if kind == label}
            found = {
                (n.start, n.end)
                for n in names
                if n.label == label and ((n.start, n.end) in gold or min(e.weights[n.start : n.end]) == 1)
            }
            score.add(gold, found)
    return scores


#: For the tests made by substitution: every person, half of the organisations and places.
_ALL = Shares(
    person=1, organisation=0.5, place=0.5, title=0, addressed=0, padded=0, joined=0, longer=0, famous=0
)


def substituted(examples: Sequence[Example], names: Names, lists: Path) -> list[Example]:
    """The sentences with other names."""
    rnd, subs = random.Random(1), Substitutes(names, lists, examples, _ALL)
    return [subs.apply(e, rnd) for e in examples]


def on_corpus(find: Find, folder: Path) -> tuple[Score, list[tuple[str, str, str]]]:
    """Names of people in each report, each counted once, against people and mentioned of its gold."""
    score, errors = Score(), []
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if not gold.get("is_meeting", True):
            continue
        text = clean((folder / "texts" / f"{path.stem}.txt").read_text("utf-8")).text
        right = {_plain(p["name"]) for p in gold["people"]} | {_plain(m) for m in gold["mentioned"]}
        found = {_plain(text[n.start : n.end]) for n in find([text])[0] if n.label == "PERSON"}
        score.add(right, found)
        errors += [(path.stem, "missed", n) for n in sorted(right - found)]
        errors += [(path.stem, "wrong", n) for n in sorted(found - right)]
    return score, errors


def _plain(name: str) -> str:
    return "".join(clean(name).text.split())


def on_bio(find: Find, path: Path) -> dict[str, Score]:
    """A file of characters with BIO tags, a blank line after each sentence."""
    scores = {"PERSON": Score(), "ORG": Score(), "LOC": Score()}
    texts, golds = [], []
    for text, gold in _bio(path):
        texts.append(text)
        golds.append(gold)
    for gold, names in zip(golds, find(texts), strict=True):
        for label, score in scores.items():
            found = {(n.start, n.end, n.label) for n in names if n.label == label}
            score.add({g for g in gold if g[2] == label}, found)
    return scores


def _bio(path: Path) -> Iterable[tuple[str, set[tuple[int, int, str]]]]:
    kinds = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split() for line in block.splitlines() if line.strip()]
        rows = [r for r in rows if len(r) == 2]
        text = "".join(r[0] for r in rows).translate(_FULL)
        if len(text) != len(rows):
            continue
        gold, start = set(), None
        for i, tag in enumerate([*(r[1] for r in rows), "O"]):
            if start is not None and not tag.startswith("I"):
                gold.add((start, i, kinds[rows[start][1][2:]]))
                start = None
            if tag.startswith("B"):
                start = i
        yield text, gold


_FULL = {ord("０") + i: ord("0") + i for i in range(10)} | {
    ord(a) + i: ord(b) + i for a, b in (("Ａ", "A"), ("ａ", "a")) for i in range(26)
}


def speed(find: Find, texts: list[str]) -> float:
    """Characters a second of processor time, the best of three."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        find(texts)
        best = max(best, sum(map(len, texts)) / (time.process_time() - began))
    return best


def main() -> None:
    """Command line."""
    from training.train import split

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", type=Path)
    args = parser.parse_args()
    train, test = split(list(read(args.data / "silver.jsonl.gz")))
    report(Tagger.from_disk(args.model), train, test, args.data, args.corpus)


def report(
    tagger: Tagger, train: list[Example], test: list[Example], data: Path, corpus: Path | None
) -> None:
    """Print all figures."""
    lists = data / "lists"
    seen = Counter(e.text[a:b] for e in train for a, b, label in e.spans if label == "PERSON")
    test = [e for e in test if e.spans]
    for title, examples in (
        ("as they are", test),
        ("other names, seen", substituted(test, Met(lists, seen), lists)),
        ("names never seen", substituted(test, Met(lists, seen, hold=True), lists)),
        ("names made up", substituted(test, Names(lists, seen, hold=True), lists)),
    ):
        print(f"{title:20}", *(f"{k}: {s}" for k, s in on_examples(tagger.find, examples).items()), sep="  ")
    for name in ("msra_test", "pd98_test"):
        scores = on_bio(tagger.find, data / f"ner_test/{name}.bio.txt")
        print(f"{name:20}", *(f"{k}: {s}" for k, s in scores.items()), sep="  ")
    if corpus:
        print(f"{'corpus, names':20}", on_corpus(tagger.find, corpus)[0])
        texts = [clean(p.read_text("utf-8")).text for p in sorted((corpus / "texts").glob("*.txt"))]
        print(f"{'speed':20} {speed(tagger.find, texts):.0f} characters/s")


if __name__ == "__main__":
    main()
