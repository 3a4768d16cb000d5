"""Solutions are read from the files of several solvers, and refused with the line where they are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.family.solution import SolutionFault, read_solution, write_solution

NAMES = ("built[base|a]", "shipped[base|x,y]", "7")

FILES = {
    "HiGHS": "Model status\nOptimal\n\n# Primal solution values\nFeasible\nObjective 12.5\nMIP_rel_gap 0\n"
    "# Columns 3\nbuilt[base|a] 2\nshipped[base|x,y] 0.25\n7 0\n"
    "# Rows 1\nlimit 4\n\n# Dual solution values\nNone\n\n# Basis\nHiGHS_basis_file v2\n",
    "CBC": "Optimal - objective value 12.5\n      0 built[base|a]      2     0\n"
    "**      1 shipped[base|x,y]    0.25    1e-3\n",
    "SCIP": "solution status: optimal solution found\nobjective value:     12.5\n"
    "built[base|a]     2 \t(obj:4)\nshipped[base|x,y]    0.25 \t(obj:0)\n",
    "Gurobi": "# Solution for model it\n# Objective value = 12.5\nbuilt[base|a] 2\nshipped[base|x,y] 2.5e-01\n7 0\n",
    "MIPLIB": "=obj= 12.5\nbuilt[base|a] 2\nshipped[base|x,y] 0.25\n",
    "plain": "shipped[base|x,y] 0.25\n\nbuilt[base|a] 2\n",
}


@pytest.mark.parametrize("solver", FILES)
def test_each_solver_says_the_same(solver: str, tmp_path: Path) -> None:
    path = tmp_path / "it.sol"
    path.write_text(FILES[solver], encoding="utf-8")
    read = read_solution(path, NAMES)
    assert read.columns.tolist() == [2.0, 0.25, 0.0]
    assert read.named == (3 if solver in ("HiGHS", "Gurobi") else 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("built[base|a] 2\nsold 3\n", "line 2: found 'sold'"),
        ("built[base|a] 2\nbuilt[base|a] 3\n", "line 2: .* twice"),
        ("built[base|a] two\n", "line 1: found 'two'"),
        ("# Columns 3\nbuilt[base|a] 2\n", "1 of the 3"),
        ("Infeasible - objective value 0\n", "names no column"),
        ("", "names no column"),
    ],
)
def test_what_is_no_solution_is_refused(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "it.sol"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SolutionFault, match=told):
        read_solution(path, NAMES)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SolutionFault, match="cannot be read"):
        read_solution(tmp_path / "none.sol", NAMES)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    columns = np.array([2.0, 1 / 3, 0.0])
    write_solution(tmp_path / "it.sol", NAMES, columns, 12.5)
    assert np.array_equal(read_solution(tmp_path / "it.sol", NAMES).columns, columns)
