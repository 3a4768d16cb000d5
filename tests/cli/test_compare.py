"""``friendshore compare``: what it prints and writes, and its exit codes."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from friendshore.optimizer.reporting import write_plan


@pytest.fixture
def plans(here, solved):
    for name in ("one", "two"):
        write_plan(solved.plan, here / f"{name}.plan.xlsx")
    return here


def test_in_words_and_as_json(call, plans):
    done = call("compare", "one.plan.xlsx", "two.plan.xlsx")
    assert done.code == 0 and "one -> two" in done.out and "the same in all that is compared" in done.out
    data = json.loads(call("compare", "one.plan.xlsx", "two.plan.xlsx", "--json").out)
    assert data["status"] == "done" and data["workbook"] is None and data["problems"] == []


def test_tables_are_written_where_told(call, plans):
    done = call("compare", "one.plan.xlsx", "two.plan.xlsx", "-o", "out/changes.xlsx", "--quiet")
    assert done.code == 0 and done.out.strip() == "out/changes.xlsx" and (plans / "out/changes.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["one.plan.xlsx"], 2, "two plans at least"),
        (["one.plan.xlsx", "two.plan.xlsx", "-o", "two.plan.xlsx"], 2, "is the workbook itself"),
        (["one.plan.xlsx", "magnets.xlsx"], 7, "is no plan of friendshore"),
        (["one.plan.xlsx", "absent.plan.xlsx"], 7, "FS001"),
        (["one.plan.xlsx", "two.plan.xlsx", "-o", "."], 7, "folder"),
    ],
)
def test_what_cannot_be_done(call, plans, arguments, code, said):
    done = call("compare", *arguments)
    assert done.code == code and said in done.err


def test_a_plan_whose_inputs_were_broken_is_told(call, plans):
    shutil.copy(plans / "two.plan.xlsx", plans / "three.plan.xlsx")
    book = openpyxl.load_workbook(plans / "three.plan.xlsx")
    book["Plants"]["E2"] = "cheap"
    book.save(plans / "three.plan.xlsx")
    done = call("compare", "one.plan.xlsx", "three.plan.xlsx", "--json")
    assert done.code == 7 and "FS103" in json.loads(done.out)["problems"][0]["message"]
