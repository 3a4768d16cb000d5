"""``import friendshore as fs``: what it shows, what it loads, and that what it says is so."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import friendshore as fs

ROOT = Path(__file__).parents[2]
FUNCTIONS = {name: value for name, value in vars(fs).items() if name in fs.__all__ and inspect.isfunction(value)}
TYPES = ("Memory", "Problem", "Plan", "Outcome", "Finding", "InvalidProblem", "FileFault", "Progress")


def ran(script: str) -> bool:
    """Whether a process of its own comes to the end of a script."""
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own


def test_the_door_shows_what_a_user_needs_and_no_rooms() -> None:
    assert dir(fs) == sorted(fs.__all__)
    assert set(fs.__all__) == {*FUNCTIONS, *TYPES, "__version__"}
    assert {"models", "optimizer"}.isdisjoint(dir(fs))


def test_rooms_do_not_take_the_place_of_functions() -> None:
    """A room loaded later by its full name leaves every function of the door what it is."""
    script = (
        "import friendshore as fs, friendshore.optimizer.solve, friendshore.optimizer.studies.compare;"
        "import friendshore.models.formulation.formulate, friendshore.optimizer.studies.stress.stress;"
        "from friendshore.optimizer.commands import check, new, solve;"
        f"assert all(callable(vars(fs)[name]) for name in {sorted(FUNCTIONS)})"
    )
    assert ran(script)


def test_importing_loads_no_library_and_types_come_when_asked_for() -> None:
    script = (
        "import sys, friendshore as fs; heavy = {'numpy', 'pandas', 'pyomo', 'highspy', 'openpyxl', 'scipy'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "assert fs.Plan.__name__ == 'Plan' and 'pandas' in sys.modules;"
        "from friendshore import Outcome, Problem, models"
    )
    assert ran(script)


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'solwe'"):
        vars(fs)["__getattr__"]("solwe")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_each_function_says_what_it_takes_gives_and_raises(name: str) -> None:
    """Every parameter is described, and there is an example."""
    text = inspect.getdoc(FUNCTIONS[name]) or ""
    described = text.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    for parameter in inspect.signature(FUNCTIONS[name]).parameters:
        assert re.search(rf"^(.*, )?{parameter}(,.*)?$", described, re.MULTILINE), f"{name}: {parameter}"
    assert "Examples\n--------\n" in text


@pytest.mark.parametrize("name", ["friendshore", *sorted(FUNCTIONS)])
def test_its_example_runs(name: str, folder: Path) -> None:
    """In a folder with the tutorial in inputs/ and its plan in reports/, as the examples assume."""
    (example,) = doctest.DocTestFinder(recurse=False).find(FUNCTIONS.get(name, fs), name, globs={})
    assert example.examples
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=report.append)
    assert not report, "".join(report)
