"""Problem: the tables of one workbook, frozen, with the relations between them worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from friendshore.models.findings import Finding
from friendshore.models.glance import counts, html_table
from friendshore.models.lane import Lane, LaneKey
from friendshore.models.problem.rows import Rows
from friendshore.models.tables import Demand, Expansion, Protection, Stockpile, Tables
from friendshore.models.tables.edit import with_values
from friendshore.models.tables.groups import Groups, gather
from friendshore.models.tables.lanes import LaneRow, lanes_named, resolve_lanes
from friendshore.models.tables.processes import Process, largest, processes
from friendshore.models.tables.years import in_period

Grid = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, eq=False)
class Checked:
    """The tables that were found valid, and how others are to be checked in their place."""

    tables: Tables
    anew: Callable[[Tables, str], Problem]


@dataclass(frozen=True, eq=False, repr=False)
class Problem(Rows):
    """One planning problem: valid tables in canonical order. Nothing in it changes after it is made.

    ``name`` is that of the file it came from without its ending, ``source`` the path of that file and ``digest`` its
    SHA-256 (all empty where there is none); ``grids`` holds its sheets as values, row by row, to be carried into the
    plan where the file itself cannot be; ``warnings`` what the checks had to say that does not forbid a plan;
    ``checked`` which tables were checked, None where none were.
    """

    name: str = ""
    digest: str = ""
    grids: Mapping[str, Grid] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()
    source: str = ""
    checked: Checked | None = field(default=None, compare=False)

    def __getstate__(self) -> dict[str, object]:
        """What is pickled: the fields, not what was worked out from them."""
        fields = ("tables", "name", "digest", "grids", "warnings", "source", "checked")
        return {name: vars(self)[name] for name in fields}

    def __repr__(self) -> str:
        rows = ", ".join(f"{sheet} {count}" for sheet, count in counts(self.tables).items())
        return f"Problem {self.name!r}, money in {self.settings.currency}, warnings: {len(self.warnings)}\nrows: {rows}"

    def _repr_html_(self) -> str:
        caption = f"Problem {self.name}, money in {self.settings.currency}"
        return html_table(caption, ("Sheet", "Rows"), counts(self.tables).items())

    @property
    def as_checked(self) -> bool:
        """Whether its tables are those that were read and found valid: those of ``source`` where there is one."""
        return self.checked is not None and self.checked.tables is self.tables

    def replace(self, sheet: str, row: str | int = "", /, **changes: Any) -> Problem:
        """The problem with some cells of one row changed, checked like a workbook.

        Parameters
        ----------
        sheet
            Name of the sheet: ``"Policies"``.
        row
            Name of the row, or its number on the sheet where rows have no names; none for Settings.
        changes
            New values by the name of their column or the label of their period (``**{"2027": 22}``); None is a blank
            cell.

        Returns
        -------
        Problem
            It comes from no file any more: a plan of it carries its rows.

        Raises
        ------
        KeyError, InvalidProblem
            Where there is no such sheet, row or column; with every finding, where the values do not fit.

        Examples
        --------
        >>> import friendshore as fs
        >>> problem = fs.read_workbook("inputs/tutorial.xlsx")
        >>> changed = problem.replace("Policies", "rival_cap", limit=0.9)
        >>> round(fs.solve(changed, gap=0.0).objective) < 6628
        True
        """
        if self.checked is None:
            raise ValueError("this problem was never checked: make it of sheets, or read it from a workbook")
        return self.checked.anew(with_values(self.tables, sheet, row, changes), self.name)

    # -- groups and selections ------------------------------------------------------------------------------------

    @cached_property
    def _groups(self) -> Groups:
        return Groups(self.countries, self.commodities, self.settings.coalition)

    def group(self, text: str) -> tuple[str, ...]:
        """Countries that a group cell stands for, ``each`` before it ignored, in order of name."""
        return self._groups.group(text)

    def groups(self, text: str) -> tuple[tuple[str, ...], ...]:
        """The separate groups of a policy cell: one of each member after ``each``, else the whole as one."""
        members = self.group(text)
        return tuple((member,) for member in members) if text.startswith("each ") else (members,)

    @cached_property
    def coalition(self) -> tuple[str, ...]:
        """Countries of the bloc that plans together."""
        return self.group("@coalition")

    def selection(self, text: str) -> tuple[str, ...]:
        """Commodities that a commodity cell stands for, in order of name."""
        return self._groups.selection(text)

    def plants_matching(self, country: str, commodity: str, plant: str) -> tuple[str, ...]:
        """Plants in a group of countries that make any of the commodities and are named.

        Parameters
        ----------
        country
            A group of countries, as cells name it.
        commodity
            A selection of commodities, as cells name it.
        plant
            Names of plants, separated by commas; ``*`` is all.

        Returns
        -------
        tuple[str, ...]
            Names of plants, in the order of the sheet.
        """
        countries, commodities = set(self.group(country)), set(self.selection(commodity))
        names = set(self.plants) if plant == "*" else {word.strip() for word in plant.split(",")}
        return tuple(
            name
            for name, row in self.plants.items()
            if name in names and row.country in countries and commodities & self.outputs[name].keys()
        )

    # -- recipes --------------------------------------------------------------------------------------------------

    @cached_property
    def processes(self) -> MappingProxyType[str, Process]:
        """Each recipe of each plant, by the name of the plant, and of the recipe where it has several."""
        return MappingProxyType(processes(self.tables.recipes, self.plants.values()))

    @cached_property
    def processes_of(self) -> MappingProxyType[str, tuple[Process, ...]]:
        """The processes of each plant, which share its capacity."""
        of: dict[str, list[Process]] = {name: [] for name in self.plants}
        for process in self.processes.values():
            of[process.plant].append(process)
        return MappingProxyType({name: tuple(each) for name, each in of.items()})

    @cached_property
    def outputs(self) -> MappingProxyType[str, dict[str, float]]:
        """out[j, c]: the most that each plant makes per unit of activity, over its recipes."""
        of = self.processes_of.items()
        return MappingProxyType({name: largest(each.outputs for each in chosen) for name, chosen in of})

    @cached_property
    def inputs(self) -> MappingProxyType[str, dict[str, float]]:
        """in[j, c]: the most that each plant takes per unit of activity, over its recipes."""
        of = self.processes_of.items()
        return MappingProxyType({name: largest(each.inputs for each in chosen) for name, chosen in of})

    def country_of(self, expansion: Expansion) -> str:
        """Country in which an expansion stands: that of its plant or stockpile; blank where it has neither."""
        if expansion.plant in self.plants:
            return self.plants[expansion.plant].country
        return self.stockpiles[expansion.stockpile].country if expansion.stockpile in self.stockpiles else ""

    def payer_of(self, expansion: Expansion) -> str:
        """Country that pays for an expansion: its ``payer``, else the one in which it stands."""
        return expansion.payer or self.country_of(expansion)

    def bought_in(self, protection: Protection) -> range:
        """Positions of the periods in which a protection may be bought: the first alone, or all from one on."""
        return self.window(protection.from_period, "") if protection.from_period else range(1)

    # -- values by period -----------------------------------------------------------------------------------------

    @cached_property
    def _by_period(self) -> tuple[Problem, ...]:
        labels = [period.period for period in self.periods]
        return tuple(Problem(in_period(self.tables, label), self.name) for label in labels)

    def at(self, period: int) -> Problem:
        """The problem as if the values of one period (its position) held throughout: what its rows say then.

        Every number that Profiles may change is read of it: ``problem.at(t).commodities[c].price`` is the price in
        period t. What is decided in a period costs what it costs then; what runs, what it costs while it runs. Where
        nothing changes with the years it is the problem itself. Trees and models are made of the whole problem only.
        """
        return self._by_period[period] if self.tables.profiles else self

    def existing_capacity(self, plant: str, period: int) -> float:
        """Existing capacity of a plant in a period (activity a year), 0 outside its years of service."""
        row = self.at(period).plants[plant]
        return row.capacity if period in self.window(row.from_period, row.to_period) else 0.0

    def unit_cost(self, plant: str, period: int) -> float:
        """Cost of a unit of activity of a plant in a period."""
        return self.at(period).plants[plant].unit_cost

    def process_cost(self, process: str, period: int) -> float:
        """Cost of a unit of activity of a plant by one of its recipes in a period: that of the plant and the recipe."""
        chosen = self.processes[process]
        return self.unit_cost(chosen.plant, period) + chosen.unit_cost

    def surplus_value(self, commodity: str, period: int) -> float:
        """What a unit of a commodity that is made and not wanted brings in a period; below 0: what it costs."""
        return self.at(period).commodities[commodity].surplus_value

    def demand_per_year(self, row: Demand, period: int) -> float:
        """Quantity a year of a row of demand in a period."""
        return row.by_period.get(self.periods[period].period, row.per_year or 0.0)

    # -- lanes ----------------------------------------------------------------------------------------------------

    @cached_property
    def lanes(self) -> MappingProxyType[LaneKey, Lane]:
        """Every lane, home included; of each way the row that names more has won."""
        return MappingProxyType(resolve_lanes(self.tables.lanes, self._groups))

    @cached_property
    def ways(self) -> MappingProxyType[tuple[str, str, str], tuple[str, ...]]:
        """The ways between two countries, by origin, destination and commodity; blank is the one without a name."""
        return MappingProxyType(gather((key[:3], key.way) for key in self.lanes))

    @cached_property
    def has_ways(self) -> bool:
        """Whether any row of Lanes names a way."""
        return any(row.way for row in self.tables.lanes)

    @cached_property
    def shared_lanes(self) -> MappingProxyType[int, tuple[Lane, ...]]:
        """The lanes that share a capacity or a least quantity, by the position of their row in ``tables.lanes``."""
        shared = gather((lane.row, lane) for lane in self.lanes.values() if lane.shared)
        return MappingProxyType(dict(sorted(shared.items())))

    def lanes_named(self, row: LaneRow) -> Iterator[LaneKey]:
        """The lanes a row speaks of: pairs of countries, home only where both ends are exactly that country."""
        return lanes_named(row, self._groups)

    def lane_cost(self, lane: Lane, period: int) -> float:
        """Freight and handling of a unit on a lane in a period."""
        return self.at(period).lanes[lane.key].cost

    def lane_duty(self, lane: Lane, period: int) -> float:
        """Tariff on a unit on a lane in a period, in money: a share of the price of its commodity."""
        then = self.at(period)
        return then.lanes[lane.key].tariff * then.commodities[lane.commodity].price

    def lane_loss(self, lane: Lane, period: int) -> float:
        """Share lost on a lane in a period."""
        return self.at(period).lanes[lane.key].loss

    def lane_capacity(self, lane: Lane, period: int) -> float:
        """Capacity a year of a lane, or of all lanes of its row where they share one, in a period."""
        return self.at(period).lanes[lane.key].capacity

    def lane_least(self, lane: Lane, period: int) -> float:
        """Least quantity a year on a lane, or on all lanes of its row where they share it, in a period."""
        return self.at(period).lanes[lane.key].least

    def lane_emissions(self, lane: Lane, period: int) -> float:
        """Emissions of a unit on a lane in a period."""
        return self.at(period).lanes[lane.key].emissions

    def served(self, stockpile: Stockpile) -> tuple[str, ...]:
        """Countries that may draw on a stockpile: its own first, then those of ``serves`` that a lane reaches."""
        own = (stockpile.country,)
        if stockpile.serves == "own":
            return own
        reached = (
            country
            for country in self.group(stockpile.serves)
            if country != stockpile.country and (stockpile.country, country, stockpile.commodity) in self.ways
        )
        return own + tuple(reached)
