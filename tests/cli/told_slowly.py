"""Run by the tests in a process of its own: a solve that tells of its progress and then waits to be interrupted."""

import sys
import time

import friendshore.optimizer.solve
import friendshore.optimizer.workbook.read
from friendshore.optimizer.cli import run
from friendshore.optimizer.system.progress import Progress

LONG = 2.5  # seconds in which a busy machine, too, draws the line anew
_read = friendshore.optimizer.workbook.read.read_workbook


def read_slowly(*given):
    time.sleep(LONG)
    return _read(*given)


def solve_slowly(problem, *, on_progress, **_):
    on_progress(Progress("solve", 1.0))
    time.sleep(LONG)
    on_progress(Progress("solve", 2.0, 1000.0, 900.0, 0.1))
    time.sleep(LONG)
    on_progress(Progress("solve", 3.0, 1000.0, 950.0, 0.05))
    time.sleep(120)


if __name__ == "__main__":
    friendshore.optimizer.workbook.read.read_workbook = read_slowly
    friendshore.optimizer.solve.solve_problem = solve_slowly
    sys.exit(run(["solve", sys.argv[1], "-o", sys.argv[2]]))
