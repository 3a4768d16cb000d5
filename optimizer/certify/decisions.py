"""Units of expansions: which a path carries, when they serve, and what share of them it pays."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from friendshore.models.tables import Expansion
from friendshore.optimizer.certify.frames import Frame, NodeFinder
from friendshore.optimizer.certify.network import Network
from friendshore.optimizer.certify.numbers import TINY, Array, UnreadableError
from friendshore.optimizer.certify.scenarios import BASE
from friendshore.optimizer.certify.tree import Branch, Tree


@dataclass(frozen=True)
class Decision:
    """Units of one expansion (its place on the sheet) decided at the start of one node."""

    expansion: int
    units: float
    branch: str
    node: int
    period: int
    time: float


def decides(branch: Branch, setting: str) -> bool:
    """Whether a path decides on units of its own (formulation, V.2)."""
    return branch.name == BASE or (setting != "plan" and branch.probability > 0)


def opens(row: Expansion, branch: Branch, tree: Tree, setting: str) -> bool:
    """Whether an expansion may be decided on a path.

    Parameters
    ----------
    row
        An expansion.
    branch
        The path.
    tree
        The scenario tree.
    setting
        ``branch_investment`` of Settings.

    Returns
    -------
    bool
        What a scenario opens may on its path, and on those that leave it and decide for themselves; all else where a
        path decides.
    """
    if not row.opened_by:
        return decides(branch, setting)
    above = [branch.name]
    while above[-1] != BASE:
        above.append(tree.branches[above[-1]].parent)
    return row.opened_by == branch.name or (row.opened_by in above and decides(branch, setting))


def read_decisions(frame: Frame, finder: NodeFinder, network: Network, tree: Tree) -> dict[str, list[Decision]]:
    """The units decided at the own nodes of each branch; a branch that builds what its parent builds has no row.

    Parameters
    ----------
    frame
        Table ``investments`` of the plan.
    finder
        Finds the nodes of its rows.
    network
        Its expansions, in the order of the sheet.
    tree
        The scenario tree.

    Returns
    -------
    dict[str, list[Decision]]
        Decisions by scenario, ``base`` among them, in the order of the rows.

    Raises
    ------
    UnreadableError
        Where a row names what does not exist, says something twice, or belongs to a branch that decides
        nothing.
    """
    by_branch: dict[str, list[Decision]] = {name: [] for name in tree.branches}
    nodes = finder.nodes(frame)
    expansions = frame.places("expansion", [row.expansion for row in network.tables.expansions])
    units = frame.numbers("units")
    frame.once(nodes * max(1, len(network.tables.expansions)) + expansions, "a node and expansion")
    owner = [branch for branch in tree.branches.values() for _ in branch.start]
    for node, expansion, amount in zip(nodes, expansions, units, strict=True):
        branch = owner[node]
        row = network.tables.expansions[expansion]
        if not opens(row, branch, tree, network.tables.settings.branch_investment):
            where = f"investments: {branch.name}"
            if row.opened_by:
                raise UnreadableError(f"{where} decides on {row.expansion}, which {row.opened_by} opens")
            raise UnreadableError(f"{where} builds what {branch.parent} builds and decides nothing")
        place = int(node) - branch.first
        by_branch[branch.name].append(
            Decision(
                int(expansion),
                float(amount),
                branch.name,
                int(node),
                int(branch.period[place]),
                float(branch.start[place]),
            )
        )
    return by_branch


def carried(own: dict[str, list[Decision]], tree: Tree, setting: str) -> dict[str, list[Decision]]:
    """The decisions that stand on each path: the parent's, where it decides anew those before the onset, and its own.

    Parameters
    ----------
    own
        Decisions at the own nodes of each branch, by scenario.
    tree
        The scenario tree.
    setting
        ``branch_investment`` of Settings.

    Returns
    -------
    dict[str, list[Decision]]
        Decisions that stand on the path of each scenario.
    """
    stand: dict[str, list[Decision]] = {}
    for name, branch in tree.branches.items():
        if name == BASE:
            stand[name] = own[name]
        elif not decides(branch, setting):
            stand[name] = stand[branch.parent] + own[name]
        else:
            onset = float(branch.start[0])
            kept = [d for d in stand[branch.parent] if d.time < onset - TINY or (d.branch == BASE and d.time <= TINY)]
            stand[name] = kept + own[name]
    return stand


def service(row: Expansion, time: float) -> tuple[float, float]:
    """[t + lead, t + lead + life): when a unit decided at t serves."""
    first = time + row.lead_years
    return first, inf if row.life_years is None else first + row.life_years


def in_service(
    decisions: list[Decision], expansions: tuple[Expansion, ...], branch: Branch, base: Branch, *, ramped: bool = False
) -> Array:
    """Units that count at each own node of a branch.

    Parameters
    ----------
    decisions
        Decisions that stand on the path.
    expansions
        Expansions, in the order of the sheet.
    branch
        A branch.
    base
        The base path.
    ramped
        Whether a unit counts by the share of its size that its ramp says, as for capacity; else whole, as for cost.

    Returns
    -------
    Array
        Own nodes × expansions: units that serve during the whole base step that holds the node, or, where a branch
        decided them, during the whole node.
    """
    units = np.zeros((len(branch.start), len(expansions)))
    for decision in decisions:
        first, last = service(expansions[decision.expansion], decision.time)
        whole = base if decision.branch == BASE else branch
        held = branch.held_by if decision.branch == BASE else np.arange(len(branch.start))
        start, end = whole.start[held], whole.start[held] + whole.years[held]
        serving = (start > first - TINY) & (end < last + TINY)
        share = ramp_shares(expansions[decision.expansion], decision.time, start, end) if ramped else 1.0
        units[:, decision.expansion] += np.where(serving, share, 0.0) * decision.units
    return units


def ramp_shares(expansion: Expansion, time: float, start: Array, end: Array) -> Array:
    """The least share of its size that a unit reaches in each stretch, by years since it came into service.

    Parameters
    ----------
    expansion
        Its ramp counts from the end of its lead.
    time
        When the unit is decided; years from the start of the horizon.
    start, end
        Start and end of each stretch; years from the start of the horizon.

    Returns
    -------
    Array
        By stretch, from 0 to 1; of no meaning where the unit does not serve.
    """
    steps = np.array([*expansion.ramp, 1.0])
    begun = time + expansion.lead_years
    first = np.floor(start - begun + TINY).astype(int)
    last = np.ceil(end - begun - TINY).astype(int) - 1
    spans = zip(np.clip(first, 0, len(steps) - 1), np.clip(last, 0, len(steps) - 1), strict=True)
    return np.array([steps[low : high + 1].min() for low, high in spans])


def kappa(row: Expansion, time: float, horizon: float, rate: float) -> float:
    """κ: the share of the asset's life paid within the horizon.

    Parameters
    ----------
    row
        Expansion whose life is paid for; years.
    time
        When its units are decided; years from the start of the horizon.
    horizon
        End of the last period; years.
    rate
        Discount rate a year.

    Returns
    -------
    float
        From 0 to 1: the years in service before the horizon over the life, discounted as annuities; 1 where
        ``life_years`` is blank.
    """
    if row.life_years is None:
        return 1.0
    served = max(0.0, min(row.life_years, horizon - time - row.lead_years))
    if rate == 0.0:
        return served / row.life_years
    growth = 1.0 + rate
    return float((1.0 - growth**-served) / (1.0 - growth**-row.life_years))
