"""Run by the tests in a process of its own: a solve that tells of its progress and then waits to be interrupted."""

import sys
import time

import optimizer.pipeline
from optimizer.cli import run


def solve_slowly(problem, *, progress, **_):
    progress("solve", 1.0, None, None, None)
    time.sleep(0.6)
    progress("solve", 2.0, 1000.0, 900.0, 0.1)
    time.sleep(0.6)
    progress("solve", 3.0, 1000.0, 950.0, 0.05)
    time.sleep(60)


if __name__ == "__main__":
    optimizer.pipeline.solve_problem = solve_slowly
    sys.exit(run(["solve", sys.argv[1], "-o", sys.argv[2]]))
