"""clean_origin: what can be traced back to the ore without passing through the suppliers."""

from __future__ import annotations

from .network import Network
from .program import Expr, constant, minus, times, total
from .tree import Node

Group = tuple[str, ...]


class Origin:
    """The clean part of every flow along every path of the sheet, for one group of suppliers and one set of tracked
    goods."""

    def __init__(self, network: Network, suppliers: Group, tracked: Group) -> None:
        self.network = network
        self.problem = network.problem
        self.suppliers = suppliers
        self.tracked = tracked
        self.name = f"clean|{'+'.join(suppliers)}|{'+'.join(tracked)}"
        self.used: dict[tuple[str, int], Expr] = {}
        self.held: dict[tuple[str | None, str], Expr] = {
            (None, h.name): constant(0.0 if h.country in suppliers else h.initial)
            for h in self.problem.stockpiles.values()
        }
        """The clean part of each stock at the end of a node; at the start, before the first."""
        for node in network.tree.nodes.values():  # the nodes of a path after those of its parent
            if node.scenario == "base" or self.problem.scenarios[node.scenario].row:
                self._node(node)

    def _part(self, key: str, whole: Expr) -> Expr:
        """A part that is not larger than the whole."""
        part = self.network.program.variable(f"{self.name}|{key}")
        self.network.program.at_most(part, whole)
        return part

    def _node(self, node: Node) -> None:
        network, here = self.network, node.name
        run = {
            (p.name, i): self._part(f"run|{here}|{p.name}|{i}", network.active[here, p.name, i])
            for p in self.problem.plants.values()
            for i in range(len(p.lines))
            if p.country not in self.suppliers
        }
        sent = {
            key[1:]: self._part(f"ship|{'|'.join(key)}", whole)
            for key, whole in network.shipped.items()
            if key[0] == here and key[3] in self.tracked and key[1] not in self.suppliers
        }
        piles = [h for h in self.problem.stockpiles.values() if h.commodity in self.tracked]
        filled = {h.name: self._part(f"fill|{here}|{h.name}", network.filled[here, h.name]) for h in piles}
        drawn = {
            (h.name, r, way): self._part(f"draw|{here}|{h.name}|{r}|{way}", network.released[here, h.name, r, way])
            for h in piles
            for r, way in self.problem.drawn(h)
        }
        for i, row in enumerate(self.problem.demands):
            if row.commodity in self.tracked:
                most = minus(constant(network.demand(node, row)), network.short[here, i])
                self.used[here, i] = self._part(f"use|{here}|{i}", most)
        for good in self.tracked:
            for country in self.problem.blocs:
                self._balance(node, country, good, run, sent, filled, drawn)
        for h in piles:
            lost = self.problem.then(node.period).stockpiles[h.name].loss_rate
            before = times((1.0 - lost) ** node.years, self.held[node.previous, h.name])
            out = {(r, way): drawn[h.name, r, way] for r, way in self.problem.drawn(h)}
            network.program.at_most(total(x for (r, _), x in out.items() if r != h.country), before)
            level = self._part(f"hold|{here}|{h.name}", network.stock[here, h.name])
            network.program.at_most(total((level, *out.values())), total((before, filled[h.name])))
            self.held[here, h.name] = level

    def _balance(
        self,
        node: Node,
        country: str,
        good: str,
        run: dict[tuple[str, int], Expr],
        sent: dict[tuple[str, str, str, str], Expr],
        filled: dict[str, Expr],
        drawn: dict[tuple[str, str, str], Expr],
    ) -> None:
        problem, program = self.problem.then(node.period), self.network.program
        here = [(p.lines[i], x) for (name, i), x in run.items() for p in [problem.plants[name]] if p.country == country]
        made = total(times(line.outputs.get(good, 0.0), x) for line, x in here)
        program.at_most(total(x for (k, _, g, _), x in sent.items() if k == country and g == good), made)
        coming = [times(1.0 - problem.lanes[key].loss, x) for key, x in sent.items() if key[1:3] == (country, good)]
        for h in problem.stockpiles.values():
            if h.commodity == good and country in h.serves:
                for way in [way for r, way in problem.drawn(h) if r == country]:
                    lost = 0.0 if h.country == country else problem.lanes[h.country, country, good, way].loss
                    coming.append(times(1.0 - lost, drawn[h.name, country, way]))
        going = [times(line.inputs.get(good, 0.0), x) for line, x in here]
        going += [filled[h.name] for h in problem.stockpiles.values() if h.country == country and h.commodity == good]
        going += [
            x
            for (name, i), x in self.used.items()
            if name == node.name and (problem.demands[i].country, problem.demands[i].commodity) == (country, good)
        ]
        program.at_most(total(going), total(coming))
