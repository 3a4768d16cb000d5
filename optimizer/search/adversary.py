"""The adversary of survive_any and survive: what each stop that is not in the model does to the plan at hand.

With the plan held (what is built and bought, and the stock it has when the stop begins) a stop is a branch whose own
linear program gives the least shortage beyond the limit. The programs are taken out of trees of a few dozen stops once;
from then on only their right-hand sides move with the plan, and each is solved from the basis it ended on before.
"""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.node.parameters import Key
from friendshore.models.problem import Problem
from friendshore.models.rules import Attacks
from friendshore.optimizer.program.assemble import Assembled, Places, assemble
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.program.subprogram import Part, branch_part
from friendshore.optimizer.solver import SolverFault
from friendshore.optimizer.solver.quick import QuickLp

SURVIVED = 1e-7
"""Shortage beyond the limit, as a share of the largest need, with which a choice of survive_any counts as survived."""

SLACK = 1e-8
"""Shortage beyond the limit, in the unit of the commodity, with which a branch of survive counts as slack.

Such a branch is part of the plan, where what is short shows; one that is added for nothing only costs time.
"""

TOGETHER = 50
"""Stops in one tree."""

KEPT = 500
"""Programs kept from one round to the next; where there are more, they are made again."""

WORTH_THREADS = 20_000
"""Columns of all programs together below which one thread is quicker than several."""

_Stop = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """One choice of members and the shortage beyond the limit that it does to the plan at hand, in all its steps."""

    policy: str
    members: tuple[str, ...]
    excess: float


@dataclass(frozen=True, eq=False)
class Judged:
    """A choice, whether the plan survives it, and what one does on its branch: its own columns in their order."""

    choice: Choice
    survived: bool
    columns: FloatArray

    @property
    def branch(self) -> str:
        """Name of the branch."""
        return branch_name(self.choice.policy, self.choice.members)


@dataclass(frozen=True, eq=False)
class _Test:
    """The program of one stop, whose rows read lower ≤ matrix·y + ``coupling``·(the plan at ``touched``) ≤ upper.

    Its first ``own`` columns are the branch's, the others what is short beyond the limit.
    """

    stop: _Stop
    program: LinearProgram
    own: int
    touched: Places
    coupling: csc_array
    tolerance: float


@dataclass(frozen=True, eq=False)
class _Tree:
    """Stops tested in one tree, and where that tree has the columns it shares with every other of the problem."""

    node_columns: Places
    own_column: dict[tuple[str, Key], int]
    link_column: dict[Key, int]
    columns: int
    tests: tuple[_Test, ...]

    def held(self, assembled: Assembled, x: FloatArray) -> FloatArray:
        """A solution at the nodes and linking columns that this tree has as well; 0 elsewhere."""
        held = np.zeros(self.columns)
        places = [self.own_column[name] for name in assembled.node.columns]
        theirs, mine = self.node_columns[:, places], assembled.node_columns[: len(self.node_columns)]
        both = (mine >= 0) & (theirs >= 0)
        held[theirs[both]] = x[mine[both]]
        for key, place in self.link_column.items():
            if key in assembled.link_column:
                held[place] = x[assembled.link_column[key]]
        return held


