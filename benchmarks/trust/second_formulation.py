"""Random problems by two formulations: ``python -m benchmarks.trust.second_formulation [--problems N] [--seed N]``.

Problems that use at least three of the words of ``words.py`` are drawn, every kind of policy but max_hhi among the
rest. Each is solved by the second formulation of ``tests/reference``, written from the page of formulas alone, and by
the program twice: the whole tree at once, and decomposed. Status, objective, bound and certificate have to agree.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from benchmarks.trust.drawn import drawn
from benchmarks.trust.words import Sheets, words
from friendshore.models.examine import problem_from_sheets
from friendshore.models.plan import Outcome
from friendshore.optimizer.solve import solve_problem
from tests.reference.random_problems import sheets
from tests.reference.solve import ReferenceResult, solve_reference

CLOSE = 1e-6
"""How far two optima may be apart, relative to their size."""

GAPS = {"extensive": 0.0, "benders": 1e-7}
"""What the search may leave open, by method."""

AT_LEAST = 3
"""Words that a problem has to use."""

KINDS = (
    *("max_share", "min_share", "stock_cover", "max_shortage", "max_shortage", "survive", "survive_any"),
    *("max_capex", "max_emissions", "clean_origin"),
)
"""Kinds of policies that the second formulation knows: all but max_hhi, which is no linear program."""


def rich_sheets() -> st.SearchStrategy[Any]:
    """Random problems with many words together."""
    return sheets(policy_kinds=KINDS).filter(lambda drawn: len(list(words(drawn))) >= AT_LEAST)


@dataclass
class Count:
    """What has been seen so far."""

    problems: int = 0
    plans: int = 0
    decomposed: int = 0
    words: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[Sheets, list[str]]] = field(default_factory=list)


def disagreements(stated: Any, count: Count) -> list[str]:
    """How the program differs from the second formulation on one problem, counted.

    Parameters
    ----------
    stated
        Rows by the name of their sheet.
    count
        Takes what the problem holds.

    Returns
    -------
    list of str
        A line for each difference, with the method; empty where all are alike.
    """
    truth = solve_reference(stated)
    problem = problem_from_sheets(stated)
    count.problems += 1
    count.plans += truth.objective is not None
    count.words.update(words(stated))
    found: list[str] = []
    for method, gap in GAPS.items():
        outcome = solve_problem(problem, gap=gap, threads=1, method=method)
        found += [f"{method}: {line}" for line in differences(outcome, truth)]
        count.decomposed += any("Benders" in line for line in outcome.run.log)
    if found:
        count.wrong.append((stated, found))
    return found


def differences(outcome: Outcome, truth: ReferenceResult) -> Iterator[str]:
    """What one answer says otherwise than the second formulation, or of itself."""
    if outcome.status != truth.status:
        yield f"{outcome.status}, wanted {truth.status}"
    if truth.objective is None or outcome.plan is None:
        return
    size = CLOSE * max(1.0, abs(truth.objective))
    if abs(outcome.plan.objective - truth.objective) > size:
        yield f"{outcome.plan.objective!r}, wanted {truth.objective!r}"
    if outcome.bound is None or outcome.bound > truth.objective + size:
        yield f"a bound of {outcome.bound!r} for {truth.objective!r}"
    if outcome.plan.certificate is None or not outcome.plan.certificate.holds(CLOSE):
        yield f"{outcome.plan.certificate}"


def main() -> None:
    """Solve every problem all ways and print what differs, and what the problems held; Ctrl-C ends it early."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.second_formulation", description=__doc__)
    parser.add_argument("--problems", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started, count = time.monotonic(), Count()

    def take(stated: Any) -> None:
        for line in disagreements(stated, count):
            print(f"problem {count.problems}: {line}\n{stated}", flush=True)  # noqa: T201
        if count.problems % 10 == 0:
            print(f"{count.problems} so far, {len(count.wrong)} not alike", flush=True)  # noqa: T201

    with suppress(KeyboardInterrupt):
        drawn(rich_sheets(), asked.problems, asked.seed, take)
    alike = count.problems - len(count.wrong)
    print(f"{alike} of {count.problems} alike, {time.monotonic() - started:.0f} s")  # noqa: T201
    print(f"{count.plans} with a plan, {count.decomposed} decomposed")  # noqa: T201
    for word, times in sorted(count.words.items()):
        print(f"{times:5d}  {word}")  # noqa: T201


if __name__ == "__main__":
    main()
