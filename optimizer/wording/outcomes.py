"""How a run ended: in a line on the plan's sheets, and in a sentence at the end of a command."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from types import MappingProxyType
from typing import Literal

from friendshore.optimizer.wording.shares import gap_words

Standing = Literal["met", "met, at its limit", "not met", "nothing to test"]
"""How a plan stands to a policy."""

STATUS_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "optimal": "Optimal within the gap asked for",
        "feasible": "A valid plan, not proven to be the cheapest",
        "infeasible": "No plan can satisfy the workbook",
        "unbounded": "The cost has no lower end",
        "no_plan": "Stopped before a plan was found",
        "invalid": "The workbook has errors",
        "uncertified": "Not certified: parts of the plan do not hold when they are recomputed",
    }
)
"""By the status of a run, as its JSON has it."""

_STOPPED = MappingProxyType(
    {
        "time limit": "Stopped by the time limit",
        "interrupted": "Interrupted",
        "precision": "Stopped by the precision of the solver, which tells plans no finer apart,",
    }
)


def status_words(status: str, stopped: str = "") -> str:
    """What is known of a plan, and why the search ended early where it did.

    Examples
    --------
    >>> status_words("feasible", "time limit")
    'A valid plan, not proven to be the cheapest; the search stopped early: time limit'
    """
    return STATUS_WORDS[status] + (f"; the search stopped early: {stopped}" if stopped else "")


RELIABLE = 0.03
"""Up to this gap the decisions of a plan can be relied upon: further on others may be much better."""


def doubt(status: str, gap: float | None) -> str:
    """What to think of the decisions of a plan, in a sentence; blank where they are reliable.

    Examples
    --------
    >>> doubt("feasible", 0.2)
    'Its decisions are not yet reliable: search longer.'
    """
    far = gap is None or not gap <= RELIABLE
    return "Its decisions are not yet reliable: search longer." if status == "feasible" and far else ""


def headline(status: str, stopped: str, gap: float | None) -> str:
    """How a run ended, in a sentence, and what to do about it.

    Parameters
    ----------
    status
        ``optimal``, ``feasible``, ``infeasible``, ``unbounded``, ``no_plan`` or ``uncertified``.
    stopped
        Why the search ended early (``time limit``, ``interrupted``, ``precision``: that of the solver); blank where it
        did not.
    gap
        Between objective and bound, as a share of the objective; None where it is not known.

    Returns
    -------
    str
        One or two sentences; the status itself where it is another.

    Examples
    --------
    >>> headline("optimal", "", 0.0004)
    'Optimal: no plan is cheaper by more than 0.04%.'
    >>> headline("feasible", "time limit", 0.0234)
    'Stopped by the time limit with a plan, at most 2.34% above the cheapest there is.'
    >>> headline("no_plan", "interrupted", None)
    'Interrupted before a plan was found.'
    """
    ended = _STOPPED.get(stopped, "Ended")
    above = f"at most {gap_words(gap)}" if gap is not None and isfinite(gap) else gap_words(None)
    words = {
        "optimal": f"Optimal: no plan is cheaper by more than {gap_words(gap or 0.0)}.",
        "feasible": f"{ended} with a plan, {above} above the cheapest there is. {doubt(status, gap)}".rstrip(),
        "infeasible": "Infeasible: no plan can satisfy the workbook. Give policies a penalty, or ease their limits.",
        "unbounded": "Unbounded: cost falls without end. Look for negative costs or a salvage above all costs.",
        "no_plan": f"{ended} before a plan was found.",
        "uncertified": "Not certified: parts of the plan do not hold when they are recomputed outside the solver. Do "
        "not rely on it before you have looked at them.",
    }
    return words.get(status, status)
