"""What ties nodes together: investments, protections, path costs and CVaR, and the rows of policies.

Said once as plain data: ``formulate()`` writes it out in Pyomo, ``assemble`` in arrays. A row reads

    lower ≤ Σ coefficient · linking column + Σ weight · expression at a node ≤ upper,

an expression being a linear expression that the node's mathematics names (a cost by kind, a policy's numerator …).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import floor, inf

from friendshore.models.formulation.ports import decision_key, protection_key
from friendshore.models.node.block import COUNTED
from friendshore.models.node.parameters import Key, Parameters
from friendshore.models.node.sets import Sets
from friendshore.models.rules import Clause
from friendshore.models.rules.clause import rows_in_scope
from friendshore.models.rules.max_hhi import plane
from friendshore.models.tree.investment import Decision, decisions
from friendshore.models.tree.scenario_tree import BASE, Tree

ExpressionAt = tuple[int, Key]


@dataclass(frozen=True)
class LinkColumn:
    """A decision that belongs to no single node; ``cost`` enters the objective as it is."""

    key: Key
    lower: float = 0.0
    upper: float = inf
    integer: bool = False
    cost: float = 0.0


@dataclass(frozen=True)
class LinkRow:
    """A row across nodes; ``clause`` is the policy's clause it belongs to, if any."""

    key: Key
    lower: float
    upper: float
    columns: Mapping[Key, float] = field(default_factory=dict)
    expressions: Mapping[ExpressionAt, float] = field(default_factory=dict)
    clause: Clause | None = None


@dataclass(frozen=True, eq=False)
class Linking:
    """All linking columns and rows, and the weight of every node expression in the objective."""

    columns: tuple[LinkColumn, ...]
    rows: tuple[LinkRow, ...]
    objective: Mapping[ExpressionAt, float]


def build_linking(sets: Sets, tree: Tree, parameters: Parameters, clauses: tuple[Clause, ...]) -> Linking:
    """The linking of a problem on its tree."""
    columns = [*_investment_columns(sets, tree), *_risk_columns(sets, tree)]
    rows = [*_investment_rows(sets, tree), *_risk_rows(sets, tree)]
    for clause in clauses:
        for made, row in _rows_of(sets, tree, parameters, clause):
            columns.extend(made)
            rows.append(row)
    neutral = 1.0 - sets.problem.settings.risk_aversion
    weighed = (tree.weight * tree.discount).tolist()
    objective = {(n, COUNTED): neutral * weight for n, weight in enumerate(weighed) if weight > 0}
    return Linking(tuple(columns), tuple(rows), objective)


# -- investments and protections --------------------------------------------------------------------------------


def _investment_columns(sets: Sets, tree: Tree) -> Iterator[LinkColumn]:
    problem = sets.problem
    for decision in decisions(problem, tree).offered:
        row = problem.expansions[decision.expansion]
        on_base = tree.nodes[decision.node].scenario == BASE
        whole = row.integer and (on_base or problem.settings.branch_investment == "integer")
        most = floor(row.max_units + 1e-9) if whole else row.max_units
        yield LinkColumn(decision_key(decision), 0.0, float(most), whole)
    for name in sets.protections:
        yield LinkColumn(protection_key(name), 0.0, 1.0, True)


def _investment_rows(sets: Sets, tree: Tree) -> Iterator[LinkRow]:
    """At most ``max_units`` on any path, and never more than what an expansion requires, cumulated in time."""
    seen: set[tuple[Key, ...]] = set()
    met: set[int] = set()  # branches share their parents' tuples of decisions
    for scenario, chosen in decisions(sets.problem, tree).on_path.items():
        if id(chosen) in met:
            continue
        met.add(id(chosen))
        for name, row in sets.problem.expansions.items():
            mine = [d for d in chosen if d.expansion == name]
            signature = ("units", name, *mine)
            if len(mine) > 0 and signature not in seen:
                seen.add(signature)
                yield LinkRow(("units", scenario, name), -inf, row.max_units, {decision_key(d): 1.0 for d in mine})
            if row.requires:
                yield from _requires_rows(
                    scenario, name, mine, [d for d in chosen if d.expansion == row.requires], seen
                )


def _requires_rows(
    scenario: str, name: str, mine: list[Decision], needed: list[Decision], seen: set[tuple[Key, ...]]
) -> Iterator[LinkRow]:
    for last in mine:
        earlier = [d for d in mine if (d.time, d.node) <= (last.time, last.node)]
        standing = [d for d in needed if (d.time, d.node) <= (last.time, last.node)]
        signature = ("requires", name, *earlier, None, *standing)
        if signature not in seen:
            seen.add(signature)
            terms = {decision_key(d): 1.0 for d in earlier} | {decision_key(d): -1.0 for d in standing}
            yield LinkRow(("requires", scenario, name, last.node), -inf, 0.0, terms)


# -- risk: CVaR_α of path costs (Rockafellar & Uryasev 2000, theorem 1) ------------------------------------------


def _likely(tree: Tree) -> list[str]:
    return [s for s in tree.scenarios if tree.probability(s) > 0]


