"""Studies of random problems: ``python -m benchmarks.trust.studies [STUDY …] [--problems N] [--first N]``.

Every study is worked out for so many small problems, and every figure of it is held against what brute force gives: all
choices of whole numbers tried, all subsets of rows, all groups of allies, all limits solved by themselves, by a second
formulation or another door to a solver. The checks are those of ``tests/studies``, which run a few of them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption

from benchmarks.trust.drawn import drawn
from friendshore.optimizer.studies.share.groups import Outside
from tests.reference.program import NoAnswer
from tests.studies.alternatives import test_work as alternatives
from tests.studies.explain import test_at_random as explain
from tests.studies.explain import test_conflicts as conflicts
from tests.studies.explain import test_repairs as repairs
from tests.studies.frontier import test_frontier as frontier
from tests.studies.replan import test_at_random as replan
from tests.studies.sensitivity import test_at_random as sensitivity
from tests.studies.share import test_at_random as share
from tests.studies.share import test_game as game
from tests.studies.share.cases import drawn_allies
from tests.studies.worth import test_at_random as worth

Check = Callable[[Any], None]


@dataclass(frozen=True)
class Drawn:
    """Problems that are drawn by hypothesis, and what is held of each."""

    problems: st.SearchStrategy[Any]
    check: Check


def _share(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - no secret
    share.check(drawn_allies(draw), draw.choice(list(Outside)))


def _worth(seed: int) -> None:
    worth.check(worth.drawn(random.Random(seed)))  # noqa: S311 - no secret


STUDIES: dict[str, Check | Drawn] = {
    "frontier": frontier.test_every_limit_solved_by_itself_costs_what_is_proven,
    "alternatives": alternatives.test_no_interval_is_ever_left_and_no_verdict_is_false,
    "share": _share,
    "share: games": game.test_random_games,
    "explain: conflicts": conflicts.test_all_conflicts_and_all_corrections,
    "explain: repairs": repairs.test_repairs_do_and_nothing_less_does,
    "explain: a plan": lambda seed: explain.check(seed, (0.0, 0.0, 0.05)[seed % 3]),
    "worth": _worth,
    "replan: as planned": Drawn(replan.REST, lambda asked: replan.check_rest(*asked)),
    "replan: causes": Drawn(replan.CAUSES, lambda asked: replan.check_causes(*asked)),
    "sensitivity: derivatives": Drawn(sensitivity.cited(3), sensitivity.check_derivatives),
    "sensitivity: ends": Drawn(sensitivity.ENDS, lambda asked: sensitivity.check_ends(*asked)),
    "sensitivity: turns": sensitivity.check_turns,
}
"""What is held of each study, by its name."""


@dataclass
class Count:
    """What has been seen so far.

    ``passed`` over: problems that a check does not speak of; ``silent``: the solver of the second formulation gave no
    answer, so that there was nothing to hold the study against.
    """

    held: int = 0
    passed: int = 0
    silent: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def take(self, check: Check, asked: Any, named: str) -> None:
        """Check one problem.

        Parameters
        ----------
        check
            What is held of it.
        asked
            The problem, or the seed that it is drawn from.
        named
            What it is called where it is told.
        """
        started = time.monotonic()
        try:
            check(asked)
            self.held += 1
        except UnsatisfiedAssumption:
            self.passed += 1
        except NoAnswer:
            self.silent += 1
        except Exception as error:
            self.wrong.append(named)
            print(f"{named}: {type(error).__name__}: {str(error)[:2000]}\n{asked}", flush=True)  # noqa: T201
        self.seconds += time.monotonic() - started

    def line(self) -> str:
        """How it stands."""
        told = f"{self.held} of {self.held + len(self.wrong)} hold, {self.seconds:.0f} s"
        told += f"; {self.silent} without a second opinion" if self.silent else ""
        return f"{told}; {self.passed} passed over" if self.passed else told


def held(name: str, count: Count, problems: int, first: int) -> None:
    """Hold one study against so many problems.

    Parameters
    ----------
    name
        The study, as in ``STUDIES``.
    count
        Takes what is seen.
    problems
        How many problems.
    first
        The first seed; of problems drawn by hypothesis, the seed of all.
    """
    study = STUDIES[name]
    if isinstance(study, Drawn):
        numbers: Iterator[int] = iter(range(10**9))
        drawn(
            study.problems,
            problems,
            first,
            lambda asked: count.take(study.check, asked, f"{name}, {next(numbers)} of seed {first}"),
        )
        return
    for seed in range(first, first + problems):
        count.take(study, seed, f"{name}, seed {seed}")
        if (seed - first) % 50 == 49:
            print(f"{name}: {count.line()} so far", flush=True)  # noqa: T201


def main() -> None:
    """Hold every study that was asked for, and print how many problems do; Ctrl-C ends it early."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trust.studies", description=__doc__)
    parser.add_argument("studies", nargs="*", choices=[[], *STUDIES], default=[], metavar="STUDY")
    parser.add_argument("--problems", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    counts: dict[str, Count] = {}
    with suppress(KeyboardInterrupt):
        for name in asked.studies or STUDIES:
            counts[name] = Count()
            held(name, counts[name], asked.problems, asked.first)
            print(f"{name}: {counts[name].line()}", flush=True)  # noqa: T201
    print()  # noqa: T201
    for name, count in counts.items():
        print(f"{name}: {count.line()}")  # noqa: T201


if __name__ == "__main__":
    main()
