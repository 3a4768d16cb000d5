"""Relations: which part points to which. Parts that nothing points to any more are found here."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote

from friendshore.optimizer.in_place.markup import LINKS, OFFICE, parsed, written
from friendshore.optimizer.in_place.parts import Parts, folded

ROOT = ""
_EMPTY = f'<Relationships xmlns="{LINKS}"/>'.encode()
_TAG = f"{{{LINKS}}}Relationship"


@dataclass(frozen=True)
class Relation:
    """One relation: its id, what kind of part it points to (``worksheet``, ``styles``, …) and that part's name."""

    id: str
    kind: str
    target: str


def relations_part(part: str) -> str:
    """The part that holds the relations of a part; of the package itself for ``ROOT``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Parts, part: str) -> tuple[Relation, ...]:
    """The relations of a part to other parts; links to the outside are left out."""
    place = relations_part(part)
    if not parts.has(place):
        return ()
    links = []
    for relation in parsed(parts.read(place)).iter(_TAG):
        if relation.get("TargetMode", "").casefold() != "external":
            kind = relation.get("Type", "").rpartition("/")[2]
            links.append(Relation(relation.get("Id", ""), kind, _target(parts, part, relation.get("Target", ""))))
    return tuple(links)


def _target(parts: Parts, part: str, written_target: str) -> str:
    target = written_target.replace("\\", "/").partition("#")[0]
    name = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    plain = unquote(name)
    return plain if plain != name and not parts.has(name) and parts.has(plain) else name


def related(parts: Parts, part: str, kind: str) -> str:
    """The first part of a kind that a part points to.

    Parameters
    ----------
    parts
        Parts of the workbook, by name.
    part
        The part that points; blank for the package as a whole.
    kind
        Kind of the relation: the last word of its type.

    Returns
    -------
    str
        Name of the part pointed at; blank where there is none.
    """
    return next((each.target for each in relations(parts, part) if each.kind == kind), "")


def relate(parts: Parts, part: str, kind: str, target: str) -> str:
    """Add a relation.

    Parameters
    ----------
    parts
        Parts of the workbook; the relations of the part are written anew.
    part
        The part that points.
    kind
        Kind of the relation, one of Office's own.
    target
        Name of the part pointed at.

    Returns
    -------
    str
        Id of the relation, numbered on from the others.
    """
    place = relations_part(part)
    root = parsed(parts.read(place) if parts.has(place) else _EMPTY)
    taken = {relation.get("Id", "") for relation in root.iter(_TAG)}
    numbers = [int(name[3:]) for name in taken if name.startswith("rId") and name[3:].isdecimal()]
    name = f"rId{max(numbers, default=0) + 1}"
    relation = root.makeelement(_TAG, {"Id": name, "Type": f"{OFFICE}/{kind}", "Target": pointing(part, target)})
    root.append(relation)
    parts.put(place, written(root))
    return name


def unrelate(parts: Parts, part: str, ids: Iterable[str]) -> None:
    """Take relations of a part away.

    Parameters
    ----------
    parts
        Parts of the workbook; the relations of the part are written anew.
    part
        The part that points.
    ids
        Ids of relations.
    """
    place, gone = relations_part(part), set(ids)
    if not gone:
        return
    root = parsed(parts.read(place))
    for relation in list(root.iter(_TAG)):
        if relation.get("Id") in gone:
            root.remove(relation)
    parts.put(place, written(root))


def pointing(part: str, target: str) -> str:
    """How the relations of a part write the way to another one."""
    return quote(posixpath.relpath(target, posixpath.dirname(part) or "."))


def reached(parts: Parts, start: str = ROOT) -> frozenset[str]:
    """Folded names of all parts that relations lead to from one of them, the relations' own parts included."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        part = waiting.pop()
        name = folded(part)
        if name in seen or (part != ROOT and not parts.has(part)):
            continue
        seen |= {name, folded(relations_part(part))}
        waiting += [relation.target for relation in relations(parts, part)]
    return frozenset(name for name in seen if parts.has(name))
