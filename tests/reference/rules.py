"""Policies: what a plan must keep to, hard or at a price."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .costs import tail
from .network import Network
from .origin import Origin
from .program import Expr, constant, minus, times, total
from .records import Row, as_label, parts
from .survival import Group, groups, stress_scenarios
from .tree import Node, touches

WHERE = {
    "max_share": "normal",
    "min_share": "normal",
    "clean_origin": "normal",
    "stock_cover": "base",
    "max_shortage": "base",
    "max_capex": "base",
    "max_emissions": "each",
}
"""Where a rule holds unless its row says so."""


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

    def _limit(self, row: Row, node: Node | None = None) -> float:
        return float(str(self._then(row, node)["limit"]))

    def _then(self, row: Row, node: Node | None) -> Row:
        """A row of Policies as it is in the period of a node."""
        if node is None:
            return row
        return next(one for one in self.problem.then(node.period).policies if one["policy"] == row["policy"])

    def _hold(self, row: Row, left: Expr, right: Expr, weight: float = 1.0, node: Node | None = None) -> None:
        """left <= right, less a slack of its own where the policy has a penalty, for which `weight` counts."""
        if row.get("penalty") is not None:
            slack = self.network.program.variable(f"slack|{row['policy']}|{len(self.price)}")
            self.price.append(times(float(str(self._then(row, node)["penalty"])) * weight, slack))
            right = total((right, slack))
        self.network.program.at_most(left, right)

    def _hold_at(self, row: Row, node: Node, left: Expr, right: Expr, years: float = 1.0) -> None:
        """left <= right at a node, of the weight of the node (1 where it has none)."""
        self._hold(row, left, right, (self.network.tree.weight(node) or 1.0) * years, node)

    def _places(self, row: Row) -> dict[str, list[Node]]:
        """The nodes at which a rule holds, by scenario."""
        tree, scenarios = self.network.tree, self.problem.scenarios
        where = as_label(row.get("scenario") or WHERE[as_label(row["kind"])])
        sheet = {name: tree.own[name] for name in tree.paths() if name == "base" or scenarios[name].row}
        if where == "normal":
            chosen = {name: [node for node in nodes if tree.normal(node)] for name, nodes in sheet.items()}
        elif where == "each":
            chosen = sheet
        else:
            named = parts(where)
            chosen = {n: of for n, of in sheet.items() if n in named or (n != "base" and scenarios[n].row in named)}
        return {name: self._in_window(row, nodes) for name, nodes in chosen.items()}

    def _in_window(self, row: Row, nodes: Iterable[Node]) -> list[Node]:
        first = self.problem.period(row["from_period"]) if row.get("from_period") is not None else 0
        last = self.problem.period(row["to_period"]) if row.get("to_period") is not None else len(self.problem.periods)
        return [node for node in nodes if first <= node.period <= last]

    def _nodes(self, row: Row) -> list[Node]:
        return [node for nodes in self._places(row).values() for node in nodes]

    def _consumers(self, row: Row, default: str) -> list[Group]:
        return groups(self.problem, as_label(row.get("consumers") or default))

    def _goods(self, row: Row) -> Group:
        return self.problem.goods(row.get("commodity") or "*")

    def _share(self, row: Row) -> None:
        network = self.network
        for consumers in self._consumers(row, "each @coalition"):
            for suppliers in groups(self.problem, as_label(row["suppliers"])):
                for good in self._goods(row):
                    for node in self._nodes(row):
                        delivered = self._delivered(node, suppliers, consumers, good)
                        taken = times(self._limit(row, node), self._taken(node, consumers, good))
                        if row["kind"] == "max_share":
                            self._hold_at(row, node, delivered, taken)
                        else:
                            own = [network.ship(node, r, r, good) for r in consumers if r in suppliers]
                            self._hold_at(row, node, taken, total([delivered, *own]))

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
                    needed = times(self._limit(row, node) / 365.0 / node.years, use)
                    self._hold_at(row, node, needed, held, node.years)

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
        for consumers in self._consumers(row, "@coalition"):
            for good in self._goods(row):
                if scope in ("expected", "cvar"):
                    self._over_paths(row, consumers, good, scope)
                    continue
                for name, nodes in self._places(row).items():
                    for together, weight in self._over(row, name, nodes):
                        short, demand = self._missing(row, consumers, good, together)
                        step = together[0] if as_label(row.get("over") or "step") == "step" else None
                        self._hold(row, short, constant(self._limit(row, step) * demand), weight or 1.0, step)

    def _over(self, row: Row, name: str, nodes: list[Node]) -> list[tuple[list[Node], float]]:
        """Nodes of a scenario over which shortage is summed, with the weight of what each sum is about."""
        tree, over = self.network.tree, as_label(row.get("over") or "step")
        if over == "step":
            return [([node], tree.weight(node)) for node in nodes]
        together = [node for node in nodes if over == "path" or self._meets(name, node)]
        return [(together, tree.probability(name))]

    def _meets(self, scenario: str, node: Node) -> bool:
        """Whether a node meets an event of its path, an inherited one included."""
        return any(touches(event, at, node.start, node.end) for event, at in self.network.tree.events(scenario))

    def _over_paths(self, row: Row, consumers: Group, good: str, scope: str) -> None:
        tree = self.network.tree
        windows = {name: self._in_window(row, tree.path(name)) for name in tree.paths(weighted=True)}
        paths = {name: self._missing(row, consumers, good, nodes) for name, nodes in windows.items()}
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
        for name in [s.name for s in stress_scenarios(self.problem) if s.name.startswith(f"{row['policy']}/")]:
            for consumers in self._consumers(row, "@coalition"):
                for good in self._goods(row):
                    for node in [node for node in tree.own[name] if self._meets(name, node)]:
                        short, demand = self._missing(row, consumers, good, [node])
                        self._hold_at(row, node, short, constant(self._limit(row, node) * demand))

    def _capex(self, row: Row) -> None:
        starts = {node.start for node in self._nodes(row)}
        expansions = self.problem.expansions
        for payers in self._consumers(row, "@coalition"):
            spent = [
                times(self.network.units.price(unit), unit.expr)
                for unit in self.network.units.decided["base"]
                if unit.time in starts and expansions[unit.expansion].payer in payers
            ]
            self._hold(row, total(spent), constant(self._limit(row)))

    def _emissions(self, row: Row) -> None:
        network = self.network
        for node in self._nodes(row):
            then = self.problem.then(node.period)
            terms = [times(p.emissions, network.running(node, p)) for p in then.plants.values()]
            for key, lane in then.lanes.items():
                terms.append(times(lane.emissions, network.load(node, key)))
            self._hold_at(row, node, total(terms), constant(self._limit(row, node) * node.years))

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
                        clean = total(used[node.name, i] for i in scope)
                        self._hold_at(row, node, times(self._limit(row, node), met), clean)
