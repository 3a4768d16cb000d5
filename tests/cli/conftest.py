import dataclasses
import importlib
import json
import pkgutil
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from friendshore.models.plan import Certificate, Outcome, Run, Status
from friendshore.optimizer import studies
from friendshore.optimizer.cli import app
from friendshore.optimizer.commands.schema import schema, schema_names
from friendshore.optimizer.solve import solve_problem
from friendshore.optimizer.system.progress import Progress
from friendshore.optimizer.workbook.read import read_workbook
from tests.cli import workbooks

HOLDS = Certificate(0.0, 0.0)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of its own with a good workbook and one with two errors."""
    monkeypatch.chdir(tmp_path)
    workbooks.write(tmp_path / "magnets.xlsx")
    workbooks.broken(tmp_path / "broken.xlsx")
    return tmp_path


@pytest.fixture
def call(here):
    """Run a command in this process: exit code, stdout, stderr. Its JSON is held against its schema."""

    def invoke(*arguments):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if "--json" in arguments and str(arguments[0]) in schema_names() and result.stdout:
            Draft202012Validator(schema(str(arguments[0]))).validate(json.loads(result.stdout))
        return SimpleNamespace(code=result.exit_code, out=result.stdout, err=result.stderr)

    return invoke


@pytest.fixture(scope="session")
def solved(tmp_path_factory):
    """The outcome of the good workbook."""
    path = workbooks.write(tmp_path_factory.mktemp("solved") / "magnets.xlsx")
    return solve_problem(read_workbook(path))


@pytest.fixture(scope="session", autouse=True)
def _loaded():
    """All studies, before anything is put in the place of what they call.

    They are loaded when they are needed, and would hold on to what stands there then.
    """
    for module in pkgutil.walk_packages(studies.__path__, f"{studies.__name__}."):
        importlib.import_module(module.name)


@pytest.fixture
def pretend(monkeypatch, solved):
    """Let the pipeline answer as told: with a plan of this status, without one, or with an exception."""

    def answer(status="optimal", stopped="", *, plan=True, raises=None, certificate=HOLDS, **run):
        def fake(problem, *, gap, time_limit, threads, seed, on_progress, method, memory_limit, began, memory):
            on_progress(Progress("solve", 0.0))
            if raises is not None:
                raise raises
            ran = dataclasses.replace(solved.run, status=Status(status), stopped=stopped, **run)
            kept = dataclasses.replace(solved.plan, problem=problem, certificate=certificate, run=ran) if plan else None
            return Outcome(ran if plan else Run(ran.status, stopped=stopped), kept)

        monkeypatch.setattr("friendshore.optimizer.solve.solve_problem", fake)

    return answer
