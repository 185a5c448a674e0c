"""Findings of one text with its names given, for tests of what comes after names."""

import re
from collections.abc import Iterable

from extractor.language.clean import clean
from extractor.language.findings import Findings
from extractor.language.layout import read_layout
from extractor.language.speech import find_speeches
from extractor.language.tasks import find_tasks
from extractor.language.titles import Titles
from extractor.language.types import Name

NAMES = ("李甲", "王乙", "赵丙", "钱丁")


def read(text: str, names: Iterable[str] = NAMES) -> Findings:
    """Layout, titles, speech and tasks of ``text``."""
    cleaned = clean(text)
    found = Findings(text, cleaned)
    found.layout = read_layout(cleaned.text)
    found.names = tuple(
        Name(m.start(), m.end(), m[0], "given") for m in re.finditer("|".join(names), cleaned.text)
    )
    Titles().find(found)
    assert found.titles is not None
    found.speech = tuple(find_speeches(found.clean, found.layout, found.titles))
    found.tasks = tuple(find_tasks(found))
    return found
