"""A problem goes through an MPS file and comes back to the last digit; files of others are read as they are meant."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from benchmarks.family.catalogue import define
from benchmarks.family.measure import bare_highs
from benchmarks.family.mps import MpsFault, Named, named, read_mps, same_program, write_mps
from benchmarks.family.solve_mps import recognised, solve_mps
from friendshore.optimizer.solver import solve_program

FOREIGN = """NAME FOREIGN
OBJSENSE
    MAX
ROWS
 N  profit
 L  wood
 G  mix
COLUMNS
    M1 'MARKER' 'INTORG'
    chairs profit 5 wood 2
    chairs mix 1
    M2 'MARKER' 'INTEND'
    tables profit 4 wood 3
    tables mix -1
RHS
    RHS wood 12.5 mix -4
    RHS profit -7
RANGES
    RNG mix 3
BOUNDS
 UP BND chairs 10
 LO BND tables -1
ENDATA
"""
"""5 chairs + 4 tables + 7 at most: 2 chairs + 3 tables <= 12.5, -4 <= chairs - tables <= -1, tables >= -1.

tables >= chairs + 1, so 5 chairs + 3 <= 12.5: one chair, tables 3.5, 26 in all; no chair, 4 tables, 23.
"""


@pytest.mark.parametrize("name", ["tut-b50-s1", "tut-b40-p6-whole-s1"])
def test_a_file_holds_every_digit(name: str, tmp_path: Path) -> None:
    given = named(define(name))
    write_mps(given, tmp_path / "it.mps")
    back = read_mps(tmp_path / "it.mps")
    assert (back.name, back.columns, back.rows) == (name, given.columns, given.rows)
    assert back.program.offset == given.program.offset
    for array in ("cost", "row_lower", "row_upper", "column_lower", "column_upper", "integer"):
        assert np.array_equal(vars(back.program)[array], vars(given.program)[array]), array
    assert abs(back.program.matrix - given.program.matrix).max() == 0.0


def test_what_comes_back_has_the_same_optimum(tmp_path: Path) -> None:
    """HiGHS with its own defaults on the file, and our search on the problem."""
    given = named(define("tut-b20-p4-c2-tight-s1"))
    write_mps(given, tmp_path / "it.mps")
    columns, _ = bare_highs(read_mps(tmp_path / "it.mps").program, 0.0, 60.0)
    ours = solve_program(given.program, gap=0.0)
    assert columns is not None
    assert given.objective(columns) == pytest.approx(ours.cost, rel=1e-9)


def test_a_strangers_file_is_read_and_solved(tmp_path: Path) -> None:
    """It maximises, with an offset, a range, a whole number and a negative bound."""
    path = tmp_path / "foreign.mps"
    path.write_text(FOREIGN, encoding="utf-8")
    given = read_mps(path)
    solved = solve_mps(given, gap=0.0, seconds=None)
    assert given.maximised
    assert recognised(given) is None
    assert solved.objective == pytest.approx(26.0)
    assert solved.bound == pytest.approx(26.0)
    assert solved.columns == pytest.approx([1.0, 3.5])
    assert given.objective(np.array([1.0, 3.5])) == pytest.approx(26.0)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (FOREIGN.replace(" UP BND chairs 10", " LO BND chairs 7"), "infeasible"),
        ("NAME\nROWS\n N cost\n G least\nCOLUMNS\n x cost -1 least 1\nRHS\n RHS least 1\nENDATA\n", "unbounded"),
    ],
)
def test_a_file_without_an_optimum_is_told(text: str, status: str, tmp_path: Path) -> None:
    (tmp_path / "it.mps").write_text(text, encoding="utf-8")
    solved = solve_mps(read_mps(tmp_path / "it.mps"), gap=0.0, seconds=None)
    assert (solved.status, solved.columns) == (status, None)


def test_a_file_that_maximises_does_so_when_it_is_written_again(tmp_path: Path) -> None:
    path, again = tmp_path / "foreign.mps", tmp_path / "again.mps"
    path.write_text(FOREIGN, encoding="utf-8")
    write_mps(read_mps(path), again)
    assert same_program(read_mps(path), read_mps(again))


def test_a_file_of_the_family_is_known_again_and_a_changed_one_is_not(tmp_path: Path) -> None:
    given = named(define("tut-b50-s1"))
    write_mps(given, tmp_path / "it.mps")
    back = read_mps(tmp_path / "it.mps")
    assert recognised(back) is not None
    cost = back.program.cost.copy()
    cost[3] += 1e-6
    changed = dataclasses.replace(back, program=dataclasses.replace(back.program, cost=cost))
    assert recognised(changed) is None


def test_what_is_no_linear_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "quadratic.mps"
    quadratic = FOREIGN.replace("OBJSENSE\n    MAX\n", "").replace("ENDATA", "QUADOBJ\n    tables tables 2\nENDATA")
    path.write_text(quadratic, encoding="utf-8")
    empty = tmp_path / "empty.mps"
    empty.write_text("NAME\nROWS\n N o\nCOLUMNS\nRHS\nENDATA\n", encoding="utf-8")
    for bad in (path, empty, tmp_path / "missing.mps"):
        with pytest.raises(MpsFault):
            read_mps(bad)
    with pytest.raises(MpsFault, match="cone"):
        named(define("ree-b1-hhi-s1"))


def test_names_with_blanks_are_not_written(tmp_path: Path) -> None:
    given = named(define("tut-b50-s1"))
    spoilt = Named(given.name, given.program, ("a b", *given.columns[1:]), given.rows)
    with pytest.raises(MpsFault, match="a b"):
        write_mps(spoilt, tmp_path / "it.mps")
