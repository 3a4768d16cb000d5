"""max_share: X(K, R, c, n) ≤ limit · T(R, c, n) at each node at which it holds (formulation, 7)."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.clauses.clause import Clause
from friendshore.models.clauses.rule import PlainRule, PolicyCheck
from friendshore.models.clauses.shares import share_clauses
from friendshore.models.clauses.terms import deliveries, intake
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.node.block import NodeBlock
from friendshore.models.node.expression import Linear
from friendshore.models.problem import Problem
from friendshore.models.tables import Policy, Stockpile
from friendshore.models.tables.policy_kinds import EACH_OF_THE_COALITION, SHARE, WINDOW, PolicyKind
from friendshore.models.tree.scenario_tree import Tree


def third_country_stock(problem: Problem, policy: Policy) -> Iterator[Finding]:
    """FS503: a stockpile in a third country serves the consumers, so that supplies may change their origin there."""
    for stock in problem.tables.stockpiles:
        if _passes_through(problem, policy, stock):
            message = (
                f"found that stockpile {stock.stockpile!r} in {stock.country!r} serves the consumers: what it "
                f"releases counts for {stock.country!r}, wherever it was made"
            )
            yield make_finding("FS503", "Policies", message, policy.row, "suppliers")


def _passes_through(problem: Problem, policy: Policy, stock: Stockpile) -> bool:
    """Whether a stockpile that is neither the suppliers' nor the consumers' own serves consumers of the policy."""
    if stock.country in problem.group(policy.suppliers) or stock.commodity not in problem.selection(policy.commodity):
        return False
    served = set(problem.served(stock)[1:])
    groups = problem.groups(policy.consumer_text)
    return any(stock.country not in group and served.intersection(group) for group in groups)


class MaxShare(PlainRule):
    """Deliveries from suppliers as a share of all that consumers take in, at most the limit."""

    kind = PolicyKind(
        name="max_share",
        place=10,
        sentence="Share of deliveries from these suppliers, at most",
        unit=SHARE,
        needs=("suppliers",),
        reads=("consumers", "commodity", "scenario", *WINDOW),
        consumers=EACH_OF_THE_COALITION,
        scenario="normal",
    )
    checks = (
        PolicyCheck(("Countries", "Commodities", "Stockpiles", "Lanes", "Settings.coalition"), third_country_stock),
    )

    def clauses(self, problem: Problem, tree: Tree, policy: Policy) -> tuple[Clause, ...]:
        """One clause for each member of ``each`` groups and each commodity.

        Parameters
        ----------
        problem
            A valid problem.
        tree
            Its scenario tree, stress branches of policies included.
        policy
            A row of Policies.

        Returns
        -------
        tuple[Clause, ...]
            Clauses with names that are unique in the problem.
        """
        return share_clauses(problem, tree, policy)

    def numerator(self, node: NodeBlock, clause: Clause) -> Linear:
        """What comes from the suppliers; what a country supplies to itself never counts."""
        return deliveries(node, clause.suppliers, clause.consumers, clause.commodity)

    def denominator(self, node: NodeBlock, clause: Clause) -> Linear:
        """All that is taken in."""
        return intake(node, clause.consumers, clause.commodity)


RULE = MaxShare()
