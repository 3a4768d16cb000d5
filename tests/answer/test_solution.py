"""What a plan does not tell, as it is noise, its scorecard does not tell either."""

from __future__ import annotations

import numpy as np
import pytest

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.optimizer.answer.scorecard import scorecard
from friendshore.optimizer.answer.solution import without_noise
from friendshore.optimizer.program.assemble import Assembled, assemble
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.solver import solve_program
from tests.mathematics.cases import island


def starved() -> Assembled:
    """Home needs 10 ore, which it makes, and 20,000 metal, of which there is none; of ore nothing may be short."""
    sheets = island(demand=10.0, capacity=20.0)
    good = sheets["Demand"][0]["commodity"]
    sheets["Commodities"].append(sheets["Commodities"][0] | {"commodity": "rare"})
    sheets["Demand"].append(sheets["Demand"][0] | {"commodity": "rare", "per_year": 20_000.0})
    sheets["Demand"] = [{k: v for k, v in row.items() if v is not None} for row in sheets["Demand"]]
    sheets["Policies"] = [{"policy": "rule", "kind": "max_shortage", "commodity": good, "limit": 0.02}]
    return assemble(build_model_data(problem_from_sheets(sheets)))


@pytest.mark.parametrize(("short", "told"), [(5e-6, 0.0), (1e-3, 1e-4)])
def test_a_shortage_that_is_noise_is_in_no_value(short: float, told: float) -> None:
    """Of 20,000 short the noise is 2e-5: 5e-6 of 10 is not told in the plan, nor as 5e-7 of the rule's value."""
    assembled = starved()
    x = solve_program(assembled.program, gap=0.0).columns
    assert x is not None
    places = {key: i for i, key in enumerate(assembled.node.columns) if key[0] == "shortage"}
    small, large = (int(assembled.node_columns[0, place]) for place in places.values())
    assert x[small] == pytest.approx(0) and x[large] == pytest.approx(20_000)
    moved = x.copy()
    moved[small] = short
    assert scorecard(assembled, moved, None)[0].value == pytest.approx(told, abs=1e-12)
    clean = without_noise(assembled, moved)
    assert clean[small] == (short if told else 0.0) and np.array_equal(np.delete(clean, small), np.delete(moved, small))


def test_noise_upon_which_a_row_comes_to_rest_is_told() -> None:
    """Where 20,000 t are made the noise is 2e-5: the 1.2e-5 runs that make 12 kg are told all the same."""
    sheets = island(demand=0.012, capacity=1.0)  # of runs that make 1,000 t
    good = sheets["Demand"][0]["commodity"]
    sheets["Recipes"] = [{"recipe": "making", "commodity": good, "role": "output", "amount": 1000.0}]
    sheets["Plants"][0] = {k: v for k, v in sheets["Plants"][0].items() if k != "commodity"} | {"recipe": "making"}
    sheets["Commodities"].append(sheets["Commodities"][0] | {"commodity": "bulk"})
    pit = {"plant": "pit", "country": "Home", "commodity": "bulk", "capacity": 20_000.0, "unit_cost": 1.0}
    sheets["Plants"].append(pit)
    sheets["Demand"].append(sheets["Demand"][0] | {"commodity": "bulk", "per_year": 20_000.0})
    outcome = solve_problem(problem_from_sheets(sheets))
    assert outcome.status == "optimal" and outcome.plan is not None
    activity = outcome.plan.production.set_index("plant")["activity"]
    assert activity["works"] == pytest.approx(1.2e-5) and activity.sum() == pytest.approx(20_000)
