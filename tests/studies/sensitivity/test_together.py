"""Figures moved at once: what each moves by itself, whatever entries they share."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.problem import Problem
from friendshore.optimizer.studies.sensitivity.figures import figures_of, with_cells
from friendshore.optimizer.studies.sensitivity.lagrangian import Lagrangian, Moves
from friendshore.optimizer.studies.sensitivity.together import MOST, codes, moved_by_each
from friendshore.optimizer.studies.sensitivity.units import SLOPES, STEP, UNITS, optimum_of
from tests.examples import examples
from tests.mathematics.cases import Sheets, importer, stop, store


class Entries:
    """A program of which each entry is moved by some figures, by an amount each; counts how often it is laid out."""

    def __init__(self, of_entry: Sequence[dict[int, float]], broken: frozenset[int] = frozenset()) -> None:
        self.of_entry, self.broken, self.count = of_entry, broken, 0

    def __call__(self, places: Sequence[int]) -> Moves | None:
        """What figures move together; None where one of them gives it other rows."""
        self.count += 1
        if self.broken & set(places):
            return None
        amounts = np.array([sum(of.get(place, 0.0) for place in places) for of in self.of_entry])
        there = np.flatnonzero(amounts)
        return Moves(there.astype(np.int64), amounts[there])


@pytest.mark.parametrize("count", [5, 6, 7, 20, 21, 70, 71, MOST])
def test_codes_tell_every_figure_apart(count: int) -> None:
    """All different, all of as many programs, and nine programs for 126 figures."""
    mine = codes(count)
    assert len(set(mine)) == count and len({len(code) for code in mine}) == 1
    assert max(max(code) for code in mine) < 9


def test_fifty_figures_in_as_many_programs_as_their_codes_need() -> None:
    """Each in three entries of its own: eight programs in place of fifty."""
    entries = Entries([{place: place + kind + 1.0} for place in range(50) for kind in range(3)])
    assert moved_by_each(50, entries) == pytest.approx([3 * place + 6.0 for place in range(50)])
    assert entries.count == 8


def test_figures_that_share_an_entry_are_parted_and_then_moved_by_themselves() -> None:
    """Figures 0 and 1 of 40 share an entry: seven programs tell nothing, or eight; parted, the rest is told."""
    apart, shared = Entries([{place: 1.0} for place in range(40)]), Entries([{0: 2.0, 1: 3.0}])
    both = Entries([*apart.of_entry, *shared.of_entry])
    assert moved_by_each(40, both) == pytest.approx([3.0, 4.0, *[1.0] * 38])
    assert both.count == 8 + 2 * 6
    together = Entries([dict.fromkeys(range(19), 1.0)])
    assert moved_by_each(19, together) == pytest.approx([1.0] * 19) and together.count == 6 + 19


@pytest.mark.parametrize("seed", range(examples(60)))
def test_entries_that_figures_share(seed: int) -> None:
    """Own and shared entries, amounts that cancel, figures that give the program other rows."""
    draw = random.Random(seed)  # noqa: S311 - a test
    count = draw.randint(1, 40)
    sharing = draw.choice((0.0, 0.05, 0.5))

    def owners() -> list[int]:
        return draw.sample(range(count), min(count, draw.randint(2, 4) if draw.random() < sharing else 1))

    of_entry = [{place: float(draw.choice((-2, -1, 1, 3))) for place in owners()} for _ in range(3 * count)]
    broken = frozenset(place for place in range(count) if draw.random() < draw.choice((0.0, 0.1)))
    wanted = [None if p in broken else sum(of.get(p, 0.0) for of in of_entry) for p in range(count)]
    found = moved_by_each(count, Entries(of_entry, broken))
    assert [each is None for each in found] == [each is None for each in wanted]
    assert [each or 0.0 for each in found] == pytest.approx([each or 0.0 for each in wanted])


def many_lanes(seed: int) -> Sheets:
    """A rival that may stop, plants at home at many costs, two needs of one good, a store: rows with a source all."""
    draw = random.Random(seed)  # noqa: S311 - a test
    sheets = importer(2, demand=12, cost=draw.randint(1, 4)) | stop(draw.choice((0.1, 0.3)))
    sheets["Plants"] += [
        {"plant": f"home {i}", "country": "Home", "commodity": "metal", "capacity": 1 + i / 7, "unit_cost": 3 + i}
        for i in range(7)
    ]
    sheets["Stockpiles"] = [store(initial=2, holding_cost=1, max_level=4)]
    sheets["Demand"][0] |= {"shortage_cost": draw.randint(20, 60), "tier": "civil"}
    sheets["Demand"] += [sheets["Demand"][0] | {"tier": f"tier {i}", "shortage_cost": 80 + i} for i in range(5)]
    citing = {name: [row | {"source_id": "S"} for row in rows] for name, rows in sheets.items() if name != "Periods"}
    return sheets | citing | {"Sources": [{"source_id": "S", "title": "a report", "low": 0.5, "high": 1.7}]}


def alone(problem: Problem, lagrangian: Lagrangian, place: int) -> float | None:
    """The derivative of one figure that alone is moved."""
    figure = figures_of(problem)[place]
    moved = lagrangian.move(with_cells(problem, figure, figure.times(1.0 - STEP)))
    return None if moved is None else -moved / STEP


@pytest.mark.parametrize("seed", range(examples(3)))
def test_derivatives_of_a_group_are_those_of_each_alone(seed: int) -> None:
    """All figures that are no lengths of time in one group, whatever they share: needs of one good stand in one row."""
    problem = problem_from_sheets(many_lanes(seed))
    how = {"gap": 0.0, "time_limit": None, "threads": 1, "seed": 0}
    plan = UNITS.work((problem, how), {"what": "plan"})
    prices = UNITS.work((problem, how), {"what": "prices", "held": plan["held"]})
    figures = figures_of(problem)
    chosen = [place for place, figure in enumerate(figures) if not figure.time]
    assert len(chosen) > 25
    state = SLOPES.begin((problem, prices))
    found = SLOPES.work(state, [dataclasses.asdict(figures[place]) for place in chosen])
    lagrangian = Lagrangian(problem, optimum_of(prices))
    wanted = [alone(problem, lagrangian, place) for place in chosen]
    near = 1e-6 * max(1.0, abs(plan["high"]))
    assert [each["relative"] for each in found] == pytest.approx(wanted, abs=near)
