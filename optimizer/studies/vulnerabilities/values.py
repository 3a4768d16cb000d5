"""Worth of a unit of each commodity, by which goods of different kinds are added up and traced."""

from __future__ import annotations

from friendshore.optimizer.studies.vulnerabilities.flows import Flows


def unit_values(flows: Flows) -> dict[str, float]:
    """Value of a unit of each commodity, in money.

    ``Commodities.price``; where that is 0 the mean unit cost of the plants that make it, weighted by what they make
    (a plant's cost shared among its outputs by quantity), over all plants alike where none is at work.
    """
    problem = flows.problem
    return {c: row.price if row.price > 0 else _cost_of(flows, c) for c, row in problem.commodities.items()}


def _cost_of(flows: Flows, commodity: str) -> float:
    problem = flows.problem
    made, spent = 0.0, 0.0
    makers = [j for j, outputs in problem.outputs.items() if outputs.get(commodity, 0.0) > 0]
    at_work = any(j in flows.activity for j in makers)
    for j in makers:
        activity = flows.activity.get(j, 0.0) if at_work else 1.0
        outputs = problem.outputs[j]
        made += outputs[commodity] * activity
        spent += problem.process_cost(j, 0) * activity * outputs[commodity] / sum(outputs.values())
    return spent / made if made > 0 else 0.0
