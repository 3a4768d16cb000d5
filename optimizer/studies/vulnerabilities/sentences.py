"""The findings of the vulnerabilities study in plain words, with units."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.optimizer.studies.vulnerabilities.reliance import COALITION, Reliance
from friendshore.optimizer.studies.vulnerabilities.single_points import Loss, SinglePoint
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import Vulnerabilities
from friendshore.optimizer.wording.durations import duration
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import Names, label
from friendshore.optimizer.wording.numbers import say
from friendshore.optimizer.wording.shares import percent


def opening(study: Vulnerabilities) -> str:
    """What was looked at, and what it costs as things stand."""
    contracts = any(lane.least > 0 for lane in study.flows.problem.tables.lanes)
    given_up = "plants, and contracts on lanes," if contracts else "plants"
    dropped = "" if study.flows.least_use_kept else f" The least use of {given_up} could not be met and was given up."
    cost = money(study.flows.cost, study.currency)
    return (
        f"As things stand in {study.period}: needs met at least cost for {cost} a year, "
        f"damage from shortage included; nothing is built, stocks are as at the start.{dropped}"
    )


def point_lines(study: Vulnerabilities, rank: int, point: SinglePoint) -> Iterator[str]:
    """One source: what a stop brings, and how long each tier lasts beside the time to recover.

    Parameters
    ----------
    study
        What was found.
    rank
        Its place, from 1.
    point
        A source and what its stop brings.

    Returns
    -------
    Iterator[str]
        Lines of text.
    """
    cost = money(point.stop.cost, study.currency)
    yield (
        f"{rank:>3}. {source_name(study, point)} stops for {duration(point.recover_years)}: {cost} "
        f"more (risk exposure index {point.exposure_index:.2g}); {hit(study, point.stop)}"
    )
    yield f"     Lasts without more shortage: {lasting(point)}. {good(study, point)}"


def source_name(study: Vulnerabilities, point: SinglePoint) -> str:
    """A country, or a plant by its name or a route with the word before it."""
    names, source = Names(study.problem.names), point.source
    if source.kind == "country":
        return names.of("Countries", source.name)
    return f"{source.kind} {names.words('Plants', source.name) if source.kind == 'plant' else label(source.name)}"


def _good(study: Vulnerabilities, commodity: str) -> str:
    return Names(study.problem.names).words("Commodities", commodity)


def _country(study: Vulnerabilities, country: str) -> str:
    return Names(study.problem.names).of("Countries", country)


def hit(study: Vulnerabilities, loss: Loss) -> str:
    """The need hit hardest."""
    if loss.worst is None:
        return "nothing goes short."
    commodity, tier = loss.worst
    unit = study.problem.commodities[commodity].unit
    short = f"{say(loss.worst_short)} {unit} of {_good(study, commodity)} ({tier}) short"
    return f"{short}, {percent(loss.worst_share)} of need."


def good(study: Vulnerabilities, point: SinglePoint) -> str:
    """What losing it for good means."""
    return f"Lost for good: {money(point.for_good.cost, study.currency)} a year; {hit(study, point.for_good)}"


def lasting(point: SinglePoint) -> str:
    """Time to survive by tier."""
    return ", ".join(f"{tier} {duration(years)}" for tier, years in point.survives.items())


def supply_finding(study: Vulnerabilities) -> str:
    """The commodity of the coalition's that depends most on countries of concern, else on imports."""
    lines = [line for line in study.supply if line.consumer == COALITION and line.scope == "commodity"]
    if not lines:
        return ""
    worst = min(lines, key=lambda line: (-line.concern_share, -line.import_reliance, line.name))
    return (
        f"Supply: the coalition imports {percent(worst.import_reliance)} of the {_good(study, worst.name)} it takes in "
        f"({say(worst.intake)} {worst.unit} a year), {percent(worst.concern_share)} from countries of concern; "
        f"HHI {worst.hhi:.2f}{_largest(study, worst)}."
    )


def _largest(study: Vulnerabilities, line: Reliance) -> str:
    if not line.largest:
        return ""
    return f"; largest supplier {_country(study, line.largest)}, {percent(line.largest_share)}"


def exposure_finding(study: Vulnerabilities) -> str:
    """The final good and outside country with the largest look-through exposure."""
    members = set(study.problem.coalition)
    lines = [line for line in study.exposure if line.consumer == COALITION and line.country not in members]
    if not lines:
        return ""
    worst = min(lines, key=lambda line: (-line.any_tier, -line.value_share, line.commodity, line.country))
    good, country = _good(study, worst.commodity), _country(study, worst.country)
    return (
        f"Look-through: {percent(worst.value_share)} of the value of the coalition's {good} comes from "
        f"{country} through all tiers, and {percent(worst.any_tier)} could not be made as flows stand without it."
    )
