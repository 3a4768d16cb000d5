"""A family of problems to cite: write them, solve them by any solver, check what it says.

python -m benchmarks.family write FOLDER --mps      the thirty problems as workbooks and MPS files
python -m benchmarks.family check NAME SOLUTION     certify a solution and set it beside the best known
python -m benchmarks.family run --ways ours,highs   all ways in one run on this machine
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.family.catalogue import NAMES, UnknownProblem, define
from benchmarks.family.check import NoPlan, check, held, polished
from benchmarks.family.measure import WAYS, Case, measure, whole_numbers
from benchmarks.family.mps import MpsFault, read_mps
from benchmarks.family.names import column_meanings, unique
from benchmarks.family.run import GAP, SECONDS, keep_case, run
from benchmarks.family.solution import SolutionFault, read_solution, write_solution
from benchmarks.family.solve_mps import solve_mps
from benchmarks.family.table import Contradiction, read_table, read_whole_numbers
from benchmarks.family.told import HEAD_OF_MARKDOWN, HEAD_OF_TABLE, markdown_row, table_row
from benchmarks.family.write import write_problem
from friendshore.optimizer.program.linear_program import BadNumber


def main(arguments: list[str] | None = None) -> int:
    """Run one command: 0 done, 1 the solution is no plan or there is none, 2 what was given cannot be used."""
    asked = _parser().parse_args(arguments)
    command = {
        "list": _list,
        "write": _write,
        "check": _check,
        "best": _best,
        "solve": _solve,
        "run": _run,
        "one": _one,
    }
    try:
        return command[asked.command](asked)
    except (UnknownProblem, MpsFault, SolutionFault, BadNumber, Contradiction) as fault:
        print(fault, file=sys.stderr)  # noqa: T201
        return 2
    except NoPlan as reason:
        print(reason, file=sys.stderr)  # noqa: T201
        return 1


def _list(asked: argparse.Namespace) -> int:
    """The table, for a terminal or as the README has it."""
    rows = read_table().values()
    if asked.markdown:
        print("\n".join([*HEAD_OF_MARKDOWN, *map(markdown_row, rows)]))  # noqa: T201
    else:
        print("\n".join([HEAD_OF_TABLE, *map(table_row, rows)]))  # noqa: T201
    return 0


def _write(asked: argparse.Namespace) -> int:
    for name in asked.only or NAMES:
        definition = define(name)
        for path in write_problem(definition, asked.folder, mps=asked.mps):
            print(path)  # noqa: T201
        if asked.mps and definition.cone:
            print(f"{name} has a second-order cone: no MPS file")  # noqa: T201
    return 0


def _check(asked: argparse.Namespace) -> int:
    definition = define(asked.name)
    names = unique(meaning.name for meaning in column_meanings(definition.assembled))
    read = read_solution(asked.solution, names)
    columns = polished(definition, read.columns) if asked.polish else read.columns
    checked = check(definition, columns, read_table().get(asked.name))
    print(f"{asked.name}: {read.named:,} of {len(names):,} columns named, the others 0")  # noqa: T201
    print("\n".join(checked.lines()))  # noqa: T201
    judged = checked.judged
    if asked.keep and judged.holds:
        whole = whole_numbers(definition, columns)
        case = Case(asked.name, asked.keep, judged.objective, violation=judged.violation, whole=whole)
        keep_case(case)
    return 0 if judged.holds else 1


def _best(asked: argparse.Namespace) -> int:
    """The best plan known, from its whole numbers."""
    definition = define(asked.name)
    columns = polished(definition, held(definition, read_whole_numbers(asked.name)))
    checked = check(definition, columns, read_table().get(asked.name))
    print("\n".join(checked.lines()))  # noqa: T201
    if asked.solution:
        names = unique(meaning.name for meaning in column_meanings(definition.assembled))
        write_solution(asked.solution, names, columns, checked.judged.objective)
    return 0 if checked.judged.holds else 1


def _solve(asked: argparse.Namespace) -> int:
    given = read_mps(asked.mps)
    solved = solve_mps(given, gap=asked.gap, seconds=asked.seconds)
    objective, bound = ("–" if v is None else f"{v:.12g}" for v in (solved.objective, solved.bound))
    gap = "–" if solved.gap is None else f"{max(solved.gap, 0.0):.4%}"
    print(f"{solved.way}: {solved.status}, objective {objective}, bound {bound}, gap {gap}")  # noqa: T201
    if solved.columns is None:
        return 1
    if asked.solution:
        write_solution(asked.solution, given.columns, solved.columns, given.objective(solved.columns))
    return 0


def _run(asked: argparse.Namespace) -> int:
    run(asked.names or NAMES, asked.ways.split(","), gap=asked.gap, seconds=asked.seconds, keep=asked.keep)
    return 0


def _one(asked: argparse.Namespace) -> int:
    print(json.dumps(measure(asked.name, asked.way, asked.gap, asked.seconds).as_json()))  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.family", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    lists = commands.add_parser("list", help="the problems with the best plan known and the proven bound")
    lists.add_argument("--markdown", action="store_true", help="as benchmarks/README.md has it")
    write = commands.add_parser("write", help="write problems as workbooks, and as MPS files")
    write.add_argument("folder", type=Path)
    write.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="these alone; any name in the words of the family"
    )
    write.add_argument("--mps", action="store_true", help="NAME.mps and what its columns mean, NAME.columns.csv, too")
    checks = commands.add_parser("check", help="certify a solution of any solver")
    checks.add_argument("name")
    checks.add_argument("solution", type=Path)
    checks.add_argument(
        "--polish", action="store_true", help="hold its whole numbers and solve the rest again, to 1e-9"
    )
    checks.add_argument("--keep", metavar="WHO", help="keep it in the table where it is certified and better")
    best = commands.add_parser("best", help="work the best plan known out again from its whole numbers")
    best.add_argument("name")
    best.add_argument("solution", type=Path, nargs="?", help="where to write its columns")
    solve = commands.add_parser("solve", help="solve any MPS file")
    solve.add_argument("mps", type=Path)
    solve.add_argument("solution", type=Path, nargs="?", help="where to write its columns")
    solve.add_argument("--gap", type=float, default=GAP)
    solve.add_argument("--seconds", type=float, default=None)
    runs = commands.add_parser("run", help="several ways in one run")
    runs.add_argument("names", nargs="*", default=[], metavar="NAME")
    runs.add_argument("--ways", default="ours,highs,mpi-sppy", help=f"of {', '.join(WAYS)}")
    runs.add_argument("--keep", action="store_true", help="keep better plans and bounds in the table")
    one = commands.add_parser("one")
    one.add_argument("name")
    one.add_argument("way", choices=list(WAYS))
    for each in (runs, one):
        each.add_argument("--gap", type=float, default=GAP)
        each.add_argument("--seconds", type=float, default=SECONDS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
