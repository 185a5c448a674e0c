"""Scans of typeset reports: A4 pages drawn with an open font, and what copiers and scanners do to them."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from fonts import opentype
from PIL import Image, ImageDraw, ImageFilter, ImageFont

#: A4 and the margins of official documents (GB/T 9704-2012), in millimetres.
WIDTH, HEIGHT = 210, 297
TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35
#: What may not begin a line.
_CLOSING = "，。；：！？、”’）》】…"

_WORDS = re.compile(" |[^ ]+")

RED = (220, 30, 25)


@dataclass
class Scan:
    """Pages at so many dots per inch; text in ``size`` points, ``spacing`` times as high lines."""

    dpi: int = 200
    size: float = 16
    face: str = "Serif"
    spacing: float = 1.75
    pages: list[Image.Image] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.font = self._font(self.size)
        self.y = 0.0
        self._turn()

    def mm(self, length: float) -> float:
        """Millimetres in pixels."""
        return length / 25.4 * self.dpi

    @property
    def page(self) -> Image.Image:
        """The page that is being written."""
        return self.pages[-1]

    def report(self, paragraphs: Sequence[str]) -> Scan:
        """The first line as a centred headline, the others as paragraphs; then the pages are numbered."""
        self.headline(paragraphs[0])
        for paragraph in paragraphs[1:]:
            self.paragraph(paragraph)
        for number, page in enumerate(self.pages, 1):
            small = self._font(14)
            self._centred(page, f"— {number} —", self.mm(HEIGHT - 25), small)
        return self

    def banner(self, text: str) -> None:
        """The red name of the issuing body at the head of an official document, with a red rule below."""
        font = self._font(min(44.0, 150 / 25.4 * 72 / len(text)))
        self._centred(self.page, text, self.y, font, RED)
        self.y += 1.5 * font.size
        line = (self.mm(LEFT), self.y, self.mm(WIDTH - RIGHT), self.y)
        ImageDraw.Draw(self.page).line(line, RED, max(2, round(self.mm(0.7))))
        self.y += self.mm(8)

    def headline(self, text: str, size: float = 22) -> None:
        """Centred, in lines of equal length where one is too long."""
        font = self._font(size)
        lines = math.ceil(font.getlength(text) / self.mm(WIDTH - LEFT - RIGHT))
        length = math.ceil(len(text) / lines)
        for start in range(0, len(text), length):
            self._centred(self.page, text[start : start + length], self.y, font)
            self.y += 1.5 * font.size
        self.y += 0.5 * font.size

    def paragraph(self, text: str) -> None:
        """With the first line moved in by two characters."""
        for line in self._wrapped("　　" + text):
            if self.y + self.spacing * self.font.size > self.mm(HEIGHT - BOTTOM):
                self._turn()
            self._drawn(self.page, (self.mm(LEFT), self.y), line, self.font)
            self.y += self.spacing * self.font.size

    def upper_part(self, least: float = 0) -> Image.Image:
        """The first page cut off below what is written on it: half as much to look at. ``least`` in millimetres."""
        page = self.pages[0]
        return page.crop((0, 0, page.width, round(max(self.y + self.mm(8), self.mm(least)))))

    def margin(self, text: str) -> None:
        """A line from top to bottom in the left margin, as archives stamp them."""
        font = self._font(12)
        for i, character in enumerate(text):
            place = (self.mm(10), self.mm(60) + i * 1.15 * font.size)
            ImageDraw.Draw(self.page).text(place, character, "black", font)

    def seal(self, text: str, x: float = 150, y: float | None = None, across: float = 42) -> None:
        """A round red seal with a star, its middle ``x`` and ``y`` mm from the corner, or over the last lines written.

        Ink lets the black of the letters show: the darker of the two is seen.
        """
        y = y if y is not None else self.y / self.mm(1) - 12
        side = round(self.mm(across))
        stamp = Image.new("RGB", (side, side), "white")
        draw, middle = ImageDraw.Draw(stamp), side / 2
        draw.ellipse((2, 2, side - 3, side - 3), outline=RED, width=round(self.mm(1.2)))
        star = [
            middle * (1 + (0.32 if k % 2 == 0 else 0.13) * f(k * math.pi / 5))
            for k in range(10)
            for f in (math.sin, _up)
        ]
        draw.polygon(list(zip(star[::2], star[1::2], strict=True)), fill=RED)
        font = self._font(across / 42 * 13)
        for i, character in enumerate(text):
            angle = (i - (len(text) - 1) / 2) * min(26, 270 / len(text))
            letter = Image.new("L", (round(1.3 * font.size),) * 2, 0)
            ImageDraw.Draw(letter).text((letter.width / 2,) * 2, character, 255, font, anchor="mm")
            letter = letter.rotate(-angle, Image.Resampling.BICUBIC)
            turn = math.radians(angle)
            at = (
                round(middle + 0.76 * middle * math.sin(turn)),
                round(middle - 0.76 * middle * math.cos(turn)),
            )
            stamp.paste(RED, (at[0] - letter.width // 2, at[1] - letter.height // 2), letter)
        where = (round(self.mm(x) - middle), round(self.mm(y) - middle))
        under = self.page.crop((*where, where[0] + side, where[1] + side))
        self.page.paste(Image.fromarray(np.minimum(np.asarray(under), np.asarray(stamp))), where)

    def _turn(self) -> None:
        self.pages.append(Image.new("RGB", (round(self.mm(WIDTH)), round(self.mm(HEIGHT))), "white"))
        self.y = self.mm(TOP)

    def _drawn(
        self,
        page: Image.Image,
        place: tuple[float, float],
        text: str,
        font: ImageFont.FreeTypeFont,
        colour: str | tuple[int, ...] = "black",
    ) -> None:
        x, y = place
        for word in _WORDS.findall(text):
            if word != " ":
                ImageDraw.Draw(page).text((x, y), word, colour, font)
            x += _length(word, font)

    def _font(self, points: float) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(opentype(self.face), points / 72 * self.dpi)

    def _centred(
        self,
        page: Image.Image,
        text: str,
        y: float,
        font: ImageFont.FreeTypeFont,
        colour: str | tuple[int, ...] = "black",
    ) -> None:
        middle = self.mm((LEFT + WIDTH - RIGHT) / 2)
        self._drawn(page, (middle - _length(text, font) / 2, y), text, font, colour)

    def _wrapped(self, text: str) -> list[str]:
        lines, line, room = list[str](), "", self.mm(WIDTH - LEFT - RIGHT)
        for character in text:
            if _length(line + character, self.font) > room and character not in _CLOSING:
                lines.append(line)
                line = ""
            line += character
        return [*lines, line]


def _length(text: str, font: ImageFont.FreeTypeFont) -> float:
    """With blanks half a character wide, as in the fonts of Chinese word processors (SimSun, FangSong); Noto's are narrower."""
    return sum(font.size / 2 if word == " " else font.getlength(word) for word in _WORDS.findall(text))


