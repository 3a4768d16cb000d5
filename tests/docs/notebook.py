"""The notebook of the documentation: its code run in order without Jupyter, and what it shows written anew.

``python -m tests.docs.notebook`` runs every cell and writes what comes out into docs/notebook.ipynb.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.docs.reader import lay_out
from tests.places import ROOT

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def cells(kind: str = "code") -> list[dict[str, Any]]:
    """The cells of a kind, in order."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def shown(cell: dict[str, Any]) -> str:
    """What the notebook shows that a cell printed."""
    return "".join(line for output in cell["outputs"] for line in output["text"])


def printed() -> Iterator[str]:
    """What each cell prints, run in order in the folder at hand, with the names that those before it left."""
    names: dict[str, object] = {}
    for cell in cells():
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec("".join(cell["source"]), names)  # noqa: S102 - the code of our own documentation
        yield out.getvalue()


def refresh() -> None:
    """Write into the notebook what its cells print now."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        lay_out(Path(folder))
        told = list(printed())
        os.chdir(ROOT)
    code = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    for number, (cell, text) in enumerate(zip(code, told, strict=True), 1):
        lines = text.splitlines(keepends=True)
        cell["execution_count"] = number
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
    NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    refresh()
