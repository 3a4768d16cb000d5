"""Who gains by a plan and who pays for it, beside doing nothing, in sentences that claim no more than is known."""

from __future__ import annotations

from collections.abc import Sequence

from friendshore.optimizer.wording.counts import listed
from friendshore.optimizer.wording.money import money, money_between
from friendshore.optimizer.wording.names import capital

_NOTHING = 1e-9
"""Of the largest amount: what arithmetic leaves of none."""
_MOST = 3


def together_words(net: tuple[float, float], currency: str) -> str:
    """By how much all together are better off than with nothing done.

    Parameters
    ----------
    net
        The least and the most that it may be, the same where it is known; below 0 they are worse off.
    currency
        As in Settings.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> together_words((3_932.0, 3_932.0), "USD thousand")
    'All together are better off by 3.93 million USD than with nothing done.'
    >>> together_words((-20.0, -20.0), "EUR"), together_words((-20.0, 30.0), "EUR")
    ('All together are worse off by 20 EUR than with nothing done.', 'Whether all together are better off than with \
nothing done is not decided by the gap: between 20 EUR worse and 30 EUR better.')
    """
    low, high = net
    if low < 0 < high:
        worse, better = money(-low, currency), money(high, currency)
        return (
            "Whether all together are better off than with nothing done is not decided by the gap: "
            f"between {worse} worse and {better} better."
        )
    least, most = sorted((abs(low), abs(high)))
    amount = money(most, currency) if least == most else money_between(least, most, currency)
    return f"All together are {'better' if high > 0 else 'worse'} off by {amount} than with nothing done."


def benefit_words(allies: Sequence[tuple[str, float]], shared: float, currency: str, *, split_known: bool) -> str:
    """Who gains most, who pays more than it is spared, and what making and moving cost the buyers.

    Parameters
    ----------
    allies
        What each is called, and its net benefit, below 0 where it pays more than it is spared.
    shared
        What the buyers together save on making and moving, below 0 where they pay more.
    currency
        As in Settings.
    split_known
        Whether doing nothing is known exactly, and not only within a gap.

    Returns
    -------
    str
        One sentence or two; blank where nobody gains or pays.

    Examples
    --------
    >>> benefit_words([("Japan", 900.0), ("Italy", -40.0), ("Spain", 0.0)], 10.0, "EUR million", split_known=True)
    'Of damage spared less what it pays for capacity, protections and stock, Japan gains most (900 million EUR); Italy \
pays more than it is spared (40 million EUR); making and moving cost the buyers 10 million EUR less.'
    >>> benefit_words([("A", -5.0)], 0.0, "EUR", split_known=False)
    'Of damage spared less what it pays for capacity, protections and stock, A pays more than it is spared (5 EUR). \
Doing nothing is known within a gap, so that its split between countries may be otherwise.'
    """
    least = _NOTHING * max((abs(net) for _, net in (*allies, ("", shared))), default=0.0)
    gains = sorted(((name, net) for name, net in allies if net > least), key=lambda each: -each[1])
    pays = sorted(((name, net) for name, net in allies if net < -least), key=lambda each: each[1])
    said = []
    if gains:
        said.append(f"{gains[0][0]} gains most ({money(gains[0][1], currency)})")
    if pays:
        verb = "pays more than it is spared" if len(pays) == 1 else "pay more than they are spared"
        who, amounts = [name for name, _ in pays], [money(-net, currency) for _, net in pays]
        said.append(f"{listed(who, _MOST)} {verb} ({listed(amounts, _MOST)})")
    if abs(shared) > least:
        more = "less" if shared > 0 else "more"
        said.append(f"making and moving cost the buyers {money(abs(shared), currency)} {more}")
    if not said:
        return ""
    of = "Of damage spared less what it pays for capacity, protections and stock, " if gains or pays else ""
    doubt = (
        ""
        if split_known
        else " Doing nothing is known within a gap, so that its split between countries may be otherwise."
    )
    return f"{of}{'; '.join(said) if of else capital('; '.join(said))}.{doubt}"
