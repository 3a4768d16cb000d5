"""From columns to tables: what arithmetic left over is in none of them."""

from __future__ import annotations

import numpy as np

from friendshore.models.core.shipments import SHIPPED
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.plan import Run
from friendshore.models.rules.clean_origin import CLEAN_SHIPPED
from friendshore.optimizer.answer.extract import extract_plan
from friendshore.optimizer.program.assemble import assemble
from tests.mathematics.traced import chain


def test_a_clean_part_of_a_shipment_that_is_noise_is_noise_as_well() -> None:
    """Of shipments of a million tons half a kilogram is noise; its clean part, of which there is no more, must go too,
    or the certificate would find more clean than there is."""
    assembled = assemble(build_model_data(problem_from_sheets(chain(0.5))))
    here = assembled.node_columns[0]
    ways = {way: int(here[place]) for place, way in assembled.node.places_of(SHIPPED) if here[place] >= 0}
    part, clean = next((key, int(here[i])) for i, key in assembled.node.places_of(CLEAN_SHIPPED) if here[i] >= 0)
    whole, of_part = list(ways.values()), ways[part.whole]
    x = np.zeros(assembled.program.columns)
    x[[place for place in whole if place != of_part]] = 1e6
    x[[of_part, clean]] = 5e-4
    plan = extract_plan(assembled, x, (), Run())
    assert (plan.sourcing["quantity"] >= 1).all()
    assert not len(plan.clean)
    x[[of_part, clean]] = 5.0
    assert extract_plan(assembled, x, (), Run()).clean["quantity"].tolist() == [5.0]
