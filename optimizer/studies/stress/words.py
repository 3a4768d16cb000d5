"""The stress test in sentences: what command and workbook say alike."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from friendshore.optimizer.studies.stress.removals import Removal
from friendshore.optimizer.studies.stress.stress import Break, Stress
from friendshore.optimizer.wording.durations import duration
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import Names, label
from friendshore.optimizer.wording.shares import percent

NOTHING = 1e-9


def worst(study: Stress) -> Break | None:
    """The single removal that costs most, None where none costs anything."""
    return next((each for each in study.singles if each.extra_cost > NOTHING), None)


def hurt(study: Stress, share: tuple[float, ...]) -> str:
    """``defence 3%, civil 25% unmet``, or that nothing is."""
    parts = [f"{tier} {percent(value)}" for tier, value in zip(study.tiers, share, strict=True) if value > 0]
    return f"{', '.join(parts)} unmet" if parts else "no shortage"


def called(study: Stress, one: Break) -> str:
    """What is removed, by name."""
    return " + ".join(f"{removal.kind} {_name(study, removal)}" for removal in one.removals)


def _name(study: Stress, removal: Removal) -> str:
    names = Names(study.problem.names)
    if removal.kind == "country":
        return names.of("Countries", removal.name)
    return names.words("Plants", removal.name) if removal.kind == "plant" else label(removal.name)


def survival_words(study: Stress, one: Break) -> str:
    """The tier that lasts least against the time to recover: ``civil lasts 6 months of the 1 year to recover``."""
    if not one.survives:
        return ""
    tier = min(range(len(study.tiers)), key=lambda t: one.survives[t])
    lasts = one.survives[tier]
    if not isfinite(lasts):
        return "survived to the end of the plan"
    if lasts == 0:
        return f"{study.tiers[tier]} short at once, {duration(one.recover_years)} to recover"
    return f"{study.tiers[tier]} lasts {duration(lasts)} of the {duration(one.recover_years)} to recover"


def line(study: Stress, one: Break) -> str:
    """One break in a line."""
    told = f"{called(study, one)}, {one.onset}: {money(one.extra_cost, study.currency)} more; {hurt(study, one.share)}"
    lasts = survival_words(study, one)
    return f"{told}; {lasts}" if lasts else told


def opening(study: Stress) -> str:
    """The finding in a sentence or two."""
    top = worst(study)
    count = len(study.singles)
    if top is None:
        return f"None of {count:,} single removals costs anything."
    failing = sum(outlasts(study, one) for one in study.singles)
    cost = money(top.extra_cost, study.currency)
    return (
        f"Worst of {count:,} single removals: {called(study, top)} in {top.onset}, {cost} more; "
        f"{hurt(study, top.share)}. In {failing:,} of them a tier goes short before what was stopped is back."
    )


def outlasts(study: Stress, one: Break) -> bool:
    """Whether some tier goes short before what was stopped is back: time to survive below time to recover."""
    return any(survives < one.recover_years - NOTHING for survives in one.survives)


def together_finding(study: Stress) -> str:
    """The worst break of several at once in a sentence."""
    top = max(study.together, key=lambda one: one.extra_cost, default=None)
    if top is None or top.extra_cost <= NOTHING:
        return "No break of several at once costs anything"
    return f"Worst together: {called(study, top)} in {top.onset}, {money(top.extra_cost, study.currency)} more"


def scenario_finding(study: Stress) -> str:
    """The worst scenario in a sentence."""
    top = study.scenarios[0] if study.scenarios else None
    if top is None or top.extra_cost <= NOTHING:
        return "No scenario costs anything"
    since, called_so = study.problem.periods[top.shock.onset].period, Names(study.problem.names).path(top.shock.name)
    return f"Worst scenario: {called_so} from {since}, {money(top.extra_cost, study.currency)} more"


def sample_finding(study: Stress) -> str:
    """What the resilience rules do over the draws."""
    if study.sample is None:
        return ""
    mine, other = study.sample.courses
    after = money(mine.mean_damage, study.currency)
    if other is None:
        return (
            f"Over {len(study.sample.draws):,} drawn scenarios mean damage from shortage is {after}; no plan without "
            "the rules was found in the time, to compare it with"
        )
    saved = other.mean_damage - mine.mean_damage
    before = money(other.mean_damage, study.currency)
    said = (
        f"Over {len(study.sample.draws):,} drawn scenarios the rules {'lower' if saved >= 0 else 'raise'} mean damage "
        f"from shortage by {money(abs(saved), study.currency)}, from {before} to {after}"
    )
    if mine.expected_cost is None or other.expected_cost is None:
        return said
    premium = money(mine.expected_cost - other.expected_cost, study.currency)
    return f"{said}; the plan is expected to cost {premium} more"


def lines(study: Stress, most: int = 8) -> Iterator[str]:
    """What a planner reads at the end of the command."""
    yield opening(study)
    shown = [one for one in study.singles if one.extra_cost > NOTHING][:most]
    yield from (f"  {rank}. {line(study, one)}" for rank, one in enumerate(shown, 1))
    if study.together:
        yield f"{together_finding(study)}."
        yield from (f"  {line(study, one)}" for one in study.together[:most] if one.extra_cost > NOTHING)
    if study.scenarios:
        yield f"{scenario_finding(study)}."
    if study.sample is not None:
        yield f"{sample_finding(study)}."
