"""The scale family: problems made from a workbook by a seed, with more branches, commodities, countries and years.

``scaled(read_workbook("inputs/rare_earth_magnets.xlsx"), branches=200, seed=1)`` is the real workbook with 200 branches
drawn around its own: the same seed gives the same problem, and a smaller number of branches is the beginning of a
larger one (probabilities aside). Every problem has gone through the checks of a planner's workbook.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection

from benchmarks.copies import Row, Sheets, more_chains, more_countries, more_periods, tidy
from friendshore.models.examine import problem_from_sheets
from friendshore.models.parsing.unparse import sheets_of
from friendshore.models.problem import Problem
from friendshore.models.tree.dangers import chances

LUMP = 3.0  # how many units of the workbook one unit of a tight problem holds


def scaled(
    problem: Problem,
    *,
    branches: int | None = None,
    commodities: int = 1,
    countries: int = 0,
    periods: int = 0,
    tight: bool = False,
    lump: float = 1.0,
    without: Collection[str] = (),
    seed: int = 1,
) -> Problem:
    """A larger problem made from one that was read.

    Parameters
    ----------
    problem
        Read from a workbook; its scenarios are what branches are drawn around, its chain what is copied.
    branches
        Scenarios of positive probability and of known dates; None leaves those of the workbook. Stress tests stay as
        they are.
    commodities
        How many chains there are: 1 is the workbook's, each further one a copy with shifted numbers under the same
        budgets and policies.
    countries, periods
        How many there are in all; numbers no larger than the workbook's leave them alone.
    tight
        A problem with a real integrality gap and tight coupling: lumpy units with fixed costs, a scarce budget, risk
        aversion 0.5, shortage limited in expectation and in the tail over all paths, and a stop of each country of
        concern to be survived.
    lump
        How many units of the workbook one unit of an expansion holds: 0.2 gives five small units for each, which
        together cost and make the same, and so a closer relaxation.
    without
        Kinds of policy to leave out, ``protections``, kinds of event (scenarios with such an event are left out),
        ``look_ahead``: its periods are planned like the others, ``ways``: of lanes those alone that have no name of a
        way, ``min_level``, and ``profiles``: of those that are not of plants.
    seed
        Of all that is drawn.
    """
    sheets = {sheet: [dict(row) for row in rows] for sheet, rows in sheets_of(problem.tables).items()}
    sheets["Policies"] = [row for row in sheets.get("Policies", []) if row["kind"] not in without]
    _leave_out_words(sheets, without)
    _leave_out(sheets, without)
    more_periods(sheets, periods)
    more_countries(sheets, countries, problem.settings.coalition, random.Random(f"countries {seed}"))  # noqa: S311
    if branches is not None:
        total = 1.0 - chances(problem).base
        draw_branches(sheets, branches, total, random.Random(f"branches {seed}"))  # noqa: S311 - draws, not secrets
    if lump != 1.0:
        resize(sheets, lump)
    if tight:
        tighten(sheets)
    more_chains(sheets, commodities, random.Random(f"chains {seed}"))  # noqa: S311
    return problem_from_sheets(sheets, name=f"{problem.name or 'scaled'}-{seed}")


def _leave_out_words(sheets: Sheets, words: Collection[str]) -> None:
    """Take out protections, columns and named ways, each with the profiles of its rows."""
    for word, sheet, column in (("look_ahead", "Periods", "look_ahead"), ("min_level", "Stockpiles", "min_level")):
        for row in sheets.get(sheet, []) if word in words else ():
            row.pop(column, None)
    profiles = sheets.get("Profiles", [])
    if "protections" in words:
        sheets.pop("Protections", None)
        profiles = [row for row in profiles if row["table"] != "Protections"]
    if "ways" in words:
        lanes = sheets.get("Lanes", [])
        sheets["Lanes"] = [row for row in lanes if not row.get("way")]
        gone = {row["lane"] for row in lanes if row.get("way") and row.get("lane")}
        profiles = [row for row in profiles if row["table"] != "Lanes" or row["id"] not in gone]
    if "profiles" in words:
        profiles = [row for row in profiles if row["table"] == "Plants"]
    if profiles:
        sheets["Profiles"] = profiles
    else:
        sheets.pop("Profiles", None)


def _leave_out(sheets: Sheets, kinds: Collection[str]) -> None:
    """Take out the scenarios that have an event of one of these kinds, and their children."""
    gone = {event["scenario"] for event in sheets.get("Events", []) if event["kind"] in kinds}
    for row in sheets.get("Scenarios", []) if gone else ():
        if row.get("parent") in gone:
            gone.add(row["scenario"])
    for sheet in ("Scenarios", "Events"):
        sheets[sheet] = [row for row in sheets.get(sheet, []) if row["scenario"] not in gone]


# -- branches -----------------------------------------------------------------------------------------------------


class _Templates:
    """The scenarios of a workbook that have weight, their events, and where on the horizon they begin."""

    def __init__(self, sheets: Sheets) -> None:
        self.labels = [str(row["period"]) for row in sheets["Periods"]]
        self.rows = {str(row["scenario"]): row for row in sheets["Scenarios"] if _weight(row) > 0}
        self.roots = [name for name, row in self.rows.items() if row.get("parent") in ("base", "", None)]
        self.events = {name: [e for e in sheets["Events"] if e["scenario"] == name] for name in self.rows}
        self.children = {name: [c for c, row in self.rows.items() if row.get("parent") == name] for name in self.rows}

    def onset(self, name: str, draw: random.Random) -> int:
        """Position of the period at whose start a branch like a root begins: a danger's within its span, else near."""
        first, _, last = str(self.rows[name].get("onset") or "any").partition("..")
        later = range(1, len(self.labels))
        if first == "any":
            return draw.choice(later)
        if last:
            return draw.choice(range(self.labels.index(first), self.labels.index(last) + 1))
        return min(max(self.labels.index(first) + draw.randint(-3, 3), 1), len(self.labels) - 1)

    def lag(self, name: str) -> int:
        """How many periods of a year a child begins after its parent."""
        onset, parent = str(self.rows[name]["onset"]), str(self.rows[name]["parent"])
        if self.follows(name):
            return int(float(onset))
        return self.labels.index(onset) - self.labels.index(str(self.rows[parent]["onset"]))

    def follows(self, name: str) -> bool:
        """Whether a child is a sequel, by years after its parent, and no scenario of a known date."""
        return str(self.rows[name]["onset"]) not in self.labels

    def chance(self, name: str) -> float:
        """That a path of this kind goes on as its child does, by the workbook's probabilities."""
        mine = _number(self.rows[name], "probability")
        return mine if self.follows(name) else mine / (mine + _weight(self.rows[str(self.rows[name]["parent"])]))


