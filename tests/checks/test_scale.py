"""Supply and use of the small valid problem, by hand."""

from friendshore.models.checks.scale import scale_of, value_made
from friendshore.models.examine import problem_from_sheets
from tests.parsing.valid import valid


def test_by_hand():
    """The smelter makes 40 + one line of 5 and takes two of ore each; Alia needs 5 and at most 22 of metal."""
    problem = problem_from_sheets(valid())
    scale = scale_of(problem)
    assert scale.capacity == {"mine": 100.0, "smelter": 45.0}
    assert scale.made == {("mine", "ore"): 100.0, ("smelter", "metal"): 45.0}
    assert scale.supply == {"ore": 100.0, "metal": 45.0}
    assert scale.used == {("Alia", "metal"): 27.0, ("Berg", "ore"): 90.0}
    assert scale.use == {"metal": 27.0, "ore": 90.0}
    assert scale.used_by(("Alia", "Conc"), "metal") == 27.0
    assert (value_made(problem, "mine"), value_made(problem, "smelter")) == (10.0, 50.0)
