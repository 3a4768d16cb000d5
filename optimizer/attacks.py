"""survive_any by an adversary: solve, find the choices the plan survives worst, add them, until all are survived.

The adversary is exact: with the plan held, every choice of k members not in the model yet is a branch whose own linear
program gives the least shortage beyond the limit. Each round adds the worst few; the rounds end when no choice is left
that the plan does not survive, so the plan is one of the full problem, and its bound a bound of the full problem
(constraint generation as in Benders; for interdiction see Brown et al. 2006, Defending critical infrastructure).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from models.problem import Problem
from models.rules import Attacks
from models.rules.survive_any import every_attack
from models.statement import state
from optimizer.arrays import FloatArray, LinearProgram
from optimizer.assemble import Assembled, assemble
from optimizer.branches import Part, branch_part
from optimizer.solver import Answer, SolverFault, solve_lp

AT_ONCE = 4
"""Choices added in a round for each policy."""

SURVIVED = 1e-7
"""Shortage beyond the limit, as a share of the largest need, that still counts as survived."""

Build = Callable[[Attacks], Assembled]
Search = Callable[[Assembled], tuple[Assembled, Answer]]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Choice:
    """One choice of members and the shortage beyond the limit that it does to the plan at hand, in all its steps."""

    policy: str
    members: tuple[str, ...]
    excess: float


def search_with_attacks(problem: Problem, build: Build, search: Search, tell: Tell) -> tuple[Assembled, Answer]:
    """The program with the attacks its plan needs, and the answer of ``search`` on it.

    Without a survive_any policy this is one call of ``build`` and one of ``search``.
    """
    every = every_attack(problem)
    found: dict[str, tuple[tuple[str, ...], ...]] = dict.fromkeys(every, ())
    while True:
        assembled, answer = search(build(found))
        if not every or answer.columns is None:
            return assembled, answer
        worst = unsurvived(problem, assembled, answer.columns, found)
        if not worst:
            return assembled, answer
        for policy in every:
            mine = [choice for choice in worst if choice.policy == policy][:AT_ONCE]
            found[policy] = tuple(sorted((*found[policy], *(choice.members for choice in mine))))
            for choice in mine:
                tell(f"{policy}: the plan does not survive the loss of {' and '.join(choice.members)}; added")
        if answer.stopped:
            return assembled, Answer("no_plan", answer.stopped, bound=answer.bound, log=answer.log)


def unsurvived(problem: Problem, assembled: Assembled, x: FloatArray, found: Attacks) -> list[Choice]:
    """The choices not in the model that the plan does not survive, the worst first."""
    left = {
        policy: tuple(chosen for chosen in choices if chosen not in found.get(policy, ()))
        for policy, choices in every_attack(problem).items()
    }
    if not any(left.values()):
        return []
    probe = assemble(state(problem, left))
    held = _carried(assembled, probe, x)
    columns, rows = csc_array(probe.program.matrix), csr_array(probe.program.matrix)
    judged = []
    for policy, choices in left.items():
        for members in choices:
            part = branch_part(probe, columns, rows, f"{policy}/{'+'.join(members)}")
            excess, scale = _least_excess(probe, rows, part, held)
            if excess > SURVIVED * max(1.0, scale):
                judged.append(Choice(policy, members, excess))
    return sorted(judged, key=lambda choice: (-choice.excess, choice.members))


def _carried(assembled: Assembled, probe: Assembled, x: FloatArray) -> FloatArray:
    """The solution at the nodes and linking columns that both programs have; 0 elsewhere."""
    held = np.zeros(probe.program.columns)
    same = [
        n for n, node in enumerate(probe.statement.tree.nodes)
        if not _generated(probe, node.scenario)
    ]  # fmt: skip
    mine, theirs = assembled.node_columns[same], probe.node_columns[same]
    both = (mine >= 0) & (theirs >= 0)
    held[theirs[both]] = x[mine[both]]
    for key, place in probe.link_column.items():
        if key in assembled.link_column:
            held[place] = x[assembled.link_column[key]]
    return held


def _generated(assembled: Assembled, scenario: str) -> bool:
    branches = assembled.statement.tree.branches
    return scenario in branches and bool(branches[scenario].policy)


def _least_excess(probe: Assembled, rows: csr_array, part: Part, held: FloatArray) -> tuple[float, float]:
    """Least Σ of shortage beyond the limit over a branch, and the largest right-hand side it is measured by."""
    program = probe.program
    body = csr_array(rows[part.rows])
    local = csr_array(csc_array(body)[:, part.own])
    others = held.copy()
    others[part.own] = 0.0
    given = body @ others
    policy_rows = np.flatnonzero(part.rows >= probe.first_link_row)
    elastic = csr_array(
        (-np.ones(len(policy_rows)), (policy_rows, np.arange(len(policy_rows)))),
        shape=(len(part.rows), len(policy_rows)),
    )
    count, extra = len(part.own), len(policy_rows)
    lower, upper = program.row_lower[part.rows] - given, program.row_upper[part.rows] - given
    sub = LinearProgram(
        cost=np.concatenate([np.zeros(count), np.ones(extra)]), offset=0.0,
        matrix=csr_array(hstack([local, elastic], format="csr")), row_lower=lower, row_upper=upper,
        column_lower=np.concatenate([program.column_lower[part.own], np.zeros(extra)]),
        column_upper=np.concatenate([program.column_upper[part.own], np.full(extra, np.inf)]),
        integer=np.zeros(count + extra, dtype=bool),
    )  # fmt: skip
    answer = solve_lp(sub)
    if answer.objective is None:
        raise SolverFault(f"a stress path could not be solved although everything may go short: {answer.status}")
    needs = [float(probe.statement.numbers.values["demand"][n].max(initial=0.0)) for n in part.nodes]
    return answer.objective, max(needs, default=0.0)
