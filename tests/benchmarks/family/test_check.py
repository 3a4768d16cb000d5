"""Solutions of others are certified or refused with the place, and best plans come back from their whole numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pytest

from benchmarks.family.__main__ import main
from benchmarks.family.catalogue import Definition, UnknownProblem, define
from benchmarks.family.check import NoPlan, check, held, polished
from benchmarks.family.measure import Case
from benchmarks.family.mps import named, write_mps
from benchmarks.family.run import keep_case
from benchmarks.family.solution import read_solution
from benchmarks.family.table import read_table, read_whole_numbers
from friendshore import solve
from friendshore.optimizer.program.linear_program import FloatArray

NAME = "tut-b20-p4-c2-tight-s1"


@pytest.fixture(scope="module")
def definition() -> Definition:
    return define(NAME)


@pytest.fixture(scope="module")
def theirs(definition: Definition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What HiGHS by itself makes of the MPS file."""
    folder = tmp_path_factory.mktemp("family")
    write_mps(named(definition), folder / "it.mps")
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.readModel(str(folder / "it.mps"))
    highs.run()
    highs.writeSolution(str(folder / "it.sol"), 0)
    return folder / "it.sol"


@pytest.fixture(scope="module")
def columns(definition: Definition, theirs: Path) -> FloatArray:
    return read_solution(theirs, named(definition).columns).columns


def place(definition: Definition, kind: str, columns: FloatArray) -> int:
    """The first column of a kind that is not 0."""
    names = named(definition).columns
    return next(i for i, name in enumerate(names) if name.startswith(kind + "[") and columns[i] > 0.5)


def test_their_optimum_is_ours_and_is_certified(definition: Definition, columns: FloatArray) -> None:
    checked = check(definition, columns, None)
    ours = solve(definition.problem, gap=0.0)
    assert ours.plan is not None
    assert checked.judged.holds
    assert checked.judged.objective == pytest.approx(ours.plan.objective, rel=1e-9)
    assert checked.gap_to_best is None


def test_a_quantity_more_is_refused_with_the_place(definition: Definition, columns: FloatArray) -> None:
    spoilt = columns.copy()
    spoilt[place(definition, "shipped", columns)] += 1.0
    judged = check(definition, spoilt, None).judged
    assert not judged.holds
    assert "supply" in judged.where or "use" in judged.where or "balance" in judged.where


def test_half_a_unit_and_a_value_out_of_bounds_are_refused(definition: Definition, columns: FloatArray) -> None:
    unit, shortage = place(definition, "Decided", columns), int(np.argmax(columns))
    halved, negative, endless = columns.copy(), columns.copy(), columns.copy()
    halved[unit] -= 0.5
    negative[shortage] = -1e6
    endless[shortage] = np.inf
    for spoilt, at in ((halved, unit), (negative, shortage), (endless, shortage)):
        judged = check(definition, spoilt, None).judged
        assert not judged.holds
        assert np.isfinite(judged.violation) or "inf" in judged.where
        if at == unit:
            assert named(definition).columns[unit] in judged.where


def test_polishing_mends_what_tolerances_leave(definition: Definition, columns: FloatArray) -> None:
    rough = columns * (1 + 1e-5)
    assert not check(definition, rough, None).judged.holds
    mended = check(definition, polished(definition, rough), None).judged
    assert mended.holds
    assert mended.objective == pytest.approx(check(definition, columns, None).judged.objective, rel=1e-9)


@pytest.mark.parametrize("name", ["tut-b50-s1", "tut-b40-p6-whole-s1"])
def test_the_best_plan_comes_back_from_its_whole_numbers(name: str) -> None:
    definition, known = define(name), read_table()[name]
    checked = check(definition, polished(definition, held(definition, read_whole_numbers(name))), known)
    assert checked.judged.holds
    assert checked.judged.objective == pytest.approx(known.objective, rel=1e-9)


def test_whole_numbers_without_a_plan_are_told() -> None:
    """Nothing built leaves a hard limit on shortage broken."""
    definition = define("tut-b50-s1")
    assert read_whole_numbers("tut-b50-s1")
    with pytest.raises(NoPlan, match="no plan with these whole numbers"):
        polished(definition, held(definition, {}))
    with pytest.raises(KeyError):
        held(definition, {"no such column": 1})


def test_a_solution_is_set_beside_what_is_known() -> None:
    definition, known = define("tut-b50-s1"), read_table()["tut-b50-s1"]
    best = polished(definition, held(definition, read_whole_numbers("tut-b50-s1")))
    cost = known.objective or 0.0
    lower = replace(known, objective=0.9 * cost, bound=0.8 * cost)
    assert "best known" in "\n".join(check(definition, best, known).lines())
    assert check(definition, best, known).gap_to_best == pytest.approx(0.0, abs=1e-9)
    assert check(definition, best, lower).gap_to_best == pytest.approx(1 / 9)
    assert check(definition, best, lower).gap == pytest.approx(0.2)
    assert "better" in "\n".join(check(definition, best, replace(known, objective=2 * cost)).lines())


def test_the_command_says_what_it_found(
    definition: Definition, theirs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", NAME, str(theirs)]) == 0
    assert "a plan              yes: certified" in capsys.readouterr().out
    lines = theirs.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("shipped") and float(line.split()[1]) > 1)
    lines[at] = f"{lines[at].split()[0]} 0"
    (tmp_path / "spoilt.sol").write_text("\n".join(lines), encoding="utf-8")
    assert main(["check", NAME, str(tmp_path / "spoilt.sol")]) == 1
    told = capsys.readouterr().out
    assert "a plan              no" in told
    assert "gap of" not in told
    assert main(["check", "tut-b50-s1", str(theirs)]) == 2


def test_the_best_plan_can_be_written_and_handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``best`` writes ``check`` certifies, and ``--keep`` brings it to the table under the name that is given."""
    kept: list[Case] = []
    monkeypatch.setattr("benchmarks.family.__main__.keep_case", kept.append)
    path = tmp_path / "best.sol"
    assert main(["best", "tut-b50-s1", str(path)]) == 0
    assert main(["check", "tut-b50-s1", str(path), "--keep", "SCIP 10"]) == 0
    assert [(case.way, dict(case.whole)) for case in kept] == [("SCIP 10", read_whole_numbers("tut-b50-s1"))]


def test_only_the_thirty_are_kept() -> None:
    with pytest.raises(UnknownProblem, match="not one of the thirty"):
        keep_case(Case("tut-b7-s1", "ours", 1.0, 1.0, violation=0.0))


def test_any_file_is_solved_and_its_solution_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["write", str(tmp_path), "--mps", "--only", "tut-b5-s1"]) == 0
    assert main(["solve", str(tmp_path / "tut-b5-s1.mps"), str(tmp_path / "it.sol")]) == 0
    assert "the problem tut-b5-s1, at once: optimal" in capsys.readouterr().out
    assert main(["check", "tut-b5-s1", str(tmp_path / "it.sol"), "--polish"]) == 0
    assert main(["solve", str(tmp_path / "none.mps")]) == 2
