"""Names that no disk holds: every command says so in plain words and leaves with 7, before any long work."""

import json

import pytest

LONG = "a" * 260 + ".xlsx"
BARELY = "b" * 250 + ".xlsx"  # fits, but neither its plan nor its backup does

COMMANDS = {
    "check": ("check", LONG),
    "solve": ("solve", LONG),
    "solve, where the plan goes": ("solve", "magnets.xlsx", "-o", LONG),
    "solve, the plan of a name that fits": ("solve", BARELY),
    "solve in place": ("solve", BARELY, "--in-place"),
    "watch": ("watch", LONG),
    "new": ("new", LONG),
    "vulnerabilities": ("vulnerabilities", LONG),
    "vulnerabilities, where the tables go": ("vulnerabilities", "magnets.xlsx", "-o", LONG),
    "stress": ("stress", LONG),
    "report": ("report", LONG),
    "compare": ("compare", LONG, LONG),
}


@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=list(COMMANDS))
def test_a_name_that_is_too_long_is_told(call, pretend, here, arguments):
    if BARELY in arguments:
        (here / BARELY).write_bytes((here / "magnets.xlsx").read_bytes())
    pretend(raises=AssertionError("not to be reached"))
    before = sorted(entry.name for entry in here.iterdir())
    done = call(*arguments, "--json")
    assert done.code == 7, done.err
    (problem,) = json.loads(done.out)["problems"]
    assert problem["code"] == "FS007"
    assert "longer than this disk allows" in problem["message"]
    assert "Traceback" not in done.err and "fault of friendshore" not in done.err
    assert sorted(entry.name for entry in here.iterdir() if entry.name != "reports") == before
