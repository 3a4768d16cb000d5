"""Things counted and listed, and names as one reads them."""

from friendshore.optimizer.wording.costs import COST_WORDS, cost_words
from friendshore.optimizer.wording.counts import counted, listed
from friendshore.optimizer.wording.names import capital, label


def test_one_is_one_and_others_are_many():
    assert [counted(count, "path") for count in (0, 1, 2, 1_200)] == ["0 paths", "1 path", "2 paths", "1,200 paths"]
    assert counted(2, "policy", "policies") == "2 policies"


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
