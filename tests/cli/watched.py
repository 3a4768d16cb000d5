"""Run by the tests in a process of its own: ``friendshore watch`` whose solves never end by themselves."""

from friendshore.optimizer.cli import main
from friendshore.optimizer.commands import child
from tests.run import program

if __name__ == "__main__":
    child.PROGRAM = tuple(program("tests.cli.watched_solve"))
    main()
