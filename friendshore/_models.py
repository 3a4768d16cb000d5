"""The mathematical model of a problem, for those who look at it, extend it or search it otherwise."""
# ruff: noqa: PLC0415 - importing friendshore loads no library

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from friendshore.models.problem import Problem
    from friendshore.optimizer.mpisppy.scenarios import Scenarios


def formulate(problem: Problem) -> Any:
    """The complete model of a problem, plainly in Pyomo; ``docs/formulation.md`` has its equations.

    ``solve`` solves the same model, built faster; this one is for looking at and for extending.

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives.

    Returns
    -------
    pyomo.environ.ConcreteModel
        A block for each node of the scenario tree, what ties them together, and the objective, in the currency of
        Settings.

    Examples
    --------
    >>> import friendshore as fs
    >>> import pyomo.environ as pyo
    >>> model = fs.formulate(fs.read_workbook("inputs/tutorial.xlsx"))
    >>> result = pyo.SolverFactory("appsi_highs").solve(model)
    >>> round(pyo.value(model.total_cost))
    6628
    """
    from friendshore.models.formulation.formulate import formulate as formulate_in_pyomo

    return formulate_in_pyomo(problem)


def scenario_creator(problem: Problem) -> Scenarios:
    """The scenario creator of a problem for mpi-sppy (extra ``mpi``).

    Parameters
    ----------
    problem
        What ``read_workbook`` or ``problem_from_frames`` gives, without ``max_hhi`` policies.

    Returns
    -------
    Scenarios
        To be called with the name of a scenario; ``names`` has all of them.

    Raises
    ------
    ValueError
        For a ``max_hhi`` policy, which is no set of linear rows.

    Examples
    --------
    >>> import friendshore as fs
    >>> fs.scenario_creator(fs.read_workbook("inputs/tutorial.xlsx")).names
    ('base', 'embargo')
    """
    from friendshore.optimizer.mpisppy.scenarios import Scenarios

    return Scenarios(problem)
