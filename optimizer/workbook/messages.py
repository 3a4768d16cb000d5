"""The list of every message with cause and cure, written from the catalogue.

``python -m friendshore.optimizer.workbook.messages`` writes it to ``inputs/MESSAGES.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from friendshore.models.codes import CODES
from friendshore.models.codes.entry import Code
from friendshore.optimizer.system.files import writing

PATH = Path(__file__).resolve().parents[2] / "inputs" / "MESSAGES.md"

_HEAD = """\
# Messages: cause and cure

Every problem that friendshore tells has a code that does not change from version to version. `friendshore explain
FS103` says on the terminal what this page says; `friendshore check FILE --mark` puts each problem on its cell in a copy
of the workbook. Errors forbid a plan, and nothing is written; warnings do not.

This page is written from the catalogue in `models/codes/` by
`python -m friendshore.optimizer.workbook.messages`; change it there.
"""
_PARTS = (
    ("FS0", "Files", "The file cannot be read, or the answer cannot be written (exit code 7)."),
    ("FS1", "Sheets, headers and cells", "What stands in one place by itself (exit code 3 for errors)."),
    ("FS2", "Names", "Cells that refer to other sheets."),
    ("FS3", "What sheets must agree on", "Rows that are each in order and contradict each other."),
    ("FS4", "Policies", "What each kind of policy needs."),
    ("FS5", "Probably not meant", "Warnings about a workbook that has a plan."),
    ("FS6", "What the search finds", "There is no plan (exit code 4)."),
    ("FS7", "Engines", "Where the work was to be done: it cannot be had (exit code 2), or lost work (1)."),
    ("FS8", "Actuals", "What has happened since a plan was made does not fit it (exit code 3)."),
)


def messages() -> str:
    """The text of the page, as Markdown."""
    left = dict(CODES)
    lines = [_HEAD]
    for start, title, what in _PARTS:
        entries = [left.pop(code) for code in sorted(left) if code.startswith(start)]
        lines += _section(title, what, entries)
    if left:
        raise ValueError(f"no part of the page is for {', '.join(left)}")
    return "\n".join(lines).rstrip() + "\n"


def _section(title: str, what: str, entries: list[Code]) -> Iterator[str]:
    yield f"## {title}"
    yield what
    yield ""
    yield "| code | | what it is | cause | cure |"
    yield "|---|---|---|---|---|"
    for entry in entries:
        cells = (f"`{entry.code}`", entry.severity, entry.title, entry.cause, entry.cure)
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("*", "\\*") for cell in cells) + " |"
    yield ""


def main() -> None:
    """Write the page to ``inputs/MESSAGES.md``."""
    with writing(PATH) as temporary:
        temporary.write_text(messages(), encoding="utf-8")


if __name__ == "__main__":
    main()
