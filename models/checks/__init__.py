"""What sheets must agree on: each check is told which columns it relies on."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.committed import committed_protections, committed_units
from friendshore.models.checks.contracts import unusable_contracts
from friendshore.models.checks.demand import demand_quantities, unreachable_demand
from friendshore.models.checks.events import event_matches, event_times, quotas, remaining, route_events, routes
from friendshore.models.checks.expansions import (
    broken_steps,
    lasting_stores,
    late_expansions,
    openings,
    parts_of_units,
    places,
    requirements,
)
from friendshore.models.checks.groups import coalition, empty_groups, taken_words
from friendshore.models.checks.idle_suppliers import idle_suppliers
from friendshore.models.checks.lane_numbers import too_many_lanes
from friendshore.models.checks.lane_shares import contract_sizes, idle_contracts, shared_capacities
from friendshore.models.checks.lanes import lane_conflicts, tariff_prices, ways_round_tariffs
from friendshore.models.checks.magnitudes import percentages, spans
from friendshore.models.checks.periods import look_ahead, period_labels, worth_at_the_end
from friendshore.models.checks.plants import closings, plant_kinds
from friendshore.models.checks.plausible_costs import (
    capital_costs,
    freights,
    holding_costs,
    input_values,
    penalties,
    protection_costs,
    shortage_costs,
    surplus_values,
    unit_costs,
)
from friendshore.models.checks.plausible_limits import early_caps, limit_sizes, small_budgets
from friendshore.models.checks.plausible_quantities import capacities, lane_capacities, quota_sizes, stocks
from friendshore.models.checks.plausible_series import demand_series, profiles
from friendshore.models.checks.plausible_times import safe_beginnings, unmet_ends
from friendshore.models.checks.policies import places_alone, policy_columns, policy_limits, shortage_sums, tiers
from friendshore.models.checks.policy_rules import RULE_CHECKS
from friendshore.models.checks.policy_scopes import demand_scopes
from friendshore.models.checks.probabilities import probabilities, sequel_probabilities
from friendshore.models.checks.products import dust, products
from friendshore.models.checks.profiles import profile_policies, profile_rows, profile_values
from friendshore.models.checks.protections import covered_plants, hazards
from friendshore.models.checks.protocol import Check
from friendshore.models.checks.recipes import recipe_costs, recipe_cycles, recipe_outputs
from friendshore.models.checks.scenario_kinds import scenario_kinds, single_dates
from friendshore.models.checks.scenario_parents import late_sequels, onsets, parent_circles, parent_probabilities
from friendshore.models.checks.steps import event_lengths, policy_steps, scenario_steps, stop_lengths
from friendshore.models.checks.stockpiles import refill_prices, rejoining_prices, stock_levels
from friendshore.models.checks.stress_tests import eventless_scenarios, rare_investors, unbound_stress_tests
from friendshore.models.checks.suppliers import members, suppliers
from friendshore.models.checks.windows import windows
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem

__all__ = ["CHECKS", "Check", "run_checks"]

CHECKS: tuple[Check, ...] = (
    too_many_lanes,  # before any that lists them
    coalition,
    empty_groups,
    taken_words,
    plant_kinds,
    closings,
    recipe_outputs,
    recipe_costs,
    recipe_cycles,
    windows,
    requirements,
    openings,
    lasting_stores,
    late_expansions,
    parts_of_units,
    places,
    broken_steps,
    committed_units,
    committed_protections,
    demand_quantities,
    unreachable_demand,
    lane_conflicts,
    shared_capacities,
    contract_sizes,
    idle_contracts,
    tariff_prices,
    ways_round_tariffs,
    stock_levels,
    refill_prices,
    rejoining_prices,
    period_labels,
    look_ahead,
    worth_at_the_end,
    scenario_kinds,
    probabilities,
    sequel_probabilities,
    late_sequels,
    single_dates,
    parent_circles,
    onsets,
    parent_probabilities,
    scenario_steps,
    event_lengths,
    stop_lengths,
    unbound_stress_tests,
    rare_investors,
    eventless_scenarios,
    route_events,
    remaining,
    quotas,
    routes,
    event_times,
    event_matches,
    hazards,
    covered_plants,
    policy_columns,
    policy_limits,
    places_alone,
    shortage_sums,
    policy_steps,
    tiers,
    suppliers,
    members,
    idle_suppliers,
    demand_scopes,
    *RULE_CHECKS,
    profile_rows,
    profile_values,
    profile_policies,
    percentages,
    spans,
    products,
    dust,
    capacities,
    lane_capacities,
    quota_sizes,
    stocks,
    unit_costs,
    surplus_values,
    input_values,
    capital_costs,
    shortage_costs,
    freights,
    holding_costs,
    protection_costs,
    penalties,
    demand_series,
    profiles,
    limit_sizes,
    small_budgets,
    early_caps,
    safe_beginnings,
    unmet_ends,
    unusable_contracts,
)


def run_checks(problem: Problem, damaged: set[str]) -> Iterator[Finding]:
    """All findings of the checks that rely on nothing damaged (see ``Check.reads``).

    Where there are too many lanes to be listed, whatever would list them waits until there are fewer.
    """
    for check in CHECKS:
        if check.applies(damaged):
            for finding in check.run(problem):
                yield finding
                if check is too_many_lanes:
                    damaged = {*damaged, finding.sheet}