def _weight(row: Row) -> float:
    """How likely a row is among others of its kind: its chance a year, or its probability."""
    return _number(row, "per_year") or _number(row, "probability")


def draw_branches(sheets: Sheets, count: int, total: float, draw: random.Random) -> None:
    """Replace the scenarios that have weight by ``count`` of known dates drawn around them, of probability ``total``.

    Each is like one of the workbook, begun at any time that a danger may, else up to three years earlier or later, 0.6
    to 1.2 times as long and 0.7 to 1 times as deep; one that has a child in the workbook gets one as often as the
    probabilities there say.
    """
    templates = _Templates(sheets)
    scenarios: list[Row] = []
    events: list[Row] = []
    weights = [_weight(templates.rows[name]) for name in templates.roots]
    while len(scenarios) < count:
        kind = draw.choices(templates.roots, weights)[0]
        _grow(templates, kind, templates.onset(kind, draw), "base", draw, scenarios, events)
    del scenarios[count:]
    kept = {row["scenario"] for row in scenarios}
    drawn = sum(_number(row, "probability") for row in scenarios)
    for row in scenarios:
        row["probability"] = tidy(_number(row, "probability") * total / drawn * (1 - 1e-5))
    old = set(templates.rows)
    sheets["Scenarios"] = [row for row in sheets["Scenarios"] if row["scenario"] not in old] + scenarios
    sheets["Events"] = [row for row in sheets["Events"] if row["scenario"] not in old]
    sheets["Events"] += [row for row in events if row["scenario"] in kept]
    for row in sheets.get("Policies", []):
        if row.get("scenario") in old:
            row["scenario"] = "each"


