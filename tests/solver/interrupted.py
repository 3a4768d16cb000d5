"""Run by the tests in a process of its own: solves, and says on one line how it ended."""

import sys

from friendshore.optimizer.solver import Abandoned, left_running, polish, solve_program
from tests.solver.programs import dense_lp, market_split, set_cover

PROGRAMS = {
    "cover": set_cover,
    "split": market_split,
    "lp": lambda: dense_lp(6000, 8000),
    "first lp": lambda: dense_lp(6000, 8000, integer_every=4),
}


def say(*words):
    sys.stdout.write("|".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def main():
    program = PROGRAMS[sys.argv[1]]()
    ready = iter([True])

    def on_progress(progress):
        if (progress.objective is not None or sys.argv[2] == "any") and next(ready, False):
            say("running")

    try:
        answer = solve_program(program, on_progress=on_progress, time_limit=60)
    except Abandoned:
        say("abandoned")
        sys.exit(130)
    answer = polish(program, answer)
    worst = None if answer.columns is None else program.violation(answer.columns)
    say(answer.status, answer.stopped, answer.objective, answer.gap, worst, left_running())


if __name__ == "__main__":
    main()
