"""Many breaks: one after the other, or shared among worker processes with one model each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from math import ceil
from multiprocessing import get_context

from optimizer.studies.stress_bench import Bench
from optimizer.studies.stress_break import Breaker, Broken

CHUNKS = 8
"""Units of work for each worker: enough that none waits long for the last."""

Tell = Callable[[int, int], None]
"""Called with how many removals are done, and of how many."""
