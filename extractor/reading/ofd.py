"""Reads OFD (GB/T 33190-2016), the format of official documents in China: text, and page images by recognition (extra ``ocr``).

Seals and annotations are not text of the page and are left out. Positions are millimetres.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from io import BytesIO
from math import isfinite
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import Element

from extractor.errors import BrokenError, EncryptedError, InputError, MissingExtraError
from extractor.reading.extras import need
from extractor.reading.lines import Glyph, Line, Page, lay_out, lines_of
from extractor.reading.metadata import add_headline, day_of
from extractor.reading.package import Package, names_of
from extractor.reading.places import Box
from extractor.reading.text import Raw, Text, put_together

MEDIA_TYPE = "application/ofd"

#: A4, where no page says how large it is.
_A4 = (0.0, 0.0, 210.0, 297.0)
#: Height of characters above their line, in ems; width of those that are not Chinese, where nothing says how far the next is.
_ASCENT, _NARROW = 0.86, 0.5
#: Characters of half the Chinese fonts' kind that are as wide as a Chinese character.
_WIDE = "“”‘’—…·℃"
#: A page is a scan if images cover this much of it, and it has fewer characters than this (page numbers, marks of programs).
_COVERED, _FEW = 0.5, 40
#: No page is larger; numbers beyond are damage.
_FURTHEST = 1e6
#: a b c d e f: x' = a x + c y + e, y' = b x + d y + f (8.5).
_UNCHANGED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: What an encrypted file has beside its parts (GB/T 33190, 18; GM/T 0099).
_LOCKS = ("encryptions.xml", "encryptinfo.xml", "decyptseed.dat", "decryptseed.dat")
_DAY = re.compile(r"\s*+(\d{4})-?(\d\d)-?(\d\d)")


def accepts(raw: Raw) -> bool:
    """Whether this format reads such content, whole or not."""
    if not raw.data.startswith(b"PK\x03\x04"):
        return False
    names = names_of(raw.data)
    return any(name.lower() == "ofd.xml" for name in names) or (not names and b"OFD.xml" in raw.data[:65_536])


def read(raw: Raw) -> Text:
    """The text of all documents in it, page by page.

    Raises BrokenError, EncryptedError, UnsafeError, TooLargeError, TooSlowError, EmptyError, MissingExtraError (no page has
    text, and recognition is not installed).
    """
    try:
        return _read(raw)
    except (MemoryError, RecursionError) as error:
        raise BrokenError(path=raw.path, looks="ofd", detail="reading it takes too much memory") from error


def _read(raw: Raw) -> Text:
    file = _File(Package(raw, "ofd"))
    pages, unread = list[Page](), list[str]()
    trouble: InputError | None = None
    root = file.xml(file.part("", "OFD.xml"))
    for document in file.documents(root):
        raw.check("pages", len(pages) + len(document.pages))
        for name in document.pages:
            raw.check_time()
            page, images = document.page(len(pages) + 1, name)
            if images:
                try:
                    page = replace(
                        page, lines=tuple(line for one in images for line in _recognised(file, one))
                    )
                except (MissingExtraError, _UnreadableImageError) as error:
                    trouble = error
                    unread.append(f"第{page.number}页")
            pages.append(page)
            raw.check("characters", sum(len(line.characters) for line in page.lines))
    if trouble and not any(page.lines for page in pages):
        raise trouble
    written, unsure = lay_out(pages)
    about = next(_all(root, "DocInfo"), None)
    add_headline(written, _text(about, "Title"), shown=False)
    created = day_of(_day(_text(about, "CreationDate")), _day(_text(about, "ModDate")))
    return put_together(
        raw, written, MEDIA_TYPE, created=created, pages=len(pages), unsure=unsure, unread=tuple(unread)
    )


class _UnreadableImageError(BrokenError):
    """The image of a page that Pillow does not read: damaged, or JBIG2."""


class _File:
    """The parts of the package, found however sloppily their names are written."""

    def __init__(self, package: Package) -> None:
        self.package, self.raw = package, package.raw
        self.names = {name.replace("\\", "/").lower(): name for name in package.parts}
        if any(name.endswith(_LOCKS) for name in self.names):
            raise EncryptedError(path=self.raw.path, looks="ofd")

    def part(self, base: str, name: str) -> str:
        """The part that another one (``base``) names; some writers differ in case, and write backslashes."""
        path = self.package.resolve(base.replace("\\", "/"), name.strip().replace("\\", "/"))
        return self.names.get(path.lower(), path)

    def xml(self, name: str) -> Element:
        """The root of a part."""
        return self.package.xml(name)

    def documents(self, root: Element) -> Iterator[_Document]:
        """The documents that OFD.xml names, each in its current version."""
        for body in _all(root, "DocBody"):
            base, name = "", _text(body, "DocRoot")
            for version in _all(body, "Version"):
                current = self.part("", version.get("BaseLoc", ""))
                is_current = version.get("Current", "").lower() == "true" and current in self.package
                if is_current and (named := _text(self.xml(current), "DocRoot")):
                    base, name = current, named
            if name:
                yield _Document(self, self.part(base, name))


@dataclass(frozen=True, slots=True)
class _Image:
    """An image on a page: its part, and where it stands."""

    name: str
    box: Box


class _Document:
    """One document of the file: ``pages`` are the names of its parts."""

    def __init__(self, file: _File, name: str) -> None:
        self.file, self.name = file, name
        tree = file.xml(name)
        self.area = _area(tree) or _A4
        self.templates = {
            one.get("ID", ""): file.part(name, one.get("BaseLoc", "")) for one in _all(tree, "TemplatePage")
        }
        self.resources = [
            file.part(name, one.text or "")
            for kind in ("PublicRes", "DocumentRes")
            for one in _all(tree, kind)
        ]
        named = [one.get("BaseLoc", "") for pages in _all(tree, "Pages") for one in _all(pages, "Page")]
        file.raw.check("pages", len(named))
        self.pages = [file.part(name, one) for one in named]
        self._drawn: dict[str, list[Element]] = {}

    def page(self, number: int, name: str) -> tuple[Page, list[_Image]]:
        """One page with what its templates put on it; its images, if it is a scan."""
        tree = self.file.xml(name)
        left, top, width, height = _area(tree) or self.area
        things = [*self._of_templates(tree), *_things(tree)]
        lines = tuple(lines_of(_text_of(self.file.raw, things, left, top)))
        page = Page(number, width, height, lines)
        if sum(len(line.characters) for line in lines) >= _FEW:
            return page, []
        images = [
            _Image(self.media.get(one.get("ResourceID", ""), ""), _image_box(one))
            for one in things
            if _is(one, "ImageObject")
        ]
        images = [_Image(one.name, _moved(Glyph("", one.box), left, top).box) for one in images if one.name]
        covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one.box for one in images))
        return page, images if covered >= _COVERED * width * height else []

    def _of_templates(self, tree: Element) -> Iterator[Element]:
        for number in dict.fromkeys(use.get("TemplateID", "") for use in _all(tree, "Template")):
            name = self.templates.get(number, "")
            if name not in self._drawn:
                self._drawn[name] = _things(self.file.xml(name)) if name in self.file.package else []
            yield from self._drawn[name]

    @cached_property
    def media(self) -> dict[str, str]:
        """Images, by their number."""
        found = {}
        for resource in self.resources:
            if resource not in self.file.package:
                continue
            tree = self.file.xml(resource)
            folder = tree.get("BaseLoc", "").strip("/\\")
            for one in _all(tree, "MultiMedia"):
                if one.get("Type", "").lower() == "image" and (name := _text(one, "MediaFile")):
                    inside = name if name.startswith(("/", "\\")) else f"{folder}/{name}".lstrip("/")
                    places = [self.file.part(resource, inside), self.file.part(resource, name)]
                    found[one.get("ID", "")] = next(
                        (place for place in places if place in self.file.package), places[0]
                    )
        return found


def _recognised(file: _File, image: _Image) -> Iterator[Line]:
    """The lines of an image, where it stands on its page."""
    pillow = need("PIL.Image", file.raw, "scan", "ocr")
    need("rapidocr", file.raw, "scan", "ocr")
    from extractor.reading.ocr import recognise

    left, top, right, bottom = image.box
    try:
        with catch_warnings():
            simplefilter("ignore")  # Pillow warns of large images: their size is looked at here
            opened = pillow.open(BytesIO(file.package.bytes(image.name)))
            columns, rows = opened.size
            file.raw.check("pixels", columns * rows)
            opened = opened.convert("RGB")
    except InputError:
        raise
    except Exception as error:  # whatever Pillow's many readers raise for damaged images
        detail = f"{image.name} is no image that can be read"
        raise _UnreadableImageError(path=file.raw.path, looks="ofd", detail=detail) from error
    across, down = (right - left) / columns, (bottom - top) / rows
    for line in recognise(file.raw, opened):
        boxes = tuple(
            (left + b[0] * across, top + b[1] * down, left + b[2] * across, top + b[3] * down)
            for b in line.boxes
        )
        yield replace(line, boxes=boxes)


def _text_of(raw: Raw, things: list[Element], left: float, top: float) -> Iterator[Glyph]:
    """The characters of what stands on a page whose box begins there."""
    for thing in things:
        if _is(thing, "TextObject"):
            raw.check_time()
            yield from (_moved(glyph, left, top) for glyph in _glyphs(thing))


def _glyphs(thing: Element) -> Iterator[Glyph]:
    """The characters of a TextObject, in millimetres (11.2 and 11.3)."""
    x, y, *_ = _numbers(thing.get("Boundary"), 4) or (0.0, 0.0)
    a, b, c, d, e, f = _numbers(thing.get("CTM"), 6) or _UNCHANGED
    size = next(iter(_numbers(thing.get("Size"), 1)), 0.0)
    stretch = next(iter(_numbers(thing.get("HScale"), 1)), 1.0)
    here = [0.0, 0.0]
    for code in _all(thing, "TextCode"):
        characters = code.text or ""
        here = [next(iter(_numbers(code.get(axis), 1)), here[i]) for i, axis in enumerate("XY")]
        across, down = (_deltas(code.get(name), len(characters)) for name in ("DeltaX", "DeltaY"))
        for i, character in enumerate(characters):
            step, fall = next(across, None), next(down, None)
            wide = size * stretch * (1.0 if character >= "\u2e80" or character in _WIDE else _NARROW)
            if step is not None and 0 < step < wide:
                wide = step  # narrower than it might be: what follows says so
            elif step is not None and character < "\u2e80" and 0 < step < 1.2 * size * stretch:
                wide = step
            u, v, w, z = here[0], here[1] - _ASCENT * size, here[0] + wide, here[1] + (1 - _ASCENT) * size
            corners = [(a * p + c * q + e + x, b * p + d * q + f + y) for p in (u, w) for q in (v, z)]
            xs, ys = zip(*corners, strict=True)
            yield Glyph(character, (min(xs), min(ys), max(xs), max(ys)))
            if i + 1 < len(characters):
                moved = 0.0 if fall is not None and step is None else wide
                here = [here[0] + (moved if step is None else step), here[1] + (fall or 0.0)]


def _deltas(said: str | None, most: int) -> Iterator[float]:
    """Distances between characters; ``g 3 2.5`` stands for 2.5 2.5 2.5. Never more than there are characters.

    >>> list(_deltas("5 g 1000000000 2.5 4", 3))
    [5.0, 2.5, 2.5]
    """
    words = iter((said or "").split(maxsplit=3 * most + 3))
    left = most
    for word in words:
        times = 1
        if word == "g":
            count = next(words, "0")
            times, word = (
                int(count) if count.isascii() and count.isdecimal() and len(count) < 12 else 0,
                next(words, ""),
            )
        if not (number := _number(word)):
            number = 0.0
        for _ in range(min(times, left)):
            yield number
        left -= min(times, left)
        if not left:
            return


def _image_box(thing: Element) -> Box:
    """Where the image stands: the unit square, as CTM and Boundary place it (9.3)."""
    x, y, width, height = _numbers(thing.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    a, b, c, d, e, f = _numbers(thing.get("CTM"), 6) or (width, 0.0, 0.0, height, 0.0, 0.0)
    xs, ys = (e, a + e, c + e, a + c + e), (f, b + f, d + f, b + d + f)
    return (min(xs) + x, min(ys) + y, max(xs) + x, max(ys) + y)


def _things(tree: Element) -> list[Element]:
    """What is to be seen of a page: blocks may hold blocks, whatever the depth."""
    return [
        one
        for one in tree.iter()
        if (_is(one, "TextObject") or _is(one, "ImageObject")) and one.get("Visible", "").lower() != "false"
    ]


def _area(tree: Element) -> tuple[float, float, float, float] | None:
    """The physical box of a page: left, top, width, height."""
    for kind in ("PageArea", "Area"):
        for area in _all(tree, kind):
            if box := _numbers(_text(area, "PhysicalBox"), 4):
                left, top, width, height = box
                return (left, top, width, height) if width > 0 and height > 0 else None
    return None


def _moved(glyph: Glyph, left: float, top: float) -> Glyph:
    if not left and not top:
        return glyph
    box = glyph.box
    return Glyph(glyph.character, (box[0] - left, box[1] - top, box[2] - left, box[3] - top))


def _is(element: Element, name: str) -> bool:
    """Whether it goes by this name: namespaces and their prefixes differ between writers."""
    tag = element.tag
    return isinstance(tag, str) and (tag == name or tag.endswith("}" + name))


def _all(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if _is(one, name))


def _text(element: Element | None, name: str) -> str:
    """What the first element of this name holds."""
    found = None if element is None else next(_all(element, name), None)
    return "" if found is None else (found.text or "").strip()


def _numbers(said: str | None, count: int) -> tuple[float, ...]:
    """So many numbers, or none."""
    found = [_number(word) for word in (said or "").split(maxsplit=count)[:count]]
    numbers = tuple(number for number in found if number is not None)
    return numbers if len(numbers) == count else ()


def _number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if isfinite(number) and abs(number) < _FURTHEST else None


def _day(said: str) -> date | None:
    """The day of a date as OFD writes it: 2021-03-25, with or without a time."""
    found = _DAY.match(said)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
