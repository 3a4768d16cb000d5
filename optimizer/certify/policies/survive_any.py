"""``survive_any``: the same as ``survive`` for every choice of k members at once, each a branch of its own.

Certified are the choices that the plan holds. That it survives all others as well is not shown by its numbers: a choice
without a branch has nothing to check, so the certificate says nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement
from friendshore.optimizer.certify.policies import survive


def requirements(case: Case, policy: Policy) -> Iterator[Requirement]:
    """Equation 7, survive_any: what ``survive`` asks, on the branches ``policy/A+B``."""
    yield from survive.requirements(case, policy)
