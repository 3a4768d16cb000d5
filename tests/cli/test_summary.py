"""What a planner reads at the end of ``solve``: all of it, or as much as stands on a screen."""

import pytest

from friendshore.optimizer.commands.summary import SHORTER, on_a_screen, summary


def height(lines, columns):
    return sum(-(-max(1, len(line)) // columns) for line in lines)


def test_lists_are_cut_and_counted(solved):
    """By hand: one thing can wait, and one good goes short in nothing."""
    whole = list(summary(solved, "here.xlsx"))
    short = list(summary(solved, "here.xlsx", SHORTER[-1]))
    assert "Can wait:" in whole and "Can wait: 1" in short
    assert whole[0] == short[0] and whole[-1] == short[-1]


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (80, 50), (200, 24)])
def test_it_stands_on_a_screen_and_ends_with_where_to_look(solved, columns, rows):
    told = on_a_screen(solved, "reports/magnets.plan.xlsx", columns, rows)
    assert height(told, columns) < rows
    assert told[-1].startswith("Plan: reports/magnets.plan.xlsx")


def test_a_large_screen_has_all_of_it(solved):
    assert on_a_screen(solved, None, 200, 500) == list(summary(solved, None))


def test_a_tiny_screen_has_no_blank_lines(solved):
    assert "" not in on_a_screen(solved, "here.xlsx", 40, 5)
