"""Every command's JSON is what its schema says, on every way a command may end."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from friendshore.optimizer.cli import app
from friendshore.optimizer.commands.schema import schema, schema_names
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.system.interrupts import Abandoned
from tests.cli import workbooks

ROOT = Path(__file__).parents[2]


@pytest.fixture
def held(call):
    """Run a command with --json; its answer, held against its schema, and its exit code."""

    def invoke(command, *arguments):
        done = call(command, *arguments, "--json")
        data = json.loads(done.out)
        Draft202012Validator(schema(command)).validate(data)
        return done.code, data

    return invoke


def _objects(node):
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for value in node.values():
            yield from _objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from _objects(value)


def test_every_command_is_described():
    """A command without a schema, or a schema without its command, fails here."""
    commands = {command.name for command in app.registered_commands}
    assert commands == set(schema_names())


@pytest.mark.parametrize("command", schema_names())
def test_the_schemas_are_schemas_and_strict(command):
    """Every object names its keys and takes no other, and every key says what it means."""
    Draft202012Validator.check_schema(schema(command))
    objects = list(_objects(schema(command)))
    assert objects
    for node in objects:
        assert node["additionalProperties"] is False
        for name, value in node["properties"].items():
            assert value.get("description") or set(value) & {"const", "$ref", "pattern"}, (command, name)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema(command)).validate({"status": "done", "problems": [{"message": "half"}]})


def test_new_check_explain_doctor(held, here):
    assert held("new", "mine.xlsx")[0] == 0
    assert held("new", "mine.xlsx")[0] == 2
    assert held("new", "t.xlsx", "--example", "tutorial")[1]["example"] == "tutorial"
    assert held("new", "t.csv")[0] == 2
    assert held("check", "magnets.xlsx")[0] == 0
    code, data = held("check", "broken.xlsx", "--mark")
    assert code == 3 and data["marked"] and len(data["problems"]) == 2
    assert held("check", "absent.xlsx")[0] == 7
    assert held("check", "magnets.xlsx", "--set", "oops")[0] == 2
    assert held("explain", "FS103")[0] == 0
    assert held("explain", "FS999")[0] == 2
    assert held("explain", "magnets.xlsx")[1]["status"] == "has_plan"
    assert held("explain", "absent.xlsx")[0] == 7
    assert held("doctor")[0] == 0


def test_solve_on_every_way_out(held, pretend, here):
    assert held("solve", "magnets.xlsx", "--prices")[0] == 0
    assert held("solve", "magnets.xlsx", "--gap", "-1")[0] == 2
    assert held("solve", "broken.xlsx")[0] == 3
    assert held("solve", "absent.xlsx")[0] == 7
    policies = [["policy", "kind", "limit", "scenario"], ["none short", "max_shortage", 0, "base"]]
    workbooks.write(here / "clash.xlsx", Policies=policies)
    assert held("solve", "clash.xlsx")[0] in (0, 4)
    for status, stopped, plan, code in [
        ("feasible", "time limit", True, 5),
        ("no_plan", "interrupted", False, 6),
        ("infeasible", "", False, 4),
        ("unbounded", "", False, 4),
        ("no_plan", "", False, 1),
    ]:
        pretend(status, stopped, plan=plan)
        assert held("solve", "magnets.xlsx")[0] == code
    for raises, code in [
        (RuntimeError("x"), 1),
        (KeyboardInterrupt(), 6),
        (Abandoned(), 130),
        (FileFault("FS007", "x", "full"), 7),
    ]:
        pretend(raises=raises)
        assert held("solve", "magnets.xlsx")[0] == code
    pretend("feasible", "time limit", gap=math.inf, bound=-math.inf)
    assert held("solve", "magnets.xlsx")[1]["gap"] is None


def test_studies_and_comparison(held, call, here):
    call("solve", "magnets.xlsx", "-o", "a.plan.xlsx")
    call("solve", "magnets.xlsx", "-o", "b.plan.xlsx", "--set", "discount_rate=0.1")
    assert held("vulnerabilities", "magnets.xlsx")[0] == 0
    assert held("vulnerabilities", "magnets.xlsx", "--period", "1999")[0] == 2
    assert held("vulnerabilities", "broken.xlsx")[0] == 3
    assert held("stress", "a.plan.xlsx", "--k", "2", "--sample", "2")[0] == 0
    assert held("stress", "magnets.xlsx")[0] == 7
    assert held("stress", "a.plan.xlsx", "--over", "moons")[0] == 2
    code, data = held("compare", "a.plan.xlsx", "b.plan.xlsx", "-o", "c.xlsx")
    assert code == 0 and data["changes"][0]["inputs"][0]["column"] == "discount_rate"
    assert held("compare", "a.plan.xlsx")[0] == 2
    assert held("compare", "a.plan.xlsx", "magnets.xlsx")[0] == 7
    assert held("watch", "absent.xlsx")[0] == 7


def test_the_schema_is_printed_on_request(call):
    assert json.loads(call("doctor", "--schema", "solve").out) == schema("solve")
    wrong = call("doctor", "--schema", "moon")
    assert wrong.code == 2 and "there is of alternatives, check, compare" in wrong.err


def test_an_unknown_option_is_described_too():
    """The argument parser itself refuses; a real process, as scripts see it."""
    done = subprocess.run(
        [sys.executable, "-m", "friendshore", "solve", "x.xlsx", "--moon", "--json"],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 2
    Draft202012Validator(schema("solve")).validate(json.loads(done.stdout))
