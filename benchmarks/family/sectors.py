"""The sectors' workbooks as they stood when the family was made, so that a name stays one problem.

A workbook in ``inputs/`` is brought up to date; the problems of a family that is cited must not change with it. So the
rows of its sheets are kept here, one compressed JSON file a sector.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from types import MappingProxyType

from friendshore.models.examine import problem_from_sheets
from friendshore.models.parsing.unparse import sheets_of
from friendshore.models.problem import Problem
from friendshore.optimizer.workbook.read import read_workbook

FOLDER = Path(__file__).with_name("sectors")
INPUTS = Path(__file__).parents[2] / "inputs"

SECTORS = MappingProxyType(
    {
        "ai": "ai_accelerators",
        "bat": "battery_graphite",
        "chip": "legacy_chips",
        "cyb": "cybersecurity",
        "gage": "gallium_germanium",
        "ree": "rare_earth_magnets",
        "tut": "tutorial",
    }
)
"""The first word of a problem's name, and the workbook that it is made from."""


@cache
def sector(word: str) -> Problem:
    """The workbook that a first word stands for; KeyError where it stands for none."""
    name = SECTORS[word]
    with gzip.open(FOLDER / f"{name}.json.gz", "rt", encoding="utf-8") as stream:
        return problem_from_sheets(json.load(stream), name=name)


def keep_sectors(folder: Path = FOLDER) -> None:
    """Keep the workbooks of ``inputs/`` as they are now: the beginning of another family."""
    folder.mkdir(exist_ok=True)
    for name in SECTORS.values():
        sheets = sheets_of(read_workbook(INPUTS / f"{name}.xlsx").tables)
        content = json.dumps(sheets, ensure_ascii=False, separators=(",", ":")).encode()
        (folder / f"{name}.json.gz").write_bytes(gzip.compress(content, mtime=0))
