"""The tab key: what a shell is offered, asked as the installed scripts ask."""

import os
import subprocess
import sys

import pytest

from friendshore.optimizer.commands import completion


def offered(here, words):
    """What bash is offered for the last of these words."""
    environment = {
        **os.environ,
        "_FRIENDSHORE_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "friendshore"], cwd=here, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout.split()


def test_commands_files_examples_and_codes(here):
    (here / "reports").mkdir()
    (here / "notes.txt").touch()
    (here / "~$magnets.xlsx").touch()
    assert offered(here, ["friendshore", "com"]) == ["compare"]
    assert offered(here, ["friendshore", "solve", "m"]) == ["magnets.xlsx"]
    assert set(offered(here, ["friendshore", "check", ""])) == {"broken.xlsx", "magnets.xlsx", "reports/"}
    assert offered(here, ["friendshore", "new", "x.xlsx", "--example", "tu"]) == ["tutorial"]
    assert "--time-limit" in offered(here, ["friendshore", "solve", "--t"])


def test_plans_before_other_workbooks(here, monkeypatch):
    (here / "reports").mkdir()
    (here / "reports/a.plan.xlsx").touch()
    (here / "reports/a.stress.xlsx").touch()
    assert completion.plans("reports/") == ["reports/a.plan.xlsx"]
    assert completion.plans("m") == ["magnets.xlsx"]
    assert completion.workbooks("reports/a.s") == ["reports/a.stress.xlsx"]
    assert completion.workbooks("nowhere/x") == []


def test_words_of_the_catalogue():
    assert ("FS103", "Not a number") in completion.codes("fs10")
    assert completion.settings("disc") == ["discount_rate="]
    assert completion.schemas("so") == ["solve"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_scripts_are_shown(here, shell):
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "friendshore", "--show-completion", shell],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and "FRIENDSHORE_COMPLETE" in done.stdout
