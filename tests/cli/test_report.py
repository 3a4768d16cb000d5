"""``friendshore report`` and ``solve --report``: what they write and print, and their exit codes."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from friendshore import read_plan, write_report
from friendshore.optimizer.commands.schema import schema
from friendshore.optimizer.reporting import write_plan


@pytest.fixture
def plan(here, solved):
    write_plan(solved.plan, here / "magnets.plan.xlsx")
    return here


def test_a_page_from_a_plan_alone(call, plan):
    (plan / "magnets.xlsx").unlink()
    done = call("report", "magnets.plan.xlsx")
    page = plan / "reports" / "magnets.plan.html"
    assert done.code == 0 and done.out.startswith("Page: reports/magnets.plan.html (0.")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    data = json.loads(call("report", "magnets.plan.xlsx", "-o", "out/page.html", "--json").out)
    Draft202012Validator(schema("report")).validate(data)
    assert data["status"] == "done" and data["report"] == "out/page.html" and data["problems"] == []
    assert (plan / "out" / "page.html").read_bytes() == page.read_bytes()


def test_solve_writes_the_same_page_beside_the_plan(call, here):
    """With a setting of the command line too: the page from the workbook goes by what the plan was made with."""
    done = call("solve", "magnets.xlsx", "-o", "m.plan.xlsx", "--report", "--set", "currency=EUR million", "--json")
    data = json.loads(done.out)
    assert done.code == 0 and (data["plan"], data["report"]) == ("m.plan.xlsx", "m.plan.html")
    assert call("report", "m.plan.xlsx", "-o", "again.html").code == 0
    assert (here / "again.html").read_bytes() == (here / "m.plan.html").read_bytes()
    assert "EUR" in (here / "again.html").read_text(encoding="utf-8")


def test_without_the_option_there_is_no_page(call, here):
    data = json.loads(call("solve", "magnets.xlsx", "-o", "m.plan.xlsx", "--json").out)
    assert data["report"] is None and not (here / "m.plan.html").exists()


def test_from_python(here, solved):
    write_report(solved.plan, here / "page.html")
    assert (here / "page.html").stat().st_size > 500_000


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["magnets.xlsx"], 7, "is no plan of friendshore"),
        (["absent.plan.xlsx"], 7, "FS001"),
        (["magnets.plan.xlsx", "-o", "magnets.plan.xlsx"], 2, "is the workbook itself"),
        (["magnets.plan.xlsx", "-o", "page.pdf"], 2, "wanted a name that ends in .html"),
        (["magnets.plan.xlsx", "-o", "."], 7, "folder"),
        ([], 2, "PLAN"),
    ],
)
def test_what_cannot_be_done(call, plan, arguments, code, said):
    done = call("report", *arguments)
    assert done.code == code and said in done.err and not list(plan.glob("**/*.html"))


def test_a_page_that_cannot_be_written_leaves_the_plan(call, here):
    (here / "m.plan.html").mkdir()
    done = call("solve", "magnets.xlsx", "-o", "m.plan.xlsx", "--report")
    assert done.code == 7 and "folder" in done.err
    assert not (here / "m.plan.xlsx").exists()  # found out before the search


@pytest.fixture
def study(call, plan):
    assert call("explain", "magnets.xlsx", "-o", "study.xlsx", "-q").code == 0
    return plan / "study.xlsx"


def test_a_study_has_a_section_of_its_own(call, plan, study):
    """From the command and from Python the same; a gap or a title of its own makes no other study of it."""
    assert call("report", "magnets.plan.xlsx", "--with", "study.xlsx", "-o", "page.html").code == 0
    page = (plan / "page.html").read_text(encoding="utf-8")
    assert '<section id="explain"' in page and "no rows clash" in page
    write_report(read_plan(plan / "magnets.plan.xlsx"), plan / "again.html", studies=[study])
    assert (plan / "again.html").read_text(encoding="utf-8") == page
    assert call("explain", "magnets.xlsx", "-o", "finer.xlsx", "--set", "mip_gap=0.02", "-q").code == 0
    assert call("report", "magnets.plan.xlsx", "--with", "finer.xlsx", "-o", "finer.html").code == 0


def test_a_study_alone_is_a_page_too(call, plan, study):
    assert call("report", "study.xlsx").out.startswith("Page: reports/study.html")
    page = (plan / "reports" / "study.html").read_text(encoding="utf-8")
    assert page.count("<section") == 1 and "Skip to the study" in page
    done = call("report", "study.xlsx", "--with", "study.xlsx", "-o", "two.html")
    assert done.code == 2 and "--with goes with a plan" in done.err


@pytest.mark.parametrize(
    ("other", "said"), [("magnets.xlsx", "FS014"), ("absent.xlsx", "FS001"), ("otherwise.xlsx", "FS015")]
)
def test_what_is_no_study_of_the_plan_is_refused(call, plan, study, other, said):
    """What stood at the page's place stays."""
    assert call("explain", "magnets.xlsx", "-o", "otherwise.xlsx", "--set", "discount_rate=0.01", "-q").code == 0
    (plan / "page.html").write_text("as it was", encoding="utf-8")
    done = call("report", "magnets.plan.xlsx", "--with", "study.xlsx", "--with", other, "-o", "page.html")
    assert done.code == 7 and said in done.err
    assert (plan / "page.html").read_text(encoding="utf-8") == "as it was"
