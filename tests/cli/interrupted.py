"""Run by the tests in a process of its own: ``friendshore`` with a search that takes long."""

import dataclasses
import sys

import friendshore.optimizer.solve
from friendshore.models.plan import Outcome, Run, Status
from friendshore.optimizer.cli import main
from friendshore.optimizer.solver import solve_program
from tests.solver.programs import dense_lp, market_split

PROGRAMS = {"split": market_split, "first lp": lambda: dense_lp(6000, 8000, integer_every=4)}


def solver_of(name):
    def solve_long(problem, *, on_progress, **_):
        def tell(progress):
            # the first LP has begun when its heuristics have told of a plan
            if progress.objective is not None or name == "split":
                on_progress(dataclasses.replace(progress, phase="search"))

        answer = solve_program(PROGRAMS[name](), on_progress=tell)
        return Outcome(Run(Status("no_plan"), stopped=answer.stopped))

    return solve_long


if __name__ == "__main__":
    friendshore.optimizer.solve.solve_problem = solver_of(sys.argv.pop(1))
    main()
