"""[Content_Types].xml: what each part is."""

from __future__ import annotations

import posixpath

from friendshore.optimizer.in_place.markup import KINDS, Node, parsed, written
from friendshore.optimizer.in_place.parts import Parts, folded

PART = "[Content_Types].xml"
_OVERRIDE, _DEFAULT = f"{{{KINDS}}}Override", f"{{{KINDS}}}Default"


def kind_of(parts: Parts, part: str) -> str:
    """The content type of a part; empty where none is declared."""
    root = parsed(parts.read(PART))
    for each in root.iter(_OVERRIDE):
        if folded(each.get("PartName", "")) == folded(part):
            return str(each.get("ContentType", ""))
    ending = posixpath.splitext(part)[1].lstrip(".").casefold()
    defaults = {each.get("Extension", "").casefold(): str(each.get("ContentType", "")) for each in root.iter(_DEFAULT)}
    return defaults.get(ending, "")


def declare(parts: Parts, kinds: dict[str, str]) -> None:
    """Declare the content type of parts, by name, and forget the parts that are no longer there."""
    root = parsed(parts.read(PART))
    new = {folded(part): (part, kind) for part, kind in kinds.items()}
    for each in list(root.iter(_OVERRIDE)):
        name = folded(each.get("PartName", ""))
        if name in new:
            each.set("ContentType", new.pop(name)[1])
        elif name in parts.dropped:
            root.remove(each)
    for part, kind in new.values():
        root.append(_override(root, part, kind))
    parts.put(PART, written(root))


def _override(root: Node, part: str, kind: str) -> Node:
    return root.makeelement(_OVERRIDE, {"PartName": f"/{part}", "ContentType": kind})
