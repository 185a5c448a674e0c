"""Takes the red of round seals (公章) off a page image, so that the text below can be read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: Rows of pixels: blue, green, red.
    Pixels = NDArray[np.uint8]

#: Seals are sought on a copy with this longer side, and are at least this part of its shorter one: 27 mm on A4. Those of
#: governments and companies are about 40 mm across, letters of a red headline about 20 mm high.
_SIDE, _LEAST = 640, 0.13
#: How much more red than blue and green a pixel of red ink is: that of a faint seal (220, 140, 140) is 80.
_RED = 50
#: The part of its box that a seal fills at most, chosen, not measured: a red sheet or banner fills nearly all of it.
_HOLLOW = 0.65
#: Its edge is looked for in so many directions and must be there in most: letters of the text cover some of it.
_STEPS, _CLOSED = 36, 0.8


def bleached(cv2: Any, page: Pixels) -> Pixels:
    """The page, changed in place: the red of round seals white, the black letters under them as they were.

    A seal is a ring of red, hollow within and larger than the letters of a red headline, which stays.
    """
    import numpy as np

    factor = min(1.0, _SIDE / max(page.shape[:2]))
    size = [max(1, round(length * factor)) for length in page.shape[1::-1]]
    mask = (_redness(cv2.resize(page, size, interpolation=cv2.INTER_AREA)) > _RED).astype(np.uint8)
    mask = cv2.dilate(mask, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    for label, (left, top, width, height, area) in enumerate(stats.tolist()):
        if (
            not label
            or min(width, height) < _LEAST * min(size)
            or max(width, height) > 2 * min(width, height)
        ):
            continue
        blob = labels[top : top + height, left : left + width] == label
        if area < _HOLLOW * width * height and _is_ring(blob):
            rows = slice(max(0, int((top - 2) / factor)), int((top + height + 2) / factor))
            columns = slice(max(0, int((left - 2) / factor)), int((left + width + 2) / factor))
            page[rows, columns] = _without_red(page[rows, columns])
    return page


def _redness(pixels: Pixels) -> NDArray[np.int16]:
    """How much more red than blue or green."""
    import numpy as np

    wide = pixels.astype(np.int16)
    return wide[:, :, 2] - np.maximum(wide[:, :, 0], wide[:, :, 1])


def _is_ring(blob: NDArray[np.bool_]) -> bool:
    """Whether the red goes round along the edge of its box, however thin or broken."""
    height, width = blob.shape
    met = 0
    for step in range(_STEPS):
        sine, cosine = math.sin(2 * math.pi * step / _STEPS), math.cos(2 * math.pi * step / _STEPS)
        reach = [
            (0.5 + share / 2 * cosine, 0.5 + share / 2 * sine)
            for share in (0.8, 0.84, 0.88, 0.92, 0.96, 0.99)
        ]
        met += any(blob[int(y * height), int(x * width)] for x, y in reach)
    return met >= _CLOSED * _STEPS


def _without_red(pixels: Pixels) -> Pixels:
    """What the red channel shows, where red ink is nearly white; it becomes quite white."""
    import numpy as np

    red = pixels[:, :, 2]
    inked = red[_redness(pixels) > _RED]
    if not inked.size:
        return pixels
    ink = np.percentile(inked, 30)  # that of the letters on it is darker, that of its edges lighter
    white: Pixels = np.clip(red * (255 / max(float(ink), 1.0)), 0, 255).astype(np.uint8)
    return np.repeat(white[:, :, None], 3, axis=2)
