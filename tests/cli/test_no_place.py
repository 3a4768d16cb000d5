"""Places where nothing can be written: every command that writes says so and leaves with 7, before any long work."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

FROM_A_WORKBOOK = {
    "new": ("new",),
    "solve": ("solve", "magnets.xlsx", "-o"),
    "watch": ("watch", "magnets.xlsx", "-o"),
    "vulnerabilities": ("vulnerabilities", "magnets.xlsx", "-o"),
    "worth": ("worth", "magnets.xlsx", "-o"),
    "alternatives": ("alternatives", "magnets.xlsx", "-o"),
    "sensitivity": ("sensitivity", "magnets.xlsx", "-o"),
    "frontier": ("frontier", "magnets.xlsx", "--risk-aversion", "0:0.9", "-o"),
    "explain": ("explain", "magnets.xlsx", "-o"),
    "a ledger": ("worth", "magnets.xlsx", "--ledger"),
}
FROM_A_PLAN = {
    "stress": ("stress", "old.plan.xlsx", "-o"),
    "compare": ("compare", "old.plan.xlsx", "old.plan.xlsx", "-o"),
    "replan, its template": ("replan", "old.plan.xlsx", "--template"),
    "report": ("report", "old.plan.xlsx", "-o"),
}


def _places() -> dict[str, str]:
    places = {"a folder": "folder.xlsx", "a file where a folder is wanted": "magnets.xlsx/sub/x.xlsx"}
    if Path("/proc/self").exists():
        places |= {"a folder of the system": "/proc/x.xlsx", "a folder that cannot be made": "/proc/sub/x.xlsx"}
    return places


@pytest.fixture
def no_place(here: Path) -> None:
    (here / "folder.xlsx").mkdir()
    (here / "folder.html").mkdir()


@pytest.mark.usefixtures("no_place")
@pytest.mark.parametrize("place", _places().values(), ids=list(_places()))
@pytest.mark.parametrize("arguments", FROM_A_WORKBOOK.values(), ids=list(FROM_A_WORKBOOK))
def test_refused_before_the_search(call, pretend, here, arguments, place):
    pretend(raises=AssertionError("not to be reached"))
    _refused(call(*arguments, place, "--json"))
    assert (here / "magnets.xlsx").is_file()


@pytest.mark.usefixtures("no_place")
@pytest.mark.parametrize("place", _places().values(), ids=list(_places()))
@pytest.mark.parametrize("arguments", FROM_A_PLAN.values(), ids=list(FROM_A_PLAN))
def test_what_reads_a_plan_refuses_too(call, here, arguments, place):
    assert call("solve", "magnets.xlsx", "-o", "old.plan.xlsx", "--no-baselines").code == 0
    ending = "html" if arguments[0] == "report" else "xlsx"
    _refused(call(*arguments, str(Path(place).with_suffix(f".{ending}")), "--json"))


def _refused(done) -> None:
    assert done.code == 7, done.err
    (problem,) = json.loads(done.out)["problems"]
    assert problem["code"] in ("FS007", "FS705")
    assert "Traceback" not in done.err and "fault of friendshore" not in done.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a folder without rights")
def test_a_folder_without_rights(call, pretend, here):
    pretend(raises=AssertionError("not to be reached"))
    (here / "closed").mkdir(mode=0o500)
    _refused(call("solve", "magnets.xlsx", "-o", "closed/x.xlsx", "--json"))


def test_what_is_in_the_way_is_named(call, here):
    done = call("new", "magnets.xlsx/x.xlsx")
    assert done.code == 7 and "magnets.xlsx is a file and no folder" in done.err


def test_the_marked_copy_and_the_page(call, here):
    (here / "reports").write_text("in the way")
    assert call("check", "magnets.xlsx", "--mark").code == 7
    assert call("solve", "magnets.xlsx", "--report").code == 7


def test_nothing_is_left_where_it_was_tried(call, here):
    assert call("solve", "magnets.xlsx", "-o", "sub/x.xlsx", "--no-baselines").code == 0
    assert [path.name for path in (here / "sub").iterdir()] == ["x.xlsx"]
