"""The network of the names model: characters in, scores of tags out, over one flat run of characters.

A report is one run of characters. Each is embedded together with the two pairs that it makes with its
neighbours and the classes of the words that it may be part of; a few window layers, each looking twice as far
as the one before, mix the surroundings in; a linear layer scores the tags. No recurrence and no padding, so
that a whole report is a handful of matrix products (``training/README.md`` has the table that chose widths).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Linear, Maxout, Model, NumpyOps, chain, residual

from extractor.language.vocabulary import Rows

Floats = NDArray[np.float32]
#: thinc's array types are not numpy's; what goes in and out is in the docstrings.
Network = Model[Any, Any]

LABELS = ("PERSON", "ORG", "LOC", "TITLE")
#: ``B``egin, ``I``nside, ``E``nd, ``S``ingle for each label: of the whole tag set, ``O`` is 0.
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BIES"))


def build(
    rows: tuple[int, int, int],
    character_width: int,
    pair_width: int,
    word_width: int,
    width: int,
    pieces: int,
    reach: list[int],
) -> Network:
    """The network, not yet initialised: rows of ``Vocabulary.rows`` in, a score of each of ``TAGS`` out.

    ``rows`` are those of the tables of characters, pairs and words; ``reach`` gives, for each window layer,
    how far away its neighbours stand: [1, 2, 4] sees 7 characters each way.
    """
    embedded = character_width + 2 * pair_width + word_width
    layers: list[Network] = [_embed(rows, (character_width, pair_width, word_width))]
    for number, far in enumerate(reach):
        wide = width if number else embedded
        mix: Network = chain(_window(far), Maxout(width, 3 * wide, nP=pieces, normalize=True))
        layers.append(residual(mix) if number else mix)
    last: Network = Linear(len(TAGS), width)
    net: Network = chain(*layers, last)
    # numpy's own matrix product is three times as fast as the one that thinc takes by default (60 against
    # 17 GFlop/s for 192 × 192 on the machine of this project).
    net._to_ops(NumpyOps(use_blis=False))
    return net


def _embed(rows: tuple[int, int, int], widths: tuple[int, int, int]) -> Network:
    """Looks up the columns of ``Vocabulary.rows`` in a table of characters, one of pairs and one of words."""

    def init(model: Network, X: Any = None, Y: Any = None) -> None:  # noqa: ARG001, N803
        for name, count, wide in zip("CPW", rows, widths, strict=True):
            start: Any = np.random.uniform(-0.1, 0.1, (count, wide)).astype("float32")
            model.set_param(name, start)

    return Model("characters", _embed_forward, init=init, params=dict.fromkeys("CPW"))


def _embed_forward(
    model: Network,
    rows: Rows,
    is_train: bool,  # noqa: ARG001  (thinc's signature)
) -> tuple[Floats, Callable[[Floats], Rows]]:
    tables: list[Floats] = [np.asarray(model.get_param(name)) for name in "CPW"]
    single, double, word = tables
    wide, half = single.shape[1], double.shape[1]
    parts = (slice(wide), slice(wide, wide + half), slice(wide + half, wide + 2 * half))
    last = slice(wide + 2 * half, wide + 2 * half + word.shape[1])
    out = np.zeros((len(rows), last.stop), dtype="float32")
    for column, (table, part) in enumerate(zip((single, double, double), parts, strict=True)):
        out[:, part] = table[rows[:, column]]
    slots = [(column, np.flatnonzero(column)) for column in rows[:, 3:].T] if word.shape[1] else []
    for column, at in slots:  # few characters are in a word of a given length and place
        out[at, last] += word[column[at]]

    def backward(grad: Floats) -> Rows:
        d_single, d_double, d_word = np.zeros_like(single), np.zeros_like(double), np.zeros_like(word)
        for column, (table, part) in enumerate(zip((d_single, d_double, d_double), parts, strict=True)):
            np.add.at(table, rows[:, column], grad[:, part])
        for column, at in slots:
            np.add.at(d_word, column[at], grad[at, last])
        grads: list[Any] = [d_single, d_double, d_word]
        for name, table in zip("CPW", grads, strict=True):
            model.inc_grad(name, table)
        return rows

    return out, backward


def _window(far: int) -> Network:
    """Each row beside the rows that stand ``far`` before and behind it; zeros beyond the ends."""
    return Model("window", _window_forward, attrs={"far": far})


def _window_forward(
    model: Network,
    rows: Floats,
    is_train: bool,  # noqa: ARG001  (thinc's signature)
) -> tuple[Floats, Callable[[Floats], Floats]]:
    far: int = model.attrs["far"]
    count, wide = rows.shape
    out = np.zeros((count, 3 * wide), dtype="float32")
    out[far:, :wide] = rows[: max(count - far, 0)]
    out[:, wide : 2 * wide] = rows
    out[: max(count - far, 0), 2 * wide :] = rows[far:]

    def backward(grad: Floats) -> Floats:
        d_rows: Floats = grad[:, wide : 2 * wide].copy()
        d_rows[: max(count - far, 0)] += grad[far:, :wide]
        d_rows[far:] += grad[: max(count - far, 0), 2 * wide :]
        return d_rows

    return out, backward
