"""Cell formats: those of the plan sheets added to the planner's own, none twice, none of the planner's moved."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field

from friendshore.optimizer.in_place.markup import Key, Node, child, child_made, children, key, parsed, written

ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
FIRST_OWN_NUMBER = 164
MOST_FORMATS = 64_000


class TooManyFormats(ValueError):
    """Excel holds no more cell formats."""


@dataclass(frozen=True)
class Styles:
    """Where the formats of the plan sheets stand among the planner's: cell formats, and differential ones."""

    cells: dict[int, int]
    differences: dict[int, int]


@dataclass
class _Shelf:
    """One list of a stylesheet, to which elements are added unless they are there."""

    element: Node
    known: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, each in enumerate(_items(self.element)):
            self.known.setdefault(key(each), place)

    def place(self, item: Node) -> int:
        """Where an element stands, added at the end where it does not."""
        meaning = key(item)
        if meaning not in self.known:
            self.known[meaning] = len(_items(self.element))
            self.element.append(item)
            self.element.set("count", str(len(_items(self.element))))
        return self.known[meaning]


def merge(theirs: bytes, ours: bytes) -> tuple[bytes, Styles]:
    """The planner's stylesheet with the formats of ours behind its own, and where each of ours now stands.

    Format 0, that of cells without one, stays the planner's. Raises TooManyFormats beyond what Excel holds.
    """
    root, own = parsed(theirs), parsed(ours)
    numbers = _numbers(root, own)
    moved = {
        "fontId": _placed(root, own, "fonts"),
        "fillId": _placed(root, own, "fills"),
        "borderId": _placed(root, own, "borders"),
    }
    normal = _normal(root)
    shelf = _shelf(root, "cellXfs")
    cells = {0: 0}
    for place, xf in enumerate(children(child(own, "cellXfs"), "xf")):
        if place:
            cells[place] = shelf.place(_moved(xf, numbers, moved, normal))
    if len(_items(shelf.element)) > MOST_FORMATS:
        raise TooManyFormats(f"it has {len(_items(shelf.element))} cell formats")
    styles = Styles(cells, _differences(root, own, numbers))
    return written(root), styles


def _items(element: Node) -> list[Node]:
    return [each for each in element if isinstance(each.tag, str)]


def _shelf(root: Node, tag: str) -> _Shelf:
    return _Shelf(child_made(root, tag, ORDER))


def _placed(root: Node, own: Node, tag: str) -> dict[int, int]:
    """Fonts, fills or borders of ours, and where they stand among theirs."""
    items = _items(shelf) if (shelf := child(own, tag)) is not None else []
    theirs = _shelf(root, tag)
    return {place: theirs.place(copy.deepcopy(item)) for place, item in enumerate(items)}


def _numbers(root: Node, own: Node) -> Callable[[str], str]:
    """Number formats of ours by the same code among theirs, or by a number of their own."""
    ours = {each.get("numFmtId", ""): each.get("formatCode", "") for each in children(child(own, "numFmts"), "numFmt")}
    if not ours:
        return lambda number: number
    shelf = child_made(root, "numFmts", ORDER)
    theirs = {each.get("formatCode", ""): each.get("numFmtId", "") for each in children(shelf, "numFmt")}
    taken = [int(number) for number in theirs.values() if number.isdecimal()]
    free = max([FIRST_OWN_NUMBER - 1, *taken]) + 1
    for code in ours.values():
        if code not in theirs:
            theirs[code] = str(free)
            shelf.append(shelf.makeelement(f"{shelf.tag[:-1]}", {"numFmtId": str(free), "formatCode": code}))
            free += 1
    shelf.set("count", str(len(_items(shelf))))
    return lambda number: theirs[ours[number]] if number in ours else number


def _normal(root: Node) -> str | None:
    """The base of their style Normal; None where the stylesheet has no bases."""
    if not children(child(root, "cellStyleXfs"), "xf"):
        return None
    styles = children(child(root, "cellStyles"), "cellStyle")
    return next((str(each.get("xfId", "0")) for each in styles if each.get("builtinId") == "0"), "0")


def _moved(xf: Node, numbers: Callable[[str], str], moved: dict[str, dict[int, int]], normal: str | None) -> Node:
    item = copy.deepcopy(xf)
    item.set("numFmtId", numbers(item.get("numFmtId", "0")))
    for attribute, places in moved.items():
        item.set(attribute, str(places[int(item.get(attribute, "0"))]))
    if normal is None:
        item.attrib.pop("xfId", None)
    else:
        item.set("xfId", normal)
    return item


def _differences(root: Node, own: Node, numbers: Callable[[str], str]) -> dict[int, int]:
    items = children(child(own, "dxfs"), "dxf")
    if not items:
        return {}
    shelf, places = _shelf(root, "dxfs"), {}
    for place, dxf in enumerate(items):
        item = copy.deepcopy(dxf)
        for number in children(item, "numFmt"):
            number.set("numFmtId", numbers(number.get("numFmtId", "")))
        places[place] = shelf.place(item)
    return places
