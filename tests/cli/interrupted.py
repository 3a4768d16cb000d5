"""Run by the tests in a process of its own: ``friendshore`` with a search that takes long."""

import sys

import friendshore.optimizer.solve
from friendshore.models.plan import Outcome, Run, Status
from friendshore.optimizer.cli import main
from friendshore.optimizer.solver import solve_program
from tests.solver.programs import dense_lp, market_split

PROGRAMS = {"split": market_split, "first lp": lambda: dense_lp(6000, 8000, integer_every=4)}


def solver_of(name):
    def solve_long(problem, *, progress, **_):
        def tell(_phase, seconds, best, bound, gap):
            if best is not None or name == "split":  # the first LP has begun when its heuristics have told of a plan
                progress("search", seconds, best, bound, gap)

        answer = solve_program(PROGRAMS[name](), progress=tell)
        return Outcome(Run(Status("no_plan"), stopped=answer.stopped))

    return solve_long


if __name__ == "__main__":
    friendshore.optimizer.solve.solve_problem = solver_of(sys.argv.pop(1))
    main()
