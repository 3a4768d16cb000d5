"""Every command on README and the pages of docs/ is run, in order, in a folder of its own, and prints what is shown.

``python -m tests.docs.refresh`` writes what they print now in the place of what is shown.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from friendshore.optimizer.cli import app
from tests.docs.pages import FENCE, PAGES, Commands, matches, page, steps
from tests.docs.reader import Reader, lay_out, lines, words

BOLD = re.compile(r"\*\*(\d[\d.,]*)( ?%)?\*\*")


def follow(name: str, folder: Path) -> str:
    """Do what the page says; what it showed and printed."""
    lay_out(folder)
    reader = Reader()
    seen = []
    for step in steps(page(name)):
        printed = reader.do(step)
        seen.append(printed)
        if isinstance(step, Commands) and step.run and step.shown is not None:
            assert matches(step.shown.text, printed), f"{name} shows\n{step.shown.text}\nbut it prints\n{printed}"
    return "\n".join(seen)


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_what_comes_out(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And every number in bold stands in what was printed, typed or shown before."""
    monkeypatch.chdir(tmp_path)
    printed = follow(name, tmp_path)
    text = page(name)
    if name not in ("patterns.md", "formulation.md"):  # whose numbers have tests of their own
        told = printed + "".join(fence["body"] for fence in FENCE.finditer(text))
        missing = [number for number, _ in BOLD.findall(text) if number not in told]
        assert not missing, f"{name} says {missing}, which nothing on the page prints"


def test_what_is_not_run_is_a_command_all_the_same() -> None:
    """Command, options and arguments are read as the program reads them."""
    known = get_command(app).commands
    left = [step for name in PAGES for step in steps(page(name)) if isinstance(step, Commands) and not step.run]
    read = [words(line) for step in left for line in lines(step)]
    assert read
    for name, *arguments in read:
        known[name].make_context(name, arguments).close()


def test_every_file_of_settings_is_one() -> None:
    """The YAML of the page of clusters is YAML, each document with its kind."""
    found = [fence["body"] for name in PAGES for fence in FENCE.finditer(page(name)) if fence["kind"] == "yaml"]
    assert found
    assert all(document["kind"] for text in found for document in yaml.safe_load_all(text))


def test_the_readme_is_short() -> None:
    """At most 900 words, signs of tables counted as words."""
    assert 500 < len(page("README.md").split()) <= 900
