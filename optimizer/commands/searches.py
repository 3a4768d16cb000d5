"""What studies that search again and again are asked alike: the workbook, where they go, how a search is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from friendshore.optimizer.commands.completion import workbooks
from friendshore.optimizer.commands.guard import UsageFault

StudyFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The workbook; it is only read.", autocompletion=workbooks)
]
StudyOutput = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="OUT", help="Where the study goes; reports/NAME.COMMAND.xlsx.")
]

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

SearchFrom = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="PLAN",
        help="Begin each search from what the run that wrote this plan of FILE has learnt: many times as quick.",
    ),
]


@contextmanager
def as_usage() -> Iterator[None]:
    """A stretch in which a study that cannot be made as it is asked (ValueError) is wrong use of the command.

    Raises
    ------
    UsageFault
        With what the study says.
    """
    try:
        yield
    except ValueError as error:
        raise UsageFault(str(error)) from error
