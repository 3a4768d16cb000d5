"""When scenarios may begin: the cells ``onset`` and ``parent`` of Scenarios, read with the kind of the row.

A *danger* has a chance ``per_year`` and may begin at the start of any period of its span; a *sequel* follows a danger
or a sequel after ``+N`` years; everything else is a *dated* scenario, which begins at the start of one period.
"""

from __future__ import annotations

from friendshore.models.problem import Problem
from friendshore.models.tables import Scenario
from friendshore.models.tree.branch import BASE

ANY = ("", "any")
"""What the onset of a danger that may begin in any period says."""

SPAN = ".."
"""Between the first and the last period of a span: ``2028..2032``."""

_TINY = 1e-9  # years


def is_danger(row: Scenario) -> bool:
    """Whether a row may begin at any time, with a chance a year."""
    return row.per_year is not None


def is_sequel(problem: Problem, row: Scenario) -> bool:
    """Whether a row follows a danger, or a sequel of one."""
    rows = {other.scenario: other for other in problem.tables.scenarios}
    seen: set[str] = set()
    above = rows.get(parents_of(row)[0])
    while above is not None and above.scenario not in seen and not is_danger(row):
        if is_danger(above):
            return True
        seen.add(above.scenario)
        above = rows.get(parents_of(above)[0])
    return False


def parents_of(row: Scenario) -> tuple[str, ...]:
    """The paths that a row may leave: ``base`` where the cell is blank, else the names in it."""
    return tuple(dict.fromkeys(name.strip() for name in row.parent.split(",") if name.strip())) or (BASE,)


def span_of(problem: Problem, row: Scenario) -> range:
    """Positions of the periods at whose start a danger may begin on the base path; empty for a span it cannot read."""
    if row.onset in ANY:
        return range(1, len(problem.periods))
    labels = [period.period for period in problem.periods]
    first, found, last = row.onset.partition(SPAN)
    first, last = first.strip(), last.strip() if found else first.strip()
    if first not in labels or last not in labels:
        return range(0)
    return range(labels.index(first), labels.index(last) + 1)


def years_after(row: Scenario) -> float | None:
    """N of the onset ``+N`` of a sequel, years after its parent's onset; None where the cell says no such thing."""
    try:
        years = float(row.onset.removeprefix("+"))
    except ValueError:
        return None
    return years if years > 0 else None


def period_after(problem: Problem, onset: int, row: Scenario) -> int | None:
    """The first period that starts N years or more after the start of period ``onset``; None past the horizon.

    Parameters
    ----------
    problem
        A valid problem.
    onset
        Position of the period in which the parent begins.
    row
        The sequel, a row of Scenarios.

    Returns
    -------
    int | None
        Position of the period; None past the horizon.
    """
    years = years_after(row)
    if years is None:
        return None
    starts = problem.period_starts
    return next((t for t in range(onset + 1, len(starts)) if starts[t] - starts[onset] >= years - _TINY), None)
