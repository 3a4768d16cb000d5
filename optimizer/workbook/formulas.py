"""Formulas whose results the file does not hold: every reader would take them for blank or 0."""

from __future__ import annotations

from collections.abc import Mapping

from friendshore.optimizer.workbook.gate import Package
from friendshore.optimizer.workbook.scan import SheetFacts


def uncalculated(package: Package, facts: Mapping[str, SheetFacts]) -> dict[str, frozenset[str]]:
    """Addresses of the formulas without a stored result, by sheet title.

    Some programs store 0 for every formula and ask for a calculation at the next opening: then all of them count.
    """
    stored = [result for fact in facts.values() for result in fact.formulas.values()]
    pending = package.recalculates and all(result in (None, "0") for result in stored)
    return {
        title: frozenset(cell for cell, result in fact.formulas.items() if pending or result is None)
        for title, fact in facts.items()
    }
