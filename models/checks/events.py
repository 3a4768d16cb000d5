"""What a single event must say, and whether there is anything that it strikes."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.checks.scenario_parents import sound
from friendshore.models.checks.timing import TINY
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.references import unknown
from friendshore.models.problem import Problem
from friendshore.models.tables import Event
from friendshore.models.tree.dangers import chances
from friendshore.optimizer.wording.counts import measured


@reads("Events.kind", "Events.route")
def route_events(problem: Problem) -> Iterator[Finding]:
    """FS313: a route event without a route."""
    for row in problem.tables.events:
        if row.kind == "route" and not row.route:
            yield make_finding(
                "FS313", "Events", "found a blank cell; wanted the tag of a route, such as malacca", row.row, "route"
            )


@reads("Events.kind", "Events.remaining", "Events.quota")
def remaining(problem: Problem) -> Iterator[Finding]:
    """FS314: neither or both of remaining and quota."""
    for row in problem.tables.events:
        quota = row.quota is not None and row.kind == "export"
        if row.remaining is None and not quota:
            also = ", or a quota" if row.kind == "export" else ""
            message = f"found a blank cell; wanted what is left while the event lasts (0 gone, 1 untouched){also}"
            yield make_finding("FS314", "Events", message, row.row, "remaining")
        elif row.remaining is not None and quota:
            message = "found a quota and remaining in one row; wanted one of them"
            yield make_finding("FS314", "Events", message, row.row, "quota")


@reads("Events.kind", "Events.quota", "Commodities.commodity", "Commodities.stage")
def quotas(problem: Problem) -> Iterator[Finding]:
    """FS315: a quota of something other than exports of one commodity."""
    for row in problem.tables.events:
        if row.quota is None:
            continue
        if row.kind != "export" and row.remaining is None:
            message = f"found a quota in an event of kind {row.kind!r}; wanted kind 'export', or remaining instead"
            yield make_finding("FS315", "Events", message, row.row, "quota")
        elif row.kind == "export" and len(problem.selection(row.commodity)) > 1:
            message = f"found {row.commodity!r} beside a quota; wanted one commodity"
            yield make_finding("FS315", "Events", message, row.row, "commodity")


@reads("Events.kind", "Events.route", "Lanes.routes")
def routes(problem: Problem) -> Iterator[Finding]:
    """FS207: a route that no lane carries."""
    tags = tuple(dict.fromkeys(tag for row in problem.tables.lanes for tag in row.routes))
    for row in problem.tables.events:
        if row.kind == "route" and row.route:
            for code, message in unknown(row.route, tags, "Lanes", "FS207"):
                route_message = message.replace("a name from Lanes", "a tag from its column routes")
                yield make_finding(code, "Events", route_message, row.row, "route")


@reads("Periods", "Scenarios", "Events.scenario", "Events.start_years")
def event_times(problem: Problem) -> Iterator[Finding]:
    """FS507: an event that starts after the horizon ends, however early its scenario begins."""
    if not sound(problem):
        return
    for row in problem.tables.events:
        onsets = [branch.onset for branch in chances(problem).branches if branch.scenario == row.scenario]
        left = problem.horizon - problem.period_starts[min(onsets)] if onsets else 0.0
        if row.start_years > left - TINY:
            ends = f"the horizon ends {measured(left, 'year')} after the onset"
            message = f"found {row.start_years:g}; {ends}: the event has no effect"
            yield make_finding("FS507", "Events", message, row.row, "start_years")


@reads("Events", "Countries", "Commodities", "Recipes", "Plants", "Lanes", "Demand", "Settings.coalition")
def event_matches(problem: Problem) -> Iterator[Finding]:
    """FS508: an event that strikes nothing."""
    for row in problem.tables.events:
        what = _missed(problem, row)
        if what:
            yield make_finding("FS508", "Events", f"found no {what}: the event has no effect", row.row, "kind")


def _missed(problem: Problem, row: Event) -> str:
    countries, commodities = set(problem.group(row.country)), set(problem.selection(row.commodity))
    if row.kind in ("capacity", "cost"):
        return "" if problem.plants_matching(row.country, row.commodity, row.plant) else "plant that matches"
    if row.kind == "demand":
        hit = any(need.country in countries and need.commodity in commodities for need in problem.demand)
        return "" if hit else "demand that matches"
    if row.kind == "route":
        lanes = problem.lanes.values()
        hit = any(
            row.route in lane.routes and lane.origin in countries and lane.commodity in commodities for lane in lanes
        )
        return "" if hit else "lane that matches"
    buyers = set(problem.group(row.buyers))
    hit = any(
        lane.origin in countries and lane.destination in buyers and lane.commodity in commodities and lane.abroad
        for lane in problem.lanes.values()
    )
    return "" if hit else "lane from the exporters to the buyers"
