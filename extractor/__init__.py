"""Typed, traceable records from Chinese meeting reports (会议报道) and minutes (会议纪要).

What comes back is a ``schemas.Record``; whatever goes wrong is an ``ExtractorError``.

>>> from extractor import extract_text
>>> report = '''全县农业工作会议召开
... 本报讯 2021年3月24日，全县农业工作会议在县城召开，县长李建国出席会议并讲话。'''
>>> record = extract_text(report)
>>> record.status, record.title.text
('ok', '全县农业工作会议召开')
>>> start, end = record.title.evidence[0].start, record.title.evidence[0].end
>>> report[start:end] == record.title.text
True
"""

from __future__ import annotations

from extractor.api import extract, extract_bytes, extract_text, load
from extractor.batch.many import extract_many
from extractor.errors import ExtractorError
from extractor.reading import Limits

__all__ = ["ExtractorError", "Limits", "extract", "extract_bytes", "extract_many", "extract_text", "load"]
