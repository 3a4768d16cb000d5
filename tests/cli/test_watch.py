"""``watch`` as a real process, with real saves and real signals."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli import workbooks
from tests.run import program

ROOT = Path(__file__).parents[2]
WORKS = ["more at home", "home works", 10, 200, 3]


class Watcher:
    """A ``friendshore watch`` at work; its events are read as they come."""

    def __init__(self, here, module, *options):
        command = program(module, "watch", str(here / "magnets.xlsx"), "--every", "0.1", *options)
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "-o", str(here / "plan.xlsx")],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def event(self):
        return json.loads(self.process.stdout.readline())

    def told(self, words):
        for line in self.process.stderr:
            if words in line:
                return line
        raise AssertionError(f"{words!r} was not told")

    def ended(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


@pytest.fixture
def watching(here):
    started = []

    def start(module="friendshore", *options):
        started.append(Watcher(here, module, *options))
        return started[-1]

    yield start
    for watcher in started:
        watcher.process.kill()
        watcher.process.communicate()


def save(here, **changes):
    """As Excel does it: another file, renamed."""
    workbooks.write(here / "~magnets.tmp.xlsx", **changes).replace(here / "magnets.xlsx")


def test_solves_on_save_and_survives_faults(here, watching):
    """By hand: 820 with three units of the project, so 970 where each costs 50 more.

    A broken save is told and waited over; the next good one is compared with the last plan, not with the fault.
    """
    watcher = watching("friendshore", "--json")
    first = watcher.event()
    assert (first["event"], first["code"], first["solve"]["objective"], first["changes"]) == ("solved", 0, 820, [])
    plants = [workbooks.SHEETS["Plants"][0], ["home works", "Alda", "magnets", "ten", 5]]
    save(here, Plants=plants)
    faults = watcher.event()
    assert (faults["event"], faults["code"], faults["solve"]["plan"]) == ("faults", 3, None)
    assert any(problem["code"] == "FS103" for problem in faults["solve"]["problems"])
    save(here, Expansions=[workbooks.SHEETS["Expansions"][0], [*WORKS[:3], 250, 3]])
    good = watcher.event()
    assert good["event"] == "solved" and good["solve"]["objective"] == 970
    assert good["inputs"] == ["Expansions: more at home, capex 200 -> 250"]
    assert good["changes"][0].startswith("Expected cost, discounted: 820 -> 970 EUR (+150, +18%)")
    assert watcher.ended() == 0
    assert "2 plans" in watcher.process.stderr.read()


def test_words_on_the_terminal_and_an_earlier_plan(here, call, watching):
    """The plan that lies there already is what the first solve is compared with."""
    call("solve", "magnets.xlsx", "-o", "plan.xlsx")
    save(here, Demand=[workbooks.SHEETS["Demand"][0], ["Alda", "magnets", "defence", 30, 100]])
    watcher = watching()
    said = [watcher.process.stdout.readline() for _ in range(4)]
    assert said[0].startswith("Optimal: expected cost ") and "Plan: " in said[0]
    assert said[1] == "  saved: Demand: Alda magnets defence, per_year 40 -> 30\n"
    assert "Expected cost, discounted: 820 ->" in said[2]
    assert watcher.ended() == 0


def test_a_plan_that_is_open_elsewhere_is_waited_for(here, watching):
    """Told at once, before any search; solved as soon as the plan is closed there."""
    lock = here / ".~lock.plan.xlsx#"
    lock.write_text(",Alice,desk,27.11.2026 00:00,file:///x;", encoding="utf-8")
    watcher = watching("friendshore", "--json")
    held = watcher.event()
    assert (held["event"], held["code"]) == ("no plan", 7)
    assert "held by Alice" in held["solve"]["problems"][0]["message"]
    lock.unlink()
    assert watcher.event()["event"] == "solved"
    assert watcher.ended() == 0


def test_ctrl_c_gives_up_the_solve_and_a_second_ends(here, watching):
    watcher = watching("tests.cli.watched", "--json")
    watcher.told("searching")
    watcher.process.send_signal(signal.SIGINT)
    event = watcher.event()
    assert (event["event"], event["code"]) == ("given up", 6)
    save(here, Settings=[["setting", "value"], ["title", "again"]])
    watcher.told("searching")
    save(here, Settings=[["setting", "value"], ["title", "and again"]])
    watcher.told("starting anew")
    watcher.told("searching")
    watcher.process.send_signal(signal.SIGINT)
    assert watcher.event()["event"] == "given up"
    assert watcher.ended() == 0


def test_sigterm_ends_the_watch_and_its_solve(here, watching):
    watcher = watching("tests.cli.watched")
    watcher.told("searching")
    children = Path(f"/proc/{watcher.process.pid}/task/{watcher.process.pid}/children")
    child = int(children.read_text().split()[0]) if children.exists() else 0
    watcher.process.terminate()
    assert watcher.process.wait(timeout=20) == 0
    time.sleep(0.1)
    if child:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def test_wrong_use(call, here):
    assert call("watch", "absent.xlsx").code == 7
    assert call("watch", "magnets.xlsx", "-o", "magnets.xlsx").code == 2
    assert call("watch", "magnets.xlsx", "--every", "0").code == 2
