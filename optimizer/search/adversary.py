"""The adversary of survive_any and survive: what each disruption that is not in the model does to the plan at hand.

With the plan held (what is built and bought, and the stock it has when the disruption begins) a disruption is a branch
whose own linear program gives the least shortage beyond the limit. The programs are taken out of trees of a few dozen
disruptions once; from then on only their right-hand sides move with the plan, and each is solved from the basis it
ended on before.
"""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.node.link import LinkKey
from friendshore.models.node.parameters import Key
from friendshore.models.problem import Problem
from friendshore.models.rules import stop_rule
from friendshore.optimizer.program.assemble import Assembled, Places, assemble
from friendshore.optimizer.program.linear_program import FloatArray, LinearProgram
from friendshore.optimizer.program.room import Positions
from friendshore.optimizer.program.subprogram import Part, branch_part
from friendshore.optimizer.solver import Basis, SolverFault
from friendshore.optimizer.solver.quick import QuickLp
from friendshore.optimizer.solver.scaling import Scaling, scaling_of

SURVIVED = 1e-7
"""Shortage beyond the limit, as a share of the largest need, with which a disruption counts as survived."""

SLACK = 1e-8
"""Shortage beyond the limit with which a branch of survive counts as slack: in the unit of the commodity, or as a share
of the largest need where that is less than one.

Such a branch is part of the plan, where what is short shows; one that is added for nothing only costs time.
"""

TOGETHER = 50
"""Disruptions in one tree."""

KEPT = 500
"""Programs kept from one round to the next; where there are more, they are made again."""

WORTH_THREADS = 20_000
"""Columns of all programs together below which one thread is quicker than several."""

_Key = tuple[str, tuple[str, ...]]
"""A disruption by its policy and the members that stop together."""


@dataclass(frozen=True)
class Disruption:
    """Members that a policy stops together, and what that does to the plan at hand.

    Parameters
    ----------
    policy
        Name of the policy that tests it.
    members
        What stops together, countries, plants or routes; behind the last ``@`` and the onset.
    excess
        Shortage beyond the limit of the policy, summed over its steps, in the unit of the commodity.
    """

    policy: str
    members: tuple[str, ...]
    excess: float


@dataclass(frozen=True, eq=False)
class Recourse:
    """What one does on the branch of a disruption with the plan held.

    Parameters
    ----------
    disruption
        Which.
    survived
        Whether the plan stays within the limit of the policy.
    columns
        Values of the branch's own columns, in their order, shape (own columns).
    """

    disruption: Disruption
    survived: bool
    columns: FloatArray

    @property
    def branch(self) -> str:
        """Name of the branch."""
        return branch_name(self.disruption.policy, self.disruption.members)


@dataclass(frozen=True, eq=False)
class _RecourseLp:
    """The program of one disruption, whose rows read lower ≤ matrix·y + ``coupling``·(the plan at ``touched``) ≤ upper.

    Its first ``own`` columns are the branch's, the others what is short beyond the limit.
    """

    key: _Key
    program: LinearProgram
    own: int
    touched: Places
    coupling: csc_array
    tolerance: float
    scaling: Scaling


@dataclass(frozen=True, eq=False)
class _Tree:
    """Disruptions tested in one tree, and where that tree has the columns it shares with every other of the problem."""

    node_columns: Positions
    own_column: dict[tuple[str, Key], int]
    link_column: dict[LinkKey, int]
    columns: int
    lps: tuple[_RecourseLp, ...]

    def held(self, assembled: Assembled, x: FloatArray) -> FloatArray:
        """A solution at the nodes, columns and linking columns that this tree has as well; 0 elsewhere."""
        held = np.zeros(self.columns)
        common = [
            (i, self.own_column[name]) for i, name in enumerate(assembled.node.columns) if name in self.own_column
        ]
        of_mine, of_theirs = np.array(common, dtype=np.int64).T
        theirs, mine = self.node_columns[:, of_theirs], assembled.node_columns[: len(self.node_columns), of_mine]
        both = (mine >= 0) & (theirs >= 0)
        held[theirs[both]] = x[mine[both]]
        for key, place in self.link_column.items():
            if key in assembled.link_column:
                held[place] = x[assembled.link_column[key]]
        return held


