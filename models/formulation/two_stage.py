"""A problem split in two stages: what all paths share, and what belongs to one family of branches alone.

A *family* is a branch of positive probability that leaves the base path, with all that leave it in turn. Shared is the
base path from beginning to end, every branch of probability 0 that leaves it (stress tests: what they demand is asked
of what is shared), investments and protections. Given what is shared, the families know nothing of each other: the
two-stage form of the tree (Birge & Louveaux, Introduction to Stochastic Programming, ch. 2; the split that the L-shaped
method needs). A row that spans several families – an expected shortage, say – is taken apart: each family gets a
share of it, which is decided with what is shared (Dantzig & Wolfe's resource-directive decomposition, exactly the same
optimum).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf

from friendshore.models.clauses.cone import ConeClause
from friendshore.models.formulation.keys import Protected, Share
from friendshore.models.formulation.model_data import ModelData, build_model_data
from friendshore.models.node.link import LinkColumn, LinkKey, LinkRow
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption
from friendshore.models.tree.branch import BASE
from friendshore.models.tree.scenario_tree import Tree

SHARED = ""
"""Home of what belongs to no family."""


@dataclass(frozen=True, eq=False)
class TwoStage:
    """The split of a problem.

    ``probability`` of each family that its branches are left for, base (nothing happens) first; ``nodes`` and
    ``columns`` and ``rows`` (with the shares of those that span families) by home, ``SHARED`` among them.
    """

    model_data: ModelData
    probability: Mapping[str, float]
    nodes: Mapping[str, tuple[int, ...]]
    columns: Mapping[str, tuple[LinkColumn, ...]]
    rows: Mapping[str, tuple[LinkRow, ...]]


def two_stage(problem: Problem) -> TwoStage:
    """The families of a problem, every choice of members that policies test included.

    Raises
    ------
    ValueError
        For a policy that is a cone, and so no set of linear rows, which only solve can meet.
    """
    model_data = build_model_data(problem, every_disruption(problem))
    cones = {
        clause.policy.policy: clause.policy.kind for clause in model_data.clauses if isinstance(clause, ConeClause)
    }
    if cones:
        kinds, names = sorted(set(cones.values())), sorted(cones)
        raise ValueError(
            f"{', '.join(kinds)} is a cone, which a linear model cannot hold: leave out {', '.join(names)}"
        )
    tree = model_data.tree
    family = _families(tree)
    probability = {BASE: tree.base_probability}
    for scenario, name in family.items():
        if name != SHARED and scenario != BASE:
            probability[name] = probability.get(name, 0.0) + tree.probability(scenario)
    home = [family[node.scenario] for node in tree.nodes]
    columns = _column_homes(model_data, home)
    made_columns: dict[str, list[LinkColumn]] = {name: [] for name in (SHARED, *probability)}
    made_rows: dict[str, list[LinkRow]] = {name: [] for name in (SHARED, *probability)}
    for column in model_data.linking.columns:
        made_columns[columns[column.key]].append(column)
    for row in model_data.linking.rows:
        _place(row, columns, home, made_columns, made_rows)
    return TwoStage(
        model_data,
        probability,
        {name: tuple(n for n, where in enumerate(home) if where == name) for name in (SHARED, *probability)},
        {name: tuple(made) for name, made in made_columns.items()},
        {name: tuple(made) for name, made in made_rows.items()},
    )


def _families(tree: Tree) -> dict[str, str]:
    """The family of each scenario; ``SHARED`` for base and for stress branches that leave it."""
    found = {BASE: SHARED}
    for scenario in tree.branches:
        first = tree.lineage(scenario)[-1]
        found[scenario] = first if tree.branches[first].probability > 0 else SHARED
    return found


def _column_homes(model_data: ModelData, home: list[str]) -> dict[LinkKey, str]:
    """Where each linking column belongs: to its node's family, or to the one family whose rows it stands in."""
    found: dict[LinkKey, str] = {}
    for column in model_data.linking.columns:
        node = column.key.home(model_data.tree)
        if node is not None:
            found[column.key] = home[node]
        elif isinstance(column.key, Protected):
            found[column.key] = SHARED
    met: dict[LinkKey, set[str]] = {}
    for row in model_data.linking.rows:
        touched = _touched(row, found, home)
        for key in row.columns:
            if key not in found:
                met.setdefault(key, set()).update(touched or {SHARED})
    for column in model_data.linking.columns:
        names = met.get(column.key, {SHARED})
        found.setdefault(column.key, next(iter(names)) if len(names) == 1 else SHARED)
    return found


def _touched(row: LinkRow, columns: Mapping[LinkKey, str], home: list[str]) -> set[str]:
    names = {home[n] for n, _ in row.expressions} | {columns[key] for key in row.columns if key in columns}
    return names - {SHARED}


def _place(
    row: LinkRow,
    columns: Mapping[LinkKey, str],
    home: list[str],
    made_columns: dict[str, list[LinkColumn]],
    made_rows: dict[str, list[LinkRow]],
) -> None:
    """Put a row where it belongs; one that spans families is taken apart."""
    touched = sorted(_touched(row, columns, home))
    if len(touched) < 2:
        made_rows[touched[0] if touched else SHARED].append(row)
        return
    shared = replace(
        row,
        columns={key: value for key, value in row.columns.items() if columns[key] == SHARED},
        expressions={at: weight for at, weight in row.expressions.items() if home[at[0]] == SHARED},
    )
    shares: dict[LinkKey, float] = {}
    for name in touched:
        share = Share(row.key, name)
        shares[share] = 1.0
        made_columns[SHARED].append(LinkColumn(share, -inf))
        mine = {key: value for key, value in row.columns.items() if columns[key] == name}
        made_rows[name].append(
            LinkRow(
                share,
                -inf if row.lower == -inf else 0.0,
                inf if row.upper == inf else 0.0,
                mine | {share: -1.0},
                {at: weight for at, weight in row.expressions.items() if home[at[0]] == name},
            )
        )
    made_rows[SHARED].append(replace(shared, columns=dict(shared.columns) | shares))