class Adversary:
    """Judges a plan by every stop of ``choices``, on ``workers`` threads (None: one a processor)."""

    def __init__(self, problem: Problem, choices: Attacks, workers: int | None = None) -> None:
        self._problem = problem
        self._choices = choices
        self._workers = workers or os.cpu_count() or 1
        self._kept: list[_Tree] = []
        self._starts: dict[_Stop, Any] = {}
        self._of_thread = threading.local()

    def judge(self, assembled: Assembled, x: FloatArray, known: Attacks) -> list[Judged]:
        """Every choice but the ``known``, in the order of the choices."""
        judged: list[Judged] = []
        for tree in self._trees():
            tests = [test for test in tree.tests if test.stop[1] not in known.get(test.stop[0], ())]
            if tests:
                held = tree.held(assembled, x)
                judged += self._judged(tests, held)
        return judged

    def _judged(self, tests: list[_Test], held: FloatArray) -> list[Judged]:
        if self._workers == 1 or sum(test.program.columns for test in tests) < WORTH_THREADS:
            return [self._judge(test, held) for test in tests]
        with ThreadPoolExecutor(min(self._workers, len(tests)), "stops") as pool:
            return list(pool.map(lambda test: self._judge(test, held), tests))

    def _trees(self) -> Iterable[_Tree]:
        stops = [(policy, members) for policy, choices in self._choices.items() for members in choices]
        if len(stops) > KEPT:
            return self._made(stops)
        if not self._kept:
            self._kept = list(self._made(stops))
        return self._kept

    def _made(self, stops: list[_Stop]) -> Iterator[_Tree]:
        for first in range(0, len(stops), TOGETHER):
            some = stops[first : first + TOGETHER]
            chosen = {policy: tuple(members for name, members in some if name == policy) for policy in self._choices}
            yield _tree(assemble(build_model_data(self._problem, chosen)), some)

    def _judge(self, test: _Test, held: FloatArray) -> Judged:
        given = test.coupling @ held[test.touched]
        program = dataclasses.replace(
            test.program, row_lower=test.program.row_lower - given, row_upper=test.program.row_upper - given
        )
        answer = self._lp().solve(program, self._starts.get(test.stop), sure=True)
        if answer.objective is None or answer.columns is None:
            name = branch_name(*test.stop)
            raise SolverFault(f"the stress path {name} could not be solved although everything may go short")
        if answer.start is not None:
            self._starts[test.stop] = answer.start
        survived = answer.objective <= test.tolerance
        return Judged(Choice(*test.stop, answer.objective), survived, answer.columns[: test.own])

    def _lp(self) -> QuickLp:
        held: list[QuickLp] = self._of_thread.__dict__.setdefault("lp", [])
        if not held:
            held.append(QuickLp())
        return held[0]


def branch_name(policy: str, members: tuple[str, ...]) -> str:
    """The name of the branch on which these members stop together."""
    return f"{policy}/{'+'.join(members)}"


def _tree(probe: Assembled, stops: Iterable[_Stop]) -> _Tree:
    tree = probe.model_data.tree
    shared = [n for n, node in enumerate(tree.nodes) if not _generated(probe, node.scenario)]  # they come first
    columns, rows = csc_array(probe.program.matrix), csr_array(probe.program.matrix)
    tests = tuple(
        _test(probe, rows, branch_part(probe, columns, rows, branch_name(policy, members)), (policy, members))
        for policy, members in stops
    )
    return _Tree(
        probe.node_columns[shared], dict(probe.own_column), dict(probe.link_column), probe.program.columns, tests
    )


def _generated(assembled: Assembled, scenario: str) -> bool:
    branches = assembled.model_data.tree.branches
    return scenario in branches and bool(branches[scenario].policy)


def _test(probe: Assembled, rows: csr_array, part: Part, stop: _Stop) -> _Test:
    """Minimise Σ of shortage beyond the limit over a branch."""
    program = probe.program
    body = csc_array(rows[part.rows])
    touched = np.setdiff1d(np.flatnonzero(np.diff(body.indptr)), part.own)
    policy_rows = np.flatnonzero(part.rows >= probe.first_link_row)
    count, extra = len(part.own), len(policy_rows)
    elastic = csr_array((-np.ones(extra), (policy_rows, np.arange(extra))), shape=(len(part.rows), extra))
    sub = LinearProgram(
        cost=np.concatenate([np.zeros(count), np.ones(extra)]),
        offset=0.0,
        matrix=csr_array(hstack([body[:, part.own], elastic], format="csr")),
        row_lower=program.row_lower[part.rows],
        row_upper=program.row_upper[part.rows],
        column_lower=np.concatenate([program.column_lower[part.own], np.zeros(extra)]),
        column_upper=np.concatenate([program.column_upper[part.own], np.full(extra, np.inf)]),
        integer=np.zeros(count + extra, dtype=bool),
    )
    return _Test(stop, sub, count, touched, csc_array(body[:, touched]), _tolerance(probe, part, stop[0]))


def _tolerance(probe: Assembled, part: Part, policy: str) -> float:
    problem, demand = probe.model_data.problem, probe.model_data.parameters.values["demand"]
    if any(row.policy == policy and row.kind == "survive" for row in problem.policies):
        return SLACK
    needs = [float(demand[n].max(initial=0.0)) for n in part.nodes]
    return SURVIVED * max(1.0, *needs)
