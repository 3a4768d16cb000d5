"""The findings in words."""

from friendshore.optimizer.studies.vulnerabilities import sentences
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import vulnerabilities
from tests.mathematics.cases import store
from tests.studies.cases import magnets, problem, three_suppliers


def test_a_loss_in_words():
    study = vulnerabilities(problem(three_suppliers() | {"Stockpiles": [store(initial=4)]}))
    first, second = sentences.point_lines(study, 1, study.points[0])
    assert first == (
        "  1. Far stops for 2 years: 576 USD more (risk exposure index 1); 6 t of metal (all) short, 30% of need."
    )
    assert second == (
        "     Lasts without more shortage: all 292 days. Lost for good: 480 USD a year; 5 t of metal (all) short, "
        "50% of need."
    )


def test_supply_and_exposure_in_words():
    study = vulnerabilities(problem(magnets()))
    assert sentences.supply_finding(study) == (
        "Supply: the coalition imports 100% of the oxide it takes in (5 t a year), 20% from countries of concern; "
        "HHI 0.68; largest supplier Near, 80%."
    )
    assert sentences.exposure_finding(study) == (
        "Look-through: 9.0% of the value of the coalition's magnet comes from Far through all tiers, and 100% could "
        "not be made as flows stand without it."
    )
    assert sentences.opening(study).startswith("As things stand in y0: needs met at least cost for ")
