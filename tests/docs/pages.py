"""A page of the documentation as its reader follows it: what to type where, what to run, what comes out.

A page is plain Markdown. These parts of it are steps, in the order in which they stand:

- a fence of ``sh``: commands, one a line; ``text`` after it shows what they print. ``…`` stands for any lines;
- a fence of ``python``: run line by line with what the fences before it left; ``text`` after it shows what it printed;
- a table under a line that names its sheet in bold (``Sheet **Plants**``): rows typed below those the sheet has;
- a line ``Sheet **Policies**: set `limit` of `floor` to `0.1```: one cell typed anew, in the row of that name.

Tables and cells go into the workbook that ``<!-- workbook: FILE -->`` named last. ``<!-- not run: WHY -->`` before a
fence says that its commands are only read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

DOCS = ROOT / "docs"
PAGES = {path.name: path for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md")))}

FENCE = re.compile(r"^```(?P<kind>\w*)[^\n]*\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
WORKBOOK = re.compile(r"^<!-- workbook: (?P<file>\S+) -->$", re.MULTILINE)
NOT_RUN = re.compile(r"<!-- not run: (?P<why>.+?) -->\s*\Z")
SHEET = re.compile(r"Sheet \*\*(?P<sheet>\w+)\*\*[^|*]*?:\n\n(?P<table>(?:^\|.*\n)+)", re.MULTILINE)
CELL = re.compile(
    r"Sheet \*\*(?P<sheet>\w+)\*\*: set\s+`(?P<column>\w+)`\s+of\s+`(?P<row>[^`]+)`\s+to\s+`(?P<value>[^`]*)`"
)


@dataclass(frozen=True)
class Shown:
    """A fence ``text``: what the page says comes out, and where on the page it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Commands:
    """A fence of commands or of Python, and what is shown after it, if anything."""

    kind: str
    lines: tuple[str, ...]
    shown: Shown | None
    run: bool


@dataclass(frozen=True)
class Typed:
    """Rows typed into a sheet of a workbook."""

    file: str
    sheet: str
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Changed:
    """One cell typed anew: that of ``column`` in the row whose first cell is ``row``."""

    file: str
    sheet: str
    row: str
    column: str
    value: str


Step = Commands | Typed | Changed


def steps(text: str) -> list[Step]:
    """What a reader of the page does, in order."""
    fences = list(FENCE.finditer(text))
    outside = FENCE.sub(lambda fence: "\n" * 2 + "#" * (len(fence[0]) - 2), text)  # what stands in fences is no table
    found: list[tuple[int, Step]] = []
    for number, fence in enumerate(fences):
        if fence["kind"] not in ("sh", "python"):
            continue
        after = fences[number + 1] if number + 1 < len(fences) else None
        shown = (
            Shown(after["body"], after.start("body"), after.end("body")) if after and after["kind"] == "text" else None
        )
        run = NOT_RUN.search(text[: fence.start()]) is None
        found.append((fence.start(), Commands(fence["kind"], tuple(fence["body"].splitlines()), shown, run)))
    for table in SHEET.finditer(outside):
        rows = tuple(_rows(table["table"]))
        found.append((table.start(), Typed(_workbook(text, table.start()), table["sheet"], rows)))
    for cell in CELL.finditer(outside):
        changed = Changed(_workbook(text, cell.start()), cell["sheet"], cell["row"], cell["column"], cell["value"])
        found.append((cell.start(), changed))
    return [step for _, step in sorted(found, key=lambda entry: entry[0])]


def matches(shown: str, printed: str) -> bool:
    """Whether what was printed is what is shown; ``…`` alone on a line stands for any lines."""
    parts = [re.escape(part) for part in re.split(r"^…$", _trimmed(shown), flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?.*".join(parts), _trimmed(printed)) is not None


def shortened(shown: str, printed: str) -> str:
    """What was printed, cut as what was shown: as many lines before and after ``…`` as there were."""
    lines, before = _trimmed(printed).splitlines(), _trimmed(shown).splitlines()
    if "…" not in before:
        return "\n".join(lines) + "\n"
    first, last = before.index("…"), len(before) - 1 - before[::-1].index("…")
    head, tail = lines[:first], lines[len(lines) - (len(before) - 1 - last) :] if last < len(before) - 1 else []
    return "\n".join([*head, "…", *tail]) + "\n"


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def _workbook(text: str, place: int) -> str:
    named = [match["file"] for match in WORKBOOK.finditer(text, 0, place)]
    assert named, "no <!-- workbook: FILE --> stands before the table"
    return named[-1]


def _rows(table: str) -> Iterator[dict[str, str]]:
    headers, _, *rows = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines())
    for row in rows:
        yield {header.strip("`"): cell for header, cell in zip(headers, row, strict=True) if cell}


def page(name: str) -> str:
    """The text of a page."""
    return Path(PAGES[name]).read_text(encoding="utf-8")
