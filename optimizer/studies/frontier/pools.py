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
    """What is known, with the ease at which it was learnt.

    It does not count when studies are compared: what is proven is the same whatever a search begins from.
    """

    learnt: tuple[tuple[float, Memory], ...] = field(default=(), compare=False)

    def with_memory(self, ease: float, memory: Memory | None) -> Pools:
        """The same with what was learnt at an ease; None: nothing."""
        known = memory is not None and memory.pool is not None
        return dataclasses.replace(self, learnt=(*self.learnt, (ease, memory))) if memory and known else self

    def with_answer(self, answer: Mapping[str, Any]) -> Pools:
        """The same with what one more search has learnt, as its answer tells."""
        return self.with_memory(answer["at"], memory_after(answer, None))

    def near(self, ease: float) -> dict[str, Memory]:
        """The option of ``solve_problem`` for a search at an ease: to begin from what was learnt nearest to it.

        Of two as near it is the one that asks more: its plan holds at this ease too.
        """
        nearest = min(self.learnt, key=lambda pair: (abs(pair[0] - ease), pair[0]), default=None)
        return {} if nearest is None else begun_from(nearest[1])
