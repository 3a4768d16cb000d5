"""What to decide, in order of time: what has to be decided now, what can wait and until when.

Made of the tables of the plan sheets, so that sheet, page and terminal say the same of a plan at hand and of one read
back. Only the base path is told: what a disruption brings is decided when it has come.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from friendshore.models.problem import Problem
from friendshore.optimizer.reporting.calendar import moment
from friendshore.optimizer.reporting.content import Field
from friendshore.optimizer.reporting.frames import BASE
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.wording.money import money
from friendshore.optimizer.wording.names import capital
from friendshore.optimizer.wording.numbers import say

BUILD, PROTECT, CLOSE, STORE = "Build", "Protect", "Close", "Store"
NAME = "Decisions"
FIELDS = (
    Field("when", "Decide by"),
    Field("act", "Do"),
    Field("what", "What"),
    Field("where", "Where"),
    Field("partner", "With"),
    Field("payer", "Who pays"),
    Field("price", "How much"),
    Field("serves", "From when"),
)
MOST_DATES = 3
"""So many dates until which decisions can wait are told one by one."""
_LEAST = 1e-3
"""Of the room of a stockpile: smaller changes of its level are no decision."""


@dataclass(frozen=True)
class Decision:
    """One decision of the base path.

    ``period`` is the position of the period at whose start it falls; ``act`` one of build, protect, close and store;
    ``what``, ``where``, ``partner`` and ``payer`` are called as people read them; ``amount`` is money, ``price`` the
    same in words, once or a year; ``serves`` says from when, blank where that is at once.
    """

    period: int
    act: str
    what: str
    where: str
    partner: str
    payer: str
    amount: float
    price: str
    serves: str = ""

    @property
    def words(self) -> str:
        """The decision in a line: what, where, with whom, how much, who pays, from when."""
        place = f" in {self.where}" if self.where else ""
        partner = f" ({self.partner})" if self.partner else ""
        payer = f", paid by {self.payer}" if self.payer and self.price else ""
        price = f": {self.price}{payer}" if self.price else ""
        return f"{self.act} {self.what}{place}{partner}{price}" + (
            f"; serves from {self.serves}" if self.serves else ""
        )


Tables = Mapping[str, pd.DataFrame]
"""Investments, Protections_bought, Plants_closed and Stockpiles, as of the plan sheets."""


def decisions(problem: Problem, tables: Tables) -> tuple[Decision, ...]:
    """Every decision of the base path, in order of time, the dearest of a period first.

    Parameters
    ----------
    problem
        The problem that the plan answers.
    tables
        Investments, Protections_bought, Plants_closed and Stockpiles; those that a plan lacks are empty or missing.

    Returns
    -------
    tuple[Decision, ...]
        None of them of a period with look-ahead.
    """
    parts = (_built, _protected, _closed, _stored)
    made = [each for part in parts for each in part(problem, tables)]
    planned = [each for each in made if not problem.periods[each.period].look_ahead]
    return tuple(sorted(planned, key=lambda each: (each.period, -each.amount, each.act, each.what)))


def now_and_later(found: Iterable[Decision]) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Those of the first period, which are to be decided now, and those that can wait."""
    every = tuple(found)
    return tuple(each for each in every if each.period == 0), tuple(each for each in every if each.period > 0)


def by_when(problem: Problem, decision: Decision) -> str:
    """When a decision falls at the latest: the start of its period."""
    return moment(problem, problem.period_starts[decision.period])


def waits_words(problem: Problem, later: Iterable[Decision]) -> str:
    """What can wait, and until when, in a sentence; blank where nothing does."""
    by_period: dict[int, list[Decision]] = {}
    for each in later:
        by_period.setdefault(each.period, []).append(each)
    if not by_period:
        return ""
    told = [f"{len(rows)} until {by_when(problem, rows[0])}" for rows in by_period.values()]
    count = sum(map(len, by_period.values()))
    if len(told) > MOST_DATES:
        first, last = list(by_period.values())[: MOST_DATES - 1], by_period[max(by_period)]
        longer = count - sum(map(len, first))
        told = [*told[: MOST_DATES - 1], f"{longer} longer, the last until {by_when(problem, last[0])}"]
    return f"{count} decision{'s' if count > 1 else ''} can wait: {', '.join(told)}."


