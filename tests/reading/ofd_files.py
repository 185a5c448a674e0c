"""OFD files as WPS, Foxit and Suwell write them (one TextObject a line, or several), made here with the standard library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.reading.pdf_files import width_of, wrapped

SPACE = "http://www.ofdspec.org/2016"
#: Millimetres: A4, and a page on which samples take several.
A4, SMALL = (210.0, 297.0), (150.0, 170.0)


def element(name: str, inside: str = "", prefix: str = "ofd", **attributes: object) -> str:
    """One element; the namespace is declared on each, which is allowed and keeps this simple."""
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f'<{prefix}:{name} xmlns:{prefix}="{SPACE}"{said}>{inside}</{prefix}:{name}>'


def run(
    x: float, y: float, size: float, characters: str, deltas: str | None = None, **attributes: object
) -> str:
    """Characters from x on the line y (its baseline), as one TextObject."""
    if deltas is None:
        deltas = " ".join(f"{width_of(c) * size:g}" for c in characters[:-1])
    code = element("TextCode", escape(characters), X=0, Y=size, DeltaX=deltas)
    box = f"{x:g} {y - size:g} {len(characters) * size:g} {size * 1.2:g}"
    return element("TextObject", code, ID=1, Boundary=box, Font=3, Size=f"{size:g}", **attributes)


def page(*things: str, area: tuple[float, float] | None = None, template: bool = False) -> str:
    """Content.xml of a page."""
    before = element("Template", TemplateID=9, ZOrder="Background") if template else ""
    box = element("Area", element("PhysicalBox", f"0 0 {area[0]:g} {area[1]:g}")) if area else ""
    return element("Page", before + box + element("Content", element("Layer", "".join(things), ID=2)))


def ofd(
    pages: Sequence[str],
    *,
    area: tuple[float, float] = A4,
    template: str | None = None,
    info: Mapping[str, str] | None = None,
    more: Mapping[str, bytes | str] | None = None,
    common: str = "",
    absolute: bool = False,
    body: str = "",
) -> bytes:
    """The file. ``absolute``: paths begin at the root; ``more``: further parts, or other ones of the same name."""
    about = element("DocInfo", "".join(element(key, escape(value)) for key, value in (info or {}).items()))
    base = "/Doc_0/" if absolute else ""
    named = "".join(
        element("Page", ID=10 + i, BaseLoc=f"{base}Pages/Page_{i}/Content.xml") for i in range(len(pages))
    )
    inside = element("PageArea", element("PhysicalBox", f"0 0 {area[0]:g} {area[1]:g}")) + common
    if template is not None:
        inside += element("TemplatePage", ID=9, BaseLoc=f"{base}Tpls/Tpl_0/Content.xml")
    parts: dict[str, bytes | str] = {
        "OFD.xml": element(
            "OFD", element("DocBody", about + element("DocRoot", "Doc_0/Document.xml") + body), DocType="OFD"
        ),
        "Doc_0/Document.xml": element("Document", element("CommonData", inside) + element("Pages", named)),
        **{f"Doc_0/Pages/Page_{i}/Content.xml": content for i, content in enumerate(pages)},
    }
    if template is not None:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = template
    return packed({**parts, **(more or {})})


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def report(
    paragraphs: Sequence[str],
    *,
    headlines: int = 1,
    area: tuple[float, float] = A4,
    pieces: int = 0,
    header: str = "",
) -> bytes:
    """A report as OFD; ``pieces``: characters in a TextObject, 0 for one a line."""
    size, margin, y = 5.6, 26.0, 30.0
    pages: list[list[str]] = [[]]
    for i, paragraph in enumerate(paragraphs):
        em = size + 2 if i == 0 else size
        headline = i < headlines
        for j, line in enumerate(wrapped(paragraph, (area[0] - 2 * margin) // em, 0 if headline else 2)):
            if y > area[1] - 28:
                y = 30.0
                pages.append([])
            width = sum(map(width_of, line)) * em
            x = (area[0] - width) / 2 if headline else margin + (2 * em if j == 0 else 0)
            for k in range(0, len(line), pieces or len(line)):
                piece = line[k : k + (pieces or len(line))]
                pages[-1].append(run(x, y, em, piece))
                x += sum(map(width_of, piece)) * em
            y += em * 1.7
    for number, things in enumerate(pages, 1):
        things.append(run(area[0] / 2 - 5, area[1] - 12, 4, f"- {number} -"))
    template = page(run(margin, 14, 4, header)) if header else None
    return ofd([page(*things, template=bool(header)) for things in pages], area=area, template=template)
