"""What the commands of the README install is what pyproject.toml asks for, each file known by its hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
ASKED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNS, BUILDS = ASKED["project"]["dependencies"], ASKED["build-system"]["requires"]
FILES = {
    "requirements.txt": [*RUNS, *BUILDS],
    "requirements-test.txt": [*RUNS, *BUILDS, *ASKED["project"]["optional-dependencies"]["test"]],
}


def entries(file: str) -> list[str]:
    """What stands between the comments of a file of requirements, continued lines joined."""
    text = (ROOT / file).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def pins(file: str) -> dict[str, str]:
    """Versions by name."""
    requirements = [Requirement(line.split(" --hash")[0].strip()) for line in entries(file)]
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in requirements}


@pytest.mark.parametrize("file", FILES)
def test_every_line_is_one_version_by_its_hashes(file: str) -> None:
    pattern = re.compile(r"[\w-]+==[\w.]+( ; [^#]+?)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+")
    assert [line for line in entries(file) if not pattern.fullmatch(line)] == []


@pytest.mark.parametrize("file", FILES)
def test_what_is_asked_for_is_there(file: str) -> None:
    """Changed bounds want ``.ci/lock``."""
    found = pins(file)
    asked = [Requirement(text) for text in FILES[file]]
    assert [str(each) for each in asked if found.get(canonicalize_name(each.name), "") not in each.specifier] == []


def test_both_have_the_same_versions() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-test.txt").items()


def test_the_group_that_builds_is_what_the_build_system_asks_for() -> None:
    assert ASKED["dependency-groups"]["build"] == BUILDS
