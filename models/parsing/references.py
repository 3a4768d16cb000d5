"""Names in cells against the sheets that define them: one unknown name, one finding, with the nearest known name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from friendshore.models.codes import make_finding
from friendshore.models.findings import Finding
from friendshore.models.parsing.countries import Countries, Known
from friendshore.models.parsing.country_cells import read_names
from friendshore.models.parsing.nearest import same_but_case, suggestion
from friendshore.models.parsing.quoted import shown
from friendshore.models.parsing.refused import without
from friendshore.models.parsing.rows import Sheet
from friendshore.models.schema import Column, CommoditySelection, Group, Kind, Reference, References

Fault = tuple[str, str]
_Checker = Callable[[Any, str, "Names"], Iterator[Fault]]


@dataclass(frozen=True)
class Names:
    """All names that cells may refer to; a sheet that is not in ``defined`` could not be read and is not asked."""

    defined: Mapping[str, tuple[str, ...]]
    blocs: tuple[str, ...]
    stages: tuple[str, ...]
    countries: Countries = field(default_factory=lambda: Countries(()))
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheets: Mapping[str, Sheet]) -> Names:
        """Collect the names of all sheets that could be read."""
        return cls(
            {name: tuple(dict.fromkeys(sheet.names())) for name, sheet in sheets.items() if _asked(sheet)},
            _distinct(sheets["Countries"], "bloc"),
            _distinct(sheets["Commodities"], "stage"),
            Countries(
                Known(line.values["country"], line.values["name"], line.values["iso3"])
                for line in sheets["Countries"].lines
                if line.faulty.isdisjoint(("country", "name", "iso3"))
            ),
            {name: frozenset(sheet.refused) for name, sheet in sheets.items() if sheet.refused},
        )


def _asked(sheet: Sheet) -> bool:
    """Whether the names of a sheet are known: one that is absent and optional defines none, one all refused some."""
    if sheet.refused and not sheet.names():
        return False
    if not sheet.table.key or sheet.table.key[0] in sheet.layout.missing:
        return not sheet.lines and not sheet.table.required and bool(sheet.table.key)
    return sheet.present or not sheet.table.required


def _distinct(sheet: Sheet, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(line.values[column]) for line in sheet.lines if line.values[column]))


def check_references(sheet: Sheet, names: Names, *, sources: bool) -> Iterator[Finding]:
    """Every name of a sheet that no sheet defines.

    Parameters
    ----------
    sheet
        Its faulty cells are noted as faulty.
    names
        All names that cells may refer to.
    sources
        Whether there is a sheet Sources; without it, sources are not looked up.

    Yields
    ------
    Finding
        One a cell with a name that is not known.
    """
    for declared in sheet.table.columns:
        check = _CHECKS.get(type(declared.kind))
        if check is None or (declared.name == "source_id" and not sources):
            continue
        yield from _check_beside_refused(sheet, declared, check, names)
        if "Countries" in names.defined:
            yield from read_names(sheet, declared, names.defined["Countries"], names.countries)
        known: dict[str, tuple[Fault, ...]] = {}
        for line in sheet.lines:
            if declared.name not in line.given or declared.name in line.faulty:
                continue
            text = line.values[declared.name]
            if text not in known:
                known[text] = tuple(check(declared.kind, text, names))
            for code, message in known[text]:
                line.faulty.add(declared.name)
                yield make_finding(code, sheet.table.sheet, message, line.row, declared.name)


def _check_beside_refused(sheet: Sheet, declared: Column, check: _Checker, names: Names) -> Iterator[Finding]:
    """Of cells with names that their own sheet refuses, which are faulty: what is wrong with the names beside them."""
    refused = names.refused.get(_defining(declared.kind), frozenset())
    for line in sheet.lines if refused else ():
        text = str(line.values[declared.name])
        if declared.name not in line.given or declared.name in line.faulty or (rest := without(text, refused)) == text:
            continue
        line.faulty.add(declared.name)
        surely = [word for word in _words(rest) if not _is_country(declared.kind, word, names)]
        for code, message in check(declared.kind, ", ".join(surely), names) if surely else ():
            yield make_finding(code, sheet.table.sheet, message, line.row, declared.name)


def _defining(kind: Kind) -> str:
    """The sheet that defines the names of a column."""
    if isinstance(kind, Reference | References):
        return kind.sheet
    return "Countries" if isinstance(kind, Group) else "Commodities"


def _is_country(kind: Kind, word: str, names: Names) -> bool:
    """Whether a word is surely a country by another name."""
    resolved = names.countries.resolve(word) if _defining(kind) == "Countries" else None
    return resolved is not None and bool(resolved.id)


def check_source(row: int, text: str, names: Names) -> Iterator[Finding]:
    """The source of a row of Settings.

    Parameters
    ----------
    row
        Number of the row on Settings, from 1.
    text
        What stands in its column ``source_id``.
    names
        All names that cells may refer to.

    Yields
    ------
    Finding
        FS201 or FS202 where Sources does not define it.
    """
    for code, message in _reference(Reference("Sources"), text, names):
        yield make_finding(code, "Settings", message, row, "source_id")


def unknown(word: str, known: tuple[str, ...], sheet: str, code: str = "FS201") -> Iterator[Fault]:
    """The fault of a word that is not among the known ones.

    Parameters
    ----------
    word
        A name in a cell.
    known
        Names that it may be.
    sheet
        The sheet that defines them, for the message.
    code
        Code of the fault.

    Yields
    ------
    Fault
        Code and message; none where the word is known, FS202 where it differs in case alone.
    """
    if word in known:
        return
    same = same_but_case(word, known)
    if same:
        yield "FS202", f"found {shown(word)}, which differs only in case from {same!r}; write {same!r}"
    elif not known:
        yield code, f"found {shown(word)}, but {sheet} defines no names; wanted a name from {sheet}"
    else:
        yield code, f"found {shown(word)}, which is not on {sheet}; wanted a name from {sheet}{suggestion(word, known)}"


def _reference(kind: Reference, text: str, names: Names) -> Iterator[Fault]:
    text = text.removeprefix(kind.prefix).strip()
    if text in kind.also or kind.sheet not in names.defined:
        return
    defined = names.defined[kind.sheet]
    if kind.sheet == "Periods" and defined:
        for code, message in unknown(text, defined, kind.sheet, "FS205"):
            yield code, message.replace("is not on Periods", f"is outside the horizon {defined[0]} … {defined[-1]}")
        return
    if kind.sheet == "Countries" and text in names.blocs and text not in defined:
        yield "FS201", f"found {shown(text)}, which is a bloc and no country; wanted one name from Countries"
        return
    if kind.sheet == "Countries" and text not in defined and (question := _question(text, names)):
        yield question
        return
    if "," in text:
        yield "FS201", f"found the list {shown(text)}; wanted one name from {kind.sheet}"
        return
    yield from _unknown_beside(kind.also, text, defined, kind.sheet)


def _unknown_beside(also: tuple[str, ...], word: str, defined: tuple[str, ...], sheet: str) -> Iterator[Fault]:
    """The fault of a word that a sheet does not define, where the words ``also`` may stand as well."""
    if not also or word in defined:
        yield from unknown(word, defined, sheet)
        return
    for code, message in unknown(word, (*defined, *also), sheet):
        yield code, message.replace(f"wanted a name from {sheet}", f"wanted one of its names or {_either(also)}")


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(repr(word) for word in words)


def _references(kind: References, text: str, names: Names) -> Iterator[Fault]:
    if kind.sheet in names.defined:
        for word in _words(text):
            if word not in kind.also and not (kind.every and word == "*"):
                yield from _unknown_beside(kind.also, word, names.defined[kind.sheet], kind.sheet)


def _words(text: str) -> list[str]:
    return [word for word in (part.strip() for part in text.split(",")) if word]


def _selection(kind: CommoditySelection, text: str, names: Names) -> Iterator[Fault]:
    if "Commodities" not in names.defined:
        return
    if not _words(text):
        yield "FS208", f"found {shown(text)}, which names nothing; wanted a commodity"
    for word in _words(text):
        if word.startswith("stage:"):
            stage = word.removeprefix("stage:").strip()
            if stage not in names.stages:
                near = suggestion(stage, names.stages)
                yield "FS204", f"found {shown(word)}, but no commodity has the stage {stage!r}{near}"
        elif word != "*":
            yield from unknown(word, names.defined["Commodities"], "Commodities")


# -- groups ----------------------------------------------------------------------------------------------------------


def _group(kind: Group, text: str, names: Names) -> Iterator[Fault]:
    if text in kind.also or "Countries" not in names.defined:
        return
    body = text
    if text == "each" or text.startswith("each "):
        if not kind.each:
            yield "FS209", f"found {shown(text)}; wanted a group without 'each': it stands for each of its members"
        body = text.removeprefix("each").strip()
    words = _words(body)
    if not words:
        yield "FS208", f"found {shown(text)}, which names nobody; wanted a country, @bloc, @coalition or *"
    for word in words:
        yield from _member(kind, word, text, names)


def _member(kind: Group, word: str, text: str, names: Names) -> Iterator[Fault]:
    prefix = next((prefix for prefix in ("plant:", "route:") if word.startswith(prefix)), "")
    if prefix:
        if prefix not in kind.prefixes:
            yield "FS210", f"found {shown(word)}; wanted a country, @bloc, @coalition or *"
    elif word.startswith("@"):
        bloc = word[1:]
        if word != "@coalition" and bloc not in names.blocs:
            near = suggestion(bloc, (*names.blocs, "coalition"))
            yield "FS203", f"found {shown(word)}, but no country belongs to the bloc {bloc!r}{near}"
    elif word != "*":
        also = kind.also + names.defined["Countries"]
        if word not in also and word in (*names.blocs, "coalition"):
            each = "each " if kind.each and text.startswith("each ") else ""
            yield "FS201", f"found {shown(word)}, which is a bloc and no country; wanted '{each}@{word}', its countries"
            return
        question = _question(word, names) if word not in also else None
        yield from unknown(word, also, "Countries") if question is None else (question,)


def _question(word: str, names: Names) -> Fault | None:
    """What to ask about a word that may be a country's name."""
    if same_but_case(word, names.defined["Countries"]):
        return None
    resolved = names.countries.resolve(word)
    if resolved is None or not resolved.question:
        return None
    return "FS212", f"found {shown(word)}, {resolved.question}; wanted a name from Countries"


_CHECKS: dict[type[Kind], _Checker] = {
    Reference: _reference,
    References: _references,
    Group: _group,
    CommoditySelection: _selection,
}

__all__ = ["Names", "check_references", "check_source", "unknown"]
