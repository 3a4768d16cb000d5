"""The relations of a part of a package, those that lead out of the package among them."""

from __future__ import annotations

import posixpath
import zipfile
from typing import NamedTuple

from friendshore.optimizer.workbook.markup import walk


class Link(NamedTuple):
    """One relation: its id, its type (an address whose last word says what is there), and what it leads to.

    ``target`` is a part of the package, or as it is written where it lies ``outside``.
    """

    id: str
    type: str
    target: str
    outside: bool

    @property
    def kind(self) -> str:
        """The last word of the type: ``worksheet``, ``hyperlink``."""
        return self.type.rpartition("/")[2]


def links(archive: zipfile.ZipFile, part: str) -> list[Link]:
    """All relations of a part; none where it has no relations."""
    folder, name = posixpath.split(part)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    return links_in(archive, beside) if beside in archive.NameToInfo else []


def links_in(archive: zipfile.ZipFile, beside: str) -> list[Link]:
    """The relations that the part ``beside`` lists, for the part in the folder above it."""
    folder = posixpath.dirname(posixpath.dirname(beside))
    found: list[Link] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith(" Relationship"):
            target, outside = attributes.get("Target", ""), attributes.get("TargetMode", "").casefold() == "external"
            if not outside:
                whole = posixpath.normpath(posixpath.join(folder, target))
                target = target.lstrip("/") if target.startswith("/") else whole
            found.append(Link(attributes.get("Id", ""), attributes.get("Type", ""), target, outside))

    with archive.open(beside) as stream:
        walk(stream, start)
    return found
