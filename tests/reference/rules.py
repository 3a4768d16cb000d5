"""Policies: what a plan must keep to, hard or at a price."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from .costs import tail
from .network import Network
from .origin import Origin
from .program import Expr, constant, minus, times, total
from .records import Event, Problem, Row, Scenario, as_label, parts
from .tree import Node, touches

Group = tuple[str, ...]


def split_each(cell: str) -> tuple[bool, str]:
    """Whether a group is to be taken one by one, and the group."""
    return (True, cell[5:].strip()) if cell.startswith("each ") else (False, cell)


def groups(problem: Problem, cell: str) -> list[Group]:
    """The pooled groups of countries a cell of Policies stands for."""
    each, group = split_each(cell)
    members = problem.countries(group)
    return [(member,) for member in members] if each else [members]


def stress_scenarios(problem: Problem) -> list[Scenario]:
    """The scenarios of probability 0 behind the policies that test survival."""
    found = []
    for row in problem.policies:
        each, cell = split_each(as_label(row.get("suppliers") or ""))
        if row["kind"] == "survive_any":
            members = sorted({member for part in parts(cell) for member in _members(problem, part)})
            for chosen in combinations(members, int(str(row["k"]))):
                label = "+".join(name for _, name in chosen)
                found.append(_stress(problem, row, f"{row['policy']}/{label}", list(chosen)))
        if row["kind"] == "survive":
            members = [member for part in parts(cell) for member in _members(problem, part)]
            tests = [(name, [(kind, name)]) for kind, name in members] if each else [("all", members)]
            if len(members) == 1:
                tests = [(members[0][1], members)]
            for label, stopped in tests:
                found.append(_stress(problem, row, f"{row['policy']}/{label}", stopped))
    return found


def _members(problem: Problem, part: str) -> list[tuple[str, str]]:
    kind, _, name = part.partition(":")
    if kind == "plant" and name:
        return [("plant", p) for p in problem.plants if name.strip() in ("*", p)]
    if kind == "route" and name:
        tags = sorted({tag for lane in problem.lanes.values() for tag in lane.routes})
        return [("route", tag) for tag in tags if name.strip() in ("*", tag)]
    return [("country", country) for country in problem.countries(part)]


def _stress(problem: Problem, row: Row, name: str, stopped: list[tuple[str, str]]) -> Scenario:
    onset = problem.period(row["from_period"]) if row.get("from_period") is not None else 1
    months = row.get("step_months")
    events = [event for kind, member in stopped for event in _stops(problem, kind, member, float(str(row["years"])))]
    step = float(str(months)) if months is not None else None
    return Scenario(name, 0.0, min(onset, len(problem.periods) - 1), "base", step, tuple(events))


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


class Rules:
    """The policies of a problem as rows of its program; `price` is what their violations cost."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.problem = network.problem
        self.price: list[Expr] = []
        self.origins: dict[tuple[Group, Group], Origin] = {}
        kinds: dict[str, Callable[[Row], None]] = {
            "max_share": self._share,
            "min_share": self._share,
            "stock_cover": self._cover,
            "max_shortage": self._shortage,
            "survive": self._survive,
            "survive_any": self._survive,
            "clean_origin": self._origin,
            "max_capex": self._capex,
            "max_emissions": self._emissions,
        }
        for row in self.problem.policies:
            kind = as_label(row["kind"])
            if kind not in kinds:
                raise NotImplementedError(f"policy kind {kind}")
            kinds[kind](row)

    def _limit(self, row: Row) -> float:
        return float(str(row["limit"]))

    def _hold(self, row: Row, left: Expr, right: Expr) -> None:
        """left <= right, less a slack of its own where the policy has a penalty."""
        if row.get("penalty") is not None:
            slack = self.network.program.variable(f"slack|{row['policy']}|{len(self.price)}")
            self.price.append(times(float(str(row["penalty"])), slack))
            right = total((right, slack))
        self.network.program.at_most(left, right)

    def _nodes(self, row: Row) -> list[Node]:
        first = self.problem.period(row["from_period"]) if row.get("from_period") is not None else 0
        last = self.problem.period(row["to_period"]) if row.get("to_period") is not None else len(self.problem.periods)
        return [node for node in self.network.tree.own["base"] if first <= node.period <= last]

    def _consumers(self, row: Row, default: str) -> list[Group]:
        return groups(self.problem, as_label(row.get("consumers") or default))

    def _goods(self, row: Row) -> Group:
        return self.problem.goods(row.get("commodity") or "*")

    def _share(self, row: Row) -> None:
        network, limit = self.network, self._limit(row)
        for consumers in self._consumers(row, "each @coalition"):
            for suppliers in groups(self.problem, as_label(row["suppliers"])):
                for good in self._goods(row):
                    for node in self._nodes(row):
                        delivered = self._delivered(node, suppliers, consumers, good)
                        taken = times(limit, self._taken(node, consumers, good))
                        if row["kind"] == "max_share":
                            self._hold(row, delivered, taken)
                        else:
                            own = [network.ship(node, r, r, good) for r in consumers if r in suppliers]
                            self._hold(row, taken, total([delivered, *own]))

    def _delivered(self, node: Node, suppliers: Iterable[str], consumers: Group, good: str) -> Expr:
        pairs = [(k, r) for k in suppliers for r in consumers if k != r]
        network = self.network
        shipped = [network.ship(node, k, r, good) for k, r in pairs]
        return total(shipped + [network.abroad(node, k, r, good) for k, r in pairs])

    def _taken(self, node: Node, consumers: Group, good: str) -> Expr:
        home = [self.network.ship(node, r, r, good) for r in consumers]
        return total([self._delivered(node, self.problem.blocs, consumers, good), *home])

    def _cover(self, row: Row) -> None:
        network = self.network
        for consumers in self._consumers(row, "@coalition"):
            for good in self._goods(row):
                piles = [
                    h.name for h in self.problem.stockpiles.values() if h.country in consumers and h.commodity == good
                ]
                for node in self._nodes(row):
                    use = total(network.wanted(node, r, good) for r in consumers)
                    held = total(network.stock[node.name, name] for name in piles)
                    self._hold(row, times(self._limit(row) / 365.0 / node.years, use), held)

    def _missing(self, row: Row, consumers: Group, good: str, nodes: Iterable[Node]) -> tuple[Expr, float]:
        """Shortage and demand of the rows in scope, over some nodes."""
        short: list[Expr] = []
        demand = 0.0
        for node in nodes:
            for i in self._scope(row, consumers, good):
                short.append(self.network.short[node.name, i])
                demand += self.network.demand(node, self.problem.demands[i])
        return total(short), demand

    def _scope(self, row: Row, consumers: Group, good: str) -> list[int]:
        """Positions of the demand rows that a policy speaks of."""
        tiers = parts(row.get("tier") or "*")
        return [
            i
            for i, d in enumerate(self.problem.demands)
            if d.country in consumers and d.commodity == good and ("*" in tiers or d.tier in tiers)
        ]

    def _shortage(self, row: Row) -> None:
        scope = as_label(row.get("scenario") or "base")
        tree = self.network.tree
        for consumers in self._consumers(row, "@coalition"):
            for good in self._goods(row):
                if scope in ("expected", "cvar"):
                    self._over_paths(row, consumers, good, scope)
                    continue
                stress = {s.name for s in stress_scenarios(self.problem)}
                for name in [s for s in tree.paths() if s not in stress] if scope == "each" else [scope]:
                    short, demand = self._missing(row, consumers, good, tree.own[name])
                    self._hold(row, short, constant(self._limit(row) * demand))

    def _over_paths(self, row: Row, consumers: Group, good: str, scope: str) -> None:
        tree = self.network.tree
        paths = {name: self._missing(row, consumers, good, tree.path(name)) for name in tree.paths(weighted=True)}
        if scope == "expected":
            short = total(times(tree.probability(name), missing) for name, (missing, _) in paths.items())
            demand = sum(tree.probability(name) * wanted for name, (_, wanted) in paths.items())
            self._hold(row, short, constant(self._limit(row) * demand))
            return
        shares = {name: times(1.0 / wanted, missing) if wanted else {} for name, (missing, wanted) in paths.items()}
        worst = tail(self.network, shares, f"{row['policy']}|{'+'.join(consumers)}|{good}")
        self._hold(row, worst, constant(self._limit(row)))

    def _survive(self, row: Row) -> None:
        tree = self.network.tree
        for scenario in stress_scenarios(self.problem):
            if scenario.name.partition("/")[0] != row["policy"]:
                continue
            for consumers in self._consumers(row, "@coalition"):
                for good in self._goods(row):
                    for node in tree.own[scenario.name]:
                        if any(touches(e, at, node.start, node.end) for e, at in tree.events(scenario.name)):
                            short, demand = self._missing(row, consumers, good, [node])
                            self._hold(row, short, constant(self._limit(row) * demand))

    def _capex(self, row: Row) -> None:
        starts = {node.start for node in self._nodes(row)}
        expansions = self.problem.expansions
        for payers in self._consumers(row, "@coalition"):
            spent = [
                times(expansions[unit.expansion].capex, unit.expr)
                for unit in self.network.units.decided["base"]
                if unit.time in starts and expansions[unit.expansion].payer in payers
            ]
            self._hold(row, total(spent), constant(self._limit(row)))

    def _emissions(self, row: Row) -> None:
        network = self.network
        for node in self._nodes(row):
            terms = [times(p.emissions, network.active[node.name, p.name]) for p in self.problem.plants.values()]
            for (k, r, good), lane in self.problem.lanes.items():
                sent = total((network.ship(node, k, r, good), network.abroad(node, k, r, good)))
                terms.append(times(lane.emissions, sent))
            self._hold(row, total(terms), constant(self._limit(row) * node.years))

    def _origin(self, row: Row) -> None:
        network, tracked = self.network, self._goods(row)
        for suppliers in groups(self.problem, as_label(row["suppliers"])):
            if (suppliers, tracked) not in self.origins:
                self.origins[suppliers, tracked] = Origin(network, suppliers, tracked)
            used = self.origins[suppliers, tracked].used
            for consumers in self._consumers(row, "@coalition"):
                for good in tracked:
                    for node in self._nodes(row):
                        scope = self._scope(row, consumers, good)
                        needed = constant(sum(network.demand(node, self.problem.demands[i]) for i in scope))
                        met = minus(needed, total(network.short[node.name, i] for i in scope))
                        self._hold(row, times(self._limit(row), met), total(used[node.name, i] for i in scope))
