"""PolicyCertificate: how plans under a kind of policy are checked; one file in ``policies/`` is one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from friendshore.models.tables import Policy
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.losses import Tests
from friendshore.optimizer.certify.requirement import Requirement


def nothing_tested(*_: object) -> Sequence[tuple[str, tuple[str, ...]]]:
    """No stop."""
    return ()


def nothing_more(*_: object) -> None:
    """Nothing is checked but the requirements of each policy."""


@dataclass(frozen=True)
class PolicyCertificate:
    """How plans under a kind of policy are checked.

    Parameters
    ----------
    kind
        The word in the column ``kind``.
    requirements
        What a policy of the kind asks of a plan, constraint by constraint.
    tests
        The stops that a policy of the kind tests, each a branch of its own in the plan.
    check
        What the policies of the kind ask together, whether they have a penalty or not; also called where there are
        none.
    """

    kind: str
    requirements: Callable[[Case, Policy], Iterable[Requirement]]
    tests: Tests = nothing_tested
    check: Callable[[Case, Sequence[Policy], Ledger], None] = nothing_more
