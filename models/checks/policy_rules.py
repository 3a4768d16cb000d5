"""What each rule asks of the sheets for its own policies (``PolicyCheck`` in models/clauses/rule.py)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from friendshore.models.checks.protocol import Check
from friendshore.models.clauses.rule import PolicyCheck
from friendshore.models.findings import Finding
from friendshore.models.problem import Problem
from friendshore.models.rules import RULES


def _find(kind: str, check: PolicyCheck, problem: Problem) -> Iterator[Finding]:
    for policy in problem.policies:
        if policy.kind == kind:
            yield from check.find(problem, policy)


RULE_CHECKS = tuple(
    Check(partial(_find, kind, check), ("Policies", *check.reads))
    for kind, rule in RULES.items()
    for check in rule.checks
)
"""The checks that rules bring with them."""
