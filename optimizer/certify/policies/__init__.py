"""Policies (formulation, 7), one kind a file: what each asks of a plan, and what is lacking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from friendshore.models.tables import Policy, Tables
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.policies import (
    clean_origin,
    max_capex,
    max_emissions,
    max_hhi,
    max_share,
    max_shortage,
    min_share,
    stock_cover,
    survive,
    survive_any,
)
from friendshore.optimizer.certify.policies.requirement import Requirement

__all__ = ["KINDS", "Penalties", "UncertifiedPolicyError", "check_policies", "refuse_unknown"]

KINDS: Mapping[str, Callable[[Case, Policy], Iterable[Requirement]]] = {
    "max_share": max_share.requirements,
    "min_share": min_share.requirements,
    "max_hhi": max_hhi.requirements,
    "stock_cover": stock_cover.requirements,
    "max_shortage": max_shortage.requirements,
    "survive": survive.requirements,
    "survive_any": survive_any.requirements,
    "max_capex": max_capex.requirements,
    "max_emissions": max_emissions.requirements,
    "clean_origin": clean_origin.requirements,
}


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


def check_policies(case: Case, ledger: Ledger) -> Penalties:
    """Check every policy that must hold; price what those with a penalty lack."""
    least = most = 0.0
    for policy in case.tables.policies:
        for need in KINDS[policy.kind](case, policy):
            if policy.penalty is None:
                ledger.note(f"policy {policy.policy} ({policy.kind}): {need.place}", need.lack, need.size)
            else:
                ledger.note(f"policy {policy.policy} ({policy.kind}): {need.place}", 0.0)
                least += policy.penalty * need.lack * need.weight
                most += policy.penalty * need.most * need.weight
    return Penalties(least, most)
