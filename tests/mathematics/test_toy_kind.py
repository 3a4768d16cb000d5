"""A new kind of policy is two files and their test: no other has to know of it, from the workbook to the page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import friendshore
import friendshore.models
import friendshore.optimizer

RULE = '''"""max_activity: activity of all plants of the consumers, a year, at most the limit."""

from friendshore.models.clauses.linear import LinearClause
from friendshore.models.clauses.rule import PlainRule
from friendshore.models.clauses.scope import each_node, name_of
from friendshore.models.tables.policy_kinds import LimitUnit, PolicyKind


class MaxActivity(PlainRule):
    kind = PolicyKind(
        name="max_activity", sentence="Runs of all plants a year, at most", unit=LimitUnit("run"), reads=("consumers",)
    )

    def clauses(self, problem, tree, policy):
        clauses = []
        for group in problem.groups(policy.consumer_text):
            label = f"{policy.policy}/{name_of(problem, group)}"
            weights = each_node(problem, tree, policy, label)
            clauses.append(LinearClause(policy=policy, label=label, weights=weights, consumers=group))
        return tuple(clauses)

    def numerator(self, node, clause):
        plants = node.sets.problem.plants
        return sum(node.variables["activity"][j] for j in node.sets.plants if plants[j].country in clause.consumers)

    def denominator(self, node, clause):
        return node.parameter("length", ())


RULE = MaxActivity()
'''

CERTIFICATE = '''"""max_activity: Σ a ≤ limit·d over the plants of the consumers, at base nodes."""

import numpy as np

from friendshore.optimizer.certify.clauses.requirement import consumers, require


def requirements(case, policy):
    base, plants = case.base, case.network.plants.rows
    for members in consumers(policy, case.network.groups):
        mine = [place for place, row in enumerate(plants) if row.country in members]
        for n, label in enumerate(base.labels):
            terms = np.append(base.quantities.a[n, mine], -policy.limit * base.branch.years[n])
            yield require(f"runs at {label}", terms, whole=float(base.branch.years[n]))
'''

SHEETS: dict[str, list[list[object]]] = {
    "Settings": [["setting", "value"], ["discount_rate", 0]],
    "Periods": [["period"], ["2026"], ["2027"]],
    "Countries": [["country", "bloc"], ["Home", "ally"]],
    "Commodities": [["commodity", "unit"], ["metal", "t"]],
    "Plants": [["plant", "country", "commodity", "capacity", "unit_cost"], ["works", "Home", "metal", 20, 2]],
    "Demand": [["country", "commodity", "shortage_cost", "per_year"], ["Home", "metal", 100, 10]],
    "Policies": [["policy", "kind", "limit"], ["shifts", "max_activity", 6]],
}


@pytest.fixture
def extended(tmp_path: Path) -> Path:
    """A copy of what is installed, with the two files of the new kind, beside a workbook that uses it."""
    package = tmp_path / "friendshore"
    left_out = shutil.ignore_patterns("__pycache__", "models", "optimizer", "examples")
    shutil.copytree(Path(friendshore.__file__).parent, package, ignore=left_out)
    caches = shutil.ignore_patterns("__pycache__")
    for room in (friendshore.models, friendshore.optimizer):
        folder = Path(str(room.__file__)).parent
        shutil.copytree(folder, package / folder.name, ignore=caches)
    (package / "models" / "rules" / "max_activity.py").write_text(RULE, encoding="utf-8")
    (package / "optimizer" / "certify" / "policies" / "max_activity.py").write_text(CERTIFICATE, encoding="utf-8")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "toy.xlsx")
    return tmp_path


def run(folder: Path, *arguments: str) -> dict[str, object]:
    """What a command answers in JSON."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "friendshore", *arguments, "--json"],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_a_new_kind_is_read_checked_solved_certified_and_told(extended: Path) -> None:
    """Six runs of the ten that are needed in each of two years: 2 · (6 · 2 + 4 · 100) = 824, and the page says why."""
    assert run(extended, "check", "toy.xlsx")["problems"] == []
    answer = run(extended, "solve", "toy.xlsx", "--report")
    assert answer["objective"] == pytest.approx(824)
    assert answer["certificate"]["max_violation"] < 1e-9  # type: ignore[index]
    (policy,) = answer["policies"]  # type: ignore[misc]
    assert (policy["policy"], policy["value"], policy["shadow_price"]) == ("shifts", 6, pytest.approx(196))
    summary = openpyxl.load_workbook(extended / "reports" / "toy.plan.xlsx")["Plan Summary"]
    said = [str(cell.value) for row in summary.iter_rows() for cell in row if cell.value is not None]
    assert any("Runs of all plants a year, at most" in text for text in said)
    assert "Runs of all plants a year, at most" in (extended / "reports" / "toy.plan.html").read_text(encoding="utf-8")


def test_a_kind_that_no_file_certifies_is_refused(extended: Path) -> None:
    """Without its certificate a plan under the new kind is not written."""
    (extended / "friendshore" / "optimizer" / "certify" / "policies" / "max_activity.py").unlink()
    with pytest.raises(AssertionError, match="cannot be certified"):
        run(extended, "solve", "toy.xlsx")
