"""Solve again what a plan answers, in the way it was solved, and say whether the same plan comes out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from friendshore.models.plan import Options, Outcome
from friendshore.optimizer.reporting import summary, write_plan
from friendshore.optimizer.reporting.catalogue import TABLES
from friendshore.optimizer.saved.plan_reader import read_frames
from friendshore.optimizer.saved.saved_plan import SavedPlan
from friendshore.optimizer.search.limits import Limits
from friendshore.optimizer.search.method import Method
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.studies.explain.settle import with_settled
from friendshore.optimizer.system.progress import OnProgress
from friendshore.optimizer.system.version import versions
from friendshore.optimizer.wording.counts import counted

BESIDES = ("Step_prices", "Baselines", "Net_by_country", "Promises", "Could_change", "Settled")
"""Tables of further searches, or in words that tell of them."""

COMPARED = tuple(name for name in TABLES if name not in ("About", "Log", "Settings_overridden", *BESIDES))
"""Tables of a plan that are the plan; the others tell of its making, times among them, or of further searches."""

_MOST = 20


@dataclass(frozen=True)
class Difference:
    """A cell that is not the same: row of its table from 1, 0 for a whole table; what the plan says, and what came."""

    table: str
    row: int
    column: str
    before: object
    after: object


@dataclass(frozen=True)
class Replayed:
    """What solving again came to.

    ``same`` tells whether every cell of every table of the plan is the same, bit by bit; ``differences`` are the first
    ones; ``other_versions`` holds, by name, the version that made the plan and the one that made it again; ``begun``
    whether the plan's own search began from what an earlier run had learnt, which this one did not.
    """

    outcome: Outcome
    same: bool
    differences: tuple[Difference, ...]
    other_versions: Mapping[str, tuple[str, str]]
    begun: bool = False


def options_of(saved: SavedPlan) -> Options:
    """How a plan was asked for, as its workbook says.

    Raises
    ------
    ValueError
        Where the plan does not say, as those of earlier versions.
    """
    about = dict(zip(saved.tables["About"]["item"], saved.tables["About"]["value"], strict=True))
    if summary.GAP_ASKED not in about:
        raise ValueError("this plan does not say how it was asked for; it was written by an earlier version")
    limit, threads = about[summary.TIME_LIMIT], about[summary.THREADS]
    return Options(
        float(about[summary.GAP_ASKED]),
        None if limit == summary.NO_LIMIT else float(limit),
        None if threads == summary.OWN_CHOICE else int(threads),
        int(about[summary.SEED]),
        str(about[summary.METHOD]),
        tuple(str(about[summary.SETTLE]).split("; ")) if summary.SETTLE in about else (),
        summary.BEGUN in about,
    )


def replay(saved: SavedPlan, on_progress: OnProgress | None = None) -> Replayed:
    """Make a plan again from the rows that it carries.

    Parameters
    ----------
    saved
        A plan read back with all its tables.
    on_progress
        Called with a ``Progress`` when a phase begins, and a few times a second during a search.

    Returns
    -------
    Replayed
        Whether the same plan came out, and where it differs.

    Raises
    ------
    ValueError
        Where the plan does not say how it was asked for.
    """
    asked, began = options_of(saved), time.monotonic()
    outcome = solve_problem(
        saved.problem,
        gap=asked.gap,
        time_limit=asked.time_limit,
        threads=asked.threads,
        seed=asked.seed,
        method=asked.method,
        on_progress=on_progress,
    )
    if asked.settle:
        limits = Limits(
            asked.gap, asked.time_limit, asked.threads, asked.seed, method=Method(asked.method), began=began
        )
        outcome = with_settled(outcome, asked.settle, limits, on_progress=on_progress)
    differences = tuple(_differences(saved.tables, _tables(outcome)))
    return Replayed(outcome, not differences, differences[:_MOST], _other_versions(saved), asked.begun)


def _tables(outcome: Outcome) -> Mapping[str, pd.DataFrame]:
    """The tables of a plan as its workbook would hold them; none where there is no plan."""
    if outcome.plan is None:
        return {}
    with TemporaryDirectory(prefix="friendshore-") as folder:
        path = Path(folder) / "again.plan.xlsx"
        write_plan(outcome.plan, path, with_inputs=False)
        return read_frames(path, COMPARED)


def _differences(before: Mapping[str, pd.DataFrame], after: Mapping[str, pd.DataFrame]) -> Iterator[Difference]:
    for name in COMPARED:
        one, other = before[name], after.get(name, pd.DataFrame())
        if len(one) != len(other):
            yield Difference(name, 0, "", counted(len(one), "row"), counted(len(other), "row"))
            continue
        for column in one.columns:
            pairs = zip(one[column], other[column], strict=True)
            for row, (was, comes) in enumerate(pairs, start=1):
                if was != comes and not (pd.isna(was) and pd.isna(comes)):
                    yield Difference(name, row, str(column), was, comes)


def _other_versions(saved: SavedPlan) -> dict[str, tuple[str, str]]:
    made = {name: saved.about(summary.VERSION.format(name)) for name in versions()}
    return {name: (made[name], now) for name, now in versions().items() if made[name] != now}
