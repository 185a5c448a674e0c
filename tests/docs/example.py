"""Write the example record of ``docs/record.md`` anew.

    python -m tests.docs.example

Run it when the record of the example changes (a rule, a weight of the confidences), and read the difference.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from extractor import extract_bytes
from schemas import to_json

PAGE = Path(__file__).parents[2] / "docs" / "record.md"
#: Columns up to which an object or a list stands on one line.
_WIDTH = 100


def main() -> None:
    """Replace the first JSON block by the record of the first text block."""
    page = PAGE.read_text("utf-8")
    text = re.search(r"```text\n(.*?)```", page, re.DOTALL)
    assert text
    record = extract_bytes(text[1].encode(), name="report.txt", published=date(2022, 11, 9))
    block = f"```json\n{laid_out(json.loads(to_json(record)))}\n```"
    PAGE.write_text(re.sub(r"```json\n.*?```", lambda _: block, page, count=1, flags=re.DOTALL), "utf-8")


def laid_out(value: Any, indent: int = 0, before: int = 0) -> str:
    """JSON with what fits on a line on one, records and items never; ``before``: columns taken by the key."""
    line = json.dumps(value, ensure_ascii=False)
    item = isinstance(value, dict) and (indent == 0 or "roles" in value)
    items = isinstance(value, list) and any(isinstance(x, dict) and "start" not in x for x in value)
    if not isinstance(value, dict | list) or (len(line) + indent + before <= _WIDTH and not (item or items)):
        return line
    pad, close = " " * (indent + 2), "\n" + " " * indent
    if isinstance(value, dict):
        pairs = (f'{pad}"{key}": {laid_out(x, indent + 2, len(key) + 4)}' for key, x in value.items())
        return "{\n" + ",\n".join(pairs) + close + "}"
    return "[\n" + ",\n".join(pad + laid_out(x, indent + 2) for x in value) + close + "]"


if __name__ == "__main__":
    main()
