"""What ``friendshore solve --json`` prints. All money is in the currency of Settings."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from friendshore.optimizer.commands.schema.making import CertificateFigures, ModelSize, PhaseSeconds, Provenance
from friendshore.optimizer.commands.schema.outlook import Benefit, SettledChoice, Turn
from friendshore.optimizer.commands.schema.record import Notices, Record
from friendshore.optimizer.wording.outcomes import Standing

SolveStatus = Literal["optimal", "feasible", "infeasible", "unbounded", "no_plan", "invalid", "uncertified"]


class Investment(Record, frozen=True):
    """Units of an expansion decided on a path in a period."""

    scenario: Annotated[str, Meta(description="The path it is decided on; base: the base path.")]
    expansion: Annotated[str, Meta(description="The expansion.")]
    period: Annotated[str, Meta(description="The period it is decided in.")]
    units: Annotated[float, Meta(description="How many units of the expansion.")]


class Closing(Record, frozen=True):
    """A plant that is closed for good."""

    plant: Annotated[str, Meta(description="The plant.")]
    period: Annotated[str, Meta(description="The period from whose start on it is closed.")]


class StockLevel(Record, frozen=True):
    """Level of a stockpile on the base path."""

    stockpile: Annotated[str, Meta(description="The stockpile.")]
    period: Annotated[str, Meta(description="The period at whose end it holds this.")]
    level: Annotated[float, Meta(description="What it holds, in the unit of its commodity.")]


class Shortage(Record, frozen=True):
    """What a country lacks of a commodity in a tier of demand; the largest share of a step first."""

    scenario: Annotated[str, Meta(description="The path; its own years only, those it shares are the base path's.")]
    tier: Annotated[str, Meta(description="The tier of demand.")]
    commodity: Annotated[str, Meta(description="The commodity.")]
    country: Annotated[str, Meta(description="Who needs it.")]
    worst_share: Annotated[
        float, Meta(description="In the step in which the largest share is missing: that share of what it needs then.")
    ]
    worst_from: Annotated[
        str, Meta(description="When that step begins: 2034, July 2034; y3, or y3, month 7, where periods are no years.")
    ]
    years_short: Annotated[float, Meta(description="Length of all steps in which something is missing, in years.")]
    event_quantity: Annotated[
        float | None,
        Meta(description="Not met in the steps that meet the event, in the unit of the commodity; null: base path."),
    ]
    event_share: Annotated[float | None, Meta(description="The same as a share of the demand of those steps.")]
    path_quantity: Annotated[float, Meta(description="Not met over all years of the path's own.")]
    path_share: Annotated[float, Meta(description="The same as a share of the demand of those years.")]


class ScenarioLine(Record, frozen=True):
    """A path and what it costs."""

    scenario: Annotated[str, Meta(description="The path; base: the base path.")]
    probability: Annotated[float, Meta(description="That it is the one that plays out; 0: a stress test.")]
    cost: Annotated[float, Meta(description="Of the whole path, discounted.")]
    extra_cost: Annotated[
        float, Meta(description="Of its own years, less what the base path costs from its onset on, discounted.")
    ]
    extra_supply: Annotated[float, Meta(description="The part of extra_cost for making and moving.")]
    extra_stock: Annotated[float, Meta(description="The part for stock: held, used up and refilled.")]
    extra_damage: Annotated[float, Meta(description="The part that is damage from shortage.")]
    extra_building: Annotated[float, Meta(description="The part for new capacity, protections and closings.")]


class BindingRow(Record, frozen=True):
    """A row of a policy that holds with equality."""

    place: Annotated[
        str, Meta(description="Policy, consumers, suppliers, commodity, and period, step or scenario of the row.")
    ]
    value: Annotated[float | None, Meta(description="Where the plan stands there, in the unit of the limit.")]
    shadow_price: Annotated[
        float | None, Meta(description="Cost of a limit tighter there by one unit, at the margin; null: not known.")
    ]


class PolicyLine(Record, frozen=True):
    """A policy on the scorecard."""

    policy: Annotated[str, Meta(description="The policy.")]
    limit: Annotated[float, Meta(description="Its limit.")]
    holds: Annotated[
        str,
        Meta(
            description="Where it was asked to hold: base, normal, each, names of scenarios, expected, cvar, or its "
            "own paths."
        ),
    ]
    value: Annotated[
        float | None,
        Meta(
            description="Where the plan stands, in the unit of the limit; null: no stop was so hard that it was "
            "planned for (see state), or there is nothing to test."
        ),
    ]
    state: Annotated[
        Standing, Meta(description="Whether the plan keeps it; not met: for the penalty that its row allows.")
    ]
    worst_elsewhere: Annotated[
        float | None,
        Meta(description="The worst value at the nodes at which it was not asked to hold; null: there are none."),
    ]
    shadow_price: Annotated[
        float | None,
        Meta(
            description="Cost of a limit tighter by one unit, at the margin and with what is built unchanged; null: "
            "not known."
        ),
    ]
    binding: Annotated[
        tuple[BindingRow, ...], Meta(description="The rows of the policy that hold with equality, the dearest first.")
    ]
    months_asked: Annotated[
        float | UnsetType, Meta(description="Of a policy that tests a stop: how long it is to be survived, in months.")
    ] = UNSET
    months_survived: Annotated[
        float | UnsetType | None,
        Meta(
            description="Of a policy that tests a stop: how long it is survived, in months; null: not looked at, as "
            "the search was stopped."
        ),
    ] = UNSET
    unsurvived: Annotated[
        tuple[str, ...] | UnsetType,
        Meta(
            description="Of a policy that tests a stop: the stops that the plan does not survive, as the search was "
            "stopped before it could."
        ),
    ] = UNSET
    survived_to_end: Annotated[
        bool | UnsetType,
        Meta(
            description="Of a policy that tests a stop: whether even one that lasts to the end of the horizon is "
            "survived."
        ),
    ] = UNSET
    weakest: Annotated[
        tuple[str, ...] | UnsetType,
        Meta(description="Of a policy that tests a stop: the members without which a longer stop hurts most."),
    ] = UNSET
    worst_onset: Annotated[
        str | UnsetType | None,
        Meta(
            description="Of a policy that tests a stop: the period in which that longer stop begins; null: none is "
            "known that is not survived."
        ),
    ] = UNSET
    step: Annotated[
        float | UnsetType,
        Meta(description="With --prices: how much tighter it was solved again, in the unit of the limit."),
    ] = UNSET
    step_price_low: Annotated[
        float | UnsetType | None, Meta(description="With --prices: least cost of that step; null: no price.")
    ] = UNSET
    step_price_high: Annotated[
        float | UnsetType | None, Meta(description="With --prices: most cost of that step; null: no price.")
    ] = UNSET
    step_note: Annotated[
        str | UnsetType, Meta(description="With --prices: why there is no price; empty: there is one.")
    ] = UNSET


Known = Annotated[
    float | tuple[float, float] | None,
    Meta(description="A value; where a gap leaves it open [least, most]; null: not worked out."),
]


class BaselineFigures(Record, frozen=True):
    """What the plan is held against, expected and discounted, look-ahead periods included."""

    nothing: Annotated[
        Known, Meta(description="Cost, damage included, with nothing built, bought, closed or stored, and no policy.")
    ]
    no_rules: Annotated[Known, Meta(description="Cost of the cheapest plan of the same workbook without policies.")]
    premium: Annotated[Known, Meta(description="Cost of the plan beyond that.")]
    premium_a_year: Annotated[Known, Meta(description="The premium as an even payment a year.")]
    premium_share: Annotated[Known, Meta(description="The premium as a share of no_rules, from 0.")]
    avoided: Annotated[Known, Meta(description="Damage from shortage where nothing is done, less that of the plan.")]


class Solved(Record, frozen=True):
    """The outcome: the same keys whatever it is."""

    status: Annotated[
        SolveStatus,
        Meta(
            description="optimal: within the asked gap (exit code 0); feasible: stopped with a plan (5); "
            "uncertified: a plan, not all of which holds when it is recomputed (5); infeasible, "
            "unbounded: no plan can be (4); no_plan: stopped without one (6) or not begun (1, 2, 7, 130); invalid: the "
            "workbook has errors (3)."
        ),
    ]
    objective: Annotated[
        float | None,
        Meta(description="Objective, discounted: expected cost and penalties, weighed with the cost of the tail."),
    ]
    bound: Annotated[float | None, Meta(description="Proven lower bound of the objective; null: not known.")]
    gap: Annotated[float | None, Meta(description="Relative gap between objective and bound; null: not known.")]
    expected_cost: Annotated[float | None, Meta(description="Expected cost, discounted, look-ahead periods included.")]
    look_ahead_cost: Annotated[
        float | None,
        Meta(description="The part of expected_cost that falls into look-ahead periods; null: there are none."),
    ]
    penalties: Annotated[
        float | None, Meta(description="What the objective counts for policies that are not met; 0: all are.")
    ]
    cvar: Annotated[
        float | None, Meta(description="Mean cost of the worst paths, discounted (CVaR at cvar_alpha of Settings).")
    ]
    costs: Annotated[
        dict[str, float], Meta(description="Expected cost by kind, discounted; the kinds add up to expected_cost.")
    ]
    investments: Annotated[tuple[Investment, ...], Meta(description="Units decided.")]
    protections: Annotated[tuple[str, ...], Meta(description="Protections bought.")]
    stockpiles: Annotated[tuple[StockLevel, ...], Meta(description="Levels on the base path, period by period.")]
    shortages: Annotated[tuple[Shortage, ...], Meta(description="What goes short; what does not is left out.")]
    scenarios: Annotated[
        tuple[ScenarioLine, ...], Meta(description="Every path, and what it costs beyond the base path.")
    ]
    policies: Annotated[tuple[PolicyLine, ...], Meta(description="The scorecard, a line for each policy.")]
    baselines: Annotated[
        BaselineFigures | None,
        Meta(description="What the plan is held against; null: left out (--no-baselines), or the search was stopped."),
    ]
    benefits: Annotated[tuple[Benefit, ...], Meta(description="Who gains and who pays; empty: not known.")]
    could_change: Annotated[tuple[Turn, ...], Meta(description="What could change the plan, as far as it knows.")]
    certificate: Annotated[
        CertificateFigures | None, Meta(description="The plan recomputed outside the solver; null: there is no plan.")
    ]
    size: Annotated[ModelSize, Meta(description="Size of the model.")]
    seconds: Annotated[PhaseSeconds, Meta(description="Elapsed time by phase.")]
    names: Annotated[
        dict[str, dict[str, str]],
        Meta(description="Names that people read, by sheet and id; ids without a name are left out."),
    ]
    provenance: Annotated[Provenance, Meta(description="What it was made from, and how.")]
    problems: Notices
    plan: Annotated[
        str | None, Meta(description="Path of the plan workbook: FILE itself with --in-place; null: none was written.")
    ]
    report: Annotated[str | None, Meta(description="Path of the page; null: none was written.")]
    closings: Annotated[
        tuple[Closing, ...] | UnsetType, Meta(description="Plants closed for good, where any may close.")
    ] = UNSET
    settled: Annotated[
        tuple[SettledChoice, ...] | UnsetType, Meta(description="With --settle: choices held in and held out.")
    ] = UNSET
