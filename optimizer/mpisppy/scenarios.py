"""Scenarios: a problem as mpi-sppy wants it, one Pyomo model a scenario."""

from __future__ import annotations

from typing import Any

from friendshore.models.formulation.scenario_model import scenario_model
from friendshore.models.formulation.two_stage import two_stage
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.faults import NOT_INSTALLED, EngineFault


class Scenarios:
    """The scenario creator of a problem, for every method of mpi-sppy.

    A scenario is a family of branches (``models/formulation/two_stage.py``), ``base`` being that in which nothing
    happens. Two stages: first the base path with its investments, protections and stress branches, then what each
    family does of its own.

    >>> import friendshore as fs
    >>> creator = fs.scenario_creator(fs.read_workbook("inputs/tutorial.xlsx"))  # doctest: +SKIP
    >>> ef = ExtensiveForm({"solver": "highs"}, list(creator.names), creator)  # doctest: +SKIP

    Parameters
    ----------
    problem
        A valid problem.

    Raises
    ------
    ValueError
        For a max_hhi policy, which is no set of linear rows.
    """

    def __init__(self, problem: Problem) -> None:
        self.two_stage = two_stage(problem)

    @property
    def names(self) -> tuple[str, ...]:
        """All scenarios, base first."""
        return tuple(self.two_stage.probability)

    def __call__(self, name: str, **_: Any) -> Any:
        """The model of a scenario, with the probability and the root node that mpi-sppy looks for.

        Raises
        ------
        EngineFault
            FS701 where mpi-sppy is not installed.
        """
        try:
            from mpisppy.utils.sputils import attach_root_node  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise EngineFault(
                NOT_INSTALLED, "mpi-sppy is not installed; get it with: pip install 'friendshore[mpi]'"
            ) from error
        model = scenario_model(self.two_stage, name)
        attach_root_node(model, model.first_stage_cost, model.first_stage, do_uniform=False)
        model._mpisppy_probability = model.probability
        return model
