"""Run by the tests in a process of its own: ``friendshore watch`` whose solves never end by themselves."""

import sys

from friendshore.optimizer.cli import main
from friendshore.optimizer.commands import child

if __name__ == "__main__":
    child.PROGRAM = (sys.executable, "-m", "tests.cli.watched_solve")
    main()
