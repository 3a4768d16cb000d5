"""What the things of a problem are called on the page, and when they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from friendshore.models.problem import Problem
from friendshore.models.tables.periods import look_ahead_labels, planned_labels
from friendshore.optimizer.reporting.calendar import first_year, span
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import Names as GivenNames
from friendshore.optimizer.wording.names import label
from friendshore.optimizer.wording.numbers import BLANK


def exact(value: float) -> float:
    """A number as the charts get it: twelve digits that matter."""
    return float(f"{value:.12g}")


@dataclass(frozen=True)
class Names:
    """How things of a problem are called, and when they are."""

    problem: Problem

    @property
    def currency(self) -> str:
        """The currency of Settings."""
        return self.problem.settings.currency

    def money(self, value: float) -> str:
        """An amount in a sentence."""
        return money(value, self.currency)

    def country(self, country: str) -> str:
        """A country by its full name where it has one."""
        row = self.problem.countries.get(country)
        return country if row is None else row.name or label(country)

    def scenario(self, scenario: str) -> str:
        """A path: a danger with the period in which it begins, a sequel with what it follows, a tested stop."""
        return self.given.path(scenario, self.member)

    @property
    def given(self) -> GivenNames:
        """The names that the workbook gives."""
        return GivenNames(self.problem.names)

    def good(self, commodity: str) -> str:
        """A commodity by its name, else by its id with blanks."""
        return self.given.words("Commodities", commodity)

    def goods(self, commodities: str) -> str:
        """Commodities separated by commas, by name."""
        return ", ".join(self.good(commodity.strip()) for commodity in commodities.split(","))

    def plant(self, plant: str) -> str:
        """A plant by its name, else by its id with blanks."""
        return self.given.words("Plants", plant)

    def expansion(self, expansion: str) -> str:
        """An expansion by its name, else by its id with blanks."""
        return self.given.words("Expansions", expansion)

    def stockpile(self, stockpile: str) -> str:
        """A stockpile by its name, else by its id with blanks."""
        return self.given.words("Stockpiles", stockpile)

    def protection(self, protection: str) -> str:
        """A protection by its name, else by its id with blanks."""
        return self.given.words("Protections", protection)

    def policy(self, policy: str) -> str:
        """A policy by its name, else by its id with blanks."""
        return self.given.words("Policies", policy)

    def member(self, id: str) -> str:
        """A member of a tested stop: a country, or a plant by its name."""
        return self.problem.names["Plants"].get(id) or self.country(id)

    def place(self, place: str) -> str:
        """A place of the scorecard, its parts by name: countries in full."""
        parts = [part.strip() for part in place.split(",")]
        return ", ".join(" + ".join(self._part(word) for word in part.split("+")) for part in parts)

    def _part(self, word: str) -> str:
        name, dated, onset = word.partition(" from ")
        if name in self.problem.countries:
            return self.country(name) + dated + onset
        called = self.good(name) if name in self.problem.commodities else self.plant(name)
        return called + dated + onset

    @property
    def first_year(self) -> int:
        """The calendar year the plan starts in where the labels of the periods are years, else 0."""
        return first_year(self.problem)

    @property
    def starts(self) -> dict[str, float]:
        """When each period begins: a calendar year, or years from the start."""
        at, begins = float(self.first_year), {}
        for period in self.problem.periods:
            begins[period.period] = at
            at += period.years
        return begins

    @property
    def planned(self) -> list[str]:
        """Labels of the periods that are planned; those with look_ahead stand behind the plan and are shown apart."""
        return planned_labels(self.problem.periods)

    @property
    def beyond(self) -> list[str]:
        """Labels of the periods with look_ahead."""
        return look_ahead_labels(self.problem.periods)

    @property
    def span(self) -> str:
        """``2026 to 2035``: what is planned."""
        return span(self.problem, self.planned)

    def when(self, value: float) -> str:
        """A time: ``2027``, ``mid-2027``, ``2027.25``; in years from the start ``1.5``."""
        if not isfinite(value):
            return BLANK
        if self.first_year and value % 1 == 0.5:
            return f"mid-{int(value)}"
        return f"{value:.2f}".rstrip("0").rstrip(".")
