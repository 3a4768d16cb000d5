"""``friendshore worth`` from the command line."""

import json

import pytest

from tests.cli import workbooks


def test_what_is_written(call, here):
    done = call("worth", "magnets.xlsx", "--gap", "0", "--json", "-q", "--every-stage")
    assert done.code == 0
    data = json.loads(done.out)
    assert [stage["period"] for stage in data["stages"]] == ["2026", "2027"]
    assert data["perfect"]["high"] <= data["plan"]["high"] <= data["stages"][-1]["cost"]["high"]
    assert data["workbook"] == "reports/magnets.worth.xlsx" and (here / data["workbook"]).is_file()
    assert not list((here / "reports").glob("*.ledger"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["calm.xlsx"], "nothing to plan for"),
        (["magnets.xlsx", "--gap", "2"], "did you mean 2%"),
        (["magnets.xlsx", "--time-limit", "0"], "time limit of 0.0: wanted"),
    ],
)
def test_wrong_use(call, here, options, said):
    workbooks.write(
        here / "calm.xlsx", Scenarios=[workbooks.SHEETS["Scenarios"][0]], Events=[workbooks.SHEETS["Events"][0]]
    )
    done = call("worth", *options)
    assert done.code == 2 and said in done.err
