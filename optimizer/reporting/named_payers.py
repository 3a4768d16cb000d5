"""Who pays for expansions and protections: the payer that the workbook names, else the country of what they serve."""

from __future__ import annotations

from friendshore.models.plan import Plan

UNASSIGNED = "not assigned to a country"


def expansion_payers(plan: Plan) -> dict[str, str]:
    """Who pays for each expansion: the payer named, else the country of the plant or stockpile."""
    return {name: plan.problem.payer_of(row) for name, row in plan.problem.expansions.items()}


def protection_payers(plan: Plan) -> dict[str, str]:
    """Who pays for each protection: the payer named, else the country of the first plant it covers."""
    problem, payers = plan.problem, {}
    for name, row in problem.protections.items():
        covered = problem.plants_matching(row.country, row.commodity, row.plant)
        payers[name] = row.payer or (problem.plants[covered[0]].country if covered else UNASSIGNED)
    return payers
