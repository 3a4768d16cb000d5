"""What a check is: a function of the problem, and the columns it relies on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from friendshore.models.findings import Finding
from friendshore.models.problem import Problem


@dataclass(frozen=True)
class Check:
    """One check across sheets.

    ``reads`` names the columns whose faults would make it speak nonsense (``Scenarios.probability``, or a sheet as a
    whole); where one of them has a faulty cell the check waits until that is mended. Other faults do not keep it.
    """

    run: Callable[[Problem], Iterator[Finding]]
    reads: tuple[str, ...]

    def applies(self, damaged: set[str]) -> bool:
        """Whether nothing that it reads is damaged."""
        sheets = {name.partition(".")[0] for name in damaged}
        return not any(
            name in damaged or name.partition(".")[0] in damaged or ("." not in name and name in sheets)
            for name in self.reads
        )


def reads(*columns: str) -> Callable[[Callable[[Problem], Iterator[Finding]]], Check]:
    """Make a function a check that relies on these columns or whole sheets."""
    return lambda run: Check(run, columns)
