"""Writes into README and docs/ what their commands print now: ``python -m tests.docs.refresh [PAGE …]``."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.docs.pages import PAGES, Commands, Shown, matches, page, shortened, steps
from tests.docs.reader import Reader, lay_out


def printed_on(name: str) -> list[tuple[Shown, str]]:
    """What is shown on a page, with what came out in its place."""
    reader = Reader()
    found = []
    for step in steps(page(name)):
        printed = reader.do(step)
        if isinstance(step, Commands) and step.run and step.shown is not None:
            found.append((step.shown, printed))
    return found


def refresh(name: str) -> int:
    """Rewrite a page; how many outputs changed."""
    text, changed = page(name), 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        lay_out(Path(folder))
        found = printed_on(name)
        os.chdir(Path(__file__).parent)
    for shown, printed in reversed(found):
        if not matches(shown.text, printed):
            text = text[: shown.start] + shortened(shown.text, printed) + text[shown.end :]
            changed += 1
    PAGES[name].write_text(text, encoding="utf-8")
    return changed


if __name__ == "__main__":
    for each in sys.argv[1:] or PAGES:
        sys.stdout.write(f"{each}: {refresh(each)} changed\n")
