"""The table of bars says what was met, and growth is the slope that it says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bars import Bar, record
from benchmarks.build import Built, judged
from benchmarks.growth import exponent


@pytest.mark.parametrize(
    ("measured", "bar", "at_least", "verdict"),
    [
        (1.3, 1.3, False, "met"),
        (1.31, 1.3, False, "MISSED"),
        (50.0, 50.0, True, "met"),
        (49.0, 50.0, True, "MISSED"),
        (None, 1.0, False, "not run"),
    ],
)
def test_a_bar_is_met_on_its_own_side(measured: float | None, bar: float, at_least: bool, verdict: str) -> None:
    line = Bar("what", measured, bar, at_least).line()
    assert line.endswith(verdict)


def test_growth_is_the_slope_in_logarithms() -> None:
    """Seconds that grow as entries to the power 1.5; a fit in plain numbers would give something else."""
    rows: list[dict[str, object]] = [{"nonzeros": n, "seconds": 3e-6 * n**1.5} for n in (1e4, 1e5, 1e6)]
    assert exponent(rows, "seconds") == pytest.approx(1.5)


def built(way: str, columns: int, seconds: float, peak: float) -> Built:
    return Built(way, columns, 1, 1, seconds / 2, seconds / 2, peak, peak, 0.0)


def test_ways_are_held_against_those_of_the_same_size() -> None:
    runs = [
        built("floor", 3_000_100, 2.0, 800.0),
        built("ours", 3_000_100, 2.5, 1000.0),
        built("linopy", 3_000_100, 10.0, 9.0),
        built("ours", 1_000_000, 1.0, 9.0),
        built("appsi", 1_040_000, 60.0, 9.0),
    ]
    told = [bar.measured for bar in judged(runs, small=1_000_000, large=3_000_000)]
    assert told == pytest.approx([1.25, 1.25, 0.25, 60.0])


def test_a_way_that_was_not_run_is_not_judged() -> None:
    assert [bar.verdict for bar in judged([built("ours", 100, 1.0, 1.0)], small=100, large=100)] == ["not run"] * 4


def test_a_run_of_one_benchmark_leaves_the_bars_of_the_others(tmp_path: Path) -> None:
    record({"build": [Bar("a", 1.0, 2.0)], "stress": [Bar("b", 3.0, 2.0)]}, tmp_path)
    record({"build": [Bar("c", 1.5, 2.0)]}, tmp_path)
    rows = (tmp_path / "bars.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ["stress,b,3.0,2.0,False,MISSED", "build,c,1.5,2.0,False,met"]
