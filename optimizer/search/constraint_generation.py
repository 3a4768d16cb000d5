"""Constraint generation for survive_any, and survive of many members: solve, add what the plan fails, solve again.

Of hundreds of stress branches most are slack, and on the whole tree each is dear. The plan is solved with those added
so far (none at first), the adversary (adversary.py) tests it by every other disruption, the worst few are added,
until none is left that the plan does not survive. The plan is then one of the full problem, and its bound a bound of
the full problem, each branch added being one of its constraints (constraint generation as in Benders; for interdiction
see Brown et al. 2006, Defending critical infrastructure). Every branch of ``survive`` is part of the plan, also those
that were never added. Where the tree is decomposed every branch of ``survive`` is there from the start: the
decomposition itself asks of each no more than the plan needs (as quick, measured), and a plan is there when it is
stopped, not after the last round only.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from friendshore.models.clauses.rule import Disruptions
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption, every_member
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.adversary import Adversary, Disruption, Recourse
from friendshore.optimizer.search.lift import lift
from friendshore.optimizer.search.limits import Stopwatch
from friendshore.optimizer.search.result import SearchResult
from friendshore.optimizer.wording.counts import counted

AT_ONCE = 4
"""Disruptions added in a round for each policy, at least; a quarter of all that are not survived where that is more."""

MANY = 12
"""More members than this, of all ``survive`` policies that test one by one, are added as they are needed."""

Build = Callable[[Disruptions], Assembled]
Search = Callable[[Assembled], SearchResult]


def search_by_constraint_generation(
    problem: Problem, build: Build, search: Search, watch: Stopwatch, at_once: Callable[[Assembled], bool]
) -> SearchResult:
    """The program with the disruptions its plan needs and every one of ``survive``, and its answer.

    Without a policy whose disruptions are added as needed this is one call of ``build`` and one of ``search``.

    Parameters
    ----------
    problem
        A valid problem.
    build
        The program with the disruptions it is given (by policy, the members that stop together).
    search
        The answer to a program.
    watch
        Times the phase ``stops`` and takes the log.
    at_once
        Whether a program with every branch of ``survive`` is to be searched as it is.

    Returns
    -------
    SearchResult
        Where the search was stopped while disruptions were left that its plan does not survive, that plan with their
        branches on it, named as unsurvived.
    """
    members, every = added_as_needed(problem), every_disruption(problem)
    every = {**members, **every}
    added: Disruptions = dict.fromkeys(every, ())
    adversary = Adversary(problem, every)
    assembled = build({**added, **members})
    if members and at_once(assembled):
        added, members = {**added, **members}, {}
    elif members:
        assembled = build(added)
    while True:
        result = search(assembled)
        answer = result.answer
        if not every or answer.columns is None:
            return result
        with watch.phase("stops"):
            recourse = adversary.test(result.assembled, answer.columns, added)
        worst = _worst(recourse)
        if not worst:
            return _with_every_member(build, members, added, result, recourse, watch)
        if answer.stopped:
            return _stopped_between_rounds(build, members, added, result, recourse, watch)
        added = _with_worst(added, worst, watch)
        assembled = build(added)


def added_as_needed(problem: Problem) -> Disruptions:
    """The members of the ``survive`` policies that test one by one, where there are many; else none."""
    members = every_member(problem)
    return members if sum(map(len, members.values())) > MANY else {}


def failed_disruptions(
    problem: Problem, assembled: Assembled, x: FloatArray, left_out: Disruptions
) -> list[Disruption]:
    """The disruptions of survive_any that a plan does not survive.

    Parameters
    ----------
    problem
        Whose policies test; its columns are those of ``assembled`` where they have the same names.
    assembled, x
        The program that the plan is a solution of, and its columns, shape (columns of the program).
    left_out
        Disruptions that are not tested.

    Returns
    -------
    list of Disruption
        The worst first.
    """
    tested = {
        policy: tuple(members for members in disruptions if members not in left_out.get(policy, ()))
        for policy, disruptions in every_disruption(problem).items()
    }
    return _worst(Adversary(problem, tested).test(assembled, x, {})) if any(tested.values()) else []


def _worst(recourse: Sequence[Recourse]) -> list[Disruption]:
    failed = [one.disruption for one in recourse if not one.survived]
    return sorted(failed, key=lambda disruption: (-disruption.excess, disruption.members))


def _with_worst(added: Disruptions, worst: Sequence[Disruption], watch: Stopwatch) -> Disruptions:
    """The disruptions ``added`` with the worst of every policy."""
    more: dict[str, tuple[tuple[str, ...], ...]] = {}
    for policy, known in added.items():
        mine = [disruption for disruption in worst if disruption.policy == policy]
        mine = mine[: max(AT_ONCE, len(mine) // 4)]
        more[policy] = tuple(sorted((*known, *(disruption.members for disruption in mine))))
        for disruption in mine:
            stop = " and ".join(disruption.members).replace("@", " from ")
            watch.note(f"{policy}: the plan does not survive the loss of {stop}; added")
    return more


def _stopped_between_rounds(
    build: Build,
    members: Disruptions,
    added: Disruptions,
    result: SearchResult,
    recourse: Sequence[Recourse],
    watch: Stopwatch,
) -> SearchResult:
    """The plan so far, with every branch that it does not survive on it as the adversary found it."""
    failed = [one for one in recourse if not one.survived]
    names = tuple(one.branch for one in failed)
    watch.note(f"stopped with {counted(len(names), 'stop')} left that the plan does not survive: {', '.join(names)}")
    every = {
        policy: tuple(sorted({*known, *(one.disruption.members for one in failed if one.disruption.policy == policy)}))
        for policy, known in added.items()
    }
    further = {one.branch: one.columns for one in recourse if not one.survived or one.disruption.policy in members}
    lifted = lift(result, build({**every, **members}), further)
    status = "feasible" if lifted.answer.status == "optimal" else lifted.answer.status
    return SearchResult(lifted.assembled, dataclasses.replace(lifted.answer, status=status), names)


def _with_every_member(
    build: Build,
    members: Disruptions,
    added: Disruptions,
    result: SearchResult,
    recourse: Sequence[Recourse],
    watch: Stopwatch,
) -> SearchResult:
    """The answer in the program with every branch of ``survive``; on the slack ones what the adversary did."""
    if not members:
        return result
    count, tested = (sum(len(of[policy]) for policy in members) for of in (added, members))
    watch.note(f"{count} of {tested} tested members added; the plan survives the others as it is")
    if count == tested:
        return result
    slack = {one.branch: one.columns for one in recourse if one.disruption.policy in members}
    return lift(result, build({**added, **members}), slack)