def _up(angle: float) -> float:
    return -math.cos(angle)


def noisy(page: Image.Image, sigma: float = 25) -> Image.Image:
    """With the noise of a sensor: normally distributed grey values."""
    noise = np.random.default_rng(1).normal(0, sigma, (page.height, page.width, 1))
    return Image.fromarray(np.clip(np.asarray(page) + noise, 0, 255).astype(np.uint8))


def peppered(page: Image.Image, share: float = 0.01) -> Image.Image:
    """With this share of the pixels black or white."""
    rng, pixels = np.random.default_rng(1), np.array(page)
    hit = rng.random(pixels.shape[:2]) < share
    pixels[hit] = rng.choice((0, 255), hit.sum())[:, None]
    return Image.fromarray(pixels)


def blurred(page: Image.Image, radius: float = 1.5) -> Image.Image:
    """Out of focus; ``radius`` in pixels."""
    return page.filter(ImageFilter.GaussianBlur(radius))


def skewed(page: Image.Image, degrees: float = 1) -> Image.Image:
    """Laid on the glass a little turned."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")


def greyed(page: Image.Image, paper: int = 190, ink: int = 90) -> Image.Image:
    """Faded ink on grey paper that darkens towards one side."""
    side = np.linspace(1, 0.8, page.width)[None, :, None]
    return Image.fromarray((ink + np.asarray(page) / 255 * (paper * side - ink)).astype(np.uint8))


def bilevel(page: Image.Image) -> Image.Image:
    """Black and white alone, as fax machines send it."""
    return page.convert("L").convert("1", dither=Image.Dither.NONE)


def worn(page: Image.Image, blur: float, noise: float) -> Image.Image:
    """A copy of a copy: blurred, faded, noisy, askew, squeezed."""
    return squeezed(skewed(noisy(greyed(blurred(page, blur)), noise), -0.7), 50)


def packed(page: Image.Image, form: str = "PNG", **options: object) -> bytes:
    """The page as a file, at the resolution that scanners note in it."""
    out = io.BytesIO()
    page.save(out, form, **options)
    return out.getvalue()


def squeezed(page: Image.Image, quality: int = 40) -> Image.Image:
    """What JPEG leaves of it."""
    return Image.open(io.BytesIO(packed(page, "JPEG", quality=quality))).convert("RGB")
