"""The examples are what their CSV files say, without an error, and can be copied."""

import pytest

from friendshore.models.findings import InvalidProblem
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook import examples
from friendshore.optimizer.workbook.examples import build_example, copy_example, example_names, source_sheets
from friendshore.optimizer.workbook.gate import inspect
from friendshore.optimizer.workbook.read import check_workbook, read_grids
from friendshore.optimizer.workbook.template import workbook_bytes
from tests.places import INPUTS, SOURCES

FOLDERS = sorted(folder for folder in SOURCES.iterdir() if any(folder.glob("*.csv")))
BUILD = "run python -m friendshore.optimizer.workbook.build_examples"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_workbook_is_what_its_files_say(folder, tmp_path):
    fresh = tmp_path / "fresh.xlsx"
    fresh.write_bytes(workbook_bytes(source_sheets(folder)))
    built = INPUTS / f"{folder.name}.xlsx"
    assert built.exists(), BUILD
    assert read_grids(inspect(built)) == read_grids(inspect(fresh)), BUILD
    assert [finding for finding in check_workbook(built) if finding.severity == "error"] == []


@pytest.mark.parametrize("name", example_names())
def test_copies(name, tmp_path):
    copy_example(name, tmp_path / "mine.xlsx")
    assert (tmp_path / "mine.xlsx").read_bytes() == (INPUTS / f"{name}.xlsx").read_bytes()


def test_an_unknown_example_names_the_others(tmp_path):
    with pytest.raises(FileFault, match="FS008") as fault:
        copy_example("tutorail", tmp_path / "a.xlsx")
    assert "the nearest is 'tutorial'" in fault.value.message


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


GOOD = {
    "Settings": "setting,value\ntitle,2030\nmip_gap,0.01\n",
    "Periods": "period,years\n2026,1\n2027,0.5\n",
    "Countries": "country,bloc\nA,ally\n",
    "Commodities": "commodity,unit\nore,t\n",
    "Plants": "plant,country,recipe,commodity,capacity,unit_cost\nmine,A,,ore,10,1.5\n",
    "Demand": "country,commodity,shortage_cost,2026,2027\nA,ore,9,5,\n",
}


def test_files_are_typed_by_the_declarations(tmp_path):
    sheets = source_sheets(write(tmp_path, **GOOD))
    assert sheets["Periods"] == [{"period": "2026", "years": 1}, {"period": "2027", "years": 0.5}]
    assert sheets["Demand"] == [{"country": "A", "commodity": "ore", "shortage_cost": 9, "2026": 5}]
    assert sheets["Settings"][1] == {"setting": "mip_gap", "value": 0.01}
    build_example(tmp_path, tmp_path / "a.xlsx")
    assert check_workbook(tmp_path / "a.xlsx") == ()


def test_faulty_files_are_told(tmp_path):
    write(tmp_path, **{**GOOD, "Plants": "plant,country,commodity,capacity,unit_cost\nmine,A,ore,ten,1\n"})
    with pytest.raises(InvalidProblem, match="FS103"):
        build_example(tmp_path, tmp_path / "a.xlsx")
    write(tmp_path, Plantz="plant\n")
    with pytest.raises(ValueError, match="the nearest is 'Plants'"):
        source_sheets(tmp_path)


def test_every_example_is_built_by_the_module(tmp_path, monkeypatch):
    from friendshore.optimizer.workbook import build_examples  # noqa: PLC0415

    folder = tmp_path / "source" / "small"
    folder.mkdir(parents=True)
    write(folder, **GOOD)
    monkeypatch.setattr(examples, "SOURCES", tmp_path / "source")
    monkeypatch.setattr(build_examples, "INPUTS", tmp_path)
    build_examples.main()
    assert check_workbook(tmp_path / "small.xlsx") == ()
