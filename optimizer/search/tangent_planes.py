"""Second-order cones by tangent planes: solve, add the plane that cuts the plan off, solve again, until none does.

Kelley's cutting planes: a cone is convex and every plane valid, so bound and infeasibility stay true
while the plan comes to satisfy Σ X² ≤ (limit + 1e-6) · T². Most planes are found on the LP relaxation, each time from
the basis before, and few are left for the search.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from math import sqrt

import numpy as np

from friendshore.models.clauses.clause import Slack
from friendshore.models.clauses.cone import CONE_TOLERANCE, ConeClause, unit_vector
from friendshore.models.node.link import LinkRow
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.solver import Answer, Basis, SolverFault, solve_lp

_AIM = 0.01  # share of the tolerance at which the planes stop: what it adds to the limit is nothing to the optimum
_ROUNDS = 200
_OF_ALL = 1e-3  # share of the most that is taken in at any node of a cone below which a difference is rounding
_REACH = 2e-6  # a search holds its rows to 1e-6 only: a plane that is met so far is not added again

Search = Callable[[Assembled], Answer]
Polish = Callable[[Assembled, Basis | None], Answer]


def with_relaxation_planes(assembled: Assembled, search: Search) -> Assembled:
    """The program with the tangent planes that its LP relaxation needs; as it is where it has no cone.

    A plan of its integer program may still leave a cone a little: ``polish_with_tangent_planes`` mends it.

    Parameters
    ----------
    assembled
        The program.
    search
        Solves the first LP.

    Returns
    -------
    Assembled
        With further rows at the end.
    """
    cones = cone_clauses(assembled)
    return _relaxation_planes(assembled, cones, search) if cones else assembled


def polish_with_tangent_planes(assembled: Assembled, polish: Polish) -> SearchResult:
    """The polished answer, polished again with more tangent planes as long as it leaves a cone.

    Parameters
    ----------
    assembled
        The program.
    polish
        Holds the whole numbers of a plan and solves the LP that is left, from a basis where there is one.

    Returns
    -------
    SearchResult
        ``infeasible`` where no plan with these whole numbers stays within the cones: its program then has the planes
        that tell a further search so.
    """
    cones = cone_clauses(assembled)
    answer = polish(assembled, None)
    for _ in range(_ROUNDS):
        planes = () if answer.columns is None else tangent_planes_at(assembled, answer.columns, cones)
        if not planes:
            return SearchResult(assembled, answer)
        assembled = assembled.with_rows(planes)
        try:
            answer = polish(assembled, _with_planes(answer.basis, planes))
        except SolverFault:
            return SearchResult(assembled, Answer(status="infeasible", target_gap=answer.target_gap))
    raise ArithmeticError("the tangent planes of a cone did not converge")


def cone_clauses(assembled: Assembled) -> tuple[ConeClause, ...]:
    """The clauses that are cones."""
    return tuple(clause for clause in assembled.model_data.clauses if isinstance(clause, ConeClause))


def _relaxation_planes(assembled: Assembled, cones: tuple[ConeClause, ...], search: Search) -> Assembled:
    answer = search(_relaxed(assembled))
    for _ in range(_ROUNDS):
        if answer.columns is None or answer.status != "optimal":
            return assembled
        planes = tangent_planes_at(assembled, answer.columns, cones, _REACH)
        if not planes:
            return assembled
        assembled = assembled.with_rows(planes)
        answer = _solve_lp_from(assembled, _with_planes(answer.basis, planes))
    return assembled


def _solve_lp_from(assembled: Assembled, basis: Basis | None) -> Answer:
    """The LP from a basis, or from the beginning where HiGHS does not take it (presolve may leave none)."""
    try:
        return solve_lp(assembled.program, basis=basis)
    except SolverFault:
        return solve_lp(assembled.program)


def _relaxed(assembled: Assembled) -> Assembled:
    program = assembled.program
    relaxed = dataclasses.replace(program, integer=np.zeros(program.columns, dtype=bool))
    return dataclasses.replace(assembled, program=relaxed)


def _with_planes(basis: Basis | None, planes: tuple[LinkRow, ...]) -> Basis | None:
    return None if basis is None else basis.with_rows(len(planes))


def tangent_planes_at(
    assembled: Assembled, x: FloatArray, cones: tuple[ConeClause, ...], reach: float = 1e-9, known: int = 0
) -> tuple[LinkRow, ...]:
    """A tangent plane at every cone that a solution leaves.

    Parameters
    ----------
    assembled
        The program.
    x
        The solution, shape (columns of the program).
    cones
        The clauses of max_hhi, of ``cone_clauses``.
    reach
        How far a cone may be left, relative to its size, before it gets a plane.
    known
        Planes there are already besides the rows of the program; it only keeps the marks of the new ones apart.

    Returns
    -------
    tuple of LinkRow
        Rows that every plan within the cones satisfies and ``x`` does not; empty where it is within all of them.
    """
    trunk = int(assembled.model_data.tree.is_base.sum())
    beyond = any(n >= trunk for clause in cones for n in clause.nodes.values())
    values = assembled.expression_values(x) if beyond else assembled.trunk_values(x)
    count = len(assembled.model_data.linking.rows) + known
    planes: list[LinkRow] = []
    for clause in cones:
        points = {place: clause.point(values, place) for place in clause.nodes}
        least = _OF_ALL * max((taken for _, taken in points.values()), default=0.0) or 1.0
        for place, (supplied, taken) in points.items():
            slack = assembled.link_column.get(Slack(clause.label, place))
            root = sqrt(clause.limit(clause.nodes[place]) + _AIM * CONE_TOLERANCE)
            allowed = root * taken + (0.0 if slack is None else float(x[slack]))
            norm = float(np.linalg.norm(supplied))
            if norm > allowed + reach * max(least, norm):
                unit = dict(zip(clause.suppliers, unit_vector(supplied).tolist(), strict=True))
                planes.append(clause.tangent_plane(place, unit, count + len(planes)))
    return tuple(planes)
