"""The options of studies that search again and again: how each search is done."""

from __future__ import annotations

from typing import Annotated

import typer

SearchGap = Annotated[
    str | None, typer.Option("--gap", metavar="G", help="Gap at which each search stops; mip_gap of Settings.")
]
SearchTime = Annotated[
    float | None,
    typer.Option("--time-limit", metavar="S", help="Longest search in seconds, each; time_limit of Settings."),
]
SearchThreads = Annotated[int | None, typer.Option("--threads", metavar="N", min=1, help="Threads of each search; 1.")]
SearchSeed = Annotated[
    int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="Random seed of the solver.")
]
