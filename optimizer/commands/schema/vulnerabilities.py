"""What ``friendshore vulnerabilities --json`` prints, and how a study fills it. All money is in ``currency``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from friendshore.optimizer.commands.schema.record import Done, Elapsed, Notice, Notices, Record

if TYPE_CHECKING:
    from friendshore.optimizer.studies.vulnerabilities.exposure import Exposure, TierExposure
    from friendshore.optimizer.studies.vulnerabilities.reliance import Reliance
    from friendshore.optimizer.studies.vulnerabilities.single_points import Loss, Shortfall, SinglePoint
    from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities

TierYears = Annotated[dict[str, float | None], Meta(description="Years until a tier goes short, by tier; null: never.")]


class SupplyLine(Record, frozen=True):
    """Reliance and concentration of what a consumer takes in."""

    consumer: Annotated[str, Meta(description="A country, or the coalition.")]
    scope: Annotated[str, Meta(description="What the line is about: commodity or stage.")]
    name: Annotated[str, Meta(description="The commodity or the stage.")]
    stage: Annotated[str, Meta(description="The stage of the commodity.")]
    unit: Annotated[str, Meta(description="Unit of intake, each year.")]
    intake: Annotated[float, Meta(description="What the consumer takes in, in units a year.")]
    import_reliance: Annotated[float | None, Meta(description="Imports as a share of intake; null: no intake.")]
    net_import_reliance: Annotated[
        float | None, Meta(description="Imports less exports as a share of intake; null: no intake.")
    ]
    hhi: Annotated[
        float | None, Meta(description="Herfindahl-Hirschman index of all supply, from 0 to 1; null: no supply.")
    ]
    hhi_imports: Annotated[float | None, Meta(description="The same of imports alone; null: no imports.")]
    largest_share: Annotated[float | None, Meta(description="Share of the largest supplier; null: no supply.")]
    concern_share: Annotated[float | None, Meta(description="Share from countries of concern; null: no supply.")]
    largest_supplier: Annotated[str | None, Meta(description="The largest supplier; null: no supply.")]


class ExposureLine(Record, frozen=True):
    """Look-through exposure: what of a final good depends on a country at any tier."""

    consumer: Annotated[str, Meta(description="A country, or the coalition.")]
    commodity: Annotated[str, Meta(description="The final good.")]
    country: Annotated[str, Meta(description="The country it depends on.")]
    value_share: Annotated[float | None, Meta(description="Share of its value made there; null: not known.")]
    mass_share: Annotated[float | None, Meta(description="Share of its mass made there; null: not known.")]
    any_tier: Annotated[float | None, Meta(description="Share of it that passes there at any tier; null: not known.")]


class TierExposureLine(Record, frozen=True):
    """Look-through exposure by what the good is made of."""

    consumer: Annotated[str, Meta(description="A country, or the coalition.")]
    commodity: Annotated[str, Meta(description="The final good.")]
    tier_commodity: Annotated[str, Meta(description="What it is made of.")]
    stage: Annotated[str, Meta(description="The stage of what it is made of.")]
    country: Annotated[str, Meta(description="Where that is made.")]
    share: Annotated[float, Meta(description="Share of it that is made there, from 0 to 1.")]


class WorstNeed(Record, frozen=True):
    """The need that a loss hits hardest."""

    commodity: Annotated[str, Meta(description="The commodity.")]
    tier: Annotated[str, Meta(description="The tier of demand.")]
    short: Annotated[float, Meta(description="Demand not met, in the unit of the commodity.")]
    share: Annotated[float, Meta(description="The same as a share of its demand, from 0 to 1.")]


class NeedShort(Record, frozen=True):
    """A need that goes short."""

    country: Annotated[str, Meta(description="Where.")]
    commodity: Annotated[str, Meta(description="The commodity.")]
    tier: Annotated[str, Meta(description="The tier of demand.")]
    short: Annotated[float, Meta(description="Demand not met, in the unit of the commodity.")]
    before: Annotated[float, Meta(description="Demand not met as things stand, in the same unit.")]
    demand: Annotated[float, Meta(description="Demand, in the same unit.")]
    share: Annotated[float, Meta(description="Demand not met as a share of demand, from 0 to 1.")]


class LossFigures(Record, frozen=True):
    """What a loss does."""

    years: Annotated[float | None, Meta(description="Its length in years; null: for good, told for one year.")]
    cost: Annotated[float, Meta(description="Cost beyond that of things as they stand.")]
    damage: Annotated[float, Meta(description="Damage of shortage beyond that of things as they stand.")]
    worst: Annotated[WorstNeed | None, Meta(description="The need hit hardest; null: none goes short.")]
    short_shares: Annotated[
        dict[str, float], Meta(description="Share of its worst-hit commodity that a tier goes short of, by tier.")
    ]
    shortfalls: Annotated[tuple[NeedShort, ...], Meta(description="Each need that goes short.")]


class SourceLoss(Record, frozen=True):
    """A single source, and what losing it would do."""

    rank: Annotated[int, Meta(description="Place among all, from 1; the worst first.")]
    kind: Annotated[str, Meta(description="country, plant or route.")]
    name: Annotated[str, Meta(description="Its name.")]
    country: Annotated[str, Meta(description="Where it lies.")]
    bloc: Annotated[str, Meta(description="The bloc of that country.")]
    time_to_recover: Annotated[float, Meta(description="How long it is gone, in years.")]
    time_to_survive: TierYears
    members_survive: Annotated[dict[str, TierYears], Meta(description="The same, by member of the coalition.")]
    exposure_index: Annotated[float, Meta(description="Cost of its stop over the largest of all, from 0 to 1.")]
    stop: Annotated[LossFigures, Meta(description="A stop until it is back.")]
    for_good: Annotated[LossFigures, Meta(description="Its loss for good.")]


class Examined(Record, frozen=True):
    """Where supply is thin as things stand, before any plan."""

    status: Done
    period: Annotated[str, Meta(description="The period looked at.")]
    currency: Annotated[str, Meta(description="Currency of all money.")]
    years: Annotated[
        float | None, Meta(description="Length of the stops asked for, in years; null: each source's time to recover.")
    ]
    cost: Annotated[float, Meta(description="Cost of a year as things stand.")]
    least_use_kept: Annotated[bool, Meta(description="Whether the least use of every plant could be kept.")]
    tiers: Annotated[tuple[str, ...], Meta(description="Tiers of demand, the one that hurts most first.")]
    supply: Annotated[tuple[SupplyLine, ...], Meta(description="Reliance and concentration.")]
    exposure: Annotated[tuple[ExposureLine, ...], Meta(description="Look-through exposure.")]
    exposure_by_tier: Annotated[tuple[TierExposureLine, ...], Meta(description="The same by what a good is made of.")]
    single_points: Annotated[tuple[SourceLoss, ...], Meta(description="Every single source, the worst first.")]
    workbook: Annotated[str | None, Meta(description="Path of the study; null: it could not be written.")]
    seconds: Elapsed
    problems: Notices


def examined(study: Vulnerabilities, workbook: str | None, seconds: float, problems: tuple[Notice, ...]) -> Examined:
    """A study of vulnerabilities as JSON.

    Parameters
    ----------
    study
        The study.
    workbook
        Path it was written to, None where it could not be.
    seconds
        Elapsed time of the command.
    problems
        Errors and warnings.

    Returns
    -------
    Examined
        What the command prints.
    """
    return Examined(
        status="done",
        period=study.period,
        currency=study.currency,
        years=study.years,
        cost=study.flows.cost,
        least_use_kept=study.flows.least_use_kept,
        tiers=study.tiers,
        supply=tuple(_supply(line) for line in study.supply),
        exposure=tuple(_exposure(line) for line in study.exposure),
        exposure_by_tier=tuple(_tier_exposure(line) for line in study.exposure_by_tier),
        single_points=tuple(_source(rank, point) for rank, point in enumerate(study.points, 1)),
        workbook=workbook,
        seconds=seconds,
        problems=problems,
    )


def _supply(line: Reliance) -> SupplyLine:
    return SupplyLine(
        consumer=line.consumer,
        scope=line.scope,
        name=line.name,
        stage=line.stage,
        unit=line.unit,
        intake=line.intake,
        import_reliance=line.import_reliance,
        net_import_reliance=line.net_import_reliance,
        hhi=line.hhi,
        hhi_imports=line.hhi_imports,
        largest_share=line.largest_share,
        concern_share=line.concern_share,
        largest_supplier=line.largest or None,
    )


def _exposure(line: Exposure) -> ExposureLine:
    return ExposureLine(
        consumer=line.consumer,
        commodity=line.commodity,
        country=line.country,
        value_share=line.value_share,
        mass_share=line.mass_share,
        any_tier=line.any_tier,
    )


def _tier_exposure(line: TierExposure) -> TierExposureLine:
    return TierExposureLine(
        consumer=line.consumer,
        commodity=line.commodity,
        tier_commodity=line.tier_commodity,
        stage=line.stage,
        country=line.country,
        share=line.share,
    )


def _source(rank: int, point: SinglePoint) -> SourceLoss:
    source = point.source
    return SourceLoss(
        rank=rank,
        kind=source.kind,
        name=source.name,
        country=source.country,
        bloc=source.bloc,
        time_to_recover=point.recover_years,
        time_to_survive=dict(point.survives),
        members_survive={member: dict(years) for member, years in point.members_survive.items()},
        exposure_index=point.exposure_index,
        stop=_loss(point.stop),
        for_good=_loss(point.for_good),
    )


def _loss(loss: Loss) -> LossFigures:
    return LossFigures(
        years=loss.years,
        cost=loss.cost,
        damage=loss.damage,
        worst=None
        if loss.worst is None
        else WorstNeed(commodity=loss.worst[0], tier=loss.worst[1], short=loss.worst_short, share=loss.worst_share),
        short_shares=dict(loss.tier_shares),
        shortfalls=tuple(_shortfall(each) for each in loss.shortfalls),
    )


def _shortfall(need: Shortfall) -> NeedShort:
    return NeedShort(
        country=need.country,
        commodity=need.commodity,
        tier=need.tier,
        short=need.short,
        before=need.before,
        demand=need.demand,
        share=need.share,
    )
