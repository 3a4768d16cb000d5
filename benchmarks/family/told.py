"""The table of the family in words: a line a problem, for a terminal and for the README."""

from __future__ import annotations

from math import ceil

from benchmarks.family.table import Known

HEAD_OF_TABLE = f"{'name':<24}{'columns':>9}{'integers':>9}{'best known':>18}{'proven bound':>18}{'gap':>10}"
HEAD_OF_MARKDOWN = (
    "| name | columns | rows | nonzeros | integers | best known | proven bound | gap |",
    "|---|---|---|---|---|---|---|---|",
)

NOTHING = 1e-9
"""Plan and bound are one to rounding."""


def table_row(known: Known) -> str:
    """A problem as ``list`` prints it."""
    sizes = f"{known.name:<24}{known.columns:>9,}{known.integers:>9,}"
    return f"{sizes}{_figure(known.objective):>18}{_figure(known.bound):>18}{_gap(known):>10}"


def markdown_row(known: Known) -> str:
    """A problem as ``benchmarks/README.md`` has it."""
    sizes = (f"{count:,}" for count in (known.columns, known.rows, known.nonzeros, known.integers))
    cells = (known.name, *sizes, _figure(known.objective), _figure(known.bound), _gap(known))
    return f"| {' | '.join(cells)} |"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.10g}"


def _gap(known: Known) -> str:
    """Rounded up, so that no more is said than is proven."""
    if known.gap is None:
        return "–"
    if known.gap < NOTHING:
        return "0"
    return f"{ceil(max(known.gap, 0.0) * 1e5) / 1e3:.3f} %"
