"""What the searches of a frontier have learnt, by the ease that each was made at: the next begins from the nearest."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from friendshore.optimizer.search.benders.pool import Memory, begun_from
from friendshore.optimizer.studies.learnt import memory_after


@dataclass(frozen=True)
class Pools:
    """What is known, and at which ease it was learnt; what was known ``before`` stands for all while there is none.

    None of it counts when studies are compared: what is proven is the same whatever a search begins from.
    """

    before: Memory | None = field(default=None, compare=False)
    learnt: tuple[tuple[float, Memory], ...] = field(default=(), compare=False)

    def with_answer(self, ease: float, answer: Mapping[str, Any]) -> Pools:
        """The same with what one more search has learnt.

        Parameters
        ----------
        ease
            Where it was made.
        answer
            As the search gave it; one that has learnt nothing changes nothing.

        Returns
        -------
        Pools
            With as much, or more.
        """
        memory = memory_after(answer, None)
        return self if memory is None else dataclasses.replace(self, learnt=(*self.learnt, (ease, memory)))

    def near(self, ease: float) -> dict[str, Memory]:
        """The option of ``solve_problem`` for a search at an ease: to begin from what was learnt nearest to it.

        Of two as near it is the one that asks more: its plan holds at this ease too.
        """
        nearest = min(self.learnt, key=lambda pair: (abs(pair[0] - ease), pair[0]), default=None)
        return begun_from(self.before if nearest is None else nearest[1])
