"""Defined names: places counted anew, those of the plan sheets replaced, and the mark that tells a sheet of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from friendshore.optimizer.in_place.contents import ORDER, Contents, Sheet
from friendshore.optimizer.in_place.markup import Node, child, child_made, children, main

MARK = "_friendshore_plan"
"""A hidden name of the sheet itself, which holds the sheet's title: a copy or a renamed sheet is the planner's own."""

BUILT_IN = "_xlnm."
_PLACE = "localSheetId"


def marked(contents: Contents) -> tuple[Sheet, ...]:
    """The sheets that an earlier run wrote and the planner has not made their own."""
    titles = {
        int(name.get(_PLACE, "-1")): (name.text or "").strip().strip('"')
        for name in _all(contents)
        if name.get("name") == MARK
    }
    return tuple(sheet for place, sheet in enumerate(contents.sheets) if titles.get(place) == sheet.title)


def rename(contents: Contents, ours: Contents, places: Mapping[int, int], order: Sequence[str], gone: set[int]) -> None:
    """Count the places of names anew, and put in those of the plan sheets with their marks.

    Parameters
    ----------
    contents
        Contents of the workbook; its defined names are changed.
    ours
        Contents of the workbook with the plan sheets.
    places
        New place of each sheet that stays, or is replaced by one of its title, by its old place, both from 0.
    order
        Titles of all sheets in their new order.
    gone
        Old places of sheets that are replaced or dropped: their built-in names and their mark go, other names
        on them stay.

    Raises
    ------
    ValueError
        Where the plan sheets have a name of the whole workbook.
    """
    shelf = child_made(contents.root, "definedNames", ORDER)
    for name in children(shelf, "definedName"):
        if name.get(_PLACE) is None:
            continue
        place = int(name.get(_PLACE))
        if place not in places or (place in gone and _is_ours(name)):
            shelf.remove(name)
        else:
            name.set(_PLACE, str(places[place]))
    for name in _all(ours):
        if name.get(_PLACE) is None:
            raise ValueError(f"the plan sheets have a name of the whole workbook: {name.get('name')}")
        place = order.index(ours.sheets[int(name.get(_PLACE))].title)
        _add(shelf, name.get("name"), place, name.text or "", hidden=name.get("hidden") == "1")
    for sheet in ours.sheets:
        _add(shelf, MARK, order.index(sheet.title), f'"{sheet.title}"', hidden=True)


def global_names(contents: Contents) -> frozenset[str]:
    """Names of the whole workbook, as Excel compares them."""
    return frozenset(name.get("name", "").casefold() for name in _all(contents) if name.get(_PLACE) is None)


def texts(contents: Contents, gone: set[int]) -> tuple[str, ...]:
    """What the planner's own names refer to."""
    return tuple(
        name.text or "" for name in _all(contents) if not (int(name.get(_PLACE, "-1")) in gone and _is_ours(name))
    )


def _all(contents: Contents) -> list[Node]:
    return children(child(contents.root, "definedNames"), "definedName")


def _is_ours(name: Node) -> bool:
    return str(name.get("name", "")) == MARK or str(name.get("name", "")).startswith(BUILT_IN)


def _add(shelf: Node, name: str, place: int, text: str, *, hidden: bool) -> None:
    attributes = {"name": name, _PLACE: str(place), **({"hidden": "1"} if hidden else {})}
    element = shelf.makeelement(main("definedName"), attributes)
    element.text = text
    shelf.append(element)
