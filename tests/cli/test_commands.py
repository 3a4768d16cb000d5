"""The other commands, the parser, and how fast help comes."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook

from friendshore.models.codes import CODES
from friendshore.optimizer.cli import app, run
from tests.cli import workbooks

ROOT = Path(__file__).parents[2]
COMMANDS = tuple(command.name for command in app.registered_commands)


def python(*arguments, cwd=ROOT):
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603 - our own program


def test_an_unknown_command_is_2_and_told_which_there_are(capsys):
    assert run(["juggle", "x.xlsx"]) == 2
    told = capsys.readouterr().err
    assert all(command in told for command in COMMANDS) and "did you mean" not in told
    assert run(["solv", "x.xlsx"]) == 2 and "did you mean solve?" in capsys.readouterr().err


def test_wrong_use_is_json_too(capsys):
    assert run(["solve", "--json"]) == 2
    told = capsys.readouterr()
    assert json.loads(told.out)["status"] == "error" and "FILE" in json.loads(told.out)["problems"][0]["message"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_the_shared_options(command, capsys):
    assert run([command, "--help"]) == 0
    text = capsys.readouterr().out
    assert "Examples:" in text and all(option in text for option in ("--json", "--quiet", "--debug"))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_help_can_be_typed(command):
    """Each example is taken by the parser as it stands; an option renamed or dropped fails here."""
    parser = typer.main.get_command(app).commands[command]
    examples = [line for line in parser.epilog.splitlines() if line.startswith("friendshore ")]
    assert examples
    for line in examples:
        _, name, *arguments = line.split()
        assert name == command
        parser.make_context(name, arguments)


@pytest.mark.parametrize("command", COMMANDS)
def test_files_and_codes_are_completed(command):
    """Every argument of every command offers something to the tab key."""
    parser = typer.main.get_command(app).commands[command]
    for parameter in parser.params:
        if parameter.param_type_name == "argument":
            assert parameter._custom_shell_complete is not None, parameter.name


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["solve", "--help"], ["explain", "FS103"]])
def test_help_and_version_load_no_heavy_library(arguments):
    script = (
        "import sys; from friendshore.optimizer.cli import app, run; code = run(sys.argv[1:]); sys.stdout.flush();"
        "heavy = {'pandas', 'pyomo', 'highspy', 'openpyxl', 'numpy', 'scipy', 'xlsxwriter'} & set(sys.modules);"
        "sys.exit(code or (str(heavy) if heavy else 0))"
    )
    done = python("-c", script, *arguments)
    assert done.returncode == 0, done.stderr


def test_help_loads_nothing_heavy():
    """What takes time is imported by the command that needs it."""
    script = (
        "import sys; from friendshore.optimizer.cli import run; run(['--help']);"
        "heavy = {'numpy', 'scipy', 'pandas', 'pyomo', 'highspy', 'openpyxl', 'lxml'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}') if heavy else None"
    )
    done = python("-c", script)
    assert done.returncode == 0, done.stderr


def test_importing_the_package_is_cheap_and_its_functions_are_there():
    script = (
        "import sys, friendshore as fs; assert not {'pandas', 'numpy', 'pyomo', 'highspy'} & set(sys.modules);"
        "assert fs.read_workbook and fs.solve and fs.write_plan and fs.InvalidProblem"
    )
    assert python("-c", script).returncode == 0


def test_the_python_interface_goes_the_whole_way(here):
    script = (
        "import friendshore as fs; problem = fs.read_workbook('magnets.xlsx', {'currency': 'USD'});"
        "outcome = fs.solve(problem, gap=1e-3, time_limit=60); fs.write_plan(outcome.plan, 'out.xlsx');"
        "assert outcome.status == 'optimal' and round(outcome.objective) == 820; fs.write_plan_in_place(outcome.plan)"
    )
    done = python("-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {script}", cwd=here)
    assert done.returncode == 0, done.stderr
    for written in ("out.xlsx", "magnets.xlsx"):
        assert {"Plan Summary", "Plants"} <= set(load_workbook(here / written).sheetnames)


def test_python_m_and_version():
    done = python("-m", "friendshore", "--version")
    assert done.returncode == 0 and done.stdout.startswith("friendshore ")


def test_new_writes_a_blank_workbook_and_replaces_none(call, here):
    assert call("new", "fresh.xlsx").code == 0 and (here / "fresh.xlsx").stat().st_size > 1000
    before = (here / "magnets.xlsx").read_bytes()
    assert call("new", "magnets.xlsx").code == 2 and (here / "magnets.xlsx").read_bytes() == before
    done = call("new", "magnets.xlsx", "--force", "--json")
    assert done.code == 0 and json.loads(done.out)["file"] == "magnets.xlsx"
    assert (here / "magnets.xlsx").read_bytes() != before


def test_the_smallest_workbook_has_six_sheets_and_solves_as_it_is(call, here):
    """By hand: 100 t a year from abroad at 50 + 5, 10 from home at 70; two years, not discounted."""
    done = call("new", "small.xlsx", "--smallest", "--json")
    assert done.code == 0 and json.loads(done.out)["smallest"] is True
    book = load_workbook(here / "small.xlsx")
    sheets = ["Periods", "Countries", "Commodities", "Plants", "Demand", "Lanes"]
    assert sorted(set(book.sheetnames) - {"Read-me", "Help", "Help on damage"}) == sorted(sheets)
    assert call("check", "small.xlsx").out.startswith("small.xlsx: 0 errors, 0 warnings")
    solved = json.loads(call("solve", "small.xlsx", "--set", "discount_rate=0", "--json").out)
    assert solved["status"] == "optimal" and solved["objective"] == pytest.approx(2 * (100 * 55 + 10 * 70))
    assert call("new", "two.xlsx", "--smallest", "--example", "tutorial").code == 2


def test_new_copies_an_example(call, here, monkeypatch):
    monkeypatch.setattr("friendshore.optimizer.workbook.examples.example_names", lambda: ("tutorial",))
    monkeypatch.setattr(
        "friendshore.optimizer.workbook.examples.copy_example", lambda name, path: path.write_text(name)
    )
    assert call("new", "try.xlsx", "--example", "tutorial").code == 0
    assert (here / "try.xlsx").read_text() == "tutorial"
    done = call("new", "other.xlsx", "--example", "tutorail")
    assert done.code == 2 and "there are tutorial" in done.err and not (here / "other.xlsx").exists()
    assert call("new", "plain.txt").code == 2


def test_check_lists_everything_and_writes_nothing(call, here):
    before = sorted(here.iterdir())
    good, bad = call("check", "magnets.xlsx"), call("check", "broken.xlsx")
    assert good.code == 0 and "0 errors" in good.out
    assert bad.code == 3 and "Plants!E2" in bad.out and "Demand!A2" in bad.out
    assert sorted(here.iterdir()) == before
    data = json.loads(call("check", "broken.xlsx", "--json").out)
    assert data["status"] == "invalid" and len(data["problems"]) == 2 and data["marked"] is None
    assert call("check", "nowhere.xlsx").code == 7


def test_check_marks_a_copy(call, here):
    before = (here / "broken.xlsx").read_bytes()
    done = call("check", "broken.xlsx", "--mark")
    assert done.code == 3 and "reports/broken.marked.xlsx" in done.out
    assert (here / "reports/broken.marked.xlsx").exists() and (here / "broken.xlsx").read_bytes() == before


@pytest.mark.parametrize("code", [next(iter(CODES)), "fs103"])
def test_explain_tells_cause_and_cure(call, code):
    done = call("explain", code)
    assert done.code == 0 and "Cause" in done.out and "Cure" in done.out
    assert json.loads(call("explain", code, "--json").out)["code"] == code.upper()


def test_explain_tells_that_there_is_a_plan(call, here):
    done = call("explain", "magnets.xlsx")
    assert done.code == 0 and "A plan can satisfy the workbook" in done.out
    assert (here / "reports/magnets.explain.xlsx").exists()
    assert call("explain", "absent.xlsx").code == 7 and call("explain", "broken.xlsx").code == 3


def test_explain_refuses_what_is_neither_workbook_nor_code(call):
    assert "neither a workbook" in call("explain", "magnets").err
    unknown = call("explain", "FS199")
    assert unknown.code == 2 and "FS103" in unknown.err


def test_doctor_finds_everything_and_tries_the_solver(call):
    done = call("doctor", "--json")
    data = json.loads(done.out)
    assert done.code == 0 and data["status"] == "ok" and data["self_test"]["passed"]
    assert all(data["versions"][name] for name in ("python", "pyomo", "highspy", "xlsxwriter"))
    assert "Self test passed" in call("doctor").out


def test_doctor_tells_what_is_missing(call, monkeypatch):
    monkeypatch.setattr(
        "friendshore.optimizer.system.version.installed", lambda name: "" if name == "xlsxwriter" else "1.16.0"
    )
    done = call("doctor")
    assert done.code == 1 and "pip install xlsxwriter" in done.out


def test_doctor_does_not_trust_a_solver_that_errs(call, monkeypatch):
    monkeypatch.setattr("friendshore.optimizer.solver.polish", lambda program, answer: answer)
    done = call("doctor", "--json")
    assert done.code == 1 and "self test of a MIP failed" in json.loads(done.out)["problems"][0]["message"]


def test_progress_is_slow_where_nobody_watches(capsys):
    from friendshore.optimizer.commands.progress import ShowProgress  # noqa: PLC0415
    from friendshore.optimizer.system.progress import Progress  # noqa: PLC0415

    with ShowProgress(quiet=False, between_lines=0.2) as show:
        for _ in range(10):
            show(Progress("solve", 0.0, 1234.5, 1200.0, 0.0279))
            time.sleep(0.05)
        show(Progress("polish", 0.0))
    lines = capsys.readouterr().err.splitlines()
    assert 2 <= len(lines) <= 5 and lines[-1].startswith("polish")
    assert "best 1234, cannot be below 1200: 2.79%" in lines[0]


def test_no_name_of_a_workbook_commands_the_terminal(call, here):
    """Control characters and turned reading in a name are shown, not sent; in JSON the name is what it is."""
    name, sent = "mag\x9b31mnets", {"\x9b", "\u202e"}
    sheets = {
        sheet: [[name if value == "magnets" else value for value in row] for row in rows]
        for sheet, rows in workbooks.SHEETS.items()
    }
    workbooks.write(here / "odd.xlsx", **sheets)
    shown = call("vulnerabilities", "odd.xlsx")
    assert shown.code == 0 and r"mag\x9b31mnets" in shown.out and not sent & {*shown.out, *shown.err}
    assert name in call("vulnerabilities", "odd.xlsx", "--json").out
    workbooks.write(here / "odd.xlsx", **{**sheets, "Plants": [*sheets["Plants"], [name, "Nowhere", name, 1, 1]]})
    shown = call("check", "odd.xlsx")
    assert shown.code == 3 and not sent & {*shown.out, *shown.err}
    shown = call("check", "gone\u202e.xlsx")
    assert shown.code == 7 and r"gone\u202e.xlsx" in shown.err and not sent & {*shown.err}


def test_check_tells_what_the_scenarios_amount_to(call, here):
    """Two dangers of 0.1 and 0.05 a year in three years, from the second on: nothing happens with (0.9 * 0.95)**2. Four
    branches of the two, two of the stress test, and the one sequel that does not begin past the horizon."""
    scenarios = [
        ["scenario", "name", "per_year", "probability", "onset", "parent"],
        ["stop", "Stop of exports", 0.1, None, None, None],
        ["quake", None, 0.05, None, None, None],
        ["longer", None, None, 0.5, "+1", "stop"],
        ["cut", None, 0, None, None, None],
    ]
    periods = [["period", "years"], ["2026", 1], ["2027", 1], ["2028", 1]]
    workbooks.write(here / "dangers.xlsx", Scenarios=scenarios, Periods=periods, Events=[["scenario", "kind"]])
    outlook = json.loads(call("check", "dangers.xlsx", "--json").out)["outlook"]
    assert outlook["nothing"] == pytest.approx((0.9 * 0.95) ** 2)
    assert outlook["strikes"]["stop"] + outlook["strikes"]["quake"] == pytest.approx(1 - outlook["nothing"])
    assert outlook["strikes"]["cut"] == 0
    assert (outlook["branches"], outlook["late"]) == (7, {"longer": ["2028"]})
    said = call("check", "dangers.xlsx").out
    assert "Over all periods nothing happens" in said and "a stress test, without weight" in said
    assert "  Stop of exports (stop)  " in said
    assert "longer would begin past the last period where its parent begins in 2028" in said
