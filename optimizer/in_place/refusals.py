"""Workbooks that cannot take plan sheets without breaking a promise: refused with the reason, nothing changed."""

from __future__ import annotations

from collections.abc import Iterable

from friendshore.optimizer.in_place.contents import Contents, Sheet, protected, reserved
from friendshore.optimizer.in_place.parts import Parts
from friendshore.optimizer.in_place.relations import ROOT, reached, relations
from friendshore.optimizer.system.files import FileFault

_ACTIVE = ("/pivottables/", "/slicers/", "/timelines/", "/querytables/", "/activex/", "/ctrlprops/")


def refuse_package(parts: Parts, contents: Contents) -> None:
    """FileFault FS009 for what can hold no further sheet: signed, protected, shared, reserved."""
    if any(relation.kind == "origin" and "_xmlsignatures" in relation.target for relation in relations(parts, ROOT)):
        raise _refused(parts, "it is signed, and the signature would no longer hold", "remove the signature first")
    if protected(contents):
        raise _refused(
            parts,
            "its structure is protected, so no sheet may be added",
            "unprotect it first (Excel: Review > Protect Workbook)",
        )
    if reserved(contents):
        raise _refused(parts, "changes to it are reserved by a password", "save a copy without that password")
    kinds = {relation.kind for relation in relations(parts, contents.part)}
    if kinds & {"revisionHeaders", "usernames"}:
        raise _refused(
            parts, "it is shared in the old way, with a history of changes", "stop sharing it (Excel: Unshare Workbook)"
        )


def refuse_titles(parts: Parts, contents: Contents, old: Iterable[Sheet], titles: Iterable[str]) -> None:
    """Refuse a workbook in which a sheet of one of the titles is the planner's own.

    Parameters
    ----------
    parts
        Parts of the workbook, for its path.
    contents
        Contents of the workbook.
    old
        Plan sheets of an earlier run.
    titles
        Titles of the sheets to come.

    Raises
    ------
    FileFault
        FS010 with the title.
    """
    ours, there = {sheet.title for sheet in old}, contents.titles()
    for title in titles:
        sheet = there.get(title.casefold())
        if sheet is not None and sheet.title not in ours:
            raise FileFault(
                "FS010",
                parts.path,
                f"the sheet {sheet.title!r} is not one that friendshore wrote there; rename it or "
                "delete it, and the plan sheet of that name has room",
            )


def refuse_tables(parts: Parts, taken: Iterable[str], ours: Iterable[str]) -> None:
    """Refuse a workbook in which a table or name of the planner is called like one of our tables.

    Parameters
    ----------
    parts
        Parts of the workbook, for its path.
    taken
        Folded names of the planner's tables and defined names.
    ours
        Names of the tables to come.

    Raises
    ------
    FileFault
        FS010 with the name.
    """
    names = set(taken)
    for name in ours:
        if name.casefold() in names:
            raise FileFault(
                "FS010", parts.path, f"a table or name of yours is called {name!r}, like one of the plan; rename it"
            )


def refuse_working_plan_sheets(parts: Parts, old: Iterable[Sheet]) -> None:
    """FileFault FS009 where the planner has put on a plan sheet what other parts of the workbook lean on."""
    for sheet in old:
        active = sorted(name for name in reached(parts, sheet.part) if any(word in f"/{name}" for word in _ACTIVE))
        if active:
            raise _refused(
                parts,
                f"the plan sheet {sheet.title!r}, which would be replaced, holds a pivot table, slicer, query "
                f"or control of yours ({active[0]})",
                "move it to a sheet of your own",
            )


def refuse_unfit_ending(parts: Parts, kind: str, ending: str) -> None:
    """Refuse a copy that would bear an ending under which Excel does not open its content.

    Parameters
    ----------
    parts
        Parts of the workbook, for its path.
    kind
        Content type of its workbook part.
    ending
        Ending of the file to come, with its dot.

    Raises
    ------
    FileFault
        FS009 with the ending that fits.
    """
    wanted = next((fit for word, fit in _ENDINGS if word in kind), ".xlsx")
    if ending.casefold() != wanted:
        raise _refused(parts, f"a copy of it can only be a {wanted} file, not {ending or 'one without ending'}", "")


_ENDINGS = (
    ("addin.macroEnabled", ".xlam"),
    ("template.macroEnabled", ".xltm"),
    ("template.main", ".xltx"),
    ("macroEnabled", ".xlsm"),
)


def _refused(parts: Parts, reason: str, cure: str) -> FileFault:
    message = f"{reason}; {cure}" if cure else reason
    return FileFault("FS009", parts.path, f"the plan sheets cannot be joined into this workbook: {message}")
