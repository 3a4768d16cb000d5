"""The scenarios of probability 0 behind the policies that test survival, one from every onset in the window."""

from __future__ import annotations

from itertools import combinations

from .records import Event, Problem, Row, Scenario, as_label, parts

Group = tuple[str, ...]
Member = tuple[str, str]


def split_each(cell: str) -> tuple[bool, str]:
    """Whether a group is to be taken one by one, and the group."""
    return (True, cell[5:].strip()) if cell.startswith("each ") else (False, cell)


def groups(problem: Problem, cell: str) -> list[Group]:
    """The pooled groups of countries a cell of Policies stands for."""
    each, group = split_each(cell)
    members = problem.countries(group)
    return [(member,) for member in members] if each else [members]


def stress_scenarios(problem: Problem) -> list[Scenario]:
    """Each choice of what stops together, from each onset, for each policy that tests survival."""
    found: list[Scenario] = []
    for row in problem.policies:
        if row["kind"] in ("survive", "survive_any"):
            for label, stopped in _tests(problem, row):
                found += [_stress(problem, row, label, stopped, onset) for onset in _onsets(problem, row)]
    return found


def _tests(problem: Problem, row: Row) -> list[tuple[str, list[Member]]]:
    """What is tried: members one by one, a group together, or every choice of k members."""
    each, cell = split_each(as_label(row["suppliers"]))
    members = [member for part in parts(cell) for member in _members(problem, part)]
    if row["kind"] == "survive_any":
        choices = combinations(sorted(set(members)), int(str(row["k"])))
        return [("+".join(name for _, name in chosen), list(chosen)) for chosen in choices]
    if each or len(members) == 1:
        return [(name, [(kind, name)]) for kind, name in members]
    return [("all", members)]


def _onsets(problem: Problem, row: Row) -> range:
    """Every period of the window: from the second, or the only one, to the last unless told otherwise."""
    last = len(problem.periods) - 1
    first = problem.period(row["from_period"]) if row.get("from_period") is not None else min(1, last)
    return range(first, (problem.period(row["to_period"]) if row.get("to_period") is not None else last) + 1)


def _members(problem: Problem, part: str) -> list[Member]:
    kind, _, name = part.partition(":")
    if kind == "plant" and name:
        return [("plant", p) for p in problem.plants if name.strip() in ("*", p)]
    if kind == "route" and name:
        tags = sorted({tag for lane in problem.lanes.values() for tag in lane.routes})
        return [("route", tag) for tag in tags if name.strip() in ("*", tag)]
    return [("country", country) for country in problem.countries(part)]


def _stress(problem: Problem, row: Row, label: str, stopped: list[Member], onset: int) -> Scenario:
    name = f"{row['policy']}/{label}@{problem.periods[onset].label}"
    months = float(str(row["step_months"])) if row.get("step_months") is not None else None
    events = [event for kind, member in stopped for event in _stops(problem, kind, member, float(str(row["years"])))]
    return Scenario(name, "", 0.0, onset, "base", months, tuple(events))


def _stops(problem: Problem, kind: str, member: str, years: float) -> list[Event]:
    everywhere, goods = frozenset(problem.blocs), frozenset(problem.commodities)
    if kind == "plant":
        return [Event("capacity", 0.0, years, 0.0, plants=frozenset({member}))]
    if kind == "route":
        routes = frozenset({member})
        return [Event("route", 0.0, years, 0.0, countries=everywhere, commodities=goods, routes=routes)]
    coalition = frozenset(problem.countries("@coalition"))
    here = frozenset({member})
    events = [Event("export", 0.0, years, 0.0, countries=here, commodities=goods, buyers=coalition)]
    if member in coalition:
        plants = frozenset(p.name for p in problem.plants.values() if p.country == member)
        events.append(Event("capacity", 0.0, years, 0.0, plants=plants))
    return events
