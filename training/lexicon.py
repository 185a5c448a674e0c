"""The words that the model is told of: everyday words by kind, places, posts; no Chinese names of persons.

Whether 高兴 or 方程 stands there as a word is what a reader knows and a small network cannot learn from news.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.language.vocabulary import LENGTHS
from training.wordlists import divisions, read_core

Words = tuple[tuple[NDArray[np.uint64], NDArray[np.uint8]], ...]

#: Tags of the word list (the first that fits), by class. What is not named here is 0, a noun.
CLASSES = (
    ("n",),
    ("nz",),
    ("v", "vi", "vl", "vg", "vf", "vx", "vd", "vyou", "vshi"),
    ("vn", "an"),
    ("a", "ad", "al", "ag", "z", "b", "bl"),
    ("d", "dl", "dg"),
    ("m", "mq", "q", "qv", "qt", "Mg", "mg"),
    ("t", "tg"),
    ("r", "rr", "rz", "ry", "rzs", "rzt", "rzv", "rys", "ryt", "ryv", "Rg"),
    ("c", "cc", "p", "pba", "pbei", "u", "y", "e", "o", "k", "h"),
    ("f", "s"),
    ("i", "l"),
    ("ns", "nsf"),
    ("nis", "nit", "nt", "ntc", "nto", "ntu", "nts", "nth", "ntch", "ntcf", "ntcb"),
    ("nnt", "nnd", "nn"),
    ("nrf", "nrj"),
    ("j",),
)
_CLASS = {tag: number for number, tags in enumerate(CLASSES) for tag in tags}


def words(lists: Path) -> dict[str, int]:
    """Each word with its class."""
    known: dict[str, int] = {}
    for word, tags in read_core(lists / "hanlp/CoreNatureDictionary.txt").items():
        tag = next(iter(tags), "")
        # nr: persons, left out so that a name counts for how it is made and where it stands.
        if len(word) in LENGTHS and tag not in ("nr", "nr1", "nr2", "x", "w", ""):
            known[word] = _CLASS.get(tag, 0)
    for name in divisions(lists / "divisions", "provinces", "cities", "areas"):
        known[name] = _CLASS["ns"]
    return known


def coded(known: dict[str, int], row: dict[str, int]) -> Words:
    """As ``Vocabulary.words`` has them; a word with an unknown character is left out."""
    tables: dict[int, dict[int, int]] = {n: {} for n in LENGTHS}
    for word, kind in known.items():
        if len(word) in tables and all(c in row for c in word):
            key = 0
            for c in word:
                key = key << 16 | row[c]
            tables[len(word)][key] = kind
    return tuple(
        (np.array(sorted(t), dtype=np.uint64), np.array([t[k] for k in sorted(t)], dtype=np.uint8))
        for t in tables.values()
    )
