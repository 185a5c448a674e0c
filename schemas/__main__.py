"""``python -m schemas`` writes the JSON Schema anew beside the models."""

from __future__ import annotations

from pathlib import Path

from schemas.output import schema_text


def main() -> None:
    """Write ``record.schema.json``, with LF line ends on every system."""
    path = Path(__file__).with_name("record.schema.json")
    path.write_text(schema_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
