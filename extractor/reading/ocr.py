"""Reads the text of page images with RapidOCR: PP-OCR models, which lie inside its wheel, on onnxruntime.

image → on white → seals bleached → lines found on a small copy → each line read from the full page → laid straight
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Collection, Sequence
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.errors import MissingExtraError
from extractor.reading.extras import need
from extractor.reading.lines import Line
from extractor.reading.seals import bleached
from extractor.reading.sheets import Quad, ReadLine, Sheet, between, laid_straight, quad_of, sides, turned
from extractor.reading.text import Raw

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    #: Rows of pixels: blue, green, red.
    Pixels = NDArray[np.uint8]

#: The models by name: others would give other records for the same bytes, and RapidOCR would fetch one that is missing.
_FINDER, _READER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
#: Threads of one recognition; the result is the same with any number.
_THREADS = min(2, os.cpu_count() or 1)

#: Lines are found on a copy with this longer side, in pixels: A4 in 10.5 pt then has lines 19 pixels high. At 960 all of
#: them are found as well, at 1600 and 2000 no more in 1.5 and 2.5 times the time.
_SIDE = 1280
#: Where lines are lower than this on the copy (a newspaper page), they are sought again on one where they are so high.
_LOWEST, _WANTED, _LARGEST = 14, 20, 3200
#: The least width and height of that copy.
_NARROW = 64
#: The height that the recogniser reads lines at, in pixels.
_HEIGHT = 48
#: The pixels that one of its columns stands for, and the least length it was trained on.
_COLUMN, _SHORTEST = 8, 320
#: What is longer, in heights, is a rule or an ornament: the longest line across A3 has about 100 characters.
_LONGEST = 120
#: Beyond so many pixels (A4 at 400 dpi) a page is made smaller, for memory: 300 dpi is read no better than 200.
_PIXELS = 16_000_000

#: Characters that are this uncertain on average are no text: the texture of a photograph, a scribble, a fold.
_NO_TEXT = 0.5
#: Where the longest lines of a page are read with less certainty, the other way round is tried.
_UPRIGHT = 0.9
_ASKED = 3
#: Between characters further apart than this, in usual distances, the recogniser may have dropped a blank. It is one where so
#: much of a pitch is empty. Tried on 17 blanks half a character wide in Serif and Sans, 10.5 pt at 200 dpi, clean, grey, noisy
#: and blurred: at most one is missed and at most one too many (自白 卜); salt and pepper hides nearly all of them.
_APART, _BLANK = 1.15, 0.42
#: The pitch is told by at least so many; columns as light as this part of the way to letters are empty.
_PITCHES, _FAINT = 3, 0.35
#: What stands beside one another, C an ideograph and 1 a letter or digit: how many pitches apart without a blank.
_PAIRS = {"CC": 1.0, "11": 0.65}
#: Rows of pixels with less ink than this part of the darkest one are not of the line; nor is it lower than the middle 50 %.
_EDGE, _MARGIN = 0.15, 0.25
#: Characters further apart have lost one between them, if more than this part of the rows there is so dark, columns of letters being 1.
_LOST, _FULL, _SMUDGE = 1.6, 0.5, 0.35


#: Marks that look alike in both widths: the networks confuses them, and is no less certain of the mark for it.
_WIDE = str.maketrans(",.;:?!()[]-", "，．；：？！（）〔〕－")
_TWINS = {chr(half): chr(wide) for half, wide in _WIDE.items()} | {
    chr(wide): chr(half) for half, wide in _WIDE.items()
}
_HALF = re.compile(
    r"(?<=[\u3400-\u9fff”’》）])[,;:?!()]|[,;:?!()](?=[\u3400-\u9fff“‘《（])|(?:\A|(?<=[\u3400-\u9fff]))\[\d{4}\]"
)

#: A line so many times as high as long is read downwards.
_TALL = 1.5


class _Character(NamedTuple):
    """How certain it is, and where its middle is on the line, from 0 to 1: that of a blank is nowhere."""

    sign: str
    certain: float
    middle: float


def recognise(raw: Raw, image: Image, scale: float = 1.0) -> tuple[Line, ...]:
    """The lines of one page image, in no order; boxes on the page as displayed, in pixels times ``scale``.

    Raises TooLargeError, TooSlowError, MissingExtraError.
    """
    sheet = read_sheet(raw, image, scale)
    return tuple(Line(one.characters, tuple(map(sheet.back, one.boxes)), one.unsure) for one in sheet.lines)


def read_sheet(raw: Raw, image: Image, scale: float = 1.0) -> Sheet:
    """The lines of one page image, laid straight. Raises what ``recognise`` raises."""
    raw.check("pixels", image.width * image.height)
    engine = _engine(raw)
    page, factor = flattened(image), max(1.0, math.sqrt(image.width * image.height / _PIXELS))
    if factor > 1:
        page = engine.resized(page, 1 / factor)
    page = bleached(engine.cv2, page)
    return laid_straight(
        _read_all(raw, engine, page), image.width * scale, image.height * scale, factor * scale
    )


def flattened(image: Image) -> Pixels:
    """The image in 8 bits for each colour, on white paper where it is transparent."""
    import numpy as np

    if image.mode.startswith(("I", "F")):  # 16 bits or more for each pixel, which Pillow would cut off at 255
        values = np.nan_to_num(np.asarray(image, np.float32), posinf=0, neginf=0)
        most = float(values.max(initial=0))
        grey = np.clip(values * (255 / most if most > 255 else 1), 0, 255).astype(np.uint8)
        return np.repeat(grey[:, :, None], 3, axis=2)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = image.copy()
        paper.paste("white", (0, 0, *image.size))
        paper.alpha_composite(image)
        image = paper
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


class _Engine:
    """The two networks: one finds lines, the other reads them."""

    def __init__(self, rapidocr: Any, onnxruntime: Any, cv2: Any, finder: Path, reader: Path) -> None:
        import numpy as np

        self.cv2 = cv2
        self.finder = rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "Global.use_rec": False,
                "Global.use_preprocess_img": False,
                "Global.use_vertical_padding": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                "Det.limit_side_len": _NARROW // 2,
                "Det.model_path": str(finder),
            }
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.log_severity_level = _THREADS, 4
        options.enable_cpu_mem_arena = False  # it would keep what the longest line of all needed
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.reader = onnxruntime.InferenceSession(str(reader), options, ["CPUExecutionProvider"])
        characters = self.reader.get_modelmeta().custom_metadata_map["character"].splitlines()
        self.alphabet = ["", *characters, " "]
        known = {character: i for i, character in enumerate(self.alphabet)}
        self.twins = np.array(
            [known.get(_TWINS.get(character, ""), -1) if character else -1 for character in self.alphabet]
        )

    def quads(self, page: Pixels) -> list[Quad]:
        """Where there are lines of text, in any direction."""
        side = _SIDE
        while True:
            factor = side / max(page.shape[:2])
            found = self.finder(self._padded(self.resized(page, factor))).boxes
            quads = [] if found is None else [quad_of(corners, factor) for corners in found.tolist()]
            height = median(min(sides(quad)) for quad in quads) * factor if quads else _WANTED
            if height >= _LOWEST or side == _LARGEST:
                return quads
            side = min(_LARGEST, round(side * _WANTED / max(height, 1)))

    def read(self, page: Pixels, quad: Quad) -> ReadLine:
        """What stands in the line."""
        import numpy as np

        width, height = (max(1, round(side)) for side in sides(quad))
        if width > _LONGEST * height:
            return ReadLine(quad)
        corners = ((0, 0), (width, 0), (width, height), (0, height))
        straight = self.cv2.getPerspectiveTransform(np.array(quad, np.float32), np.array(corners, np.float32))
        options = {"borderMode": self.cv2.BORDER_REPLICATE, "flags": self.cv2.INTER_CUBIC}
        strip = self.cv2.warpPerspective(page, straight, (width, height), **options)
        strip = self.resized(strip, _HEIGHT / height)
        most, best = self._recognised(strip)
        characters = _decoded(self.alphabet, most, best, strip.shape[1])
        if all(math.isnan(one.middle) for one in characters):
            return ReadLine(quad)
        return _set(_trimmed(quad, strip), _filled(self.cv2, strip, characters), height / width)

    def _recognised(self, strip: Pixels) -> tuple[list[float], list[int]]:
        """For every column of the network its best guess, an index into the alphabet, and how certain it is."""
        import numpy as np

        padded = np.zeros((1, 3, _HEIGHT, max(strip.shape[1], _SHORTEST)), np.float32)
        padded[0, :, :, : strip.shape[1]] = strip.transpose(2, 0, 1) / 127.5 - 1
        (columns,) = self.reader.run(None, {self.reader.get_inputs()[0].name: padded})[0]
        best = columns.argmax(axis=1)
        rows, twin = np.arange(len(best)), self.twins[best]
        certain = columns[rows, best] + np.where(twin >= 0, columns[rows, twin], 0)
        return certain.tolist(), best.tolist()

    def resized(self, pixels: Pixels, factor: float) -> Pixels:
        """Smaller or larger by a factor, at least one pixel wide and high."""
        size = [max(1, round(length * factor)) for length in pixels.shape[1::-1]]
        resized: Pixels = self.cv2.resize(
            pixels, size, interpolation=self.cv2.INTER_AREA if factor < 1 else self.cv2.INTER_CUBIC
        )
        return resized

    def _padded(self, pixels: Pixels) -> Pixels:
        """With white below and on the right where it is so narrow that the finder would blow it up."""
        below, right = (max(0, _NARROW - length) for length in pixels.shape[:2])
        padded: Pixels = self.cv2.copyMakeBorder(
            pixels, 0, below, 0, right, self.cv2.BORDER_CONSTANT, value=(255, 255, 255)
        )
        return padded


def _engine(raw: Raw) -> _Engine:
    rapidocr, onnxruntime, cv2 = (
        need(name, raw, "scan", "ocr") for name in ("rapidocr", "onnxruntime", "cv2")
    )
    models = Path(rapidocr.__file__).parent / "models"
    finder, reader = models / _FINDER, models / _READER
    if not finder.is_file() or not reader.is_file():
        raise MissingExtraError(path=raw.path, looks="scan", extra="ocr")
    return _made(rapidocr, onnxruntime, cv2, finder, reader)


@cache
def _made(rapidocr: Any, onnxruntime: Any, cv2: Any, finder: Path, reader: Path) -> _Engine:
    return _Engine(rapidocr, onnxruntime, cv2, finder, reader)


def _decoded(
    alphabet: Sequence[str], certain: Sequence[float], best: Sequence[int], width: int
) -> list[_Character]:
    """The characters that the columns see.

    Columns that guess the same one after another see one character (connectionist temporal classification); it is as
    certain as the surest of them.
    """
    characters = []
    for index, run in groupby(range(len(best)), key=best.__getitem__):
        columns = list(run)
        if sign := alphabet[index]:
            middle = math.nan if sign.isspace() else (columns[0] + columns[-1] + 1) / 2 * _COLUMN / width
            characters.append(_Character(sign, max(certain[i] for i in columns), middle))
    return characters


def _chinese(characters: str) -> str:
    """With Chinese punctuation beside Chinese characters.

    >>> _chinese("会议由李甲(副县长)主持,于9:30开始;印发青政发[2023]5号")
    '会议由李甲（副县长）主持，于9:30开始；印发青政发〔2023〕5号'
    """
    return _HALF.sub(lambda match: match[0].translate(_WIDE), characters)


def _read_all(raw: Raw, engine: _Engine, page: Pixels) -> list[ReadLine]:
    """All lines of the page, which may lie on its side or stand on its head."""
    quads = _as_they_run(engine.quads(page))
    longest = sorted(quads, key=lambda quad: -sides(quad)[0])[:_ASKED]
    known = {quad: engine.read(page, quad) for quad in longest}
    if _certainty(known.values()) < _UPRIGHT:
        otherwise = {quad: engine.read(page, quad) for quad in (turned(quad, 2) for quad in longest)}
        if _certainty(otherwise.values()) > _certainty(known.values()):
            quads, known = [turned(quad, 2) for quad in quads], otherwise
    read = []
    for quad in quads:
        raw.check_time()
        line = known.get(quad) or engine.read(page, quad)
        if line.characters and fmean(line.certain) >= _NO_TEXT:
            read.append(line)
    return read


def _as_they_run(quads: Sequence[Quad]) -> list[Quad]:
    """What is higher than long is read downwards, be it that the page lies on its side or that the text is vertical.

    Characters that stand alone are nearly square and follow the others.
    """
    shapes = [sides(quad) for quad in quads]
    sideways = sum(length - height for length, height in shapes) < 0
    limit = 1 / _TALL if sideways else _TALL
    return [
        turned(quad, 1) if height >= limit * length else quad
        for quad, (length, height) in zip(quads, shapes, strict=True)
    ]


def _certainty(lines: Collection[ReadLine]) -> float:
    return fmean(fmean(line.certain or (0.0,)) for line in lines) if lines else 1.0


def _filled(cv2: Any, strip: Pixels, read: Sequence[_Character]) -> list[_Character]:
    """With what the recogniser leaves out where characters stand apart.

    It gives no character at all for one that is smudged beyond recognition: U+FFFD stands for each. And it drops blanks
    between ideographs, as the names of a list have (王伟　李明).
    """
    known = [i for i, one in enumerate(read) if not math.isnan(one.middle)]
    gaps = [(i, j, (read[j].middle - read[i].middle) * strip.shape[1]) for i, j in pairwise(known)]
    beside = [gap for i, j, gap in gaps if j == i + 1 and _kinds(read[i].sign + read[j].sign) == "CC"]
    if len(beside) < _PITCHES:
        return list(read)
    pitch, empty = median(beside), _empty(cv2, strip)
    filled = [read[known[0]]]
    for i, j, gap in gaps:
        start = round(read[i].middle * strip.shape[1])
        missing = round(gap / pitch) - 1 if gap > _LOST * pitch else 0
        if missing and _is_inked(strip, start + pitch / 2, start + gap - pitch / 2, pitch):
            step = (read[j].middle - read[i].middle) / (missing + 1)
            filled += [_Character("\ufffd", 1.0, read[i].middle + step * (k + 1)) for k in range(missing)]
        elif j > i + 1:
            filled += read[i + 1 : j]
        elif (
            (usual := _PAIRS.get(_kinds(read[i].sign + read[j].sign)))
            and gap > _APART * usual * pitch
            and _longest(empty[start : start + round(gap)]) >= _BLANK * pitch
        ):
            filled.append(_Character(" ", 1.0, math.nan))
        filled.append(read[j])
    return filled


def _kinds(pair: str) -> str:
    """Of two characters: C for an ideograph, 1 for an ASCII letter or digit.

    >>> _kinds("王1"), _kinds("，a")
    ('C1', '?1')
    """
    return "".join(
        "C" if "\u3400" <= sign <= "\u9fff" else "1" if sign.isascii() and sign.isalnum() else "?"
        for sign in pair
    )


def _trimmed(quad: Quad, strip: Pixels) -> Quad:
    """As high as its ink: the finder leaves more room about a few characters than about a full line of the same size."""
    import numpy as np

    light = strip.mean(axis=(1, 2))
    dark = light.max() - light
    inked = np.flatnonzero(dark > _EDGE * dark.max())
    if not inked.size:
        return quad
    a, b, c, d = quad
    top, bottom = min(inked[0] / _HEIGHT, _MARGIN), max((inked[-1] + 1) / _HEIGHT, 1 - _MARGIN)
    return between(a, d, top), between(b, c, top), between(b, c, bottom), between(a, d, bottom)


def _is_inked(strip: Pixels, left: float, right: float, pitch: float) -> bool:
    """Whether ink fills the gap from top to bottom as characters do: not a dash, a rule or a row of dots."""
    import numpy as np

    about = strip[:, max(0, round(left - 1.5 * pitch)) : round(right + 1.5 * pitch)]
    ink, paper = np.percentile(
        about.mean(axis=(0, 2)), (30, 95)
    )  # of whole columns, which noise makes no lighter
    dark = paper - strip[:, round(left) : round(right)].mean(axis=(1, 2)) > _SMUDGE * (paper - ink)
    return bool(dark.mean() > _FULL)


def _empty(cv2: Any, strip: Pixels) -> list[bool]:
    """Which columns of pixels of a line are nearly as light as the paper about them."""
    import numpy as np

    light = strip.mean(axis=2, dtype=np.float32).min(axis=0)[None, :]  # hairlines count
    paper = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((1, 2 * _HEIGHT + 1), np.uint8))
    dark = (paper - light)[0]
    empty: list[bool] = (dark < _FAINT * np.percentile(dark, 80)).tolist()
    return empty


def _longest(columns: Sequence[bool]) -> int:
    """The length of the longest stretch of empty ones."""
    return max((len(list(run)) for empty, run in groupby(columns) if empty), default=0)


def _set(quad: Quad, characters: Sequence[_Character], height: float) -> ReadLine:
    """With the ends of each character: half a height from its middle, or half way to its neighbour; blanks fill what is left."""
    known = [i for i, one in enumerate(characters) if not math.isnan(one.middle)]
    characters = characters[known[0] : known[-1] + 1]
    middles = [one.middle for one in characters if not math.isnan(one.middle)]
    borders = [0.0, *((one + next_) / 2 for one, next_ in pairwise(middles)), 1.0]
    inked = [
        (max(left, middle - height / 2), min(right, middle + height / 2))
        for middle, (left, right) in zip(middles, pairwise(borders), strict=True)
    ]
    rest, ends = iter([*inked, inked[-1]]), list[tuple[float, float]]()
    following = next(rest)
    for one in characters:
        if math.isnan(one.middle):
            ends.append((ends[-1][1], max(ends[-1][1], following[0])))
        else:
            ends.append(following)
            following = next(rest)
    signs = "".join(one.sign for one in characters)
    return ReadLine(quad, _chinese(signs), tuple(one.certain for one in characters), tuple(ends))
