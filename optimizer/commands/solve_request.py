"""What ``solve`` is asked to do, and what it refuses at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from friendshore.optimizer.commands.engines import Workplace
from friendshore.optimizer.commands.guard import UsageFault
from friendshore.optimizer.commands.plan_file import PlanFile
from friendshore.optimizer.commands.pools import NOWHERE, Beginning
from friendshore.optimizer.search.method import Method

InPlace = Annotated[
    bool,
    typer.Option(
        "--in-place",
        help="Write the plan sheets into FILE itself, leave everything else in it as it was, and keep FILE.bak; "
        "refused where that cannot be promised. The --json then names FILE as plan.",
    ),
]
MemoryLimit = Annotated[
    float | None, typer.Option(metavar="GB", help="Memory that it may take in gigabytes; memory_limit of Settings.")
]
Prices = Annotated[
    bool, typer.Option("--prices", help="Solve again with each binding limit a step tighter, whole units free.")
]
Settle = Annotated[
    list[str] | None,
    typer.Option(
        "--settle",
        metavar="NAME",
        help="Settle a protection or project that the gap leaves open: hold it in and out, and compare; may be "
        "repeated. all: each of them.",
    ),
]
NoBaselines = Annotated[
    bool, typer.Option("--no-baselines", help="Leave out what the plan is held against: doing nothing, and no rules.")
]


@dataclass(frozen=True)
class Request:
    """What ``solve`` is asked to do, as its options say."""

    file: Path
    plan_file: PlanFile
    gap: float | None
    time_limit: float | None
    memory_limit: float | None
    threads: int | None
    seed: int
    method: Method
    settings: dict[str, str]
    prices: bool
    settle: tuple[str, ...]
    baselines: bool
    place: Workplace
    beginning: Beginning = NOWHERE


def refuse_limits(request: Request) -> None:
    """UsageFault where limits are asked for that mean nothing, or an engine without anything to share out."""
    if request.time_limit is not None and not 0 < request.time_limit < math.inf:
        raise UsageFault(f"--time-limit {request.time_limit}: wanted a number of seconds above 0")
    if request.memory_limit is not None and not 0 < request.memory_limit < math.inf:
        raise UsageFault(f"--memory-limit {request.memory_limit}: wanted a number of gigabytes above 0")
    if request.place != Workplace() and not request.prices:
        raise UsageFault("--engine and -j share out the searches of --prices, which is not asked for; see --threads")
