"""The network of one year's flows as matrices: who feeds whom, for tracing goods back through all their tiers.

Two kinds of places: *pools*, what a country takes in of a commodity from everywhere, thoroughly mixed (every user of a
pool gets the same blend: proportional mixing), and *plants* at work. A pool is a blend of plants; a plant's output is
made of the pools it takes in and of what it adds itself. Following a unit back from a pool is a walk

    pool → plant (with the shares of ``mix``) → pool (with those of ``feed``), or it ends at the plant,

an absorbing Markov chain, the demand-pull model of W. Leontief (Quantitative Input and Output Relations, Review of
Economics and Statistics 18, 1936; Miller & Blair, Input-Output Analysis, ch. 2 and 6) read backwards. Its sums over
all tiers solve (I - mix·feed)·z = mix·end, so that loops, scrap that is made into what it came from, need no care.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csc_array, csr_array, eye_array
from scipy.sparse.linalg import splu

from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.studies.vulnerabilities.flows import Flows

Pool = tuple[str, str]
"""(country, commodity)."""

_LEAK = 1e-12
"""Of a walk that could go round for ever this share ends at each plant, so that every unit has an origin."""


@dataclass(frozen=True, eq=False)
class Trace:
    """The network.

    ``mix`` (pools × plants) has rows that sum to 1: of a unit in the pool, net of loss, the share made by each plant;
    ``takes`` (plants × pools) is 1 where a plant takes from a pool.
    """

    flows: Flows
    pools: tuple[Pool, ...]
    plants: tuple[str, ...]
    mix: csr_array
    takes: csr_array

    def countries_of_plants(self) -> tuple[str, ...]:
        """Country of each plant, in order."""
        return tuple(self.flows.problem.plants[j].country for j in self.plants)

    def feed(self, weight: Callable[[str], float], *, whole: bool) -> csr_array:
        """Matrix (plants × pools): the share of a plant's output that is made of each pool, by weight.

        With ``whole`` what goes in makes up all of the output (mass: nothing is added); without it makes up its weight
        over that of the output (value: the rest is added), all of it where inputs weigh more than the output. Joint
        products share the inputs by weight.
        """
        problem = self.flows.problem
        place = {pool: i for i, pool in enumerate(self.pools)}
        entries: list[tuple[int, int, float]] = []
        for row, j in enumerate(self.plants):
            amounts = {c: weight(c) * amount for c, amount in problem.inputs[j].items()}
            taken = sum(amounts.values())
            made = sum(weight(c) * amount for c, amount in problem.outputs[j].items())
            base = taken if whole else max(taken, made)
            country = problem.plants[j].country
            entries.extend(
                (row, place[country, c], (1.0 - _LEAK) * amount / base)
                for c, amount in amounts.items()
                if amount > 0 and (country, c) in place
            )
        return _matrix(entries, (len(self.plants), len(self.pools)))


@dataclass(frozen=True, eq=False)
class Walks:
    """All walks back from every pool under one way of weighing.

    ``origin`` (pools × plants): where walks end, rows summing to 1. ``visits`` (pools × pools): how much of each pool,
    by weight, is behind a unit of weight of a pool, all tiers together, itself included.
    """

    trace: Trace
    origin: FloatArray
    visits: FloatArray


def build_trace(flows: Flows) -> Trace:
    """The network of the flows of a year."""
    problem = flows.problem
    makers = _makers(flows)
    arriving: dict[Pool, dict[str, float]] = {}
    for key, amount in flows.shipments.items():
        delivered = amount * (1.0 - problem.lanes[key].loss)
        blend = arriving.setdefault((key.destination, key.commodity), {})
        for j, share in makers.get((key.origin, key.commodity), {}).items():
            blend[j] = blend.get(j, 0.0) + delivered * share
    pools = tuple(sorted(pool for pool, blend in arriving.items() if sum(blend.values()) > 0))
    plants = tuple(sorted(flows.activity))
    column = {j: i for i, j in enumerate(plants)}
    entries = [
        (i, column[j], amount / sum(arriving[pool].values()))
        for i, pool in enumerate(pools)
        for j, amount in arriving[pool].items()
    ]
    place = {pool: i for i, pool in enumerate(pools)}
    takes = [
        (column[j], place[pool], 1.0)
        for j in plants
        for c, amount in problem.inputs[j].items()
        if amount > 0 and (pool := (problem.plants[j].country, c)) in place
    ]
    shape = (len(plants), len(pools))
    return Trace(flows, pools, plants, _matrix(entries, shape[::-1]), _matrix(takes, shape))


def walk(trace: Trace, feed: csr_array) -> Walks:
    """Follow every pool back through all tiers."""
    size = len(trace.pools)
    if size == 0:
        return Walks(trace, np.zeros((0, len(trace.plants))), np.zeros((0, 0)))
    ends = 1.0 - np.asarray(feed.sum(axis=1)).ravel()
    solver = splu(csc_array(eye_array(size) - trace.mix @ feed))
    visits = np.asarray(solver.solve(np.eye(size)))
    origin = (visits @ trace.mix.toarray()) * ends
    return Walks(trace, origin / origin.sum(axis=1, keepdims=True), visits)


def still_made(trace: Trace, stopped: Callable[[str], bool]) -> Mapping[Pool, float]:
    """Share of each pool that is still made, as flows stand, when the plants of some countries make nothing.

    A plant makes no more than the scarcest of what it takes in allows (a recipe leaves no choice); what is left of a
    pool is shared evenly among its users; nobody turns to another supplier, and no stock is used. The largest solution
    of these equations, reached from everything made by letting what fails fail.
    """
    alive = np.array([0.0 if stopped(country) else 1.0 for country in trace.countries_of_plants()])
    users, used = trace.takes.nonzero()
    share = np.ones(len(trace.pools))
    for _ in range(_MOST_ROUNDS):
        scarcest = np.ones(len(trace.plants))
        np.minimum.at(scarcest, users, share[used])
        now = np.asarray(trace.mix @ (alive * scarcest))
        change = float(np.max(np.abs(share - now), initial=0.0))
        share = now
        if change < _SETTLED:
            break
    return dict(zip(trace.pools, (float(value) for value in share), strict=True))


_MOST_ROUNDS = 20_000
_SETTLED = 1e-12


def _makers(flows: Flows) -> dict[Pool, dict[str, float]]:
    """(country, commodity): share of each plant in what the country makes of it."""
    made: dict[Pool, dict[str, float]] = {}
    for j, activity in flows.activity.items():
        for c, amount in flows.problem.outputs[j].items():
            if amount > 0:
                made.setdefault((flows.problem.plants[j].country, c), {})[j] = amount * activity
    return {pool: {j: q / sum(parts.values()) for j, q in parts.items()} for pool, parts in made.items()}


def _matrix(entries: list[tuple[int, int, float]], shape: tuple[int, int]) -> csr_array:
    if not entries:
        return csr_array(shape)
    row, column, value = zip(*entries, strict=True)
    return coo_array((np.array(value), (np.array(row), np.array(column))), shape=shape).tocsr()
