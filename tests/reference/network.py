"""The decisions, and the constraints 1 to 6 at every node."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from .closings import Closings
from .program import INFINITY, Expr, Program, constant, minus, times, total
from .records import Demand, Lane, Plant, Problem, Stockpile
from .tree import TINY, Node, Tree, mean
from .units import Units


class Network:
    """Variables and physical constraints of the problem, for one choice of the protections bought.

    `bought` says by protection from which period on."""

    def __init__(self, problem: Problem, bought: dict[str, int]) -> None:
        self.problem = problem
        self.bought = bought
        self.tree = Tree(problem)
        self.program = Program()
        self.units = Units(problem, self.tree, self.program)
        self.closings = Closings(problem, self.program)
        self.shipped: dict[tuple[str, str, str, str, str], Expr] = {}
        self.active: dict[tuple[str, str, int], Expr] = {}
        self.short: dict[tuple[str, int], Expr] = {}
        self.stock: dict[tuple[str, str], Expr] = {}
        self.filled: dict[tuple[str, str], Expr] = {}
        self.released: dict[tuple[str, str, str, str], Expr] = {}
        self.lacking: dict[tuple[str, str], Expr] = {}
        self.surplus: dict[tuple[str, str, str], Expr] = {}
        for node in self.tree.nodes.values():
            self._decisions(node)
        for node in self.tree.nodes.values():
            self._balances(node)
            self._capacity(node)
            self._exports(node)
            self._lanes(node)
            self._shared_lanes(node)
            self._stocks(node)

    def ship(self, node: Node, k: str, r: str, good: str) -> Expr:
        """x: what is shipped by all ways; nothing where there is no lane."""
        return total(self.shipped[node.name, k, r, good, way] for way in self.problem.ways(k, r, good))

    def abroad(self, node: Node, k: str, r: str, good: str) -> Expr:
        """What stockpiles of a good in k release to r, another country, by all ways."""
        return total(self.drawn(node, k, r, good, way) for way in self.problem.ways(k, r, good))

    def drawn(self, node: Node, k: str, r: str, good: str, way: str) -> Expr:
        """What stockpiles of a good in k release to r, another country, by one way."""
        if k == r:
            return {}
        piles = [h for h in self.problem.stockpiles.values() if h.country == k and h.commodity == good]
        return total(self.released.get((node.name, h.name, r, way), {}) for h in piles)

    def load(self, node: Node, key: tuple[str, str, str, str]) -> Expr:
        """All that goes over one lane."""
        return total((self.shipped[node.name, *key], self.drawn(node, *key)))

    def demand(self, node: Node, row: Demand) -> float:
        """D: what a demand row asks for in a node."""
        factor = self.tree.factor(
            node, lambda e: e.kind == "demand" and row.country in e.countries and row.commodity in e.commodities
        )
        return node.years * row.rate[node.period] * factor

    def wanted(self, node: Node, country: str, good: str) -> Expr:
        """What a country uses: demand of all tiers and process input."""
        rows = [d for d in self.problem.demands if d.country == country and d.commodity == good]
        inputs = [
            times(line.inputs.get(good, 0.0), self.active[node.name, p.name, i])
            for p in self.problem.plants.values()
            for i, line in enumerate(p.lines)
            if p.country == country
        ]
        return total([constant(sum(self.demand(node, d) for d in rows)), *inputs])

    def running(self, node: Node, plant: Plant) -> Expr:
        """The activity of a plant by all of its recipes."""
        return total(self.active[node.name, plant.name, i] for i in range(len(plant.lines)))

    def installed(self, node: Node, plant: Plant) -> Expr:
        """K: existing capacity and the units in service."""
        added = [
            times(self.problem.expansions[unit.expansion].size * self.units.share(unit, node), unit.expr)
            for unit in self.units.carried(node.scenario)
            if self.problem.expansions[unit.expansion].plant == plant.name and self.units.serves(unit, node)
        ]
        kept = self.closings.kept(plant, node.period)
        return total([times(plant.capacity[node.period], kept), *added])

    def stored(self, node: Node, pile: str) -> Expr:
        """What the stores in service add to the level of a stockpile."""
        return total(
            times(self.problem.expansions[unit.expansion].size * self.units.share(unit, node), unit.expr)
            for unit in self.units.carried(node.scenario)
            if self.problem.expansions[unit.expansion].store == pile and self.units.serves(unit, node)
        )

    def nominal(self, node: Node, country: str, good: str) -> Expr:
        """What a country could make of a good a year if nothing stood still."""
        return total(
            times(p.most[good], self.installed(node, p))
            for p in self.problem.plants.values()
            if p.country == country and good in p.most
        )

    def _decisions(self, node: Node) -> None:
        program, here = self.program, node.name
        for key in self.problem.lanes:
            self.shipped[here, *key] = program.variable("|".join(("ship", here, *key)))
        for plant in self.problem.plants.values():
            for i in range(len(plant.lines)):
                self.active[here, plant.name, i] = program.variable(f"run|{here}|{plant.name}|{i}")
        for i, row in enumerate(self.problem.demands):
            self.short[here, i] = program.variable(f"short|{here}|{i}", upper=self.demand(node, row))
        for h in self.problem.then(node.period).stockpiles.values():
            self.stock[here, h.name] = program.variable(f"stock|{here}|{h.name}")
            self.filled[here, h.name] = program.variable(f"fill|{here}|{h.name}", upper=h.max_fill * node.years)
            for r, way in self.problem.drawn(h):
                self.released[here, h.name, r, way] = program.variable(f"release|{here}|{h.name}|{r}|{way}")

    def _balances(self, node: Node) -> None:
        problem = self.problem.then(node.period)
        for good in problem.commodities:
            for k in problem.blocs:
                made = total(
                    times(line.outputs.get(good, 0.0), self.active[node.name, p.name, i])
                    for p in problem.plants.values()
                    for i, line in enumerate(p.lines)
                    if p.country == k
                )
                sent = total(self.ship(node, k, r, good) for r in problem.blocs)
                self.program.at_most(sent, made)
                if problem.commodities[good].surplus_value:
                    self.surplus[node.name, k, good] = minus(made, sent)
            for r in problem.blocs:
                self._use(node, r, good)

    def _use(self, node: Node, r: str, good: str) -> None:
        problem = self.problem.then(node.period)
        arriving = []
        for key, lane in problem.lanes.items():
            if key[1:3] == (r, good):
                arriving.append(times(1.0 - lane.loss, self.load(node, key)))
        at_home = [h for h in problem.stockpiles.values() if h.country == r and h.commodity == good]
        arriving += [self.released[node.name, h.name, r, ""] for h in at_home]
        missing = [
            self.short[node.name, i] for i, d in enumerate(problem.demands) if d.country == r and d.commodity == good
        ]
        fills = [self.filled[node.name, h.name] for h in at_home]
        self.program.equal(total(arriving + missing), total([self.wanted(node, r, good), *fills]))

    def _capacity(self, node: Node) -> None:
        for plant in self.problem.plants.values():
            alive = prod(self._softened(node, plant), start=1.0)
            run = self.running(node, plant)
            self.program.at_most(run, times(alive * node.years, self.installed(node, plant)))
            if self.tree.normal(node):
                min_use = self.problem.then(node.period).plants[plant.name].min_use
                least = min_use * node.years * plant.capacity[node.period]
                self.program.at_most(times(least, self.closings.kept(plant, node.period)), run)

    def _softened(self, node: Node, plant: Plant) -> list[float]:
        """The means of the capacity events on a plant, each softened by the protections bought that cover it.

        Their product is m + (m^S - m) for the S bought: the kept capacity w is at its bound wherever it is of use."""
        factors = []
        for event, origin in self.tree.events(node.scenario):
            if event.kind == "capacity" and plant.name in event.plants:
                left = mean(event, origin, node.start, node.end)
                if left < 1.0:
                    then = self.problem.then(node.period)
                    guards = [then.protections[q] for q, since in self.bought.items() if since <= node.period]
                    cover = [q for q in guards if q.hazard == event.hazard and plant.name in q.plants]
                    time = prod(1.0 - q.shortens for q in cover)
                    shorter = replace(event, years=time * event.years, recovery=time * event.recovery)
                    left = mean(shorter, origin, node.start, node.end)
                    left = 1.0 - (1.0 - left) * prod(1.0 - q.effectiveness for q in cover)
                factors.append(left)
        return factors

    def _exports(self, node: Node) -> None:
        shares: dict[tuple[str, str, frozenset[str]], float] = {}
        for event, origin in self.tree.events(node.scenario):
            if event.kind != "export":
                continue
            left = mean(event, origin, node.start, node.end)
            for k in event.countries:
                for good in event.commodities:
                    buyers = event.buyers - {k}
                    if event.quota is None:
                        shares[k, good, buyers] = shares.get((k, good, buyers), 1.0) * left
                    elif left < 1.0 - TINY:
                        free = constant((1.0 - left) * event.quota)
                        bound = total((free, times(left, self.nominal(node, k, good))))
                        self._sold_at_most(node, k, good, buyers, times(node.years, bound))
        for (k, good, buyers), left in shares.items():
            if left < 1.0 - TINY:
                bound = times(left * node.years, self.nominal(node, k, good))
                self._sold_at_most(node, k, good, buyers, bound)
                self._released_at_most(node, k, good, buyers, left)

    def _sold_at_most(self, node: Node, k: str, good: str, buyers: frozenset[str], bound: Expr) -> None:
        self.program.at_most(total(self.ship(node, k, r, good) for r in sorted(buyers)), bound)

    def _released_at_most(self, node: Node, k: str, good: str, buyers: frozenset[str], left: float) -> None:
        for h in self.problem.then(node.period).stockpiles.values():
            if h.country == k and h.commodity == good:
                ways = [(r, way) for r, way in self.problem.drawn(h) if r in buyers and r != k]
                sent = total(self.released[node.name, h.name, r, way] for r, way in ways)
                self.program.at_most(sent, times(left * node.years, self._rate(node, h)))

    def _rate(self, node: Node, h: Stockpile) -> Expr:
        """What events cut of a stockpile, a year: with all that it may hold also what stores add to it."""
        rate = constant(h.release_rate)
        return total((rate, self.stored(node, h.name))) if h.max_release == INFINITY else rate

    def _lanes(self, node: Node) -> None:
        for (k, r, good, way), lane in self.problem.then(node.period).lanes.items():
            left, load = self._left(node, k, good, lane), self.load(node, (k, r, good, way))
            if lane.least > 0 and not lane.shared and self.tree.normal(node):
                self.program.at_most(constant(lane.least * node.years), load)
            if lane.capacity < INFINITY:
                self.program.at_most(load, constant(left * lane.capacity * node.years))
            elif left < 1.0 - TINY:
                sent = self.shipped[node.name, k, r, good, way]
                self.program.at_most(sent, times(left * node.years, self.nominal(node, k, good)))
                for h in self.problem.then(node.period).stockpiles.values():
                    if (h.country, h.commodity) == (k, good) and r != k and r in h.serves:
                        drawn = self.released[node.name, h.name, r, way]
                        self.program.at_most(drawn, times(left * node.years, self._rate(node, h)))

    def _left(self, node: Node, k: str, good: str, lane: Lane) -> float:
        """What route events leave of a lane from k."""
        return self.tree.factor(
            node,
            lambda e: e.kind == "route" and bool(e.routes & lane.routes) and k in e.countries and good in e.commodities,
        )

    def _shared_lanes(self, node: Node) -> None:
        """One capacity, one least quantity, for all lanes of a row; events leave of it what its best lane keeps."""
        lanes = self.problem.then(node.period).lanes
        rows = {lane.row: lane for lane in lanes.values() if lane.shared}
        for place, row in rows.items():
            keys = [key for key, lane in lanes.items() if lane.row == place]
            load = total(self.load(node, key) for key in keys)
            if row.capacity < INFINITY:
                left = max(self._left(node, k, good, row) for k, _, good, _ in keys)
                self.program.at_most(load, constant(left * row.capacity * node.years))
            if row.least > 0 and self.tree.normal(node):
                self.program.at_most(constant(row.least * node.years), load)

    def _stocks(self, node: Node) -> None:
        problem = self.problem.then(node.period)
        for h in problem.stockpiles.values():
            kept = (1.0 - h.loss_rate) ** node.years
            before = self.stock[node.previous, h.name] if node.previous else constant(h.initial)
            held = times(kept, before)
            out = total(self.released[node.name, h.name, r, way] for r, way in problem.drawn(h))
            after = minus(total((held, self.filled[node.name, h.name])), out)
            self.program.equal(self.stock[node.name, h.name], after)
            room = total((constant(h.max_level), self.stored(node, h.name)))
            self.program.at_most(self.stock[node.name, h.name], room)
            if h.max_release < INFINITY:
                self.program.at_most(out, constant(h.max_release * node.years))
            abroad = [(r, way) for r, way in problem.drawn(h) if r != h.country]
            foreign = total(self.released[node.name, h.name, r, way] for r, way in abroad)
            self.program.at_most(foreign, held)
            if node.scenario == "base" and self._at_end(node):
                self.program.at_most(constant(h.final_min), self.stock[node.name, h.name])
            if node.scenario == "base" and abs(node.end - problem.periods[node.period].end) < TINY:
                self.program.at_most(constant(h.min_level), self.stock[node.name, h.name])
            elif node.scenario != "base" and problem.settings.after_shock == "rejoin":
                self._rejoins(node, h)

    def _at_end(self, node: Node) -> bool:
        """Whether the plan, or all that it looks ahead to, ends with a node."""
        return any(abs(node.end - end) < TINY for end in (self.problem.planned, self.problem.horizon))

    def _rejoins(self, node: Node, h: Stockpile) -> None:
        """8: back in normal times a branch holds what the base path holds then, or pays for what it lacks."""
        trunk = [base for base in self.tree.own["base"] if abs(base.end - node.end) < TINY]
        price = self.problem.then(node.period).commodities[h.commodity].price
        if trunk and price > 0 and self.tree.normal(node) and node != self.tree.own[node.scenario][-1]:
            lack = self.program.variable(f"lack|{node.name}|{h.name}")
            self.lacking[node.name, h.name] = lack
            held = total((self.stock[node.name, h.name], lack))
            self.program.at_most(self.stock[trunk[0].name, h.name], held)
