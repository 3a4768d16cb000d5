"""Links cut in a copy of a workbook: values stand where formulas read from elsewhere, and nothing leads out of it."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

from friendshore.optimizer.in_place.contents import Contents
from friendshore.optimizer.in_place.kinds import declare
from friendshore.optimizer.in_place.markup import Node, child, children, main, parsed, written
from friendshore.optimizer.in_place.parts import Parts
from friendshore.optimizer.in_place.relations import reached, relations, unrelate
from friendshore.optimizer.system.files import FileFault
from friendshore.optimizer.workbook.gate import Package, inspect
from friendshore.optimizer.workbook.outside import Outside, outside, reaches_out
from friendshore.optimizer.workbook.scan import scan

BROKEN = "#REF!"
"""What a defined name holds whose link is cut: as where a spreadsheet program cuts it."""

UNKNOWN = "#N/A"
"""The value of a cell whose formula is cut before any program has stored its result."""

_TOLD = 4


def cut_links(parts: Parts, book: Contents, package: Package) -> tuple[str, ...]:
    """Put the stored values in place of all formulas that read from outside the workbook, and drop its links.

    Other formulas, and everything else, stay as they are. Links elsewhere than in cells and names are left alone:
    ``refuse_links`` finds them.

    Parameters
    ----------
    parts
        Parts of the workbook; those of its links and the order of calculation, which programs make anew, are dropped.
    book
        Contents of the workbook; names that read from outside become ``#REF!``.
    package
        The same workbook as the gate let it through.

    Returns
    -------
    tuple[str, ...]
        The cells (``Sheet!E2``) and names that were cut; the links themselves where no cell or name reads them.
    """
    links = outside(parts.archive, package.workbook)
    cells = {
        sheet.title: (sheet.part, linked)
        for sheet in package.sheets
        if (linked := scan(parts.archive, sheet.part, (), links.sources).linked)
    }
    for part, linked in cells.values():
        parts.put(part, without_formulas(parts.read(part), linked))
    names = _cut_names(book, links.books)
    if cells or names or links.books:
        _drop(parts, book, {"externalLink", "calcChain"})
        for shelf in children(book.root, "externalReferences"):
            book.root.remove(shelf)
    cut = (*(f"{title}!{cell}" for title, (_, linked) in cells.items() for cell in linked), *names)
    return cut or tuple(f"the link to {other}" for other in links.books.values())


def without_formulas(content: bytes, addresses: Collection[str]) -> bytes:
    """A worksheet with the stored results in place of the formulas of some cells, otherwise as it was.

    Parameters
    ----------
    content
        A worksheet.
    addresses
        Its cells (``E2``) whose formulas go.

    Returns
    -------
    bytes
        The worksheet; a cell without a stored result holds #N/A.
    """
    root = parsed(content)
    wanted = frozenset(addresses)
    for cell in root.iter(main("c")):
        if cell.get("r") in wanted:
            _keep_value(cell)
    return written(root)


def _keep_value(cell: Node) -> None:
    formula = child(cell, "f")
    if formula is None:  # one of the further cells of an array: its value only
        return
    cell.remove(formula)
    cell.attrib.pop("cm", None)  # says that the formula spreads over other cells
    value = child(cell, "v")
    if value is None:
        value = cell.makeelement(main("v"), {})
        cell.insert(0, value)
    if not value.text and cell.get("t") != "str":
        cell.set("t", "e")
        value.text = UNKNOWN


def _cut_names(book: Contents, books: Mapping[str, str]) -> list[str]:
    """Break the names that read from outside by themselves; those that read them in turn are broken with them."""
    links = Outside(books)
    cut = []
    for name in children(child(book.root, "definedNames"), "definedName"):
        if links.sources(name.text or ""):
            name.text = BROKEN
            cut.append(f"the name {name.get('name')}")
    return cut


def _drop(parts: Parts, book: Contents, kinds: Collection[str]) -> None:
    """Drop the parts that the workbook part leads to by relations of some kinds, and all that only they lead to."""
    before = reached(parts)
    unrelate(parts, book.part, [each.id for each in relations(parts, book.part) if each.kind in kinds])
    for name in before - reached(parts):
        parts.drop(name)
    declare(parts, {})


def refuse_links(source: Path, draft: Path, ours: Collection[str]) -> None:
    """Refuse a copy that still leads to other workbooks, other programs or the web.

    Parameters
    ----------
    source
        The workbook of the planner, for its path.
    draft
        The copy.
    ours
        Titles of its plan sheets, which hold values only and are not looked through.

    Raises
    ------
    FileFault
        FS012 with what it leads to.
    """
    package = inspect(draft)
    with zipfile.ZipFile(draft) as archive:
        found = reaches_out(archive, package, {sheet.part for sheet in package.sheets if sheet.title in ours})
    if found:
        shown = ", ".join(found[:_TOLD]) + (" …" if len(found) > _TOLD else "")
        message = f"it reads {shown} elsewhere than in cells and names, and such links are never copied into a plan"
        raise FileFault("FS012", source, message)
