"""The findings in words."""

from math import inf

import pytest

from friendshore.optimizer.studies.vulnerabilities import sentences
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import vulnerabilities
from tests.mathematics.cases import store
from tests.studies.cases import magnets, problem, three_suppliers


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (inf, "without end"),
        (0.0, "0 days"),
        (0.001, "less than a day"),
        (1 / 365, "1 day"),
        (0.5, "182 days"),
        (1.0, "1 year"),
        (2.844, "2.84 years"),
        (12.4, "12 years"),
    ],
)
def test_durations(years, words):
    assert sentences.duration(years) == words


def test_numbers():
    assert [sentences.number(value) for value in (0, 2.5, 12345.6)] == ["0", "2.5", "12,346"]
    assert [sentences.percent(share) for share in (0, 0.0004, 0.052, 0.63)] == ["0%", "less than 0.1%", "5.2%", "63%"]


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
