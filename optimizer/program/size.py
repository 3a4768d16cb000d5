"""How large the program of a problem will be, told from its sheets before anything is built, and whether it fits.

At every node there stand columns for each lane, process, release, stock and row of demand, once more for each group of
suppliers and goods whose parts a policy tracks, and rows that balance and bound them. What is there at a node is
counted from the index sets, each family as if it stood at all nodes, and multiplied by the nodes of the tree, which
are counted path by path. So the estimate is on the safe side; counting ends as soon as it is beyond the limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf, isfinite

from friendshore.models import rules
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding, InvalidProblem
from friendshore.models.node.sets import Sets
from friendshore.models.problem import Problem
from friendshore.models.tree.branch import BASE, Branch
from friendshore.models.tree.scenario_tree import node_counts
from friendshore.optimizer.system.memory import free_memory
from friendshore.optimizer.wording.counts import counted

GIGABYTE = 1e9
AT_REST = 0.3 * GIGABYTE
"""Bytes that the program takes before it knows of any problem, the libraries included."""
BYTES_A_COLUMN = 900.0
"""Bytes at the peak of a whole solve for each column, with its rows and entries; measured, see ``docs/trust.md``."""
SHARE = 0.8
"""Share of the free memory that a problem may need where no limit is given."""
LARGE = 0.3
"""Share of the whole from which on a row of a sheet is said to make it large."""


@dataclass(frozen=True)
class ProgramSize:
    """Estimated counts of the program of the whole tree, and the bytes that solving it takes at its peak.

    ``branches`` holds the nodes of each path; where ``whole`` is false they were counted only until it was too much.
    """

    rows_of_node: int
    columns_of_node: int
    branches: Mapping[str, int]
    made_by: Mapping[str, Branch] = field(default_factory=dict)
    whole: bool = True

    @property
    def nodes(self) -> int:
        """Nodes of the tree."""
        return sum(self.branches.values())

    @property
    def rows(self) -> int:
        """Rows of the program."""
        return self.nodes * self.rows_of_node

    @property
    def columns(self) -> int:
        """Columns of the program."""
        return self.nodes * self.columns_of_node

    @property
    def bytes(self) -> float:
        """Memory at the peak."""
        return AT_REST + BYTES_A_COLUMN * self.columns


def program_size(problem: Problem, most: float = inf) -> ProgramSize:
    """The size of a problem; disruptions that policies add as a plan fails them are left out, which are few.

    Parameters
    ----------
    problem
        A valid problem.
    most
        Bytes beyond which counting ends.

    Returns
    -------
    ProgramSize
        The estimate.
    """
    rows, columns = _of_node(Sets(problem))
    generated = rules.stress_branches(problem, {})
    branches: dict[str, int] = {}
    made_by: dict[str, Branch] = {}
    nodes = 0
    for branch, count in node_counts(problem, generated):
        name = BASE if branch is None else branch.name
        branches[name] = count
        if branch is not None:
            made_by[name] = branch
        nodes += count
        if AT_REST + BYTES_A_COLUMN * columns * nodes > most:
            return ProgramSize(rows, columns, branches, made_by, whole=False)
    return ProgramSize(rows, columns, branches, made_by)


def _of_node(sets: Sets) -> tuple[int, int]:
    """Rows and columns at a node, as if everything stood at each."""
    problem = sets.problem
    splits = len({(p.suppliers, p.commodity) for p in problem.policies if rules.rule_of(p).parts})
    stocks, balances = len(sets.stockpiles), len(sets.supplies) + len(sets.uses)
    moved = len(sets.shipments) + len(sets.releases) + len(sets.processes)
    split = moved + 2 * stocks + len(sets.demand)
    columns = split + len(sets.surplus) + len(sets.protectors) + stocks
    lanes = sum(isfinite(problem.lanes[way].capacity) for way in sets.shipments)
    kept = sum(2 ** min(len(covering), 10) for covering in sets.protectors.values())
    rows = len(sets.plants) + kept + balances + lanes + 3 * stocks + len(sets.releases_abroad)
    return rows + splits * (split + balances), columns + splits * split


def refuse_too_large(problem: Problem, memory_limit: float | None = None) -> None:
    """Refuse a problem that does not fit into memory, before anything of it is built.

    Parameters
    ----------
    problem
        A valid problem.
    memory_limit
        Bytes that it may take; None: ``memory_limit`` of Settings, where that is blank most of what the machine has
        free, no limit where the system does not say.

    Raises
    ------
    InvalidProblem
        With FS319, which tells the estimate and what makes it large.
    """
    limit = _limit(problem.settings.memory_limit) if memory_limit is None else memory_limit
    size = program_size(problem, limit)
    if size.bytes > limit:
        raise InvalidProblem((_finding(problem, size, limit), *problem.warnings))


def _limit(gigabytes: float | None) -> float:
    """Bytes that the sheet allows, or what the machine has free."""
    if gigabytes is not None:
        return GIGABYTE * gigabytes
    free = free_memory()
    return inf if free is None else SHARE * free


def _finding(problem: Problem, size: ProgramSize, limit: float) -> Finding:
    causes = sorted(_causes(problem, size), key=lambda cause: -cause.share)
    told = "; ".join(cause.words for cause in causes)
    about = "about" if size.whole else "more than"
    message = (
        f"found {about} {size.columns:,} columns and {size.rows:,} rows at {counted(size.nodes, 'node')} of the tree, "
        f"which take some {size.bytes / GIGABYTE:,.1f} GB of memory; {limit / GIGABYTE:,.1f} GB may be used"
        f"{f'. {told}' if told else ''}"
    )
    sheet, row = (causes[0].sheet, causes[0].row) if causes else ("Periods", 0)
    return make_finding("FS319", sheet, message, row)


@dataclass(frozen=True)
class _Cause:
    """What share of the whole something makes, in words, and its sheet and row."""

    share: float
    words: str
    sheet: str
    row: int


def _causes(problem: Problem, size: ProgramSize) -> Iterator[_Cause]:
    sets = Sets(problem)
    lanes = Counter(problem.lanes[way].row for way in sets.shipments)
    for place, count in lanes.items():
        if place >= 0 and count > LARGE * size.columns_of_node:
            row = problem.tables.lanes[place].row
            yield _Cause(count / size.columns_of_node, f"Lanes row {row} alone makes {count:,} lanes", "Lanes", row)
    rows = {("Scenarios", row.scenario): row.row for row in problem.tables.scenarios}
    rows |= {("Policies", row.policy): row.row for row in problem.policies}
    nodes: Counter[tuple[str, str]] = Counter()
    paths: Counter[tuple[str, str]] = Counter()
    for name, branch in size.made_by.items():
        maker = ("Policies", branch.policy) if branch.policy else ("Scenarios", branch.scenario or branch.name)
        nodes[maker] += size.branches[name]
        paths[maker] += 1
    for (sheet, name), count in nodes.items():
        if count > LARGE * size.nodes:
            row = rows.get((sheet, name), 0)
            words = f"{sheet} row {row} makes {counted(paths[sheet, name], 'path')} of {count:,} nodes"
            yield _Cause(count / size.nodes, words, sheet, row)
    if size.made_by and not any(count > LARGE * size.nodes for count in nodes.values()):
        words = f"{counted(len(size.made_by), 'path')} of scenarios and stops make {size.nodes:,} nodes"
        yield _Cause(0.0, words, "Scenarios", 0)
