"""Records measured against annotations (``extract evaluate``) and against other records (``extract diff``).

    gold ──┐
           ├→ readings → comparison → scores        records, records → changes
    records┘                └→ mistakes

It reads records as any JSON, of this schema version or an older one, and knows no pipeline.
"""
