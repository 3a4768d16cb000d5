r"""The module that mpi-sppy's own driver loads: a workbook in, any of its methods, over MPI.

::

    mpiexec -n 3 python -m mpi4py -m mpisppy.generic_cylinders --module-name friendshore.optimizer.mpisppy.module \
        --workbook magnets.xlsx --solver-name highs --lshaped-hub --xhatlshaped --max-iterations 200 --rel-gap 0.001

The names of its functions are those that the driver looks for (mpi-sppy, generic_cylinders).
"""

from __future__ import annotations

from typing import Any

from friendshore.models.problem import Problem
from friendshore.optimizer.mpisppy.scenarios import Scenarios


class Helper:
    """A problem as the driver asks for it."""

    def __init__(self, problem: Problem) -> None:
        self._scenarios = Scenarios(problem)

    def scenario_names_creator(self, count: int | None, start: int | None = None) -> list[str]:
        """All scenarios, or ``count`` of them from ``start`` on."""
        first = start or 0
        names = self._scenarios.names
        return list(names[first : len(names) if count is None else first + count])

    def kw_creator(self, cfg: Any) -> dict[str, Any]:
        """Nothing more is needed for a scenario than its name."""
        del cfg
        return {}

    def scenario_creator(self, name: str, **_: Any) -> Any:
        """The model of a scenario."""
        return self._scenarios(name)

    def scenario_denouement(self, rank: int, name: str, scenario: Any) -> None:
        """Called by the driver at the end of each scenario, with which nothing is done then.

        Parameters
        ----------
        rank
            Of the process.
        name
            Of the scenario.
        scenario
            Its model.
        """


def inparser_adder(cfg: Any) -> None:
    """The option that names the workbook."""
    cfg.add_to_config("workbook", description="the workbook", domain=str, default=None)


def get_mpisppy_helper_object(cfg: Any) -> Helper:
    """The workbook that was named."""
    from friendshore.optimizer.workbook.read import read_workbook  # noqa: PLC0415 - the driver asks for its options first

    if not cfg.workbook:
        raise ValueError("wanted --workbook FILE")
    return Helper(read_workbook(cfg.workbook))
