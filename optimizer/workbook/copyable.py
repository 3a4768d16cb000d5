"""Whether a workbook can be held in memory whole, cell by cell with its formats, as copying it with openpyxl does."""

from __future__ import annotations

import zipfile

from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.gate import Package
from friendshore.optimizer.workbook.scan import scan

MOST_CELLS = 2_000_000


def refuse_uncopyable(package: Package) -> None:
    """FileFault FS005 where a copy would fill memory: by its cells, or by merged areas, each cell of which counts."""
    held = 0
    with zipfile.ZipFile(package.path) as archive:
        for sheet in package.sheets:
            facts = scan(archive, sheet.part)
            held += facts.cells + sum(
                (bottom - top + 1) * (right - left + 1) for top, left, bottom, right in facts.merged
            )
            if held > MOST_CELLS:
                message = f"the workbook cannot be copied: with {sheet.title} it has over {MOST_CELLS:,} cells"
                raise FileFault("FS005", package.path, message)