def _grow(
    templates: _Templates,
    kind: str,
    onset: int,
    parent: str,
    draw: random.Random,
    scenarios: list[Row],
    events: list[Row],
) -> None:
    """One branch like ``kind``, its events, and perhaps a child."""
    name = f"b{len(scenarios) + 1:05d}"
    row = templates.rows[kind]
    weight = _weight(row) * draw.uniform(0.5, 1.5)
    dated = {"scenario": name, "parent": parent, "onset": templates.labels[onset], "probability": weight}
    scenarios.append({**{column: value for column, value in row.items() if column != "per_year"}, **dated})
    longer, deeper, slower = draw.uniform(0.6, 1.2), draw.uniform(0.7, 1.0), draw.uniform(0.5, 1.5)
    for event in templates.events[kind]:
        drawn = {**event, "scenario": name, "years": _months(_number(event, "years") * longer)}
        if isinstance(event.get("recovery_years"), int | float):
            drawn["recovery_years"] = _months(_number(event, "recovery_years") * slower)
        if isinstance(event.get("remaining"), int | float):
            drawn["remaining"] = tidy(1.0 + (_number(event, "remaining") - 1.0) * deeper)
        if isinstance(event.get("quota"), int | float):
            drawn["quota"] = tidy(_number(event, "quota") / deeper)
        events.append(drawn)
    for child in templates.children[kind]:
        later = onset + templates.lag(child)
        if later < len(templates.labels) and draw.random() < templates.chance(child):
            _grow(templates, child, later, name, draw, scenarios, events)
            return


def _months(years: float) -> float:
    return tidy(max(1, round(12.0 * years)) / 12.0)


def _number(row: Row, column: str) -> float:
    value = row.get(column)
    return float(value) if isinstance(value, int | float) else 0.0


# -- tight problems -----------------------------------------------------------------------------------------------


def resize(sheets: Sheets, lump: float) -> None:
    """Units of another size, at the same price for what they make; not fewer in all than before."""
    for row in sheets.get("Expansions", []):
        for column in ("size", "capex", "fixed_cost"):
            row[column] = tidy(lump * _number(row, column))
        row["max_units"] = max(1, math.ceil((_number(row, "max_units") or 1.0) / lump - 1e-9))


def tighten(sheets: Sheets) -> None:
    """Lumpy units with fixed costs, a scarce budget, risk aversion, and rules that tie all paths together."""
    for row in sheets.get("Expansions", []):
        capex = row["capex"] = tidy(0.9 * LUMP * _number(row, "capex"))
        row["size"] = tidy(LUMP * _number(row, "size"))
        row["max_units"] = max(1, math.ceil(_number(row, "max_units") / LUMP))
        row["fixed_cost"] = tidy(LUMP * _number(row, "fixed_cost") + 0.04 * capex)
        row["integer"] = "yes"
    settings = [row for row in sheets["Settings"] if row["setting"] != "risk_aversion"]
    sheets["Settings"] = [*settings, {"setting": "risk_aversion", "value": 0.5}]
    policies = sheets.setdefault("Policies", [])
    for row in policies:
        if row["kind"] == "max_capex":
            row["limit"] = tidy(0.5 * _number(row, "limit"))
    policies.extend(_coupling(sheets))


def _coupling(sheets: Sheets) -> list[Row]:
    """Rules over all paths: shortage of all demand in expectation and in the tail, and a stop of each concern."""
    wanted = ", ".join(sorted({str(row["commodity"]) for row in sheets["Demand"]}))
    dear = max(_number(row, "shortage_cost") for row in sheets["Demand"])
    rules: list[Row] = [
        {"policy": "tight_expected", "kind": "max_shortage", "limit": 0.06, "scenario": "expected", "penalty": dear},
        {
            "policy": "tight_tail",
            "kind": "max_shortage",
            "limit": 0.15,
            "scenario": "cvar",
            "penalty": tidy(dear * sum(_largest(row) for row in sheets["Demand"])),
        },
    ]
    if any(row["bloc"] == "concern" for row in sheets["Countries"]):
        first = max(sheets["Demand"], key=lambda row: _number(row, "shortage_cost"))
        half = str(sheets["Periods"][len(sheets["Periods"]) // 2]["period"])
        rules.append(
            {
                "policy": "tight_survive",
                "kind": "survive",
                "limit": 0.1,
                "suppliers": "each @concern",
                "years": 0.5,
                "tier": first.get("tier") or "*",
                "from_period": half,
                "step_months": 6,
            }
        )
    return [{"consumers": "@coalition", "commodity": wanted, **row} for row in rules]


def _largest(row: Row) -> float:
    """The largest quantity a year of a row of Demand."""
    named = {"country", "commodity", "tier", "shortage_cost", "note", "source_id"}
    return max((_number(row, column) for column in row if column not in named), default=0.0)
