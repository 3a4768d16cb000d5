"""Ways are run apart, with caps, and judged by those problems alone that both of them have solved."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks.family import run as runs
from benchmarks.family.catalogue import define
from benchmarks.family.measure import Case, measure
from benchmarks.family.write import write_problem
from friendshore import read_workbook
from friendshore.models.parsing.unparse import sheets_of


def solved(name: str, way: str, seconds: float, *, bound: float = 100.0, violation: float | None = 1e-9) -> Case:
    return Case(name, way, 100.0, bound, seconds, 200.0, violation)


def test_a_case_runs_in_a_process_of_its_own() -> None:
    """And says the same as in this one; the process leaves no plan that is not certified."""
    apart, here = runs.apart("tut-b50-s1", "ours", 0.0, 200.0), measure("tut-b50-s1", "highs", 0.0, 20.0)
    assert apart.objective == pytest.approx(here.objective, rel=1e-9)
    assert apart.whole == here.whole
    assert apart.violation is not None
    assert apart.violation < 1e-9
    assert 0.0 < apart.peak < 2048.0


def test_the_table_takes_in_what_is_certified_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What mpi-sppy says of itself is printed and not kept."""
    kept: list[str] = []
    monkeypatch.setattr(runs, "apart", lambda name, way, *_: solved(name, way, 1.0))
    monkeypatch.setattr(runs, "keep_case", lambda case: kept.append(case.way))
    runs.run(["a"], ["ours", "mpi-sppy", "highs"], keep=True)
    assert kept == ["ours", "highs"]
    runs.run(["a"], ["ours"])
    assert kept == ["ours", "highs"]


def test_a_case_that_fails_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is ended by its cap leaves nothing, one that breaks off its last line."""
    ended = subprocess.CompletedProcess([], -9, "", "")
    broken = subprocess.CompletedProcess([], 1, "", "Traceback\nUnknownProblem: found 'odd'\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)
    assert "ended by the cap" in runs.apart("tut-b50-s1", "ours", 0.0, 20.0).note
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: broken)
    assert runs.apart("tut-b50-odd", "ours", 0.0, 20.0).note == "UnknownProblem: found 'odd'"


def test_bars_count_what_both_have_solved() -> None:
    """4 / 1 and 1 / 4 is even; the third is left out, for HiGHS has no proof there, and the fourth is lost."""
    cases = [
        solved("a", "ours", 1.0),
        solved("a", "highs", 4.0),
        solved("b", "ours", 4.0),
        solved("b", "highs", 1.0),
        solved("c", "ours", 1.0),
        solved("c", "highs", 50.0, bound=90.0),
        solved("d", "ours", 1.0, bound=90.0),
        solved("d", "highs", 50.0),
        solved("d", "mpi-sppy", 1.0, violation=None),
    ]
    worst, ratio, lost = runs.judged(cases)
    assert worst.measured == 1e-9
    assert ratio.measured == pytest.approx(1.0)
    assert lost.measured == 1.0


def test_what_was_not_run_is_not_judged() -> None:
    assert [bar.verdict for bar in runs.judged([])][:2] == ["not run", "not run"]


def test_lines_tell_what_is_not_there() -> None:
    assert "not certified" in runs.line(Case("a", "mpi-sppy", 1.0, 0.5))
    assert "ended by the cap" in runs.line(Case("a", "highs", note="ended by the cap"))


@pytest.mark.parametrize("name", ["tut-b40-p6-whole-s1"])
def test_a_workbook_that_is_written_is_the_problem(name: str, tmp_path: Path) -> None:
    """A planner's reader finds the rows that the digest is of."""
    definition = define(name)
    paths = list(write_problem(definition, tmp_path, mps=True))
    assert [path.name for path in paths] == [f"{name}.xlsx", f"{name}.mps", f"{name}.columns.csv"]
    assert sheets_of(read_workbook(paths[0]).tables) == sheets_of(definition.problem.tables)
    head, first = paths[2].read_text(encoding="utf-8").splitlines()[:2]
    assert head == "column,kind,scenario,period,step,of"
    assert first.split(",")[1:4] == ["activity", "base", "2026"]


def test_a_problem_with_a_cone_has_a_workbook_alone(tmp_path: Path) -> None:
    paths = list(write_problem(define("ree-b1-hhi-s1"), tmp_path, mps=True))
    assert [path.name for path in paths] == ["ree-b1-hhi-s1.xlsx"]
