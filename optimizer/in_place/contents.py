"""The workbook part: which sheets there are, in which order, and which of them is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from friendshore.optimizer.in_place.markup import OFFICE, TRUE, Node, child, child_made, children, main, parsed
from friendshore.optimizer.in_place.parts import Parts
from friendshore.optimizer.in_place.relations import ROOT, related, relations

ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
_LINK = f"{{{OFFICE}}}id"


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its title, the part that holds it, its number and the id of its relation."""

    title: str
    part: str
    number: int
    link: str


@dataclass(frozen=True)
class Contents:
    """The workbook part, its name, and its sheets in their order."""

    part: str
    root: Node
    sheets: tuple[Sheet, ...]

    @classmethod
    def of(cls, parts: Parts) -> Contents:
        """The contents of a package. Raises LookupError where it has no workbook, or a sheet without a part."""
        part = related(parts, ROOT, "officeDocument")
        if not part or not parts.has(part):
            raise LookupError("it has no workbook part")
        root = parsed(parts.read(part))
        targets = {relation.id: relation.target for relation in relations(parts, part)}
        sheets = tuple(_sheet(each, targets) for each in children(child(root, "sheets"), "sheet"))
        if len({sheet.title.casefold() for sheet in sheets}) < len(sheets):
            raise LookupError("two sheets have the same name")
        return cls(part, root, sheets)

    def titles(self) -> dict[str, Sheet]:
        """Sheets by their title, as Excel compares titles."""
        return {sheet.title.casefold(): sheet for sheet in self.sheets}


def _sheet(element: Node, targets: Mapping[str, str]) -> Sheet:
    title, link = element.get("name", ""), element.get(_LINK, "")
    if link not in targets:
        raise LookupError(f"the sheet {title!r} has no part of its own")
    return Sheet(title, targets[link], int(element.get("sheetId", "0")), link)


def arranged(theirs: Sequence[str], ours: Sequence[str], replaced: Sequence[str], *, first: bool) -> list[str]:
    """Titles in their new order: theirs keep it, ours stand where they stood, new ones beside the others of ours.

    Parameters
    ----------
    theirs
        Titles of the planner's workbook, in order, plan sheets of an earlier run among them.
    ours
        Titles of the plan sheets, in order.
    replaced
        Titles among ``theirs`` that go.
    first
        Whether ours come before all of theirs, rather than behind, where none of ours is there yet.

    Returns
    -------
    list[str]
        Each title once.

    Examples
    --------
    >>> arranged(["A", "Plan B", "C"], ["Plan A", "Plan B"], ["Plan B"], first=False)
    ['A', 'Plan A', 'Plan B', 'C']
    >>> arranged(["A"], ["Plan A", "Plan B"], [], first=True)
    ['Plan A', 'Plan B', 'A']
    """
    by_fold = {title.casefold(): title for title in ours}
    gone = {title.casefold() for title in replaced} - set(by_fold)
    order = [by_fold.get(title.casefold(), title) for title in theirs if title.casefold() not in gone]
    for place, title in enumerate(ours):
        if title not in order:
            order.insert(_beside(order, ours, place, first=first), title)
    return order


def _beside(order: Sequence[str], ours: Sequence[str], place: int, *, first: bool) -> int:
    for before in reversed(ours[:place]):
        if before in order:
            return order.index(before) + 1
    for behind in ours[place + 1 :]:
        if behind in order:
            return order.index(behind)
    return 0 if first else len(order)


def relist(contents: Contents, sheets: Sequence[Sheet]) -> None:
    """Write the list of sheets: those that stay, or are replaced by one of their title, keep what it says of them."""
    shelf = child_made(contents.root, "sheets", ORDER)
    there = {each.get("name", "").casefold(): each for each in children(shelf, "sheet")}
    for element in there.values():
        shelf.remove(element)
    for sheet in sheets:
        element = there.get(sheet.title.casefold())
        if element is None:
            element = shelf.makeelement(main("sheet"), {"name": sheet.title})
        element.set("sheetId", str(sheet.number))
        element.set(_LINK, sheet.link)
        shelf.append(element)


def reopen(contents: Contents, places: dict[int, int], opened: int | None) -> frozenset[int]:
    """Let each window show the sheet that it showed, or the one that is to be open.

    Parameters
    ----------
    contents
        Contents of the workbook; its windows are changed.
    places
        New place of each sheet that stays, by its old place, both from 0.
    opened
        Place of the sheet that every window shall show; None where each shows what it showed.

    Returns
    -------
    frozenset[int]
        Places of the sheets that are shown.
    """
    views = children(child(contents.root, "bookViews"), "workbookView")
    if opened is not None and not views:
        shelf = child_made(contents.root, "bookViews", ORDER)
        views = [shelf.makeelement(main("workbookView"), {})]
        shelf.append(views[0])
    there, shown = range(len(contents.sheets)), set()
    for view in views:
        before = {name: int(view.get(name, "0")) for name in ("activeTab", "firstSheet")}
        after = {name: places.get(value, 0) if value in there else value for name, value in before.items()}
        if opened is not None:
            after = {"activeTab": opened, "firstSheet": 0}
        for name, value in after.items():
            if value != before[name]:
                view.set(name, str(value))
        shown.add(after["activeTab"])
    return frozenset(shown or {places.get(0, 0)})


def protected(contents: Contents) -> bool:
    """Whether the structure of the workbook is protected: no sheet may be added."""
    return any(each.get("lockStructure") in TRUE for each in children(contents.root, "workbookProtection"))


def reserved(contents: Contents) -> bool:
    """Whether changes to the workbook are reserved to those who know a password."""
    sharing = child(contents.root, "fileSharing")
    return sharing is not None and any(sharing.get(name) for name in ("reservationPassword", "hashValue"))
