"""How a solve went: status, size, options, bound and gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """What is known at the end; ``no_plan`` is neither an empty plan nor infeasible.

    ``uncertified``: there is a plan, but not all of it holds when it is recomputed outside the solver.
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    NO_PLAN = "no_plan"
    INVALID = "invalid"
    UNCERTIFIED = "uncertified"


@dataclass(frozen=True)
class Size:
    """How large the model is."""

    rows: int = 0
    columns: int = 0
    integers: int = 0
    nonzeros: int = 0
    nodes: int = 0
    scenarios: int = 0


@dataclass(frozen=True)
class Options:
    """How a problem was solved: with the workbook, the versions and these a plan can be made again.

    ``gap`` is the relative gap asked for and ``time_limit`` the longest search in seconds (None: no limit), those of
    Settings where no others were given; ``threads`` None: the solver's own choice; ``method`` as it was asked for;
    ``settle`` names the choices that were held in and held out, as they were asked for; ``begun``: the search began
    from what an earlier run had learnt.
    """

    gap: float
    time_limit: float | None = None
    threads: int | None = None
    seed: int = 0
    method: str = "auto"
    settle: tuple[str, ...] = ()
    begun: bool = False


@dataclass(frozen=True)
class Run:
    """How a solve went.

    ``bound`` is the proven lower bound on the objective and ``gap`` = (objective - bound) / |objective|, None where
    unknown; ``stopped`` tells why the search ended early (``time limit``, ``interrupted``, ``precision``: the solver
    tells plans no finer apart), empty where it ran to its end; ``seconds`` has read, build, solve, write, total as far
    as known; ``versions`` of the program, the solver and the libraries; ``log`` what happened, line by line.
    ``unsurvived`` names the branches of hard policies on stops on which the plan does not keep them, as the search was
    stopped before every stop that it fails had been added. ``dual_bound`` is the part of the bound that is recomputed
    outside the solver, from prices of rows by weak duality; None where it was not worked out.
    """

    status: Status = Status.NO_PLAN
    bound: float | None = None
    gap: float | None = None
    stopped: str = ""
    size: Size = Size()
    seconds: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    log: tuple[str, ...] = ()
    options: Options | None = None
    unsurvived: tuple[str, ...] = ()
    dual_bound: float | None = None
