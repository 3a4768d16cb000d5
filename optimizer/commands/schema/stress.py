"""What ``friendshore stress --json`` prints, and how a study fills it. All money is in ``currency``."""
# ruff: noqa: PLC0415 - the study is loaded by the command that runs it

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, UnsetType

from friendshore.optimizer.commands.schema.record import Done, Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.stress.sample import RunStatistics
    from friendshore.optimizer.studies.stress.scenario_runs import ScenarioRun
    from friendshore.optimizer.studies.stress.stress import Break, Stress

TierShares = Annotated[dict[str, float], Meta(description="Share of demand not met, from 0 to 1, by tier.")]


class Removed(Record, frozen=True):
    """What is taken away."""

    kind: Annotated[str, Meta(description="country, plant or route.")]
    name: Annotated[str, Meta(description="Its name.")]


class BreakFigures(Record, frozen=True):
    """The plan broken once: by one removal, or by several at once."""

    removed: Annotated[tuple[Removed, ...], Meta(description="What is taken away.")]
    onset: Annotated[str, Meta(description="The period at whose start it breaks.")]
    time_to_recover: Annotated[float, Meta(description="How long what is taken away is gone, in years.")]
    extra_cost: Annotated[float, Meta(description="Cost beyond the same branch undisturbed, discounted.")]
    damage: Annotated[float, Meta(description="Damage of shortage beyond the same branch undisturbed, not discounted.")]
    shortage: TierShares
    time_to_survive: Annotated[
        dict[str, float | None] | UnsetType,
        Meta(description="Of a single removal: years until a tier goes short, by tier; null: it never does."),
    ] = UNSET
    beyond_parts: Annotated[
        float | UnsetType | None,
        Meta(description="Of several removals: extra cost beyond the sum of what each costs by itself."),
    ] = UNSET


class ScenarioFigures(Record, frozen=True):
    """A scenario of the workbook, run through with the plan."""

    scenario: Annotated[str, Meta(description="The scenario.")]
    onset: Annotated[str, Meta(description="The period at whose start it begins.")]
    years: Annotated[float, Meta(description="How long it lasts, in years.")]
    extra_cost: Annotated[float, Meta(description="Cost beyond the same branch undisturbed, discounted.")]
    damage: Annotated[float, Meta(description="Damage of shortage beyond the same branch undisturbed, not discounted.")]
    shortage: TierShares
    first_shortage: Annotated[float | None, Meta(description="Years from the onset to the first shortage; null: none.")]


class SampledPlan(Record, frozen=True):
    """How a plan fares over the draws."""

    expected_cost: Annotated[float | None, Meta(description="Expected cost of the plan, discounted; null: not known.")]
    mean_extra_cost: Annotated[float, Meta(description="Mean extra cost over the draws, discounted.")]
    worst_extra_cost: Annotated[float, Meta(description="Extra cost of the worst draw, discounted.")]
    mean_damage: Annotated[float, Meta(description="Mean damage of shortage over the draws, not discounted.")]
    worst_damage: Annotated[float, Meta(description="Damage of shortage in the worst draw, not discounted.")]
    mean_shortage: TierShares
    worst_shortage: TierShares
    unharmed: Annotated[float, Meta(description="Share of the draws without any shortage, from 0 to 1.")]


class SampleFigures(Record, frozen=True):
    """Scenarios drawn at random."""

    draws: Annotated[int, Meta(description="How many were drawn.")]
    seed: Annotated[int, Meta(description="Random seed.")]
    plan: Annotated[SampledPlan | None, Meta(description="The plan.")]
    without_rules: Annotated[
        SampledPlan | None, Meta(description="The cheapest plan without resilience rules; null: not found in the time.")
    ]


class Stressed(Record, frozen=True):
    """The plan broken everywhere."""

    status: Done
    currency: Annotated[str, Meta(description="Currency of all money.")]
    tiers: Annotated[tuple[str, ...], Meta(description="Tiers of demand, the one that hurts most first.")]
    onsets: Annotated[tuple[str, ...], Meta(description="Periods at whose start the plan is broken.")]
    undisturbed: Annotated[dict[str, TierShares], Meta(description="Shortage without any break, by onset.")]
    worst: Annotated[BreakFigures | None, Meta(description="The single removal that costs most; null: none costs any.")]
    removals: Annotated[tuple[BreakFigures, ...], Meta(description="Each single removal, the worst first.")]
    together: Annotated[tuple[BreakFigures, ...], Meta(description="Removals of several at once (--k).")]
    scenarios: Annotated[tuple[ScenarioFigures, ...], Meta(description="The scenarios of the workbook, worst first.")]
    sample: Annotated[SampleFigures | None, Meta(description="Scenarios drawn (--sample); null: not asked for.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def stressed(study: Stress, workbook: str | None, seconds: float, problems: tuple[Notice, ...]) -> Stressed:
    """A stress test as JSON.

    Parameters
    ----------
    study
        The stress test.
    workbook
        Path it was written to, None where it could not be.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Stressed
        What the command prints.
    """
    from friendshore.optimizer.studies.stress.words import worst

    top, sample = worst(study), study.sample
    return Stressed(
        status="done",
        currency=study.currency,
        tiers=study.tiers,
        onsets=study.onsets,
        undisturbed={onset: _shares(study, share) for onset, share in study.undisturbed.items()},
        worst=None if top is None else _break(study, top),
        removals=tuple(_break(study, each) for each in study.singles),
        together=tuple(_break(study, each) for each in study.together),
        scenarios=tuple(_scenario(study, each) for each in study.scenarios),
        sample=None
        if sample is None
        else SampleFigures(
            draws=len(sample.draws),
            seed=study.options.seed,
            plan=_sampled(study, sample.statistics[0]),
            without_rules=_sampled(study, sample.statistics[1]),
        ),
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )


def _shares(study: Stress, share: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(study.tiers, share, strict=True))


def _break(study: Stress, broken: Break) -> BreakFigures:
    single = bool(broken.survives)
    return BreakFigures(
        removed=tuple(Removed(kind=removal.kind, name=removal.name) for removal in broken.removals),
        onset=broken.onset,
        time_to_recover=broken.recover_years,
        extra_cost=broken.extra_cost,
        damage=broken.damage,
        shortage=_shares(study, broken.share),
        time_to_survive={**_shares(study, broken.survives)} if single else UNSET,
        beyond_parts=UNSET if single else broken.beyond,
    )


def _scenario(study: Stress, run: ScenarioRun) -> ScenarioFigures:
    return ScenarioFigures(
        scenario=run.shock.name,
        onset=study.problem.periods[run.shock.onset].period,
        years=run.shock.years,
        extra_cost=run.extra_cost,
        damage=run.damage,
        shortage=_shares(study, run.share),
        first_shortage=run.survives,
    )


def _sampled(study: Stress, statistics: RunStatistics | None) -> SampledPlan | None:
    if statistics is None:
        return None
    return SampledPlan(
        expected_cost=statistics.expected_cost,
        mean_extra_cost=statistics.mean_cost,
        worst_extra_cost=statistics.worst_cost,
        mean_damage=statistics.mean_damage,
        worst_damage=statistics.worst_damage,
        mean_shortage=_shares(study, statistics.mean_share),
        worst_shortage=_shares(study, statistics.worst_share),
        unharmed=statistics.unharmed,
    )
