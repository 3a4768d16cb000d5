"""The notebook of docs/ is a notebook, and its cells print what it shows, run in order without Jupyter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.docs.notebook import NOTEBOOK, cells, printed, shown
from tests.docs.reader import lay_out


def test_it_is_a_notebook_that_was_run_from_top_to_bottom() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["metadata"]["kernelspec"]["name"]) == (4, "python3")
    assert [cell["execution_count"] for cell in cells()] == list(range(1, len(cells()) + 1))
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"]) > len(cells()) > 5


def test_what_it_shows_is_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lay_out(tmp_path)
    told = [shown(cell) for cell in cells()]
    assert list(printed()) == told and sum(map(bool, told)) > 5
    assert (tmp_path / "reports" / "tutorial.html").is_file()
