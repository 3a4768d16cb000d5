"""What goes unmet as a part of its own beside the shares of suppliers: shares of what is there hide what is not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from friendshore.optimizer.reporting.frames import BASE
from friendshore.optimizer.wording.shares import percent

NOT_MET = "Not met"
_SHOWN = 5e-4


def unmet_share(
    periods: Sequence[str], coalition: Collection[str], taken: pd.DataFrame, short: pd.DataFrame, commodity: str
) -> pd.Series:
    """By period the part of what the coalition takes in of a commodity, and lacks, that it lacks on the base path.

    Parameters
    ----------
    periods
        Labels of the periods, in order of time.
    coalition
        Its countries; where there are none, all countries.
    taken
        Deliveries to it on the base path (columns commodity, period, quantity).
    short
        What goes short (columns scenario, country, commodity, period, shortage).
    commodity
        Which.

    Returns
    -------
    pd.Series
        From 0 to 1, by label of the period.
    """
    ours = (short["scenario"] == BASE) & (short["commodity"] == commodity)
    if coalition:
        ours &= short["country"].isin(coalition)
    lacks = short[ours].groupby("period")["shortage"].sum().reindex(list(periods), fill_value=0.0).astype(float)
    has = taken[taken["commodity"] == commodity].groupby("period")["quantity"].sum()
    whole = lacks + has.reindex(list(periods), fill_value=0.0).astype(float)
    return (lacks / whole.where(whole > 0)).fillna(0.0)


def with_unmet(shares: pd.DataFrame, unmet: pd.Series) -> pd.DataFrame:
    """Shares of suppliers, by period, as parts of the whole need, with what goes unmet last, if any does.

    Parameters
    ----------
    shares
        Periods × suppliers, from 0 to 1.
    unmet
        As of ``unmet_share``.

    Returns
    -------
    pd.DataFrame
        The parts add up to 1 where anything is needed.
    """
    part = unmet.reindex(shares.index, fill_value=0.0)
    if float(part.max()) < _SHOWN:
        return shares
    return shares.mul(1.0 - part, axis=0).assign(**{NOT_MET: part})


def unmet_words(unmet: pd.Series) -> str:
    """How much goes unmet at most, and when; blank where nothing does."""
    most = float(unmet.max()) if len(unmet) else 0.0
    return f"; up to {percent(most)} of what is needed goes unmet, in {unmet.idxmax()}" if most >= _SHOWN else ""
