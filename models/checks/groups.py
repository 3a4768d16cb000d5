"""Groups that have members, and words that groups need for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from friendshore.models.checks.protocol import reads
from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.nearest import suggestion
from friendshore.models.problem import Problem

Cell = tuple[str, int, str, str]


@reads("Countries", "Settings.coalition")
def empty_groups(problem: Problem) -> Iterator[Finding]:
    """FS208: a group without a member."""
    for sheet, row, column, text in _cells(problem):
        if text and ":" not in text and not problem.group(text):
            message = (
                f"found {text!r}, which has no member: no country belongs to the bloc {problem.settings.coalition!r}"
            )
            yield make_finding("FS208", sheet, f"{message}; wanted a group with members", row, column)


def _cells(problem: Problem) -> Iterator[Cell]:
    tables = problem.tables
    for lane in tables.lanes:
        yield "Lanes", lane.row, "from", lane.origin
        yield "Lanes", lane.row, "to", lane.destination
    for event in tables.events:
        yield "Events", event.row, "country", event.country
        yield "Events", event.row, "to", event.buyers if event.kind == "export" else ""
    for stock in tables.stockpiles:
        yield "Stockpiles", stock.row, "serves", "" if stock.serves == "own" else stock.serves
    for protection in tables.protections:
        yield "Protections", protection.row, "country", protection.country
    for policy in tables.policies:
        read = policy.declared.columns
        yield "Policies", policy.row, "suppliers", policy.suppliers if "suppliers" in read else ""
        yield "Policies", policy.row, "consumers", policy.consumer_text if "consumers" in read else ""


@reads("Countries", "Settings.coalition")
def coalition(problem: Problem) -> Iterator[Finding]:
    """FS203: a coalition on Settings that no country belongs to."""
    chosen = problem.settings.coalition
    blocs = sorted({row.bloc for row in problem.tables.countries})
    if "coalition" in problem.settings.given and chosen not in blocs:
        message = (
            f"found {chosen!r}, but no country belongs to that bloc; wanted one of Countries{suggestion(chosen, blocs)}"
        )
        yield make_finding("FS203", "Settings", message, 0, "coalition")


@reads()
def taken_words(problem: Problem) -> Iterator[Finding]:
    """FS211: a bloc, stage or tier whose word means something else in a group or a selection."""
    tables, chosen = problem.tables, problem.settings.coalition
    cells = [
        *(
            ("Countries", row.row, "bloc", row.bloc, "," in row.bloc or row.bloc == "coalition" != chosen)
            for row in tables.countries
        ),
        *(("Commodities", row.row, "stage", row.stage, "," in row.stage) for row in tables.commodities),
        *(("Demand", row.row, "tier", row.tier, row.tier == "*") for row in tables.demand),
    ]
    for sheet, number, column, word, taken in cells:
        if taken:
            yield make_finding(
                "FS211",
                sheet,
                f"found {word!r}, which has another meaning in groups; wanted another word",
                number,
                column,
            )
