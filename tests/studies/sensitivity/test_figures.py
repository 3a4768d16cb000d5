"""Which cells are figures, what they are called, and how far their source lets them move."""

from __future__ import annotations

from friendshore.models.examine import problem_from_sheets
from friendshore.optimizer.studies.sensitivity.figures import SERIES, WIDTHS, figures_of, with_cells
from tests.mathematics.cases import Sheets, importer, stop


def cited() -> Sheets:
    """A source of each confidence; rows of many sheets that cite one."""
    sheets = importer(2) | stop(0.25)
    sheets["Plants"][0] |= {"source_id": "good", "fixed_cost": 0}
    sheets["Demand"] = [
        {"country": "Home", "commodity": "metal", "tier": "civil", "shortage_cost": 100, "y0": 5, "y1": 6}
        | {"source_id": "fair"}
    ]
    sheets["Lanes"][0] |= {"source_id": "poor"}
    sheets["Events"][0] |= {"source_id": "silent"}
    sheets["Scenarios"][0] |= {"source_id": "good"}
    sheets["Profiles"] = [
        {"table": "Plants", "id": "works", "column": "unit_cost", "y0": 2, "y1": 3, "source_id": "poor"}
    ]
    sheets["Sources"] = [
        {"source_id": name, "title": name, "confidence": confidence}
        for name, confidence in (("good", "high"), ("fair", "medium"), ("poor", "low"), ("silent", ""))
    ]
    return sheets


def test_filled_number_cells_of_rows_with_a_source() -> None:
    """No zeros, no blank cells, no settings, no rows without a source; columns of periods are one figure."""
    figures = figures_of(problem_from_sheets(cited()))
    assert [(each.sheet, each.column) for each in figures] == [
        ("Plants", "capacity"),
        ("Plants", "unit_cost"),
        ("Demand", "shortage_cost"),
        ("Demand", SERIES),
        ("Lanes", "cost"),
        ("Scenarios", "probability"),
        ("Events", "years"),
        ("Profiles", SERIES),
    ]
    assert [each.words for each in figures][3:] == [
        "Metal in Home (civil): quantity by period",
        "All goods from Far to Home: cost",
        "Stop: probability",
        "Stop, export event: years",
        "Works: unit cost by period",
    ]
    assert [each.time for each in figures].count(True) == 1
    assert figures[3].cells == (("y0", 5.0), ("y1", 6.0)) and figures[3].value is None


def test_width_by_confidence() -> None:
    """High 5 %, medium 15 %, low and not said 30 %."""
    figures = {(each.sheet, each.column): each for each in figures_of(problem_from_sheets(cited()))}
    assert (WIDTHS["high"], WIDTHS["medium"], WIDTHS["low"], WIDTHS[""]) == (0.05, 0.15, 0.30, 0.30)
    assert figures["Plants", "capacity"].times(figures["Plants", "capacity"].high) == {"capacity": 21.0}
    series = figures["Demand", SERIES]
    assert series.times(series.low) == {"y0": 0.85 * 5, "y1": 0.85 * 6}
    assert (figures["Events", "years"].low, figures["Lanes", "cost"].high) == (0.7, 1.3)


def test_low_and_high_of_a_source_say_more_than_its_confidence() -> None:
    """From half to 1.05 times, as far as they are said; a figure that may not be less has its low end at today's; what
    is certain is none."""
    sheets = cited()
    sheets["Sources"][0] |= {"low": 0.5}
    sheets["Sources"][2] |= {"low": 1, "high": 3}
    figures = {(each.sheet, each.column): each for each in figures_of(problem_from_sheets(sheets))}
    assert (figures["Plants", "capacity"].low, figures["Plants", "capacity"].high) == (0.5, 1.05)
    assert (figures["Lanes", "cost"].low, figures["Lanes", "cost"].high) == (1.0, 3.0)
    sheets["Sources"][3] |= {"low": 1, "high": 1}
    assert "Events" not in {each.sheet for each in figures_of(problem_from_sheets(sheets))}


def test_cells_change_and_nothing_else() -> None:
    problem = problem_from_sheets(cited())
    series = next(each for each in figures_of(problem) if each.sheet == "Demand" and each.column == SERIES)
    other = with_cells(problem, series, series.times(2.0))
    assert other.demand[0].by_period == {"y0": 10.0, "y1": 12.0} and other.demand[0].shortage_cost == 100
    assert other.plants == problem.plants and problem.demand[0].by_period == {"y0": 5.0, "y1": 6.0}
