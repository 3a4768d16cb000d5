"""A name is one problem: the same to the last digit each time, and as the table of the family has it."""

from __future__ import annotations

import pytest

from benchmarks.family.catalogue import NAMES, UnknownProblem, define
from benchmarks.family.table import Known, read_table

CITED = (
    "ai-b5-parts-s1",
    "bat-b10-c2-s1",
    "cyb-b10-risk-s1",
    "gage-b10-coarse-s1",
    "ree-b10-fine-s1",
    "ree-b5-hhi-s1",
    "tut-b60-p8-c4-tight-s1",
    "tut-b40-p6-whole-s1",
)
"""Every word of a name at least once, and nearly every sector."""


def test_there_are_thirty_problems_of_every_sector() -> None:
    assert len(NAMES) == len(set(NAMES)) == 30
    assert {name.split("-")[0] for name in NAMES} == {"ai", "bat", "chip", "cyb", "gage", "ree", "tut"}


@pytest.mark.parametrize("name", CITED)
def test_a_problem_is_still_the_one_that_was_cited(name: str) -> None:
    """Fails where scaling, a default or a kept sector has changed: its best plan is then one of another problem."""
    assert define(name).digest == read_table()[name].digest


@pytest.mark.parametrize("name", ["tut-b40-p6-whole-s1", "cyb-b5-s1"])
def test_its_program_has_the_sizes_of_the_table(name: str) -> None:
    known, now = read_table()[name], Known.of(define(name))
    assert (now.columns, now.rows, now.integers, now.nonzeros) == (
        known.columns,
        known.rows,
        known.integers,
        known.nonzeros,
    )


def test_another_seed_is_another_problem() -> None:
    assert define("tut-b5-s1").digest == define("tut-b5-s1").digest
    assert define("tut-b5-s1").digest != define("tut-b5-s2").digest


def test_words_do_what_they_say() -> None:
    plain, risky, coarse = (define(f"tut-b1-p12{word}-s1").problem for word in ("", "-risk", "-coarse"))
    assert len(plain.periods) == 12
    assert plain.settings.risk_aversion < risky.settings.risk_aversion == 0.9
    assert all(row.size == pytest.approx(4 * plain.expansions[name].size) for name, row in coarse.expansions.items())
    assert define("tut-b2-whole-s1").problem.settings.branch_investment == "integer"
    assert define("ree-b1-hhi-s1").cone
    assert not define("tut-b1-s1").cone


@pytest.mark.parametrize("name", ["steel-b5-s1", "tut-b5-odd", "tut-b0", "tut-z5", ""])
def test_a_name_that_says_nothing_is_refused(name: str) -> None:
    with pytest.raises(UnknownProblem):
        define(name)
