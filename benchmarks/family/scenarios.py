"""A problem of the family as mpi-sppy's driver asks for it; the names of the functions are those that it looks for."""

from __future__ import annotations

from typing import Any

from benchmarks.family.catalogue import define
from friendshore.optimizer.mpisppy.module import Helper


def inparser_adder(cfg: Any) -> None:
    """Which problem."""
    cfg.add_to_config("problem", description="a problem of the family", domain=str, default=None)


def get_mpisppy_helper_object(cfg: Any) -> Helper:
    """The problem as scenarios."""
    return Helper(define(cfg.problem).problem)
