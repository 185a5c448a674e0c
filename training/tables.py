"""Whether probabilities hold: tables of reliability, calibration error, and what the least certain catch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from training.rightness import Verdict

#: What the page calls a kind → the kinds of the weights that it stands for.
_ROWS = {
    "headline (`title`)": ("headline",),
    "`meeting`": ("meeting.name", "meeting.organizer", "meeting.location"),
    "`date`": ("date",),
    "`leaders`": ("leader",),
    "`speakers`": ("speaker", "speaking unit"),
    "titles of people": ("title",),
    "`attending_units`": ("unit",),
    "`representatives`": ("representatives",),
    "`tasks`": ("task",),
    "`documents`": ("document",),
}
BINS = 10


@dataclass(frozen=True, slots=True)
class Told:
    """A value with the probability that was told of it."""

    verdict: Verdict
    probability: float

    @property
    def right(self) -> bool:
        """Whether it is right."""
        return self.verdict.right


def tables(told: Sequence[Told]) -> Iterator[str]:
    """The lines of both tables, and of what a reader of the least certain finds."""
    yield "| told | values | mean told | share right |\n| --- | --- | --- | --- |"
    for i, inside in enumerate(binned(told)):
        shares = f"{mean(inside):.3f} | {share(inside):.3f}" if inside else "– | –"
        yield f"| {i / BINS:.1f}–{(i + 1) / BINS:.1f} | {len(inside)} | {shares} |"
    yield "\n| kind | values | wrong | mean told | share right | calibration error | in the least certain tenth |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    among = least(told, 1 / 10)
    for name, kinds in _ROWS.items():
        inside = [t for t in told if t.verdict.value.kind in kinds]
        if inside:
            yield _row(name, inside, among)
    yield _row("all", told, among)
    yield ""
    for part in (5, 10, 20, 30):
        yield f"- Who looks at the least certain {part} % of all values finds {captured(told, part / 100):.0%} of the wrong."
    yield ""


def _row(name: str, told: Sequence[Told], among: Callable[[Told], float]) -> str:
    wrong = [t for t in told if not t.right]
    caught = round(sum(map(among, wrong)))
    shares = f"{mean(told):.3f} | {share(told):.3f} | {calibration_error(told):.3f}"
    return f"| {name} | {len(told)} | {len(wrong)} | {shares} | {caught} of {len(wrong)} wrong |"


def binned(told: Sequence[Told]) -> list[list[Told]]:
    """The values by probability, in ten bins of equal width."""
    bins: list[list[Told]] = [[] for _ in range(BINS)]
    for t in told:
        bins[min(BINS - 1, int(t.probability * BINS))].append(t)
    return bins


def calibration_error(told: Sequence[Told]) -> float:
    """The expected calibration error: how far the mean told is from the share right, bin by bin."""
    return sum(len(b) * abs(mean(b) - share(b)) for b in binned(told) if b) / max(1, len(told))


def captured(told: Sequence[Told], part: float) -> float:
    """The share of the wrong values that are among the least certain ``part`` of all."""
    among = least(told, part)
    wrong = [t for t in told if not t.right]
    return sum(among(t) for t in wrong) / max(1, len(wrong))


def least(told: Sequence[Told], part: float) -> Callable[[Told], float]:
    """How much of a value is among the least certain ``part``: of those that are as certain as the last, a share.

    So no order among equals, which chance would give, makes the figures better or worse.
    """
    room = round(len(told) * part)
    probabilities = sorted(t.probability for t in told)
    last = probabilities[room - 1] if room else -1.0
    below = sum(p < last for p in probabilities)
    shared = (room - below) / max(1, probabilities.count(last))
    return lambda t: float(t.probability < last) + shared * (t.probability == last)


def mean(told: Sequence[Told]) -> float:
    """The mean probability told."""
    return sum(t.probability for t in told) / len(told)


def share(told: Sequence[Told]) -> float:
    """The share that is right."""
    return sum(t.right for t in told) / len(told)
