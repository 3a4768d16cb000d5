"""Numbers out of all proportion to others that they belong to: told with both, and with the slip that is likely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log, sqrt

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding

SLIPS = (
    (1e3, "kg for t, or money for thousand money"),
    (1e6, "g for t, or money for million money"),
    (12.0, "per month for per year"),
)
"""Factors that numbers are wrong by, and how they come about."""


@dataclass(frozen=True)
class Usual:
    """What a ratio lies between, both ends far out: beyond them a slip is likelier than a number that is right."""

    low: float
    high: float

    def holds(self, ratio: float) -> bool:
        """Whether a ratio lies between its ends, which are usual themselves."""
        return self.low <= ratio <= self.high


@dataclass(frozen=True)
class Pair:
    """A number in ``row`` of a sheet, and one that it is measured by, named as the end of a sentence (``its price``).

    ``of`` says what the number is where it is worked out from that of the cell (``inputs worth``).
    """

    row: int
    value: float
    measure: float
    name: str
    of: str = ""

    @property
    def ratio(self) -> float:
        """The number in units of its measure."""
        return self.value / self.measure


def disproportions(code: str, sheet: str, column: str, pairs: Iterable[Pair], usual: Usual) -> Iterator[Finding]:
    """At most two findings about a column: its first number that is too large, and its first that is too small.

    Parameters
    ----------
    code
        Code of the findings.
    sheet
        Sheet of the numbers.
    column
        Their column.
    pairs
        The numbers, each with what it is measured by; those of which one is 0 have no proportion and are left out.
    usual
        What their ratio is expected to lie between.

    Yields
    ------
    Finding
        With both numbers, the slip that would explain them, and how many rows are alike.
    """
    known = sorted((pair for pair in pairs if pair.value > 0 and pair.measure > 0), key=lambda pair: pair.row)
    for wrong in ([p for p in known if p.ratio > usual.high], [p for p in known if p.ratio < usual.low]):
        if wrong:
            others = len({pair.row for pair in wrong}) - 1
            more = f" ({others} more row{'s' if others > 1 else ''} alike)" if others else ""
            yield make_finding(code, sheet, f"{_told(wrong[0], usual)}{more}", wrong[0].row, column)


def _told(pair: Pair, usual: Usual) -> str:
    span = f"{usual.low:g} to {usual.high:g} times" if usual.low else f"at most {usual.high:g} times"
    found = f"{pair.of} {pair.value:,.6g}" if pair.of else f"{pair.value:,.6g}"
    return f"found {found}, {_times(pair.ratio)} {pair.name} ({pair.measure:,.6g}); usual is {span}{slip(pair, usual)}"


def _times(ratio: float) -> str:
    return f"{_short(ratio)} times" if ratio >= 1 else f"a {_short(1 / ratio)}th of"


def _short(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.3g}"


def slip(pair: Pair, usual: Usual) -> str:
    """The slip that brings the number nearest to the middle of what is usual, as a question; empty where none does."""
    large = pair.ratio > usual.high
    middle = log(sqrt(usual.low * usual.high)) if usual.low else log(usual.high)
    mended = [(pair.ratio / factor if large else pair.ratio * factor, factor, words) for factor, words in SLIPS]
    fit = [each for each in mended if usual.holds(each[0])]
    if not fit:
        return ""
    _, factor, words = min(fit, key=lambda each: abs(log(each[0]) - middle))
    if pair.of:
        return f": a slip of {factor:,g} ({words})?"
    return f": did you mean {pair.value / factor if large else pair.value * factor:,.6g} ({words})?"
