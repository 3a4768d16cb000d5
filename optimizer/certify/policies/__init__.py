"""Policies (formulation, 7), one kind a file: what each asks of a plan, and what is lacking.

Whatever file of this folder says ``requirements`` certifies the kind of its name.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from friendshore.models.tables import Policy, Tables
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.clauses.requirement import Requirement
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.years import penalties

__all__ = ["KINDS", "Penalties", "UncertifiedPolicyError", "check_policies", "needs", "refuse_unknown"]

KINDS: MappingProxyType[str, Callable[[Case, Policy], Iterable[Requirement]]] = MappingProxyType(
    {
        found.name: import_module(f"{__name__}.{found.name}").requirements
        for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
    }
)
"""What each kind asks of a plan."""


class UncertifiedPolicyError(NotImplementedError):
    """A kind of policy that no one has taught the certificate: a plan under it must not pass unseen."""


@dataclass(frozen=True)
class Penalties:
    """What violations cost: the least, and the most without the tolerance that a kind of its own allows."""

    least: float
    most: float


def refuse_unknown(tables: Tables) -> None:
    """Raise where a policy is of a kind that is not checked here."""
    for policy in tables.policies:
        if policy.kind not in KINDS:
            raise UncertifiedPolicyError(f"policy {policy.policy}: plans under {policy.kind} cannot be certified")


def needs(case: Case) -> dict[str, tuple[Requirement, ...]]:
    """What each policy asks of a plan, by its name."""
    return {policy.policy: tuple(KINDS[policy.kind](case, policy)) for policy in case.tables.policies}


def check_policies(case: Case, asked: Mapping[str, Iterable[Requirement]], ledger: Ledger) -> Penalties:
    """Check every policy that must hold; price what those with a penalty lack.

    Parameters
    ----------
    case
        The plan beside the network and the tree.
    asked
        What each policy asks of the plan, by its name.
    ledger
        Gets the constraints.

    Returns
    -------
    Penalties
        In money of the base year.
    """
    least = most = 0.0
    for policy in case.tables.policies:
        price = penalties(case.tables, policy)
        for need in asked[policy.policy]:
            if policy.penalty is None:
                ledger.note(f"policy {policy.policy} ({policy.kind}): {need.place}", need.lack, need.size)
            else:
                ledger.note(f"policy {policy.policy} ({policy.kind}): {need.place}", 0.0)
                penalty = policy.penalty if need.period is None else float(price[need.period])
                least += penalty * need.lack * need.weight
                most += penalty * need.most * need.weight
    return Penalties(least, most)
