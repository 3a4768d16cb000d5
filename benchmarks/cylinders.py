"""Methods of mpi-sppy run by its own driver over MPI, and the bound and objective that it tells."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from friendshore.optimizer.engines.available import mpiexec

ROOT = Path(__file__).parents[1]
HEDGING = ("--default-rho", "10", "--sep-rho", "--lagrangian", "--xhatshuffle", "--linearize-proximal-terms")
"""Progressive hedging with Lagrangian bounds and a search for plans: three ranks."""
L_SHAPED = ("--lshaped-hub", "--xhatlshaped")
"""The L-shaped method: two ranks."""


@dataclass(frozen=True)
class Told:
    """What the driver told last, None where it told nothing; wall-clock and processor seconds of all ranks."""

    objective: float | None
    bound: float | None
    took: float
    used: float
    tail: str


def cylinders(module: str, arguments: Sequence[str], method: tuple[str, ...], gap: float, seconds: float) -> Told:
    """Run a method; its start and the building of its models are part of the time.

    Parameters
    ----------
    module
        Has ``inparser_adder`` and ``get_mpisppy_helper_object``.
    arguments
        Those of the module.
    method
        ``HEDGING`` or ``L_SHAPED``.
    gap, seconds
        Relative gap at which it ends, and the seconds after which it is ended.

    Returns
    -------
    Told
        As the driver says it; nothing of it is certified.
    """
    driver = ["-m", "mpi4py", "-m", "mpisppy.generic_cylinders", "--module-name", module, *arguments]
    limits = ["--solver-name", "highs", "--max-iterations", "1000", "--rel-gap", str(gap)]
    ranks = "3" if method == HEDGING else "2"
    began, used = time.perf_counter(), _children()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(  # noqa: S603
            [mpiexec(), "-n", ranks, sys.executable, *driver, *limits, *method],
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            cwd=folder,
        )
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            running.terminate()
            running.wait()
        said.seek(0)
        text = said.read()
    lines = re.findall(r"\]\s+\d+\s[ *A-Z]*\s(-?[\d.]+|-?inf)\s+(-?[\d.]+|inf)\s", text)
    bound, objective = (float(number) for number in lines[-1]) if lines else (-float("inf"), float("inf"))
    return Told(
        objective if objective < float("inf") else None,
        bound if bound > -float("inf") else None,
        time.perf_counter() - began,
        _children() - used,
        text[-2000:],
    )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
