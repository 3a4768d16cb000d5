"""A worksheet of the plan as it stands in another workbook: texts in their cells, formats where they now are."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml import etree

from friendshore.optimizer.in_place.markup import Node, child, children, elements, localname, main, parsed, written
from friendshore.optimizer.in_place.styles import Styles

_CELL, _DATA = main("c"), main("sheetData")
_TEXT = main("is")
_PLAIN = main("t")
_CARRIES_FORMAT = ((main("row"), "s"), (main("col"), "style"))
_VIEW = re.compile(rb"<(?:[\w.-]+:)?sheetView\b[^>]*>")
_SELECTED = re.compile(rb"""\s+tabSelected\s*=\s*(["'])(?:1|true)\1""")
_CELLS = re.compile(rb"<(?:[\w.-]+:)?sheetData\b")


def shared_texts(content: bytes) -> tuple[Node, ...]:
    """The shared texts of a workbook, in their order."""
    return tuple(children(parsed(content), "si"))


def adapted(content: bytes, texts: Sequence[Node], styles: Styles, *, selected: bool) -> bytes:
    """A worksheet with its texts inline, its formats renumbered, and selected only where it is shown.

    Parameters
    ----------
    content
        A worksheet of the plan.
    texts
        Shared texts of its workbook, in order.
    styles
        New numbers of its formats.
    selected
        Whether it is a sheet that is shown.

    Returns
    -------
    bytes
        The worksheet for the other workbook.
    """
    root = parsed(content)
    moved = {str(old): str(new) for old, new in styles.cells.items()}
    for tag, attribute in _CARRIES_FORMAT:
        for element in root.iter(tag):
            style = element.get(attribute)
            if style is not None:
                element.set(attribute, moved[style])
    plain = [_plain(text) for text in texts]
    for cell in root.iter(_CELL):
        style = cell.get("s")
        if style is not None:
            cell.set("s", moved[style])
        if cell.get("t") == "s":
            _inline(cell, texts, plain)
    for part in root:
        if part.tag != _DATA:
            move_differences(part, styles)
    _select(root, selected=selected)
    return written(root)


def _select(root: Node, *, selected: bool) -> None:
    for view in children(child(root, "sheetViews"), "sheetView"):
        view.attrib.pop("tabSelected", None)
        if selected:
            view.set("tabSelected", "1")


def _plain(text: Node) -> str | None:
    """A shared text that is one run without any attribute; None for others."""
    only = text[0] if len(text) == 1 else None
    return only.text or "" if only is not None and only.tag == _PLAIN and not only.attrib else None


def _inline(cell: Node, texts: Sequence[Node], plain: Sequence[str | None]) -> None:
    value = cell[-1]  # a cell of the plan sheets has a value and nothing else
    place = int(value.text)
    value.tag, value.text = _TEXT, None
    words = plain[place]
    if words is None:
        value.extend(copy.copy(each) for each in texts[place])
    else:
        etree.SubElement(value, _PLAIN).text = words
    cell.set("t", "inlineStr")


def move_differences(root: Node, styles: Styles) -> None:
    """Renumber the differential formats that an element, or one below it, names."""
    for element in elements(root):
        for attribute, value in element.attrib.items():
            if localname(attribute).casefold().endswith("dxfid"):
                element.set(attribute, str(styles.differences[int(value)]))


def deselected(content: bytes) -> bytes | None:
    """A sheet that is no longer selected, otherwise byte for byte as it was; None where that cannot be told.

    Two selected sheets are a group: what is typed into one goes into the other.
    """
    first_cells = _CELLS.search(content)
    head, rest = (content[: first_cells.start()], content[first_cells.start() :]) if first_cells else (content, b"")
    if b"\0" in head[:64]:  # two bytes a letter
        return None
    return _VIEW.sub(lambda view: _SELECTED.sub(b"", view.group()), head) + rest
