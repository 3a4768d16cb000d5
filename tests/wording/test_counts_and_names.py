"""Things counted and listed, and names as one reads them."""

import re
from pathlib import Path

from friendshore.optimizer.wording.costs import COST_WORDS, cost_words
from friendshore.optimizer.wording.counts import counted, listed, measured, verb
from friendshore.optimizer.wording.names import capital, label

ROOT = Path(__file__).parents[2]
ALWAYS_MANY = {
    ("durations.py", "{say(years)} years"),  # where it is no whole number of months
    ("vulnerabilities.py", "{years} years"),  # wrong: none above 0
    ("stress.py", "{self.years} years"),
    ("outlook.py", "{row.max_units:g} units"),  # one is told otherwise
}


def test_one_is_one_and_others_are_many():
    assert [counted(count, "path") for count in (0, 1, 2, 1_200)] == ["0 paths", "1 path", "2 paths", "1,200 paths"]
    assert counted(2, "policy", "policies") == "2 policies"


def test_a_unit_goes_with_its_number():
    assert [measured(amount, "year") for amount in (0, 0.5, 1, 1.0, 1.5)] == [
        "0 years",
        "0.5 years",
        "1 year",
        "1 year",
        "1.5 years",
    ]
    assert measured(1.0000000001, "month") == "1 month"
    assert [verb(count, "is", "are") for count in (0, 1, 2)] == ["are", "is", "are"]


def test_no_message_counts_one_years():
    """A number of a workbook before the word for many of a unit: ``1 years``. Constants in capitals are never 1."""
    many = r"\{(?!MOST|LONG|LEAST)[^{}]*(?::g|:,|:\.4g)?\} (?:years|months|days|units)\b"
    files = [path for room in ("models", "optimizer", "friendshore") for path in (ROOT / room).rglob("*.py")]
    assert len(files) > 300
    found = [(path.name, match) for path in files for match in re.findall(many, path.read_text(encoding="utf-8"))]
    assert set(found) <= ALWAYS_MANY, found


def test_lists():
    assert listed([]) == "" and listed(["a"]) == "a" and listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert listed(["a", "b", "c"], 2) == "a and 2 more"


def test_names():
    assert label("mountain_pass_ramp") == "mountain pass ramp"
    assert label("___") == "___"
    assert capital("rare earths") == "Rare earths" and capital("") == ""


def test_a_kind_of_cost_without_words_of_its_own_is_still_readable():
    assert cost_words("salvage") == COST_WORDS["salvage"]
    assert cost_words("carbon_price") == "Carbon price"
