"""What the names model knows by heart: characters, pairs of neighbours, and words with their classes.

Each character of a text becomes one row of numbers, which the network looks up in its tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]

#: Lengths of the words that are looked up. A character of a word of two, three or four characters stands in
#: one of 2 + 3 + 4 slots.
LENGTHS = (2, 3, 4)
SLOTS = sum(LENGTHS)
#: Columns of ``rows``: the character, the pair that ends with it, the pair that it begins, and the slots.
COLUMNS = 3 + SLOTS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Rows count from 1; row 0 is whatever is unknown.

    A pair or word is coded by the rows of its characters, 16 bits each, the first one highest; ``pairs`` and
    the keys of ``words`` ascend. ``words`` has (keys, classes) for each of ``LENGTHS``; classes count from 0.
    """

    characters: str
    pairs: NDArray[np.uint32]
    words: tuple[tuple[NDArray[np.uint64], NDArray[np.uint8]], ...]
    classes: int
    _row: NDArray[np.uint16] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        row = np.zeros(0x110000, dtype=np.uint16)
        row[[ord(c) for c in self.characters]] = np.arange(1, len(self.characters) + 1)
        object.__setattr__(self, "_row", row)

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Rows of the three tables: characters, pairs, words."""
        return len(self.characters) + 1, len(self.pairs) + 1, self.classes * SLOTS + 1

    @property
    def line_end(self) -> int:
        """The row of the line end."""
        return int(self._row[10])

    def rows(self, text: str) -> Rows:
        """The rows of the tables for each character of ``text``."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        single = self._row[codes].astype(np.uint64)
        rows = np.zeros((len(codes), COLUMNS), dtype=np.int32)
        rows[:, 0] = single
        key, column, slot = single, 3, 0
        for length, (keys, classes) in zip(LENGTHS, self.words, strict=True):
            key = (key[:-1] << np.uint64(16)) | single[length - 1 :]
            if length == 2:
                at = _find(self.pairs, key.astype(np.uint32))
                rows[1:, 1] = rows[:-1, 2] = at + 1
            at = _find(keys, key)
            hits = np.flatnonzero(at >= 0)
            known = classes[at[hits]].astype(np.int32) + 1
            for place in range(length):
                rows[hits + place, column] = known + slot * self.classes
                column, slot = column + 1, slot + 1
        return rows

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What ``of`` makes it from again."""
        out: dict[str, NDArray[Any]] = {"pairs": self.pairs, "classes": np.array(self.classes)}
        out["characters"] = np.array([ord(c) for c in self.characters], dtype=np.uint32)
        for length, (keys, classes) in zip(LENGTHS, self.words, strict=True):
            out[f"words{length}"] = keys.astype(np.uint32) if length == 2 else keys
            out[f"classes{length}"] = classes
        return out

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Vocabulary:
        """From what ``arrays`` gave."""
        words = tuple((arrays[f"words{n}"].astype(np.uint64), arrays[f"classes{n}"]) for n in LENGTHS)
        return cls("".join(map(chr, arrays["characters"])), arrays["pairs"], words, int(arrays["classes"]))


def _find(keys: NDArray[Any], wanted: NDArray[Any]) -> NDArray[np.int64]:
    """Where each of ``wanted`` stands in the ascending ``keys``; -1 where it does not."""
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return np.where(keys[at] == wanted, at, -1)
