"""What sheets must agree on: one check a file, each told which columns it relies on."""

from __future__ import annotations

from collections.abc import Iterator

from models.checks.protocol import Check
from models.findings import Finding
from models.problem import Problem

CHECKS: tuple[Check, ...] = ()


def run_checks(problem: Problem, damaged: set[str]) -> Iterator[Finding]:
    """All findings of all checks that rely on nothing damaged (see ``Check.reads``)."""
    for check in CHECKS:
        if check.applies(damaged):
            yield from check.run(problem)
