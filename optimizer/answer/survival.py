"""How long a plan survives what its policies test: the longest stop that keeps every promise of a policy.

The plan is held: what is built and bought, and the stock it has when the stop begins. A stop may begin in any period
of the policy's window, and the worst onset tells. A stop of any other length is a branch of its own whose linear
program gives the least shortage beyond the limit, as the adversary reckons it (``optimizer/search/adversary.py``);
lengths are tried at the ends of the steps, so that the true value lies between the one told and the next end. (Time to
survive, Simchi-Levi et al. 2015, Interfaces 45(5), with the limit of the policy in place of no shortage at all.)
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from friendshore.models.clauses.stops import onset_of, onsets, without_onset
from friendshore.models.plan import PolicyValue
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption, stop_rule
from friendshore.models.tables import Policy
from friendshore.models.tree.scenario_tree import step_count
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.adversary import Disruption
from friendshore.optimizer.search.constraint_generation import failed_disruptions

_SAME = 1e-9


@dataclass(frozen=True)
class Survival:
    """How long the stops of one policy are survived.

    ``years`` is the longest stop at whose end all tested members are still survived from every onset, of those that the
    horizon holds; ``to_end`` tells that even a stop to the end of the horizon is; ``weakest`` names the members that a
    longer stop hurts most, and ``onset`` the period in which that stop begins.
    """

    years: float
    to_end: bool
    weakest: tuple[str, ...] = ()
    onset: str = ""


def survivals(assembled: Assembled, x: FloatArray) -> dict[str, Survival]:
    """For each policy that tests a stop, how long the plan ``x`` survives it."""
    problem = assembled.model_data.problem
    tests = [policy for policy in problem.policies if policy.declared.stops]
    return {policy.policy: _survival(assembled, x, policy) for policy in tests}


def with_survival(
    values: tuple[PolicyValue, ...], assembled: Assembled, x: FloatArray, *, look: bool = True
) -> tuple[PolicyValue, ...]:
    """The lines of the scorecard with how long each tested stop is asked to be survived and, on ``look``, is.

    Parameters
    ----------
    values
        Lines of the scorecard.
    assembled
        The program, with where its columns and rows stand.
    x
        A solution, shape (columns of the program).
    look
        Whether to find out how long each stop is survived.

    Returns
    -------
    tuple[PolicyValue, ...]
        The lines in the same order.
    """
    asked = {row.policy: row.years for row in assembled.model_data.problem.policies if row.declared.stops}
    found = survivals(assembled, x) if look else {}

    def told(value: PolicyValue) -> PolicyValue:
        if value.policy not in asked:
            return value
        mine = found.get(value.policy)
        return dataclasses.replace(
            value,
            asked_years=asked[value.policy],
            survived_years=None if mine is None else mine.years,
            survived_to_end=mine is not None and mine.to_end,
            weakest=() if mine is None else mine.weakest,
            worst_onset="" if mine is None else mine.onset,
        )

    return tuple(told(value) for value in values)


def lengths(problem: Problem, policy: Policy) -> tuple[float, ...]:
    """Lengths of a stop that are tried, in years: from each onset to the end of each step, and the one asked for."""
    ends: list[float] = []
    for first in onsets(problem, policy):
        past = 0.0
        for period in problem.periods[first:]:
            length = period.years / period.steps
            count = period.steps * step_count(length, policy.step_months)
            ends += [past + period.years * (i + 1) / count for i in range(count)]
            past += period.years
    asked = policy.years or 0.0
    ends += [asked] if asked < max(ends) else []
    ends.sort()
    return tuple(end for i, end in enumerate(ends) if i == 0 or end - ends[i - 1] > _SAME)


def _survival(assembled: Assembled, x: FloatArray, policy: Policy) -> Survival:
    """Bisection: a longer stop takes away more and is looked at in more steps, so that it never hurts less."""
    tried = lengths(assembled.model_data.problem, policy)
    low, high = -1, len(tried)  # survived to tried[low], not to tried[high]
    worst: list[Disruption] = []
    guess = len(tried) - 1
    while high - low > 1:
        failed = _failing(assembled, x, policy, tried[guess], worst)
        if failed:
            high, worst = guess, failed
        else:
            low = guess
        guess = (low + high) // 2
    stop = worst[0].members if worst else ()
    return Survival(
        years=tried[low] if low >= 0 else 0.0,
        to_end=low == len(tried) - 1,
        weakest=without_onset(stop) if stop else (),
        onset=onset_of(stop[-1]) if stop else "",
    )


def _failing(
    assembled: Assembled, x: FloatArray, policy: Policy, years: float, among: list[Disruption]
) -> list[Disruption]:
    """The stops of this length that the plan does not survive, the worst first; of ``among`` only, where it names any.

    A stop is its members and its onset.
    """
    problem = _alone(assembled.model_data.problem, policy, years)
    known = {disruption.members for disruption in among}
    left_out = {
        name: tuple(members for members in choices if known and members not in known)
        for name, choices in every_disruption(problem).items()
    }
    return failed_disruptions(problem, assembled, x, left_out)


def _alone(problem: Problem, policy: Policy, years: float) -> Problem:
    """The problem with a stop of this length as its only disruption, every tested group as a choice of members."""
    rule = stop_rule(policy)
    if rule is None:
        raise ValueError(f"the policy {policy.policy} tests no stop")
    others = tuple(row for row in problem.policies if row.on_base_path)
    test = rule.lasting(problem, policy, years)
    tables = dataclasses.replace(problem.tables, scenarios=(), events=(), policies=(*others, test))
    return dataclasses.replace(problem, tables=tables)
