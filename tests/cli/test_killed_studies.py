"""Every study that searches, killed outright and asked again: it goes on from its ledger, by one worker as by two."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from tests.run import program
from tests.studies.studied import sheets

ROOT = Path(__file__).parents[2]
STUDIES: dict[str, tuple[str, ...]] = {
    "frontier": ("--policy", "rule", "--limits", "0.2:0.9", "--points", "6", "--no-plans", "--gap", "0"),
    "alternatives": ("--within", "20%", "--gap", "0"),
    "share": ("--gap", "0"),
    "worth": ("--gap", "0"),
    "sensitivity": ("--top", "3", "--gap", "0"),
    "explain": ("--why", "line Home", "--what-would-it-take", "line Near", "--gap", "0"),
}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process is killed as systems of this kind do")


@pytest.fixture
def book(here: Path) -> Path:
    """The small problem of ``tests/studies/studied.py`` as a workbook."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets().items():
        sheet = made.create_sheet(name)
        heads = list(dict.fromkeys(column for row in rows for column in row))
        sheet.append(heads)
        for row in rows:
            sheet.append([row.get(head) for head in heads])
    made.save(here / "small.xlsx")
    return here / "small.xlsx"


def done_in(ledger: Path) -> int:
    """How many searches a ledger holds."""
    if not ledger.is_file():
        return 0
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as file:
            return int(file.execute("SELECT COUNT(*) FROM done").fetchone()[0])
    except sqlite3.Error:
        return 0


def killed(arguments: list[str], ledger: Path, folder: Path) -> None:
    """Run a command in a process group of its own, which is killed once a search is done and kept."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        program("friendshore", *arguments),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    end = time.monotonic() + 120
    while process.poll() is None and done_in(ledger) < 1 and time.monotonic() < end:
        time.sleep(0.01)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=60)


def told(text: str) -> dict[str, Any]:
    """The answer as JSON, without what it took and where it went."""
    found = json.loads(text)
    return {key: value for key, value in found.items() if key not in ("seconds", "workbook")}


@pytest.mark.parametrize("study", STUDIES)
def test_killed_and_resumed_it_says_the_same(study: str, book: Path, here: Path, call: Any) -> None:
    """Two workers, killed after the first search; then one, which takes what they kept; beside a run by one alone."""
    options = [study, str(book), *STUDIES[study]]
    killed([*options, "-j", "2", "-o", "out.xlsx"], here / "out.ledger", here)
    assert done_in(here / "out.ledger") >= 1 and not (here / "out.xlsx").exists()
    resumed: SimpleNamespace = call(*options, "-o", here / "out.xlsx", "--json")
    assert "done before and kept in" in resumed.err and not (here / "out.ledger").exists()
    whole: SimpleNamespace = call(*options, "-o", here / "whole.xlsx", "--json")
    assert "done before" not in whole.err
    assert resumed.code == whole.code == 0 and told(resumed.out) == told(whole.out)
