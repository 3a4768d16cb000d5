"""What a question measures: as a row over the columns of a program, and as a number read off a plan.

The two are worked out apart from each other, one from the model and one from the tables of a certified plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from friendshore.models.formulation.keys import Closed, Decided, Protected
from friendshore.models.lane import LaneKey
from friendshore.models.node.parameters import Key
from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.closing import closings
from friendshore.models.tree.investment import decisions
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.studies.alternatives.questions import About, Question, delivered, planned


@dataclass(frozen=True, eq=False)
class Measure:
    """A linear amount of a plan, or a share of one in another.

    ``slope`` has a coefficient for each column of the program; ``of`` those of what it is a share of, None where it is
    no share.
    """

    slope: FloatArray
    of: FloatArray | None = None

    def value(self, x: FloatArray) -> float:
        """What it is in a solution, shape (columns); 0 for a share of nothing."""
        amount = float(self.slope @ x)
        if self.of is None:
            return amount
        whole = float(self.of @ x)
        return amount / whole if whole > 0 else 0.0

    def beyond(self, level: float) -> FloatArray:
        """Coefficients of the amount less ``level`` times what it is a share of; of the amount where it is none."""
        return self.slope if self.of is None else self.slope - level * self.of


def measure_of(assembled: Assembled, question: Question) -> Measure:
    """What a question measures, over the columns of a program."""
    slope = np.zeros(assembled.program.columns)
    if question.about is About.SHARE:
        whole = np.zeros(assembled.program.columns)
        for place, origin in _deliveries(assembled, question.commodity):
            whole[place] += 1.0
            slope[place] += float(origin == question.name)
        return Measure(slope, whole)
    for place, value in _ROWS[question.about](assembled, question):
        slope[place] += value
    return Measure(slope)


def value_in(plan: Plan, question: Question) -> float:
    """What a question measures, in a plan; 0 for a share of nothing."""
    return _VALUES[question.about](plan, question)


Row = Iterator[tuple[int, float]]


def _base(assembled: Assembled) -> list[int]:
    """The nodes of the base path in periods that are planned."""
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    return [n for n in tree.own_nodes[BASE] if not problem.periods[tree.nodes[n].period].look_ahead]


def _units(assembled: Assembled) -> Iterator[tuple[int, str, int]]:
    """Columns of units decided as planned: place, expansion, period."""
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    nodes = set(_base(assembled))
    for decision in decisions(problem, tree).offered:
        if decision.node in nodes:
            yield (assembled.link_column[Decided.of(decision)], decision.expansion, tree.nodes[decision.node].period)


def _project(assembled: Assembled, question: Question) -> Row:
    return ((place, 1.0) for place, name, _ in _units(assembled) if name == question.name)


def _protection(assembled: Assembled, question: Question) -> Row:
    problem = assembled.model_data.problem
    for t in problem.bought_in(problem.protections[question.name]):
        if not problem.periods[t].look_ahead:
            yield assembled.link_column[Protected(question.name, t)], 1.0


def _closing(assembled: Assembled, question: Question) -> Row:
    nodes = set(_base(assembled))
    for closing in closings(assembled.model_data.problem, assembled.model_data.tree):
        if closing.plant == question.name and closing.node in nodes:
            yield assembled.link_column[Closed.of(closing)], 1.0


def _size(problem: Problem, question: Question, expansion: str) -> float:
    """What a unit of an expansion adds to the capacity that is asked about."""
    row = problem.expansions[expansion]
    if not row.plant or problem.country_of(row) != question.name:
        return 0.0
    return row.size * problem.outputs[row.plant].get(question.commodity, 0.0)


def per_unit(problem: Problem, question: Question) -> dict[str, tuple[float, float]]:
    """What a unit of each project adds to capacity or spending: the least and the most over the periods.

    Parameters
    ----------
    problem
        A valid problem.
    question
        About capacity or spending.

    Returns
    -------
    dict[str, tuple[float, float]]
        By expansion, those left out that add nothing or are not asked about.
    """
    added: dict[str, tuple[float, float]] = {}
    for name, row in problem.expansions.items():
        if row.opened_by or row.max_units <= 0:
            continue
        if question.about is About.CAPACITY:
            amounts = [_size(problem, question, name)]
        elif problem.payer_of(row) == question.name:
            amounts = [problem.at(t).expansions[name].capex for t in range(len(problem.periods))]
        else:
            amounts = [0.0]
        if max(amounts) > 0:
            added[name] = min(amounts), max(amounts)
    return added


def _capacity(assembled: Assembled, question: Question) -> Row:
    problem = assembled.model_data.problem
    return ((place, _size(problem, question, name)) for place, name, _ in _units(assembled))


def _spending(assembled: Assembled, question: Question) -> Row:
    problem = assembled.model_data.problem
    for place, name, period in _units(assembled):
        if problem.payer_of(problem.expansions[name]) == question.name:
            yield place, problem.at(period).expansions[name].capex


def _stock(assembled: Assembled, question: Question) -> Row:
    problem, tree = assembled.model_data.problem, assembled.model_data.tree
    nodes = _base(assembled)
    years = sum(tree.nodes[n].length for n in nodes)
    for name, row in problem.stockpiles.items():
        if (row.country, row.commodity) == (question.name, question.commodity):
            for n in nodes:
                place = int(assembled.node_columns[n, assembled.own_column["level", name]])
                yield place, tree.nodes[n].length / years


def _deliveries(assembled: Assembled, commodity: str) -> Iterator[tuple[int, str]]:
    """Columns of what the coalition takes in of a commodity, and where it comes from."""
    sets, allies = assembled.model_data.sets, set(assembled.model_data.problem.coalition)
    lanes: list[tuple[tuple[str, Key], LaneKey]] = [(("shipped", lane), lane) for lane in sets.shipments]
    lanes += [(("released", pair), sets.ends(pair)) for pair in sets.releases_abroad]
    for name, lane in lanes:
        if lane.commodity == commodity and lane.destination in allies:
            for n in _base(assembled):
                place = int(assembled.node_columns[n, assembled.own_column[name]])
                if place >= 0:
                    yield place, lane.origin


_ROWS: dict[About, Callable[[Assembled, Question], Row]] = {
    About.PROJECT: _project,
    About.PROTECTION: _protection,
    About.CLOSING: _closing,
    About.CAPACITY: _capacity,
    About.SPENDING: _spending,
    About.STOCK: _stock,
}


# -- in a plan --------------------------------------------------------------------------------------------------------


def _decided(plan: Plan) -> Iterator[tuple[str, str, float]]:
    rows = planned(plan, plan.investments)
    return zip(rows["expansion"], rows["period"], rows["units"].astype(float), strict=True)


def _units_in(plan: Plan, question: Question) -> float:
    return sum(units for name, _, units in _decided(plan) if name == question.name)


def _bought_in(plan: Plan, question: Question) -> float:
    rows = plan.protections[plan.protections["protection"] == question.name]
    if "period" in rows:
        ahead = {period.period for period in plan.problem.periods if period.look_ahead}
        rows = rows[~rows["period"].isin(ahead)]
    return float(rows["bought"].sum())


def _closed_in(plan: Plan, question: Question) -> float:
    rows = planned(plan, plan.closings)
    return float((rows["plant"] == question.name).any())


def _capacity_in(plan: Plan, question: Question) -> float:
    return sum(_size(plan.problem, question, name) * units for name, _, units in _decided(plan))


def _spending_in(plan: Plan, question: Question) -> float:
    problem = plan.problem
    place = {period.period: t for t, period in enumerate(problem.periods)}
    return sum(
        problem.at(place[label]).expansions[name].capex * units
        for name, label, units in _decided(plan)
        if problem.payer_of(problem.expansions[name]) == question.name
    )


def _stock_in(plan: Plan, question: Question) -> float:
    nodes = planned(plan, plan.nodes)[["period", "step", "years"]]
    rows = planned(plan, plan.stocks).merge(nodes, on=["period", "step"])
    names = {
        name
        for name, row in plan.problem.stockpiles.items()
        if (row.country, row.commodity) == (question.name, question.commodity)
    }
    mine = rows[rows["stockpile"].isin(names)]
    return float((mine["level"] * mine["years"]).sum()) / float(nodes["years"].sum())


def _share_in(plan: Plan, question: Question) -> float:
    rows = delivered(plan)
    rows = rows[rows["commodity"] == question.commodity]
    whole = float(rows["quantity"].sum())
    return float(rows[rows["origin"] == question.name]["quantity"].sum()) / whole if whole > 0 else 0.0


_VALUES: dict[About, Callable[[Plan, Question], float]] = {
    About.PROJECT: _units_in,
    About.PROTECTION: _bought_in,
    About.CLOSING: _closed_in,
    About.CAPACITY: _capacity_in,
    About.SPENDING: _spending_in,
    About.STOCK: _stock_in,
    About.SHARE: _share_in,
}
