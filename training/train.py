"""Make the names model: ``python -m training.train --data FOLDER --out FOLDER`` (one core; see README.md).

Silver labels are voted (``silver``), names replaced anew in each pass (``substitute``), sentences joined to
runs as in a report. The same data, config and versions give the same model, but for the last bits of floats.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from thinc.api import Adam, fix_random_seed, set_dropout_rate

from extractor.language.charnet import TAGS, build
from extractor.language.ner import Tagger
from extractor.language.vocabulary import COLUMNS, Vocabulary
from training.lexicon import CLASSES, coded, words
from training.names import Names
from training.silver import Example, read
from training.substitute import Shares, Substitutes, from_template

HERE = Path(__file__).parent
_HAN_ONLY = re.compile(r"[^\u3400-\u9fff]")
_TAG = {tag: number for number, tag in enumerate(TAGS)}
Batch = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Course:
    """What one training goes through."""

    examples: list[Example]
    names: Names
    substitutes: Substitutes
    vocabulary: Vocabulary
    config: dict[str, Any]


def split(examples: list[Example]) -> tuple[list[Example], list[Example]]:
    """Train and test: every twentieth block of 500 sentences is for the test, so that whole reports are."""
    train: list[Example] = []
    test: list[Example] = []
    for number, e in enumerate(examples):
        (test if number // 500 % 20 == 7 else train).append(e)
    return train, test


def unlike(train: list[Example], texts: Path) -> list[Example]:
    """The sentences that stand in none of these texts, so that those can be measured on: the sources of the
    silver sentences and of the corpus are the same (nearly half of its sentences are among them).
    """
    known = "\n".join(_HAN_ONLY.sub("", p.read_text("utf-8")) for p in sorted(texts.glob("*.txt")))
    return [e for e in train if (bare := _HAN_ONLY.sub("", e.text)) == "" or bare not in known]


def prepare(train: list[Example], lists: Path, config: dict[str, Any]) -> Course:
    """The drawers of names and substitutes, the balanced sentences, the vocabulary."""
    seen = Counter(e.text[a:b] for e in train for a, b, label in e.spans if label == "PERSON")
    names = Names(lists, seen)
    subs = Substitutes(names, lists, train, Shares(**config["shares"]))
    kept = balanced(train, config["leaders_kept"], config["quiet_kept"], random.Random(config["seed"]))
    return Course(kept, names, subs, vocabulary(kept, names, lists, config["vocabulary"]), config)


def balanced(examples: list[Example], leaders: float, quiet: float, rnd: random.Random) -> list[Example]:
    """Keeps these shares of the sentences about the ten people who make a third of all mentions, and of those
    that name nothing.
    """
    counts = Counter(e.text[a:b] for e in examples for a, b, label in e.spans if label == "PERSON")
    famous = {name for name, _ in counts.most_common(10)}

    def share(e: Example) -> float:
        if not e.spans:
            return quiet
        return leaders if any(label == "PERSON" and e.text[a:b] in famous for a, b, label in e.spans) else 1.0

    return [e for e in examples if rnd.random() < share(e)]


def vocabulary(examples: list[Example], names: Names, lists: Path, settings: dict[str, int]) -> Vocabulary:
    """The characters and the pairs worth a row, and the words.

    All characters that names are made of count, however rare: 朱安玖 must not be read as 朱安 and something.
    Pairs inside names of persons do not count: a pair that is unknown is itself a sign of a name.
    """
    singles: Counter[str] = Counter()
    doubles: Counter[str] = Counter()
    for e in examples:
        singles.update(e.text)
        inside = bytearray(len(e.text) + 1)
        for a, b, label in e.spans:
            if label == "PERSON":
                inside[a:b] = b"\1" * (b - a)
        doubles.update(e.text[i : i + 2] for i in range(len(e.text) - 1) if not (inside[i] or inside[i + 1]))
    common = {c for c, n in singles.items() if n >= settings["least_character"]}
    known = sorted(common | {c for c, n in names.characters().items() if n >= settings["least_in_names"]})
    row = {c: i + 1 for i, c in enumerate(known)}
    pairs = [p for p, n in doubles.most_common(settings["most_pairs"]) if n >= settings["least_pair"]]
    keys = sorted(row[p[0]] << 16 | row[p[1]] for p in pairs if p[0] in row and p[1] in row)
    return Vocabulary(
        "".join(known), np.array(keys or [0], dtype=np.uint32), coded(words(lists), row), len(CLASSES)
    )


def runs(course: Course, rnd: random.Random) -> Iterator[Example]:
    """One pass: short runs of neighbouring sentences in any order, names replaced, made-up lines between."""
    cuts, at = [], 0
    while at < len(course.examples):
        size = rnd.choice((1, 1, 2, 3, 5, 8))
        cuts.append((at, at + size))
        at += size
    rnd.shuffle(cuts)
    for start, end in cuts:
        parts = [course.substitutes.apply(e, rnd) for e in course.examples[start:end]]
        if rnd.random() < course.config["lines_made_up"]:
            parts.insert(rnd.randrange(len(parts) + 1), from_template(course.names, course.substitutes, rnd))
        for part in parts:
            glue = "\n" if rnd.random() < 0.4 else ""
            yield Example(part.text + glue, part.spans, part.weights + [1.0] * len(glue))
        gap = rnd.choice((1, 2, 15))  # texts stand far apart when the model is used (``Tagger.find``)
        yield Example("\n" * gap, [], [1.0] * gap)


def batches(stream: Iterator[Example], known: Vocabulary, size: int) -> Iterator[Batch]:
    """Rows, tags and weights of about ``size`` characters at a time."""
    held: list[Example] = []
    count = 0
    for e in stream:
        held.append(e)
        count += len(e.text)
        if count >= size:
            yield (
                known.rows("".join(x.text for x in held)),
                np.concatenate([tags_of(x) for x in held]),
                np.concatenate([x.weights for x in held]).astype("float32"),
            )
            held, count = [], 0


def tags_of(example: Example) -> np.ndarray:
    """The number of the tag of each character."""
    tags = np.zeros(len(example.text), dtype=np.int64)
    for start, end, label in example.spans:
        if end - start == 1:
            tags[start] = _TAG[f"S-{label}"]
        else:
            tags[start:end] = _TAG[f"I-{label}"]
            tags[start], tags[end - 1] = _TAG[f"B-{label}"], _TAG[f"E-{label}"]
    return tags


def fit(course: Course, log: str = "") -> Tagger:
    """Train; the rate rises over 100 steps and falls to nothing over the rest."""
    config, settings = course.config, course.config["training"]
    fix_random_seed(config["seed"])
    rnd, noise = random.Random(config["seed"]), np.random.default_rng(config["seed"])
    network = build(course.vocabulary.sizes, **config["network"])
    network.initialize()
    set_dropout_rate(network, settings["dropout"])
    optimizer = Adam(settings["rate"], grad_clip=5.0, L2=1e-6)
    forget = np.array([0.01] + [settings["forget"]] * (COLUMNS - 1))
    total = settings["passes"] * sum(len(e.text) for e in course.examples) * 1.12 / settings["batch"]
    step, loss, began = 0, 0.0, time.time()
    for number in range(settings["passes"]):
        for rows, tags, weights in batches(runs(course, rnd), course.vocabulary, settings["batch"]):
            optimizer.learn_rate = settings["rate"] * min(1, (step + 1) / 100) * max(0.01, 1 - step / total)
            # Known pairs and words are forgotten now and then, so that the unknown is nothing strange.
            rows = np.where(noise.random(rows.shape) < forget, 0, rows)
            loss += _learn(network, rows, tags, weights)
            network.finish_update(optimizer)
            step += 1
            if step % 200 == 0:
                where = f"{log} pass {number} step {step} of {total:.0f}"
                print(f"{where}: loss {loss / 200:.4f}, {time.time() - began:.0f} s", flush=True)
                loss = 0.0
    set_dropout_rate(network, 0.0)
    return Tagger(network, course.vocabulary, sum(config["network"]["reach"]))


def _learn(network: Any, rows: np.ndarray, tags: np.ndarray, weights: np.ndarray) -> float:
    """Lay down the gradients of one batch; its mean loss."""
    scores, backprop = network.begin_update(rows)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    scores /= scores.sum(axis=1, keepdims=True)
    at = np.arange(len(tags)), tags
    loss = float(-(np.log(scores[at] + 1e-9) * weights).mean())
    scores[at] -= 1
    backprop((scores * (weights / len(tags))[:, None]).astype("float32"))
    return loss


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with silver.jsonl.gz and lists/")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument(
        "--without", type=Path, help="folder with texts/ whose sentences are kept out: the corpus"
    )
    parser.add_argument("--config", type=Path, default=HERE / "config.json")
    args = parser.parse_args()
    config = json.loads(args.config.read_text("utf-8"))
    train, _ = split(list(read(args.data / "silver.jsonl.gz")))
    if args.without:
        train = unlike(train, args.without / "texts")
    fit(prepare(train, args.data / "lists", config)).to_disk(args.out, config)


if __name__ == "__main__":
    main()
