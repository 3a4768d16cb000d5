"""What the sheets say, as plain records with every default filled in and every group spelled out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from .program import INFINITY

Row = dict[str, object]
Sheets = dict[str, list[Row]]


@dataclass(frozen=True)
class Period:
    """A period of the plan, cut into equal `steps` on the base path; one to look ahead in only comes last."""

    label: str
    start: float
    years: float
    steps: int = 1
    look_ahead: bool = False

    @property
    def end(self) -> float:
        """Where the next period starts."""
        return self.start + self.years


@dataclass(frozen=True)
class Commodity:
    """A good."""

    name: str
    stage: str
    price: float
    surplus_value: float = 0.0


@dataclass(frozen=True)
class Line:
    """A recipe at a plant: what a unit of activity takes, makes and costs besides the plant."""

    inputs: dict[str, float]
    outputs: dict[str, float]
    cost: float


@dataclass(frozen=True)
class Plant:
    """A plant; capacity and unit cost are by period, capacity 0 outside its own periods."""

    name: str
    country: str
    lines: list[Line]
    capacity: tuple[float, ...]
    unit_cost: tuple[float, ...]
    min_use: float
    emissions: float
    fixed_cost: float = 0.0
    may_close: bool = False
    closing_cost: float = 0.0

    @property
    def most(self) -> dict[str, float]:
        """The most that a unit of activity makes of each good, whatever the recipe."""
        goods = {good for line in self.lines for good in line.outputs}
        return {good: max(line.outputs.get(good, 0.0) for line in self.lines) for good in goods}


@dataclass(frozen=True)
class Demand:
    """A demand row; the rate a year is by period."""

    country: str
    commodity: str
    tier: str
    shortage_cost: float
    rate: tuple[float, ...]


@dataclass(frozen=True)
class Expansion:
    """Capacity that may be bought; `first` and `last` are positions of periods."""

    name: str
    plant: str
    size: float
    capex: float
    max_units: float
    integer: bool
    fixed_cost: float
    lead: float
    life: float
    first: int
    last: int
    requires: str
    payer: str
    ramp: tuple[float, ...] = ()
    store: str = ""
    opened_by: str = ""
    committed: float = 0.0


@dataclass(frozen=True)
class Lane:
    """A way from one country to another, or within one, for one commodity.

    `row` is the position of its row on the sheet; with `shared` capacity and least are those of the whole row."""

    cost: float = 0.0
    tariff: float = 0.0
    loss: float = 0.0
    capacity: float = INFINITY
    routes: frozenset[str] = frozenset()
    emissions: float = 0.0
    least: float = 0.0
    shared: bool = False
    row: int = -1


@dataclass(frozen=True)
class Stockpile:
    """A store of one commodity."""

    name: str
    country: str
    commodity: str
    initial: float
    max_level: float
    holding_cost: float
    loss_rate: float
    max_fill: float
    max_release: float
    serves: tuple[str, ...]
    final_min: float
    salvage: float
    min_level: float = 0.0

    @property
    def release_rate(self) -> float:
        """What events cut: the release a year, or the level where no release is given."""
        return self.max_level if self.max_release == INFINITY else self.max_release


@dataclass(frozen=True)
class Event:
    """A disruption; `start` counts from the onset of its scenario. Only the targets of its kind are filled."""

    kind: str
    start: float
    years: float
    remaining: float
    recovery: float = 0.0
    quota: float | None = None
    hazard: str = ""
    countries: frozenset[str] = frozenset()
    commodities: frozenset[str] = frozenset()
    plants: frozenset[str] = frozenset()
    buyers: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scenario:
    """A branch: a path that leaves its parent's at the start of the period `onset`.

    `probability` is that of its path playing out to the end. `row` is the scenario of the sheet that it comes from, a
    danger or a sequel standing for many; empty for one that tests survival."""

    name: str
    row: str
    probability: float
    onset: int
    parent: str
    step_months: float | None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Protection:
    """What keeps capacity alive."""

    name: str
    hazard: str
    plants: frozenset[str]
    effectiveness: float
    cost: float
    shortens: float = 0.0
    since: int | None = None
    """Position of the first period in which it may be bought; None where it is bought at the start or not at all."""
    committed: bool = False


@dataclass(frozen=True)
class Settings:
    """How the plan is to be made."""

    discount_rate: float = 0.05
    risk_aversion: float = 0.0
    cvar_alpha: float = 0.95
    branch_investment: str = "plan"
    tariffs_are_costs: bool = True
    coalition: str = "ally"
    after_shock: str = "rejoin"
    rejoin_years: float = 1.0


@dataclass
class Problem:
    """The whole of one workbook."""

    settings: Settings
    periods: list[Period]
    blocs: dict[str, str]
    commodities: dict[str, Commodity]
    plants: dict[str, Plant] = field(default_factory=dict)
    demands: list[Demand] = field(default_factory=list)
    expansions: dict[str, Expansion] = field(default_factory=dict)
    lanes: dict[tuple[str, str, str, str], Lane] = field(default_factory=dict)
    stockpiles: dict[str, Stockpile] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    protections: dict[str, Protection] = field(default_factory=dict)
    policies: list[Row] = field(default_factory=list)
    years: list[Problem] = field(default_factory=list)

    def then(self, period: int) -> Problem:
        """The same sheets with the values that hold in a period in place of the constants."""
        return self.years[period] if self.years else self

    @property
    def horizon(self) -> float:
        """The end of the last period, of those to look ahead in too."""
        return self.periods[-1].end

    @property
    def planned(self) -> float:
        """The end of the last period that is not only looked ahead in."""
        return max(period.end for period in self.periods if not period.look_ahead)

    def ways(self, k: str, r: str, good: str) -> list[str]:
        """The ways from one country to another, for one commodity."""
        return self._ways.get((k, r, good), [])

    @cached_property
    def _ways(self) -> dict[tuple[str, str, str], list[str]]:
        found: dict[tuple[str, str, str], list[str]] = {}
        for k, r, good, way in self.lanes:
            found.setdefault((k, r, good), []).append(way)
        return found

    def drawn(self, pile: Stockpile) -> list[tuple[str, str]]:
        """To whom a stockpile releases, and by which way; at home by none."""
        return [
            (r, way)
            for r in pile.serves
            for way in ([""] if r == pile.country else self.ways(pile.country, r, pile.commodity))
        ]

    def period(self, label: object) -> int:
        """The position of a period."""
        return [period.label for period in self.periods].index(as_label(label))

    def countries(self, cell: object) -> tuple[str, ...]:
        """The countries of a group, in the order of the sheet."""
        chosen: set[str] = set()
        for part in parts(cell):
            if part == "*":
                chosen |= set(self.blocs)
            elif part.startswith("@"):
                bloc = self.settings.coalition if part == "@coalition" else part[1:]
                chosen |= {country for country, of in self.blocs.items() if of == bloc}
            elif part in self.blocs:
                chosen.add(part)
            else:
                raise ValueError(f"unknown country {part}")
        return tuple(country for country in self.blocs if country in chosen)

    def goods(self, cell: object) -> tuple[str, ...]:
        """The commodities of a selection, in the order of the sheet."""
        chosen: set[str] = set()
        for part in parts(cell):
            if part == "*":
                chosen |= set(self.commodities)
            elif part.startswith("stage:"):
                chosen |= {c.name for c in self.commodities.values() if c.stage == part[6:].strip()}
            elif part in self.commodities:
                chosen.add(part)
            else:
                raise ValueError(f"unknown commodity {part}")
        return tuple(name for name in self.commodities if name in chosen)

    def sites(self, row: Row) -> frozenset[str]:
        """The plants that match the country, commodity (any output) and plant of a row."""
        countries, goods = self.countries(row.get("country") or "*"), self.goods(row.get("commodity") or "*")
        named = parts(row.get("plant") or "*")
        return frozenset(
            plant.name
            for plant in self.plants.values()
            if plant.country in countries and set(goods) & set(plant.most) and ("*" in named or plant.name in named)
        )

    def with_scenarios(self, scenarios: list[Scenario]) -> Problem:
        """The same with further scenarios."""
        return replace(self, scenarios=self.scenarios | {s.name: s for s in scenarios})


def parts(cell: object) -> list[str]:
    """The members of a comma-separated cell."""
    return [part.strip() for part in as_label(cell).split(",") if part.strip()]


def as_label(cell: object) -> str:
    """A cell as text; the number 2026 is the label 2026."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
