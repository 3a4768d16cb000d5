"""Who owes whom: from what each pays first in the plan of all to what each is to bear, in money a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Payment:
    """What one ally pays another, or suppliers outside the allies, in money a year; what goods cost is in it."""

    payer: str
    receiver: str
    amount: float


@dataclass(frozen=True)
class Settlement:
    """What brings each ally from what it pays first to its share.

    All in money a year, even over the horizon. ``first``: what each pays first in the plan; ``bears``: its share;
    ``suppliers``: what is paid first outside the allies, and owed to them; ``payments`` from allies that owe to those
    that are owed.
    """

    first: Mapping[str, float]
    bears: Mapping[str, float]
    suppliers: float
    payments: tuple[Payment, ...]


SUPPLIERS = ""
"""The receiver that stands for all suppliers outside the allies."""


def settled(shares: Mapping[str, float], first_paid: Mapping[str, float], years: float) -> Settlement:
    """The payments that leave each ally with its share of what the plan is expected to cost.

    Whoever owes pays all who are owed in the proportion of what they are owed. Shares are of the objective; where that
    is more than the expected cost (weight of risk, penalties) the expected cost is divided in their proportion.

    Parameters
    ----------
    shares
        By ally, of the objective.
    first_paid
        By country, the expected cost that it pays first, discounted.
    years
        Years of the horizon in money of its start.

    Returns
    -------
    Settlement
        In money a year.
    """
    whole, cost = sum(shares.values()), sum(first_paid.values())
    scale = cost / whole if whole else 1.0
    first = {ally: first_paid.get(ally, 0.0) / years for ally in shares}
    bears = {ally: share * scale / years for ally, share in shares.items()}
    suppliers = cost / years - sum(first.values())
    owes = {ally: bears[ally] - first[ally] for ally in shares}
    owed = {**{ally: -amount for ally, amount in owes.items() if amount < 0}, SUPPLIERS: suppliers}
    owed = {name: amount for name, amount in owed.items() if amount > 0}
    all_owed = sum(owed.values())
    payments = tuple(
        Payment(payer, receiver, amount * part / all_owed)
        for payer, amount in owes.items()
        if amount > 0
        for receiver, part in owed.items()
        if amount * part > 1e-9 * max(1.0, abs(cost)) * all_owed
    )
    return Settlement(first, bears, suppliers, payments)
