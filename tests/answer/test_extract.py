"""From columns to tables: what arithmetic left over is in none of them."""

from __future__ import annotations

import numpy as np

from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Run
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.program.assemble import assemble
from tests.mathematics.traced import chain


def test_a_clean_part_of_a_shipment_that_is_noise_is_noise_as_well() -> None:
    """Of shipments of a million tons half a kilogram is noise; its clean part, of which there is no more, must go too,
    or the certificate would find more clean than there is."""
    assembled = assemble(build_model_data(problem_from_sheets(chain(0.5))))
    places = {
        (family, key): int(assembled.node_columns[0, i])
        for (family, key), i in assembled.own_column.items()
        if family in ("shipped", "clean_shipped") and assembled.node_columns[0, i] >= 0
    }
    whole = [place for (family, _), place in places.items() if family == "shipped"]
    (part, lane), clean = next((name, place) for name, place in places.items() if name[0] == "clean_shipped")
    assert isinstance(lane, tuple)
    of_part = places["shipped", lane[1]]
    x = np.zeros(assembled.program.columns)
    x[[place for place in whole if place != of_part]] = 1e6
    x[[of_part, clean]] = 5e-4
    plan = extract_plan(assembled, x, (), Run())
    assert part == "clean_shipped"
    assert (plan.sourcing["quantity"] >= 1).all()
    assert not len(plan.clean)
    x[[of_part, clean]] = 5.0
    assert extract_plan(assembled, x, (), Run()).clean["quantity"].tolist() == [5.0]
