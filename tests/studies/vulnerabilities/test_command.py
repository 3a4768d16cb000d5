"""``friendshore vulnerabilities``: what it says, writes and refuses."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from friendshore.optimizer.cli import app
from tests.cli import workbooks


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Run the command in a folder of its own with a good workbook."""
    monkeypatch.chdir(tmp_path)
    workbooks.write(tmp_path / "magnets.xlsx")
    workbooks.broken(tmp_path / "broken.xlsx")

    def invoke(*arguments):
        return CliRunner().invoke(app, ["vulnerabilities", *map(str, arguments)])

    return invoke


def test_for_people(call, tmp_path):
    result = call("magnets.xlsx")
    assert result.exit_code == 0
    # 40 a year from Cathay for 2; without it 10 of home for 5, and 30 short at 100
    assert "needs met at least cost for 80 EUR a year" in result.stdout
    assert "Cathay stops for 1 year: 2,970 EUR more" in result.stdout
    assert "Cathay stops for 1 year" in result.stdout and "Lasts without more shortage: defence 0 days" in result.stdout
    assert (tmp_path / "reports" / "magnets.vulnerabilities.xlsx").is_file()


def test_as_json(call):
    result = call("magnets.xlsx", "--json", "--years", "0.5", "-o", "out.xlsx")
    data = json.loads(result.stdout)
    assert result.exit_code == 0 and data["status"] == "done" and data["workbook"] == "out.xlsx"
    worst = data["single_points"][0]
    assert worst["name"] in {"Cathay", "far works"} and worst["time_to_recover"] == 0.5
    # without Cathay the 10 of home at 5 and 30 short at 100, instead of 40 at 2: half a year of it
    assert worst["stop"]["cost"] == pytest.approx(0.5 * (10 * 5 + 30 * 100 - 40 * 2))
    assert openpyxl.load_workbook("out.xlsx").sheetnames[0] == "Vulnerabilities Summary"


def test_quietly_just_where_it_is(call):
    result = call("magnets.xlsx", "-q", "-o", "out.xlsx")
    assert result.stdout == "out.xlsx\n" and not result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["broken.xlsx"], 3),
        (["none.xlsx"], 7),
        (["magnets.xlsx", "--years", "0"], 2),
        (["magnets.xlsx", "--years", "nan"], 2),
        (["magnets.xlsx", "--period", "2099"], 2),
        (["magnets.xlsx", "-o", "magnets.xlsx"], 2),
    ],
)
def test_refusals(call, arguments, code):
    result = call(*arguments)
    assert result.exit_code == code and "Traceback" not in result.stderr
