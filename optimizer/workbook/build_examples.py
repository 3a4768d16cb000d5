"""Rebuild every example workbook in ``inputs/``: ``python -m friendshore.optimizer.workbook.build_examples``."""

from __future__ import annotations

from friendshore.optimizer.workbook.examples import INPUTS, build_example, sources


def main() -> None:
    """Build ``inputs/NAME.xlsx`` from ``inputs/source/NAME/*.csv`` for every name."""
    for folder in sources():
        build_example(folder, INPUTS / f"{folder.name}.xlsx")


if __name__ == "__main__":
    main()
