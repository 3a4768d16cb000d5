"""Figures of low confidence, or without a source, on which much of the expected cost of a plan rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from friendshore.models.plan import Plan
from friendshore.models.problem import Problem
from friendshore.models.schema import Record
from friendshore.optimizer.reporting.named import names_of
from friendshore.optimizer.reporting.payers import by_figure
from friendshore.optimizer.wording.costs import cost_words

LEAST = 0.01
"""Of the expected cost: figures on which less rests are not told."""
LOW = "low"


@dataclass(frozen=True)
class Weak:
    """One figure: the row of the workbook that holds it, and what rests on it.

    ``id`` is the name of the row, its place on Demand and Lanes; ``subject`` says what figure it is; ``source_id`` is
    its source, of low confidence, blank where it has none; ``amount`` of the expected cost, discounted, rests on it,
    the ``share`` of that cost; where it lowers the cost both are below 0.
    """

    sheet: str
    id: str
    subject: str
    source_id: str
    amount: float
    share: float


def weak_figures(plan: Plan) -> tuple[Weak, ...]:
    """Figures of low confidence or without a source by what rests on them, the largest amount first.

    None where the workbook names no sources: then nothing is known of how far its figures are to be trusted.
    """
    problem, total = plan.problem, plan.expected_cost
    confidence = {row.source_id: row.confidence for row in problem.tables.sources}
    if not confidence or total <= 0:
        return ()
    found = []
    for row in by_figure(plan).to_dict("records"):
        sheet, id, amount = str(row["sheet"]), row["row"], float(row["discounted"])
        record = _record(problem, sheet, id)
        weak = record is not None and confidence.get(record.source_id, LOW) == LOW
        if record is None or not weak or abs(amount) < LEAST * total:
            continue
        subject = f"{_called(problem, sheet, id)}: {cost_words(str(row['kind'])).lower()}"
        found.append(Weak(sheet, str(id), subject, record.source_id, amount, amount / total))
    return tuple(sorted(found, key=lambda weak: -abs(weak.amount)))


def _record(problem: Problem, sheet: str, id: object) -> Record | None:
    """The row of the workbook; None where there is no such row, as for lanes that no row speaks of."""
    if sheet in ("Demand", "Lanes"):
        rows: tuple[Record, ...] = problem.tables.demand if sheet == "Demand" else problem.tables.lanes
        place = int(str(id))
        return rows[place] if 0 <= place < len(rows) else None
    return _by_name(problem)[sheet].get(str(id))


def _by_name(problem: Problem) -> Mapping[str, Mapping[str, Record]]:
    return {
        "Plants": problem.plants,
        "Expansions": problem.expansions,
        "Stockpiles": problem.stockpiles,
        "Protections": problem.protections,
        "Commodities": problem.commodities,
    }


def _called(problem: Problem, sheet: str, id: object) -> str:
    """What a row is called: by its name; a need by who needs what, a lane by its ends."""
    names = names_of(problem)
    if sheet == "Demand":
        need = problem.demand[int(str(id))]
        tier = "" if need.tier == "all" else f" ({need.tier.replace('_', ' ')})"
        return f"{names.words('Commodities', need.commodity)} in {names.of('Countries', need.country)}{tier}"
    if sheet == "Lanes":
        lane = problem.tables.lanes[int(str(id))]
        good = "all goods" if lane.commodity == "*" else names.words("Commodities", lane.commodity)
        return f"{good} from {_ends(lane.origin)} to {_ends(lane.destination)}"
    return names.words(sheet, str(id))


def _ends(group: str) -> str:
    return "anywhere" if group == "*" else group.lstrip("@")
