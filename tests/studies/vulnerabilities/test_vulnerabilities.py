"""The whole study, its plain data, and what it refuses."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from friendshore.optimizer.commands.output import json_text
from friendshore.optimizer.commands.schema import schema
from friendshore.optimizer.commands.schema.vulnerabilities import examined
from friendshore.optimizer.studies.vulnerabilities.vulnerabilities import vulnerabilities
from friendshore.optimizer.workbook.read import read_workbook
from tests.mathematics.cases import everything
from tests.studies.cases import problem, recycling, three_suppliers

INPUTS = Path(__file__).parents[3] / "inputs"


def as_data(study):
    """The study as the command prints it, held against its schema."""
    data = json.loads(json_text(examined(study, None, 0.0, ()), indent=2))
    Draft202012Validator(schema("vulnerabilities")).validate(data)
    return data


def test_the_tutorial_by_hand():
    """100 magnets of 50 oxide from Rival: 100·10 + 50·14 + 50·2 + tariff 50·4 = 2000; without it all is short."""
    study = vulnerabilities(read_workbook(INPUTS / "tutorial.xlsx"))
    data = as_data(study)
    assert data["cost"] == pytest.approx(2000) and data["period"] == "2026" and data["tiers"] == ["defence", "civil"]
    rival = next(each for each in data["single_points"] if each["name"] == "Rival")
    assert rival["stop"]["damage"] == pytest.approx(80 * 60 + 20 * 1000)
    assert rival["stop"]["cost"] == pytest.approx(24800 - 2000)
    assert rival["time_to_survive"] == {"defence": 0, "civil": 0} and rival["exposure_index"] == 1
    oxide = next(row for row in data["supply"] if (row["consumer"], row["name"]) == ("Home", "oxide"))
    assert oxide["concern_share"] == pytest.approx(1) and oxide["largest_supplier"] == "Rival"
    behind = {row["country"]: row for row in data["exposure"] if row["consumer"] == "coalition"}
    assert behind["Rival"]["value_share"] == pytest.approx(0.5 * 40 / 100)


@pytest.mark.parametrize("sheets", [three_suppliers(), recycling(), everything()])
def test_its_data_is_json(sheets):
    data = as_data(vulnerabilities(problem(sheets)))
    assert [each["rank"] for each in data["single_points"]] == list(range(1, len(data["single_points"]) + 1))
    assert all(0 <= each["exposure_index"] <= 1 for each in data["single_points"])


def test_another_period():
    given = problem(everything())
    assert vulnerabilities(given, period="y1").period == "y1"
    with pytest.raises(ValueError, match="no period 'y9'; there are y0, y1, y2"):
        vulnerabilities(given, period="y9")


@pytest.mark.parametrize("years", [0.0, -1.0, float("inf"), float("nan")])
def test_a_length_that_is_none_is_refused(years):
    with pytest.raises(ValueError, match="above 0"):
        vulnerabilities(problem(three_suppliers()), years=years)


def test_the_same_answer_twice():
    assert as_data(vulnerabilities(problem(everything()))) == as_data(vulnerabilities(problem(everything())))


def test_progress_is_told():
    heard = []
    vulnerabilities(problem(three_suppliers()), on_progress=heard.append)
    phases = [progress.phase for progress in heard]
    assert phases[:3] == ["flows", "exposure", "single points"] and phases[-1] == "loss 7 of 7"
