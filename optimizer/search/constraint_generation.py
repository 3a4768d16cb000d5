"""survive_any, and survive of many members: solve, find the stops the plan survives worst, add them, solve again.

Of hundreds of stress branches most are slack, and on the whole tree each is dear. The plan is solved with those found
so far (none at first), the adversary (adversary.py) judges it by every other, the worst few are added,
until none is left that the plan does not survive. The plan is then one of the full problem, and its bound a bound of
the full problem, each branch added being one of its constraints (constraint generation as in Benders; for interdiction
see Brown et al. 2006, Defending critical infrastructure). Every branch of ``survive`` is part of the plan, also those
that were never added. Where the tree is decomposed every branch of ``survive`` is there from the start: the
decomposition itself asks of each no more than the plan needs (as quick, measured), and a plan is there when it is
stopped, not after the last round only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from friendshore.models.problem import Problem
from friendshore.models.rules import Attacks
from friendshore.models.rules.survive import every_member
from friendshore.models.rules.survive_any import every_attack
from friendshore.optimizer.program.assemble import Assembled
from friendshore.optimizer.program.linear_program import FloatArray
from friendshore.optimizer.search.adversary import Adversary, Choice, Judged
from friendshore.optimizer.search.lift import carried
from friendshore.optimizer.search.limits import Stopwatch
from friendshore.optimizer.solver import Answer

AT_ONCE = 4
"""Choices added in a round for each policy, at least; a quarter of all that are not survived where that is more."""

MANY = 12
"""More members than this, of all ``survive`` policies that test one by one, are added as they are needed."""

Build = Callable[[Attacks], Assembled]
Search = Callable[[Assembled], tuple[Assembled, Answer]]


def search_with_attacks(
    problem: Problem, build: Build, search: Search, watch: Stopwatch, at_once: Callable[[Assembled], bool]
) -> tuple[Assembled, Answer]:
    """The program with the stops its plan needs and every one of ``survive``, and the answer of ``search``.

    Without a policy whose stops are added as needed this is one call of ``build`` and one of ``search``. ``at_once``
    tells of the program with every branch of ``survive`` whether it is to be searched as it is.
    """
    members, attacks = added_as_needed(problem), every_attack(problem)
    every = {**members, **attacks}
    found: dict[str, tuple[tuple[str, ...], ...]] = dict.fromkeys(every, ())
    adversary = Adversary(problem, every)
    stated = build({**found, **members})
    if members and at_once(stated):
        found |= members
        members = {}
    elif members:
        stated = build(found)
    while True:
        assembled, answer = search(stated)
        if not every or answer.columns is None:
            return assembled, answer
        with watch.phase("stops"):
            judged = adversary.judge(assembled, answer.columns, found)
        worst = _worst(judged)
        if not worst:
            return _with_every_member(build, members, found, (assembled, answer), judged, watch)
        for policy in every:
            mine = [choice for choice in worst if choice.policy == policy]
            mine = mine[: max(AT_ONCE, len(mine) // 4)]
            found[policy] = tuple(sorted((*found[policy], *(choice.members for choice in mine))))
            for choice in mine:
                watch.note(f"{policy}: the plan does not survive the loss of {' and '.join(choice.members)}; added")
        if answer.stopped:
            return assembled, Answer("no_plan", answer.stopped, bound=answer.bound, log=answer.log)
        stated = build(found)


def added_as_needed(problem: Problem) -> Attacks:
    """The members of the ``survive`` policies that test one by one, where there are many; else none."""
    members = every_member(problem)
    return members if sum(map(len, members.values())) > MANY else {}


def unsurvived(problem: Problem, assembled: Assembled, x: FloatArray, found: Attacks) -> list[Choice]:
    """The choices of survive_any not in ``found`` that the plan does not survive, the worst first."""
    left = {
        policy: tuple(chosen for chosen in choices if chosen not in found.get(policy, ()))
        for policy, choices in every_attack(problem).items()
    }
    return _worst(Adversary(problem, left).judge(assembled, x, {})) if any(left.values()) else []


def _worst(judged: Sequence[Judged]) -> list[Choice]:
    failed = [one.choice for one in judged if not one.survived]
    return sorted(failed, key=lambda choice: (-choice.excess, choice.members))


def _with_every_member(
    build: Build,
    members: Attacks,
    found: Attacks,
    searched: tuple[Assembled, Answer],
    judged: Sequence[Judged],
    watch: Stopwatch,
) -> tuple[Assembled, Answer]:
    """The answer in the program with every branch of ``survive``; the slack ones as the adversary found them."""
    if not members:
        return searched
    added, tested = (sum(len(of[policy]) for policy in members) for of in (found, members))
    watch.note(f"{added} of {tested} tested members added; the plan survives the others as it is")
    if added == tested:
        return searched
    slack = {one.branch: one.columns for one in judged if one.choice.policy in members}
    return carried(*searched, build({**found, **members}), slack)
