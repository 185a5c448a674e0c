"""All formats together: found by content, placed in the file, missing extras named, none that stops the others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from alike import assert_alike
from every_format import EXTRAS, MAKERS

from extractor.api import make
from extractor.errors import MissingExtraError
from extractor.reading import read_bytes
from schemas import json_schema, to_json

SAMPLE = "village-flood-assembly"
MEDIA_TYPES = {
    "txt": "text/plain",
    "md": "text/markdown",
    "eml": "message/rfc822",
    "html": "text/html",
    "mhtml": "multipart/related",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "rtf": "application/rtf",
    "fodt": "application/vnd.oasis.opendocument.text",
    "ofd": "application/ofd",
    "pdf": "application/pdf",
    "png": "image/png",
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {form: maker(SAMPLE) for form, maker in MAKERS.items()}


@pytest.mark.parametrize("form", MAKERS)
def test_it_is_found_by_content_and_says_the_same(form: str, files: dict[str, bytes]) -> None:
    text = read_bytes(files[form], "报道.dat")
    assert text.media_type == MEDIA_TYPES[form]
    assert text.name == "报道.dat"
    if form != "png":  # characters may be wrong: tests/reading/test_ocr.py measures that
        assert_alike(text, SAMPLE)


@pytest.mark.parametrize("form", MAKERS)
def test_evidence_says_where_in_the_file(form: str, files: dict[str, bytes]) -> None:
    record = json.loads(to_json(make(read_bytes(files[form], "a"), "2024-12-31").record))
    jsonschema.validate(record, json_schema())
    spans = [span for item in record["leaders"] + record["tasks"] for span in item["evidence"]]
    assert spans
    paged = form in ("ofd", "pdf", "png")
    assert record["source"]["pages"] == (1 if paged else None)
    for span in spans:
        assert list(span) == ["start", "end", "page", "box", "paragraph"]
        if paged:
            left, top, right, bottom = span["box"]
            assert (span["page"], span["paragraph"]) == (1, None)
            assert 0 < left < right
            assert 0 < top < bottom
        else:
            assert (span["page"], span["box"]) == (None, None)
            assert (span["paragraph"] is None) is (form in ("txt", "eml"))


@pytest.mark.parametrize("form", EXTRAS)
def test_a_missing_extra_is_a_sentence_with_the_command_that_adds_it(
    form: str, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, extra = EXTRAS[form]
    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError) as caught:
        read_bytes(files[form], "a")
    assert f"pip install 'meeting-extractor[{extra}]'" in caught.value.hint("en")
    assert f"pip install 'meeting-extractor[{extra}]'" in caught.value.hint("zh")


def test_plain_text_imports_none_of_it() -> None:
    code = (
        "import sys; from extractor.reading import read_bytes; read_bytes('会议'.encode(), 'a');"
        "print([m for m in ('docx', 'lxml', 'trafilatura', 'PIL', 'numpy', 'rapidocr', 'pypdfium2_raw', 'spacy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_one_broken_file_never_stops_the_others(files: dict[str, bytes], tmp_path: Path) -> None:
    from extractor.api import try_extract

    seen = []
    for form, data in files.items():
        if form in (
            "txt",
            "md",
            "eml",
            "png",
        ):  # half of a text is a text; of an image: tests/reading/test_image.py
            continue
        path = tmp_path / f"half.{form}"
        path.write_bytes(data[: len(data) // 2])
        record = try_extract(str(path))
        seen.append((form, record.status, record.error.code if record.status == "error" else ""))
    codes = {form: code for form, status, code in seen if status == "error"}
    assert set(codes.values()) <= {"broken", "empty"}
    assert {"docx", "fodt", "ofd", "rtf"} <= set(codes)
