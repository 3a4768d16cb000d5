"""Investments: when units may be decided, how many, whole or not, and what they require; protections bought or not."""

from __future__ import annotations

import numpy as np

from friendshore.models.tables import Expansion
from friendshore.optimizer.certify.case import Case
from friendshore.optimizer.certify.decisions import Decision, service
from friendshore.optimizer.certify.ledger import Ledger
from friendshore.optimizer.certify.numbers import TINY
from friendshore.optimizer.certify.scenarios import BASE


def check_investments(case: Case, ledger: Ledger) -> None:
    """The bounds of b and z, and ``requires`` along every path (formulation, Decisions)."""
    for decisions in case.own.values():
        for decision in decisions:
            _check_decision(case, decision, ledger)
    for name in case.tree.branches:
        for place, row in enumerate(case.tables.expansions):
            _check_path(case, name, place, row, ledger)
    for bought, protection in zip(case.bought[-1], case.tables.protections, strict=True):
        off = min(abs(bought), abs(bought - 1.0))
        ledger.note(f"protection {protection.protection} bought or not", float(off))
    _check_committed(case, ledger)


def _check_committed(case: Case, ledger: Ledger) -> None:
    """What is committed is decided at the start: units that serve at some time, and protections."""
    base = case.tree.branches[BASE]
    for place, row in enumerate(case.tables.expansions):
        first, last = service(row, float(base.start[0]))
        if np.any((base.start > first - TINY) & (base.start + base.years < last + TINY)):
            began = [each for each in case.own[BASE] if each.expansion == place and each.node == base.first]
            units = sum(each.units for each in began)
            ledger.note(f"units of {row.expansion} that are committed", row.committed - units, row.committed)
    for bought, protection in zip(case.bought[0], case.tables.protections, strict=True):
        short = float(protection.committed) - float(bought)
        ledger.note(f"protection {protection.protection} that is committed", short, 1.0)


def _check_decision(case: Case, decision: Decision, ledger: Ledger) -> None:
    """Units b ≥ 0, whole where ``integer``, inside [earliest, latest], and only what can still serve."""
    row, units = case.tables.expansions[decision.expansion], decision.units
    where = f"{row.expansion} at {case.finder.labels[decision.node]}"
    ledger.note(f"units of {where} below zero", max(0.0, -units))
    own = case.tree.branches[decision.branch]
    if (decision.branch == BASE or row.opened_by) and own.step[decision.node - own.first] != 1:
        ledger.note(f"decision of {where}, which is not at the start of a period", abs(units), abs(units))
    if not _open(case, row, decision.period):
        ledger.note(f"decision window of {where}", abs(units), abs(units))
    first, last = service(row, decision.time)
    if not np.any((own.start > first - TINY) & (own.start + own.years < last + TINY)):
        ledger.note(f"lead time of {where}, which could never serve", abs(units), abs(units))
    setting = case.tables.settings.branch_investment
    if row.integer and (decision.branch == BASE or row.opened_by or setting == "integer"):
        ledger.note(f"whole units of {where}", abs(units - round(units)))


def _open(case: Case, row: Expansion, period: int) -> bool:
    """Whether a period lies in [earliest, latest]."""
    labels = [each.period for each in case.tables.periods]
    first = labels.index(row.earliest) if row.earliest else 0
    last = labels.index(row.latest) if row.latest else len(labels) - 1
    return first <= period <= last


def _check_path(case: Case, name: str, place: int, row: Expansion, ledger: Ledger) -> None:
    """Σ b ≤ max_units on a path; where ``requires``, at any time no more than of the other, or one of it (any)."""
    decisions = case.carried[name]
    mine = [decision for decision in decisions if decision.expansion == place]
    total = sum(decision.units for decision in mine)
    ledger.note(f"max_units of {row.expansion} on the path of {name}", total - row.max_units, max(total, row.max_units))
    if row.requires:
        one_is_enough = row.requires.startswith("any ")
        name_needed = row.requires[4:].strip() if one_is_enough else row.requires
        needed = next(i for i, other in enumerate(case.tables.expansions) if other.expansion == name_needed)
        each_opens = row.max_units if one_is_enough else 1.0
        for time in sorted({decision.time for decision in mine}):
            have, need = _until(decisions, place, time), each_opens * _until(decisions, needed, time)
            text = f"{row.expansion} requires {row.requires} on the path of {name} at year {time:g}"
            ledger.note(text, have - need, max(have, need))


def _until(decisions: list[Decision], expansion: int, time: float) -> float:
    """Cumulative units of an expansion decided up to a time, that time included."""
    return sum(each.units for each in decisions if each.expansion == expansion and each.time <= time + TINY)
