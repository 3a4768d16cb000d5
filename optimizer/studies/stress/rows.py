"""Rows and fields of the stress test's tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.studies.stress.sample import RunStatistics
from friendshore.optimizer.studies.stress.scenario_runs import ScenarioRun
from friendshore.optimizer.studies.stress.stress import Break, Stress

ENDLESS = "to the end"

REMOVED = Field("removed", "Removed")
WHEN = Field("onset", "From")
RECOVER = Field("recover", "Time to recover", "number", "years")
COST = Field("cost", "Extra cost, discounted", "number", "currency")
DAMAGE = Field("damage", "Damage from shortage, not discounted", "number", "currency")
LEAST = Field("least", "Least time to survive", "mixed", "years")
RATIO = Field("ratio", "Time to survive ÷ time to recover", "mixed")


def share_keys(study: Stress) -> tuple[str, ...]:
    """Keys of the columns of shortage, one a tier."""
    return tuple(f"share_{place}" for place, _ in enumerate(study.tiers))


def share_fields(study: Stress) -> tuple[Field, ...]:
    """A column of shortage for each tier."""
    return tuple(
        Field(key, f"{tier} unmet", "share", "%") for key, tier in zip(share_keys(study), study.tiers, strict=True)
    )


def survival_fields(study: Stress) -> tuple[Field, ...]:
    """A column of time to survive for each tier."""
    return tuple(
        Field(f"survives_{place}", f"{tier}: time to survive", "mixed", "years")
        for place, tier in enumerate(study.tiers)
    )


def _shares(study: Stress, share: Sequence[float]) -> dict[str, object]:
    return dict(zip(share_keys(study), share, strict=True))


def endless(value: float) -> object:
    """A number, or the words for one without end."""
    return value if isfinite(value) else ENDLESS


def removal_fields(study: Stress) -> tuple[Field, ...]:
    """Fields of a single removal."""
    times = (*survival_fields(study), LEAST, RATIO) if study.tiers else ()
    return REMOVED, WHEN, RECOVER, COST, DAMAGE, *share_fields(study), *times


def removal_row(study: Stress, one: Break) -> dict[str, object]:
    """A single removal."""
    row: dict[str, object] = {
        "removed": one.label,
        "onset": one.onset,
        "recover": one.recover_years,
        "cost": one.extra_cost,
        "damage": one.damage,
        **_shares(study, one.share),
    }
    if one.survives:
        row |= {f"survives_{place}": endless(value) for place, value in enumerate(one.survives)}
        row["least"] = endless(min(one.survives))
        row["ratio"] = endless(min(one.ratio(tier) for tier, _ in enumerate(study.tiers)))
    return row


def onset_key(study: Stress, onset: str) -> str:
    """Key of the column of an onset."""
    return f"onset_{study.onsets.index(onset)}"


def ONSET(study: Stress, onset: str) -> Field:  # noqa: N802 - stands beside the other fields
    """The column of an onset."""
    return Field(onset_key(study, onset), onset, "number")


def pair_fields(study: Stress) -> tuple[Field, ...]:
    """Fields of a break of several at once."""
    parts = tuple(Field(f"part_{i}", f"Removed, {i + 1}") for i in range(study.options.k))
    beyond = Field("beyond", "Beyond its parts", "number", "currency")
    return *parts, WHEN, RECOVER, COST, beyond, DAMAGE, *share_fields(study)


def pair_row(study: Stress, one: Break) -> dict[str, object]:
    """A break of several at once."""
    names = [removal.label for removal in one.removals] + [""] * study.options.k
    return {
        **{f"part_{i}": names[i] for i in range(study.options.k)},
        "onset": one.onset,
        "recover": one.recover_years,
        "cost": one.extra_cost,
        "beyond": one.beyond,
        "damage": one.damage,
        **_shares(study, one.share),
    }


def scenario_fields(study: Stress) -> tuple[Field, ...]:
    """Fields of a scenario."""
    return (
        Field("scenario", "Scenario"),
        WHEN,
        Field("lasts", "Lasts, recovery included", "number", "years"),
        COST,
        DAMAGE,
        *share_fields(study),
        Field("first", "First shortage after", "number", "years"),
    )


def scenario_row(study: Stress, one: ScenarioRun) -> dict[str, object]:
    """A scenario at an onset."""
    return {
        "scenario": one.shock.name,
        "onset": study.problem.periods[one.shock.onset].period,
        "lasts": one.shock.years,
        "cost": one.extra_cost,
        "damage": one.damage,
        **_shares(study, one.share),
        "first": one.survives if isfinite(one.survives) else None,
    }


def sample_fields() -> tuple[Field, ...]:
    """Fields of the sample."""
    return (
        Field("measure", "Measure"),
        Field("unit", "Unit"),
        Field("plan", "The plan", "mixed"),
        Field("without", "Without resilience rules", "mixed"),
    )


def sample_rows(study: Stress) -> Iterator[dict[str, object]]:
    """Both plans over the draws, measure by measure; blank where nothing is known of one."""
    if study.sample is None:
        return
    mine, other = (_measures(study, statistics) for statistics in study.sample.statistics)
    for (measure, unit), value in mine.items():
        beside = other.get((measure, unit))
        kind = "share" if unit == "%" else "number"
        known = {"plan": "" if value is None else value, "without": "" if beside is None else beside}
        yield {"measure": measure, "unit": unit, **known, "plan_kind": kind, "without_kind": kind}


def _measures(study: Stress, statistics: RunStatistics | None) -> dict[tuple[str, str], float | None]:
    """What is said of one plan, by measure and unit."""
    if statistics is None:
        return {}
    currency = study.currency
    values: dict[tuple[str, str], float | None] = {
        ("Expected cost of the plan, discounted", currency): statistics.expected_cost,
        ("Extra cost of a drawn scenario, mean", currency): statistics.mean_cost,
        ("Extra cost of a drawn scenario, worst 5%", currency): statistics.worst_cost,
        ("Damage from shortage, mean", currency): statistics.mean_damage,
        ("Damage from shortage, worst 5%", currency): statistics.worst_damage,
        ("Draws without any shortage", "%"): statistics.unharmed,
    }
    for tier, mean, worst in zip(study.tiers, statistics.mean_share, statistics.worst_share, strict=True):
        values[f"{tier} unmet, mean", "%"] = mean
        values[f"{tier} unmet, worst 5%", "%"] = worst
    return values
