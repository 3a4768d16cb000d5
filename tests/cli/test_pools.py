"""``solve --from``: what a run has learnt is kept beside its plan and begins the next."""

import json

import pytest

from friendshore.optimizer.commands.pools import pool_of
from tests.cli import workbooks

BY_PARTS = ("--method", "benders", "--no-baselines")
DEARER = [workbooks.SHEETS["Expansions"][0], ["more at home", "home works", 10, 250, 3]]


@pytest.fixture
def kept(call, here):
    """A plan with its pool."""
    assert call("solve", "magnets.xlsx", *BY_PARTS).code == 0
    plan = here / "reports" / "magnets.plan.xlsx"
    assert pool_of(plan).is_file()
    return plan


def test_a_workbook_with_another_number_begins_from_the_last_plan(call, here, kept):
    """By hand: 820 with three units of the project, so 970 where each costs 50 more."""
    workbooks.write(here / "magnets.xlsx", Expansions=DEARER)
    done = call("solve", "magnets.xlsx", "--from", kept, *BY_PARTS, "--json")
    answer = json.loads(done.out)
    assert done.code == 0 and answer["objective"] == pytest.approx(970)
    assert answer["provenance"]["begun"] is True
    assert json.loads(call("solve", "magnets.xlsx", *BY_PARTS, "--json").out)["provenance"]["begun"] is False


def test_it_is_offered_and_never_taken_silently(call, kept):
    done = call("solve", "magnets.xlsx", *BY_PARTS)
    assert "--from reports/magnets.plan.xlsx begins there" in done.err.replace("\\", "/")
    assert "begins there" not in call("solve", "magnets.xlsx", "--from", kept, *BY_PARTS).err


def test_a_plan_that_is_not_there_is_told(call, here):
    done = call("solve", "magnets.xlsx", "--from", "no.plan.xlsx", *BY_PARTS)
    assert done.code == 7 and "FS001" in done.err
    assert not (here / "reports" / "magnets.plan.xlsx").exists()


@pytest.mark.parametrize("content", [None, b"", b"not a pool"])
def test_a_pool_that_is_of_no_use_is_told_and_harms_nothing(call, kept, content):
    """Missing, empty, something else."""
    pool_of(kept).unlink()
    if content is not None:
        pool_of(kept).write_bytes(content)
    done = call("solve", "magnets.xlsx", "--from", kept, *BY_PARTS)
    assert done.code == 0 and "begun from nothing" in done.err and "820 EUR" in done.out


def test_a_pool_that_does_not_fit_is_told(call, here, kept):
    """Of a problem that is solved at once. One that fits is not told of, nor is one of a workbook with a row less."""
    told = "nothing in it was of use here"
    assert told in call("solve", "magnets.xlsx", "--from", kept, "--no-baselines").err
    assert told not in call("solve", "magnets.xlsx", "--from", kept, *BY_PARTS).err
    twice = [*DEARER, ["also at home", "home works", 10, 900, 1]]
    workbooks.write(here / "magnets.xlsx", Expansions=twice)
    done = call("solve", "magnets.xlsx", "--from", kept, *BY_PARTS)
    assert done.code == 0 and told not in done.err


def test_a_small_problem_leaves_no_pool(call, here):
    """It is searched at once, in less time than a file takes."""
    assert call("solve", "magnets.xlsx", "--no-baselines").code == 0
    assert not pool_of(here / "reports" / "magnets.plan.xlsx").exists()


def test_replay_says_that_the_plan_began_from_another(call, here, kept):
    """Where another plan comes out; here it is the same."""
    assert call("solve", "magnets.xlsx", "--from", kept, *BY_PARTS).code == 0
    done = call("replay", kept)
    assert done.code == 0 or "began from what an earlier run had learnt" in done.out


STUDIES = {
    "alternatives": ("--made", "0", "--searches", "0"),
    "frontier": ("--risk-aversion", "0:0.5", "--points", "2", "--no-plans"),
    "share": ("--searches", "1"),
    "sensitivity": ("--top", "1", "--searches", "0"),
    "explain": ("--why", "more at home"),
}
OTHERS = {
    "Countries": [["country", "bloc"], ["Alda", "ally"], ["Bern", "ally"], ["Cathay", "concern"]],
    "Plants": [
        ["plant", "country", "commodity", "capacity", "unit_cost", "source_id"],
        ["home works", "Alda", "magnets", 10, 5, "GUESS"],
        ["far works", "Cathay", "magnets", 100, 1, "GUESS"],
    ],
    "Demand": [
        ["country", "commodity", "tier", "per_year", "shortage_cost"],
        ["Alda", "magnets", "defence", 30, 100],
        ["Bern", "magnets", "defence", 10, 100],
    ],
    "Lanes": [
        ["from", "to", "commodity", "cost"],
        ["Cathay", "Alda", "*", 1],
        ["Cathay", "Bern", "*", 1],
        ["Alda", "Bern", "*", 1],
    ],
    "Sources": [["source_id", "title", "confidence"], ["GUESS", "A guess", "low"]],
}
"""Two allies, and figures with a source: what shares and sensitivities are made of."""


@pytest.mark.parametrize("study", STUDIES)
def test_studies_tell_it_too(call, here, kept, study):
    """A small workbook is solved at once, whatever is handed to it."""
    workbooks.write(here / "magnets.xlsx", **OTHERS)
    done = call(study, "magnets.xlsx", "--from", kept, *STUDIES[study])
    assert done.code == 0 and done.err.count("nothing in it was of use here") == 1
    assert "of use" not in call(study, "magnets.xlsx", *STUDIES[study]).err
