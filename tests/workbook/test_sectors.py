"""The sector workbooks: nothing to warn of, every figure traced, and their first years solved."""

from __future__ import annotations

import re

import pytest

import friendshore as fs
from friendshore.optimizer.workbook.examples import source_sheets
from tests.parsing.valid import Sheets
from tests.places import INPUTS, ROOT, SOURCES
from tests.workbook.short import first_years

SECTORS = {
    "rare_earth_magnets": ("embargo",),
    "gallium_germanium": ("licences", "full_stop"),
    "battery_graphite": ("permits", "full_stop"),
    "ai_accelerators": ("quarantine", "blockade"),
    "legacy_chips": ("china_stop",),
    "cybersecurity": ("it_supplier",),
    "coalition": ("embargo", "blockade"),
}
"""Each with the dangers that its short version keeps."""


UNTOLD = ("Periods",)
"""Sheets whose rows need no source: years follow one another."""


def sheets_of(name: str) -> Sheets:
    return source_sheets(SOURCES / name)


@pytest.mark.parametrize("name", SECTORS)
def test_nothing_to_warn_of(name: str) -> None:
    assert fs.check(INPUTS / f"{name}.xlsx") == ()


@pytest.mark.parametrize("name", SECTORS)
def test_every_figure_has_a_source_or_says_that_it_is_an_assumption(name: str) -> None:
    sheets = sheets_of(name)
    cited = {
        row.get("source_id") for sheet, rows in sheets.items() if sheet not in (*UNTOLD, "Sources") for row in rows
    }
    assert cited == {row["source_id"] for row in sheets["Sources"]}, "cited, and listed on Sources"
    assert [
        (sheet, row)
        for sheet, rows in sheets.items()
        if sheet not in UNTOLD
        for row in rows
        if sheet != "Sources" and not row.get("note")
    ] == []


@pytest.mark.parametrize("name", SECTORS)
def test_what_may_be_otherwise_says_how_far(name: str) -> None:
    """Damage and chances, which no source gives, and costs that are assumed have a range in their note."""
    sheets = sheets_of(name)
    rows = [*sheets["Demand"], *(row for row in sheets["Scenarios"] if row.get("per_year") or row.get("parent"))]
    assumed = [row for row in sheets["Plants"] if "assumption" in row["note"].lower() and "cost" in row["note"]]
    told = re.compile(r"range|as other|as Riverside|price|fixed cost|less", re.IGNORECASE)
    assert [row for row in rows if "range" not in row["note"].lower()] == []
    assert [row["plant"] for row in assumed if not told.search(row["note"])] == []


@pytest.mark.parametrize("name", SECTORS)
def test_the_page_of_the_case_is_in_the_gallery(name: str) -> None:
    page = (ROOT / "docs" / "cases" / f"{name}.md").read_text(encoding="utf-8")
    assert f"]({name}.md)" in (ROOT / "docs" / "cases" / "README.md").read_text(encoding="utf-8")
    for heading in ("## The question", "## The chain", "## The answer", "## What decides", "## What an expert would"):
        assert heading in page, heading


@pytest.mark.parametrize(("name", "dangers"), SECTORS.items(), ids=list(SECTORS))
def test_the_first_years_are_solved(name: str, dangers: tuple[str, ...]) -> None:
    short = first_years(sheets_of(name), "2029", dangers)
    outcome = fs.solve(fs.problem_from_frames(short, name), gap=0.005)
    plan = outcome.plan
    assert outcome.status == "optimal"
    assert plan is not None and plan.certificate is not None and plan.certificate.max_violation < 1e-6
    begun = {scenario.split("@")[0] for scenario in plan.paths["scenario"]}
    assert begun >= set(dangers), "every danger begins on a path of its own"
    quiet = plan.shortages[(plan.shortages["scenario"] == "base") & (plan.shortages["tier"] == "critical")]
    assert quiet["shortage"].sum() < 1e-3 * quiet["demand"].sum(), "without a danger critical use is served"
