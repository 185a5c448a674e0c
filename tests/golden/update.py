"""Write the golden records of the samples anew, and the faults that they are known to have.

    python -m tests.golden.update

Read the difference (``git diff tests/golden``) before you commit it: a golden record is right because
somebody read it, a known fault is wrong because somebody read that.
"""

import json

from . import compare, samples


def main() -> None:
    """Write ``records/`` and ``known-faults.json``."""
    samples.RECORDS.mkdir(exist_ok=True)
    known = {}
    for entry in samples.entries():
        text = samples.record(entry)
        samples.golden(entry).write_text(text, "utf-8")
        if found := compare.faults(samples.annotation(entry), json.loads(text)):
            known[entry["path"]] = found
    samples.FAULTS.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(samples.entries())} records, {sum(map(len, known.values()))} known faults")


if __name__ == "__main__":
    main()
