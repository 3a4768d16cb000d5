"""How the test bench of an onset is set up: the branch stated with everything half struck, then brought back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from math import inf

import numpy as np
from scipy.sparse import csr_array

from friendshore.models.core import effects
from friendshore.models.node.parameters import Key
from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.scenario_tree import Tree
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.saved.decisions import PlanDecisions
from friendshore.optimizer.studies.stress.bench import Bench
from friendshore.optimizer.studies.stress.branch import (
    Disruption,
    Family,
    Variant,
    assemble_disruptions,
    bare,
    held_columns,
    neutral,
    program_of,
)
from friendshore.optimizer.studies.stress.limits import Limit, Limits, Stop, gather
from friendshore.optimizer.studies.stress.needs import needs_of
from friendshore.optimizer.studies.stress.reduce import reduce
from friendshore.optimizer.studies.stress.removals import Removal, Target, longest

NOTHING = "undisturbed"
HALF = 0.5
"""What is left of every target in the model_data; any number between 0 and 1 makes its rows exist."""


def build_bench(
    problem: Problem,
    plan: PlanDecisions,
    onset: int,
    chosen: Sequence[Removal],
    step_months: int = 3,
    *,
    smaller: bool = True,
) -> Bench:
    """The bench for a plan broken at the start of period ``onset`` (a position).

    Steps of ``step_months`` reach over the longest time to recover, to the end of the period in which it falls; whole
    periods follow to the end of the horizon. ``smaller`` takes out of the program what is settled whatever is stopped.

    Parameters
    ----------
    problem
        A valid problem.
    plan
        What is decided before anything breaks.
    onset
        Position of the period at whose start it begins.
    chosen
        What is removed.
    step_months
        Length of the steps, months.
    smaller
        Whether what is settled is left out.

    Returns
    -------
    Bench
        The plan, held, ready to be broken.
    """
    plain = bare(problem)
    left = problem.horizon - sum(period.years for period in problem.periods[:onset])
    disruption = Disruption(NOTHING, tuple(_everything(chosen, left)), step_months, (neutral(longest(chosen)),))
    assembled = assemble_disruptions(plain, onset, [disruption])
    family = Family(assembled, [NOTHING])
    variant = family.variant(NOTHING, held_columns(assembled, plan, onset))
    place = {target: i for i, target in enumerate(dict.fromkeys(t for removal in chosen for t in removal.targets))}
    found = _Finder(family, place).limits(variant)
    program, limits = _bounded(program_of(family, variant), found)
    gathered = gather(program.columns, len(place), limits, program.column_upper)
    stops = tuple(
        Stop(np.array([place[target] for target in removal.targets], dtype=np.int64), removal.recover_years)
        for removal in chosen
    )
    label = problem.periods[onset].period
    needs = needs_of(problem, family, variant)
    bench = Bench(label, _undisturbed(program, gathered), gathered, family.starts, family.lengths, needs, stops)
    return _shrunk(bench, limits, len(place)) if smaller else bench


def _everything(chosen: Sequence[Removal], years: float) -> Iterator[Event]:
    """Events that give every row by which an export or a route can be cut, over the whole branch."""
    if any(removal.kind == "country" for removal in chosen):
        yield Event(scenario="", kind="export", years=years, remaining=HALF)
    for removal in chosen:
        if removal.kind == "route":
            yield Event(scenario="", kind="route", route=removal.name, years=years, remaining=HALF)


class _Finder:
    """The limits of a branch stated with ``_everything``, brought back to what they are untouched."""

    def __init__(self, family: Family, place: Mapping[Target, int]) -> None:
        self.family = family
        self.place = place
        tree: Tree = family.tree
        sets = family.assembled.model_data.sets
        nodes = family.nodes[NOTHING]
        self.lanes = {key: mean[nodes] for key, mean in effects.lane_means(sets, tree).items()}
        self.shared = {row: mean[nodes] for row, mean in effects.shared_means(sets.problem, tree).items()}
        self.exports = {key[:2]: mean[nodes] for key, mean in effects.export_means(sets.problem, tree).items()}
        self.ones = np.ones(len(nodes))

    def limits(self, variant: Variant) -> Iterator[tuple[int, Limit]]:
        """Row and limit of every target that is wanted; rows that exist only while struck, of all targets."""
        for name, (family, key) in enumerate(self.family.assembled.node.rows):
            told = self._target(family, key)
            if told is None:
                continue
            target, mean, standing = told
            for node, row in enumerate(self.family.rows[:, name].tolist()):
                if row >= 0:
                    full = float(variant.row_upper[row] / mean[node])
                    yield row, Limit(-1, self.place.get(target, -1), node, full, standing)

    def _target(self, family: str, key: Key) -> tuple[Target, FloatArray, bool] | None:
        """The target that a row limits, its means here, and whether the row stands also while nothing strikes."""
        if family == "capacity_limit":
            return ("plant", key), self.ones, True
        if family in ("export_limit", "export_release_limit"):
            ends = key[:2] if family == "export_limit" else key[0][:2]
            return ("export", *ends), self.exports[ends], False
        return self._lane_target(family, key)

    def _lane_target(self, family: str, key: Key) -> tuple[Target, FloatArray, bool] | None:
        if family == "shared_limit":
            return ("shared", str(key)), self.shared.get(key, self.ones), True
        if family == "route_release_limit":
            key = self.family.assembled.model_data.sets.ends(key)
        elif family not in ("lane_limit", "struck_limit", "route_limit"):
            return None
        return ("lane", *key), self.lanes.get(key, self.ones), family == "lane_limit"


def _bounded(program: LinearProgram, found: Iterator[tuple[int, Limit]]) -> tuple[LinearProgram, list[Limit]]:
    """Rows over a single column become bounds of that column; the limits by the slots they then have."""
    matrix = csr_array(program.matrix)
    matrix.eliminate_zeros()
    counts = np.diff(matrix.indptr)
    first = np.minimum(matrix.indptr[:-1], matrix.nnz - 1)
    column, coefficient = matrix.indices[first], matrix.data[first]
    single = (counts == 1) & (coefficient > 0) & (program.row_lower == -inf)
    to = np.where(single, column, np.cumsum(~single) - 1 + program.columns)
    scale = np.where(single, coefficient, 1.0)
    named = dict(found)
    limits = [
        dataclasses.replace(limit, slot=int(to[row]), full=limit.full / float(scale[row]))
        for row, limit in named.items()
    ]
    limits += [
        Limit(int(column[row]), -1, 0, float(program.row_upper[row] / coefficient[row]), True)
        for row in np.flatnonzero(single).tolist()
        if row not in named
    ]
    kept = np.flatnonzero(~single)
    smaller = dataclasses.replace(
        program, matrix=csr_array(matrix[kept]), row_lower=program.row_lower[kept], row_upper=program.row_upper[kept]
    )
    return smaller, limits


def _undisturbed(program: LinearProgram, limits: Limits) -> LinearProgram:
    """The program with every limit as it is untouched."""
    upper = limits.upper(np.arange(len(limits.slots)), {})
    of_columns = limits.slots < program.columns
    column_upper, row_upper = program.column_upper.copy(), program.row_upper.copy()
    column_upper[limits.slots[of_columns]] = upper[of_columns]
    row_upper[limits.slots[~of_columns] - program.columns] = upper[~of_columns]
    column_upper = np.maximum(column_upper, program.column_lower)
    return dataclasses.replace(program, row_upper=row_upper, column_upper=column_upper)


def _shrunk(bench: Bench, found: Sequence[Limit], targets: int) -> Bench:
    """The bench with what is settled under every stop taken out of its program."""
    program = bench.program
    smaller = reduce(program, bench.limits.slots[bench.limits.slots_of], bench.needs.column)
    count = smaller.program.columns
    to = np.concatenate([smaller.columns, np.where(smaller.rows >= 0, smaller.rows + count, -1)])
    limits = [dataclasses.replace(limit, slot=int(to[limit.slot])) for limit in found if to[limit.slot] >= 0]
    needs = dataclasses.replace(bench.needs, column=smaller.columns[bench.needs.column])
    gathered = gather(count, targets, limits, smaller.program.column_upper)
    return dataclasses.replace(bench, program=smaller.program, limits=gathered, needs=needs)