class Adversary:
    """Tests a plan by disruptions.

    Parameters
    ----------
    problem
        The problem that the plan is for.
    disruptions
        By policy the members that stop together, one tuple a disruption.
    workers
        Threads; None: one a processor.
    """

    def __init__(self, problem: Problem, disruptions: Disruptions, workers: int | None = None) -> None:
        self._problem = problem
        self._disruptions = disruptions
        self._workers = workers or os.cpu_count() or 1
        self._kept: list[_Tree] = []
        self._bases: dict[_Key, Basis] = {}
        self._of_thread = threading.local()

    def test(self, assembled: Assembled, x: FloatArray, known: Disruptions) -> list[Recourse]:
        """What every disruption does to a plan.

        Parameters
        ----------
        assembled
            The program that the plan is a solution of.
        x
            Its columns, shape (columns of the program).
        known
            Disruptions left out, since they are part of the program already.

        Returns
        -------
        list of Recourse
            In the order of the disruptions.
        """
        recourse: list[Recourse] = []
        for tree in self._trees():
            lps = [lp for lp in tree.lps if lp.key[1] not in known.get(lp.key[0], ())]
            if lps:
                recourse += self._solve_all(lps, tree.held(assembled, x))
        return recourse

    def _solve_all(self, lps: list[_RecourseLp], held: FloatArray) -> list[Recourse]:
        if self._workers == 1 or sum(lp.program.columns for lp in lps) < WORTH_THREADS:
            return [self._solve(lp, held) for lp in lps]
        with ThreadPoolExecutor(min(self._workers, len(lps)), "disruptions") as pool:
            return list(pool.map(lambda lp: self._solve(lp, held), lps))

    def _trees(self) -> Iterable[_Tree]:
        keys = [(policy, members) for policy, sets in self._disruptions.items() for members in sets]
        if len(keys) > KEPT:
            return self._build(keys)
        if not self._kept:
            self._kept = list(self._build(keys))
        return self._kept

    def _build(self, keys: list[_Key]) -> Iterator[_Tree]:
        for first in range(0, len(keys), TOGETHER):
            some = keys[first : first + TOGETHER]
            of_policy = {
                policy: tuple(members for name, members in some if name == policy) for policy in self._disruptions
            }
            yield _tree(assemble(build_model_data(self._problem, of_policy)), some)

    def _solve(self, lp: _RecourseLp, held: FloatArray) -> Recourse:
        given = lp.coupling @ held[lp.touched]
        program = dataclasses.replace(
            lp.program, row_lower=lp.program.row_lower - given, row_upper=lp.program.row_upper - given
        )
        answer = self._solver().solve(program, self._bases.get(lp.key), confirm=True, scaling=lp.scaling)
        if answer.objective is None or answer.columns is None:
            name = branch_name(*lp.key)
            raise SolverFault(f"the stress path {name} could not be solved although everything may go short")
        if answer.basis is not None:
            self._bases[lp.key] = answer.basis
        survived = answer.objective <= lp.tolerance
        return Recourse(Disruption(*lp.key, answer.objective), survived, answer.columns[: lp.own])

    def _solver(self) -> QuickLp:
        of_thread: list[QuickLp] = self._of_thread.__dict__.setdefault("solver", [])
        if not of_thread:
            of_thread.append(QuickLp())
        return of_thread[0]


def branch_name(policy: str, members: tuple[str, ...]) -> str:
    """The name of the branch on which these members stop together."""
    return f"{policy}/{'+'.join(members)}"


def _tree(probe: Assembled, keys: Iterable[_Key]) -> _Tree:
    tree = probe.model_data.tree
    shared = [n for n, node in enumerate(tree.nodes) if not _generated(probe, node.scenario)]  # they come first
    columns, rows = csc_array(probe.program.matrix), csr_array(probe.program.matrix)
    lps = tuple(_recourse_lp(probe, rows, branch_part(probe, columns, rows, branch_name(*key)), key) for key in keys)
    return _Tree(
        probe.node_columns[shared], dict(probe.own_column), dict(probe.link_column), probe.program.columns, lps
    )


def _generated(assembled: Assembled, scenario: str) -> bool:
    branches = assembled.model_data.tree.branches
    return scenario in branches and bool(branches[scenario].policy)


def _recourse_lp(probe: Assembled, rows: csr_array, part: Part, key: _Key) -> _RecourseLp:
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
    return _RecourseLp(
        key, sub, count, touched, csc_array(body[:, touched]), _tolerance(probe, part, key[0]), scaling_of(sub)
    )


def _tolerance(probe: Assembled, part: Part, policy: str) -> float:
    problem, demand = probe.model_data.problem, probe.model_data.parameters.values["demand"]
    rule = stop_rule(next(row for row in problem.policies if row.policy == policy))
    largest = max((float(demand[n].max(initial=0.0)) for n in part.nodes), default=0.0) or 1.0
    return SLACK * min(1.0, largest) if rule is not None and rule.in_plan else SURVIVED * largest