def table(problem: Problem, found: Iterable[Decision]) -> pd.DataFrame:
    """when, act, what, where, partner, payer, price, serves: a row for each decision."""
    rows = [
        (by_when(problem, d), d.act, capital(d.what), d.where, d.partner, d.payer, d.price, d.serves or "at once")
        for d in found
    ]
    return pd.DataFrame(rows, columns=[field.key for field in FIELDS])


Row = Mapping[Hashable, Any]
_NO_UNITS = 1e-9


def _rows(tables: Tables, name: str) -> list[dict[Hashable, Any]]:
    frame = tables.get(name)
    return [] if frame is None or frame.empty else frame.to_dict("records")


def _built(problem: Problem, tables: Tables) -> Iterable[Decision]:
    names, currency = names_of(problem), problem.settings.currency
    for row in _rows(tables, "Investments"):
        if row["scenario"] != BASE:
            continue
        project, period = problem.expansions[str(row["expansion"])], problem.period_index(str(row["period"]), 0)
        units, lead = float(row["units"]), project.lead_years
        price = float(row["capex"]) / units
        if period == 0:
            units -= project.committed  # what stands or is on order is no decision any more
        if units <= _NO_UNITS:
            continue
        site = str(row["plant"])
        sheet = "Stockpiles" if site in problem.stockpiles else "Plants"
        yield Decision(
            period,
            BUILD,
            ("" if units == 1 else f"{say(units)} × ") + names.words("Expansions", str(row["expansion"])),
            names.of("Countries", str(row["country"])),
            names.words(sheet, site),
            names.of("Countries", str(row["payer"])),
            price * units,
            money(price * units, currency),
            moment(problem, problem.period_starts[period] + lead) if lead else "",
        )


def _protected(problem: Problem, tables: Tables) -> Iterable[Decision]:
    names, currency = names_of(problem), problem.settings.currency
    for row in _rows(tables, "Protections_bought"):
        if problem.protections[str(row["protection"])].committed:
            continue
        cost = float(row["cost"])
        yield Decision(
            problem.period_index(str(row.get("since") or ""), 0),
            PROTECT,
            names.words("Protections", str(row["protection"])),
            "",
            f"against {row['hazard']}",
            names.of("Countries", str(row["payer"])),
            cost,
            f"{money(cost, currency)} a year",
        )


def _closed(problem: Problem, tables: Tables) -> Iterable[Decision]:
    names, currency = names_of(problem), problem.settings.currency
    for row in _rows(tables, "Plants_closed"):
        where, cost = names.of("Countries", str(row["country"])), float(row["cost"])
        yield Decision(
            problem.period_index(str(row["period"]), 0),
            CLOSE,
            names.words("Plants", str(row["plant"])),
            where,
            "",
            where if cost else "",
            cost,
            money(cost, currency) if cost else "",
        )


def _stored(problem: Problem, tables: Tables) -> Iterable[Decision]:
    """What is filled in on the base path, beyond what is released in the same period, period by period."""
    stocks = tables.get("Stockpiles")
    if stocks is None or stocks.empty:
        return
    names, base = names_of(problem), stocks[stocks["scenario"] == BASE]
    sums = base.groupby(["stockpile", "period"], sort=False)[["filled", "released"]].sum().reset_index()
    for row in sums.to_dict("records"):
        added = float(row["filled"]) - float(row["released"])
        pile = problem.stockpiles[str(row["stockpile"])]
        good, country = problem.commodities[pile.commodity], names.of("Countries", pile.country)
        if added <= _LEAST * max(pile.max_level, 1.0):
            continue
        worth = added * good.price
        yield Decision(
            problem.period_index(str(row["period"]), 0),
            STORE,
            f"{say(added)} {good.unit} more of {names.words('Commodities', pile.commodity)}",
            country,
            names.words("Stockpiles", pile.stockpile),
            country,
            worth,
            f"{money(worth, problem.settings.currency)} at its reference price" if worth else "",
        )
