"""mpi-sppy's own methods on our scenarios give our optimum: extensive form, L-shaped, and both over MPI."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mpisppy", reason="mpi-sppy is an extra")

from mpisppy.opt.ef import ExtensiveForm
from mpisppy.opt.lshaped import LShapedMethod

import friendshore as fs
from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.engines.available import mpiexec
from friendshore.optimizer.engines.faults import EngineFault
from friendshore.optimizer.mpisppy.module import Helper
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.version import installed
from friendshore.optimizer.workbook.read import read_workbook
from tests.mathematics.cases import with_settings
from tests.mathematics.test_two_stage import two_stops

TUTORIAL = Path(__file__).parents[2] / "inputs" / "tutorial.xlsx"
over_mpi = pytest.mark.skipif(not installed("mpi4py") or not mpiexec(), reason="mpi4py or mpiexec is not here")


def tutorial() -> Problem:
    return read_workbook(TUTORIAL)


def stocked(**settings: Any) -> Problem:
    """Two stops, a store of 10 and a yard that adds to Far's works in whole units of 2: decisions of all kinds."""
    sheets = two_stops()
    sheets["Stockpiles"] = [
        {
            "stockpile": "store",
            "country": "Home",
            "commodity": "metal",
            "max_level": 10,
            "final_min": 0,
            "holding_cost": 20,
        }
    ]
    sheets["Plants"].append({"plant": "yard", "country": "Home", "commodity": "metal", "capacity": 0, "unit_cost": 9})
    sheets["Expansions"] = [{"expansion": "line", "plant": "yard", "size": 2, "capex": 60, "max_units": 3}]
    return problem_from_sheets(with_settings(sheets, **settings))


def objective(of: Problem) -> float:
    plan = solve_problem(of, gap=0.0, threads=1).plan
    assert plan is not None
    return plan.objective


PROBLEMS = {
    "tutorial": tutorial,
    "stocked": stocked,
    "averse": lambda: stocked(risk_aversion=0.4, cvar_alpha=0.7),
    "branches build": lambda: stocked(branch_investment="integer"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_extensive_form(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nonanticipativity over what is shared, and probabilities that sum to 1, as mpi-sppy puts them together."""
    of = PROBLEMS[name]()
    creator = fs.scenario_creator(of)
    ef = ExtensiveForm({"solver": "highs"}, list(creator.names), creator)
    ef.solve_extensive_form(solver_options={"mip_rel_gap": 0.0})
    capsys.readouterr()
    assert ef.get_objective_value() == pytest.approx(objective(of), rel=1e-7)


@over_mpi
@pytest.mark.parametrize("name", ["tutorial", "stocked", "averse"])
def test_the_l_shaped_method(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Bounds from cuts: a first-stage cost that were not the same in every scenario would be lost (6,624 for 6,628)."""
    of = PROBLEMS[name]()
    creator = fs.scenario_creator(of)
    options = {
        "root_solver": "highs",
        "sp_solver": "highs",
        "max_iter": 200,
        "verbose": False,
        "root_solver_options": {"mip_rel_gap": 0.0},
    }
    method = LShapedMethod(options, list(creator.names), creator)
    method.lshaped_algorithm()
    capsys.readouterr()
    assert method.iter < 199
    assert method._LShaped_bound == pytest.approx(objective(of), rel=1e-6)


@over_mpi
def test_the_driver_over_mpi(tmp_path: Path) -> None:
    """The command of the README, two ranks: best bound and best plan meet at the tutorial's 6,628."""
    command = [
        mpiexec(),
        "-n",
        "2",
        sys.executable,
        "-m",
        "mpi4py",
        "-m",
        "mpisppy.generic_cylinders",
        "--module-name",
        "friendshore.optimizer.mpisppy.module",
        "--workbook",
        str(TUTORIAL),
        "--solver-name",
        "highs",
        "--lshaped-hub",
        "--xhatlshaped",
        "--max-iterations",
        "200",
        "--rel-gap",
        "1e-6",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=tmp_path)  # noqa: S603
    assert done.returncode == 0, done.stderr
    last = re.findall(r"\]\s+\d+\D+?([\d.]+)\s+([\d.]+)\s+[\d.]+%", done.stdout)[-1]
    assert [float(number) for number in last] == pytest.approx([6628.0, 6628.0])


def test_the_helper_of_the_driver() -> None:
    """Names, all or some of them, and a model that mpi-sppy can take."""
    helper = Helper(tutorial())
    assert helper.scenario_names_creator(None) == ["base", "embargo"]
    assert helper.scenario_names_creator(1, 1) == ["embargo"]
    model = helper.scenario_creator("embargo", **helper.kw_creator(None))
    assert model._mpisppy_probability == pytest.approx(0.2)
    assert [node.name for node in model._mpisppy_node_list] == ["ROOT"]


def test_mpi_sppy_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    creator = fs.scenario_creator(tutorial())
    monkeypatch.setitem(sys.modules, "mpisppy.utils.sputils", None)
    with pytest.raises(EngineFault, match=r"pip install 'friendshore\[mpi\]'.*FS701"):
        creator("base")
