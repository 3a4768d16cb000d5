"""What recalculation needs to know: the chain of cells with formulas, and whether results wait for the new plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from friendshore.optimizer.in_place.contents import ORDER, Contents
from friendshore.optimizer.in_place.markup import child_made, children, parsed, written
from friendshore.optimizer.in_place.parts import Parts
from friendshore.optimizer.in_place.relations import related, relations, unrelate

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^>]*)?>([^<]*)<")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def mentioned(parts: Parts, sheets: Iterable[str], texts: Iterable[str], words: Sequence[str]) -> bool:
    """Whether formulas or defined names of the planner speak of the plan, by sheet or by table.

    Parameters
    ----------
    parts
        Parts of the workbook, by name.
    sheets
        Names of the parts of the sheets whose formulas are looked through.
    texts
        What defined names refer to.
    words
        Titles of plan sheets and names of their tables.

    Returns
    -------
    bool
        Whether any of the words stands in one of them; case does not matter.
    """
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    if any(pattern.search(text) for text in texts):
        return True
    return any(pattern.search(formula) for sheet in sheets for formula in _formulas(parts.read(sheet)))


def _formulas(content: bytes) -> Iterable[str]:
    if content[:2] in _WIDE:
        content = content.decode("utf-16").encode()
    return (formula.decode("utf-8", "replace") for formula in _FORMULA.findall(content) if formula)


def ask_for_results(contents: Contents) -> None:
    """Let the next program that opens the workbook calculate everything."""
    child_made(contents.root, "calcPr", ORDER).set("fullCalcOnLoad", "1")


def unchain(parts: Parts, workbook: str, sheets: set[int]) -> None:
    """Take the cells of some sheets out of the calculation chain: a plan sheet holds values only.

    Parameters
    ----------
    parts
        Parts of the workbook; the one of the chain is written anew, or dropped where nothing is left of it.
    workbook
        Name of the workbook part.
    sheets
        Numbers of sheets (``sheetId``).
    """
    chain = related(parts, workbook, "calcChain")
    if not sheets or not chain or not parts.has(chain):
        return
    root = parsed(parts.read(chain))
    number, gone, before = "0", 0, None
    for cell in children(root, "c"):
        number = cell.get("i", number)  # left out where it is that of the cell before
        if int(number) in sheets:
            root.remove(cell)
            gone += 1
        else:
            if before != number:
                cell.set("i", number)
            before = number
    if not gone:
        return
    if len(root):
        parts.put(chain, written(root))
    else:
        unrelate(parts, workbook, (each.id for each in relations(parts, workbook) if each.kind == "calcChain"))
        parts.drop(chain)