def _risk_columns(sets: Sets, tree: Tree) -> Iterator[LinkColumn]:
    settings = sets.problem.settings
    if settings.risk_aversion == 0:
        return
    for n in range(len(tree.nodes)):
        if tree.weight[n] > 0:
            yield LinkColumn(("node_cost", n), -inf)
    yield LinkColumn(("value_at_risk",), -inf, cost=settings.risk_aversion)
    for scenario in _likely(tree):
        share = tree.probability(scenario) / (1.0 - settings.cvar_alpha)
        yield LinkColumn(("excess", scenario), cost=settings.risk_aversion * share)


def _risk_rows(sets: Sets, tree: Tree) -> Iterator[LinkRow]:
    if sets.problem.settings.risk_aversion == 0:
        return
    for n, discount in enumerate(tree.discount.tolist()):
        if tree.weight[n] > 0:
            yield LinkRow(("node_cost", n), 0.0, 0.0, {("node_cost", n): 1.0}, {(n, COUNTED): -discount})
    for scenario in _likely(tree):
        terms: dict[Key, float] = {("node_cost", n): 1.0 for n in tree.paths[scenario]}
        terms |= {("value_at_risk",): -1.0, ("excess", scenario): -1.0}
        yield LinkRow(("excess", scenario), -inf, 0.0, terms)


# -- policies -----------------------------------------------------------------------------------------------------


Made = tuple[tuple[LinkColumn, ...], LinkRow]


def _rows_of(sets: Sets, tree: Tree, parameters: Parameters, clause: Clause) -> Iterator[Made]:
    if clause.tail:
        return _tail_rows(sets, tree, parameters, clause)
    return _cone_rows(clause) if clause.cone else _clause_rows(clause)


def _slack(clause: Clause, row: str) -> tuple[LinkColumn, ...]:
    if clause.policy.penalty is None:
        return ()
    return (LinkColumn(("slack", clause.label, row), cost=clause.policy.penalty),)


def _clause_rows(clause: Clause) -> Iterator[Made]:
    """Numerator − limit · denominator − slack ≤ 0, or + slack ≥ 0."""
    for name, weights in clause.rows.items():
        slack = _slack(clause, name)
        expressions = {(n, ("numerator", clause.label)): w for n, w in weights.items()}
        for n, w in clause.denominator_weights(name).items():
            expressions[n, ("denominator", clause.label)] = -clause.policy.limit * w
        lower, upper, sign = (-inf, 0.0, -1.0) if clause.at_most else (0.0, inf, 1.0)
        yield (
            slack,
            LinkRow(("policy", clause.label, name), lower, upper, {c.key: sign for c in slack}, expressions, clause),
        )


def _cone_rows(clause: Clause) -> Iterator[Made]:
    """The first tangent planes of a cone: no single supplier delivers more than √limit of all."""
    for name in clause.rows:
        columns = _slack(clause, name)
        for supplier in clause.suppliers:
            yield columns, plane_row(clause, name, {supplier: 1.0}, supplier)
            columns = ()


def plane_row(clause: Clause, name: str, direction: Mapping[str, float], mark: Key) -> LinkRow:
    """The tangent plane a · X − √limit · T − slack ≤ 0 of a cone, ``mark`` telling it from the others."""
    slack = {c.key: -1.0 for c in _slack(clause, name)}
    return LinkRow(("policy", clause.label, name, mark), -inf, 0.0, slack, plane(clause, name, direction), clause)


def _demand(sets: Sets, parameters: Parameters, clause: Clause, node: int) -> float:
    return sum(parameters.at("demand", i, node) for i in rows_in_scope(sets, clause))


def _tail_rows(sets: Sets, tree: Tree, parameters: Parameters, clause: Clause) -> Iterator[Made]:
    """η + Σ pₛ yₛ/(1−α) − slack ≤ limit with yₛ ≥ (numerator ÷ denominator on the path of s) − η."""
    alpha = sets.problem.settings.cvar_alpha
    eta: Key = ("tail_value", clause.label)
    excess: dict[str, Key] = {s: ("tail_excess", clause.label, s) for s in clause.rows}
    for scenario, weights in clause.rows.items():
        needed = sum(w * _demand(sets, parameters, clause, n) for n, w in weights.items())
        share = 1.0 / needed if needed > 0 else 0.0
        expressions = {(n, ("numerator", clause.label)): w * share for n, w in weights.items() if share}
        terms = {eta: -1.0, excess[scenario]: -1.0}
        row = LinkRow(("tail_excess", clause.label, scenario), -inf, 0.0, terms, expressions)
        yield (LinkColumn(excess[scenario]),), row
    slack = _slack(clause, "cvar")
    total: dict[Key, float] = {eta: 1.0} | {c.key: -1.0 for c in slack}
    total |= {key: tree.probability(s) / (1.0 - alpha) for s, key in excess.items()}
    columns = (LinkColumn(eta, -inf), *slack)
    yield columns, LinkRow(("policy", clause.label, "cvar"), -inf, clause.policy.limit, total, {}, clause)
