"""The version stands in one place; what repeats it for others says the same."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import friendshore

ROOT = Path(__file__).parents[2]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_is_of_this_version() -> None:
    assert re.findall(r"^version: (.*)$", read("CITATION.cff"), re.MULTILINE) == [friendshore.__version__]


def test_what_is_installed_is_of_this_version() -> None:
    assert version("friendshore") == friendshore.__version__


def test_the_changelog_tells_of_nothing_newer() -> None:
    """First what is not released yet, then releases with their day, the newest of them no newer than this version."""
    headings = re.findall(r"^## (.*)$", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    releases = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d\d-\d\d", heading) for heading in headings[1:]]
    numbers = [tuple(int(part) for part in release.groups()) for release in releases if release]
    assert len(numbers) == len(releases) and numbers == sorted(numbers, reverse=True)
    assert [tuple(int(part) for part in friendshore.__version__.split("."))] >= numbers[:1]
