"""What a name says: ``ree-b10-tight-s1`` is the rare earth workbook with ten branches drawn by seed 1, tight.

A name is a sector (``benchmarks.family.sectors``) and words joined by ``-``, in any number:

===========  ==========================================================================================
``b10``      ten branches drawn around the scenarios of the workbook; without it those of the workbook
``c2``       two chains of commodities, the second a copy with shifted numbers under the same budgets
``k20``      twenty countries
``p10``      ten periods
``tight``    three units of the workbook in one, fixed costs, half the budget, risk aversion 0.5, rules over all paths
``fine``     ten units for each of the workbook's
``coarse``   one unit for each four of the workbook's
``risk``     risk aversion 0.9
``whole``    each branch invests anew, in whole units
``parts``    each branch invests anew, in parts of units
``hhi``      with the workbook's rule on concentration, a second-order cone; without this word it is left out
``s1``       the seed of all that is drawn
===========  ==========================================================================================

The thirty of the family are ``NAMES``; any other name in these words is a problem too, made by the same draws.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from benchmarks.family.sectors import SECTORS, sector
from benchmarks.scale import scaled
from friendshore.models.examine import problem_from_sheets
from friendshore.models.formulation.model_data import build_model_data
from friendshore.models.parsing.unparse import sheets_of
from friendshore.models.problem import Problem
from friendshore.models.rules import every_disruption, every_member
from friendshore.optimizer.program.assemble import Assembled, assemble

NAMES = (
    "tut-b50-s1",
    "tut-b200-p10-tight-s1",
    "tut-b1000-p10-tight-s1",
    "tut-b60-p8-c4-tight-s1",
    "tut-b40-p6-whole-s1",
    "cyb-b5-s1",
    "cyb-b10-risk-s1",
    "cyb-b20-s1",
    "cyb-b60-s1",
    "cyb-b10-p8-s2",
    "gage-b5-s1",
    "gage-b10-tight-s1",
    "gage-b20-s1",
    "gage-b10-coarse-s1",
    "gage-b10-risk-s2",
    "bat-b5-s1",
    "bat-b20-s1",
    "bat-b10-tight-s1",
    "bat-b40-s2",
    "bat-b10-c2-s1",
    "chip-b5-s1",
    "chip-b10-tight-s1",
    "chip-b10-risk-s1",
    "ai-b5-parts-s1",
    "ai-b10-whole-s1",
    "ai-b20-tight-s1",
    "ree-b5-s1",
    "ree-b10-fine-s1",
    "ree-b5-hhi-s1",
    "ree-b50-s1",
)
"""The family, each sector from small to large."""

COUNTS = {"b": "branches", "c": "commodities", "k": "countries", "p": "periods", "s": "seed"}
"""Words of a letter and a number."""

SCALED: dict[str, dict[str, Any]] = {"tight": {"tight": True}, "fine": {"lump": 0.1}, "coarse": {"lump": 4.0}}
"""Words that change how a workbook is scaled."""

SETTINGS: dict[str, dict[str, object]] = {
    "risk": {"risk_aversion": 0.9},
    "whole": {"branch_investment": "integer"},
    "parts": {"branch_investment": "continuous"},
}
"""Words that change settings."""

CONE = "hhi"


class UnknownProblem(ValueError):
    """A name that says nothing; the message names the word."""


@dataclass(frozen=True)
class Definition:
    """What a name says: the sector, how its workbook is scaled (``benchmarks.scale.scaled``), and settings."""

    name: str
    sector: str
    scaled: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)

    @cached_property
    def problem(self) -> Problem:
        """The problem, through the checks of a planner's workbook."""
        drawn = scaled(sector(self.sector), **self.scaled)
        settings = dataclasses.replace(drawn.settings, **self.settings)  # type: ignore[arg-type]
        tables = dataclasses.replace(drawn.tables, settings=settings)
        return problem_from_sheets(sheets_of(tables), name=self.name)

    @cached_property
    def assembled(self) -> Assembled:
        """The whole tree as arrays, with every branch that a policy tests; a cone is no part of it."""
        disruptions = {**every_disruption(self.problem), **every_member(self.problem)}
        return assemble(build_model_data(self.problem, disruptions))

    @property
    def cone(self) -> bool:
        """Whether a rule on concentration is part of it, which is no set of linear rows."""
        return any(policy.kind == "max_hhi" for policy in self.problem.policies)

    @property
    def digest(self) -> str:
        """SHA-256 of the rows of all sheets: equal where the problem is the same to the last digit."""
        rows = json.dumps(sheets_of(self.problem.tables), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(rows.encode()).hexdigest()


def define(name: str) -> Definition:
    """What a name says; UnknownProblem where a word of it is none."""
    first, *words = name.split("-")
    if first not in SECTORS:
        raise UnknownProblem(f"found {name!r}; wanted a name that begins with one of {', '.join(SECTORS)}")
    how: dict[str, Any] = {} if CONE in words else {"without": ("max_hhi",)}
    settings: dict[str, object] = {}
    for word in words:
        count = re.fullmatch(r"([bckps])([1-9]\d*)", word)
        if count:
            how[COUNTS[count[1]]] = int(count[2])
        elif word in SCALED or word in SETTINGS:
            how |= SCALED.get(word, {})
            settings |= SETTINGS.get(word, {})
        elif word != CONE:
            raise UnknownProblem(f"found {word!r} in {name!r}; wanted a letter of {', '.join(COUNTS)} with a number, "
                                 f"or one of {', '.join([*SCALED, *SETTINGS, CONE])}")  # fmt: skip
    return Definition(name, first, how, settings)
