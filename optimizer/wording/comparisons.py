"""A plan beside what it is held against, in sentences that claim no more than is proven."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf

from friendshore.optimizer.wording.counts import listed
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.shares import gap_words, percent, percent_between

Ends = tuple[float, float]
"""What is known of a number: the least and the most it may be, the same where it is known."""

_NOTHING = 1e-9
"""Of what an amount is compared with: what arithmetic leaves of none."""


def nothing_words(cost: Ends, damage: float, plan: float, currency: str, *, look_ahead: bool = False) -> str:
    """What doing nothing brings, beside the plan.

    Parameters
    ----------
    cost
        Its expected cost, damage included.
    damage
        The part of it that is damage from shortage.
    plan
        Expected cost of the plan over the same periods.
    currency
        As in Settings.
    look_ahead
        Whether there are periods behind the planned ones, which all of these amounts include.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> nothing_words((10_560.0, 10_560.0), 4_960.0, 6_628.0, "USD thousand")
    'Doing nothing is expected to cost 10.6 million USD, 4.96 million USD of it damage from shortage; this plan costs \
6.63 million USD.'
    >>> nothing_words((10_560.0, 10_560.0), 0.0, 9_000.0, "EUR", look_ahead=True)
    'Doing nothing is expected to cost 10,560 EUR, and nothing goes short; this plan costs 9,000 EUR \
(look-ahead included).'
    """
    said = f"Doing nothing is expected to cost {_between(cost, currency)}"
    beside = f"this plan costs {money(plan, currency)}{' (look-ahead included)' if look_ahead else ''}"
    if damage <= _NOTHING * abs(cost[1]):
        return f"{said}, and nothing goes short; {beside}."
    return f"{said}, {money(damage, currency)} of it damage from shortage; {beside}."


def averted_words(nothing: float, plan: float, currency: str) -> str:
    """How much of the damage of doing nothing a plan averts; blank where there is none with and without it.

    Parameters
    ----------
    nothing, plan
        Expected damage from shortage when nothing is done, and with the plan.
    currency
        As in Settings.

    Returns
    -------
    str
        A sentence, or nothing.

    Examples
    --------
    >>> averted_words(4_960.0, 240.0, "USD thousand")
    'The plan averts 4.72 million USD of that damage (95%); 240,000 USD of it stays.'
    >>> averted_words(100.0, 0.0, "EUR"), averted_words(0.0, 30.0, "EUR")
    ('The plan averts all of that damage.', 'With the plan 30 EUR more damage from shortage is expected than without.')
    """
    tiny = _NOTHING * max(nothing, plan)
    if max(nothing, plan) <= 0 or abs(nothing - plan) <= tiny:
        return "The plan averts none of that damage." if nothing > 0 else ""
    if plan > nothing:
        return f"With the plan {money(plan - nothing, currency)} more damage from shortage is expected than without."
    if plan <= tiny:
        return "The plan averts all of that damage."
    averted = f"{money(nothing - plan, currency)} of that damage ({percent(1 - plan / nothing)})"
    return f"The plan averts {averted}; {money(plan, currency)} of it stays."


def premium_words(premium: Ends, a_year: Ends, share: Ends | None, currency: str, *, of: str = "rules") -> str:
    """What rules cost beyond the cheapest plan without them.

    Parameters
    ----------
    premium
        In all, discounted.
    a_year
        The same as an even payment a year.
    share
        The same as a share of what the cheapest plan without rules costs; None where that says nothing.
    currency
        As in Settings.
    of
        What is paid for: ``rules``, ``rules and caution`` or ``caution``, where risk has a weight.

    Returns
    -------
    str
        One or two sentences; what the interval does not decide is said to be undecided.

    Examples
    --------
    >>> premium_words((68.0, 68.0), (22.7, 22.7), (0.0104, 0.0104), "USD thousand")
    'The rules cost 68,000 USD more than the cheapest plan without them: 22,700 USD a year, 1.0% of its cost.'
    >>> premium_words((60.0, 90.0), (20.0, 30.0), (0.011, 0.0162), "EUR")
    'The rules cost 60 EUR to 90 EUR more than the cheapest plan without them: 20 EUR to 30 EUR a year, 1.1% to 1.7% \
of its cost.'
    >>> premium_words((0.0, 90.0), (0.0, 30.0), (0.0, 0.016), "EUR")
    'The rules cost at most 90 EUR more than the cheapest plan without them: 30 EUR a year, 1.6% of its cost. Whether \
they cost anything is not decided by this gap; solve to 0.8%.'
    >>> premium_words((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), "EUR")
    'The rules cost nothing: the cheapest plan keeps them by itself.'
    """
    if premium[1] <= 0 or (share is not None and share[1] <= _NOTHING):
        return (
            f"The {of} cost nothing: the cheapest plan keeps them by itself."
            if of == "rules"
            else (f"The {of} cost nothing beyond the cheapest plan.")
        )
    beyond = f"more than the cheapest plan without {'them' if of.startswith('rules') else 'it'}"
    cost = "costs" if of == "caution" else "cost"
    if premium[0] <= 0:
        most, yearly = money(premium[1], currency), money(a_year[1], currency)
        of_cost = "" if share is None else f", {percent(share[1])} of its cost"
        finer = "" if share is None else f"; solve to {gap_words(share[1] / 2)}"
        undecided = (
            f"Whether {'it costs' if of == 'caution' else 'they cost'} anything is not decided by this gap{finer}."
        )
        return f"The {of} {cost} at most {most} {beyond}: {yearly} a year{of_cost}. {undecided}"
    of_cost = "" if share is None else f", {percent_between(*share)} of its cost"
    amounts = _between(premium, currency), _between(a_year, currency)
    return f"The {of} {cost} {amounts[0]} {beyond}: {amounts[1]} a year{of_cost}."


def _between(ends: Ends, currency: str) -> str:
    """One amount where both ends are the same, to three digits; else both, rounded outwards."""
    return money(ends[1], currency) if ends[0] == ends[1] else money_between(*ends, currency)


def undecided_words(names: Sequence[str], apart: float, least: float, currency: str, finer: float) -> str:
    """That choices are not decided by a gap; blank where the gap is smaller than any of them costs.

    Parameters
    ----------
    names
        What is on offer and costs less than the gap.
    apart
        The gap in money: by how much a plan may still be cheaper.
    least
        What the cheapest of them costs.
    currency
        As in Settings.
    finer
        Relative gap at which the cheapest costs more than it.

    Returns
    -------
    str
        A sentence, or nothing.

    Examples
    --------
    >>> undecided_words(["guards", "patrols"], 90.0, 30.0, "EUR", 0.002)
    'Not decided by this gap: guards and patrols. A plan may still be cheaper by 90 EUR, which is more than 30 EUR, \
what the cheapest of these costs; solve to 0.2%, or settle them one by one with --settle.'
    >>> undecided_words([], 90.0, 30.0, "EUR", 0.002)
    ''
    """
    if not names:
        return ""
    cheapest = "what the cheapest of these costs" if len(names) > 1 else "what it costs"
    more = f"by {money(apart, currency)}, which is more than {money(least, currency)}, {cheapest}"
    settle = "settle them one by one with --settle" if len(names) > 1 else "settle it with --settle"
    cure = f"solve to {gap_words(finer)}, or {settle}"
    return f"Not decided by this gap: {listed(names)}. A plan may still be cheaper {more}; {cure}."


def settled_words(verdict: str, difference: Ends, currency: str, gap: float = 0.0) -> str:
    """Which of two cheapest plans is the cheaper one, that with a choice held in or that with it held out.

    Parameters
    ----------
    verdict
        What is proven (``friendshore.models.plan.settled.Verdict``).
    difference
        What the cheapest plan with it costs more than that without, at least and at most; infinite where there is no
        plan of the one or the other kind.
    currency
        As in Settings.
    gap
        Relative gap to which both were searched.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> settled_words("decided against", (20.0, 30.0), "EUR")
    'With it the cheapest plan costs 20 EUR to 30 EUR more than without it.'
    >>> settled_words("decided for", (float("-inf"), float("-inf")), "EUR")
    'Without it there is no plan.'
    >>> settled_words("still open", (-20.0, 30.0), "EUR", 0.001)
    'With it the cheapest plan costs between 20 EUR less and 30 EUR more than without it, both \
searched to 0.1%.'
    """
    low, high = difference
    if low == high and isinf(low):
        return f"{'With' if low > 0 else 'Without'} it there is no plan."
    if verdict == "makes no difference":
        return "The cheapest plan costs the same with it and without it."
    if verdict == "decided against":
        said = f"{_from(low, high, currency)} more than without it"
    elif verdict == "decided for":
        said = f"{_from(-high, -low, currency)} less than without it"
    elif isinf(low) or isinf(high):
        return "The search was stopped before it could be told."
    else:
        less, more = (money(max(0.0, end), currency) for end in (-low, high))
        said = f"between {less} less and {more} more than without it, both searched to {gap_words(gap)}"
    return f"With it the cheapest plan costs {said}."


def _from(least: float, most: float, currency: str) -> str:
    """An amount of which the most may not be known."""
    return f"at least {money(least, currency)}" if isinf(most) else _between((least, most), currency)
